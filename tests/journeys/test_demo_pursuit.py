"""The last chapter of the demo: what its office does about money that does not come by itself."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.money.office import NOW, Cut, Paid, decided, open_office, remittance, write_835

from chartdesk.app.demo import laboratory, pursuit, setup, story
from chartdesk.ehr.orders.models import Order, Result
from chartdesk.exchange.card_sandbox.gateway import Gateway
from chartdesk.kit import clock
from chartdesk.kit.transactions import transaction
from chartdesk.pms.authorizations.models import Authorization, VisitAuthorization
from chartdesk.pms.cards import connections
from chartdesk.pms.cards.models import CardOperation
from chartdesk.pms.claims import subscriptions
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.follow_up.models import Appeal
from chartdesk.pms.remittance.models import Denial
from chartdesk.pms.scheduling import commands as scheduling
from chartdesk.pms.statements.models import Plan


def _visits(place, office) -> None:
    """Three procedures on the days to come, of insured patients."""
    day = NOW.date()
    for _ in range(3):
        day += timedelta(days=1)
        while day.weekday() not in (0, 1, 3):
            day += timedelta(days=1)
        request = scheduling.BookingRequest(
            patient_id=office.patient(), provider_id=place.providers[0], site_id=place.sites[0],
            visit_type="procedure", starts=datetime.combine(day, time(9, 0), ZoneInfo(story.ZONE)), reason="Knee",
        )  # fmt: skip
        scheduling.book(place.subject(), request)


def _past(place, office) -> None:
    """Visits of five patients, some days ago."""
    day = NOW.date() - timedelta(days=6)
    while day.weekday() not in (0, 1, 3):
        day -= timedelta(days=1)
    for number in range(5):
        starts = datetime.combine(day, time(9 + number), ZoneInfo(story.ZONE))
        request = scheduling.BookingRequest(
            patient_id=office.patient(), provider_id=place.providers[0], site_id=place.sites[0],
            visit_type="office", starts=starts, reason="Check-up", outside_hours=True,
        )  # fmt: skip
        with clock.at(starts):
            visit = scheduling.book(place.subject(), request).appointment_id
            for step in (scheduling.check_in, scheduling.room, scheduling.check_out):
                step(place.subject(), visit)


def test_laboratories_report_to_the_demos_clinicians(database, tmp_path):
    with clock.at(NOW):
        place = setup.open_demo(NOW.date() - timedelta(days=60), slug=f"laboratory-{tmp_path.name}"[:50])
        subject = place.subject()
        _past(place, open_office(subject))
        laboratory.report(place, NOW)
        with transaction(subject):
            rows = Result.objects.filter(practice=subject.practice)
            assert Counter(rows.values_list("state", flat=True)) == {"open": 4, "signed": 5}
            assert sorted(rows.filter(state="open").values_list("level", flat=True)) == [0, 1, 1, 2]
            assert rows.filter(practitioner="").count() == 4 and rows.filter(kind="document").count() == 1
            assert set(Order.objects.filter(practice=subject.practice).values_list("status", flat=True)) == {
                "completed"
            }


def test_the_office_pursues_what_is_owed(database, tmp_path):
    subscriptions.connect()
    with clock.at(NOW):
        place = setup.open_demo(NOW.date() - timedelta(days=60), slug=f"pursuit-{tmp_path.name}"[:50])
        subject = place.subject()
        office = open_office(subject)
        _visits(place, office)
        for dollars in ("300", "200", "100"):
            office.charge(office.patient(), [("99213", dollars)], self_pay=True)
        refused = [
            decided(office.claim(), [Paid("99213", "140", "0", [Cut("CO", "197", "140")])], status="4")
            for _ in range(6)
        ]
        office.receive(write_835([remittance(*refused)]))
        pursuit.pursue(place, clock.now(), tmp_path / "gateway")
        with transaction(subject):
            of = {"practice": subject.practice}
            states = Counter(Denial.objects.filter(**of).values_list("state", flat=True))
            assert states == {"open": 3, "appealed": 1, "resubmitted": 1, "written_off": 1}
            assert Denial.objects.filter(**of, owner=pursuit.BILLER).count() == 1
            assert sorted(Appeal.objects.filter(**of).values_list("state", flat=True)) == ["draft", "sent"]
            assert sorted(Plan.objects.filter(**of).values_list("autopay", flat=True)) == [False, True]
            charged = CardOperation.objects.filter(**of, state="succeeded")
            assert sorted(charged.values_list("amount", flat=True)) == [25, 300]
            assert sorted(Authorization.objects.filter(**of).values_list("state", flat=True)) == ["approved", "pended"]
            assert VisitAuthorization.objects.filter(**of).count() == 3
            paper = Claim.objects.get(**of, payer_id=pursuit.PAPER_PAYER)
            assert paper.interchange.kind == "CMS-1500"
    assert not connections.there()
    kept = Gateway(tmp_path / "gateway", "sandbox")
    assert len(kept.store.rows("SELECT 1 FROM charge")) == 2
    kept.close()
