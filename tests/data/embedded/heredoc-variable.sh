NAME=lab
cat >> $NAME.txt <<EOF
[Unattended]
OemPreinstall=no
[UserData]
ComputerName=$NAME
ProductID="333-1111111"
EOF
echo done
