"""The demo practice: invented people, twelve weeks of past visits, four weeks of booked ones, and what the office
does about money that does not come by itself.

Everything is made by the commands that the pages call, under a clock that is set to the day it happened; no
row is inserted. The generator is seeded: two loads on the same day give the same practice.
"""
