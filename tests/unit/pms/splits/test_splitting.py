"""Splitting rules at work: a draft is tried and goes live, and visits are charged and billed by it."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from tests.money.office import DAY, PAYER, SECOND, Cut, Office, Paid, Sent, decided, office

from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.charges import queries as bills
from chartdesk.pms.claims import commands as claims
from chartdesk.pms.claims import queries as sent
from chartdesk.pms.claims import split_trials
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.splits import commands, queries
from chartdesk.pms.splits.rules import BUILT_IN, Rule
from chartdesk.record.access import Role

__all__ = ["office"]
X_RAY = Rule("", "X-rays in components", "components", codes=("71046",), share=40)
EYES = Rule("", "Eyes to the second payer", "payer", codes=("92014",), target=SECOND)
COSMETIC = Rule("", "Cosmetic", "patient", codes=("15780",))
_numbers = itertools.count(1)


def _visit(office: Office, patient: str, *codes: str, on: date = DAY, by: str = "", approve: bool = True) -> int:
    procedures = [charges.Procedure(code, pointers=[1], amount=Decimal("100.01"), practitioner=by) for code in codes]
    bill = charges.capture(
        office.subject,
        charges.EncounterCharges(
            source_id=f"split-{next(_numbers)}", encounter_id="", appointment_id="", patient_id=patient,
            practitioner=office.practitioner, service_date=on, place_of_service="11",
            signed_at=datetime(on.year, on.month, on.day, 20, tzinfo=UTC), minutes=None, diagnoses=["J02.0"],
            procedures=procedures,
        ),
    )  # fmt: skip
    if approve:
        charges.approve(office.subject, bill)
    return bill


def _site(subject) -> int:
    from chartdesk.pms.scheduling import queries as scheduling

    return scheduling.sites(subject)[0].pk


def _live(office: Office, *rules: Rule, effective: date = date(2026, 3, 16)) -> None:
    commands.begin(office.subject)
    for rule in rules:
        commands.put(office.subject, rule)
    split_trials.attempt(office.subject, DAY - timedelta(days=400), date(2026, 3, 16))
    commands.go_live(office.subject, effective, "New contract")


TODAY = date(2026, 3, 16)


def test_a_draft_is_tried_before_it_goes_live_and_holds_from_its_day_on(office):
    subject = office.subject
    _visit(office, office.patient(), "99213", "71046")
    assert queries.on(subject, TODAY) == BUILT_IN
    assert commands.begin(subject) == commands.begin(subject) == 1
    rule_id = commands.put(subject, X_RAY)
    with pytest.raises(Conflict, match="not tried"):
        commands.go_live(subject, TODAY)
    found = split_trials.attempt(subject, DAY, TODAY)
    assert (found.looked_at, found.changed, found.claims_before, found.claims_after) == (1, 1, 1, 2)
    [one] = found.differences
    assert [made.lines for made in one.before] == [("99213", "71046")]
    assert [(made.lines, made.amount) for made in one.after] == [
        (("99213", "71046-26"), Decimal("140.01")),
        (("71046-TC",), Decimal("60.01")),
    ]
    commands.put(subject, Rule(rule_id, "Renamed", "components", codes=("71046",), share=40))
    with pytest.raises(Conflict, match="not tried"):
        commands.go_live(subject, TODAY)
    split_trials.attempt(subject, DAY, TODAY)
    with pytest.raises(Conflict, match="is over"):
        commands.go_live(subject, TODAY - timedelta(days=1))
    commands.go_live(subject, TODAY + timedelta(days=1), "Contract of March")
    assert queries.on(subject, TODAY) == BUILT_IN
    assert [rule.name for rule in queries.on(subject, TODAY + timedelta(days=1))][-1] == "Renamed"
    [view] = queries.versions(subject, TODAY)
    assert (view.stands, view.note, view.trial["changed"]) == ("coming", "Contract of March", 1)
    commands.withdraw(subject, 1)
    assert queries.on(subject, TODAY + timedelta(days=9)) == BUILT_IN
    with pytest.raises(Conflict, match="withdrawn"):
        commands.withdraw(subject, 1)


def test_the_draft_is_changed_by_managers_one_after_the_other(office):
    subject = office.subject
    biller = dataclasses.replace(subject, roles=frozenset({Role.BILLER}))
    commands.begin(subject)
    first = commands.put(subject, EYES)
    commands.put(subject, COSMETIC)
    revision = queries.draft(subject, TODAY).revision
    commands.move(subject, first, -2, revision=revision)
    assert [rule.name for rule in queries.draft(subject, TODAY).rules][1] == EYES.name
    with pytest.raises(Stale):
        commands.remove(subject, first, revision=revision)
    for refused in (
        lambda: commands.begin(biller),
        lambda: commands.put(biller, EYES),
        lambda: commands.go_live(biller, TODAY),
        lambda: split_trials.attempt(biller, DAY, TODAY),
    ):
        with pytest.raises(Forbidden):
            refused()
    with pytest.raises(NotFound):
        commands.remove(subject, "another")
    _visit(office, office.patient(), "99213")
    with pytest.raises(Invalid, match="No charges"):
        split_trials.attempt(subject, DAY - timedelta(days=1), DAY - timedelta(days=1))
    commands.discard(subject)
    with pytest.raises(Conflict, match="Begin one"):
        commands.put(subject, EYES)


def test_a_practice_without_charges_has_rules_from_its_first_visit_on(office):
    subject = office.subject
    commands.begin(subject)
    clinic = Rule("", "Rural health clinic", "institutional", bill_type="71", revenue="0521")
    commands.put(subject, clinic)
    assert split_trials.attempt(subject, TODAY, TODAY).looked_at == 0
    commands.go_live(subject, TODAY)
    bill = _visit(office, office.patient(), "99213", on=TODAY)
    [claim] = claims.build_all(subject, bill)
    assert sent.claim(subject, claim).content.institutional.bill_type == "71"


def test_components_are_two_lines_with_prices_that_add_up_and_two_claims(office):
    patient = office.patient()
    _visit(office, patient, "99213")
    _live(office, X_RAY)
    number = _visit(office, patient, "99214", "71046", "36415", on=TODAY, approve=False)
    bill = bills.superbill(office.subject, number)
    assert [(line.position, line.code, line.modifiers, line.amount) for line in bill.lines] == [
        (1, "99214", [], Decimal("100.01")),
        (2, "71046", ["26"], Decimal("40.00")),
        (3, "71046", ["TC"], Decimal("60.01")),
        (4, "36415", [], Decimal("100.01")),
    ]
    assert bill.total == Decimal("300.03")
    charges.approve(office.subject, number)
    made = [sent.claim(office.subject, one).content for one in claims.build_all(office.subject, number)]
    assert [[line.code for line in one.lines] for one in made] == [["99214", "71046", "36415"], ["71046"]]
    assert [line.modifiers for line in made[1].lines] == [("TC",)]
    assert sum(one.total for one in made) == bill.total
    commands.begin(office.subject)
    found = split_trials.attempt(office.subject, TODAY, TODAY)
    assert found.differences == []
    commands.remove(office.subject, queries.draft(office.subject, TODAY).rules[-1].id)
    [one] = split_trials.attempt(office.subject, TODAY, TODAY).differences
    assert [made.lines for made in one.after] == [("99214", "71046", "36415")]
    assert sum(made.amount for made in one.before) == sum(made.amount for made in one.after) == bill.total
    charges.reopen(office.subject, number, "Look again")
    assert len(bills.superbill(office.subject, number).lines) == 4


def test_the_fee_schedules_own_prices_of_components_come_first_and_without_any_the_line_waits(office):
    subject = office.subject
    charges.set_fees(subject, "Components", date(2026, 1, 1), [
        ("71046", "Chest", "90"), ("71046", "Chest", "20", "26"), ("71046", "Chest", "75", "TC"),
    ])  # fmt: skip
    _visit(office, office.patient(), "99213")
    _live(office, Rule("", "Imaging", "components", codes=("70010-76499",)))
    priced = bills.superbill(subject, _visit(office, office.patient(), "71046", on=TODAY, approve=False))
    assert [line.amount for line in priced.lines] == [Decimal("20.00"), Decimal("75.00")]
    waits = bills.superbill(subject, _visit(office, office.patient(), "71047", on=TODAY, approve=False))
    assert [line.amount for line in waits.lines] == [None, None]
    assert [one.rule for one in waits.findings] == ["unpriced", "unpriced"]


def test_a_line_is_owed_by_the_payer_or_patient_that_the_rule_names(office):
    patient = office.patient(payers=(PAYER, SECOND))
    _visit(office, patient, "99213")
    _live(office, EYES, COSMETIC)
    number = _visit(office, patient, "99213", "92014", "15780", on=TODAY)
    bill = bills.superbill(office.subject, number)
    assert [line.payer_id for line in bill.lines] == [None, SECOND, ""]
    for line, holder in zip(bill.lines, (f"payer:{PAYER}", f"payer:{SECOND}", "patient"), strict=True):
        assert office.balance("ar", reference=f"charge:{line.id}", holder=holder) == Decimal("100.01")
    made = [sent.claim(office.subject, one).content for one in claims.build_all(office.subject, number)]
    assert [(one.payer.payer_id, [line.code for line in one.lines]) for one in made] == [
        (PAYER, ["99213"]),
        (SECOND, ["92014"]),
    ]
    assert made[1].insured.member_id == made[0].insured.member_id
    charges.reopen(office.subject, number, "Mistake")
    assert office.balance("ar", patient=patient) == Decimal("100.01")


def test_a_visit_that_the_patient_owes_whole_makes_no_claim(office):
    patient = office.patient()
    _visit(office, patient, "99213")
    _live(office, COSMETIC)
    number = _visit(office, patient, "15780", on=TODAY)
    assert claims.build_all(office.subject, number) == []
    with pytest.raises(Conflict, match="patient owes every line"):
        claims.build(office.subject, number)


def test_lines_of_two_clinicians_and_two_days_are_two_claims_each_with_its_own(office):
    from chartdesk.pms.scheduling import setup

    patient, subject = office.patient(), office.subject
    other = setup.add_provider(
        subject, family="Lee", given="Ann", npi="1234567893", taxonomy="207Q00000X", site_id=_site(subject)
    ).practitioner
    number = _visit(office, patient, "71046", by=other, approve=False)
    version = bills.superbill(subject, number).version
    lines = [
        charges.Procedure("99213", pointers=[1], amount=Decimal(100)),
        charges.Procedure("71046", pointers=[1], amount=Decimal(50), practitioner=other),
        charges.Procedure("86580", pointers=[1], amount=Decimal(9), service_date=DAY + timedelta(days=2)),
    ]
    charges.amend(subject, number, lines, ["J02.0"], version=version)
    charges.approve(subject, number)
    made = [sent.claim(subject, one) for one in claims.build_all(subject, number)]
    assert [one.content.rendering.family for one in made] == ["Reed", "Lee", "Reed"]
    assert [one.claim.service_date for one in made] == [DAY, DAY, DAY + timedelta(days=2)]
    with transaction(subject):
        assert {one.claim.superbill for one in made} == {number}


def test_what_the_other_payer_leaves_is_the_patients_and_no_further_claim_is_made(office):
    subject, patient = office.subject, office.patient(payers=(PAYER, SECOND))
    _visit(office, patient, "99213")
    _live(office, EYES)
    first, second = claims.build_all(subject, _visit(office, patient, "99213", "92014", on=TODAY))
    for one in (first, second):
        claims.scrub(subject, one)
    claims.submit(subject, [first, second])
    view = sent.claim(subject, second)
    lines = [(one.charge_line, one.control_number, one.code, one.amount) for one in view.lines]
    ours = Sent(second, view.claim.number, patient, view.claim.superbill, lines)
    cuts = [Cut("CO", "45", "20.01"), Cut("PR", "3", "20.00")]
    paid = Paid("92014", "100.01", "60.00", cuts, day=TODAY)
    office.receive(office.remit(decided(ours, [paid]), payer="SECOND MUTUAL"))
    reference = f"charge:{lines[0][0]}"
    assert office.balance("ar", reference=reference, holder=f"payer:{SECOND}") == Decimal("0.00")
    assert office.balance("ar", reference=reference, holder="patient") == Decimal("20.00")
    with transaction(subject):
        assert list(Claim.objects.filter(patient=patient, rank=2)) == []
    assert office.status(ours) in ("paid", "partly_paid")
    office.books()
