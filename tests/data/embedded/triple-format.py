X = f"""
        [UserData]
        ProductID="333-1111111"
        ComputerName = {name}
"""
