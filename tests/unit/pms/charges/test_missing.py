"""Visits without charges: which are missing, how old they are, who is reminded, and charges entered by hand."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta

import pytest
from tests.unit.pms.scheduling.conftest import BEFORE, MONDAY, clinic

from chartdesk.kit import clock, worklist
from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.charges import missing, queries
from chartdesk.pms.scheduling import commands as scheduling
from chartdesk.record import store
from chartdesk.record.access import Role
from chartdesk.standards.fhir import r4

__all__ = ["clinic"]


def _visit(clinic, hour: int, *steps: str) -> str:
    starts = clinic.at(hour)
    with clock.at(BEFORE):
        booked = clinic.book(starts, len(clinic.patients) - 1)
    for place, step in enumerate(steps):
        with clock.at(starts + timedelta(minutes=5 * place)):
            getattr(scheduling, step)(clinic.subject, booked.appointment_id)
    return booked.appointment_id


def _noted(clinic, appointment: str, status: str) -> str:
    patient = clinic.patients[-1]
    encounter = r4.Encounter(
        id=f"e-{appointment}"[:60], status=status, class_=r4.Coding(code="AMB"),
        subject=r4.Reference(reference=f"Patient/{patient}"),
        appointment=[r4.Reference(reference=f"Appointment/{appointment}")],
    )  # fmt: skip
    return store.put(clinic.subject, encounter, create=True).id


def _captured(clinic, appointment: str) -> int:
    return charges.capture(
        clinic.subject,
        charges.EncounterCharges(
            f"note-{appointment}", "", appointment, clinic.patients[-1], clinic.reed.practitioner, MONDAY, "11", None,
            None, ["I10"], [charges.Procedure("99213", pointers=[1])],
        ),
    )  # fmt: skip


def _items(clinic) -> list[tuple[str, str, str]]:
    with transaction(clinic.subject):
        found = worklist.items(clinic.subject, kinds=["missing_charges"])
        return sorted((one.key, one.role, one.link_kind) for one in found)


def _later(**time) -> datetime:
    return datetime.combine(MONDAY, datetime.min.time(), tzinfo=BEFORE.tzinfo) + timedelta(**time)


def test_what_took_place_and_has_no_charges_is_missing(clinic):
    left = _visit(clinic, 9, "check_in", "check_out")
    forgotten = _visit(clinic, 10, "check_in")
    charged = _visit(clinic, 11, "check_in", "check_out")
    _visit(clinic, 13)
    _visit(clinic, 14, "check_in")
    _captured(clinic, charged)
    _noted(clinic, left, "finished")
    with clock.at(clinic.at(23)):
        found = missing.missing(clinic.subject, clock.now())
    assert [(one.appointment_id, one.signed, one.practitioner) for one in found] == [
        (left, True, clinic.reed.practitioner),
        (forgotten, False, clinic.reed.practitioner),
    ]
    assert missing.missing(clinic.subject, clinic.at(9)) == []


def test_the_backlog_counts_by_clinician_and_age(clinic):
    _visit(clinic, 9, "check_in", "check_out")
    _noted(clinic, _visit(clinic, 10, "check_in", "check_out"), "finished")
    found = missing.missing(clinic.subject, _later(days=9))
    [row] = missing.backlog(found, _later(days=9))
    assert (row.by_age, row.signed, row.total) == ((0, 0, 2, 0, 0), 1, 2)
    assert [missing.place_of(days) for days in (0, 2, 3, 7, 8, 30, 31)] == [0, 0, 1, 1, 2, 3, 4]
    other = dataclasses.replace(found[0], practitioner="p2", provider_name="Zed")
    assert [one.provider_name for one in missing.backlog([other, *found], _later(days=9))][-1] == "Zed"


def test_who_waits_too_long_is_on_a_list_until_the_charges_come(clinic):
    subject = clinic.subject
    unsigned = _visit(clinic, 9, "check_in", "check_out")
    encounter = _noted(clinic, unsigned, "in-progress")
    without = _visit(clinic, 10, "check_in", "check_out")
    with clock.at(_later(days=1)):
        assert missing.remind(subject) == 0
    with clock.at(_later(days=4)):
        assert missing.remind(subject) == 2
        assert missing.remind(subject) == 2
        assert _items(clinic) == sorted([(unsigned, "clinician", "encounter"), (without, "biller", "missing_charges")])
        with transaction(subject):
            [note] = [one for one in worklist.items(subject, kinds=["missing_charges"]) if one.role == "clinician"]
        assert note.link_id == encounter
        _captured(clinic, unsigned)
        assert [key for key, _, _ in _items(clinic)] == [without]
        scheduling.undo(subject, without)
        assert missing.remind(subject) == 1
        scheduling.undo(subject, without)
        assert missing.remind(subject) == 0
        assert _items(clinic) == []


def test_charges_are_entered_by_hand_once(clinic):
    subject = clinic.subject
    visit = _visit(clinic, 9, "check_in", "check_out")
    with clock.at(_later(days=1)):
        number = missing.start(subject, visit)
        assert missing.start(subject, visit) == number
    bill = queries.superbill(subject, number)
    assert (bill.appointment_id, bill.service_date, bill.lines, bill.status) == (visit, MONDAY, [], "review")
    assert [one.rule for one in bill.findings if one.severity == "error"] == ["nothing_charged"]
    assert missing.missing(subject, _later(days=4)) == []
    charges.void(subject, number, "A nurse's visit")
    with pytest.raises(Conflict, match="taken back before"):
        missing.start(subject, visit)
    with pytest.raises(Conflict, match="is booked"):
        missing.start(subject, _visit(clinic, 10))
    charged = _visit(clinic, 11, "check_in", "check_out")
    _captured(clinic, charged)
    with pytest.raises(Conflict, match="have come"):
        missing.start(subject, charged)
    with pytest.raises(NotFound):
        missing.start(subject, "nothing")
    with pytest.raises(Forbidden):
        missing.start(dataclasses.replace(subject, roles=frozenset({Role.CLINICIAN})), visit)


def _unbooked(clinic, starts: datetime, status: str = "finished", **more) -> str:
    encounter = r4.Encounter(
        status=status, class_=r4.Coding(code="AMB"), subject=r4.Reference(reference=f"Patient/{clinic.patients[-1]}"),
        period=r4.Period(start=starts.isoformat()),
        participant=[
            r4.EncounterParticipant(individual=r4.Reference(reference=f"Practitioner/{clinic.reed.practitioner}"))
        ],
        **more,
    )  # fmt: skip
    return store.put(clinic.subject, encounter).id


def test_a_finished_visit_that_nobody_booked_is_missing_too(clinic):
    subject, seen = clinic.subject, clinic.at(9)
    number = _unbooked(clinic, seen)
    assert missing.missing(subject, _later(days=4)) == []  # history, as long as nothing was charged here
    with clock.at(BEFORE):
        _captured(clinic, _visit(clinic, 10))
    _unbooked(clinic, seen, "in-progress")
    _unbooked(clinic, BEFORE - timedelta(days=1))
    _unbooked(clinic, _later(days=9))
    [found] = missing.missing(subject, _later(days=4))
    assert (found.key, found.appointment_id, found.starts, found.signed) == (number, "", seen, True)
    assert (found.practitioner, found.provider_name) == (clinic.reed.practitioner, clinic.reed.name)
    with clock.at(_later(days=4)):
        assert missing.remind(subject) == 1
        assert _items(clinic) == [(number, "biller", "missing_charges")]
        bill = missing.start_unbooked(subject, number)
        assert missing.start_unbooked(subject, number) == bill
        assert _items(clinic) == []
    view = queries.superbill(subject, bill)
    assert (view.encounter_id, view.service_date, view.practitioner) == (number, MONDAY, clinic.reed.practitioner)
    assert missing.missing(subject, _later(days=4)) == []
    charges.void(subject, bill, "A nurse's visit")
    assert missing.missing(subject, _later(days=4)) == []
    with pytest.raises(Conflict, match="taken back before"):
        missing.start_unbooked(subject, number)
    with pytest.raises(Conflict, match="not finished"):
        missing.start_unbooked(subject, _unbooked(clinic, seen, "in-progress"))


def test_a_visit_of_which_nothing_is_charged_leaves_the_list_with_its_reason(clinic):
    subject, visit = clinic.subject, _visit(clinic, 9, "check_in", "check_out")
    with clock.at(_later(days=4)):
        assert missing.remind(subject) == 1
        with pytest.raises(Invalid):
            missing.nothing(subject, visit, " ", booked=True)
        number = missing.nothing(subject, visit, "A courtesy visit", booked=True)
        assert _items(clinic) == []
        assert missing.remind(subject) == 0
        assert missing.missing(subject, clock.now()) == []
        bill = queries.superbill(subject, number)
        assert (bill.status, bill.void_reason, bill.lines) == ("void", "A courtesy visit", [])
        missing.restore(subject, number)
        bill = queries.superbill(subject, number)
        assert (bill.status, bill.void_reason) == ("review", "")
        with pytest.raises(Conflict, match="taken back come back"):
            missing.restore(subject, number)
        charges.amend(subject, number, [charges.Procedure("99213", pointers=[1])], ["I10"])
        with pytest.raises(Conflict, match="Somebody enters"):
            missing.nothing(subject, visit, "Nobody knew", booked=True)


def test_what_was_entered_by_hand_and_taken_back_is_settled_and_what_came_with_a_note_is_not(clinic):
    subject = clinic.subject
    by_hand, noted = (_visit(clinic, hour, "check_in", "check_out") for hour in (9, 10))
    with clock.at(_later(days=4)):
        charges.void(subject, missing.start(subject, by_hand), "Aftercare")
        with clock.at(_later(days=1)):
            number = _captured(clinic, noted)
        charges.void(subject, number, "The wrong note")
        assert [one.appointment_id for one in missing.missing(subject, clock.now())] == [noted]
        with pytest.raises(Conflict):
            missing.restore(subject, number)


def test_charges_that_came_meanwhile_are_not_charged_twice(clinic):
    subject, visit = clinic.subject, _visit(clinic, 9, "check_in", "check_out")
    with clock.at(_later(days=1)):
        number = missing.nothing(subject, visit, "Nobody wrote a note", booked=True)
        _captured(clinic, visit)
        with pytest.raises(Conflict, match="have come"):
            missing.restore(subject, number)


def test_the_same_for_a_visit_that_nobody_booked(clinic):
    subject = clinic.subject
    with clock.at(BEFORE):
        _captured(clinic, _visit(clinic, 10))
    number = _unbooked(clinic, clinic.at(9))
    with clock.at(_later(days=4)):
        bill = missing.nothing(subject, number, "A study pays", booked=False)
        assert missing.missing(subject, clock.now()) == []
        missing.restore(subject, bill)
        assert queries.superbill(subject, bill).status == "review"
