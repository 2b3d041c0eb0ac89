"""Saying why the patient came: kept with the visit until there are charges, from then on with the charges.

The referring clinician is taken over by itself: from what was said of the visit, else from the order that the
appointment stands on. What the signed encounter says fills what nobody has said.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from chartdesk.kit import clock, fetching, live
from chartdesk.kit.errors import Conflict, Gone, NotFound, Stale
from chartdesk.kit.transactions import reading, transaction
from chartdesk.pms.charges import circumstances, events
from chartdesk.pms.charges.circumstances import NOTHING, Circumstances
from chartdesk.pms.charges.models import Superbill, VisitCircumstances
from chartdesk.pms.registration.named import Named
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record import audit, store
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of
from chartdesk.standards.fhir import r4

#: Who may say it.
DESK = (Role.FRONT_DESK, Role.NURSE, Role.CLINICIAN, Role.BILLER, Role.MANAGER)
_VISIT = "practice = %s AND appointment = %s"
_NEWEST = "practice = %s AND appointment = %s AND status <> 'void' ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True)
class Stated:
    """What is known about a visit, who said it last, and the version to change it by."""

    said: Circumstances
    version: int
    by: str = ""
    at: datetime | None = None
    superbill: int | None = None


def of_visit(subject: Subject, appointment_id: str) -> Stated:
    """What was said about a visit. With its charges it is theirs. Raises NotFound."""
    with reading(subject):
        bill = fetching.first(Superbill, _NEWEST, [subject.practice, appointment_id])
        if bill is not None:
            return of_charges(subject, bill.pk)
        visit = scheduling.appointment(subject, appointment_id)
        audit.record(subject, "R", "circumstances", patient=visit.patient_id, resource_id=appointment_id)
        row = fetching.first(VisitCircumstances, _VISIT, [subject.practice, appointment_id])
        said = circumstances.restored(row.said) if row is not None else NOTHING
        said = circumstances.completed(said, _ordered(subject, appointment_id))
        return Stated(said, row.version if row else 0, row.by if row else "", row.at if row else None)


def of_charges(subject: Subject, superbill_id: int) -> Stated:
    """What was said about the visit of these charges. Raises NotFound."""
    with reading(subject):
        bill = fetching.first(Superbill, "practice = %s AND id = %s", [subject.practice, superbill_id])
        if bill is None:
            raise NotFound(f"There is no superbill {superbill_id}.")
        audit.record(subject, "R", "circumstances", patient=bill.patient, resource_id=str(bill.pk))
        said = circumstances.restored(bill.circumstances)
        return Stated(said, bill.stated, bill.stated_by, bill.stated_at, bill.pk)


def state_visit(subject: Subject, appointment_id: str, said: Circumstances, *, version: int | None = None) -> None:
    """Say it of a visit; where its charges came in already, of them.

    Raises Invalid with every wrong field, NotFound, Stale where somebody else changed it meanwhile.
    """
    subject.require(*DESK)
    with transaction(subject):
        bill = fetching.first(Superbill, _NEWEST, [subject.practice, appointment_id])
        if bill is not None:
            state(subject, bill.pk, said, version=version)
            return
        visit = scheduling.appointment(subject, appointment_id)
        plain = circumstances.checked(said, visit.starts.astimezone(ZoneInfo(practice_of(subject).zone)).date())
        row = fetching.first(VisitCircumstances, f"{_VISIT} FOR UPDATE", [subject.practice, appointment_id])
        _current(version, row.version if row else 0)
        row = row or VisitCircumstances(practice=subject.practice, appointment=appointment_id, version=0)
        row.patient, row.said = visit.patient_id, circumstances.kept(plain)
        row.by, row.at, row.version = subject.name, clock.now(), row.version + 1
        row.save()
        audit.record(subject, "U", "circumstances", patient=visit.patient_id, resource_id=appointment_id)


def state(subject: Subject, superbill_id: int, said: Circumstances, *, version: int | None = None) -> None:
    """Say it of charges: claims that were not sent yet are built anew, of others somebody is told.

    Raises Invalid with every wrong field, NotFound, Conflict for charges that were taken back, Stale.
    """
    subject.require(*DESK)
    with transaction(subject):
        bill = fetching.first(Superbill, "practice = %s AND id = %s FOR UPDATE", [subject.practice, superbill_id])
        if bill is None:
            raise NotFound(f"There is no superbill {superbill_id}.")
        if bill.status == "void":
            raise Conflict("These charges were taken back.", cure="Say it of the charges that took their place.")
        _current(version, bill.stated)
        plain = circumstances.kept(circumstances.checked(said, bill.service_date))
        if plain == bill.circumstances:
            return
        bill.circumstances, bill.stated, bill.stated_by, bill.stated_at = (
            plain, bill.stated + 1, subject.name, clock.now()
        )  # fmt: skip
        bill.save(update_fields=["circumstances", "stated", "stated_by", "stated_at"])
        audit.record(subject, "U", "circumstances", patient=bill.patient, resource_id=str(bill.pk))
        events.announce(subject, events.STATED, bill.pk, bill.patient)
        live.announce(subject, "charges", str(bill.pk))


def at_capture(subject: Subject, appointment_id: str, told: dict[str, Any]) -> Circumstances:
    """What new charges of a visit begin with: what was said of it, then what the encounter says, then its order."""
    found = NOTHING
    if appointment_id:
        row = fetching.first(VisitCircumstances, _VISIT, [subject.practice, appointment_id])
        found = circumstances.restored(row.said) if row is not None else NOTHING
    if told:
        found = circumstances.completed(found, circumstances.restored(told))
    if not appointment_id or found.referring is not None:
        return found
    return circumstances.completed(found, _ordered(subject, appointment_id))


def _current(seen: int | None, version: int) -> None:
    if seen is not None and seen != version:
        raise Stale("Somebody else said something about the visit.", current=version, cure="Look at it again.")


def _ordered(subject: Subject, appointment_id: str) -> Circumstances:
    """Who sent the patient, where the appointment stands on an order or referral of somebody outside."""
    with suppress(NotFound, Gone):
        visit = store.read(subject, r4.Appointment, appointment_id, why="charges")
        for one in visit.basedOn or ():
            kind, _, number = (one.reference or "").rpartition("/")
            if kind != "ServiceRequest":
                continue
            order = store.read(subject, r4.ServiceRequest, number, why="charges")
            if order.requester is not None and (named := _practitioner(subject, order.requester)) is not None:
                return Circumstances(referring=named)
    return NOTHING


def _practitioner(subject: Subject, who: r4.Reference) -> Named | None:
    kind, _, number = (who.reference or "").rpartition("/")
    if kind != "Practitioner":
        return None
    with suppress(NotFound, Gone):
        known = store.read(subject, r4.Practitioner, number, why="charges")
        name = known.name[0] if known.name else r4.HumanName()
        npi = next((one.value or "" for one in known.identifier or [] if (one.system or "").endswith("us-npi")), "")
        if name.family and npi:
            return Named(name.family, (name.given or [""])[0] or "", npi)
    return None
