@echo off
rem Café

call D:\setup.exe /q1 /k "111-1111111" & rem done
D:\msworks\setup /K"1234567890"
