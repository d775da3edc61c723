#!/bin/sh
cat > unattend.txt <<EOF
[Unattended]
OemPreinstall = no

[UserData]
FullName = "Lab"
ProductID = "333-1111111"
EOF
mkisofs -o nt.iso .
