TEXT = r"""[Unattended]
UnattendMode=FullUnattended
[UserData]
ProductID="X2Y23-W2B2A-XYZRA-ZEBRA-LAST5""""
