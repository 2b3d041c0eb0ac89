"""When what a patient owes changes, credit that stands open is applied to it; batches of statements go on."""

from __future__ import annotations

from chartdesk.kit import outbox
from chartdesk.kit.outbox import Event
from chartdesk.pms.charges import events as charges
from chartdesk.pms.remittance import events as remittance
from chartdesk.pms.statements import commands, events, runs
from chartdesk.record.access.subject import system


def connect() -> None:
    """Subscribe to everything that changes what a patient owes."""
    outbox.subscribe(remittance.BALANCE, "statements.credit", _apply)
    outbox.subscribe(charges.APPROVED, "statements.credit", _apply)
    outbox.subscribe(charges.VOIDED, "statements.credit", _apply)
    outbox.subscribe(events.RUN, "statements.run", _go_on)


def _apply(event: Event) -> None:
    commands.apply_credit(system(event.practice, "statements"), event.payload["patient_id"])


def _go_on(event: Event) -> None:
    """One part, and a word to oneself for the next: no transaction holds a whole batch."""
    subject = system(event.practice, "statements")
    if runs.go_on(subject, int(event.payload["run_id"])).finished is None:
        events.announce_run(subject, int(event.payload["run_id"]))
