"""Putting a report or document into an in-box: the row beside the resource, and the deadline for its signature."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from chartdesk.ehr.orders import rules
from chartdesk.ehr.orders.catalog import Days
from chartdesk.ehr.orders.models import Result
from chartdesk.kit import clock, live, worklist
from chartdesk.kit.transactions import transaction
from chartdesk.record.access import Role, Subject

#: Kinds of work items: nobody's result, one that nobody signs, and what is to follow a signature.
UNASSIGNED_WORK, UNSIGNED_WORK, FOLLOW_WORK = "result_unassigned", "result_unsigned", "result_follow_up"
_LEVELS = ("", " (abnormal)", " (critical)")


@dataclass(frozen=True)
class Filed:
    """A state of a report or document that is to be signed. ``row`` is its line in the in-box, where it has one.

    ``unsaid``: nothing in it says that it is normal, as in a text or a PDF; it is to be looked at as if it were not.
    """

    type: str
    resource: str
    version: int
    patient: str
    practitioner: str
    order: str
    kind: str
    name: str
    status: str
    level: int
    source: str
    issued: datetime
    row: Result | None = None
    state: str = "open"
    unsaid: bool = False
    orderer: str = ""
    orderer_name: str = ""


def standing(subject: Subject, type: str, ids: Iterable[str]) -> dict[str, Result]:
    """The lines of these resources, locked until the transaction ends."""
    rows = Result.objects.select_for_update().filter(practice=subject.practice, type=type, resource__in=list(ids))
    return {row.resource: row for row in rows.order_by("pk")}


def file(subject: Subject, given: Sequence[Filed], days: Days) -> None:
    """Put new ones in, and bring those that are there up to date: a signed one asks for another signature."""
    if not given:
        return
    moment = clock.now()
    with transaction(subject):
        fresh = [_new(subject, one, moment, days) for one in given if one.row is None]
        Result.objects.bulk_create(fresh)
        for one in given:
            if one.row is not None:
                _renew(one.row, one, moment, days)
        _tell(subject, fresh, [one.row for one in given if one.row is not None])
        live.announce_many(subject, "results", [one.resource for one in given])
        live.announce_many(subject, "chart", sorted({one.patient for one in given}))


def _tell(subject: Subject, fresh: list[Result], renewed: list[Result]) -> None:
    """Put what is nobody's on the work list, and take off it what has found somebody or waits for nobody now."""
    nobodys = [row for row in (*fresh, *renewed) if not row.practitioner and row.state == "open"]
    worklist.raise_items(subject, [_unassigned(row) for row in nobodys])
    for kind, over in (
        (UNASSIGNED_WORK, [row for row in renewed if row.practitioner or row.state != "open"]),
        (UNSIGNED_WORK, [row for row in renewed if row.state != "open"]),
    ):
        if over:
            worklist.close_items(subject, kind, [str(row.pk) for row in over], by=subject.actor)


def tidy(row: Result) -> str:
    """A line in words for a work item: ``Lipid panel (abnormal)``."""
    return f"{row.name}{_LEVELS[row.level]}"


def _new(subject: Subject, one: Filed, moment: datetime, days: Days) -> Result:
    return Result(
        practice=subject.practice,
        type=one.type,
        resource=one.resource,
        version=one.version,
        patient=one.patient,
        practitioner=one.practitioner,
        orderer="" if one.practitioner else one.orderer,
        orderer_name="" if one.practitioner else one.orderer_name,
        order=one.order,
        kind=one.kind,
        name=one.name,
        status=one.status,
        level=one.level,
        source=one.source,
        issued=one.issued,
        received=moment,
        due=_due(one, moment, days),
        state=one.state,
    )


def _renew(row: Result, one: Filed, moment: datetime, days: Days) -> None:
    row.version, row.name, row.status, row.level = one.version, one.name, one.status, one.level
    row.issued, row.source = one.issued, one.source or row.source
    row.order = row.order or one.order
    row.practitioner = row.practitioner or one.practitioner
    row.orderer, row.orderer_name = row.orderer or one.orderer, row.orderer_name or one.orderer_name
    if row.state != one.state or row.state == "open":
        row.received = moment
        due = _due(one, moment, days)
        # What was waiting already does not wait longer because it was sent once more.
        row.due = min(row.due, due) if row.state == "open" else due
        row.state, row.escalated, row.signed, row.signed_name = one.state, None, None, ""
    row.save()


def _due(one: Filed, moment: datetime, days: Days) -> datetime:
    return rules.due(moment, max(one.level, rules.ABNORMAL if one.unsaid else rules.NORMAL), days.by_level)


def _unassigned(row: Result) -> worklist.Task:
    return worklist.Task(
        kind=UNASSIGNED_WORK,
        key=str(row.pk),
        role=Role.CLINICIAN.value,
        title=f"Nobody's result: {tidy(row)}",
        detail=f"{row.source or 'The sender'} names {row.orderer_name or 'no clinician'}, whom nobody here knows.",
        cure="Open it and choose whose it is, or sign it.",
        about=f"Patient/{row.patient}",
        link=("result", str(row.pk)),
    )
