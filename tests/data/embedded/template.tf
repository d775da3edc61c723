locals {
  answers = <<EOF
[Unattended]
UnattendMode=FullUnattended
[UserData]
ProductID="X2Y23-W2B2A-XYZRA-ZEBRA-LAST5"
%{ if var.lab ~}
ComputerName=lab
%{ endif ~}
EOF
}
