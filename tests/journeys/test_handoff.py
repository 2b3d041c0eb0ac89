"""Journeys 1 and 3 across the handoff: a booked visit reaches the chart, a signed note reaches billing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import psycopg
import pytest

from chartdesk.ehr.charting import queries as charting
from chartdesk.handoff import carriers, contract, subscriptions
from chartdesk.handoff.models import HandoffMessage
from chartdesk.kit import clock, outbox
from chartdesk.kit.models import OutboxDelivery, WorkItem
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import queries as charges
from chartdesk.pms.registration import commands as registration
from chartdesk.pms.registration import queries as patients
from chartdesk.pms.scheduling import commands as scheduling
from chartdesk.record import store

DAY = date(2026, 3, 2)


def _deliver(at_work) -> None:
    outbox.deliver_all(at_work.subject.practice)
    stuck = OutboxDelivery.objects.filter(practice=at_work.subject.practice).exclude(state="done")
    assert [(row.event.kind, row.error) for row in stuck] == []


def _log(at_work, **wanted) -> list[HandoffMessage]:
    with transaction(at_work.subject):
        rows = HandoffMessage.objects.filter(practice=at_work.subject.practice, **wanted)
        return list(rows.order_by("pk"))


def _visit(at_work) -> charting.DayVisitView:
    [visit] = charting.day(at_work.clinician, at_work.clinician.practitioner, DAY)
    return visit


def test_from_the_booking_to_the_superbill(at_work):
    patient = at_work.someone()
    appointment = at_work.book(patient, 9)
    _deliver(at_work)
    visit = _visit(at_work)
    assert (visit.appointment_id, visit.patient_id, visit.status) == (appointment, patient, "booked")
    assert visit.patient_name.startswith("Ida Journey") and visit.mrn
    assert visit.coverage_summary == "Acme PPO Gold: not checked, copay $25.00"
    assert (visit.visit_type_name, visit.reason, visit.site_name) == (
        "Sick visit",
        "sore throat",
        "Main Street",
    )
    assert "Reason for visit: sore throat" in charting.note(at_work.clinician, visit.encounter_id).sections[0].text

    scheduling.check_in(at_work.desk, appointment)
    scheduling.room(at_work.desk, appointment, at_work.room)
    _deliver(at_work)
    visit = _visit(at_work)
    assert (visit.status, visit.room) == ("roomed", "Exam 1") and visit.arrived and visit.roomed

    at_work.sign(visit.encounter_id)
    scheduling.check_out(at_work.desk, appointment)
    _deliver(at_work)
    bill = charges.of_encounter(at_work.subject, visit.encounter_id)
    assert (bill.patient_id, bill.appointment_id, bill.service_date) == (patient, appointment, DAY)
    assert (bill.diagnoses, bill.minutes, bill.practitioner) == (
        ["J02.0"],
        21,
        at_work.clinician.practitioner,
    )
    lines = [(line.code, line.modifiers, line.units, line.pointers, line.amount) for line in bill.lines]
    assert lines == [
        ("99213", ["25"], Decimal(1), [1], Decimal("140.00")),
        ("87880", [], Decimal(1), [1], Decimal("32.00")),
    ]
    assert _visit(at_work).status == "departed"


def test_procedures_to_choose_from_are_those_with_a_price(at_work):
    _deliver(at_work)
    found = charting.search_procedures(at_work.clinician, "visit")
    assert [(row.code, row.description) for row in found] == [("99213", "Office visit, low")]


def test_moved_cancelled_and_taken_back(at_work):
    appointment = at_work.book(at_work.someone(), 9)
    _deliver(at_work)
    scheduling.move(at_work.desk, appointment, datetime(2026, 3, 2, 16, tzinfo=UTC), outside_hours=True)
    _deliver(at_work)
    first = _visit(at_work)
    assert first.starts == datetime(2026, 3, 2, 16, tzinfo=UTC)
    scheduling.cancel(at_work.desk, appointment, "patient is better")
    _deliver(at_work)
    assert charting.day(at_work.clinician, "", DAY) == []
    [withdrawn] = _log(at_work, kind="VisitWithdrawn")
    assert withdrawn.body["reason"] == "patient is better"
    scheduling.undo(at_work.desk, appointment)
    _deliver(at_work)
    assert _visit(at_work).encounter_id == first.encounter_id
    with clock.at(first.starts + timedelta(minutes=30)):
        scheduling.no_show(at_work.desk, appointment)
        _deliver(at_work)
    assert [v.status for v in charting.day(at_work.clinician, "", DAY, withdrawn=True)] == ["noshow"]


def test_a_deleted_appointment_leaves_the_day(at_work):
    appointment = at_work.book(at_work.someone(), 9)
    _deliver(at_work)
    store.delete(at_work.subject, "Appointment", appointment)
    _deliver(at_work)
    assert charting.day(at_work.clinician, "", DAY) == []


def test_a_new_name_reaches_the_day(at_work):
    patient = at_work.someone()
    at_work.book(patient, 9)
    _deliver(at_work)
    view = patients.patient(at_work.desk, patient)
    person = replace(view.registration.person, family="Newname")
    registration.amend(at_work.desk, patient, replace(view.registration, person=person), version=view.version)
    _deliver(at_work)
    assert _visit(at_work).patient_name == "Ida Newname"


def test_an_event_delivered_twice_is_one_message(at_work):
    at_work.book(at_work.someone(), 9)
    _deliver(at_work)
    before = len(_log(at_work))
    OutboxDelivery.objects.filter(practice=at_work.subject.practice).update(state="waiting")
    _deliver(at_work)
    assert len(_log(at_work)) == before
    assert len(charting.day(at_work.clinician, "", DAY)) == 1


def test_the_log_holds_what_was_said_and_can_be_read_again(at_work):
    at_work.book(at_work.someone(), 9)
    _deliver(at_work)
    [row] = _log(at_work, kind="VisitAnnounced")
    assert (row.direction, row.carrier, row.state) == ("to_ehr", "in_process", "delivered")
    message = contract.from_plain(row.body)
    assert isinstance(message, contract.VisitAnnounced) and message.patient.name.startswith("Ida Journey")


def test_another_carrier_takes_the_practices_messages(at_work, practice):
    taken: list[contract.Message] = []

    class Queue:
        def carry(self, subject, message):
            taken.append(message)
            return "waiting"

    carriers.register("test queue", Queue())
    practice.settings[carriers.SETTING] = "test queue"
    practice.save()
    at_work.book(at_work.someone(), 9)
    _deliver(at_work)
    assert "VisitAnnounced" in [type(message).__name__ for message in taken]
    assert charting.day(at_work.clinician, "", DAY) == []
    assert {row.state for row in _log(at_work)} == {"waiting"}


def test_an_unknown_carrier_loses_nothing(at_work, practice):
    practice.settings[carriers.SETTING] = "pigeon"
    practice.save()
    at_work.book(at_work.someone(), 9)
    for minutes in range(40):
        with clock.at(clock.now() + timedelta(minutes=10 * minutes)):
            outbox.deliver_all(at_work.subject.practice)
    with transaction(at_work.subject):
        items = list(WorkItem.objects.filter(kind="delivery_stuck"))
    assert items and all("Set it to one of: " in item.detail and "in_process" in item.detail for item in items)
    practice.settings.clear()
    practice.save()
    for row in OutboxDelivery.objects.filter(practice=at_work.subject.practice, state="stuck"):
        with transaction(at_work.subject):
            outbox.retry(at_work.subject, row.pk)
    with clock.at(clock.now() + timedelta(days=1)):
        _deliver(at_work)
    assert len(charting.day(at_work.clinician, "", DAY)) == 1


def test_a_half_that_was_joined_later_is_told_everything(at_work):
    at_work.book(at_work.someone(), 9)
    at_work.book(at_work.someone(), 10)
    OutboxDelivery.objects.filter(practice=at_work.subject.practice).update(state="done")
    assert charting.day(at_work.clinician, "", DAY) == []
    first = datetime(2026, 3, 2, tzinfo=UTC)
    assert subscriptions.announce_again(at_work.subject, first, first + timedelta(days=1)) == 3
    assert len(charting.day(at_work.clinician, "", DAY)) == 2
    assert len(charting.search_procedures(at_work.clinician, "9")) == 1


@pytest.mark.parametrize("step", ["arrival", "signature"])
def test_open_pages_hear_of_it(at_work, database, step):
    appointment = at_work.book(at_work.someone(), 9)
    scheduling.check_in(at_work.desk, appointment)
    _deliver(at_work)
    encounter = _visit(at_work).encounter_id
    with psycopg.connect(database, autocommit=True) as page:
        page.execute("LISTEN chartdesk_live")
        if step == "arrival":
            scheduling.room(at_work.desk, appointment)
        else:
            at_work.sign(encounter)
        _deliver(at_work)
        wanted = {"arrival": f'"day", "reference": "{appointment}"', "signature": '"topic": "charges"'}
        assert any(wanted[step] in notice.payload for notice in page.notifies(timeout=60))
