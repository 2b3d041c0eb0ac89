"""From what was done to what is owed: charge capture, fee schedules, contract rates, superbills.

A signed encounter, or another vendor's charge message, arrives once as a superbill. It is priced from the fee
schedule and reviewed by rules; what is clean may go on by itself, what is not waits for the biller. Approval
posts every line to the ledger. Nothing in here knows of claims: they are built from what was approved.
"""
