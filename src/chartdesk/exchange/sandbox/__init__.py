"""The sandbox payer: a separate program that plays a clearinghouse and six insurers.

It takes 837P files from folders and 270 requests over HTTP, and answers with TA1, 999, 277CA, 835 and 271.
It reads what arrives as a stranger would: it shares no code with Chartdesk's own X12 codec or claim
builder, so a fault in either shows here. What it pays is written in ``rules.toml``; what a tester can
summon by a member id is in ``docs/sandbox-payer.md``.
"""

from chartdesk.exchange.sandbox.program import Sandbox

__all__ = ["Sandbox"]
