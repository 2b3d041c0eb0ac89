"""A practice with money in it: a claim that was paid in part, denied in part, and passed on to a second payer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from tests.money.office import NOW, PAYER, SECOND, Cut, Office, Paid, Sent, decided, office, open_office

__all__ = ["office"]


@dataclass
class Scene:
    """The office, a claim, the payment about it, and shorthands to look at the record."""

    office: Office
    claim: Sent
    payment: int
    remittance: int

    @property
    def subject(self) -> Any:
        return self.office.subject

    def shown(self, type: str, id: str) -> Any:
        """The resource as it stands in the record."""
        from chartdesk.record import store

        return store.get(self.subject, type, id).resource

    def found(self, type: str, parameter: str, value: str) -> set[str]:
        """The ids that a search finds."""
        from chartdesk.record import search

        return {one.id for one in search.find(self.subject, type, [(parameter, value)], strict=True).entries}


def scene_of(office: Office, *, payers: tuple[str, ...] = (PAYER,)) -> Scene:
    """A claim of two lines: one paid with a discount and a share of the patient, the other denied."""
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.remittance.models import ClaimPayment

    claim = office.claim([("99213", "140"), ("87880", "32")], patient=office.patient(payers=payers))
    lines = [
        Paid("99213", "140", "75", [Cut("CO", "45", "40"), Cut("PR", "1", "20"), Cut("PR", "3", "5")]),
        Paid("87880", "32", "0", [Cut("CO", "16", "32")], remarks=["N130"]),
    ]
    view, _ = office.receive(office.remit(decided(claim, lines)))
    with transaction(office.subject):
        payment = ClaimPayment.objects.get(remittance=view.row.pk)
    return Scene(office, claim, payment.pk, view.row.pk)


@pytest.fixture
def scene(office: Office) -> Scene:
    """The claim with one payer."""
    return scene_of(office)


@pytest.fixture(scope="module")
def standing(database: str) -> Iterator[Scene]:
    """The same, made once for the tests that only look."""
    from chartdesk.kit import clock
    from chartdesk.record.access import people
    from chartdesk.record.access.subject import system

    with clock.at(NOW):
        practice = people.open_practice(
            f"shown-{os.getpid()}", "Shown Practice", npi="1993999998", tax_id="123456789", phone="6145550100",
            line1="100 Main Street", city="Columbus", state="OH", postal_code="432151234",
        )  # fmt: skip
        yield scene_of(open_office(system(practice.pk, "test")), payers=(PAYER, SECOND))
