"""A clinic on a Friday before its Monday, with insured patients and payers who answer on a real port."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.unit.pms.scheduling.conftest import MONDAY, Clinic, clinic

__all__ = ["clinic"]


@dataclass
class Desk:
    """The front desk of the clinic, and the address of the payers."""

    clinic: Clinic
    address: str

    @property
    def subject(self) -> Any:
        return self.clinic.subject

    def insured(self, word: str = "", patient: int = 0) -> str:
        """A policy of Northpoint for a patient, with a word that summons a case; its id."""
        from chartdesk.pms.coverage import commands

        card = commands.Card(payer_id="NPHP1", rank=1, member_id=f"NPP1000000{patient}{word}")
        return commands.add_coverage(self.subject, self.clinic.patients[patient], card)

    def demand(self, **changes: Any) -> Any:
        """A rule: Northpoint wants an authorization for office visits."""
        from chartdesk.pms.authorizations import commands
        from chartdesk.pms.authorizations.models import Requirement

        given = {"payer_id": "NPHP1", "visit_types": ["office"], "effective": date(2026, 1, 1), **changes}
        return commands.demand(self.subject, Requirement(**given))

    def wanted(self, **changes: Any) -> Any:
        """Six visits of physical therapy from Monday on."""
        from chartdesk.pms.authorizations.commands import Wanted

        given = {"first_day": MONDAY, "service_type": "PT", "diagnoses": ("M54.50",), "visits": 6, **changes}
        return Wanted(**given)


@pytest.fixture
def desk(clinic: Clinic, tmp_path: Path) -> Iterator[Desk]:
    from chartdesk.exchange.eligibility.http import HttpEligibility
    from chartdesk.exchange.sandbox import Sandbox, directory
    from chartdesk.exchange.sandbox.server import SandboxServer
    from chartdesk.pms.authorizations import connections
    from chartdesk.pms.coverage import commands

    for payer in directory.payers():
        details = commands.PayerDetails(payer.id, payer.name.title(), payer.filing, payer.phone)
        commands.add_payer(clinic.subject, details)
    sandbox = Sandbox(tmp_path)
    server = SandboxServer(sandbox, port=0, every=1)
    thread = threading.Thread(target=server.run)
    thread.start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    asking = HttpEligibility(f"{address}/reviews", timeout_seconds=60, service="authorization")
    connections.use(asking)
    yield Desk(clinic, address)
    connections._current.clear()
    asking.close()
    server.shutdown()
    thread.join()
    sandbox.close()
