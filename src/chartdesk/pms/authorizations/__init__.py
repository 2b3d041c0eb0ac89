"""Authorizations and referrals: which visits need one, what the payer said, and how many visits are left.

The practice says by payer, visit type and code when one is needed. A request goes to the payer (278) and its answer
is kept word for word; one that was given by phone is written down. Every coming visit is held against what there is:
one that lacks a number, or whose number is used up or has run out by then, is flagged before it happens.
"""
