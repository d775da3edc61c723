cat > msbatch.inf <<EOF
[Setup]
Express=1
ProductKey="X2Y23-W2B2A-XYZRA-ZEBRA-LAST5"
[NameAndOrg]
Display=0
EOF
