"""Who hears what: events of either half become messages to the other.

One subscriber carries everything to the EHR and one everything to the PMS, so each half hears of a patient
in the order in which things happened. A handler reads the present state, hands the message to the
practice's carrier and logs it, all in the transaction of the delivery: killed at any moment, it has
happened whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from chartdesk.ehr.charting import events as charting_events
from chartdesk.handoff import contract, gathering
from chartdesk.handoff.carriers import carrier_for, carry_many
from chartdesk.handoff.contract import CoverageAnnounced, Demographics, DemographicsChanged, Message
from chartdesk.handoff.models import HandoffMessage
from chartdesk.kit import clock, outbox
from chartdesk.kit.errors import Gone, NotFound
from chartdesk.kit.outbox import Event
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import events as charges_events
from chartdesk.pms.coverage import events as coverage_events
from chartdesk.pms.registration import events as registration_events
from chartdesk.pms.scheduling import events as scheduling_events
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record.access import Subject
from chartdesk.record.access.subject import system

TO_EHR = "handoff.to_ehr"
TO_PMS = "handoff.to_pms"
#: Events told at once: where visits are among them, others wait as long for the day list.
MOST = 50

#: Steps that change nothing about the insurance, which was told when the visit was booked and at the arrival.
_STEPS_ON = frozenset({scheduling_events.CONFIRMED, scheduling_events.ROOMED, scheduling_events.CHECKED_OUT})

Gather = Callable[[Subject, Event], Message | None]


def connect() -> None:
    """Subscribe to the events of both halves. Safe to call twice."""
    for kind, gather in _GATHER.items():
        outbox.subscribe(kind, TO_EHR, _handler(gather), several=_several, most=MOST)
    outbox.subscribe(charting_events.SIGNED, TO_PMS, _handler(_charges))


def announce_again(subject: Subject, starts: datetime, ends: datetime) -> int:
    """Tell the EHR of every visit between two moments, and what is offered; returns the number of messages.

    For a half that was joined later, or lost its data. Harmless when it knows already.
    """
    with transaction(subject):
        send(subject, gathering.procedures(subject), stream="Fees")
        visits = scheduling.calendar(subject, starts, ends)
        for view in visits:
            message = gathering.visit(subject, view.appointment_id, view.patient_id)
            send(subject, message, stream=f"Patient/{view.patient_id}")
    return len(visits) + 1


def send(subject: Subject, message: Message, *, stream: str, event: int | None = None) -> int | None:
    """Give ``message`` to the practice's carrier and log it; returns its number in the log.

    With an ``event`` that was sent before, nothing happens and None is returned.
    """
    with transaction(subject):
        sent = HandoffMessage.objects.filter(practice=subject.practice, event=event)
        if event is not None and sent.exists():
            return None
        direction = contract.direction(message)
        name, carrier = carrier_for(subject.practice, direction)
        state = carrier.carry(subject, message)
        row = _logged(subject, message, stream, event, (direction, name, state))
        row.save(force_insert=True)
    return int(row.pk)


def _logged(
    subject: Subject, message: Message, stream: str, event: int | None, way: tuple[str, str, str]
) -> HandoffMessage:
    direction, carrier, state = way
    return HandoffMessage(
        practice=subject.practice,
        event=event,
        kind=type(message).__name__,
        key=contract.subject_of(message),
        stream=stream,
        direction=direction,
        carrier=carrier,
        state=state,
        body=contract.to_plain(message),
        at=clock.now(),
    )


def _several(events: list[Event]) -> None:
    """Events of different patients: read, told and logged together. What one of them raises undoes all of it."""
    subject = system(events[0].practice, "handoff")
    with transaction(subject):
        sent = HandoffMessage.objects.filter(practice=subject.practice, event__in=[event.id for event in events])
        before = set(sent.values_list("event", flat=True))
        given = [(event, message) for event, message in _gathered(subject, events) if event.id not in before]
        if not given:
            return
        name, carrier = carrier_for(subject.practice, contract.TO_EHR)
        states = carry_many(carrier, subject, [message for _, message in given])
        HandoffMessage.objects.bulk_create(
            _logged(subject, message, event.stream, event.id, (contract.TO_EHR, name, state))
            for (event, message), state in zip(given, states, strict=True)
        )


def _gathered(subject: Subject, events: list[Event]) -> Iterator[tuple[Event, Message]]:
    """What each event says now; persons of all of them, and the insurance for all visits, are read together.

    One who was merged or deleted is not among ``people``, and looked at alone.
    """
    together = (_patient(one) for one in events if one.kind in _OF_PEOPLE or one.kind in _VISITS or _of_all_visits(one))
    people = gathering.demographics_of(subject, together)
    insured = [_patient(one) for one in events if _of_all_visits(one) and _patient(one) in people]
    insurance = gathering.insurance_of(subject, insured)
    for event in events:
        patient = _patient(event)
        message: Message | None
        if event.kind in _OF_PEOPLE and patient in people:
            message = DemographicsChanged(people[patient])
        elif _of_all_visits(event) and patient in people:
            message = CoverageAnnounced(patient, insurance.get(patient, ()))
        elif event.kind in _VISITS:
            message = _visit(subject, event, people)
        else:
            message = _GATHER[event.kind](subject, event)
        if message is not None:
            yield event, message


def _patient(event: Event) -> str:
    return str(event.payload.get("patient_id", ""))


def _of_all_visits(event: Event) -> bool:
    """Whether it is about a patient's insurance, and not only as one visit sees it."""
    return event.kind in _OF_INSURANCE and not event.payload.get("appointment_id")


def _handler(gather: Gather) -> Callable[[Event], None]:
    def handle(event: Event) -> None:
        subject = system(event.practice, "handoff")
        with transaction(subject):
            message = gather(subject, event)
            if message is not None:
                send(subject, message, stream=event.stream, event=event.id)

    return handle


def _visit(subject: Subject, event: Event, people: Mapping[str, Demographics] | None = None) -> Message:
    told = event.kind in _STEPS_ON
    return gathering.visit(
        subject, event.payload["appointment_id"], event.payload["patient_id"], insured=not told, people=people or {}
    )


def _demographics(subject: Subject, event: Event) -> Message | None:
    try:
        return gathering.demographics_changed(subject, event.payload["patient_id"])
    except (NotFound, Gone):
        # Deleted since: the day list keeps the last name it was told.
        return None


def _merged(subject: Subject, event: Event) -> Message:
    payload = event.payload
    undone = event.kind == registration_events.UNMERGED
    return contract.PatientsMerged(payload["source"], payload["target"], undone)


def _coverage(subject: Subject, event: Event) -> Message:
    return gathering.coverage_announced(subject, event.payload["patient_id"], event.payload.get("appointment_id", ""))


def _procedures(subject: Subject, event: Event) -> Message:
    return gathering.procedures(subject)


def _charges(subject: Subject, event: Event) -> Message:
    return gathering.charges_of(subject, event.payload["encounter_id"])


_VISITS = frozenset(scheduling_events.ALL)
_OF_PEOPLE = (registration_events.REGISTERED, registration_events.AMENDED)
_OF_INSURANCE = (coverage_events.CHANGED, coverage_events.ANSWERED)
#: What the EHR is told, by the event.
_GATHER: dict[str, Gather] = {
    **dict.fromkeys(scheduling_events.ALL, _visit),
    **dict.fromkeys(_OF_PEOPLE, _demographics),
    **dict.fromkeys((registration_events.MERGED, registration_events.UNMERGED), _merged),
    **dict.fromkeys(_OF_INSURANCE, _coverage),
    charges_events.FEES_CHANGED: _procedures,
}
