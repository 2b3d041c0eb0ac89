"""Living through the diary: every step at its hour, by the command that somebody at the practice would have used.

A queue of steps ordered by time; a step may put later ones into it (a note is signed, a claim goes out that
evening, the payer pays two weeks later, the patient pays the statement). After each step the outbox is
delivered, as the worker would have done it.
"""

from __future__ import annotations

import heapq
import itertools
import random
import time as time_module
from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

from chartdesk.app.demo import chart, story
from chartdesk.app.demo.people import Invented
from chartdesk.app.demo.plan import Planned
from chartdesk.app.demo.setup import Place
from chartdesk.exchange.sandbox.program import Sandbox
from chartdesk.kit import clock, outbox
from chartdesk.kit.errors import Conflict
from chartdesk.kit.models import OutboxDelivery
from chartdesk.pms.claims import commands as claims
from chartdesk.pms.coverage import commands as coverage
from chartdesk.pms.coverage import eligibility
from chartdesk.pms.coverage import queries as coverages
from chartdesk.pms.registration import commands as registration
from chartdesk.pms.scheduling import commands as scheduling
from chartdesk.pms.statements import commands as statements
from chartdesk.pms.statements import queries as accounts
from chartdesk.record.access import Role

Step = Callable[[], None]


class Replay:
    """The past of one practice, from the first step in the queue until ``until``.

    Several replays may live through it side by side, each with its share of the patients. ``together`` is where
    they meet every evening; the one that ``leads`` then empties the mailbox and sends the statements.
    """

    def __init__(
        self,
        place: Place,
        sandbox: Sandbox,
        chance: random.Random,
        until: datetime,
        *,
        together: Callable[[], object] = lambda: None,
        leads: bool = True,
    ) -> None:
        self._place, self._sandbox, self._chance, self._until = place, sandbox, chance, until
        self._together, self._leads = together, leads
        self._subject = place.subject()
        self._desk = place.person(Role.FRONT_DESK)
        self._zone = ZoneInfo(story.ZONE)
        self._queue: list[tuple[datetime, int, Step]] = []
        self._order = itertools.count()
        self._streams: list[str] = []
        self._billed: dict[str, datetime] = {}

    def at(self, moment: datetime, step: Step) -> None:
        """Let ``step`` happen at ``moment``; what lies after the end of the replay never does."""
        if moment <= self._until:
            heapq.heappush(self._queue, (moment, next(self._order), step))

    def add(self, visit: Planned) -> None:
        """Put a visit of the diary into the queue."""
        self.at(visit.booked, lambda: self._book(visit))

    def enrol(self, person: Invented, moment: datetime) -> None:
        """Let somebody be registered who has no visit in the diary."""
        self.at(moment, lambda: self._register(person))

    def run(self, progress: Callable[[datetime], None]) -> None:
        """Live through everything in the queue."""
        while self._queue:
            moment, _, step = heapq.heappop(self._queue)
            with clock.at(moment):
                step()
                self._deliver()
            progress(moment)

    def _deliver(self) -> None:
        """Deliver what is due, and wait for what another share is just delivering of our patients.

        Another share may be behind or ahead of us in its day: what it announced happens at its hour.
        """
        outbox.deliver_all(self._subject.practice, replay=True)
        ours = OutboxDelivery.objects.filter(
            practice=self._subject.practice, state="waiting", stream__in=self._streams, due__lte=clock.now()
        )
        while ours.exists():
            time_module.sleep(0.002)
            outbox.deliver_all(self._subject.practice, replay=True)

    # Front desk ---------------------------------------------------------------------------------------

    def _book(self, visit: Planned) -> None:
        person = visit.invented
        if not person.patient_id:
            self._register(person)
        site = self._place.sites[visit.site]
        request = scheduling.BookingRequest(
            patient_id=person.patient_id,
            provider_id=self._place.providers[visit.clinician],
            site_id=site,
            visit_type=visit.case.kind,
            starts=visit.starts,
            reason=visit.case.reason,
        )
        try:
            visit.appointment_id = scheduling.book(self._subject, request).appointment_id
        except Conflict:
            return  # the diary is drawn at random; what the book refuses does not take place
        day_before = visit.starts - timedelta(days=1)
        if visit.booked.date() < visit.starts.date():
            self.at(day_before.replace(hour=13, minute=0), lambda: self._ask_payer(visit))
        else:
            self._ask_payer(visit)
        if visit.outcome == "cancelled":
            self.at(max(visit.booked, day_before), lambda: self._cancel(visit))
            return
        if self._chance.random() < 0.7 and visit.booked.date() < visit.starts.date():
            self.at(max(visit.booked, day_before + timedelta(hours=2)), lambda: self._confirm(visit))
        if visit.outcome == "noshow":
            self.at(visit.starts + timedelta(minutes=20), lambda: self._no_show(visit))
        else:
            early = timedelta(minutes=self._chance.randint(-4, 14))
            self.at(max(visit.starts - early, clock.now() + timedelta(minutes=2)), lambda: self._arrive(visit))

    def _register(self, person: Invented) -> None:
        person.patient_id = registration.register(
            self._subject, person.registration, confirmed_distinct=True
        ).patient_id
        self._streams.append(f"Patient/{person.patient_id}")
        for card in person.cards:
            coverage.add_coverage(self._subject, person.patient_id, card)
        chart.history(self._subject, person, self._chance)

    def _ask_payer(self, visit: Planned) -> None:
        day = visit.starts.date()
        for known in coverages.coverages(self._subject, visit.invented.patient_id, on=day):
            eligibility.check(self._subject, known.coverage_id, service_date=day, appointment_id=visit.appointment_id)

    def _confirm(self, visit: Planned) -> None:
        scheduling.confirm(self._subject, visit.appointment_id)

    def _cancel(self, visit: Planned) -> None:
        reason = self._chance.choice(("Feels better", "Has to work", "No ride", "Asked for another day"))
        scheduling.cancel(self._subject, visit.appointment_id, reason)

    def _no_show(self, visit: Planned) -> None:
        scheduling.no_show(self._subject, visit.appointment_id)

    def _arrive(self, visit: Planned) -> None:
        scheduling.check_in(self._subject, visit.appointment_id)
        self._take_copay(visit)
        wait = timedelta(minutes=self._chance.randint(3, 22))
        self.at(clock.now() + wait, lambda: self._room(visit))

    def _take_copay(self, visit: Planned) -> None:
        check = coverages.latest_check(self._subject, visit.invented.patient_id, appointment_id=visit.appointment_id)
        if check is None or not check.copay or visit.case.kind == "wellness" or self._chance.random() < 0.25:
            return
        statements.take_payment(
            self._desk, visit.invented.patient_id, check.copay, self._chance.choice(("card", "card", "cash")),
            idempotency_key=f"copay-{visit.appointment_id}", appointment_id=visit.appointment_id,
        )  # fmt: skip

    # Clinic -------------------------------------------------------------------------------------------

    def _room(self, visit: Planned) -> None:
        rooms = [room for room, site in self._place.rooms if site == visit.site]
        try:
            scheduling.room(self._subject, visit.appointment_id, room_id=self._chance.choice(rooms))
        except Conflict:
            scheduling.room(self._subject, visit.appointment_id)
        length = timedelta(minutes=self._chance.randint(9, 24))
        self.at(clock.now() + length, lambda: self._leave(visit))

    def _leave(self, visit: Planned) -> None:
        chart.write(self._subject, visit, self._place.practitioners[visit.clinician], self._chance)
        scheduling.check_out(self._subject, visit.appointment_id)
        if visit.signed:
            late = self._chance.choices((timedelta(minutes=5), timedelta(hours=3), timedelta(hours=20)), (70, 22, 8))[0]
            self.at(clock.now() + late, lambda: self._sign(visit))

    def _sign(self, visit: Planned) -> None:
        chart.sign(self._subject, visit, self._place.practitioners[visit.clinician])

    # Billing ------------------------------------------------------------------------------------------

    def evenings(self, first: datetime) -> None:
        """Every evening the mailbox is emptied both ways; on Fridays statements go out."""
        day = first.astimezone(self._zone).date()
        while day <= self._until.astimezone(self._zone).date():
            self.at(datetime.combine(day, time(18, 30), self._zone), self._evening)
            day += timedelta(days=1)

    def _evening(self) -> None:
        self._together()
        if self._leads:
            outbox.deliver_all(self._subject.practice, replay=True)
            claims.send_pending(self._subject)
            self._sandbox.cycle(clock.now())
            claims.collect(self._subject)
            if clock.now().astimezone(self._zone).weekday() == 4:
                self._bill_patients()
        self._together()

    def _bill_patients(self) -> None:
        """A statement for everybody who owes something and had none for four weeks; some pay it."""
        lately = clock.now() - timedelta(days=27)
        for row in accounts.patients_owing(self._subject, at_least=Decimal("5.00")):
            patient, amount = row.patient_id, row.balance
            if self._billed.get(patient, lately) > lately:
                continue
            self._billed[patient] = clock.now()
            statements.issue_statement(self._subject, patient)
            if self._chance.random() < 0.5:
                days = timedelta(days=self._chance.randint(3, 16), hours=-self._chance.randint(1, 9))
                self.at(clock.now() + days, partial(self._pay, patient, amount))

    def _pay(self, patient: str, amount: Decimal) -> None:
        owed = accounts.account(self._subject, patient).balance_patient
        if owed > 0:
            statements.take_payment(
                self._desk, patient, min(owed, amount), self._chance.choice(("check", "card", "card")),
                idempotency_key=f"demo-{patient}-{clock.now():%Y%m%d%H%M}",
            )  # fmt: skip
