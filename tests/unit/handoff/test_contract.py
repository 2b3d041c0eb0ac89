"""The contract: every message travels as JSON and comes back the same; facts become a clinician's words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest

from chartdesk.handoff import contract
from chartdesk.handoff.contract import (
    CoverageAnnounced,
    Demographics,
    DemographicsChanged,
    EncounterCharges,
    Insurance,
    Offered,
    PatientsMerged,
    Procedure,
    ProceduresOffered,
    VisitAnnounced,
    VisitWithdrawn,
)
from chartdesk.handoff.wording import insurance_line

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
IVY = Demographics("p1", "Ivy Moss", "10001", date(1980, 5, 4), "female", "+16145550111", "hard of hearing")
ACME = Insurance("ACME1", "Acme", 1, "M1", "Acme PPO", standing="active", copay=Decimal("25.00"))
STREP = Procedure("87880", ("QW",), Decimal("1.5"), (1,))

MESSAGES = [
    (
        VisitAnnounced("a1", IVY, "dr1", NOON, NOON, "arrived", (ACME,), arrived=NOON),
        "to_ehr",
        "Appointment/a1",
    ),
    (VisitWithdrawn("a1", "p1", "noshow"), "to_ehr", "Appointment/a1"),
    (DemographicsChanged(IVY), "to_ehr", "Patient/p1"),
    (PatientsMerged("p2", "p1", undone=True), "to_ehr", "Patient/p1"),
    (CoverageAnnounced("p1", (ACME,)), "to_ehr", "Patient/p1"),
    (CoverageAnnounced("p1", (), "a1"), "to_ehr", "Appointment/a1"),
    (ProceduresOffered((Offered("99213", "Office visit"),)), "to_ehr", "Procedures"),
    (
        EncounterCharges("e1", "a1", "p1", "dr1", date(2026, 3, 2), NOON, ("J02.0",), (STREP,)),
        "to_pms",
        "Encounter/e1",
    ),
]


@pytest.mark.parametrize(("message", "direction", "about"), MESSAGES)
def test_messages_travel_and_come_back(message, direction, about):
    assert contract.decode(contract.encode(message)) == message
    assert (contract.direction(message), contract.subject_of(message)) == (direction, about)


@pytest.mark.parametrize("text", ["{}", '{"type":"Gossip"}', '{"type":"VisitWithdrawn"}', "nonsense"])
def test_what_the_contract_does_not_know_is_refused(text):
    with pytest.raises(msgspec.DecodeError):
        contract.decode(text)


@pytest.mark.parametrize(
    ("policies", "line"),
    [
        ([], "No insurance on file"),
        ([ACME], "Acme PPO: active, copay $25.00"),
        ([Insurance("X", "Xena", 1)], "Xena: not checked, copay unknown"),
        (
            [Insurance("X", "Xena", 1, plan_name="Gold", standing="inactive")],
            "Xena Gold: not active, says the payer, copay unknown",
        ),
        (
            [Insurance("X", "Xena", 2, standing="failed"), ACME],
            "Acme PPO: active, copay $25.00; Xena: check failed, copay unknown",
        ),
        ([Insurance("X", "Xena", 1, expired=True, copay=Decimal("5.00"))], "Xena: ended"),
        ([Insurance("X", "Xena", 1, standing="active", copay=Decimal("0.00"))], "Xena: active, copay $0.00"),
    ],
)
def test_insurance_in_one_line(policies, line):
    assert insurance_line(policies) == line
