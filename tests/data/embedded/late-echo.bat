echo [Setup]>msbatch.inf
echo ProductKey="X2Y23-W2B2A-XYZRA-ZEBRA-LAST5">>msbatch.inf
