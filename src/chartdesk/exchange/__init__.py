"""The interface engine: how Chartdesk talks to systems outside.

Clearinghouse folders, eligibility over HTTP, and, as a separate program, the sandbox payer to test both
against. Nothing here knows the rules of a domain: rooms hand over bytes and get bytes back.
"""
