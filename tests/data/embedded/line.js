const text = "[Unattended]\nOemPreinstall = no\n\n[UserData]\nFullName = \"Lab\"\nProductID = \"333-1111111\"\n";
