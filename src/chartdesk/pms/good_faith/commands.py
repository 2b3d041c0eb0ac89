"""Making estimates, giving them, and finding the visits that need one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from chartdesk.kit import clock, worklist
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.numbers import next_number
from chartdesk.kit.transactions import transaction
from chartdesk.pms.good_faith import documents, queries, rules
from chartdesk.pms.good_faith.documents import Item, Wanted
from chartdesk.pms.good_faith.models import REASONS, GoodFaithEstimate
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of

__all__ = ["Asked", "Item", "Wanted", "estimate", "give", "look_ahead"]
DESK = (Role.FRONT_DESK, Role.BILLER, Role.MANAGER)
WORK = "good_faith_estimate"
#: Days ahead for which visits are looked at.
AHEAD = 60


@dataclass(frozen=True)
class Asked:
    """Why an estimate is made: ``reason`` scheduled or requested, on which day, for which visit."""

    reason: str = "requested"
    on: date | None = None
    appointment_id: str = ""


def estimate(subject: Subject, patient_id: str, wanted: Wanted, asked: Asked | None = None) -> GoodFaithEstimate:
    """Make, number and keep an estimate; one for the same visit takes the last one's place.

    Raises Forbidden, NotFound, and Invalid with every fault of what is listed.
    """
    subject.require(*DESK)
    why = asked or Asked()
    if why.reason not in REASONS:
        raise Invalid(f"{why.reason!r} is no reason.", where="reason", cure=f"One of {', '.join(REASONS)}.")
    with transaction(subject):
        today = clock.today(practice_of(subject).zone)
        on = why.on or today
        whole, data = documents.content(subject, patient_id, wanted, today)
        number = f"G{next_number(subject, 'good-faith estimate', first=10001)}"
        data["number"] = number
        made = GoodFaithEstimate.objects.create(
            practice=subject.practice,
            patient=patient_id,
            number=number,
            reason=why.reason,
            asked=on,
            due=rules.due(why.reason, on, wanted.service_date),
            appointment=why.appointment_id,
            service_date=wanted.service_date,
            practitioner=wanted.practitioner,
            total=whole,
            content=data,
            pdf=documents.pdf(data),
            made=clock.now(),
            by=subject.name,
        )
        if why.appointment_id:
            rows = GoodFaithEstimate.objects.filter(
                practice=subject.practice, appointment=why.appointment_id, replaced_by=None
            )
            rows.exclude(pk=made.pk).update(replaced_by=made)
        audit.record(subject, "C", "good-faith estimate", patient=patient_id, resource_id=number)
        return made


def give(subject: Subject, estimate_id: int, how: str) -> GoodFaithEstimate:
    """Note that the patient has the estimate, and how: printed, mailed, by message. Raises NotFound, Conflict."""
    subject.require(*DESK)
    if not how.strip():
        raise Invalid("How was it given?", where="how", cure="Printed, mailed, by message.")
    with transaction(subject):
        found = GoodFaithEstimate.objects.select_for_update().filter(practice=subject.practice, pk=estimate_id).first()
        if found is None:
            raise NotFound(f"There is no estimate {estimate_id}.")
        if found.given:
            raise Conflict(f"Estimate {found.number} was given before.", cure="Make a new one if something changed.")
        found.given, found.given_how = clock.now(), how.strip()
        found.save(update_fields=["given", "given_how"])
        worklist.close_items(subject, WORK, [found.appointment], by=subject.actor)
        audit.record(
            subject, "U", "good-faith estimate", patient=found.patient, resource_id=found.number, detail="given"
        )
        return found


def look_ahead(subject: Subject) -> int:
    """Put the coming visits on the work list that need an estimate and have none given; returns how many.

    They are those of patients without coverage on that day, scheduled at least three business days ahead.
    """
    zone = ZoneInfo(practice_of(subject).zone)
    with transaction(subject):
        now = clock.now()
        waiting = []
        for visit in queries.self_pay_visits(subject, now, now + timedelta(days=AHEAD)):
            due = rules.due("scheduled", visit.booked.astimezone(zone).date(), visit.starts.astimezone(zone).date())
            if due is None:
                continue
            waiting.append(visit.appointment_id)
            worklist.raise_item(
                subject,
                worklist.Task(
                    kind=WORK,
                    key=visit.appointment_id,
                    role="front_desk",
                    title="Good-faith estimate to give",
                    detail=f"The patient has no coverage for the visit on {visit.starts.astimezone(zone):%b %-d, %Y}.",
                    cure="Make the estimate, give it, and note how. Or add the patient's card.",
                    about=f"Patient/{visit.patient_id}",
                    link=("estimates", visit.patient_id),
                    due=due,
                ),
            )
        old = worklist.items(subject, kinds=[WORK]).exclude(key__in=waiting).values_list("key", flat=True)
        worklist.close_items(subject, WORK, list(old), by=subject.actor)
        return len(waiting)
