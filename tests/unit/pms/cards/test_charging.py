"""Cards: one click charges once whatever is late, lost or told twice; what is not known is asked for."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.money.office import NOW, Office

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound


@pytest.fixture
def till(office, gateway):
    """The office with the gateway in use."""
    from chartdesk.pms.cards import connections

    connections.use(gateway.adapter)
    yield office
    connections.use(None)


def card(office: Office, gateway, patient: str, behavior: str = "approved") -> int:
    """A card on file."""
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.cards.models import StoredCard

    with transaction(office.subject):
        return StoredCard.objects.create(
            practice=office.subject.practice, patient=patient, token=gateway.token(behavior), brand="visa",
            last4="0000", month=12, year=2039, kept=True, created=clock.now(),
        ).pk  # fmt: skip


def owing(office: Office, amount: str = "140") -> str:
    """A patient who owes ``amount``."""
    patient = office.patient()
    office.charge(patient, [("99213", amount)], self_pay=True)
    return patient


def charge(office, patient, number, amount="25.00", key="click"):
    from chartdesk.pms.cards import commands

    return commands.charge(office.subject, patient, Decimal(amount), card_id=number, key=key)


def later(minutes: int):
    return clock.at(NOW + timedelta(minutes=minutes))


def test_a_charge_that_goes_through_is_a_payment(till, gateway):
    from chartdesk.pms.statements import queries

    patient = owing(till)
    made = charge(till, patient, card(till, gateway, patient))
    assert made.state == "succeeded"
    assert till.balance("card") == Decimal("25.00")
    (payment,) = queries.payments(till.subject, patient)
    assert (payment.pk, payment.method) == (made.payment, "card")
    assert payment.reference == f"ending 0000, {made.authorization}"
    assert queries.balances(till.subject, patient).patient == Decimal("115.00")
    till.books()


def test_the_same_click_from_four_processes_charges_once(till, gateway):
    from django.db import connection

    patient = owing(till)
    number, ready = card(till, gateway, patient), threading.Barrier(4)

    def click(_):
        try:
            connection.ensure_connection()
            ready.wait()
            with clock.at(NOW):
                return charge(till, patient, number).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(click, range(4)))) == 1
    assert gateway.charged() == [("succeeded", 2500)]
    assert till.balance("card") == Decimal("25.00")


def test_a_declined_card_pays_nothing_and_says_why(till, gateway):
    patient = owing(till)
    made = charge(till, patient, card(till, gateway, patient, "insufficient_funds"))
    assert (made.state, made.code) == ("declined", "insufficient_funds")
    assert "not enough" in made.message
    assert till.balance("card") == 0
    assert charge(till, patient, card(till, gateway, patient), key="another").state == "succeeded"


@pytest.mark.parametrize("behavior", ["timeout_charged", "dropped_charged", "error_charged"])
def test_a_lost_answer_is_asked_for_and_posted_once(till, gateway, behavior):
    from chartdesk.pms.cards import settling

    patient = owing(till)
    number = card(till, gateway, patient, behavior)
    made = charge(till, patient, number)
    assert made.state == "unknown" and till.balance("card") == 0
    assert [one.key for one in till.items("card_unknown")] == [str(made.pk)]
    with pytest.raises(Conflict, match="not known yet"):
        charge(till, patient, number, key="impatient")
    with later(1):
        assert settling.ask_again(till.subject) == 1
        assert settling.ask_again(till.subject) == 0
    assert till.balance("card") == Decimal("25.00")
    assert gateway.charged() == [("succeeded", 2500)]
    assert till.items("card_unknown") == []
    assert charge(till, patient, number).state == "succeeded"  # the same click, once more


def test_what_never_arrived_is_given_up_only_when_it_cannot_arrive_any_more(till, gateway):
    from chartdesk.pms.cards import settling

    patient = owing(till)
    number = card(till, gateway, patient, "timeout_not_charged")
    made = charge(till, patient, number)
    assert made.state == "unknown"
    with later(5):
        assert settling.ask_again(till.subject) == 0
    with later(16):
        assert settling.ask_again(till.subject) == 1
        found = charge(till, patient, number)
    assert (found.state, found.code) == ("not_done", "never_arrived")
    assert till.balance("card") == 0 and gateway.charged() == []


def test_an_event_settles_what_was_given_up_and_comes_twice(till, gateway):
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.cards import settling
    from chartdesk.pms.cards.connections import GatewayEvent, Outcome
    from chartdesk.pms.cards.models import CardOperation

    patient = owing(till)
    made = charge(till, patient, card(till, gateway, patient, "timeout_not_charged"))
    with later(16):
        settling.ask_again(till.subject)
    with transaction(till.subject):
        key = CardOperation.objects.get(pk=made.pk).gateway_key
    told = GatewayEvent("ev1", "charge.succeeded", till.subject.practice, made.pk, key, Outcome("succeeded", "ch9"))
    assert settling.take_event(told)
    assert not settling.take_event(told)
    assert till.balance("card") == Decimal("25.00")
    stranger = GatewayEvent("ev2", "charge.succeeded", till.subject.practice, made.pk, "no", Outcome("succeeded"))
    assert not settling.take_event(stranger)


def test_a_dispute_is_somebodys_work(till, gateway):
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.cards import settling
    from chartdesk.pms.cards.connections import GatewayEvent, Outcome
    from chartdesk.pms.cards.models import CardOperation

    patient = owing(till)
    made = charge(till, patient, card(till, gateway, patient, "disputed"))
    with transaction(till.subject):
        key = CardOperation.objects.get(pk=made.pk).gateway_key
    told = GatewayEvent("ev3", "charge.disputed", till.subject.practice, made.pk, key, Outcome("succeeded"))
    assert settling.take_event(told)
    assert [one.amount for one in till.items("card_disputed")] == [Decimal("25.00")]
    assert till.balance("card") == Decimal("25.00")


def test_a_typed_card_is_charged_when_the_desk_says_so(till, gateway):
    from chartdesk.pms.cards import commands, queries

    patient = owing(till)
    made, page = commands.begin(
        till.subject, patient, Decimal("40"), key="f", return_url="http://127.0.0.1/cards/{operation}/back"
    )
    with pytest.raises(Conflict, match="No card was typed"):
        commands.complete(till.subject, made.pk)
    back = gateway.type_card(page).headers["Location"]
    assert back.startswith(f"http://127.0.0.1/cards/{made.pk}/back?session=")
    assert gateway.charged() == []
    assert commands.complete(till.subject, made.pk, keep=True).state == "succeeded"
    assert commands.complete(till.subject, made.pk).state == "succeeded"
    assert gateway.charged() == [("succeeded", 4000)]
    (kept,) = queries.cards(till.subject, patient)
    assert kept.words.endswith("12/2039")
    commands.remove_card(till.subject, kept.pk)
    assert queries.cards(till.subject, patient) == []
    with pytest.raises(NotFound):
        charge(till, patient, kept.pk, key="gone")


def test_the_whole_of_a_payment_goes_back_and_is_owed_again(till, gateway):
    from chartdesk.pms.cards import commands
    from chartdesk.pms.statements import queries

    patient = owing(till, "25")
    made = charge(till, patient, card(till, gateway, patient))
    give = lambda key: commands.give_back(till.subject, made.payment, Decimal("25"), key=key, reason="Twice")  # noqa: E731
    assert give("r").state == "succeeded"
    assert give("r").state == "succeeded"
    with pytest.raises(Conflict, match=r"\$0\.00 of this charge"):
        give("r2")
    assert queries.balances(till.subject, patient).patient == Decimal("25.00")
    assert till.balance("card") == 0
    till.books()


def test_a_part_goes_back_from_credit_and_returns_where_the_card_refuses(till, gateway):
    from chartdesk.pms.cards import commands
    from chartdesk.pms.statements import queries

    patient = owing(till, "20")
    good = charge(till, patient, card(till, gateway, patient), "30.00")
    with pytest.raises(Conflict, match=r"credit is \$10\.00"):
        commands.give_back(till.subject, good.payment, Decimal("11"), key="r1", reason="Too much")
    assert commands.give_back(till.subject, good.payment, Decimal("4"), key="r2", reason="x").state == "succeeded"
    assert queries.balances(till.subject, patient).credit == Decimal("6.00")
    assert till.balance("card") == Decimal("26.00")
    stubborn = charge(till, patient, card(till, gateway, patient, "refund_declined"), "30.00", key="c2")
    refused = commands.give_back(till.subject, stubborn.payment, Decimal("5"), key="r3", reason="x")
    assert refused.state == "declined"
    assert queries.balances(till.subject, patient).credit == Decimal("36.00")
    till.books()


def test_a_closed_day_refuses_before_anything_is_charged(till, gateway):
    from dataclasses import replace

    from chartdesk.pms.statements import tills
    from chartdesk.record.access.subject import Role

    patient = owing(till)
    number = card(till, gateway, patient)
    desk = replace(till.subject, roles=frozenset({Role.FRONT_DESK}), actor="user:1", name="Pat Desk")
    tills.close(till.subject, tills.today(till.subject))
    from chartdesk.pms.cards import commands

    with pytest.raises(Conflict, match="was closed by"):
        commands.charge(desk, patient, Decimal("25"), card_id=number, key="late")
    assert gateway.charged() == []


def test_money_that_comes_after_the_close_stands_on_the_next_day(till, gateway):
    from chartdesk.pms.cards import settling
    from chartdesk.pms.statements import queries, tills

    patient = owing(till)
    charge(till, patient, card(till, gateway, patient, "dropped_charged"))
    today = tills.today(till.subject)
    tills.close(till.subject, today)
    with later(1):
        assert settling.ask_again(till.subject) == 1
    (payment,) = queries.payments(till.subject, patient)
    assert payment.day == today + timedelta(days=1)


def test_nobody_charges_what_is_not_theirs_to_charge(till, gateway):
    from dataclasses import replace

    from chartdesk.pms.cards import commands
    from chartdesk.record.access.subject import Role

    patient, other = owing(till), owing(till)
    number = card(till, gateway, patient)
    with pytest.raises(NotFound):
        charge(till, other, number)
    with pytest.raises(Invalid):
        charge(till, patient, number, "0")
    with pytest.raises(Invalid):
        charge(till, patient, number, key=" ")
    clinician = replace(till.subject, roles=frozenset({Role.CLINICIAN}))
    with pytest.raises(Forbidden):
        commands.charge(clinician, patient, Decimal("5"), card_id=number, key="k")
    assert gateway.charged() == []
    charge(till, patient, number)
    with pytest.raises(Conflict, match="another payment"):
        charge(till, patient, number, "26.00")


def test_a_voided_payment_is_not_given_back_as_well(till, gateway):
    from chartdesk.pms.cards import commands
    from chartdesk.pms.statements import commands as statements

    patient = owing(till, "25")
    made = charge(till, patient, card(till, gateway, patient))
    statements.void_payment(till.subject, made.payment, "The bank took it away")
    with pytest.raises(Conflict, match="was voided"):
        commands.give_back(till.subject, made.payment, Decimal("25"), key="r", reason="Twice")
    assert [row["refunded"] for row in gateway.gateway.store.rows("SELECT refunded FROM charge")] == [0]


def _lost(monkeypatch, gateway):
    """The answer to the next refund gets lost on the way back."""
    from chartdesk.pms.cards.connections import Outcome

    def refund(*given):
        type(gateway.adapter).__mro__[1].refund(gateway.adapter, *given)
        return Outcome("unknown")

    monkeypatch.setattr(gateway.adapter, "refund", refund)


@pytest.mark.parametrize("amount", ["25", "5"])
def test_nobody_voids_what_is_on_its_way_to_a_card(till, gateway, monkeypatch, amount):
    from dataclasses import replace

    from chartdesk.pms.cards import commands, settling
    from chartdesk.pms.statements import commands as statements
    from chartdesk.pms.statements import queries
    from chartdesk.record.access.subject import Role

    biller = replace(till.subject, roles=frozenset({Role.BILLER}), actor="user:7", name="Pat Biller")
    patient = owing(till, "20")
    made = charge(till, patient, card(till, gateway, patient))
    _lost(monkeypatch, gateway)
    back = commands.give_back(biller, made.payment, Decimal(amount), key="r", reason="Too much")
    assert back.state == "unknown"
    for payment in queries.payments(till.subject, patient):
        with pytest.raises(Conflict, match="not known yet whether the card took"):
            statements.void_payment(biller, payment.pk, "In haste")
    with later(1):
        assert settling.ask_again(till.subject) == 1
    assert till.balance("card") == Decimal("25.00") - Decimal(amount)
    till.books()


def test_a_refund_that_was_given_up_and_went_through_after_all_is_in_the_books(till, gateway, monkeypatch):
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.cards import commands, settling
    from chartdesk.pms.cards.connections import GatewayEvent, Outcome
    from chartdesk.pms.cards.models import CardOperation
    from chartdesk.pms.statements import queries

    patient = owing(till, "20")
    made = charge(till, patient, card(till, gateway, patient))
    monkeypatch.setattr(gateway.adapter, "refund", lambda *_: Outcome("unknown"))
    back = commands.give_back(till.subject, made.payment, Decimal("5"), key="r", reason="Too much")
    with later(16):
        assert settling.ask_again(till.subject) == 1
    assert queries.balances(till.subject, patient).credit == Decimal("5.00")
    till.charge(patient, [("87880", "3")], self_pay=True)
    from chartdesk.pms.statements import commands as statements

    assert statements.apply_credit(till.subject, patient) == Decimal("3.00")
    with transaction(till.subject):
        key = CardOperation.objects.get(pk=back.pk).gateway_key
    told = GatewayEvent("ev7", "refund.succeeded", till.subject.practice, back.pk, key, Outcome("succeeded", "rf1"))
    with later(17):
        assert settling.take_event(told)
    assert till.balance("card") == Decimal("20.00")
    found = queries.balances(till.subject, patient)
    assert (found.patient, found.credit) == (Decimal("3.00"), 0)
    till.books()
