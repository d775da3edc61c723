echo [UserData]>>u.txt
echo ProductID="PRODUCTKEY">>u.txt
