"""A small clinic: two providers, one with two lanes; two sites, three rooms; four visit types; a Monday."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from chartdesk.kit import clock

if TYPE_CHECKING:
    from chartdesk.pms.scheduling import commands, setup
    from chartdesk.record.access import Role, Subject

MONDAY = date(2026, 3, 2)
ZONE = "America/New_York"
#: Friday noon before the Monday of the tests.
BEFORE = datetime(2026, 2, 27, 17, tzinfo=UTC)
# What needs Django's models is imported inside: this file is read before they are ready.
_people = itertools.count(1)


@dataclass
class Clinic:
    subject: Subject
    main: int
    east: int
    reed: setup.Provider
    park: setup.Provider
    room_1: int
    room_2: int
    room_east: int
    patients: list[str] = field(default_factory=list)

    def at(self, hour: int, minute: int = 0, *, day: date = MONDAY) -> datetime:
        """A local time of the clinic."""
        return datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo(ZONE))

    def request(self, starts: datetime, patient: int = 0, **other: object) -> commands.BookingRequest:
        from chartdesk.pms.scheduling import commands

        values = {"provider_id": self.reed.resource_id, "site_id": self.main, "visit_type": "office"} | other
        return commands.BookingRequest(patient_id=self.patients[patient], starts=starts, **values)

    def book(self, starts: datetime, patient: int = 0, **other: object) -> commands.Booked:
        from chartdesk.pms.scheduling import commands

        return commands.book(self.subject, self.request(starts, patient, **other))

    def someone(self) -> str:
        """One more patient."""
        from chartdesk.pms.registration.commands import register
        from chartdesk.pms.registration.people import Guarantor, Person, Registration

        number = next(_people)
        person = Person(
            family=f"Case{number}",
            given=f"Pat{number}",
            birth_date=date(1950, 1, 1) + timedelta(days=37 * number),
            sex="female",
        )
        registered = register(self.subject, Registration(person, [], Guarantor("self", None)), confirmed_distinct=True)
        return registered.patient_id

    def as_role(self, *roles: Role) -> Subject:
        from chartdesk.record.access import Subject

        return Subject(self.subject.practice, "user:7", "Kim Desk", frozenset(roles))


@pytest.fixture
def clinic(subject):
    from chartdesk.kit.transactions import transaction

    with transaction(subject):  # all at once: what was looked up is remembered to its end
        made = _open(subject)
        made.patients += [made.someone() for _ in range(4)]
    with clock.at(BEFORE):
        yield made


def _open(subject):
    """The places, the people and their hours."""
    from chartdesk.pms.scheduling import setup

    main = setup.add_site(subject, name="Main Street", line1="1 Main", city="Columbus", state="OH")
    east = setup.add_site(subject, name="East Side")
    setup.add_visit_type(subject, "office", "Office visit", 30)
    setup.add_visit_type(subject, "new", "New patient", 45, new_patient=True)
    setup.add_visit_type(subject, "quick", "Quick check", 15, overbook_limit=1)
    setup.add_visit_type(subject, "surgery", "Minor surgery", 60)
    reed = setup.add_provider(subject, family="Reed", given="Ana", credential="MD", npi="1234567893")
    park = setup.add_provider(subject, family="Park", given="Joon", credential="MD", lanes=2)
    usual = ("office", "new", "quick")
    for starts, ends in ((time(8), time(12)), (time(13), time(17))):
        setup.set_hours(subject, reed.resource_id, site_id=main, weekday=0, starts=starts, ends=ends, visit_types=usual)
    setup.set_hours(subject, park.resource_id, site_id=main, weekday=0, starts=time(9), ends=time(12))
    _until_friday(subject)
    return Clinic(
        subject,
        main,
        east,
        reed,
        park,
        setup.add_room(subject, "Room 1", site_id=main),
        setup.add_room(subject, "Room 2", site_id=main),
        setup.add_room(subject, "East Room", site_id=east),
    )


def _until_friday(subject):
    """The hours of Monday on the four days after it, in one statement: half of these tests' time went into them."""
    from chartdesk.pms.scheduling.models import WeeklyHours

    rows = list(WeeklyHours.objects.filter(practice=subject.practice))
    names = [field.attname for field in WeeklyHours._meta.concrete_fields if not field.primary_key]
    copied = [{name: getattr(row, name) for name in names} for row in rows]
    WeeklyHours.objects.bulk_create(
        WeeklyHours(**{**one, "weekday": weekday}) for one in copied for weekday in range(1, 5)
    )


@pytest.fixture
def statement_count():
    """A context in which the statements that go to PostgreSQL are counted, whichever way they go."""
    from contextlib import contextmanager

    import psycopg

    @contextmanager
    def counting():
        seen: list[object] = []
        execute = psycopg.Cursor.execute

        def noted(self, query, *given, **named):
            seen.append(query)
            return execute(self, query, *given, **named)

        psycopg.Cursor.execute = noted
        try:
            yield lambda: len(seen)
        finally:
            psycopg.Cursor.execute = execute

    return counting
