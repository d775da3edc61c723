#!/bin/bash
echo "[Unattended]" >> unattend.txt
echo "OemPreinstall = no" >> unattend.txt
echo "" >> unattend.txt
echo "[UserData]" >> unattend.txt
echo "FullName = \"Lab\"" >> unattend.txt
echo "ProductID = \"333-1111111\"" >> unattend.txt
