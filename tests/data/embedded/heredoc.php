<?php
$file = <<<INI
[Unattended]
OemPreinstall = no

[UserData]
FullName = "Lab"
ProductID = "333-1111111"
INI;
