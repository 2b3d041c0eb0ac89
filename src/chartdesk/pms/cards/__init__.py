"""Cards through a payment gateway: charged once, whatever is killed, late or lost on the way.

The number of a card is typed on the gateway's own page and never reaches this program; what is kept is a token that
is worth nothing without the practice's key. An operation is written down with its idempotency key before the gateway
hears of it. Where the answer does not come its outcome is unknown, and asked for until it is known.
"""
