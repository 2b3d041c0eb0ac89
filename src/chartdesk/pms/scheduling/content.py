"""The Appointment resource: what we write into it and what we read from it.

Patient, Practitioner and Locations (the site, and the room where one is booked) are participants; the visit
type is a coding of ``serviceType``. Two extensions are ours: ``urn:chartdesk:appointment-step``, once per
step that the visit went through, with its time; ``urn:chartdesk:appointment-allowance``, what somebody
permitted for this booking. Guide section: https://hl7.org/fhir/R4/appointment.html. Pure: no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec

from chartdesk.kit.errors import Invalid
from chartdesk.pms.scheduling.rules import FHIR_STATUS
from chartdesk.standards.fhir import r4

STEP = "urn:chartdesk:appointment-step"
ALLOWANCE = "urn:chartdesk:appointment-allowance"
VISIT_TYPE = "urn:chartdesk:visit-type"

#: What may be permitted: a lane beyond the provider's own, a time outside working hours, and two visits of
#: the patient at one time.
OVERBOOK, OUTSIDE_HOURS, SAME_TIME = "overbook", "outside-hours", "same-time"


@dataclass(frozen=True)
class Step:
    """A step of the visit and its moment (aware UTC)."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Actor:
    """A participant: the id of its resource and how it is called."""

    id: str
    name: str = ""


@dataclass(frozen=True)
class Visit:
    """What an Appointment says, in plain words. Empty text and None mean that it does not say."""

    status: str
    patient: str
    practitioner: str
    locations: tuple[str, ...]
    visit_type: str
    starts: datetime | None
    ends: datetime | None
    reason: str
    cancel_reason: str
    steps: tuple[Step, ...]
    allowances: frozenset[str]

    @property
    def step(self) -> str:
        """Where the visit stands; empty where it is not a visit (yet)."""
        return self.steps[-1].name if self.steps else ""


def visit(resource: r4.Appointment) -> Visit:
    """Read ``resource``. Raises Invalid where a time is not one."""
    actors = [reference_of(item.actor) for item in resource.participant]
    ends = moment(resource.end, "Appointment.end")
    return Visit(
        status=resource.status or "",
        patient=next((id for kind, id in actors if kind == "Patient"), ""),
        practitioner=next((id for kind, id in actors if kind == "Practitioner"), ""),
        locations=tuple(id for kind, id in actors if kind == "Location"),
        visit_type=_visit_type(resource),
        starts=moment(resource.start, "Appointment.start"),
        ends=ends,
        reason=_reason(resource),
        cancel_reason=_words(resource.cancelationReason) if resource.cancelationReason else "",
        steps=tuple(_steps(resource)),
        allowances=frozenset(item.valueCode for item in resource.extension if item.url == ALLOWANCE and item.valueCode),
    )


def reference_of(reference: r4.Reference | None) -> tuple[str, str]:
    """Type and id of what a literal reference names, relative or absolute; empty where it names nothing."""
    parts = (reference.reference or "").split("/") if reference else []
    if "_history" in parts:
        parts = parts[: parts.index("_history")]
    return (parts[-2], parts[-1]) if len(parts) >= 2 else ("", "")


def moment(text: str | None, where: str) -> datetime | None:
    """An instant as an aware UTC datetime."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Invalid(f"{text!r} is not an instant.", where=where, cure="Write it like 2026-03-02T14:30:00Z.")
    return found.astimezone(UTC)


def instant(when: datetime) -> str:
    """An aware datetime as a FHIR instant in UTC."""
    return (
        when.astimezone(UTC)
        .isoformat(timespec="seconds" if not when.microsecond else "milliseconds")
        .replace("+00:00", "Z")
    )


def local_date(when: datetime, zone: str) -> date:
    """The calendar date of a moment in the time zone ``zone``."""
    return when.astimezone(ZoneInfo(zone)).date()


def _visit_type(resource: r4.Appointment) -> str:
    codings = [coding for concept in resource.serviceType for coding in concept.coding]
    return next((coding.code or "" for coding in codings if coding.system == VISIT_TYPE), "")


def _words(concept: r4.CodeableConcept) -> str:
    return concept.text or next((item.display or item.code or "" for item in concept.coding), "")


def _reason(resource: r4.Appointment) -> str:
    stated = next((words for concept in resource.reasonCode if (words := _words(concept))), "")
    return stated or resource.description or ""


def _steps(resource: r4.Appointment) -> Iterable[Step]:
    for item in resource.extension:
        if item.url == STEP:
            parts = {part.url: part for part in item.extension}
            name = parts["step"].valueCode if "step" in parts else None
            at = moment(parts["at"].valueInstant if "at" in parts else None, "Appointment.extension")
            if name not in FHIR_STATUS or at is None:
                raise Invalid(f"A step of the visit is not understood: {name!r}.", where="Appointment.extension")
            yield Step(name, at)


def with_steps(resource: r4.Appointment, steps: Sequence[Step]) -> r4.Appointment:
    """``resource`` with these steps instead of those it has, and the status of the last."""
    others = [item for item in resource.extension if item.url != STEP]
    ours = [
        r4.Extension(
            url=STEP,
            extension=[
                r4.Extension(url="step", valueCode=step.name),
                r4.Extension(url="at", valueInstant=instant(step.at)),
            ],
        )
        for step in steps
    ]
    status = FHIR_STATUS[steps[-1].name] if steps else resource.status
    return msgspec.structs.replace(resource, extension=[*others, *ours], status=status)


def with_allowances(resource: r4.Appointment, allowances: Iterable[str]) -> r4.Appointment:
    """``resource`` with these allowances instead of those it has."""
    others = [item for item in resource.extension if item.url != ALLOWANCE]
    ours = [r4.Extension(url=ALLOWANCE, valueCode=code) for code in sorted(allowances)]
    return msgspec.structs.replace(resource, extension=[*others, *ours])


def with_times(resource: r4.Appointment, starts: datetime, ends: datetime) -> r4.Appointment:
    """``resource`` at this time."""
    minutes = int((ends - starts).total_seconds() // 60)
    return msgspec.structs.replace(resource, start=instant(starts), end=instant(ends), minutesDuration=max(minutes, 1))


def with_cancel_reason(resource: r4.Appointment, reason: str) -> r4.Appointment:
    """``resource`` with the reason of its cancellation; none where ``reason`` is empty."""
    stated = r4.CodeableConcept(text=reason) if reason else None
    return msgspec.structs.replace(resource, cancelationReason=stated)


def with_reason(resource: r4.Appointment, reason: str) -> r4.Appointment:
    """``resource`` with the reason for the visit in the patient's or the desk's words."""
    return msgspec.structs.replace(resource, reasonCode=[r4.CodeableConcept(text=reason)] if reason else ())


def with_visit_type(resource: r4.Appointment, code: str, name: str) -> r4.Appointment:
    """``resource`` with this visit type instead of the one it has."""
    kept = [
        concept for concept in resource.serviceType if not any(coding.system == VISIT_TYPE for coding in concept.coding)
    ]
    return msgspec.structs.replace(resource, serviceType=[visit_type_concept(code, name), *kept])


def visit_type_concept(code: str, name: str) -> r4.CodeableConcept:
    """A visit type of the practice as FHIR says it."""
    return r4.CodeableConcept(coding=[r4.Coding(system=VISIT_TYPE, code=code, display=name)], text=name)


def with_practitioner(resource: r4.Appointment, actor: Actor) -> r4.Appointment:
    """``resource`` with this practitioner instead of the one it has."""
    kept = [item for item in resource.participant if reference_of(item.actor)[0] != "Practitioner"]
    return msgspec.structs.replace(resource, participant=[*kept, participant("Practitioner", actor)])


def with_locations(resource: r4.Appointment, actors: Iterable[Actor]) -> r4.Appointment:
    """``resource`` at these locations (site, then room); as it is where it names them already."""
    wanted = list(actors)
    present = [id for kind, id in (reference_of(item.actor) for item in resource.participant) if kind == "Location"]
    if sorted(present) == sorted(actor.id for actor in wanted):
        return resource
    kept = [item for item in resource.participant if reference_of(item.actor)[0] != "Location"]
    places = [participant("Location", actor) for actor in wanted]
    return msgspec.structs.replace(resource, participant=[*kept, *places])


def participant(kind: str, actor: Actor) -> r4.AppointmentParticipant:
    """Somebody or some place that takes part."""
    return r4.AppointmentParticipant(
        actor=r4.Reference(reference=f"{kind}/{actor.id}", display=actor.name or None),
        required="required",
        status="accepted",
    )


def appointment(
    id: str,
    *,
    patient: Actor,
    practitioner: Actor,
    locations: Iterable[Actor],
    visit_type: tuple[str, str],
    starts: datetime,
    ends: datetime,
    reason: str,
    created: datetime,
    allowances: Iterable[str],
) -> r4.Appointment:
    """A new booked Appointment. ``visit_type`` is code and name."""
    code, name = visit_type
    bare = r4.Appointment(
        id=id,
        status="booked",
        serviceType=[visit_type_concept(code, name)],
        created=instant(created),
        participant=[participant("Patient", patient), participant("Practitioner", practitioner)],
    )
    placed = with_locations(with_times(bare, starts, ends), locations)
    return with_allowances(with_reason(placed, reason), allowances)
