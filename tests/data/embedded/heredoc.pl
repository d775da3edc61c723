print $out <<"END";
[Setup]
Express=1
ProductKey="333-1111111"
[NameAndOrg]
Display=0
END
