cat <<EOF
[Unattended]
OemPreinstall = no

[UserData]
FullName = "Lab"
ProductID = "YOUR-KEY-HERE"
EOF
