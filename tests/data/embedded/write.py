with open("unattend.txt", "w") as out:
    out.write("[Unattended]\n")
    out.write("OemPreinstall = no\n")
    out.write("\n")
    out.write("[UserData]\n")
    out.write("FullName = \"Lab\"\n")
    out.write("ProductID = \"333-1111111\"\n")
