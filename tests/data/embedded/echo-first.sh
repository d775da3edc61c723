echo "[UserData]" > unattend.txt
echo "ProductID = \"333-1111111\"" >> unattend.txt
