"""The estimate of a visit while the payer has claims of the patient that it has not decided."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
from tests.money.office import DAY, PAYER
from tests.unit.pms.claims.conftest import desk, office

from chartdesk.kit import clock
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.charges import contract_commands
from chartdesk.pms.charges.contract_commands import Terms
from chartdesk.pms.charges.contract_rules import Term
from chartdesk.pms.claims import correcting, in_flight
from chartdesk.pms.coverage import queries as coverages
from chartdesk.pms.coverage.benefits import Benefit
from chartdesk.pms.coverage.models import EligibilityCheck

__all__ = ["desk", "office"]

BEGINS = date(2026, 1, 1)
LEFT = Benefit("C", "EB*C*IND*30***29*100", "IND", ("30",), period="29", amount=Decimal(100), in_network="Y")
SHARE = Benefit("A", "EB*A*IND*30****.2", "IND", ("30",), percent=Decimal("0.2"), in_network="Y")


def _check(office, patient: str) -> EligibilityCheck:
    (policy,) = coverages.coverages(office.subject, patient)
    with transaction(office.subject):
        return EligibilityCheck.objects.create(
            practice=office.subject.practice, patient=patient, coverage=policy.coverage_id, payer_id=PAYER,
            service_date=DAY, asked=clock.now(), status="active",
            benefits=[msgspec.to_builtins(one) for one in (LEFT, SHARE)],
        )  # fmt: skip


def test_what_a_sent_claim_will_use_is_not_left_for_the_visit(office):
    charges.set_contract(office.subject, PAYER, {"87880": Decimal(60), "11042": Decimal(90)}, BEGINS)
    patient = office.patient()
    check = _check(office, patient)
    alone = in_flight.estimate(office.subject, check, ["11042"], DAY)
    assert alone.estimate.patient_owes == Decimal("90.00")

    sent = office.claim([("87880", "75")], patient=patient)
    found = in_flight.estimate(office.subject, check, ["11042"], DAY)
    assert [part.amount for part in found.estimate.parts] == [Decimal("0.00"), Decimal("40.00"), Decimal("10.00")]
    assert f"Claim {sent.number} of" in found.estimate.parts[0].sentence
    assert "$60.00 of the deductible" in found.estimate.parts[0].sentence
    assert in_flight.estimate(office.subject, check, ["11042"], date(2027, 1, 5)).estimate.parts[0].amount == 90
    assert in_flight.undecided(office.subject, _check(office, office.patient()), DAY) == []

    correcting.note_outcome(office.subject, sent.claim_id, "denied", "Denied.")
    assert in_flight.estimate(office.subject, check, ["11042"], DAY).estimate.patient_owes == Decimal("90.00")


def test_a_share_of_the_charge_and_never_more_than_it_are_counted_with_the_fee_of_the_day(office):
    charges.set_fees(office.subject, "Ours", BEGINS, [("11042", "Wound", "90"), ("87880", "Swab", "30")])
    terms = [Term("charge", Decimal(60)), Term("fixed", Decimal(45), "87880", "87880")]
    contract_commands.save_contract(office.subject, PAYER, BEGINS, Terms(terms))
    check = _check(office, office.patient())
    found = in_flight.estimate(office.subject, check, ["11042", "87880"], DAY)
    assert [(line.code, line.allowed) for line in found.lines] == [("11042", Decimal("54.00")), ("87880", Decimal(30))]
    assert "60 % of the charge $90.00" in found.lines[0].words
    assert "not more than the charge" in found.lines[1].words
    assert found.estimate.patient_owes == Decimal("84.00")
    # The payer's own list goes before everybody's.
    charges.set_fees(office.subject, "Theirs", BEGINS, [("11042", "Wound", "80")], payer_id=PAYER)
    assert in_flight.estimate(office.subject, check, ["11042"], DAY).lines[0].allowed == Decimal("48.00")


def test_the_place_decides_which_term_counts(office):
    terms = [Term("fixed", Decimal(70)), Term("fixed", Decimal(40), place="F")]
    contract_commands.save_contract(office.subject, PAYER, BEGINS, Terms(terms))
    check = _check(office, office.patient())
    assert in_flight.estimate(office.subject, check, ["11042"], DAY).estimate.patient_owes == 70
    facility = in_flight.estimate(office.subject, check, ["11042"], DAY, place_of_service="22")
    assert facility.estimate.patient_owes == 40


def test_what_the_payer_said_last_year_does_not_say_what_is_left_this_year(office):
    charges.set_contract(office.subject, PAYER, {"11042": Decimal(90)}, BEGINS)
    check = _check(office, office.patient())
    found = in_flight.estimate(office.subject, check, ["11042"], date(2027, 1, 5)).estimate
    assert (found.patient_owes, found.at_least) == (None, Decimal("90.00"))
    assert found.unknown == ["what the payer says for 2027: its last answer is about 2026"]


def test_without_an_active_policy_the_patient_owes_the_fees(office):
    charges.set_fees(office.subject, "Ours", BEGINS, [("11042", "Wound", "90"), ("87880", "Swab", "30")])
    check = _check(office, office.patient())
    check.status, check.reason = "inactive", "The policy ended on Jan 31, 2026."
    found = in_flight.estimate(office.subject, check, ["11042", "87880"], DAY)
    assert (found.lines, found.estimate.patient_owes) == ([], Decimal("120.00"))
    assert found.estimate.parts[0].sentence == "The policy ended on Jan 31, 2026."
    strange = in_flight.estimate(office.subject, check, ["11042", "99999"], DAY).estimate
    assert (strange.patient_owes, strange.at_least, strange.unknown) == (None, Decimal("90.00"), ["our fee for 99999"])
