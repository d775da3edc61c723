$answers = @"
[Unattended]
OemPreinstall = no

[UserData]
FullName = "Lab"
ProductID = "333-1111111"
"@
$answers | Out-File unattend.txt
