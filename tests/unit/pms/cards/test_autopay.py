"""Instalments that a stored card pays: each once, tried again after a decline, and then a person's work."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.money.office import NOW
from tests.unit.pms.cards.test_charging import card, owing, till

from chartdesk.kit import clock

__all__ = ["till"]
D = Decimal


def _plan(office, gateway, behavior):
    from chartdesk.pms.statements import plans

    patient = owing(office, "90")
    number = card(office, gateway, patient, behavior)
    return plans.agree(office.subject, patient, each=D("30"), first=NOW.date(), card=number)


def _run(office, days):
    from chartdesk.pms.cards import autopay

    with clock.at(NOW + timedelta(days=days)):
        return autopay.run(office.subject)


@pytest.mark.parametrize("behavior", ["approved"])
def test_each_instalment_is_charged_once_on_its_day(till, gateway, behavior):
    from chartdesk.pms.statements import plan_queries

    plan = _plan(till, gateway, behavior)
    assert [_run(till, days) for days in (0, 0, 1, 30, 31, 31, 61)] == [1, 0, 0, 0, 1, 0, 1]
    assert gateway.charged() == [("succeeded", 3000)] * 3
    assert plan_queries.plan(till.subject, plan.pk).plan.state == "done"
    till.books()


def test_a_declined_instalment_is_tried_again_and_then_somebody_calls(till, gateway):
    plan = _plan(till, gateway, "declined")
    assert [_run(till, days) for days in (0, 1, 3, 4, 6, 9)] == [0] * 6
    assert gateway.charged() == [("declined", 3000)] * 3
    assert [one.key for one in till.items("autopay_declined")] == [str(plan.pk)]


def test_an_unknown_instalment_waits_for_its_end(till, gateway):
    from chartdesk.pms.cards import settling

    _plan(till, gateway, "dropped_charged")
    assert _run(till, 0) == 0
    assert _run(till, 5) == 0
    with clock.at(NOW + timedelta(days=5)):
        assert settling.ask_again(till.subject) == 1
    assert gateway.charged() == [("succeeded", 3000)]
    assert till.balance("card") == D("30.00")


def test_a_new_card_is_tried_where_the_old_one_was_declined(till, gateway):
    from chartdesk.pms.statements import plans

    plan = _plan(till, gateway, "declined")
    assert [_run(till, days) for days in (0, 3, 6, 9)] == [0] * 4
    plans.pay_by_card(till.subject, plan.pk, card(till, gateway, plan.patient))
    assert _run(till, 9) == 1
    assert till.items("autopay_declined") == []
    assert till.balance("card") == D("30.00")


def test_what_was_paid_by_hand_is_nobodys_work_any_more(till, gateway):
    from chartdesk.pms.statements import commands

    plan = _plan(till, gateway, "declined")
    assert [_run(till, days) for days in (0, 3, 6)] == [0] * 3
    assert len(till.items("autopay_declined")) == 1
    commands.take_payment(till.subject, plan.patient, D("30"), "cash", idempotency_key="hand")
    assert _run(till, 7) == 0
    assert till.items("autopay_declined") == []


def test_an_instalment_that_was_taken_back_is_not_charged_again_by_itself(till, gateway):
    from chartdesk.pms.cards.models import CardOperation
    from chartdesk.pms.statements import commands

    plan = _plan(till, gateway, "approved")
    assert _run(till, 0) == 1
    from chartdesk.kit.transactions import transaction

    with transaction(till.subject):
        (made,) = CardOperation.objects.filter(practice=till.subject.practice)
    commands.void_payment(till.subject, made.payment, "The bank took it away: disputed")
    assert [_run(till, days) for days in (4, 8)] == [0, 0]
    assert gateway.charged() == [("succeeded", 3000)]
    (item,) = till.items("autopay_declined")
    assert item.key == str(plan.pk) and "taken back" in item.detail
