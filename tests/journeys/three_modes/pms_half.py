"""What the story's front desk and billing office do, by the commands that the pages call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from tests.journeys.three_modes import story

from chartdesk.kit import outbox
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.charges import queries as bills
from chartdesk.pms.charges.models import Superbill
from chartdesk.pms.claims import commands as claims
from chartdesk.pms.coverage import commands as coverage
from chartdesk.pms.coverage import queries as policies
from chartdesk.pms.registration import commands as registration
from chartdesk.pms.registration import merging
from chartdesk.pms.registration import queries as patients
from chartdesk.pms.registration.people import Address, Person, Registration
from chartdesk.pms.scheduling import commands as scheduling
from chartdesk.pms.scheduling import setup
from chartdesk.record.access.models import Practice
from chartdesk.record.access.subject import Subject

DETAILS = {
    "zone": str(story.ZONE), "npi": "1999999935", "tax_id": "311234567", "taxonomy": "207Q00000X",
    "phone": "6145550140", "line1": "400 River Street", "city": "Columbus", "state": "OH", "postal_code": "432151010",
}  # fmt: skip


class PmsHalf:
    """The half that registers, books and bills. It knows patients and visits by the story's names."""

    def __init__(self, practice: Practice, subject: Subject) -> None:
        self.practice, self.subject = practice, subject
        self.patients: dict[str, str] = {}
        self.visits: dict[str, str] = {}
        self.policies: dict[str, str] = {}
        self.places: dict[str, int] = {}

    # ------------------------------------------------------------------------------------------ opening

    def open(self) -> None:
        """People, places, hours, payers and prices."""
        subject = self.subject
        self.places = furnish(subject)
        for who in story.CLINICIANS:
            for weekday in range(7):
                setup.set_hours(
                    subject, self.places[who], site_id=self.places["site"], weekday=weekday, starts=time(8),
                    ends=time(18), valid_from=story.FIRST - timedelta(days=30),
                )  # fmt: skip
        for number, name, filing in story.PAYERS:
            coverage.add_payer(subject, coverage.PayerDetails(number, name, filing))
        prices = [(code, words, Decimal(amount)) for code, words, amount in story.FEES]
        charges.set_fees(subject, "Standard", date(2026, 1, 1), prices)

    def known(self) -> dict[str, Any]:
        """What it has to know after a restart: ids by the story's names."""
        return {name: getattr(self, name) for name in ("patients", "visits", "policies", "places")}

    def remember(self, known: dict[str, Any]) -> None:
        """Know again what ``known`` gave."""
        for name, value in known.items():
            setattr(self, name, value)

    # --------------------------------------------------------------------------------------- front desk

    def register(self, patient: str, person: dict[str, Any]) -> None:
        """A new record."""
        made = registration.register(self.subject, Registration(_person(person)), confirmed_distinct=True)
        self.patients[patient] = made.patient_id

    def amend(self, patient: str, person: dict[str, Any]) -> None:
        """Other demographics."""
        view = patients.patient(self.subject, self.patients[patient])
        wanted = replace(view.registration, person=_person(person))
        registration.amend(self.subject, self.patients[patient], wanted, version=view.version)

    def add_coverage(self, patient: str, card: dict[str, Any]) -> None:
        """A card is shown."""
        self.policies[patient] = coverage.add_coverage(self.subject, self.patients[patient], _card(card))

    def amend_coverage(self, patient: str, card: dict[str, Any]) -> None:
        """The card was read wrongly."""
        view = policies.coverage(self.subject, self.policies[patient])
        coverage.amend_coverage(self.subject, view.coverage_id, _card(card), view.version)

    def change_insurer(self, patient: str, ends: str, card: dict[str, Any]) -> None:
        """One policy ended, another took its place."""
        coverage.end_coverage(self.subject, self.policies[patient], date.fromisoformat(ends))
        self.add_coverage(patient, card)

    def merge(self, source: str, target: str) -> None:
        """Two records of one person."""
        merging.merge(self.subject, self.patients[source], self.patients[target], reason="one person")

    def book(self, visit: str, patient: str, clinician: str, kind: str, starts: str, reason: str) -> None:
        """A visit by telephone, or at the desk."""
        wanted = scheduling.BookingRequest(
            self.patients[patient], self.places[clinician], self.places["site"], kind,
            datetime.fromisoformat(starts), reason=reason,
        )  # fmt: skip
        self.visits[visit] = scheduling.book(self.subject, wanted).appointment_id

    def move(self, visit: str, starts: str = "", clinician: str = "") -> None:
        """Another time, or another clinician."""
        scheduling.move(
            self.subject,
            self.visits[visit],
            datetime.fromisoformat(starts) if starts else None,
            provider_id=self.places[clinician] if clinician else None,
        )

    def cancel(self, visit: str, reason: str) -> None:
        """The visit does not take place."""
        scheduling.cancel(self.subject, self.visits[visit], reason)

    def undo(self, visit: str) -> None:
        """It does after all."""
        scheduling.undo(self.subject, self.visits[visit])

    def no_show(self, visit: str) -> None:
        """Nobody came."""
        scheduling.no_show(self.subject, self.visits[visit])

    def check_in(self, visit: str) -> None:
        """The patient is here."""
        scheduling.check_in(self.subject, self.visits[visit])

    def room(self, visit: str, room: str) -> None:
        """The patient is shown into a room."""
        scheduling.room(self.subject, self.visits[visit], self.places[room])

    def check_out(self, visit: str) -> None:
        """The patient leaves."""
        scheduling.check_out(self.subject, self.visits[visit])

    # ------------------------------------------------------------------------------------------ billing

    def add_line(self, visit: str, code: str, pointers: list[int]) -> None:
        """A charge that was forgotten: the superbill goes back to review, gets its line, and is approved again."""
        with transaction(self.subject):
            number = Superbill.objects.get(practice=self.practice.pk, appointment=self.visits[visit]).pk
        charges.reopen(self.subject, number, "A charge was forgotten.")
        held = bills.superbill(self.subject, number)
        lines = [
            charges.Procedure(line.code, list(line.modifiers), line.units, list(line.pointers)) for line in held.lines
        ]
        lines.append(charges.Procedure(code, pointers=pointers))
        charges.amend(self.subject, number, lines, held.diagnoses)

    def evening(self, day: int) -> None:
        """The biller approves what is clean, oldest first, one after the other: in this order the claims are built."""
        with transaction(self.subject):
            waiting = list(Superbill.objects.filter(practice=self.practice.pk, status="review"))
        for bill in sorted(waiting, key=lambda one: (one.service_date, self._visit_of(one.appointment))):
            if not any(finding["severity"] == "error" for finding in bill.findings):
                charges.approve(self.subject, bill.pk)
                outbox.deliver_all(self.practice.pk)

    def send(self) -> None:
        """Then what was built goes out."""
        claims.send_ready(self.subject)
        claims.send_pending(self.subject)

    def _visit_of(self, appointment: str) -> str:
        return next((key for key, known in self.visits.items() if known == appointment), "")


def furnish(subject: Subject) -> dict[str, int]:
    """Site, rooms, clinicians and visit types of a half; their numbers by name."""
    found = {"site": setup.add_site(subject, **story.SITE)}
    for name in story.ROOMS:
        found[name] = setup.add_room(subject, name, found["site"])
    for code, name, minutes, template in story.KINDS:
        setup.add_visit_type(subject, code, name, minutes, note_template=template, new_patient=code == "new")
    for who, details in story.CLINICIANS.items():
        found[who] = setup.add_provider(subject, **details, site_id=found["site"]).resource_id
    return found


def _person(about: dict[str, Any]) -> Person:
    born = date.fromisoformat(about["birth_date"])
    return Person(**{**about, "birth_date": born, "address": Address(**about["address"])})


def _card(about: dict[str, Any]) -> coverage.Card:
    copay = about.get("printed_copay")
    return coverage.Card(
        **{
            **about,
            "effective": date.fromisoformat(about["effective"]),
            "printed_copay": Decimal(copay) if copay else None,
        }
    )
