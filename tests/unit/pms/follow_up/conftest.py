"""The billing office with its mailbox, and the sandbox payer behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.unit.pms.claims.conftest import Desk, desk, office

__all__ = ["desk", "office"]

#: A payer of the sandbox, and the beginning of its members' numbers.
SANDBOX, MEMBER = "NPHP1", "NPP1234567"


@pytest.fixture
def sandboxed(desk: Desk, tmp_path: Path) -> Any:
    """From scenarios to sent claims that the sandbox has taken in: gives the claims and a cycle of the sandbox."""
    from chartdesk.exchange.sandbox.program import Sandbox
    from chartdesk.kit import clock
    from chartdesk.pms.claims import commands
    from chartdesk.pms.coverage import commands as coverage

    address = {"line1": "1 North Way", "city": "Columbus", "state": "OH", "postal_code": "43004"}
    coverage.add_payer(desk.subject, coverage.PayerDetails(SANDBOX, "Northpoint Health Plan", **address))
    sandbox = Sandbox(tmp_path, days_to_pay=None)

    def cycle(*, pay: bool = False) -> None:
        commands.send_pending(desk.subject)
        sandbox.cycle(clock.now(), pay_everything=pay)
        commands.collect(desk.subject)

    def send(*words: str) -> list[int]:
        made = []
        for place, word in enumerate(words):
            patient = desk.office.patient(payers=())
            coverage.add_coverage(desk.subject, patient, coverage.Card(SANDBOX, 1, f"{MEMBER}{place}{word}"))
            bill = desk.office.charge(patient)
            number = commands.build(desk.subject, bill)
            commands.scrub(desk.subject, number)
            made.append(number)
        commands.submit(desk.subject, made)
        cycle()
        return made

    yield send, cycle
    sandbox.close()


Send = Callable[..., list[int]]
