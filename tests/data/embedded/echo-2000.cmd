@echo off
@echo [Unattended] >> winnt.sif
@echo UnattendMode=FullUnattended >> winnt.sif
@echo [UserData] >> winnt.sif
@echo ProductID="X2Y23-W2B2A-XYZRA-ZEBRA-LAST5" >> winnt.sif
