#!/bin/sh
cat > winnt.sif <<EOF
[UserData]
ProductID="111-1111111"
EOF
