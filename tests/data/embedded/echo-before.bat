>>a.txt echo [Unattended]
>>a.txt echo OemPreinstall = no
>>a.txt echo [UserData]
>>a.txt echo FullName = "Lab"
>>a.txt echo ProductID = "333-1111111"
