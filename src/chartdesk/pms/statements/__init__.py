"""Money from patients: payments, credit, the account, and the statement that asks for the rest.

A payment is taken once per idempotency key, goes to what the patient has owed longest, and what is left over
stands as the patient's credit until something new is owed. The account shows, visit by visit, every charge,
payment and adjustment, and who owes what. Statements are numbered and kept as they were sent.
"""
