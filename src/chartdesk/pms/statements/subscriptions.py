"""When what a patient owes changes, credit that stands open is applied to it."""

from __future__ import annotations

from chartdesk.kit import outbox
from chartdesk.kit.outbox import Event
from chartdesk.pms.charges import events as charges
from chartdesk.pms.remittance import events as remittance
from chartdesk.pms.statements import commands
from chartdesk.record.access.subject import system


def connect() -> None:
    """Subscribe to everything that changes what a patient owes."""
    outbox.subscribe(remittance.BALANCE, "statements.credit", _apply)
    outbox.subscribe(charges.APPROVED, "statements.credit", _apply)
    outbox.subscribe(charges.VOIDED, "statements.credit", _apply)


def _apply(event: Event) -> None:
    commands.apply_credit(system(event.practice, "statements"), event.payload["patient_id"])
