resource "local_file" "answers" {
  filename = "unattend.txt"
  content  = <<-EOT
    [Unattended]
    OemPreinstall = no

    [UserData]
    FullName = "Lab"
    ProductID = "333-1111111"
  EOT
}
