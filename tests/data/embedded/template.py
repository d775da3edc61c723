T = """
[Unattended]
UnattendMode=FullUnattended
[UserData]
ProductID="INSERT_KEY_HERE"
"""
