"""What is said in messages, as hashes: blocks of messages in a row, under one index.

A text is looked for in two steps: which blocks may say it (``engine_blocks``), then which of their messages do. The
blocks are made behind the traffic, so that taking a message costs nothing for it; what lies behind the last block is
looked through as it is. Beside the words a block has its messages' statuses, for those that no narrower index finds,
and those that they may still come to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

from chartdesk.kit import database
from chartdesk.kit.arrays import numbers
from chartdesk.kit.transactions import transaction
from chartdesk.record.access.models import Practice

#: Messages of a block, and blocks that one transaction makes.
BLOCK, PART = 128, 8
#: Words of one message that are kept, and their length.
MOST, SHORTEST, LONGEST = 4000, 2, 64
#: What a message may become after its block was made: it has to be found by that too, and a block is never made anew.
_BECOMES = {
    **dict.fromkeys(("received", "held", "error"), ("applied", "sent", "filtered")),
    **dict.fromkeys(("queued", "dead"), ("applied", "sent")),
}
_WORD = re.compile(r"[^\W_]{2,}")
#: Pictures and papers in a message: no text.
_PAPER = re.compile(rb"[A-Za-z0-9+/=]{300,}")

_LAST = "SELECT coalesce(max(last), 0) FROM engine_wordblock WHERE practice = %s"
_NEWEST = """
    SELECT coalesce(max(id), 0), pg_snapshot_xmax(pg_current_snapshot())::text::int8,
           pg_snapshot_xmin(pg_current_snapshot())::text::int8
      FROM engine_interfacemessage WHERE practice = %s
"""
_NEXT = """
    SELECT m.id, m.channel, m.kind, m.status, c.raw
      FROM (SELECT id, channel, kind, status FROM engine_interfacemessage
             WHERE practice = %(practice)s AND id > %(above)s AND id <= %(upto)s ORDER BY id LIMIT %(most)s) AS m
      LEFT JOIN engine_messagecontent c ON c.practice = %(practice)s AND c.message = m.id
     ORDER BY m.id
"""
_KEEP = """
    INSERT INTO engine_wordblock (practice, first, last, words) VALUES (%s, %s, %s, %s::int4[])
        ON CONFLICT (first) DO NOTHING
"""
#: By practice: the newest message that was there at a look, and the first transaction that had not begun by then.
_seen: dict[int, tuple[int, int]] = {}


def words(raw: bytes) -> set[str]:
    """The words of a message, in small letters."""
    found: set[str] = set()
    for word in _WORD.findall(text(raw)):
        if len(word) <= LONGEST:
            found.add(word)
            if len(found) >= MOST:
                break
    return found


def says(raw: bytes, wanted: Sequence[str]) -> bool:
    """Whether every word is in a message. Most have not even its letters in a row: that is seen quickly."""
    small = bytes(raw).lower()
    if any(word.isascii() and word.encode() not in small for word in wanted):
        return False
    return words(raw).issuperset(wanted)


def text(raw: bytes) -> str:
    """A message as it is looked through: small letters, without its papers."""
    plain = _PAPER.sub(b" ", bytes(raw))
    try:
        return plain.decode().lower()
    except UnicodeDecodeError:
        return plain.decode("latin-1").lower()


def asked(query: str) -> list[str]:
    """The words that a person looks for; each must be there."""
    return [word for word in _WORD.findall(query.lower()) if len(word) <= LONGEST]


def number(word: str) -> int:
    """The hash of a word."""
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=4).digest(), "big", signed=True)


def standing(status: str, channel: int | str = "", kind: str = "") -> int:
    """The hash by which a block says that it has a message of that status, of a channel, of a kind."""
    return number(f"\x00{status}/{channel}/{kind}")


def build(practice: int | None = None) -> int:
    """Make the blocks that are due, a few of each practice; how many messages went into them.

    A block has all messages of its range: one is made only once no transaction is under way that could still add to it.
    """
    every = Practice.objects.order_by("pk").values_list("pk", flat=True)
    return sum(_build(one) for one in ([practice] if practice is not None else list(every)))


def _build(practice: int) -> int:
    with transaction(practice):
        settled = _settled(practice)
        (last,) = database.row(_LAST, [practice]) or (0,)
        if settled - last < BLOCK:
            return 0
        values = {"practice": practice, "above": last, "upto": settled, "most": BLOCK * PART}
        rows = database.rows(_NEXT, values)
        whole = len(rows) // BLOCK * BLOCK
        for at in range(0, whole, BLOCK):
            part = rows[at : at + BLOCK]
            database.execute(_KEEP, [practice, part[0][0], part[-1][0], numbers(_hashes(part))])
    return whole


def _settled(practice: int) -> int:
    """The number up to which nothing can come any more: all who were writing when it was the newest have ended."""
    newest, beyond, oldest = database.row(_NEWEST, [practice]) or (0, 0, 0)
    before = _seen.get(practice)
    if before is None or oldest >= before[1]:
        _seen[practice] = (newest, beyond)
    return before[0] if before is not None and oldest >= before[1] else 0


def _hashes(rows: Sequence[tuple[Any, ...]]) -> Iterable[int]:
    said: set[str] = set()
    found: set[int] = set()
    for _, channel, kind, status, raw in rows:
        if raw is not None:
            said |= words(raw)
        for one in (status, *_BECOMES.get(status, ())):
            found |= {standing(one), standing(one, channel), standing(one, "", kind), standing(one, channel, kind)}
    return sorted(found | {number(word) for word in said})


def build_all(practice: int) -> int:
    """Make every block that can be made now, for who does not want to wait: two looks, as nothing is under way."""
    _build(practice)
    count = 0
    while made := _build(practice):
        count += made
    return count


def forget_old(practice: int, before: int) -> int:
    """Drop the blocks whose messages are all gone: numbers below ``before``."""
    with transaction(practice):
        cursor = database.execute("DELETE FROM engine_wordblock WHERE practice = %s AND last < %s", [practice, before])
        return cursor.rowcount
