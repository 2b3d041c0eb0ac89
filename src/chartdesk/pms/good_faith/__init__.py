"""Good-faith estimates for patients who pay themselves: what a visit will cost, in writing and in time.

Guide: the No Surprises Act's rules for the uninsured and for those who do not use their insurance (45 CFR 149.610):
when an estimate is due, what it lists and says, how long it is kept, and when a bill may be disputed because of it.
"""
