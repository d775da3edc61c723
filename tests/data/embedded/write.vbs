Set file = fso.CreateTextFile("unattend.txt")
file.WriteLine "[Unattended]"
file.WriteLine "OemPreinstall = no"
file.WriteLine ""
file.WriteLine "[UserData]"
file.WriteLine "FullName = ""Lab"""
file.WriteLine "ProductID = ""333-1111111"""
file.Close
