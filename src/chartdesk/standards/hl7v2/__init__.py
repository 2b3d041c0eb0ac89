"""HL7 v2: a codec that is lazy, keeps what it does not know, and puts up with what partners really send.

``Message(raw)`` reads; ``bytes(message)`` gives back every byte that was not changed. ``views`` has the segments we use
with typed fields, ``batches`` files of many messages, ``acknowledgements`` the answers. No database, no network.
"""

from chartdesk.standards.hl7v2.faults import Unreadable
from chartdesk.standards.hl7v2.message import NULL, Message, Segment

__all__ = ["NULL", "Message", "Segment", "Unreadable"]
