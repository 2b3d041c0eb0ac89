"""What the demo's office has done lately about money that does not come by itself.

After the weeks were lived through: denials that somebody works on, appeals, payment plans, cards, authorizations for
what is to come, and a payer that takes paper. Each by the command that somebody at the practice would have used.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from chartdesk.app import configuration
from chartdesk.app.demo import story
from chartdesk.app.demo.setup import Place
from chartdesk.exchange.card_sandbox import cards as numbers
from chartdesk.exchange.card_sandbox.gateway import Gateway
from chartdesk.exchange.card_sandbox.server import GatewayServer
from chartdesk.exchange.cards import HttpGateway
from chartdesk.kit import outbox
from chartdesk.kit.money import money
from chartdesk.kit.transactions import transaction
from chartdesk.pms.authorizations import commands as authorizations
from chartdesk.pms.authorizations.models import Requirement
from chartdesk.pms.cards import commands as cards
from chartdesk.pms.cards import connections
from chartdesk.pms.charges import circumstances
from chartdesk.pms.charges import commands as charges
from chartdesk.pms.charges.circumstances import Circumstances
from chartdesk.pms.coverage import commands as coverage
from chartdesk.pms.coverage import queries as coverages
from chartdesk.pms.follow_up import appeals
from chartdesk.pms.registration import commands as registration
from chartdesk.pms.registration.people import Address, Person
from chartdesk.pms.remittance import commands as remittance
from chartdesk.pms.remittance.models import Denial
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.pms.statements import plans
from chartdesk.pms.statements import queries as accounts
from chartdesk.record.access.subject import Role, Subject

BILLER = story.BILLER
PAPER_PAYER = "OHWC1"


def pursue(place: Place, now: datetime, gateway_folder: Path) -> None:
    """Do all of it, as of ``now``; the clock says the same. What there is nothing for is left out."""
    subject, today = place.subject(BILLER), now.astimezone(ZoneInfo(story.ZONE)).date()
    _denials(subject)
    with _gateway(gateway_folder) as gateway:
        _patients(place.person(Role.FRONT_DESK), today, gateway)
    _authorizations(subject, now, today)
    _paper(subject, place, today)
    outbox.deliver_all(subject.practice)


def _denials(subject: Subject) -> None:
    """One denial is appealed, of one the appeal is begun, one is sent again, one given up, one belongs to somebody."""
    with transaction(subject):
        rows = Denial.objects.filter(practice=subject.practice, state="open").order_by("-amount", "pk")
        found = list({one.claim: one for one in rows}.values())[:5]
    steps = (_appealed, _begun, _owned, _sent_again, _given_up)
    for denial, step in zip(found, steps, strict=False):
        step(subject, denial)


def _appealed(subject: Subject, denial: Denial) -> None:
    appeals.send(subject, appeals.draft(subject, denial.claim), "portal", number="RB-20417")


def _begun(subject: Subject, denial: Denial) -> None:
    appeals.draft(subject, denial.claim)


def _owned(subject: Subject, denial: Denial) -> None:
    remittance.assign_denial(subject, denial.pk, BILLER)


def _sent_again(subject: Subject, denial: Denial) -> None:
    remittance.settle_denial(subject, denial.pk, "resubmitted", "The payer asked for the note; sent with it.")


def _given_up(subject: Subject, denial: Denial) -> None:
    remittance.settle_denial(subject, denial.pk, "written_off", "Past the time for an appeal, and small.")


def _patients(subject: Subject, today: date, gateway: Gateway) -> None:
    """Those who owe most: one pays by card at once, two agree on instalments, the second of these by the card."""
    owing = accounts.patients_owing(subject, at_least=Decimal(60), limit=3)
    first = today + timedelta(days=14)
    for place, one in enumerate(owing):
        each = max(Decimal(25), money(one.balance / 4))
        if place == 0:
            _card(subject, one.patient_id, money(one.balance), gateway)
        elif place == 1:
            plans.agree(subject, one.patient_id, each=each, first=first)
        else:
            card = _card(subject, one.patient_id, each, gateway)
            plans.agree(subject, one.patient_id, each=each, first=first, card=card)


def _card(subject: Subject, patient_id: str, amount: Decimal, gateway: Gateway) -> int:
    """Charge a card that is typed on the gateway's page, and keep it; its number here."""
    made, page = cards.begin(
        subject, patient_id, amount, key=f"demo-card-{patient_id}", return_url="http://127.0.0.1/cards/{operation}"
    )
    typed = {"number": numbers.number_for("approved"), "month": "12", "year": "2039", "code": "123"}
    gateway.typed(page.rpartition("/")[2], typed)
    card = cards.complete(subject, made.pk, keep=True).card
    assert card is not None
    return int(card.pk)


@contextmanager
def _gateway(folder: Path) -> Iterator[Gateway]:
    """The sandbox's gateway while it is needed; what it charged stays in ``folder`` for the one that runs later."""
    key, secret = (configuration.value(f"CHARTDESK_CARDS_{name}") for name in ("KEY", "SECRET"))
    made = Gateway(folder, secret)
    server = GatewayServer(made, 0, key)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    adapter = HttpGateway(f"http://127.0.0.1:{server.server_address[1]}", key, secret)
    before = connections.current() if connections.there() else None
    connections.use(adapter)
    try:
        yield made
    finally:
        connections.use(before)
        adapter.close()
        server.ending.set()
        server.shutdown()
        thread.join()
        made.close()


def _authorizations(subject: Subject, now: datetime, today: date) -> None:
    """Procedures need an authorization from tomorrow on: one visit has it, one waits for the answer, others need it."""
    tomorrow = today + timedelta(days=1)
    authorizations.demand(
        subject,
        Requirement(
            practice=subject.practice, visit_types=["procedure"], effective=tomorrow, note="Joint injections, ear wax"
        ),
    )
    coming = scheduling.calendar(subject, now + timedelta(days=1), now + timedelta(days=28), statuses=["booked"])
    insured = []
    for visit in coming:
        if visit.visit_type == "procedure":
            known = coverages.coverages(subject, visit.patient_id, on=visit.starts.date())
            insured += [known[0].coverage_id] if known else []
    answers = (
        authorizations.Entered("RB4881207", today, today + timedelta(days=60), 1, note="By phone, with Ms. Ortiz"),
        authorizations.Entered("", today, state="pended", source="portal", note="They want the last X-ray"),
    )
    for coverage_id, answer in zip(dict.fromkeys(insured), answers, strict=False):
        authorizations.enter(subject, coverage_id, answer)


def _paper(subject: Subject, place: Place, today: date) -> None:
    """An injured worker, whose payer takes claims on paper only."""
    coverage.add_payer(
        subject,
        coverage.PayerDetails(
            payer_id=PAPER_PAYER, name="Ohio Workers Compensation Plan", filing_indicator="WC", phone="6145550177",
            line1="30 Spring Street", city="Columbus", state="OH", postal_code="432150001",
            timely_filing_days=365, settings={"paper": True},
        ),
    )  # fmt: skip
    person = Person(
        family="Doyle", given="Frank", birth_date=date(1981, 5, 17), sex="male", phone_mobile="6145550133",
        address=Address("918 Mill Lane", "", "Columbus", "OH", "43215"),
    )  # fmt: skip
    patient = registration.register(subject, registration.Registration(person), confirmed_distinct=True).patient_id
    coverage.add_coverage(subject, patient, coverage.Card(PAPER_PAYER, 1, "WC7745120"))
    hurt = Circumstances(causes=("employment",), accident_on=today - timedelta(days=3))
    charges.capture(
        subject,
        charges.EncounterCharges(
            source_id="demo-paper", encounter_id="", appointment_id="", patient_id=patient,
            practitioner=place.practitioners[0], service_date=today - timedelta(days=2), place_of_service="11",
            signed_at=None, minutes=22, diagnoses=["M54.50"],
            procedures=[charges.Procedure("99213", pointers=[1])], circumstances=circumstances.kept(hurt),
        ),
    )  # fmt: skip
