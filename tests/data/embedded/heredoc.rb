File.write("unattend.txt", <<~TEXT)
  [Unattended]
  OemPreinstall = no

  [UserData]
  FullName = "Lab"
  ProductID = "333-1111111"
TEXT
