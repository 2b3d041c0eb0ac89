"""From approved charges to a claim that the payer has taken in.

A claim is built from the rows as they stand, kept as a snapshot, scrubbed by a list of rules, and sent in an
837P to the practice's clearinghouse mailbox. What comes back (TA1, 999, 277CA) is kept byte for byte, read,
and matched on the numbers that were sent. Every step stands on the claim's time line; every failure is a work
item with words and the place to mend it. Remittances are handed on unread.
"""
