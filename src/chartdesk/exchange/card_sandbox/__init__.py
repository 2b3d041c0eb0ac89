"""A card payment gateway to try things against, a program of its own that shares no code with Chartdesk's payments.

It behaves as the gateways of banks do: cards are typed on its own page and known to others by a token only, every
charge and refund carries an idempotency key, answers can be late or lost, and what happened is told again by a signed
event. The number of a card decides what its bank does; the number itself is forgotten as soon as it was read.
"""
