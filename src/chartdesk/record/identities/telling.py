"""Which news is the newer: when that happened which we were last told of a thing.

A message says when its event happened (EVN-2, else MSH-7; ``meta.lastUpdated`` of a resource). What is older than
what we know changes nothing. Of two that happened at the same moment the one that came later counts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from chartdesk.kit import clock
from chartdesk.kit.arrays import Texts
from chartdesk.kit.transactions import joined, reading
from chartdesk.record import database
from chartdesk.record.access.subject import Subject
from chartdesk.record.identities.models import Told

DEMOGRAPHICS, COVERAGE, VISIT, MERGE, SENT = "demographics", "coverage", "visit", "merge", "sent"
DELETED = "deleted"
GUARANTOR, ALERT = "guarantor", "alert"
#: The smallest difference that a time in a message of HL7 v2 can show.
_TICK = timedelta(microseconds=100)

_NEWER = """
    INSERT INTO identities_told AS t (practice, about, aspect, at)
    SELECT %s, g.about, %s, g.at FROM unnest(%b::text[], %b::timestamptz[]) AS g(about, at)
        ON CONFLICT (practice, about, aspect) DO UPDATE SET at = excluded.at WHERE t.at <= excluded.at
    RETURNING about
"""
_NOTED = "SELECT about, at FROM identities_told WHERE practice = %s AND aspect = %s AND about = ANY(%b::text[])"
_LATER = """
    INSERT INTO identities_told AS t (practice, about, aspect, at) VALUES (%s, %s, %s, %s)
        ON CONFLICT (practice, about, aspect) DO UPDATE SET at = greatest(excluded.at, t.at + %s)
    RETURNING at
"""


def newer_many(subject: Subject, aspect: str, told: Sequence[tuple[str, datetime]]) -> list[bool]:
    """Whether each piece of news, (what it is about, when it happened), is not older than what is known; noted if so.

    Each thing is named once. Call it inside the transaction that acts on the answer.
    """
    if not told:
        return []
    given = sorted(dict(told).items())
    if len(given) != len(told):
        raise ValueError("a thing is asked about once at a time")
    values = [subject.practice, aspect, Texts([about for about, _ in given]), [at for _, at in given]]
    with joined(subject):
        taken = {about for (about,) in database.rows(_NEWER, values)}
    return [about in taken for about, _ in told]


def newer(subject: Subject, aspect: str, about: str, at: datetime) -> bool:
    """The same of one thing."""
    return newer_many(subject, aspect, [(about, at)])[0]


def noted(subject: Subject, aspect: str, about: Collection[str]) -> dict[str, datetime]:
    """When what is noted of this aspect happened, of those things of which anything is."""
    if not about:
        return {}
    with reading(subject):
        return dict(database.rows(_NOTED, [subject.practice, aspect, Texts(about)]))


def forget(subject: Subject, aspect: str, about: str) -> bool:
    """Take the note back; whether there was one."""
    with joined(subject):
        return bool(Told.objects.filter(practice=subject.practice, about=about, aspect=aspect).delete()[0])


def stamp(subject: Subject, about: str) -> datetime:
    """The time to put on what is said now about a thing: later than on anything that was said of it before."""
    now = clock.now()
    now = now.replace(microsecond=now.microsecond // 100 * 100)
    with joined(subject):
        row = database.row(_LATER, [subject.practice, about, SENT, now, _TICK])
    assert row is not None
    moment: datetime = row[0]
    return moment
