"""Visits that took place and have no charges: the list, how old it is by clinician, and who is reminded of it.

Charges come by themselves with the signature of a note. So a visit on this list either waits for its note, or its
note was signed and the charges did not arrive, or nobody writes a note and somebody enters the charges. A finished
Encounter that nobody booked counts too; those from before the practice's first charges are history brought along.
Where nothing is to be charged, somebody says so with a reason: a superbill opened by hand is taken back, which settles
the visit until somebody charges it after all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from chartdesk.kit import clock, worklist
from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.kit.transactions import reading, transaction
from chartdesk.pms.charges import assessment, commands, holding
from chartdesk.pms.charges.assessment import MISSING_WORK as WORK
from chartdesk.pms.charges.content import EncounterCharges
from chartdesk.pms.charges.models import ChargeLine, Superbill
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.pms.scheduling.models import AppointmentIndex
from chartdesk.record import audit, search, store
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of
from chartdesk.standards.fhir import r4

#: Who is not checked out after so many hours was forgotten, not seen for so long.
UNDER_WAY = timedelta(hours=12)
#: How far back the list goes.
FARTHEST = timedelta(days=365)
#: Days after which somebody is reminded, unless the practice's setting says otherwise.
PATIENCE, SETTING = 2, "missing_charge_days"
#: Ages in days: up to and with so many; None for all that is older.
AGES: tuple[int | None, ...] = (2, 7, 14, 30, None)
#: Encounters are asked for by so many appointments at a time.
_ASKED = 40
#: How superbills are known that were opened by hand: for a booked visit, for one that nobody booked.
_BY_HAND = ("appointment:", "encounter:")


@dataclass(frozen=True)
class Missing:
    """A visit without charges. ``signed`` says whether its note is; ``encounter_id`` is empty where there is none,
    ``appointment_id`` where nobody booked it."""

    appointment_id: str
    patient_id: str
    starts: datetime
    status: str
    visit_type: str
    practitioner: str
    provider_name: str
    encounter_id: str
    signed: bool

    @property
    def key(self) -> str:
        """What the visit is known by: its appointment, else its encounter."""
        return self.appointment_id or self.encounter_id

    def days(self, now: datetime) -> int:
        """Whole days since the visit."""
        return (now - self.starts).days


@dataclass(frozen=True)
class Backlog:
    """One clinician's visits without charges, counted by age as in ``AGES``, and how many of them are signed."""

    practitioner: str
    provider_name: str
    by_age: tuple[int, ...]
    signed: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_age)


def missing(subject: Subject, until: datetime, *, limit: int = 500) -> list[Missing]:
    """Visits that began before ``until``, took place and have no charges, the oldest first.

    A visit that nobody checked out counts twelve hours after it began.
    """
    with reading(subject):
        charged = Superbill.objects.filter(
            ~Q(status="void") | Q(source_id__startswith=_BY_HAND[0]),
            practice=subject.practice, appointment=OuterRef("appointment"),
        )  # fmt: skip
        over = Q(status="departed") | Q(status__in=["arrived", "roomed"], starts__lt=until - UNDER_WAY)
        visits = AppointmentIndex.objects.filter(
            over, ~Exists(charged), practice=subject.practice, starts__lt=until,
            starts__gte=until - FARTHEST,
        ).select_related("provider")  # fmt: skip
        found = list(visits.order_by("starts", "pk")[:limit])
        audit.record_many(subject, [audit.Touched("R", "visit", one.appointment, 0, one.patient) for one in found])
        known = _encounters(subject, [one.appointment for one in found])
        booked = [_view(visit, *known.get(visit.appointment, ("", False))) for visit in found]
        return sorted([*booked, *_unbooked(subject, until, limit)], key=lambda one: one.starts)[:limit]


def backlog(visits: Iterable[Missing], now: datetime) -> list[Backlog]:
    """Visits without charges by clinician, the longest list first."""
    counted: dict[tuple[str, str], list[int]] = {}
    for visit in visits:
        row = counted.setdefault((visit.practitioner, visit.provider_name), [0] * (len(AGES) + 1))
        row[place_of(visit.days(now))] += 1
        row[-1] += visit.signed
    found = [Backlog(who, name, tuple(row[:-1]), row[-1]) for (who, name), row in counted.items()]
    return sorted(found, key=lambda one: (-one.total, one.provider_name))


def place_of(days: int) -> int:
    """The place of an age in ``AGES``."""
    return next(place for place, most in enumerate(AGES) if most is None or days <= most)


def remind(subject: Subject) -> int:
    """Put each visit that waits too long on a list, and take off what has its charges; returns how many wait.

    An unsigned note goes to the clinicians; what is signed, or has no note, to the billers.
    """
    with transaction(subject):
        practice = practice_of(subject)
        patience = int(practice.settings.get(SETTING, PATIENCE))
        now = clock.now()
        waiting = [one for one in missing(subject, now) if one.days(now) >= patience]
        worklist.raise_items(subject, [_task(one, practice.zone) for one in waiting])
        open_items = worklist.items(subject, kinds=[WORK]).values_list("key", flat=True)
        gone = set(open_items) - {one.key for one in waiting}
        if gone:
            worklist.close_items(subject, WORK, gone, by=subject.actor)
        return len(waiting)


def start(subject: Subject, appointment_id: str) -> int:
    """Open a superbill by hand for a visit without charges, with nothing on it yet; returns its number.

    Once per visit: again it returns the same one. Raises NotFound for no such visit, Conflict where the visit did not
    take place or its charges have come.
    """
    subject.require(Role.BILLER, Role.MANAGER)
    with transaction(subject):
        visit = scheduling.appointment(subject, appointment_id)
        known = _opened(subject, _source(appointment_id), appointment=appointment_id)
        if known is not None:
            return known
        if visit.status not in ("arrived", "roomed", "departed"):
            raise Conflict(f"The visit is {visit.status}.", cure="Only a visit that took place is charged.")
        return _open(
            subject,
            EncounterCharges(
                source_id=_source(appointment_id), encounter_id="", appointment_id=appointment_id,
                patient_id=visit.patient_id, practitioner=visit.practitioner,
                service_date=visit.starts.astimezone(ZoneInfo(practice_of(subject).zone)).date(),
                place_of_service=visit.place_of_service or "11", signed_at=None, minutes=None, diagnoses=[],
                procedures=[], site=str(visit.site_id or ""),
            ),
        )  # fmt: skip


def start_unbooked(subject: Subject, encounter_id: str) -> int:
    """The same for an Encounter that nobody booked. Raises NotFound, Gone, and Conflict as ``start``."""
    subject.require(Role.BILLER, Role.MANAGER)
    with transaction(subject):
        known = _opened(subject, f"{_BY_HAND[1]}{encounter_id}", encounter=encounter_id)
        if known is not None:
            return known
        encounter = store.read(subject, r4.Encounter, encounter_id, why="charges")
        patient = (encounter.subject.reference or "" if encounter.subject else "").removeprefix("Patient/")
        starts = _starts(encounter)
        if encounter.status != "finished" or starts is None or not patient:
            raise Conflict("The visit is not finished.", cure="Charge it when it is.")
        return _open(
            subject,
            EncounterCharges(
                source_id=f"{_BY_HAND[1]}{encounter_id}", encounter_id=encounter_id, appointment_id="",
                patient_id=patient, practitioner=_rendering(encounter),
                service_date=starts.astimezone(ZoneInfo(practice_of(subject).zone)).date(), place_of_service="11",
                signed_at=None, minutes=None, diagnoses=[], procedures=[],
            ),
        )  # fmt: skip


def nothing(subject: Subject, key: str, why: str, *, booked: bool) -> int:
    """Say that nothing is to be charged for a visit (``booked``: by its appointment, else by its Encounter).

    Returns the number of the superbill that says so. Raises Invalid without a reason, Conflict where charges stand on
    it already, and as ``start``.
    """
    if not why.strip():
        raise Invalid("Say why nothing is charged.", where="reason", cure="Such as: aftercare, a courtesy visit.")
    with transaction(subject):
        number = start(subject, key) if booked else start_unbooked(subject, key)
        if ChargeLine.objects.filter(practice=subject.practice, superbill=number, superseded=False).exists():
            raise Conflict("Somebody enters its charges.", cure=f"Look at superbill {number}.")
        commands.void(subject, number, why)
        worklist.close_items(subject, WORK, [key], by=subject.actor)
        return number


def restore(subject: Subject, superbill_id: int) -> None:
    """Charge a visit after all: a superbill that was opened by hand and taken back is in review again.

    Raises Conflict for another superbill, or where charges of the visit came meanwhile.
    """
    subject.require(Role.BILLER, Role.MANAGER)
    with transaction(subject):
        bill = holding.locked(subject, superbill_id)
        if not may_be_restored(bill.status, bill.source_id):
            raise Conflict("Only charges that were opened by hand and taken back come back.", cure="Reload the page.")
        visit = {"appointment": bill.appointment} if bill.appointment else {"encounter": bill.encounter}
        _opened(subject, bill.source_id, **visit)
        bill.status, bill.void_reason = "review", ""
        assessment.reviewed(subject, bill, announce=False)


def may_be_restored(status: str, source_id: str) -> bool:
    """Whether a superbill was opened by hand and taken back."""
    return status == "void" and source_id.startswith(_BY_HAND)


def _opened(subject: Subject, source: str, **of: str) -> int | None:
    """The superbill of a visit that was opened by hand, or None. Raises Conflict where its charges came."""
    bills = Superbill.objects.filter(practice=subject.practice, **of).exclude(status="void")
    known = bills.order_by("pk").first()
    if known is not None and known.source_id != source:
        raise Conflict("The charges of this visit have come.", cure=f"Look at superbill {known.pk}.")
    return None if known is None else int(known.pk)


def _open(subject: Subject, charges: EncounterCharges) -> int:
    number = commands.capture(subject, charges)
    if Superbill.objects.get(practice=subject.practice, pk=number).status == "void":
        raise Conflict("The charges of this visit were taken back before.", cure=f"Look at superbill {number}.")
    return number


def _source(appointment_id: str) -> str:
    return f"{_BY_HAND[0]}{appointment_id}"


def _view(visit: AppointmentIndex, encounter: str, signed: bool) -> Missing:
    provider = visit.provider
    return Missing(
        appointment_id=visit.appointment, patient_id=visit.patient, starts=visit.starts, status=visit.status,
        visit_type=visit.visit_type, practitioner=provider.practitioner if provider else "",
        provider_name=provider.name if provider else "", encounter_id=encounter, signed=signed,
    )  # fmt: skip


def _unbooked(subject: Subject, until: datetime, limit: int) -> list[Missing]:
    """Finished Encounters without an appointment and without charges."""
    first = Superbill.objects.filter(practice=subject.practice).order_by("pk").values_list("captured_at", flat=True)[:1]
    since = max([until - FARTHEST, *first])
    if not first or since >= until:
        return []
    asked = [("status", "finished"), ("appointment:missing", "true"), ("date", f"ge{since.date()}"), ("_sort", "date")]
    page = [(one.id, one.resource) for one in search.find(subject, "Encounter", asked, count=limit).entries]
    bills = Superbill.objects.filter(practice=subject.practice, encounter__in=[number for number, _ in page])
    charged = set(bills.values_list("encounter", flat=True))
    names = {one.practitioner: one.name for one in scheduling.providers(subject, active=False)}
    found = []
    for number, resource in page:
        assert isinstance(resource, r4.Encounter)
        starts, who = _starts(resource), _rendering(resource)
        patient = (resource.subject.reference or "" if resource.subject else "").removeprefix("Patient/")
        if number not in charged and patient and starts is not None and since <= starts < until:
            found.append(Missing("", patient, starts, "departed", "", who, names.get(who, ""), number, signed=True))
    return found


def _starts(encounter: r4.Encounter) -> datetime | None:
    """When it began; a day without an hour, or less, does not say."""
    text = (encounter.period.start or "") if encounter.period else ""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo is not None else None


def _rendering(encounter: r4.Encounter) -> str:
    named = [one.individual.reference or "" for one in encounter.participant or [] if one.individual]
    return next((one.removeprefix("Practitioner/") for one in named if one.startswith("Practitioner/")), "")


def _encounters(subject: Subject, appointments: Sequence[str]) -> dict[str, tuple[str, bool]]:
    """Appointment → the id of its Encounter, and whether it is finished: its note was signed."""
    found: dict[str, tuple[str, bool]] = {}
    for start_at in range(0, len(appointments), _ASKED):
        wanted = ",".join(f"Appointment/{one}" for one in appointments[start_at : start_at + _ASKED])
        for stored in search.all(subject, "Encounter", [("appointment", wanted)]):
            encounter = stored.resource
            assert isinstance(encounter, r4.Encounter)
            for appointment in _of(encounter):
                found[appointment] = (stored.id, encounter.status == "finished")
    return found


def _of(encounter: r4.Encounter) -> Iterator[str]:
    for one in encounter.appointment or []:
        yield (one.reference or "").removeprefix("Appointment/")


def _task(visit: Missing, zone: str) -> worklist.Task:
    day: date = visit.starts.astimezone(ZoneInfo(zone)).date()
    unsigned = bool(visit.encounter_id) and not visit.signed
    detail = "The note was signed, but no charges came." if visit.signed else "No note was written."
    cure = "Enter the charges under Visits without charges; tell your operator if notes do not arrive."
    return worklist.Task(
        kind=WORK,
        key=visit.key,
        role="clinician" if unsigned else "biller",
        title=f"The visit of {day:%b %-d, %Y} with {visit.provider_name or 'nobody'} has no charges",
        detail="The note is not signed." if unsigned else detail,
        cure="Sign the note, and the charges come with it." if unsigned else cure,
        about=f"Patient/{visit.patient_id}",
        link=("encounter", visit.encounter_id) if unsigned else ("missing_charges", ""),
        due=day + timedelta(days=AGES[1] or 0),
    )
