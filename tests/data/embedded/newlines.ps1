$t = "[Unattended]`r`nOemPreinstall = no`r`n`r`n[UserData]`r`nFullName = `"Lab`"`r`nProductID = `"333-1111111`""
