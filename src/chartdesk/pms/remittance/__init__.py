"""Money from payers: remittances received, balanced, posted once; denials worked.

An 835 is kept byte for byte, checked at line, claim and payment level, and refused whole when it does not add
up. Claim payments post many to a transaction, each once per payer, trace and claim. What cannot be matched
stands in the account of unapplied money with a work item, so the bank always shows what the payer sent. A
denial is a denial: it goes to its list, and nothing is written off unseen.
"""
