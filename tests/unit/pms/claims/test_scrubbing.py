"""Scrubbing a claim of the rows: held with a work item for each fault, let go when it is mended."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from tests.money.office import DAY, NOW
from tests.unit.pms.claims.conftest import payer

from chartdesk.kit import clock, outbox, worklist
from chartdesk.kit.models import OutboxDelivery
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.claims import commands, queries, subscriptions
from chartdesk.pms.coverage import commands as coverage
from chartdesk.pms.coverage import queries as coverages
from chartdesk.pms.registration import commands as registration
from chartdesk.pms.registration import queries as patients
from chartdesk.pms.registration.people import Address, Registration
from chartdesk.record import store


def _held(desk):
    """A held claim: the patient's address and the member id are missing something."""
    patient = desk.office.patient()
    _amend(desk, patient, Address("12 Elm Street", "", "", "OH", "43215"))
    number = commands.build(desk.subject, desk.charges(patient))
    found = commands.scrub(desk.subject, number)
    return patient, number, found


def _amend(desk, patient, address):
    view = patients.patient(desk.subject, patient)
    person = dataclasses.replace(view.person, address=address)
    registration.amend(desk.subject, patient, Registration(person, view.contacts, view.guarantor), version=view.version)


def test_a_fault_holds_the_claim_and_stands_on_the_list_with_its_link(desk):
    patient, number, found = _held(desk)
    assert [one.rule for one in found] == ["subscriber_address"]
    claim = desk.claim(number)
    assert claim.status == "held"
    (item,) = desk.office.items("claim_scrub")
    assert claim.number in item.title and "no city" in item.title
    assert (item.role, item.about, item.amount) == ("biller", f"Patient/{patient}", claim.total)
    (policy,) = coverages.coverages(desk.subject, patient)
    assert (item.link_kind, item.link_id) == ("coverage", policy.coverage_id)
    assert item.cure
    assert desk.story(number) == ["built", "held"]
    assert queries.claim(desk.subject, number).findings == found


def test_scrubbing_again_raises_no_second_item(desk):
    _, number, _ = _held(desk)
    commands.scrub(desk.subject, number)
    assert len(desk.office.items("claim_scrub")) == 1


def test_mended_it_is_ready_and_its_items_are_closed(desk):
    patient, number, _ = _held(desk)
    _amend(desk, patient, Address("12 Elm Street", "", "Columbus", "OH", "43215"))
    assert commands.refresh(desk.subject, patient) == [number]
    assert desk.claim(number).status == "ready"
    assert desk.office.items("claim_scrub") == []


def test_a_warning_is_shown_and_holds_nothing(desk):
    with transaction(desk.subject):
        row = payer(desk.office)
        row.timely_filing_days = (NOW.date() - DAY).days + 3
        row.save()
    number = desk.ready()
    assert [one.rule for one in queries.claim(desk.subject, number).findings] == ["filing_limit_near"]
    assert desk.office.items("claim_scrub") == []


def test_the_same_services_twice_are_held_as_a_duplicate(desk):
    patient = desk.office.patient()
    first = commands.build(desk.subject, desk.charges(patient, [("85025", [1]), ("99213", [1])]))
    second = commands.build(desk.subject, desk.charges(patient, [("80053", [1]), ("99213", [1])]))
    (found,) = commands.scrub(desk.subject, second)
    assert found.rule == "duplicate_claim"
    assert desk.claim(first).number in found.message
    commands.close(desk.subject, first, "Entered twice")
    assert commands.scrub(desk.subject, second) == []


@pytest.mark.parametrize("days", [0, 1])
def test_timely_filing_is_counted_from_the_service(desk, days):
    number = commands.build(desk.subject, desk.charges(desk.office.patient()))
    with clock.at(NOW - timedelta(days=(NOW.date() - DAY).days) + timedelta(days=365 + days)):
        found = [one.rule for one in commands.scrub(desk.subject, number) if one.severity == "error"]
    assert found == (["timely_filing"] if days else [])


def test_without_a_coverage_the_claim_is_held_and_others_go_on(desk):
    patient = desk.office.patient()
    (policy,) = coverages.coverages(desk.subject, patient)
    number = commands.build(desk.subject, desk.charges(patient))
    commands.scrub(desk.subject, number)
    store.delete(desk.subject, "Coverage", policy.coverage_id)
    commands.refresh(desk.subject, patient)
    assert desk.claim(number).status == "held"
    (item,) = desk.office.items("claim_scrub")
    assert item.link_kind == "patient"
    coverage.add_coverage(desk.subject, patient, coverage.Card("ACME1", 1, "M123456"))
    commands.refresh(desk.subject, patient)
    assert desk.claim(number).status == "ready"
    assert desk.office.items("claim_scrub") == []


@pytest.fixture
def automatic(desk):
    """The practice with everything connected, as the worker runs it."""
    subscriptions.connect()
    return desk


def _items(desk):
    with transaction(desk.subject):
        return [item.kind for item in worklist.items(desk.subject)]


def test_clean_charges_become_a_sent_claim_by_themselves(automatic):
    patient = automatic.office.patient()
    bill = automatic.charges(patient, approve=False)
    outbox.deliver_all(automatic.subject.practice)
    (claim,) = queries.of_superbill(automatic.subject, bill)
    assert claim.status == "submitted"
    assert automatic.story(claim.pk) == ["built", "ready", "submitted", "sent"]
    assert _items(automatic) == []


def test_with_the_setting_off_they_wait(automatic):
    automatic.settings(auto_submit=False)
    patient = automatic.office.patient()
    waiting = automatic.charges(patient, approve=False)
    outbox.deliver_all(automatic.subject.practice)
    assert queries.of_superbill(automatic.subject, waiting) == []
    approved = automatic.charges(automatic.office.patient())
    outbox.deliver_all(automatic.subject.practice)
    (claim,) = queries.of_superbill(automatic.subject, approved)
    assert (claim.status, claim.interchange_id) == ("ready", None)
    assert commands.send_ready(automatic.subject) is not None


def test_a_held_claim_goes_out_by_itself_once_the_patient_is_mended(automatic):
    patient = automatic.office.patient()
    _amend(automatic, patient, Address("12 Elm Street", "", "", "OH", "43215"))
    bill = automatic.charges(patient, approve=False)
    outbox.deliver_all(automatic.subject.practice)
    (claim,) = queries.of_superbill(automatic.subject, bill)
    assert claim.status == "held"
    _amend(automatic, patient, Address("12 Elm Street", "", "Columbus", "OH", "43215"))
    outbox.deliver_all(automatic.subject.practice)
    (claim,) = queries.of_superbill(automatic.subject, bill)
    assert claim.status == "submitted"
    assert _items(automatic) == []


def test_an_amended_patient_with_a_claim_under_way_blocks_nothing(automatic):
    """One claim of the patient is with the payer, another is held: the held one goes on."""
    patient = automatic.office.patient()
    sent = automatic.charges(patient, [(f"9{number:04}", [1]) for number in range(1, 52)])
    outbox.deliver_all(automatic.subject.practice)
    assert {one.status for one in queries.of_superbill(automatic.subject, sent)} == {"submitted"}
    _amend(automatic, patient, Address("12 Elm Street", "", "", "OH", "43215"))
    held = automatic.charges(patient)
    outbox.deliver_all(automatic.subject.practice)
    _amend(automatic, patient, Address("12 Elm Street", "", "Columbus", "OH", "43215"))
    outbox.deliver_all(automatic.subject.practice)
    assert [one.status for one in queries.of_superbill(automatic.subject, held)] == ["submitted"]
    mine = OutboxDelivery.objects.filter(practice=automatic.subject.practice, subscriber__startswith="claims.")
    assert set(mine.values_list("state", flat=True)) == {"done"}


def test_charges_taken_back_close_their_unsent_claim(automatic):
    automatic.settings(auto_submit=False)
    bill = automatic.charges(automatic.office.patient())
    outbox.deliver_all(automatic.subject.practice)
    charges.void(automatic.subject, bill, "Wrong patient")
    outbox.deliver_all(automatic.subject.practice)
    (claim,) = queries.of_superbill(automatic.subject, bill)
    assert claim.status == "closed"


def test_charges_in_review_again_do_not_go_out(automatic):
    automatic.settings(auto_submit=False)
    bill = automatic.charges(automatic.office.patient())
    outbox.deliver_all(automatic.subject.practice)
    charges.reopen(automatic.subject, bill, "Look again")
    assert commands.send_ready(automatic.subject) is None
    (claim,) = queries.of_superbill(automatic.subject, bill)
    assert (claim.status, automatic.story(claim.pk)[-1]) == ("built", "waits")
    charges.approve(automatic.subject, bill)
    outbox.deliver_all(automatic.subject.practice)
    (claim,) = queries.of_superbill(automatic.subject, bill)
    assert claim.status == "ready"


def test_charges_changed_after_sending_ask_for_a_replacement(automatic):
    bill = automatic.charges(automatic.office.patient())
    outbox.deliver_all(automatic.subject.practice)
    charges.reopen(automatic.subject, bill, "A line was missing")
    charges.amend(automatic.subject, bill, [charges.Procedure("87880", pointers=[1])], ["J02.0"])
    charges.approve(automatic.subject, bill)
    outbox.deliver_all(automatic.subject.practice)
    (claim,) = queries.of_superbill(automatic.subject, bill)
    (item,) = automatic.office.items("claim_outdated")
    assert (claim.status, item.link_id) == ("submitted", str(claim.pk))
    commands.send_pending(automatic.subject)
    automatic.receive(automatic.report((claim.number, True)))
    new = commands.replace(automatic.subject, claim.pk)
    assert [line.code for line in queries.claim(automatic.subject, new).content.lines] == ["87880"]
    assert automatic.office.items("claim_outdated") == []


def test_several_mended_patients_go_on_together(automatic):
    """Those with claims that were held, in one file; the others are not looked at."""
    lacking, whole = (
        Address("12 Elm Street", "", "", "OH", "43215"),
        Address("12 Elm Street", "", "Columbus", "OH", "43215"),
    )
    patients = [automatic.office.patient() for _ in range(4)]
    bills = []
    for patient in patients[:2]:
        _amend(automatic, patient, lacking)
        bills.append(automatic.charges(patient, approve=False))
    outbox.deliver_all(automatic.subject.practice)
    assert [one.status for bill in bills for one in queries.of_superbill(automatic.subject, bill)] == ["held"] * 2
    for patient in patients:
        _amend(automatic, patient, whole)
    outbox.deliver_all(automatic.subject.practice)
    mended = [one for bill in bills for one in queries.of_superbill(automatic.subject, bill)]
    assert [one.status for one in mended] == ["submitted"] * 2
    assert len({one.interchange_id for one in mended}) == 1
    assert _items(automatic) == []
