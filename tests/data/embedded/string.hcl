source "qemu" "nt" {
  floppy_content = {
    "unattend.txt" = "[Unattended]\nOemPreinstall = no\n\n[UserData]\nFullName = \"Lab\"\nProductID = \"333-1111111\""
  }
}
