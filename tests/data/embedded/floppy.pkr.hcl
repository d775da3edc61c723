source "qemu" "nt" {
  floppy_content = {
    "unattend.txt" = <<EOF
[Unattended]
OemPreinstall = no

[UserData]
FullName = "Lab"
ProductID = "333-1111111"
EOF
  }
}
