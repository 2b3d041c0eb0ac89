"""Whose order a message keeps: the patients it names. Pure.

The key of a patient is the first identifier of PID-3 with its assigning authority, as the partner writes it (before
version 2.3: PID-2). A merge names two patients, in PID-3 and MRG-1, and keeps its place among the messages of both.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from chartdesk.standards.hl7v2 import Message, Segment

#: Characters of a key that count: the log's columns are under an index.
LONGEST = 200


def keys(message: Message) -> list[str]:
    """The patients of a message, the one of its first PID first; none for a message without any."""
    found: dict[str, None] = {}
    for segment in message.segments:
        if segment.name == "PID":
            key = _key(segment, 3) or _key(segment, 2)
        elif segment.name == "MRG":
            key = _key(segment, 1)
        else:
            continue
        if key:
            found[key] = None
    return list(found)


def together(key: str, message: Message) -> list[str]:
    """The patients of a message, and the one that its sender named beside it (``sending``)."""
    return list(dict.fromkeys([*([key] if key else []), *keys(message)]))


def _key(segment: Segment, field: int) -> str:
    """An identifier with its authority: ``100234^RIVERBEND``."""
    if not segment.raw(field):
        return ""
    number = segment.get(field, 1).strip()
    if not number or number == '""':
        return ""
    authority = segment.get(field, 4, 1).strip() or segment.get(field, 4, 2).strip()
    key = f"{number}^{authority}" if authority else number
    return key[:LONGEST].replace("\x00", "")


def numbers(channel: int, queue: str, patients: Iterable[str]) -> list[int]:
    """The streams of a message in a queue of a channel; the channel's own where it names no patient.

    Two streams with the same number by chance only wait for each other.
    """
    return [_number(f"{channel}/{queue}/{patient}") for patient in patients] or [_number(f"{channel}/{queue}/")]


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def digest(raw: bytes) -> bytes:
    """The hash by which two contents are held to be the same."""
    return blake2b(raw, digest_size=16).digest()
