"""A visit's way through the clinic: each step with its time, each event, and what is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from chartdesk.kit.models import OutboxEvent
from chartdesk.kit.transactions import transaction
from chartdesk.pms.scheduling import commands, content, queries
from chartdesk.pms.scheduling.commands import BookingConflict, OutsideHours
from chartdesk.pms.scheduling.models import Booking, PatientBooking
from chartdesk.record import history, store
from chartdesk.record.access import Role
from chartdesk.standards.fhir import r4

MONDAY = date(2026, 3, 2)


def view(clinic, booked):
    return queries.appointment(clinic.subject, booked.appointment_id)


def told(clinic):
    """The kinds of the events about visits, in order."""
    with transaction(clinic.subject):
        rows = OutboxEvent.objects.filter(practice=clinic.subject.practice, payload__has_key="appointment_id")
        return list(rows.order_by("pk").values_list("kind", flat=True))


def held(clinic, booked):
    """How many provider, room and patient rows the visit holds."""
    with transaction(clinic.subject):
        mine = {"practice": clinic.subject.practice, "appointment": booked.appointment_id}
        return Booking.objects.filter(**mine).count(), PatientBooking.objects.filter(**mine).count()


def test_a_whole_visit_with_its_times(clinic):
    booked = clinic.book(clinic.at(9))
    id, times = booked.appointment_id, {}
    way = [
        ("confirmed", lambda: commands.confirm(clinic.subject, id), clinic.at(8) - timedelta(days=1)),
        ("arrived", lambda: commands.check_in(clinic.subject, id), clinic.at(8, 52)),
        ("roomed", lambda: commands.room(clinic.subject, id, clinic.room_1), clinic.at(9, 3)),
        ("departed", lambda: commands.check_out(clinic.subject, id), clinic.at(9, 31)),
    ]
    for name, step, moment in way:
        with clock.at(moment):
            step()
        times[name] = moment
        assert view(clinic, booked).status == name
    found = view(clinic, booked)
    assert {name: getattr(found, name) for name in times} == times
    assert (found.room_name, found.version) == ("Room 1", 5)
    assert told(clinic) == [
        "AppointmentBooked",
        "AppointmentConfirmed",
        "PatientArrived",
        "AppointmentMoved",
        "PatientRoomed",
        "AppointmentCheckedOut",
    ]
    statuses = [
        version.resource.status for version in history.versions(clinic.subject, "Appointment", booked.appointment_id)
    ]
    assert sorted(statuses) == ["arrived", "arrived", "booked", "booked", "fulfilled"]
    resource = store.read(clinic.subject, r4.Appointment, id)
    assert [step.name for step in content.visit(resource).steps] == ["booked", *times]
    assert held(clinic, booked) == (2, 1)


def test_steps_that_are_not_possible(clinic):
    booked = clinic.book(clinic.at(9))
    id = booked.appointment_id
    with pytest.raises(Conflict, match="The visit is on Monday, March 2, 2026, not today"):
        commands.check_in(clinic.subject, id)
    with pytest.raises(Conflict, match="has not begun yet"):
        commands.no_show(clinic.subject, id)
    with pytest.raises(Conflict, match="A visit that is booked cannot be checked out"):
        commands.check_out(clinic.subject, id)
    with pytest.raises(Invalid, match="needs a reason"):
        commands.cancel(clinic.subject, id, "  ")
    commands.cancel(clinic.subject, id, "Has a cold")
    with (
        clock.at(clinic.at(9)),
        pytest.raises(Conflict, match="A visit that is cancelled cannot be checked in"),
    ):
        commands.check_in(clinic.subject, id)
    with pytest.raises(Conflict, match="already cancelled"):
        commands.cancel(clinic.subject, id, "twice")
    with pytest.raises(Forbidden):
        commands.undo(clinic.as_role(Role.CLIENT), id)
    with pytest.raises(NotFound):
        commands.confirm(clinic.subject, "no-such-visit")
    assert told(clinic) == ["AppointmentBooked", "AppointmentCancelled"]


def test_cancelling_frees_the_time_and_undo_takes_it_again(clinic):
    booked = clinic.book(clinic.at(9), room_id=clinic.room_1)
    commands.cancel(clinic.subject, booked.appointment_id, "Has a cold")
    assert held(clinic, booked) == (0, 0)
    found = view(clinic, booked)
    assert (found.status, found.cancel_reason, found.cancelled) == ("cancelled", "Has a cold", clock.now())
    resource = store.read(clinic.subject, r4.Appointment, booked.appointment_id)
    assert (resource.status, resource.cancelationReason.text) == ("cancelled", "Has a cold")
    commands.undo(clinic.subject, booked.appointment_id)
    assert held(clinic, booked) == (2, 1)
    found = view(clinic, booked)
    assert (found.status, found.cancel_reason, found.cancelled) == ("booked", "", None)
    assert told(clinic) == ["AppointmentBooked", "AppointmentCancelled", "AppointmentBooked"]


def test_undo_of_a_cancellation_whose_time_is_gone(clinic):
    booked = clinic.book(clinic.at(9), 0)
    commands.cancel(clinic.subject, booked.appointment_id, "Has a cold")
    clinic.book(clinic.at(9), 1)
    with pytest.raises(BookingConflict):
        commands.undo(clinic.subject, booked.appointment_id)
    assert view(clinic, booked).status == "cancelled"


def test_undo_one_step_at_a_time(clinic):
    booked = clinic.book(clinic.at(9))
    with clock.at(clinic.at(9)):
        commands.check_in(clinic.subject, booked.appointment_id)
        commands.room(clinic.subject, booked.appointment_id)
        for expected in ("arrived", "booked"):
            commands.undo(clinic.subject, booked.appointment_id)
            assert view(clinic, booked).status == expected
        assert view(clinic, booked).arrived is None
        with pytest.raises(Conflict, match="no step to undo"):
            commands.undo(clinic.subject, booked.appointment_id)
    assert told(clinic)[-2:] == ["AppointmentStepUndone"] * 2


def test_a_no_show_frees_the_time(clinic):
    booked = clinic.book(clinic.at(9), 0)
    with clock.at(clinic.at(9, 20)):
        commands.no_show(clinic.subject, booked.appointment_id)
        clinic.book(clinic.at(9), 1, visit_type="quick", outside_hours=True)
    assert view(clinic, booked).no_show == clinic.at(9, 20)
    assert store.read(clinic.subject, r4.Appointment, booked.appointment_id).status == "noshow"


def test_moving(clinic):
    booked = clinic.book(clinic.at(9), room_id=clinic.room_1)
    commands.confirm(clinic.subject, booked.appointment_id)
    moved = commands.move(clinic.subject, booked.appointment_id, clinic.at(10), version=2)
    assert moved.version == 3
    found = view(clinic, booked)
    assert (found.starts, found.ends, found.status, found.confirmed) == (
        clinic.at(10),
        clinic.at(10, 30),
        "booked",
        None,
    )
    clinic.book(clinic.at(9), 1, room_id=clinic.room_1)
    commands.move(clinic.subject, booked.appointment_id, provider_id=clinic.park.resource_id, minutes=45)
    found = view(clinic, booked)
    assert (found.provider_name, found.minutes, found.room_name) == ("Joon Park, MD", 45, "Room 1")
    commands.move(clinic.subject, booked.appointment_id, visit_type="quick", reason="Only a question")
    found = view(clinic, booked)
    assert (found.visit_type, found.minutes, found.reason) == ("quick", 15, "Only a question")
    assert told(clinic).count("AppointmentMoved") == 3


def test_a_move_that_is_refused_leaves_the_visit_where_it_was(clinic):
    clinic.book(clinic.at(10), 1)
    booked = clinic.book(clinic.at(9), 0, room_id=clinic.room_1)
    with pytest.raises(BookingConflict) as refused:
        commands.move(clinic.subject, booked.appointment_id, clinic.at(10))
    assert refused.value.alternatives[0].starts == clinic.at(9, 30)
    with pytest.raises(OutsideHours):
        commands.move(clinic.subject, booked.appointment_id, clinic.at(12))
    with pytest.raises(Stale):
        commands.move(clinic.subject, booked.appointment_id, clinic.at(11), version=7)
    assert view(clinic, booked).starts == clinic.at(9)
    assert held(clinic, booked) == (2, 1)
    commands.move(clinic.subject, booked.appointment_id, clinic.at(9, 15))


def test_rooming_into_a_taken_room_and_changing_rooms(clinic):
    clinic.book(clinic.at(9), 1, provider_id=clinic.park.resource_id, room_id=clinic.room_1)
    booked = clinic.book(clinic.at(9), 0)
    nurse = clinic.as_role(Role.NURSE)
    with clock.at(clinic.at(9)):
        commands.check_in(clinic.subject, booked.appointment_id)
        with pytest.raises(BookingConflict, match="Room 1 is taken"):
            commands.room(nurse, booked.appointment_id, clinic.room_1)
        assert view(clinic, booked).status == "arrived"
        commands.room(nurse, booked.appointment_id, clinic.room_2)
        commands.move(clinic.subject, booked.appointment_id, room_id=clinic.room_2, reason="Cough")
        with pytest.raises(Conflict, match="A visit that is in a room cannot be moved"):
            commands.move(clinic.subject, booked.appointment_id, clinic.at(10))
        with pytest.raises(Conflict, match="already in a room"):
            commands.room(nurse, booked.appointment_id)


def test_a_nurse_rooms_what_somebody_else_permitted(clinic):
    clinic.book(clinic.at(9), 1)
    overbooked = clinic.book(clinic.at(9), 0, visit_type="quick", overbook=True)
    late = clinic.book(clinic.at(17), 2, outside_hours=True)
    nurse = clinic.as_role(Role.NURSE)
    for booked, room in ((overbooked, clinic.room_1), (late, clinic.room_2)):
        with clock.at(clinic.at(17)):
            commands.check_in(nurse, booked.appointment_id)
            commands.room(nurse, booked.appointment_id, room)
        assert view(clinic, booked).status == "roomed"
    assert view(clinic, overbooked).overbooked


def test_two_desks_check_in_at_once(clinic, database):
    booked = clinic.book(clinic.at(9))

    def check_in(_):
        try:
            with clock.at(clinic.at(9)):
                return commands.check_in(clinic.subject, booked.appointment_id).version
        except Conflict as refused:
            return refused.message
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as desks:
        answers = sorted(map(str, desks.map(check_in, range(4))))
    assert answers == ["2", *["The visit is already checked in."] * 3]
    assert told(clinic).count("PatientArrived") == 1


def test_swapping_two_visits_at_once_never_blocks(clinic, database):
    one, two = clinic.book(clinic.at(9), 0), clinic.book(clinic.at(11), 1)
    places = {one.appointment_id: 9, two.appointment_id: 11}

    def swap(number):
        id = (one, two)[number % 2].appointment_id
        try:
            commands.move(clinic.subject, id, clinic.at(20 - places[id]))
            return "moved"
        except Conflict:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as desks:
        answers = list(desks.map(swap, range(16)))
    assert set(answers) == {"refused"}
    assert (view(clinic, one).starts, view(clinic, two).starts) == (clinic.at(9), clinic.at(11))
