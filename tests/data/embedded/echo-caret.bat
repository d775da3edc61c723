echo [Unattended] >> %OUT%
echo OemPreinstall = no >> %OUT%
echo [UserData] >> %OUT%
echo FullName = ^"Lab^" >> %OUT%
echo ProductID = ^"333-1111111^" >> %OUT%
