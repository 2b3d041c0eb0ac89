"""Openings, day, calendar: what they show, in how many statements, and on the days the clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from chartdesk.kit import clock
from chartdesk.kit.errors import Forbidden, Invalid
from chartdesk.kit.transactions import transaction
from chartdesk.pms.scheduling import commands, queries, setup, setup_queries
from chartdesk.pms.scheduling.models import Holiday, Resource, Site, VisitType, WeeklyHours
from chartdesk.record import audit, database, history, search, store
from chartdesk.record.access import Role, people
from chartdesk.record.access.subject import system
from chartdesk.standards.fhir import r4

MONDAY = date(2026, 3, 2)


def local(openings, zone="America/New_York"):
    from zoneinfo import ZoneInfo

    return [f"{item.starts.astimezone(ZoneInfo(zone)):%a %-H:%M} {item.provider_name}" for item in openings]


def test_openings_across_providers_in_order(clinic):
    clinic.book(clinic.at(8), 0, minutes=60)
    found = queries.openings(clinic.subject, "office", first=MONDAY, last=MONDAY, limit=5)
    assert local(found) == [
        "Mon 9:00 Ana Reed, MD",
        "Mon 9:00 Joon Park, MD",
        "Mon 9:15 Ana Reed, MD",
        "Mon 9:15 Joon Park, MD",
        "Mon 9:30 Ana Reed, MD",
    ]
    assert {item.site_name for item in found} == {"Main Street"}


def test_openings_of_one_provider_part_of_day_length_and_patient(clinic):
    reed = [clinic.reed.resource_id]

    def found(**other):
        values = {"first": MONDAY, "last": MONDAY, "provider_ids": reed, "limit": 2} | other
        return local(queries.openings(clinic.subject, other.pop("kind", "office"), **values))

    assert found(part="afternoon") == ["Mon 13:00 Ana Reed, MD", "Mon 13:15 Ana Reed, MD"]
    assert found(minutes=240, limit=9) == ["Mon 8:00 Ana Reed, MD", "Mon 13:00 Ana Reed, MD"]
    assert found(minutes=241) == []
    assert found(site_id=clinic.east) == []
    assert queries.openings(clinic.subject, "surgery", first=MONDAY, last=MONDAY, provider_ids=reed) == []
    clinic.book(clinic.at(9), 3, provider_id=clinic.park.resource_id)
    assert "Mon 9:00 Ana Reed, MD" in found(limit=99)
    assert "Mon 9:00 Ana Reed, MD" not in found(limit=99, patient_id=clinic.patients[3])


def test_openings_go_on_to_the_next_day_and_not_into_the_past(clinic):
    tuesday = MONDAY + timedelta(days=1)
    reed = [clinic.reed.resource_id]
    with clock.at(clinic.at(16, 20)):
        found = queries.openings(clinic.subject, "office", first=MONDAY, last=tuesday, provider_ids=reed, limit=2)
    assert local(found) == ["Mon 16:30 Ana Reed, MD", "Tue 8:00 Ana Reed, MD"]


def test_a_search_that_makes_no_sense(clinic):
    for wrong in (
        {"first": MONDAY, "last": MONDAY - timedelta(days=1)},
        {"first": MONDAY, "last": MONDAY + timedelta(days=999)},
        {"first": MONDAY, "last": MONDAY, "part": "noon"},
    ):
        with pytest.raises(Invalid):
            queries.openings(clinic.subject, "office", **wrong)
    with pytest.raises(Invalid):
        queries.openings(clinic.subject, "spa", first=MONDAY, last=MONDAY)


def test_slot_minutes_are_the_practices(clinic):
    practice = people.practice_of(clinic.subject)
    practice.settings = {"slot_minutes": 60}
    practice.save()
    found = queries.openings(
        clinic.subject,
        "office",
        first=MONDAY,
        last=MONDAY,
        provider_ids=[clinic.reed.resource_id],
        part="morning",
    )
    assert [item[4:9].strip() for item in local(found)] == ["8:00", "9:00", "10:00", "11:00"]
    practice.settings = {"slot_minutes": "often"}
    practice.save()
    with pytest.raises(Invalid, match="slot_minutes"):
        queries.openings(clinic.subject, "office", first=MONDAY, last=MONDAY)


#: zone, the day, UTC hour at which 9 o'clock begins, starts from midnight to 4 o'clock with slots of an hour
CLOCK_CHANGES = [
    ("America/New_York", date(2026, 3, 7), 14, "0 1 2 3"),
    ("America/New_York", date(2026, 3, 8), 13, "0 1 3"),
    ("America/New_York", date(2026, 11, 1), 14, "0 1 1 2 3"),
    ("America/Phoenix", date(2026, 3, 8), 16, "0 1 2 3"),
    ("America/Phoenix", date(2026, 11, 1), 16, "0 1 2 3"),
]


@pytest.mark.parametrize(("zone", "day", "nine", "starts"), CLOCK_CHANGES)
def test_the_days_the_clock_changes(database, zone, day, nine, starts):
    practice = people.open_practice(
        f"dst-{zone}-{day}".lower().replace("/", "-").replace("_", "-"),
        "Night clinic",
        zone=zone,
        settings={"slot_minutes": 60},
    )
    subject = system(practice.pk, "test")
    site = setup.add_site(subject, name="Night")
    setup.add_visit_type(subject, "office", "Office visit", 60)
    owl = setup.add_provider(subject, family="Owl", given="Night")
    for first, last in ((time(0), time(4)), (time(9), time(10))):
        setup.set_hours(subject, owl.resource_id, site_id=site, weekday=day.weekday(), starts=first, ends=last)
    with clock.at(datetime(2026, 1, 1, tzinfo=UTC)):
        found = queries.openings(subject, "office", first=day, last=day)
    assert [item.split()[1].partition(":")[0] for item in local(found, zone)] == [*starts.split(), "9"]
    assert found[-1].starts == datetime(day.year, day.month, day.day, nine, tzinfo=UTC)


def test_the_day_shows_everything_with_names(clinic):
    first = clinic.book(clinic.at(9), 0, room_id=clinic.room_1)
    second = clinic.book(clinic.at(9), 1, provider_id=clinic.park.resource_id)
    clinic.book(clinic.at(9, day=MONDAY + timedelta(days=1)), 2)
    commands.cancel(clinic.subject, second.appointment_id, "Works late")
    found = queries.day(clinic.subject, MONDAY)
    assert [(view.appointment_id, view.status) for view in found] == [
        (first.appointment_id, "booked"),
        (second.appointment_id, "cancelled"),
    ]
    assert found[0].patient_mrn
    assert found[0].patient_birth_date
    assert found[0].color.startswith("#")
    assert [v.status for v in queries.day(clinic.subject, MONDAY, statuses=["booked"])] == ["booked"]
    assert len(queries.day(clinic.subject, MONDAY, provider_id=clinic.park.resource_id)) == 1
    assert queries.day(clinic.subject, MONDAY, site_id=clinic.east) == []
    assert len(queries.calendar(clinic.subject, clinic.at(0), clinic.at(0) + timedelta(days=7))) == 3
    assert queries.calendar(clinic.subject, clinic.at(9, 30), clinic.at(12)) == []
    assert len(queries.calendar(clinic.subject, clinic.at(9, 29), clinic.at(12))) == 2
    trail = audit.trail(clinic.subject, clinic.patients[0])
    assert ("R", "Appointment", "calendar") in [(row.action, row.what, row.detail) for row in trail]


def test_a_day_is_a_handful_of_statements(clinic, statement_count):
    def statements():
        with statement_count() as count:
            queries.day(clinic.subject, MONDAY)
        return count()

    clinic.book(clinic.at(9), 0)
    few = statements()
    for number in range(1, 3):
        clinic.book(clinic.at(9 + number), number, room_id=clinic.room_1)
    assert statements() == few <= 14


def test_setting_up_again_changes_nothing_and_a_change_is_written(clinic):
    with transaction(clinic.subject):
        counts = [kind.objects.count() for kind in (Site, Resource, VisitType, WeeklyHours)]
    reed = setup.add_provider(clinic.subject, family="Reed", given="Ana", credential="MD", npi="1234567893")
    assert reed == clinic.reed
    assert setup.add_site(clinic.subject, name="East Side") == clinic.east
    assert setup.add_room(clinic.subject, "Room 1", site_id=clinic.main) == clinic.room_1
    setup.add_visit_type(clinic.subject, "office", "Office visit", 30)
    setup.set_hours(clinic.subject, reed.resource_id, site_id=clinic.main, weekday=0, starts=time(8), ends=time(12))
    with transaction(clinic.subject):
        assert [kind.objects.count() for kind in (Site, Resource, VisitType, WeeklyHours)] == counts
        location = Site.objects.get(pk=clinic.east).location
    assert len(history.versions(clinic.subject, "Practitioner", reed.practitioner)) == 1
    setup.add_site(clinic.subject, name="East Side", line1="9 East", city="Columbus", phone="614-555-0100")
    stored = store.read(clinic.subject, r4.Location, location)
    assert (stored.address.city, stored.telecom[0].value) == ("Columbus", "614-555-0100")
    roles = search.all(clinic.subject, "PractitionerRole", [("practitioner", reed.practitioner)])
    assert len(list(roles)) == 1
    setup.set_active(clinic.subject, reed.resource_id, False)
    assert store.read(clinic.subject, r4.Practitioner, reed.practitioner).active is False
    assert reed.name not in [item.name for item in queries.providers(clinic.subject)]


def test_setting_up_is_the_managers_and_checked(clinic):
    with pytest.raises(Forbidden):
        setup.add_holiday(clinic.as_role(Role.FRONT_DESK), MONDAY, "Mine")
    reed = clinic.reed.resource_id
    for wrong in (
        lambda: setup.add_site(clinic.subject, name=" "),
        lambda: setup.add_provider(clinic.subject, family="Wren", given="Jo", npi="1234567890"),
        lambda: setup.add_provider(clinic.subject, family="Wren", given="Jo", lanes=0),
        lambda: setup.add_visit_type(clinic.subject, "x", "X", 0),
        lambda: setup.set_hours(clinic.subject, reed, site_id=clinic.main, weekday=7, starts=time(8), ends=time(9)),
        lambda: setup.set_hours(clinic.subject, reed, site_id=clinic.main, weekday=1, starts=time(9), ends=time(9)),
        lambda: setup.set_hours(
            clinic.subject,
            reed,
            site_id=clinic.main,
            weekday=1,
            starts=time(8),
            ends=time(9),
            visit_types=["spa"],
        ),
        lambda: setup.add_exception(clinic.subject, reed, MONDAY, starts=time(9)),
        lambda: setup.add_exception(clinic.subject, reed, MONDAY, open=True),
    ):
        with pytest.raises(Invalid):
            wrong()
    setup.add_holiday(clinic.subject, MONDAY, "One")
    setup.add_holiday(clinic.subject, MONDAY, "Other")
    with transaction(clinic.subject):
        [closed] = Holiday.objects.all()
    assert closed.name == "Other"
    assert database.row("SELECT count(*) FROM scheduling_holiday") == (0,), "outside a transaction nothing shows"


def test_extra_hours_and_taking_them_back(clinic):
    saturday = date(2026, 3, 7)
    extra = setup.add_exception(
        clinic.subject,
        clinic.reed.resource_id,
        saturday,
        starts=time(9),
        ends=time(10),
        open=True,
        site_id=clinic.east,
    )
    found = queries.openings(clinic.subject, "office", first=saturday, last=saturday)
    assert [(item.site_name, item.starts) for item in found][:1] == [("East Side", clinic.at(9, day=saturday))]
    clinic.book(clinic.at(9, day=saturday), site_id=clinic.east)
    setup.remove_exception(clinic.subject, extra.pk)
    assert queries.openings(clinic.subject, "office", first=saturday, last=saturday) == []
    setup.clear_hours(clinic.subject, clinic.reed.resource_id, site_id=clinic.main)
    monday = queries.openings(clinic.subject, "office", first=MONDAY, last=MONDAY)
    assert {item.provider_name for item in monday} == {"Joon Park, MD"}


def test_a_holiday_is_taken_back(clinic):
    first, other = (setup.add_holiday(clinic.subject, on, "Closed") for on in (MONDAY, MONDAY + timedelta(days=1)))
    with pytest.raises(Forbidden):
        setup.remove_holiday(clinic.as_role(Role.FRONT_DESK), first.pk)
    setup.remove_holiday(clinic.subject, first.pk)
    setup.remove_holiday(clinic.subject, first.pk)
    assert setup_queries.holidays(clinic.subject, MONDAY) == [other]
