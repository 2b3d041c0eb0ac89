"""Payers and policies written down, changed, ended, and refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from chartdesk.kit.models import OutboxEvent
from chartdesk.kit.transactions import transaction
from chartdesk.pms.coverage import commands, queries, resources
from chartdesk.pms.coverage.commands import Card, PayerDetails
from chartdesk.pms.registration.people import Person
from chartdesk.record import audit, store
from chartdesk.record.access import Role, Subject
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4

PERSON = Person(family="Smith", given="John", birth_date=date(1980, 2, 3), sex="male")
FULL = Card(
    "NPHP1",
    1,
    "npp 1000 0001",
    group_number="G-77",
    plan_name="Northpoint PPO 500",
    effective=date(2026, 1, 1),
    printed_copay=Decimal("25"),
)
PARENT = Person(family="Smith", given="Rose", birth_date=date(1955, 5, 6), sex="female")


def test_a_card_is_read_back(subject: Subject, patient: str) -> None:
    made = commands.add_coverage(subject, patient, FULL)
    [view] = queries.coverages(subject, patient, date(2026, 3, 2))
    assert (view.coverage_id, view.patient_id, view.rank, view.rank_name) == (made, patient, 1, "primary")
    assert (view.payer_id, view.payer_name, view.filing_indicator) == (
        "NPHP1",
        "Northpoint Health Plan",
        "12",
    )
    assert (view.member_id, view.group_number, view.plan_name) == (
        "NPP10000001",
        "G-77",
        "Northpoint PPO 500",
    )
    assert (view.relationship, view.subscriber) == ("self", PERSON)
    assert (view.effective, view.ends, view.printed_copay) == (date(2026, 1, 1), None, Decimal("25.00"))
    assert (view.expired, view.notice, view.version) == (False, "", 1)
    assert view.covers(date(2026, 1, 1)) and not view.covers(date(2025, 12, 31))
    assert not [one for one in fhir.validate(store.read(subject, r4.Coverage, made)) if one.severity == "error"]


def test_why_medicare_pays_second_stays_until_somebody_says_otherwise(subject: Subject, patient: str) -> None:
    made = commands.add_coverage(subject, patient, replace(FULL, medicare_second="43"))
    view = queries.coverage(subject, made)
    assert (view.medicare_second, view.group_number, view.plan_name) == ("43", "G-77", "Northpoint PPO 500")
    assert not [one for one in fhir.validate(store.read(subject, r4.Coverage, made)) if one.severity == "error"]
    # Who does not speak of it, such as a partner's message, leaves it; the form says that there is none.
    commands.amend_coverage(subject, made, replace(FULL, group_number="G-78"), view.version)
    silent = queries.coverage(subject, made)
    assert (silent.medicare_second, silent.group_number) == ("43", "G-78")
    commands.amend_coverage(subject, made, replace(silent.card, medicare_second=""), silent.version)
    assert queries.coverage(subject, made).medicare_second == ""
    with pytest.raises(Invalid, match="'99' is no reason"):
        commands.amend_coverage(subject, made, replace(FULL, medicare_second="99"), silent.version + 1)


def test_a_reason_that_no_claim_can_say_is_not_passed_on(subject: Subject, patient: str) -> None:
    """A partner may have written anything into the resource; the claim's own field takes only its list."""
    made = commands.add_coverage(subject, patient, replace(FULL, medicare_second="43"))
    read = store.read(subject, r4.Coverage, made)
    classes = tuple(msgspec.structs.replace(one, value="99" if one.value == "43" else one.value) for one in read.class_)
    assert resources.medicare_second(read) == "43"
    assert resources.medicare_second(msgspec.structs.replace(read, class_=classes)) == ""


def test_the_subscriber_of_a_dependent_is_kept(subject: Subject, patient: str) -> None:
    made = commands.add_coverage(subject, patient, replace(FULL, relationship="child", subscriber=PARENT))
    view = queries.coverage(subject, made)
    assert (view.relationship, view.subscriber) == ("child", PARENT)
    older = replace(PARENT, family="Walker")
    commands.amend_coverage(subject, made, replace(view.card, subscriber=older), view.version)
    assert queries.coverage(subject, made).subscriber == older
    amended = queries.coverage(subject, made)
    commands.amend_coverage(subject, made, replace(amended.card, relationship="self", subscriber=None), 2)
    assert queries.coverage(subject, made).subscriber == PERSON


def test_three_ranks_and_no_overlap(subject: Subject, patient: str) -> None:
    for rank in (1, 2, 3):
        commands.add_coverage(subject, patient, replace(FULL, rank=rank))
    with pytest.raises(Conflict) as refusal:
        commands.add_coverage(subject, patient, replace(FULL, rank=2, payer_id="BLUE3", member_id="XBP1"))
    assert refusal.value.message == (
        "The patient has a secondary insurance already: Northpoint Health Plan, member NPP10000001 since Jan 1, 2026."
    )
    assert refusal.value.where == "rank"
    assert [one.rank for one in queries.coverages(subject, patient)] == [1, 2, 3]


def test_a_new_policy_follows_one_that_ended(subject: Subject, patient: str) -> None:
    first = commands.add_coverage(subject, patient, FULL)
    commands.end_coverage(subject, first, date(2026, 3, 31))
    second = commands.add_coverage(subject, patient, replace(FULL, payer_id="BLUE3", effective=date(2026, 4, 1)))
    april = queries.coverages(subject, patient, date(2026, 4, 1))
    assert [(one.coverage_id, one.expired) for one in april] == [(second, False), (first, True)]
    assert april[1].notice == "Expired: this policy ended on Mar 31, 2026. Ask for the present card."
    march = queries.coverages(subject, patient, date(2026, 3, 31))
    assert [(one.coverage_id, one.expired) for one in march] == [(first, False), (second, False)]
    assert march[1].notice == "Not yet in force: this policy begins on Apr 1, 2026."
    with pytest.raises(Conflict):
        commands.amend_coverage(subject, first, replace(FULL, ends=date(2026, 4, 1)), 2)


def test_every_wrong_field_is_named(subject: Subject, patient: str) -> None:
    wrong = Card(
        "99999",
        4,
        "?",
        relationship="child",
        effective=date(2026, 2, 1),
        ends=date(2026, 1, 1),
        printed_copay=Decimal("-1"),
    )
    with pytest.raises(Invalid) as refusal:
        commands.add_coverage(subject, patient, wrong)
    assert [fault.where for fault in refusal.value.issues] == [
        "payer_id",
        "rank",
        "member_id",
        "ends",
        "printed_copay",
        "subscriber",
    ]
    assert "Payer '99999' is not known to this practice." in refusal.value.message
    with pytest.raises(Invalid) as refusal:
        commands.add_coverage(subject, patient, replace(FULL, relationship="child", subscriber=Person(given="Rose")))
    assert [fault.where for fault in refusal.value.issues] == ["subscriber.family", "subscriber.birth_date"]
    assert queries.coverages(subject, patient) == []


def test_changes_on_an_old_version_and_on_nothing_are_refused(subject: Subject, patient: str) -> None:
    made = commands.add_coverage(subject, patient, FULL)
    commands.amend_coverage(subject, made, replace(FULL, group_number="G-78"), 1)
    with pytest.raises(Stale):
        commands.amend_coverage(subject, made, FULL, 1)
    with pytest.raises(NotFound):
        commands.amend_coverage(subject, "nothing", FULL, 1)
    with pytest.raises(NotFound):
        commands.add_coverage(subject, "nobody", FULL)


def test_a_card_written_down_by_mistake_is_taken_back(subject: Subject, patient: str) -> None:
    made = commands.add_coverage(subject, patient, FULL)
    commands.withdraw_coverage(subject, made, 1)
    assert queries.coverages(subject, patient) == []
    assert commands.add_coverage(subject, patient, FULL)


def test_a_coverage_of_a_partner_is_shown_with_what_is_wrong(subject: Subject, patient: str) -> None:
    sent = r4.Coverage(
        status="active",
        subscriberId="W1",
        beneficiary=r4.Reference(reference=f"Patient/{patient}"),
        payor=[r4.Reference(display="Acme Mutual")],
    )
    store.put(subject, sent)
    [view] = queries.coverages(subject, patient)
    assert (view.payer_id, view.payer_name, view.member_id, view.rank) == ("", "Acme Mutual", "W1", 1)
    assert view.notice.startswith("The payer is not one that this practice bills")


def test_every_write_is_announced_and_audited(subject: Subject, patient: str) -> None:
    made = commands.add_coverage(subject, patient, FULL)
    commands.end_coverage(subject, made, date(2026, 12, 31))
    with transaction(subject):
        events = OutboxEvent.objects.filter(practice=subject.practice, kind="CoverageChanged")
        assert [event.payload for event in events] == [{"patient_id": patient, "coverage_id": made}] * 2
        assert {event.stream for event in events} == {f"Patient/{patient}"}
    assert {("C", "Coverage"), ("U", "Coverage")} <= {(row.action, row.what) for row in audit.trail(subject, patient)}


def test_payers(subject: Subject) -> None:
    made = commands.add_payer(
        subject,
        PayerDetails("60054", "Acme  Mutual", "CI", "800-555-0100", "1 Way", "", "Dayton", "oh", "45402"),
    )
    assert (made.name, made.phone, made.state) == ("Acme Mutual", "+18005550100", "OH")
    organization = store.read(subject, r4.Organization, made.organization)
    assert (organization.name, organization.identifier[0].value) == ("Acme Mutual", "60054")
    with pytest.raises(Conflict):
        commands.add_payer(subject, PayerDetails("60054", "Other"))
    commands.amend_payer(subject, PayerDetails("60054", "Acme", timely_filing_days=90), active=False)
    assert queries.payers(subject) == []
    assert [one.name for one in queries.payers(subject, active=False)] == ["Acme"]
    assert queries.payer(subject, "60054").timely_filing_days == 90
    with pytest.raises(Invalid) as refusal:
        commands.add_payer(subject, PayerDetails("", "", phone="1", state="ZZ", timely_filing_days=0))
    assert {fault.where for fault in refusal.value.issues} == {
        "payer_id",
        "name",
        "phone",
        "state",
        "timely_filing_days",
    }
    with pytest.raises(NotFound):
        queries.payer(subject, "1")
    desk = replace(subject, roles=frozenset({Role.FRONT_DESK}))
    with pytest.raises(Forbidden):
        commands.add_payer(desk, PayerDetails("1", "X"))


def test_a_payer_no_longer_billed_takes_no_new_cards(subject: Subject, patient: str) -> None:
    made = commands.add_coverage(subject, patient, FULL)
    payer = queries.payer(subject, "NPHP1")
    commands.amend_payer(subject, PayerDetails("NPHP1", payer.name), active=False)
    with pytest.raises(Invalid, match="no longer billed"):
        commands.add_coverage(subject, patient, replace(FULL, rank=2))
    commands.end_coverage(subject, made, date(2026, 12, 31))
    assert queries.coverage(subject, made, date(2026, 5, 1)).notice == "This payer is no longer billed by the practice."
