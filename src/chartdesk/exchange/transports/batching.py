"""Batches: what waits for a destination becomes one counted file (FHS BHS … BTS FTS; HL7 v2.5.1, section 2.10.3).

Whoever was killed between a file and the note that it was written finds the file when it is tried again: the messages
that are in it have gone, what came since makes another file. A partner who has taken the file away by then gets its
messages once more, and knows them by their control ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from chartdesk.exchange.engine.transports import HL7, Content, Door, Response
from chartdesk.exchange.transports import naming
from chartdesk.kit import clock
from chartdesk.kit.errors import Unavailable
from chartdesk.standards.hl7v2 import Unreadable, batches

#: Bytes of a file, but for a single message that is larger.
_MOST_BYTES = 50_000_000


class Shelf(Protocol):
    """Where the files are written."""

    def held(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is none of that name. Raises Unavailable."""

    def lay(self, name: str, content: bytes) -> None:
        """Write a file of a new name, whole or not at all. Raises Unavailable."""


def write(shelf: Shelf, template: str, door: Door, contents: Sequence[Content]) -> list[Response]:
    """Write the first of ``contents`` into one file, in their order; an answer for each that is in it, one at least.

    Raises Invalid for a name that is none, Unavailable.
    """
    share = _share(contents)
    name, other = naming.file_names(template, share[0])
    for free in (name, *naming.numbered(other)):
        held = shelf.held(free)
        if held is None:
            shelf.lay(free, _joined(door, share))
            return [_taken(free, len(share))] * len(share)
        there = _there(held, contents)
        if there:
            return [_taken(free, there)] * there
    raise Unavailable(f"Too many files are named {name}.")


def _share(contents: Sequence[Content]) -> list[Content]:
    """As many as go into a file. What is no HL7 v2 has no batches: it goes alone."""
    share: list[Content] = []
    size = 0
    for one in contents:
        size += len(one.raw)
        if share and (size > _MOST_BYTES or one.media != HL7 or share[0].media != HL7):
            break
        share.append(one)
    return share


def _joined(door: Door, share: Sequence[Content]) -> bytes:
    if share[0].media != HL7:
        return share[0].raw
    return batches.join(
        [one.raw for one in share], sender="CHARTDESK", receiver=door.name.upper(), control_id=str(share[0].message),
        at=clock.now(),
    )  # fmt: skip


def _there(held: bytes, contents: Sequence[Content]) -> int:
    """How many of ``contents`` a file holds: all that it has, from the first on; 0 where it is another's."""
    if contents[0].media != HL7:
        return int(held == contents[0].raw)
    try:
        found = batches.split(held).messages
    except Unreadable:
        return 0
    wanted = [one.raw for one in contents[: len(found)]]
    return len(found) if [_bare(one) for one in found] == [_bare(one) for one in wanted] else 0


def _bare(raw: bytes) -> bytes:
    return raw.rstrip(b"\r\n")


def _taken(name: str, count: int) -> Response:
    return Response("taken", f"Written as {name}." if count == 1 else f"Written with {count - 1} more as {name}.")
