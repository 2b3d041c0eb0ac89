"""Booking: what the constraint refuses, what hours refuse, what somebody may permit."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound
from chartdesk.kit.models import OutboxEvent
from chartdesk.kit.transactions import transaction
from chartdesk.pms.scheduling import commands, queries, setup
from chartdesk.pms.scheduling.commands import BookingConflict, OutsideHours
from chartdesk.pms.scheduling.models import Booking, PatientBooking
from chartdesk.record import audit, store
from chartdesk.record.access import Role
from chartdesk.standards.fhir import r4

SUNDAY = date(2026, 3, 1)


def bookings(clinic, appointment=None):
    with transaction(clinic.subject):
        rows = Booking.objects.filter(practice=clinic.subject.practice).order_by("resource", "starts")
        if appointment:
            rows = rows.filter(appointment=appointment)
        return [(row.resource_id, row.lane, row.starts, row.ends) for row in rows]


def events(clinic, kinds="Appointment Patient"):
    with transaction(clinic.subject):
        rows = OutboxEvent.objects.filter(practice=clinic.subject.practice).order_by("pk")
        return [row.kind for row in rows if not row.kind.startswith(("PatientReg", "PatientAm"))]


def test_a_booking_takes_provider_and_room_and_is_told(clinic):
    booked = clinic.book(clinic.at(9), room_id=clinic.room_1, reason="Cough for a week")
    starts, ends = clinic.at(9), clinic.at(9, 30)
    assert bookings(clinic) == sorted([(clinic.reed.resource_id, 0, starts, ends), (clinic.room_1, 0, starts, ends)])
    resource = store.read(clinic.subject, r4.Appointment, booked.appointment_id)
    assert (resource.status, resource.start, resource.end) == (
        "booked",
        "2026-03-02T14:00:00Z",
        "2026-03-02T14:30:00Z",
    )
    assert resource.minutesDuration == 30
    assert [item.actor.display for item in resource.participant][1:] == [
        "Ana Reed, MD",
        "Main Street",
        "Room 1",
    ]
    view = queries.appointment(clinic.subject, booked.appointment_id)
    assert (view.status, view.provider_name, view.room_name, view.site_name, view.visit_type_name) == (
        "booked",
        "Ana Reed, MD",
        "Room 1",
        "Main Street",
        "Office visit",
    )
    assert (view.reason, view.minutes, view.version, view.booked) == ("Cough for a week", 30, 1, clock.now())
    assert view.patient_name.startswith("Case")
    with transaction(clinic.subject):
        event = OutboxEvent.objects.filter(practice=clinic.subject.practice).latest("pk")
    assert event.kind == "AppointmentBooked"
    assert event.stream == f"Patient/{clinic.patients[0]}"
    assert event.payload == {"appointment_id": booked.appointment_id, "patient_id": clinic.patients[0]}
    trail = [(row.action, row.what) for row in audit.trail(clinic.subject, clinic.patients[0])]
    assert ("C", "Appointment") in trail
    assert ("R", "Appointment") in trail


def test_a_refusal_names_every_conflict_and_offers_what_is_near(clinic):
    clinic.book(clinic.at(9), 0, room_id=clinic.room_1)
    clinic.book(clinic.at(9), 1, room_id=clinic.room_2, provider_id=clinic.park.resource_id)
    with pytest.raises(BookingConflict) as refused:
        clinic.book(clinic.at(9, 15), 2, room_id=clinic.room_2)
    found = refused.value
    assert [(item.what, item.kind, item.starts) for item in found.conflicts] == [
        ("Ana Reed, MD", "provider", clinic.at(9)),
        ("Room 2", "room", clinic.at(9)),
    ]
    assert all(item.patient.startswith("Case") for item in found.conflicts)
    assert (
        found.message == "Ana Reed, MD is taken Monday, March 2, 2026, 9:00 AM to 9:30 AM. "
        "Room 2 is taken Monday, March 2, 2026, 9:00 AM to 9:30 AM."
    )
    reed = clinic.reed.resource_id
    assert [(item.provider_id, item.starts, item.room_id) for item in found.alternatives][:3] == [
        (reed, clinic.at(9, 30), clinic.room_2),
        (reed, clinic.at(9, 45), clinic.room_2),
        (reed, clinic.at(8, 30), clinic.room_2),
    ]
    assert "9:30 AM with Ana Reed, MD (Room 2)" in found.cure
    best = found.alternatives[0]
    clinic.book(best.starts, 2, room_id=best.room_id)


def test_every_alternative_can_be_had(clinic):
    clinic.book(clinic.at(10), 0)
    with pytest.raises(BookingConflict) as refused:
        clinic.book(clinic.at(10), 1)
    assert len(refused.value.alternatives) == 5
    for offer in refused.value.alternatives:
        booked = clinic.book(offer.starts, 1, provider_id=offer.provider_id, site_id=offer.site_id)
        commands.cancel(clinic.subject, booked.appointment_id, "only trying")


def test_a_taken_room_is_exchanged_for_a_free_one_at_the_same_time(clinic):
    clinic.book(clinic.at(9), 0, room_id=clinic.room_1)
    with pytest.raises(BookingConflict) as refused:
        clinic.book(clinic.at(9), 1, room_id=clinic.room_1, provider_id=clinic.park.resource_id)
    first = refused.value.alternatives[0]
    assert (first.starts, first.provider_id, first.room_id) == (
        clinic.at(9),
        clinic.park.resource_id,
        clinic.room_2,
    )


def test_a_refusal_leaves_nothing_behind(clinic):
    clinic.book(clinic.at(9), 0, room_id=clinic.room_1)
    before = bookings(clinic), events(clinic)
    with pytest.raises(BookingConflict):
        clinic.book(clinic.at(9), 1, room_id=clinic.room_2)
    assert (bookings(clinic), events(clinic)) == before
    assert queries.of_patient(clinic.subject, clinic.patients[1]) == []


def test_others_are_not_told_whose_visit_is_in_the_way(clinic):
    clinic.book(clinic.at(9), 0)
    with pytest.raises(BookingConflict) as refused:
        resource = store.read(clinic.subject, r4.Appointment, clinic.book(clinic.at(10), 1).appointment_id)
        resource.id, resource.start, resource.end = None, "2026-03-02T14:00:00Z", "2026-03-02T14:30:00Z"
        client = clinic.as_role(Role.CLIENT)
        client = type(client)(**{**_fields(client), "scopes": frozenset({"system/*.*"})})
        store.put(client, resource)
    assert [item.patient for item in refused.value.conflicts if item.kind == "provider"] == [""]


def _fields(subject):
    return {name: getattr(subject, name) for name in subject.__dataclass_fields__}


def test_visits_may_touch(clinic):
    clinic.book(clinic.at(9), 0)
    clinic.book(clinic.at(9, 30), 1)
    clinic.book(clinic.at(8, 30), 2)


def test_lanes_are_taken_in_order_and_end(clinic):
    park = clinic.park.resource_id
    for patient in range(2):
        clinic.book(clinic.at(9), patient, provider_id=park)
    with pytest.raises(BookingConflict):
        clinic.book(clinic.at(9), 2, provider_id=park)
    assert [(row[0], row[1]) for row in bookings(clinic)] == [(park, 0), (park, 1)]


def test_overbooking_needs_a_type_that_allows_it_and_somebody_who_may(clinic):
    clinic.book(clinic.at(9), 0)
    with pytest.raises(BookingConflict):
        clinic.book(clinic.at(9), 1, overbook=True)
    with pytest.raises(BookingConflict):
        clinic.book(clinic.at(9), 1, visit_type="quick")
    with pytest.raises(Forbidden):
        commands.book(clinic.as_role(Role.NURSE), clinic.request(clinic.at(9), 1, visit_type="quick", overbook=True))
    booked = commands.book(
        clinic.as_role(Role.FRONT_DESK), clinic.request(clinic.at(9), 1, visit_type="quick", overbook=True)
    )
    assert queries.appointment(clinic.subject, booked.appointment_id).overbooked
    with pytest.raises(BookingConflict):
        clinic.book(clinic.at(9), 2, visit_type="quick", overbook=True)


def test_a_patient_in_two_places_must_be_confirmed(clinic):
    clinic.book(clinic.at(9), 0)
    park = clinic.park.resource_id
    with pytest.raises(BookingConflict) as refused:
        clinic.book(clinic.at(9), 0, provider_id=park)
    assert refused.value.only_patient
    assert refused.value.message.startswith("The patient has another visit Monday, March 2, 2026, 9:00 AM")
    assert all(item.starts >= clinic.at(9, 30) or item.ends <= clinic.at(9) for item in refused.value.alternatives)
    both = clinic.book(clinic.at(9), 0, provider_id=park, same_time=True)
    commands.cancel(clinic.subject, queries.of_patient(clinic.subject, clinic.patients[0])[-1].appointment_id, "x")
    remaining = [view for view in queries.of_patient(clinic.subject, clinic.patients[0]) if view.status == "booked"]
    assert len(remaining) == 1
    with pytest.raises(BookingConflict) as again:
        clinic.book(
            clinic.at(9),
            0,
            provider_id=park if remaining[0].provider_id != park else clinic.reed.resource_id,
        )
    assert again.value.only_patient
    assert both.version == 1


#: what, request, words
OUTSIDE = [
    (
        "lunch",
        (12, 0, {}),
        "Ana Reed, MD works 8:00 AM to 12:00 PM and 1:00 PM to 5:00 PM on Monday, March 2, 2026.",
    ),
    ("over the end", (16, 45, {}), "Ana Reed, MD works 8:00 AM to 12:00 PM and"),
    ("a Sunday", (9, 0, {"day": SUNDAY}), "Ana Reed, MD has no hours on Sunday, March 1, 2026."),
    ("another site", (9, 0, {"site": "east"}), "Ana Reed, MD has no hours at East Side on Monday"),
    (
        "not offered",
        (9, 0, {"visit_type": "surgery"}),
        "Ana Reed, MD does not offer Minor surgery at that time",
    ),
]


@pytest.mark.parametrize(("where", "words"), [row[1:] for row in OUTSIDE], ids=[row[0] for row in OUTSIDE])
def test_outside_of_hours_is_refused_in_words(clinic, where, words):
    hour, minute, other = where
    starts = clinic.at(hour, minute, day=other.get("day", date(2026, 3, 2)))
    given = {"visit_type": other.get("visit_type", "office")}
    if other.get("site"):
        given["site_id"] = clinic.east
    with pytest.raises(OutsideHours) as refused:
        clinic.book(starts, **given)
    assert refused.value.message.startswith(words)
    assert refused.value.cure
    with pytest.raises(Forbidden):
        commands.book(clinic.as_role(Role.NURSE), clinic.request(starts, 0, outside_hours=True, **given))
    clinic.book(starts, outside_hours=True, **given)


def test_holidays_absences_and_closed_rooms_are_named(clinic):
    tuesday = date(2026, 3, 3)
    setup.add_holiday(clinic.subject, tuesday, "Founders' Day")
    setup.add_exception(
        clinic.subject,
        clinic.reed.resource_id,
        date(2026, 3, 2),
        starts=time(9),
        ends=time(10),
        reason="meeting",
    )
    setup.add_exception(clinic.subject, clinic.room_1, date(2026, 3, 2), reason="painting")
    expected = [
        (clinic.at(9, day=tuesday), None, "The practice is closed on Tuesday, March 3, 2026: Founders' Day."),
        (clinic.at(9, 30), None, "Ana Reed, MD is away Monday, March 2, 2026, 9:00 AM to 10:00 AM (meeting)."),
        (
            clinic.at(11),
            clinic.room_1,
            "Room 1 cannot be used Monday, March 2, 2026, 12:00 AM to 12:00 AM (painting).",
        ),
    ]
    for starts, room, words in expected:
        with pytest.raises(OutsideHours) as refused:
            clinic.book(starts, room_id=room)
        assert refused.value.message == words


def test_an_inactive_provider_and_the_past_are_refused(clinic):
    setup.set_active(clinic.subject, clinic.reed.resource_id, False)
    with pytest.raises(OutsideHours, match="takes no visits any more"):
        clinic.book(clinic.at(9))
    setup.set_active(clinic.subject, clinic.reed.resource_id, True)
    with pytest.raises(OutsideHours, match="is in the past"):
        clinic.book(clinic.at(9) - timedelta(days=7))


def test_what_does_not_exist_is_named(clinic):
    for wrong, error in (
        ({"provider_id": 10**6}, NotFound),
        ({"room_id": clinic.reed.resource_id}, NotFound),
        ({"site_id": 10**6}, NotFound),
        ({"visit_type": "none"}, Invalid),
        ({"minutes": 0}, Invalid),
        ({"room_id": clinic.room_east}, Invalid),
    ):
        with pytest.raises(error):
            clinic.book(clinic.at(9), **wrong)
    with pytest.raises(NotFound, match="no patient"):
        commands.book(
            clinic.subject,
            commands.BookingRequest("nobody", clinic.reed.resource_id, clinic.main, "office", clinic.at(9)),
        )
    with pytest.raises(Invalid, match="time zone"):
        clinic.book(clinic.at(9).replace(tzinfo=None))
    with pytest.raises(Forbidden):
        commands.book(clinic.as_role(Role.CLIENT), clinic.request(clinic.at(9)))


def test_the_constraint_itself_refuses_whatever_the_caller(clinic):
    clinic.book(clinic.at(9))
    row = {"practice": clinic.subject.practice, "resource_id": clinic.reed.resource_id, "lane": 0}
    with pytest.raises(IntegrityError, match="booking_no_overlap"), transaction(clinic.subject):
        Booking.objects.create(**row, starts=clinic.at(9, 29), ends=clinic.at(10), appointment="made-by-hand")
    with pytest.raises(IntegrityError, match="patient_no_overlap"), transaction(clinic.subject):
        PatientBooking.objects.create(
            practice=clinic.subject.practice,
            patient=clinic.patients[0],
            lane=0,
            starts=clinic.at(8),
            ends=clinic.at(9, 1),
            appointment="made-by-hand",
        )


def test_another_practice_sees_and_takes_nothing(clinic):
    from chartdesk.record.access import people
    from chartdesk.record.access.subject import system

    booked = clinic.book(clinic.at(9))
    other = people.open_practice(f"other-{clinic.subject.practice}", "Other")
    stranger = system(other.pk, "test")
    assert queries.day(stranger, date(2026, 3, 2)) == []
    with pytest.raises(NotFound):
        queries.appointment(stranger, booked.appointment_id)
    with pytest.raises(NotFound):
        commands.cancel(stranger, booked.appointment_id, "not ours")


def test_conflict_is_a_conflict():
    assert issubclass(BookingConflict, Conflict)
    assert issubclass(OutsideHours, Conflict)
