tee unattend.txt << "EOF" > /dev/null
[Unattended]
OemPreinstall = no

[UserData]
FullName = "Lab"
ProductID = "333-1111111"
EOF
