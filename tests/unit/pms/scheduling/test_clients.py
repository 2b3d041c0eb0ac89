"""Appointments that a FHIR client writes: the same rules, the same rows, the same events."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Forbidden, Invalid
from chartdesk.kit.models import OutboxEvent
from chartdesk.kit.transactions import transaction
from chartdesk.pms.scheduling import commands, content, queries
from chartdesk.pms.scheduling.commands import BookingConflict, OutsideHours
from chartdesk.pms.scheduling.models import AppointmentIndex, Booking, Resource, Site
from chartdesk.record import store
from chartdesk.record.access import Role
from chartdesk.standards.fhir import r4


@pytest.fixture
def client(clinic):
    return replace(clinic.as_role(Role.CLIENT), actor="client:1", scopes=frozenset({"system/*.*"}))


def site(clinic, pk=None):
    with transaction(clinic.subject):
        return Site.objects.get(pk=pk or clinic.main).location


def room(clinic, pk):
    with transaction(clinic.subject):
        return Resource.objects.get(pk=pk).location


def appointment(clinic, start="2026-03-02T09:00:00-05:00", *, patient=0, status="booked", places=(), **other):
    actors = [f"Patient/{clinic.patients[patient]}", f"Practitioner/{clinic.reed.practitioner}"]
    actors += [f"Location/{id}" for id in places]
    begins = datetime.fromisoformat(start)
    values = {"end": (begins + timedelta(minutes=30)).isoformat()} | other
    return r4.Appointment(
        status=status,
        start=start,
        participant=[
            r4.AppointmentParticipant(actor=r4.Reference(reference=actor), status="accepted") for actor in actors
        ],
        **values,
    )


def kinds(clinic):
    with transaction(clinic.subject):
        rows = OutboxEvent.objects.filter(practice=clinic.subject.practice, payload__has_key="appointment_id")
        return list(rows.order_by("pk").values_list("kind", flat=True))


def test_a_client_books(clinic, client):
    stored = store.put(
        client,
        appointment(
            clinic,
            end="2026-03-02T09:30:00-05:00",
            places=[site(clinic), room(clinic, clinic.room_1)],
            reasonCode=[r4.CodeableConcept(text="Rash")],
            serviceType=[r4.CodeableConcept(coding=[r4.Coding(system=content.VISIT_TYPE, code="office")])],
        ),
    )
    found = queries.appointment(clinic.subject, stored.id)
    assert (
        found.starts,
        found.provider_name,
        found.room_name,
        found.visit_type,
        found.reason,
        found.status,
    ) == (
        clinic.at(9),
        "Ana Reed, MD",
        "Room 1",
        "office",
        "Rash",
        "booked",
    )
    assert kinds(clinic) == ["AppointmentBooked"]
    with pytest.raises(BookingConflict):
        clinic.book(clinic.at(9), 1)


def test_site_and_length_are_filled_in(clinic, client):
    stored = store.put(client, appointment(clinic, places=[room(clinic, clinic.room_1)]))
    assert stored.resource.minutesDuration == 30
    assert [content.reference_of(item.actor)[1] for item in stored.resource.participant[2:]] == [
        site(clinic),
        room(clinic, clinic.room_1),
    ]


def test_a_client_is_refused_like_everybody(clinic, client):
    clinic.book(clinic.at(9), 1)
    with pytest.raises(BookingConflict) as refused:
        store.put(client, appointment(clinic))
    assert refused.value.alternatives
    assert refused.value.conflicts[0].patient == ""
    with pytest.raises(OutsideHours):
        store.put(client, appointment(clinic, "2026-03-02T12:00:00-05:00"))
    outside = content.with_allowances(appointment(clinic, "2026-03-02T12:00:00-05:00"), ["outside-hours"])
    with pytest.raises(Forbidden):
        store.put(client, outside)
    with pytest.raises(Forbidden):
        store.put(client, content.with_allowances(appointment(clinic), ["overbook"]))
    with transaction(clinic.subject):
        assert Booking.objects.filter(practice=clinic.subject.practice).count() == 1


#: what is wrong, how it is changed
WRONG = [
    ("has no patient", {"participant": lambda items: items[1:]}),
    ("no provider of this practice", {"participant": lambda items: items[:1]}),
    ("start and a later end", {"end": lambda _: "2026-03-02T08:00:00-05:00"}),
    ("start and a later end", {"end": lambda _: "2026-03-04T08:00:00-05:00"}),
    (
        "no visit type 'spa'",
        {"serviceType": lambda _: [r4.CodeableConcept(coding=[r4.Coding(system=content.VISIT_TYPE, code="spa")])]},
    ),
    (
        "neither a site nor a room",
        {
            "participant": lambda items: [
                *items,
                r4.AppointmentParticipant(actor=r4.Reference(reference="Location/moon"), status="accepted"),
            ]
        },
    ),
]


def test_a_visit_that_says_no_place_is_where_the_provider_works(clinic, client):
    stored = store.put(client, appointment(clinic))
    assert queries.appointment(clinic.subject, stored.id).site_name == "Main Street"


@pytest.mark.parametrize(("words", "change"), WRONG)
def test_what_cannot_be_booked_is_said(clinic, client, words, change):
    whole = appointment(clinic)
    values = {name: make(getattr(whole, name)) for name, make in change.items()}
    with pytest.raises(Invalid, match=words):
        store.put(client, msgspec.structs.replace(whole, **values))


def test_a_client_takes_a_visit_through_its_steps(clinic, client):
    id = store.put(client, appointment(clinic)).id

    def change(**values):
        present = store.read(client, r4.Appointment, id)
        return store.put(client, msgspec.structs.replace(present, **values))

    with pytest.raises(Conflict, match="cannot be checked out"):
        change(status="fulfilled")
    with clock.at(clinic.at(9)):
        change(status="arrived")
        commands.room(clinic.subject, id)
        with pytest.raises(Conflict, match="cannot be moved"):
            change(status="fulfilled", start="2026-03-02T15:00:00Z", end="2026-03-02T15:30:00Z")
        change(comment="Patient asks for a translator")
        assert queries.appointment(clinic.subject, id).status == "roomed"
        change(status="fulfilled")
        with pytest.raises(Conflict, match="cannot go back to being booked at once"):
            change(status="booked")
    found = queries.appointment(clinic.subject, id)
    assert (found.status, found.arrived, found.departed) == ("departed", clinic.at(9), clinic.at(9))
    with pytest.raises(Conflict, match="cannot be deleted"):
        store.delete(client, "Appointment", id)


def test_a_client_cannot_write_its_own_times(clinic, client):
    forged = content.with_steps(appointment(clinic), [content.Step("booked", datetime(2020, 1, 1, tzinfo=UTC))])
    stored = store.put(client, forged)
    assert queries.appointment(clinic.subject, stored.id).booked == clock.now()


def test_a_client_cancels_moves_and_deletes(clinic, client):
    one = store.put(client, appointment(clinic))
    moved = msgspec.structs.replace(one.resource, start="2026-03-02T10:00:00-05:00", end="2026-03-02T10:30:00-05:00")
    one = store.put(client, moved)
    assert queries.appointment(clinic.subject, one.id).starts == clinic.at(10)
    clinic.book(clinic.at(9), 1)
    store.put(client, msgspec.structs.replace(one.resource, status="cancelled"))
    clinic.book(clinic.at(10), 1)
    two = store.put(client, appointment(clinic, "2026-03-02T11:00:00-05:00"))
    store.delete(client, "Appointment", two.id)
    clinic.book(clinic.at(11), 1)
    with transaction(clinic.subject):
        assert not AppointmentIndex.objects.filter(practice=clinic.subject.practice, appointment=two.id).exists()
    assert kinds(clinic).count("AppointmentCancelled") == 2


def test_a_proposal_takes_no_time_until_it_is_booked(clinic, client):
    proposed = store.put(client, appointment(clinic, status="proposed"))
    assert queries.of_patient(clinic.subject, clinic.patients[0]) == []
    clinic.book(clinic.at(9), 1)
    with pytest.raises(BookingConflict):
        store.put(client, msgspec.structs.replace(proposed.resource, status="booked"))
    later = appointment(clinic, "2026-03-02T10:00:00-05:00")
    later.id = proposed.id
    later = store.put(client, later)
    assert queries.appointment(clinic.subject, later.id).status == "booked"
    store.put(client, msgspec.structs.replace(later.resource, status="entered-in-error"))
    assert kinds(clinic)[-1] == "AppointmentCancelled"
    clinic.book(clinic.at(10), 2)


def test_a_cancelled_visit_without_a_time_is_kept(clinic, client):
    cancelled = appointment(clinic, status="cancelled")
    cancelled.start = cancelled.end = None
    assert store.put(client, cancelled).version == 1


def test_a_visit_of_the_past_is_taken_in(clinic, client):
    for patient in range(3):
        past = appointment(clinic, "2025-06-02T09:00:00-04:00", patient=patient, status="fulfilled")
        stored = store.put(client, past)
        assert queries.appointment(clinic.subject, stored.id).status == "departed"
    elsewhere = appointment(clinic, "2025-06-02T09:00:00-04:00", status="fulfilled")
    elsewhere.participant = [
        elsewhere.participant[0],
        r4.AppointmentParticipant(actor=r4.Reference(reference="Practitioner/gone"), status="accepted"),
    ]
    assert queries.appointment(clinic.subject, store.put(client, elsewhere).id).provider_name == ""


def test_a_visit_stays_with_its_patient(clinic, client):
    stored = store.put(client, appointment(clinic))
    other = appointment(clinic, patient=1)
    other.id = stored.id
    with pytest.raises(Conflict, match="stays with its patient"):
        store.put(client, other)


def test_a_transaction_books_all_or_nothing(clinic, client):
    clinic.book(clinic.at(10), 1)
    entries = [
        r4.BundleEntry(
            resource=appointment(clinic, start, patient=patient),
            request=r4.BundleEntryRequest(method="POST", url="Appointment"),
        )
        for patient, start in enumerate(("2026-03-02T09:00:00-05:00", "2026-03-02T10:00:00-05:00"))
    ]
    with pytest.raises(Conflict):
        store.transact(client, r4.Bundle(type="transaction", entry=entries))
    assert queries.of_patient(clinic.subject, clinic.patients[0]) == []
    store.transact(client, r4.Bundle(type="transaction", entry=entries[:1]))
    assert len(queries.of_patient(clinic.subject, clinic.patients[0])) == 1
