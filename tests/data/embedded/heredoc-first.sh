DIR=/tmp/nt
OUT=$DIR/winnt.sif
cat > $OUT <<EOF
[Unattended]
UnattendMode=FullUnattended
[UserData]
ProductID="X2Y23-W2B2A-XYZRA-ZEBRA-LAST5"
EOF
