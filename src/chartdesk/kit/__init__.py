"""What every room stands on and no room owns.

Transactions with their practice, the outbox, work items, live notices, numbers, money, the clock and the
errors. No module in here knows a word of medicine or billing, and none imports another part of Chartdesk.
"""
