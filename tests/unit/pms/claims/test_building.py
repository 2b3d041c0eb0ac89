"""Building claims: the snapshot, splitting, building anew, following a rejection, refusing what is under way."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from tests.money.office import Cut, Paid, Sent, decided
from tests.unit.pms.claims.conftest import DIAGNOSES

from chartdesk.kit.errors import Conflict, Forbidden, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.claims import commands, queries
from chartdesk.pms.claims.content import Adjusted, Prior, PriorLine
from chartdesk.pms.claims.models import Claim, ClaimLine
from chartdesk.pms.claims.splitting import split
from chartdesk.pms.coverage import commands as coverage
from chartdesk.pms.registration import commands as registration
from chartdesk.pms.registration import queries as patients
from chartdesk.pms.registration.people import Registration
from chartdesk.record.access import Role
from chartdesk.record.access.people import practice_of


def test_the_snapshot_says_what_the_rows_say(desk):
    patient = desk.office.patient()
    bill = desk.charges(patient, [("99213", [1, 2]), ("87880", [1])], ["J02.0", "R51.9"])
    number = commands.build(desk.subject, bill)
    view = queries.claim(desk.subject, number)
    content, practice = view.content, practice_of(desk.subject)
    assert (content.billing.npi, content.billing.tax_id) == (practice.npi, practice.tax_id)
    assert (content.payer.payer_id, content.payer.name, content.rank) == ("ACME1", "Acme PPO", 1)
    assert content.insured.relationship == "self"
    assert content.insured.person == content.patient
    assert content.diagnoses == ("J02.0", "R51.9")
    assert [(line.code, line.pointers, line.amount) for line in content.lines] == [
        ("99213", (1, 2), Decimal("10.00")),
        ("87880", (1,), Decimal("11.00")),
    ]
    assert content.total == view.claim.total == Decimal("21.00")
    assert content.rendering.family == "Reed"
    assert (view.claim.status, view.claim.frequency, view.claim.part) == ("built", "1", 1)
    assert [line.control_number for line in view.lines] == [line.control for line in content.lines]
    assert desk.story(number) == ["built"]


def test_the_snapshot_stays_as_it_was_when_the_patient_moves(desk):
    number = desk.sent()
    claim = desk.claim(number)
    _move(desk, claim.patient)
    assert desk.claim(number).content == claim.content


def _move(desk, patient, street="77 New Street"):
    view = patients.patient(desk.subject, patient)
    person = dataclasses.replace(view.person, address=dataclasses.replace(view.person.address, line1=street))
    registration.amend(desk.subject, patient, Registration(person, view.contacts, view.guarantor), version=view.version)


def test_more_than_fifty_lines_are_split_and_nothing_is_dropped(desk):
    bill = desk.charges(desk.office.patient(), [(f"9{number:04}", [1]) for number in range(1, 106)])
    made = commands.build_all(desk.subject, bill)
    views = [queries.claim(desk.subject, one) for one in made]
    assert [len(view.lines) for view in views] == [50, 50, 5]
    assert [view.claim.part for view in views] == [1, 2, 3]
    codes = [line.code for view in views for line in view.content.lines]
    assert codes == [f"9{number:04}" for number in range(1, 106)]
    controls = [line.control_number for view in views for line in view.lines]
    assert len(set(controls)) == 105
    assert sum(view.claim.total for view in views) == sum(range(10, 115))


def test_more_than_twelve_diagnoses_are_split_with_the_lines_that_point_to_them(desk):
    lines = [("99213", [1, 2, 3, 4]), ("87880", [5, 6, 7, 8]), ("85025", [9, 10, 11, 12]), ("80053", [13, 14, 15])]
    bill = desk.charges(desk.office.patient(), lines, DIAGNOSES)
    views = [queries.claim(desk.subject, one) for one in commands.build_all(desk.subject, bill)]
    assert [[line.code for line in view.content.lines] for view in views] == [["99213", "87880", "85025"], ["80053"]]
    assert views[0].content.diagnoses == tuple(DIAGNOSES[:12])
    assert views[1].content.diagnoses == tuple(DIAGNOSES[12:])
    assert views[1].content.lines[0].pointers == (1, 2, 3)
    for view in views:
        commands.scrub(desk.subject, view.claim.pk)
        assert desk.claim(view.claim.pk).status == "ready"


@pytest.mark.parametrize(
    ("pointers", "diagnoses", "lines", "codes", "left"),
    [
        ([[1]], 1, [[0]], [[0]], []),
        ([[1], [1]], 3, [[0, 1]], [[0, 1, 2]], []),
        ([[]], 2, [[0]], [[0, 1]], []),
        ([[9]], 1, [[0]], [[0]], []),
        ([[1]] * 51, 1, [list(range(50)), [50]], [[0], [0]], []),
        ([[n] for n in range(1, 14)], 13, [list(range(12)), [12]], [list(range(12)), [12]], []),
        ([[1]], 14, [[0]], [list(range(12))], [12, 13]),
        ([], 0, [[]], [[]], []),
    ],
)
def test_how_charges_are_shared_out(pointers, diagnoses, lines, codes, left):
    parts, dropped = split(pointers, diagnoses)
    assert [part.lines for part in parts] == lines
    assert [part.diagnoses for part in parts] == codes
    assert dropped == left


def test_an_unsent_claim_is_built_anew_under_its_number(desk):
    patient = desk.office.patient()
    number = commands.build(desk.subject, desk.charges(patient))
    before = desk.claim(number)
    _move(desk, patient)
    again = commands.build(desk.subject, before.superbill)
    after = desk.claim(again)
    assert (again, after.number) == (number, before.number)
    assert after.content["patient"]["address"]["line1"] == "77 New Street"
    with transaction(desk.subject):
        assert ClaimLine.objects.filter(claim=after).count() == 1
    assert after.content["lines"][0]["control"] != before.content["lines"][0]["control"]


def test_charges_that_fit_into_fewer_claims_close_the_surplus(desk):
    bill = desk.charges(desk.office.patient(), [(f"9{number:04}", [1]) for number in range(1, 56)])
    first, second = commands.build_all(desk.subject, bill)
    charges.reopen(desk.subject, bill, "Too many lines")
    charges.amend(desk.subject, bill, [charges.Procedure("99213", pointers=[1])], ["J02.0"])
    charges.approve(desk.subject, bill)
    assert commands.build_all(desk.subject, bill) == [first]
    assert (desk.claim(first).status, desk.claim(second).status) == ("built", "closed")


def test_a_rejected_claim_is_closed_and_followed(desk):
    number = desk.sent()
    desk.receive(desk.report((desk.claim(number).number, False)))
    assert desk.claim(number).status == "rejected"
    assert len(desk.office.items("claim_rejected")) == 1
    new = commands.resubmit(desk.subject, number)
    assert new != number
    assert desk.claim(number).status == "closed"
    assert desk.claim(new).status == "ready"
    assert desk.claim(new).number != desk.claim(number).number
    assert desk.office.items("claim_rejected") == []


@pytest.mark.parametrize("status", ["submitted", "acknowledged", "paid", "partly_paid", "denied"])
def test_a_claim_under_way_is_not_built_again(desk, status):
    number = desk.sent()
    commands.note_outcome(desk.subject, number, status, "So it stands.")
    with pytest.raises(Conflict, match="Replace or void"):
        commands.build(desk.subject, desk.claim(number).superbill)
    with pytest.raises(Conflict):
        commands.scrub(desk.subject, number)


def test_charges_in_review_are_not_billed(desk):
    with pytest.raises(Conflict, match="Approve them"):
        commands.build(desk.subject, desk.charges(desk.office.patient(), approve=False))


def test_no_claim_without_a_coverage_of_the_rank(desk):
    with pytest.raises(NotFound, match="rank 2"):
        commands.build(desk.subject, desk.charges(desk.office.patient()), rank=2)
    with pytest.raises(NotFound):
        commands.build(desk.subject, 987654321)


def test_the_next_payer_hears_what_the_first_decided_and_keeps_it_when_built_anew(desk):
    patient = desk.office.patient(payers=("ACME1", "SECO2"))
    bill = desk.charges(patient)
    first = queries.claim(desk.subject, commands.build(desk.subject, bill)).content
    prior = Prior(
        1, first.payer, first.insured, Decimal("7.00"), first.service_date, "ICN9",
        lines=(PriorLine(first.lines[0].charge_line, Decimal("7.00"), (Adjusted("PR", "2", Decimal("3.00")),)),),
    )  # fmt: skip
    second = commands.build(desk.subject, bill, rank=2, prior=(prior,))
    assert [one.severity for one in commands.scrub(desk.subject, second)] == []
    _move(desk, patient)
    assert commands.refresh(desk.subject, patient)
    content = queries.claim(desk.subject, second).content
    assert content.prior == (prior,)
    assert content.payer.payer_id == "SECO2"
    assert desk.claim(second).status == "ready"


def test_one_part_is_built_and_the_other_left_alone(desk):
    bill = desk.charges(desk.office.patient(), [(f"9{number:04}", [1]) for number in range(1, 53)])
    first, second = commands.build_all(desk.subject, bill)
    for one in (first, second):
        commands.scrub(desk.subject, one)
    commands.submit(desk.subject, [first, second])
    desk.receive(desk.report((desk.claim(first).number, True), (desk.claim(second).number, False)))
    new = commands.resubmit(desk.subject, second)
    assert (desk.claim(first).status, desk.claim(new).status, desk.claim(new).part) == ("acknowledged", "ready", 2)
    with pytest.raises(Conflict, match="fill 2 claims"):
        commands.build_part(desk.subject, bill, rank=1, place=3)


def test_only_billing_builds_scrubs_submits_and_corrects(desk):
    number = desk.ready()
    bill = desk.claim(number).superbill
    nurse = dataclasses.replace(desk.subject, roles=frozenset({Role.NURSE, Role.FRONT_DESK, Role.CLINICIAN}))
    for refused in (
        lambda: commands.build(nurse, bill),
        lambda: commands.build_part(nurse, bill, rank=1, place=1),
        lambda: commands.scrub(nurse, number),
        lambda: commands.submit(nurse, [number]),
        lambda: commands.send_ready(nurse),
        lambda: commands.resubmit(nurse, number),
        lambda: commands.replace(nurse, number),
        lambda: commands.void(nurse, number),
        lambda: commands.close(nurse, number, "No"),
        lambda: commands.read_again(nurse, 1),
    ):
        with pytest.raises(Forbidden):
            refused()
    assert desk.claim(number).status == "ready"
    biller = dataclasses.replace(desk.subject, roles=frozenset({Role.BILLER}))
    assert commands.send_ready(biller) is not None


def test_a_child_on_a_parents_policy_and_a_second_site(desk):
    from chartdesk.pms.registration.people import Address, Person

    patient = desk.office.patient(payers=())
    parent = Person("Payne", "Pa", birth_date=patients.patient(desk.subject, patient).person.birth_date, sex="male",
                    address=Address("12 Elm Street", "", "Columbus", "OH", "43215"))  # fmt: skip
    coverage.add_coverage(
        desk.subject, patient, coverage.Card("ACME1", 1, "M77", relationship="child", subscriber=parent)
    )
    content = queries.claim(desk.subject, commands.build(desk.subject, desk.charges(patient))).content
    assert content.insured.relationship == "child"
    assert (content.insured.person.given, content.patient.given) == ("Pa", "Pat")


def test_each_part_is_billed_to_the_next_payer_with_its_own_decision(desk):
    patient = desk.office.patient(payers=("ACME1", "SECO2"))
    bill = desk.charges(patient, [(f"9{number:04}", [1]) for number in range(1, 52)])
    first, second = commands.build_all(desk.subject, bill)
    for one in (first, second):
        commands.scrub(desk.subject, one)
    commands.submit(desk.subject, [first, second])
    for number in (second, first):
        view = queries.claim(desk.subject, number)
        lines = [(one.charge_line, one.control_number, one.code, one.amount) for one in view.lines]
        sent = Sent(number, view.claim.number, patient, bill, lines)
        paid = [
            Paid(code, str(amount), str(amount - 1), [Cut("PR", "2", "1")], modifiers=[] if amount == 10 else ["59"])
            for _, _, code, amount in lines
        ]
        desk.office.receive(desk.office.remit(decided(sent, paid)))
    with transaction(desk.subject):
        made = {one.part: one for one in Claim.objects.filter(rank=2)}
    assert {part: (one.payer_id, one.status) for part, one in made.items()} == {
        1: ("SECO2", "submitted"),
        2: ("SECO2", "submitted"),
    }
    assert [len(made[part].content["prior"][0]["lines"]) for part in (1, 2)] == [50, 1]
