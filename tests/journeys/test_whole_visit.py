"""Journeys 1 to 5 in one: from the first phone call to a zero balance, and the books balance.

Everything is real but the page: PostgreSQL, the sandbox payer over HTTP and folders, the outbox, the files.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from chartdesk.app.demo import setup, story
from chartdesk.ehr.charting import commands as charting
from chartdesk.ehr.charting import queries as charts
from chartdesk.ehr.charting.content import Diagnosis, NoteContent, Procedure
from chartdesk.exchange.clearinghouse.folder import FolderConnection
from chartdesk.exchange.eligibility.http import HttpEligibility
from chartdesk.exchange.sandbox import directory
from chartdesk.exchange.sandbox.program import Sandbox
from chartdesk.exchange.sandbox.server import SandboxServer
from chartdesk.handoff import subscriptions as handoff
from chartdesk.kit import clock, outbox
from chartdesk.pms.claims import commands as claims
from chartdesk.pms.claims import connections as clearinghouse
from chartdesk.pms.claims import queries as claim_queries
from chartdesk.pms.claims import subscriptions as claim_subscriptions
from chartdesk.pms.coverage import commands as coverage
from chartdesk.pms.coverage import connections as payers
from chartdesk.pms.coverage import eligibility
from chartdesk.pms.coverage.cards import Card
from chartdesk.pms.ledger import queries as ledger
from chartdesk.pms.registration import commands as registration
from chartdesk.pms.registration.people import Address, Person, Registration
from chartdesk.pms.remittance import queries as remittance
from chartdesk.pms.remittance import subscriptions as remittance_subscriptions
from chartdesk.pms.scheduling import commands as scheduling
from chartdesk.pms.scheduling import queries as schedule
from chartdesk.pms.statements import commands as statements
from chartdesk.pms.statements import queries as accounts
from chartdesk.record.access.subject import Role

_opened = iter(range(1, 1000))


@pytest.fixture
def clinic(database, tmp_path):
    """The demo's practice without patients, wired to a sandbox payer over HTTP and folders."""
    place = setup.open_demo(date(2025, 1, 1), slug=f"visit-{next(_opened)}-{tmp_path.name}"[:50])
    sandbox = Sandbox(tmp_path, days_to_pay=0)
    server = SandboxServer(sandbox, 0, every=3600)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    payers.use(HttpEligibility(f"http://127.0.0.1:{server.server_address[1]}/eligibility", timeout_seconds=60))
    clearinghouse.use(lambda number: FolderConnection(tmp_path, place.practice.slug))
    handoff.connect()
    claim_subscriptions.connect()
    remittance_subscriptions.connect()
    yield place, sandbox
    server.shutdown()
    thread.join(60)


def _next_opening_day(place):
    """A weekday a few days ahead on which the first clinician works at the first site."""
    day = clock.today(story.ZONE) + timedelta(days=2)
    closed = {on for on, _ in story.holidays(day.year) + story.holidays(day.year + 1)}
    while day.weekday() not in (0, 1, 3) or day in closed:
        day += timedelta(days=1)
    return day


def _registered(subject, scenario=""):
    person = Person(
        family="Marlow", given="Jane", birth_date=date(1980, 2, 3), sex="female", phone_mobile="6145550123",
        address=Address("12 Elm Street", "", "Columbus", "OH", "43215"),
    )  # fmt: skip
    patient = registration.register(subject, Registration(person), confirmed_distinct=True).patient_id
    member = directory.member_id("NPHP1", "PPO", 4711, scenario)
    policy = coverage.add_coverage(
        subject, patient, Card("NPHP1", 1, member, "G12345", "Northpoint PPO", effective=date(2025, 1, 1))
    )
    return patient, policy


def _booked(subject, place, patient, day):
    request = scheduling.BookingRequest(
        patient_id=patient, provider_id=place.providers[0], site_id=place.sites[0], visit_type="office",
        starts=datetime.combine(day, time(9, 0), ZoneInfo(story.ZONE)), reason="Cough",
    )  # fmt: skip
    return scheduling.book(subject, request).appointment_id


def _seen(subject, place, appointment):
    """Check in, room, write, sign, check out; the outbox is delivered as the worker would."""
    scheduling.check_in(subject, appointment)
    scheduling.room(subject, appointment)
    outbox.deliver_all(subject.practice)
    visit = charts.of_appointment(subject, appointment)
    clinician = replace(subject, practitioner=place.practitioners[0], roles=frozenset({Role.CLINICIAN, Role.SYSTEM}))
    note = charts.note(clinician, visit.encounter_id)
    sections = {part.key: "Cough for four days. Lungs clear." for part in note.sections}
    content = NoteContent(
        sections, [Diagnosis("J06.9")], [Procedure("99213", pointers=[1]), Procedure("87880", ["QW"], pointers=[1])]
    )
    version = charting.save_note(clinician, note.note_id, content, version=note.version)
    charting.sign(clinician, note.note_id, version=version)
    scheduling.check_out(subject, appointment)
    outbox.deliver_all(subject.practice)


def _evening(subject, sandbox):
    """The mailbox both ways until nothing moves."""
    for _ in range(3):
        claims.send_pending(subject)
        sandbox.cycle(clock.now())
        claims.collect(subject)
        outbox.deliver_all(subject.practice)


def test_from_the_first_call_to_a_zero_balance(clinic):
    place, sandbox = clinic
    subject = place.subject("journey")
    patient, policy = _registered(subject)
    day = _next_opening_day(place)
    appointment = _booked(subject, place, patient, day)

    answer = eligibility.check(subject, policy, service_date=day, appointment_id=appointment)
    assert (answer.status, answer.copay) == ("active", Decimal("25.00"))
    assert answer.deductible_remaining is not None

    outbox.deliver_all(subject.practice)
    listed = charts.day(subject, place.practitioners[0], day, story.ZONE)
    assert [one.appointment_id for one in listed] == [appointment]
    assert "Northpoint" in listed[0].coverage_summary
    assert listed[0].note_status == "draft"

    with clock.at(datetime.combine(day, time(8, 50), ZoneInfo(story.ZONE))):
        _seen(subject, place, appointment)
        claim = claim_queries.of_patient(subject, patient)[0]
        assert claim.status == "submitted", [str(event.text) for event in claim_queries.claim(subject, claim.pk).events]
        assert (claim.submitted_at - claim.signed_at) < timedelta(minutes=1)
        _evening(subject, sandbox)

        claim = claim_queries.of_patient(subject, patient)[0]
        assert claim.status == "paid"
        account = accounts.account(subject, patient)
        assert account.balance_insurance == 0
        assert account.balance_patient > 0
        statement = statements.issue_statement(subject, patient)
        assert bytes(statement.pdf).startswith(b"%PDF")
        statements.take_payment(subject, patient, account.balance_patient, "card", idempotency_key="the-last-payment")
        settled = accounts.account(subject, patient)
    assert (settled.balance_patient, settled.balance_insurance, settled.credit) == (0, 0, 0)
    assert ledger.in_balance(subject)
    assert schedule.appointment(subject, appointment).status == "departed"


def test_a_denial_goes_to_the_denial_list_and_not_to_write_off(clinic):
    place, sandbox = clinic
    subject = place.subject("journey")
    patient, _ = _registered(subject, "NOTCOV")
    day = _next_opening_day(place)
    with clock.at(datetime.combine(day, time(8, 50), ZoneInfo(story.ZONE))):
        appointment = _booked(subject, place, patient, day)
        _seen(subject, place, appointment)
        _evening(subject, sandbox)
        claim = claim_queries.of_patient(subject, patient)[0]
        assert claim.status == "denied"
        denials = remittance.denials(subject)
        assert {denial.carc for denial in denials} == {"96"}
        assert ledger.balance(subject, "adjustment.contractual", patient=patient) == 0
        assert accounts.account(subject, patient).balance_insurance == claim.total
    assert ledger.in_balance(subject)


def test_a_claim_that_the_payer_rejects_comes_back_with_the_reason(clinic):
    from chartdesk.kit import worklist
    from chartdesk.kit.transactions import transaction

    place, sandbox = clinic
    subject = place.subject("journey")
    patient, _ = _registered(subject, "UNKNOWN")
    day = _next_opening_day(place)
    with clock.at(datetime.combine(day, time(8, 50), ZoneInfo(story.ZONE))):
        appointment = _booked(subject, place, patient, day)
        _seen(subject, place, appointment)
        _evening(subject, sandbox)
        assert claim_queries.of_patient(subject, patient)[0].status == "rejected"
        with transaction(subject):
            kinds = [item.kind for item in worklist.items(subject, roles=["biller"])]
    assert any("reject" in kind for kind in kinds)
    assert ledger.in_balance(subject)


def test_a_visit_without_insurance_is_owed_by_the_patient(clinic):
    place, _ = clinic
    subject = place.subject("journey")
    person = Person(family="Payne", given="Otis", birth_date=date(1975, 5, 5), sex="male", phone_mobile="6145550199",
                    address=Address("9 Oak Lane", "", "Columbus", "OH", "43215"))  # fmt: skip
    patient = registration.register(subject, Registration(person), confirmed_distinct=True).patient_id
    day = _next_opening_day(place)
    with clock.at(datetime.combine(day, time(8, 50), ZoneInfo(story.ZONE))):
        appointment = _booked(subject, place, patient, day)
        _seen(subject, place, appointment)
        account = accounts.account(subject, patient)
    assert account.balance_insurance == 0
    assert account.balance_patient == Decimal("165.00")
    assert not claim_queries.of_patient(subject, patient)
    assert ledger.in_balance(subject)
