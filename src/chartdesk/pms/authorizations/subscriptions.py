"""What authorizations hear: a visit booked, moved, come or gone, and a card that changed."""

from __future__ import annotations

from chartdesk.kit import outbox
from chartdesk.kit.outbox import Event
from chartdesk.pms.authorizations import standing
from chartdesk.pms.coverage import events as coverage_events
from chartdesk.pms.scheduling import events as scheduling_events
from chartdesk.record.access.subject import system

NAME = "authorizations"


def connect() -> None:
    """Subscribe. Safe to call twice."""
    for kind in (*scheduling_events.ALL, coverage_events.CHANGED):
        outbox.subscribe(kind, f"{NAME}.hold", _hold, several=_several)


def _hold(event: Event) -> None:
    standing.refresh(system(event.practice, NAME), str(event.payload["patient_id"]))


def _several(events: list[Event]) -> None:
    """The same for several patients: where no payer wants any, those without a visit held already need no look."""
    subject = system(events[0].practice, NAME)
    for patient in standing.concerned(subject, {str(event.payload["patient_id"]) for event in events}):
        standing.refresh(subject, patient)
