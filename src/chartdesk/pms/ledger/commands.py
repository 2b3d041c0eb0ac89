"""Posting and reversing. One statement each: the books are on the road of every payment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from chartdesk.kit import clock, database
from chartdesk.kit.arrays import Texts, numbers
from chartdesk.kit.errors import Conflict, NotFound
from chartdesk.kit.transactions import joined, transaction
from chartdesk.pms.ledger import rules
from chartdesk.pms.ledger.models import Entry, Posting
from chartdesk.pms.ledger.rules import Line
from chartdesk.record.access import Subject

_POST = """
    WITH posting AS (
        INSERT INTO ledger_posting (practice, kind, source, posted_on, memo, actor, at, reverses_id)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
        ON CONFLICT DO NOTHING
        RETURNING id, practice, posted_on
    ), entries AS (
        INSERT INTO ledger_entry
               (posting_id, practice, posted_on, account, amount, patient, reference, holder, memo)
        SELECT posting.id, posting.practice, posting.posted_on, line.*
          FROM posting,
               unnest(%s::text[], %s::numeric[], %s::text[], %s::text[], %s::text[], %s::text[]) AS line
    )
    SELECT id FROM posting
"""
# The numbers are taken first, so that entries find their posting without a look for it. Where a cause was posted
# before, no entry is written: whoever asked is refused, and takes the postings back.
_NUMBERS = "SELECT nextval(pg_get_serial_sequence('ledger_posting', 'id')) FROM generate_series(1, %s)"
_POST_MANY = """
    WITH posting AS (
        INSERT INTO ledger_posting (id, practice, kind, source, posted_on, memo, actor, at)
        SELECT g.id, %(practice)s, g.kind, g.source, %(on)s, g.memo, %(actor)s, %(at)s
          FROM unnest(%(ids)s::int8[], %(kinds)b::text[], %(sources)b::text[], %(memos)b::text[])
               AS g(id, kind, source, memo)
        ON CONFLICT DO NOTHING
        RETURNING id
    ), made AS (
        SELECT count(*) AS postings FROM posting
    ), entries AS (
        INSERT INTO ledger_entry
               (posting_id, practice, posted_on, account, amount, patient, reference, holder, memo)
        SELECT g.posting, %(practice)s, %(on)s, g.account, g.amount, g.patient, g.reference, g.holder, g.memo
          FROM unnest(%(postings)s::int8[], %(accounts)b::text[], %(amounts)s::numeric[], %(patients)b::text[],
                      %(references)b::text[], %(holders)b::text[], %(words)b::text[])
               AS g(posting, account, amount, patient, reference, holder, memo)
         WHERE (SELECT postings FROM made) = %(count)s
    )
    SELECT postings FROM made
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A posting to make: its cause, its lines and a memo."""

    kind: str
    source: str
    lines: Sequence[Line]
    memo: str = ""


#: Told of what is posted, in its transaction.
_listeners: list[Callable[[Subject, Sequence[Line]], None]] = []


def listen(listener: Callable[[Subject, Sequence[Line]], None]) -> None:
    """Let ``listener`` know the lines of each posting and reversal, in its transaction. Again changes nothing."""
    if listener not in _listeners:
        _listeners.append(listener)


def post(subject: Subject, kind: str, source: str, lines: Sequence[Line], *, on: date, memo: str = "") -> int:
    """Post ``lines`` under the cause (``kind``, ``source``), dated ``on``; returns the posting's number.

    Lines of zero are left out. Raises Invalid when the rest does not balance (the message has the figures)
    and Conflict when this cause was posted before: then nothing is written.
    """
    kept = rules.checked(lines)
    with joined(subject):
        number = _insert(subject, kind, source, kept, on, memo, None)
        if number is None:
            raise Conflict(f"{kind} {source} was posted before.", cure="Reverse that posting, or leave it.")
        return number


def post_many(subject: Subject, drafts: Sequence[Draft], *, on: date) -> list[int]:
    """Post each of ``drafts``, dated ``on``, by one statement; returns their numbers in the same order.

    Raises as ``post`` does, and then posts none of them.
    """
    if not drafts:
        return []
    kept = [rules.checked(draft.lines) for draft in drafts]
    with transaction(subject):
        found = [int(number) for (number,) in database.rows(_NUMBERS, [len(drafts)])]
        entries = [(number, line) for number, lines in zip(found, kept, strict=True) for line in lines]
        made = database.row(
            _POST_MANY,
            {
                "practice": subject.practice,
                "on": on,
                "actor": subject.actor,
                "at": clock.now(),
                "count": len(drafts),
                "ids": numbers(found),
                "kinds": Texts([draft.kind for draft in drafts]),
                "sources": Texts([draft.source for draft in drafts]),
                "memos": Texts([draft.memo for draft in drafts]),
                "postings": numbers(number for number, _ in entries),
                "accounts": Texts([line.account for _, line in entries]),
                "amounts": numbers(line.amount for _, line in entries),
                "patients": Texts([line.patient for _, line in entries]),
                "references": Texts([line.reference for _, line in entries]),
                "holders": Texts([line.holder for _, line in entries]),
                "words": Texts([line.memo for _, line in entries]),
            },
        )
        if made is None or made[0] != len(drafts):
            raise Conflict(
                "One of these was posted before, so none was posted.", cure="Post them one by one to see which."
            )
        for listener in _listeners:
            listener(subject, [line for _, line in entries])
    return found


def reverse(subject: Subject, posting_id: int, *, on: date, source: str, memo: str) -> int:
    """Post the contra entries of a posting, dated ``on``; returns the reversal's number.

    Raises NotFound for an unknown posting and Conflict when it was reversed before or is a reversal.
    """
    with joined(subject):
        posting = Posting.objects.filter(practice=subject.practice, pk=posting_id).first()
        if posting is None:
            raise NotFound(f"There is no posting {posting_id}.")
        if posting.reverses_id is not None:
            raise Conflict(f"Posting {posting_id} is itself a reversal.", cure="Post the original anew.")
        lines = [
            Line(entry.account, entry.amount, entry.patient, entry.reference, entry.holder, entry.memo)
            for entry in Entry.objects.filter(practice=subject.practice, posting=posting).order_by("pk")
        ]
        number = _insert(subject, "reversal", source, rules.contra(lines), on, memo, posting_id)
        if number is None:
            raise Conflict(f"Posting {posting_id} was reversed before, or {source} has reversed another.")
        return number


def _insert(
    subject: Subject, kind: str, source: str, lines: list[Line], on: date, memo: str, reverses: int | None
) -> int | None:
    """Write it; None when a unique constraint says that it is there already."""
    columns = (
        [line.account for line in lines],
        [line.amount for line in lines],
        [line.patient for line in lines],
        [line.reference for line in lines],
        [line.holder for line in lines],
        [line.memo for line in lines],
    )
    head = [subject.practice, kind, source, on, memo, subject.actor, clock.now(), reverses]
    with connection.cursor() as cursor:
        cursor.execute(_POST, [*head, *columns])
        row = cursor.fetchone()
    if row is None:
        return None
    for listener in _listeners:
        listener(subject, lines)
    return int(row[0])
