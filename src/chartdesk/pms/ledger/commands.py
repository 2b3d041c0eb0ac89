"""Posting and reversing. One statement each: the books are on the road of every payment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db import connection

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, NotFound
from chartdesk.kit.transactions import joined
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
