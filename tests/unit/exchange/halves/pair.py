"""Two practices, one with the PMS and one with the EHR, joined by HL7 v2 messages that are handed across."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

#: Monday morning in New York.
NOW = datetime(2026, 3, 2, 13, tzinfo=UTC)
DAY = NOW.date()
ZONE = ZoneInfo("America/New_York")
NPI = "1234567893"
_numbers = itertools.count(1)
SECTIONS = {"subjective": "Sore throat.", "objective": "Red.", "assessment": "Strep.", "plan": "Penicillin V."}


@dataclass
class Half:
    """A practice that runs one half, or both."""

    subject: Any
    practitioner: str
    provider: int
    site: int
    out: str = "handoff"
    seen: int = 0
    sent: list[bytes] = field(default_factory=list)

    @property
    def desk(self) -> Any:
        from chartdesk.record.access import Role

        return replace(self.subject, actor="user:1", name="Dee Front", roles=frozenset({Role.FRONT_DESK}))

    @property
    def clinician(self) -> Any:
        from chartdesk.record.access import Role

        roles = frozenset({Role.CLINICIAN})
        return replace(self.subject, actor="user:2", name="Ana Reed", roles=roles, practitioner=self.practitioner)

    @property
    def biller(self) -> Any:
        from chartdesk.record.access import Role

        return replace(self.subject, actor="user:3", name="Bo Bill", roles=frozenset({Role.BILLER}))

    def register(self, family: str, given: str = "Ida", **person: Any) -> str:
        from chartdesk.pms.registration.commands import register
        from chartdesk.pms.registration.people import Guarantor, Person, Registration

        person = {"birth_date": date(1980, 5, 6), "sex": "female", **person}
        wanted = Registration(Person(family=family, given=given, **person), [], Guarantor("self", None))
        return register(self.desk, wanted, confirmed_distinct=True).patient_id

    def insure(self, patient: str, member: str = "M000001", **card: Any) -> str:
        from chartdesk.pms.coverage import commands as coverage

        return coverage.add_coverage(self.desk, patient, coverage.Card("ACME1", 1, member, plan_name="Gold", **card))

    def book(self, patient: str, hour: int, minute: int = 0, reason: str = "sore throat") -> str:
        from chartdesk.pms.scheduling import commands

        starts = datetime.combine(DAY, time(hour, minute), tzinfo=ZONE)
        wanted = commands.BookingRequest(patient, self.provider, self.site, "sick", starts, minutes=10, reason=reason)
        return commands.book(self.desk, wanted).appointment_id

    def sign(self, encounter: str, **content: Any) -> None:
        from chartdesk.ehr.charting import commands, queries

        note = queries.note(self.clinician, encounter)
        given = {
            "diagnoses": [commands.Diagnosis("J02.0"), commands.Diagnosis("E11.9")],
            "procedures": [
                commands.Procedure("99213", ["25"], Decimal(1), [1, 2]),
                commands.Procedure("87880", [], Decimal(2), [1]),
            ],
            "minutes": 21,
            **content,
        }
        commands.save_note(
            self.clinician, note.note_id, commands.NoteContent(sections=SECTIONS, **given), version=note.version
        )
        commands.sign(self.clinician, note.note_id, version=note.version + 1)

    def deliver(self) -> None:
        """Let the outbox do all that waits."""
        from chartdesk.kit import outbox
        from chartdesk.kit.models import OutboxDelivery

        outbox.deliver_all(self.subject.practice)
        stuck = OutboxDelivery.objects.filter(practice=self.subject.practice).exclude(state="done")
        assert [(row.event.kind, row.error) for row in stuck] == []

    def said(self) -> list[bytes]:
        """What was queued for the other half since the last time."""
        from chartdesk.exchange.engine.models import InterfaceMessage, MessageContent
        from chartdesk.kit.transactions import transaction

        with transaction(self.subject):
            rows = InterfaceMessage.objects.filter(
                practice=self.subject.practice, direction="out", pk__gt=self.seen
            ).order_by("pk")
            numbers = list(rows.values_list("pk", flat=True))
            contents = {
                one.message: bytes(one.raw)
                for one in MessageContent.objects.filter(practice=self.subject.practice, message__in=numbers)
            }
        self.seen = max([self.seen, *numbers])
        found = [contents[number] for number in numbers]
        self.sent += found
        return found

    def hear(self, raws: list[bytes], channel: str = "in") -> list[Any]:
        """Take messages from the other half; what became of each."""
        from chartdesk.exchange.engine import receiving, routing
        from chartdesk.exchange.engine.models import Channel, InterfaceMessage
        from chartdesk.kit.transactions import transaction

        with transaction(self.subject):
            row = Channel.objects.get(practice=self.subject.practice, name=channel)
        numbers = [one.message_id for one in receiving.accept(row, raws, peer="test")]
        routing.work_all(self.subject.practice)
        with transaction(self.subject):
            rows = {one.pk: one for one in InterfaceMessage.objects.filter(practice=self.subject.practice)}
        return [rows[number] for number in numbers]


def open_half(mode: str, **settings: Any) -> Half:
    """A practice that runs one half (or both: unified), with a provider, a site and channels."""
    from chartdesk.exchange.engine import steering
    from chartdesk.exchange.engine.documents import (
        ChannelDocument,
        Destination,
        FolderTarget,
        HttpsSource,
        RecordTarget,
    )
    from chartdesk.pms.charges import commands as charges
    from chartdesk.pms.coverage import commands as coverage
    from chartdesk.pms.scheduling import setup
    from chartdesk.record.access import people
    from chartdesk.record.access.subject import system

    number = f"{os.getpid()}-{next(_numbers)}"
    carrier = {} if mode == "unified" else {"handoff_carrier": "hl7v2"}
    practice = people.open_practice(
        f"half-{number}", f"Half {number}", npi="1993999998", settings={"mode": mode, **carrier, **settings}
    )
    subject = system(practice.pk, "test")
    site = setup.add_site(subject, name="Main Street")
    setup.add_site(subject, name="Second Street")
    provider = setup.add_provider(subject, family="Reed", given="Ana", credential="MD", npi=NPI, site_id=site)
    setup.add_room(subject, "Exam 1", site)
    setup.add_visit_type(subject, "sick", "Sick visit", 10)
    setup.set_hours(subject, provider.resource_id, site_id=site, weekday=0, starts=time(8), ends=time(18))
    if mode != "ehr":
        coverage.add_payer(subject, coverage.PayerDetails("ACME1", "Acme PPO"))
        fees = [("99213", "Office visit, low", Decimal(140)), ("87880", "Rapid strep test", Decimal(32))]
        charges.set_fees(subject, "standard", date(2026, 1, 1), fees)
    nowhere = [Destination(name="other-half", transport=FolderTarget(path="out"))]
    steering.save(subject, ChannelDocument(name="handoff", direction="out", destinations=nowhere))
    steering.save(
        subject,
        ChannelDocument(
            name="in",
            source=HttpsSource(),
            unknown_patient="create" if mode == "ehr" else "hold",
            options={"halves": {"own_half": True}},
            destinations=[Destination(name="record", transport=RecordTarget())],
        ),
    )
    return Half(subject, provider.practitioner, provider.resource_id, site)


@dataclass
class Joined:
    """The two halves. ``mix`` may change what goes across: its order, its number."""

    pms: Half
    ehr: Half
    mix: Callable[[list[bytes]], list[bytes]] = lambda raws: raws

    def settle(self) -> list[Any]:
        """Let both sides act and talk until nobody has anything to say; what became of the messages."""
        from chartdesk.kit import clock

        heard: list[Any] = []
        for _ in range(20):
            moved = False
            for one, other in ((self.pms, self.ehr), (self.ehr, self.pms)):
                with clock.at(clock.now() + timedelta(milliseconds=1)):
                    one.deliver()
                    raws = self.mix(one.said())
                    if raws:
                        heard += other.hear(raws)
                        other.deliver()
                        moved = True
            if not moved:
                return heard
        raise AssertionError("the two never come to an end")
