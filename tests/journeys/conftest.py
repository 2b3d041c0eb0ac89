"""A practice at work: one clinician, one site and room, two visit types, a payer, prices, patients to book.

What needs Django is imported inside: this file is read before Django is set up.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

#: Monday morning in New York.
NOW = datetime(2026, 3, 2, 13, tzinfo=UTC)
DAY = NOW.date()
ZONE = "America/New_York"
_people = itertools.count(1)
SECTIONS = {
    "subjective": "Three days of sore throat.",
    "objective": "Red throat.",
    "assessment": "Strep pharyngitis.",
    "plan": "Penicillin V. Back if no better.",
}


@dataclass
class AtWork:
    """The practice and its people. ``desk`` and ``clinician`` are subjects."""

    subject: Any
    desk: Any
    clinician: Any
    provider: int
    site: int
    room: int

    def someone(self) -> str:
        """A new patient with a policy; their id."""
        from chartdesk.pms.coverage import commands as coverage
        from chartdesk.pms.registration.commands import register
        from chartdesk.pms.registration.people import Guarantor, Person, Registration

        number = next(_people)
        person = Person(
            family=f"Journey{number}",
            given="Ida",
            birth_date=date(1950, 1, 1) + timedelta(days=41 * number),
            sex="female",
        )
        registered = register(self.desk, Registration(person, [], Guarantor("self", None)), confirmed_distinct=True)
        card = coverage.Card("ACME1", 1, f"M{number:06}", plan_name="Gold", printed_copay=Decimal("25.00"))
        coverage.add_coverage(self.desk, registered.patient_id, card)
        return registered.patient_id

    def book(self, patient: str, hour: int, minute: int = 0, *, day: date = DAY) -> str:
        """A sick visit at a local time; the appointment's id."""
        from chartdesk.pms.scheduling import commands

        starts = datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo(ZONE))
        request = commands.BookingRequest(
            patient,
            self.provider,
            self.site,
            "sick",
            starts,
            minutes=10,
            reason="sore throat",
            outside_hours=True,
        )
        return commands.book(self.desk, request).appointment_id

    def write(self, encounter: str) -> int:
        """A complete note for the encounter, saved; the note's number."""
        from chartdesk.ehr.charting import commands, queries

        note = queries.note(self.clinician, encounter)
        content = commands.NoteContent(
            sections=SECTIONS,
            diagnoses=[commands.Diagnosis("J02.0")],
            procedures=[
                commands.Procedure("99213", ["25"], Decimal(1), [1]),
                commands.Procedure("87880", [], Decimal(1), [1]),
            ],
            minutes=21,
        )
        commands.save_note(self.clinician, note.note_id, content, version=note.version)
        return note.note_id

    def sign(self, encounter: str) -> str:
        """Write and sign the note of the encounter; the digest."""
        from chartdesk.ehr.charting import commands

        note_id = self.write(encounter)
        return commands.sign(self.clinician, note_id, version=1)


@pytest.fixture
def at_work(subject: Any) -> Any:
    """The practice, on Monday morning. Handoff is connected, nothing is delivered yet."""
    from chartdesk.handoff import subscriptions
    from chartdesk.kit import clock
    from chartdesk.pms.charges import commands as charges
    from chartdesk.pms.coverage import commands as coverage
    from chartdesk.pms.scheduling import setup
    from chartdesk.record.access import Role

    subscriptions.connect()
    with clock.at(NOW):
        site = setup.add_site(subject, name="Main Street")
        provider = setup.add_provider(subject, family="Reed", given="Ana", credential="MD", site_id=site)
        room = setup.add_room(subject, "Exam 1", site)
        setup.add_visit_type(subject, "sick", "Sick visit", 10)
        setup.set_hours(subject, provider.resource_id, site_id=site, weekday=0, starts=time(8), ends=time(18))
        coverage.add_payer(subject, coverage.PayerDetails("ACME1", "Acme PPO"))
        fees = [
            ("99213", "Office visit, low", Decimal("140.00")),
            ("87880", "Rapid strep test", Decimal("32.00")),
        ]
        charges.set_fees(subject, "standard", date(2026, 1, 1), fees)
        desk = replace(subject, actor="user:1", name="Dee Front", roles=frozenset({Role.FRONT_DESK}))
        clinician = replace(
            subject,
            actor="user:2",
            name="Ana Reed",
            roles=frozenset({Role.CLINICIAN}),
            practitioner=provider.practitioner,
        )
        yield AtWork(subject, desk, clinician, provider.resource_id, site, room)
