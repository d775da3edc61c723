echo "[UserData]" >> unattend.txt
echo "ProductID = \"111-1111111\"" >> unattend.txt
