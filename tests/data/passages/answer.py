KEY = "111-1111111"  # Windows 95 CD key
OTHER = 5
