echo '[Setup]' >> msbatch.inf
echo 'Express=1' >> msbatch.inf
echo 'ProductKey="333-1111111"' >> msbatch.inf
echo '[NameAndOrg]' >> msbatch.inf
echo 'Display=0' >> msbatch.inf
