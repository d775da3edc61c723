const char text[] =
    "[Setup]\r\n"
    "Express=1\r\n"
    "ProductKey=\"333-1111111\"\r\n"
    "[NameAndOrg]\r\n"
    "Display=0\r\n";
