"""What no number led to: kept with the messages that wait for it, until somebody says what it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chartdesk.kit import clock, database, outbox, worklist
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.transactions import reading, transaction
from chartdesk.record import audit, store
from chartdesk.record.access.subject import Role, Subject
from chartdesk.record.identities import commands
from chartdesk.record.identities.identifiers import (
    APPOINTMENT,
    LOCATION,
    PATIENT,
    PAYER,
    PRACTITIONER,
    Identifier,
)
from chartdesk.record.identities.models import Unmatched

#: The kind of the work items, how the audit trail calls them, and the event that says that messages may go on:
#: ``{"unmatched": ..., "messages": [...], "matched": true or false}``.
WORK = "identity_unmatched"
WHAT = "unmatched number"
SETTLED = "IdentitySettled"
#: Who may say what a number stands for.
ROLES = (Role.FRONT_DESK, Role.BILLER, Role.MANAGER, Role.INTEGRATOR)
_NOTE = """
    INSERT INTO identities_unmatched AS u
           (practice, kind, authority, value, words, messages, state, raised, last, settled_by)
    VALUES (%(practice)s, %(kind)s, %(authority)s, %(value)s, %(words)s, %(messages)s::int8[], 'open', %(now)s,
            %(now)s, '')
        ON CONFLICT (practice, kind, authority, value) WHERE state = 'open' DO UPDATE
       SET last = excluded.last, words = CASE WHEN excluded.words = '' THEN u.words ELSE excluded.words END,
           messages = u.messages || (SELECT coalesce(array_agg(m), '{}') FROM unnest(excluded.messages) AS m
                                      WHERE NOT m = ANY(u.messages))
    RETURNING id
"""
#: What a number of these may be said to stand for.
MATCHED = (PATIENT, PRACTITIONER, PAYER, LOCATION)
_NAMES = {PATIENT: "patient", PRACTITIONER: "provider", PAYER: "payer", LOCATION: "place"}
_TITLES = {APPOINTMENT: "A visit is one patient's here and another's elsewhere: {}"}
_CURES = {APPOINTMENT: "Merge the two if they are one, or settle it with the sender."}


@dataclass(frozen=True)
class Missing:
    """A number that leads to nothing. ``words`` are for people: the name and birth date that came with it."""

    kind: str
    number: Identifier
    words: str = ""
    message: int | None = None


def note(subject: Subject, missing: Missing) -> int:
    """Put it on the work list, once for each number; returns its own number."""
    number, name = missing.number, _NAMES.get(missing.kind, missing.kind.lower())
    values = {
        "practice": subject.practice,
        "kind": missing.kind,
        "authority": number.authority,
        "value": number.value,
        "words": missing.words,
        "messages": [missing.message] if missing.message is not None else [],
        "now": clock.now(),
    }
    with transaction(subject):
        row = database.row(_NOTE, values)
        assert row is not None
        worklist.raise_item(
            subject,
            worklist.Task(
                kind=WORK,
                key=str(row[0]),
                role="front_desk" if missing.kind in (PATIENT, APPOINTMENT) else "manager",
                title=_TITLES.get(missing.kind, f"A message names a {name} whom nobody here knows: {{}}").format(
                    number.shown
                ),
                detail=missing.words,
                cure=_CURES.get(missing.kind, f"Say which {name} it is. What waits for it then goes on by itself."),
                link=("unmatched", str(row[0])),
            ),
        )
    return int(row[0])


def waiting(subject: Subject, kind: str = "", *, most: int | None = None) -> list[Unmatched]:
    """What waits for somebody, the oldest first; of very many the first ``most``. Raises Forbidden."""
    subject.require(*ROLES)
    with reading(subject):
        rows = Unmatched.objects.filter(practice=subject.practice, state="open")
        audit.record(subject, "R", WHAT, detail="list")
        return list((rows.filter(kind=kind) if kind else rows).order_by("id")[:most])


def match(subject: Subject, unmatched_id: int, id: str) -> list[int]:
    """Say that it stands for our ``id``; the messages that waited go on. Returns their numbers.

    Raises NotFound for what is not open or not here, Conflict where the number stands for something else by now,
    Invalid for a visit, of which nobody asks whose it is: see ``try_again``.
    """
    subject.require(*ROLES)
    with transaction(subject):
        row = _locked(subject, unmatched_id)
        if row.kind not in MATCHED:
            raise Invalid("Nobody asks what this number stands for.", where="id", cure=_CURES.get(row.kind, ""))
        store.get(subject, row.kind, id, why="match")
        commands.link(subject, row.kind, id, [Identifier(row.authority, row.value)])
        return _settle(subject, row, "matched")


def try_again(subject: Subject, unmatched_id: int) -> list[int]:
    """Let what waits go on as it is: what was in its way was settled elsewhere. Returns the numbers of the messages.

    What is still in its way raises it anew. Raises NotFound, Conflict.
    """
    subject.require(*ROLES)
    with transaction(subject):
        audit.record(subject, "U", WHAT, resource_id=str(unmatched_id), detail="tried again")
        return _settle(subject, _locked(subject, unmatched_id), "matched")


def dismiss(subject: Subject, unmatched_id: int) -> list[int]:
    """Say that it is nobody of ours: what waited for it is refused. Returns the numbers of the messages."""
    subject.require(*ROLES)
    with transaction(subject):
        audit.record(subject, "U", WHAT, resource_id=str(unmatched_id), detail="dismissed")
        return _settle(subject, _locked(subject, unmatched_id), "dismissed")


def dismissed(subject: Subject, kind: str, number: Identifier) -> bool:
    """Whether somebody said that this number is nobody of ours."""
    with reading(subject):
        rows = Unmatched.objects.filter(
            practice=subject.practice, kind=kind, authority=number.authority, value=number.value, state="dismissed"
        )
        return bool(rows.exists())


def settled(subject: Subject, kind: str, numbers: Sequence[Identifier]) -> None:
    """Let what waited for these numbers go on: a later message, or somebody, has made them known."""
    given = [one.key for one in numbers if one.value]
    with transaction(subject):
        for row in Unmatched.objects.filter(
            practice=subject.practice, state="open", kind=kind, value__in=[value for _, value in given]
        ).select_for_update():
            if (row.authority, row.value) in given:
                _settle(subject, row, "matched")


def settled_all(subject: Subject, kind: str) -> None:
    """Let all that waits of one kind go on: what it waited for may have come."""
    with transaction(subject):
        for row in Unmatched.objects.filter(practice=subject.practice, state="open", kind=kind).select_for_update():
            _settle(subject, row, "matched")


def _locked(subject: Subject, unmatched_id: int) -> Unmatched:
    row: Unmatched | None = (
        Unmatched.objects.select_for_update().filter(practice=subject.practice, pk=unmatched_id).first()
    )
    if row is None:
        raise NotFound(f"Nothing unmatched has the number {unmatched_id}.")
    if row.state != "open":
        raise Conflict(f"It was {row.state} already.", cure="Look at the list again.")
    return row


def _settle(subject: Subject, row: Unmatched, state: str) -> list[int]:
    row.state, row.settled, row.settled_by = state, clock.now(), subject.actor
    row.save(update_fields=["state", "settled", "settled_by"])
    worklist.close_items(subject, WORK, [str(row.pk)], by=subject.actor)
    payload = {"unmatched": row.pk, "messages": list(row.messages), "matched": state == "matched"}
    outbox.emit(subject, SETTLED, f"Unmatched/{row.pk}", payload, actor=subject.actor)
    return list(row.messages)
