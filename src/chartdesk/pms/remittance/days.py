"""The accounting day of what payers decide: the practice's day, or the first after it that is not closed.

Days are closed in a room above this one, which says here which of them take no more.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from chartdesk.kit import clock
from chartdesk.kit.transactions import once
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of

#: Gives a day, or the first after it that takes entries, and holds it open until the transaction ends.
OpenDay = Callable[[Subject, date], date]
_kept_by: list[OpenDay] = []


def keep(rule: OpenDay) -> None:
    """Let ``rule`` say which days are open. Again changes nothing."""
    if rule not in _kept_by:
        _kept_by.append(rule)


def today(subject: Subject) -> date:
    """The day that a payer's decision is posted on. Call it in the transaction of the posting."""
    return once("accounting day", lambda: _open(subject, clock.today(practice_of(subject).zone)))


def _open(subject: Subject, day: date) -> date:
    for rule in _kept_by:
        day = rule(subject, day)
    return day
