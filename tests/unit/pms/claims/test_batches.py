"""Claims of many superbills at once say, find and leave behind what one by one would."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from tests.money.office import DAY, SECOND
from tests.unit.pms.claims.conftest import DIAGNOSES

from chartdesk.kit import outbox
from chartdesk.kit.models import OutboxDelivery, OutboxEvent
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.claims import commands, queries, subscriptions
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.coverage import commands as coverage
from chartdesk.pms.coverage import queries as coverages
from chartdesk.pms.registration.people import Address, Person
from chartdesk.record import audit, store


def _said(desk, number):
    """What a claim says, without the numbers that no two share."""
    view = queries.claim(desk.subject, number)
    lines = [dataclasses.asdict(line) if dataclasses.is_dataclass(line) else line for line in view.content.lines]
    return view, [(line.code, line.modifiers, line.pointers, line.units, line.amount) for line in lines]


def _insured_by_another(desk):
    """A child that is covered by a parent's policy."""
    patient = desk.office.patient()
    (policy,) = coverages.coverages(desk.subject, patient)
    home = Address("1 Oak Street", "", "Dublin", "OH", "43017")
    parent = Person("Holder", "Ann", birth_date=date(1980, 1, 1), sex="female", address=home)
    card = dataclasses.replace(policy.card, relationship="child", subscriber=parent)
    coverage.amend_coverage(desk.subject, policy.coverage_id, card, version=policy.version)
    return patient


def test_together_they_say_what_each_says_alone(desk):
    patients = [desk.office.patient(), desk.office.patient(), _insured_by_another(desk)]
    given = [
        ([("99213", [1, 2]), ("87880", [1])], ["J02.0", "R51.9"]),
        ([("99214", [1])], ["J02.0"]),
        ([("99213", [1]), ("85025", [13])], DIAGNOSES[:13]),
    ]
    alone = [desk.charges(patient, *one) for patient, one in zip(patients, given, strict=True)]
    single = [commands.build_all(desk.subject, bill) for bill in alone]
    for claims in single:
        for claim in claims:
            commands.scrub(desk.subject, claim)
            commands.close(desk.subject, claim, "Compared below")
    for bill in alone:
        charges.void(desk.subject, bill, "Billed again below")
    bills = [desk.charges(patient, *one) for patient, one in zip(patients, given, strict=True)]
    built = commands.build_many(desk.subject, bills)
    assert built.left == {} and list(built.claims) == bills
    for bill, claims in zip(bills, single, strict=True):
        assert len(built.claims[bill]) == len(claims)
        for one, other in zip(claims, built.claims[bill], strict=True):
            (before, lines), (after, same) = _said(desk, one), _said(desk, other)
            assert lines == same
            assert (after.content.insured, after.content.patient) == (before.content.insured, before.content.patient)
            assert (after.content.diagnoses, after.content.total) == (before.content.diagnoses, before.content.total)
            assert (after.content.rendering, after.content.payer) == (before.content.rendering, before.content.payer)
            assert [found.rule for found in after.findings] == [found.rule for found in before.findings]
            assert (after.claim.part, after.claim.coverage) == (before.claim.part, before.claim.coverage)
            assert [line.control_number for line in after.lines] == [line.control for line in after.content.lines]
            assert desk.story(other) == [kind for kind in desk.story(one) if kind != "closed"]
            resource = store.get(desk.subject, "Claim", f"claim-{other}").resource
            assert resource.status == "draft" and len(resource.item) == len(lines)
    numbers = [desk.claim(one).number for one in built.numbers]
    assert len(set(numbers)) == len(numbers)


def test_what_is_wrong_holds_its_claim_and_no_other(desk):
    clean = desk.charges(desk.office.patient())
    faulty = desk.charges(desk.office.patient(), diagnoses=["J02"])
    built = commands.build_many(desk.subject, [clean, faulty])
    assert [desk.claim(one).status for one in built.numbers] == ["ready", "held"]
    (item,) = desk.office.items("claim_scrub")
    assert "J02, is not a billable" in item.title
    with transaction(desk.subject):
        kinds = OutboxEvent.objects.filter(practice=desk.subject.practice, kind__startswith="Claim").order_by("pk")
        assert list(kinds.values_list("kind", flat=True)) == ["ClaimBuilt", "ClaimBuilt", "ClaimHeld"]
    patient = desk.claim(built.numbers[0]).patient
    seen = {(row.action, row.what) for row in audit.trail(desk.subject, patient)}
    assert {("R", "superbill"), ("R", "Coverage"), ("R", "Patient"), ("C", "claim"), ("C", "Claim")} <= seen


def test_of_two_that_bill_the_same_the_later_is_the_duplicate(desk):
    patient = desk.office.patient()
    bills = [desk.charges(patient, [(code, [1]), ("99213", [1])]) for code in ("85025", "80053")]
    built = commands.build_many(desk.subject, bills)
    first, second = (desk.claim(one) for one in built.numbers)
    assert (first.status, second.status) == ("ready", "held")
    assert first.number in second.findings[0]["message"]
    third = desk.charges(patient, [("87880", [1]), ("99213", [1])])
    (number,) = commands.build_many(desk.subject, [third]).numbers
    (found,) = desk.claim(number).findings
    assert found["rule"] == "duplicate_claim" and first.number in found["message"]


def test_those_with_a_claim_or_without_a_policy_go_their_own_way(desk):
    standing = desk.charges(desk.office.patient())
    (claim,) = commands.build_all(desk.subject, standing)
    sent = desk.claim(desk.sent())
    review = desk.charges(desk.office.patient(), approve=False)
    uncovered = desk.charges(desk.office.patient())
    (policy,) = coverages.coverages(desk.subject, queries_patient(desk, uncovered))
    store.delete(desk.subject, "Coverage", policy.coverage_id)
    moved = desk.office.patient(payers=("ACME1", SECOND))
    other = desk.charges(moved)
    clean = desk.charges(desk.office.patient())
    built = commands.build_many(desk.subject, [standing, sent.superbill, review, uncovered, other, clean, 10**9])
    assert built.claims[standing] == [claim]
    assert set(built.claims) == {standing, other, clean}
    assert {type(fault).__name__ for fault in built.left.values()} == {"Conflict", "NotFound"}
    assert set(built.left) == {sent.superbill, review, uncovered, 10**9}
    assert [desk.claim(one).status for one in built.numbers] == ["ready"] * 3


def queries_patient(desk, bill):
    from chartdesk.pms.charges import queries as charged

    return charged.superbill(desk.subject, bill).patient_id


def test_what_waits_is_built_together_and_goes_out_in_one_file(desk):
    subscriptions.connect()
    bills = [desk.charges(desk.office.patient(), approve=False) for _ in range(4)]
    for bill in bills[:3]:
        charges.approve(desk.subject, bill)
    outbox.deliver_all(desk.subject.practice)
    with transaction(desk.subject):
        claims = list(Claim.objects.filter(practice=desk.subject.practice).order_by("pk"))
        files = {claim.interchange_id for claim in claims if claim.superbill in bills[:3]}
    assert {claim.status for claim in claims} == {"submitted"}
    assert len(claims) == 4 and len(files) == 1
    waiting = OutboxDelivery.objects.filter(practice=desk.subject.practice).exclude(state="done")
    assert not waiting.exists()


def test_one_that_cannot_be_handled_does_not_hold_up_the_others(desk, monkeypatch):
    from chartdesk.pms.claims import gathering

    whole, poison = gathering.said, desk.charges(desk.office.patient())
    bills = [desk.charges(desk.office.patient(), approve=False) for _ in range(2)]
    subscriptions.connect()

    def said(subject, bill, *given, **more):
        if bill.id == poison:
            raise ValueError("a fault of the program")
        return whole(subject, bill, *given, **more)

    monkeypatch.setattr(gathering, "said", said)
    for bill in bills:
        charges.approve(desk.subject, bill)
    charges.reopen(desk.subject, poison, "Again")
    charges.approve(desk.subject, poison)
    outbox.deliver_all(desk.subject.practice)
    assert [queries.of_superbill(desk.subject, bill)[0].status for bill in bills] == ["submitted"] * 2
    assert queries.of_superbill(desk.subject, poison) == []
    stuck = OutboxDelivery.objects.filter(practice=desk.subject.practice, state="waiting", subscriber="claims.build")
    assert [delivery.error for delivery in stuck] == ["ValueError"]


@pytest.mark.parametrize("count", [0, 1])
def test_few_are_as_well_as_many(desk, count):
    built = commands.build_many(desk.subject, [desk.charges(desk.office.patient()) for _ in range(count)])
    assert len(built.numbers) == count


@pytest.fixture
def tables(database):
    """Published tables of codes that no other test bills; they are the installation's, so they go again."""
    from chartdesk.kit import clock
    from chartdesk.pms.edits.models import AddOnCode, CodePair, Import, UnitLimit

    since = date(2026, 1, 1)
    given = [
        CodePair(setting="P", column1="99701", column2="99702", effective=since, modifier="1", rationale="why"),
        CodePair(setting="P", column1="99701", column2="99703", effective=since, ends=since, modifier="0",
                 rationale="over"),
        UnitLimit(setting="P", code="99704", effective=since, units=2, indicator="2", rationale="why"),
        AddOnCode(add_on="99705", primary_code="99701", effective=since, kind="1"),
        *(
            Import(table=name, setting="P", file="x", effective=since, rows=1, changed=1, refused=0, at=clock.now())
            for name in ("pairs", "units", "add-on")
        ),
    ]  # fmt: skip
    for row in given:
        row.save(force_insert=True)
    yield
    for row in given:
        type(row).objects.filter(pk=row.pk).delete()


def test_published_tables_hold_claims(desk, tables):
    def billed(*codes, on=DAY, patient=None):
        return desk.charges(patient or desk.office.patient(), [(code, [1]) for code in codes], on=on)

    twice = desk.office.patient()
    bills = [
        billed("99702", "87880"), billed("99705"), billed("99701", "99705"), billed("99703", "99702"),
        billed("99701", patient=twice), billed("99702", "80053", patient=twice), billed("99701", on=date(2025, 12, 30)),
    ]  # fmt: skip
    built = commands.build_many(desk.subject, bills)
    found = [[one["rule"] for one in desk.claim(built.claims[bill][0]).findings] for bill in bills]
    assert found == [[], ["add_on_alone"], [], [], [], ["ncci_pair"], []]
    (words,) = [one["message"] for one in desk.claim(built.claims[bills[5]][0]).findings]
    assert words.startswith("99702 is not paid beside 99701 on claim C")
