"""Payment plans over the books: what is paid counts, what is missed is somebody's work, and aging follows the plan."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.money.office import DAY, NOW

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Forbidden, Invalid

D = Decimal


def _owing(office, amount="150", on=DAY):
    patient = office.patient()
    office.charge(patient, [("99213", amount)], on=on, self_pay=True)
    return patient


def _agree(office, patient, each="50", first=date(2026, 3, 20), **given):
    from chartdesk.pms.statements import plans

    return plans.agree(office.subject, patient, each=D(each), first=first, **given)


def _pay(office, patient, amount, key, **given):
    from chartdesk.pms.statements import commands

    return commands.take_payment(office.subject, patient, D(amount), "cash", idempotency_key=key, **given)


def _aged(office, patient):
    from chartdesk.pms.statements import queries

    return {name: due for name, due in queries.account(office.subject, patient).aging.items() if due}


def _standing(office, plan):
    from chartdesk.pms.statements import plan_queries

    return plan_queries.plan(office.subject, plan.pk).standing


def test_a_plan_ages_from_its_instalments_and_ends_when_paid(office):
    from chartdesk.pms.statements import plan_queries, plans

    patient = _owing(office, on=DAY - timedelta(days=100))
    assert _aged(office, patient) == {"91-120": D("150.00")}
    plan = _agree(office, patient)
    assert _aged(office, patient) == {"not due": D("150.00")}
    with clock.at(NOW + timedelta(days=20)):  # April 5: the first is missed
        assert _aged(office, patient) == {"not due": D("100.00"), "0-30": D("50.00")}
        assert plans.look_after(office.subject) == 1
        (item,) = office.items("plan_missed")
        assert item.amount == D("50.00")
        _pay(office, patient, "70", "a")
        assert _aged(office, patient) == {"not due": D("80.00")}
        assert plans.look_after(office.subject) == 0
        assert office.items("plan_missed") == []
        assert [one.state for one in _standing(office, plan).steps] == ["paid", "part", "coming"]
        _pay(office, patient, "80", "b")
        found = plan_queries.plans(office.subject, patient)[0]
        assert (found.plan.state, found.standing.left) == ("done", 0)
    office.books()


def test_what_is_charged_later_is_not_of_the_plan_and_is_paid_first(office):
    patient = _owing(office)
    plan = _agree(office, patient)
    office.charge(patient, [("87880", "30")], self_pay=True)
    _pay(office, patient, "40", "a")
    assert _standing(office, plan).paid == D("10.00")
    office.charge(patient, [("87880", "30")], on=DAY + timedelta(days=1), self_pay=True)
    _pay(office, patient, "40", "b", plan=True)
    assert _standing(office, plan).paid == D("50.00")
    assert _aged(office, patient) == {"not due": D("100.00"), "0-30": D("30.00")}


def test_a_voided_payment_makes_its_instalment_missed_again(office):
    from chartdesk.pms.statements import commands

    patient = _owing(office)
    plan = _agree(office, patient)
    payment = _pay(office, patient, "50", "a")
    assert _standing(office, plan).paid == D("50.00")
    commands.void_payment(office.subject, payment.pk, "Mistyped")
    assert _standing(office, plan).paid == 0


@pytest.mark.parametrize(
    ("each", "first", "every", "where"),
    [
        ("10", date(2026, 3, 20), "month", "each"),
        ("50", date(2026, 3, 1), "month", "first"),
        ("50", date(2026, 3, 20), "year", "every"),
    ],
)
def test_what_the_practice_does_not_agree_to(office, each, first, every, where):
    with pytest.raises(Invalid) as raised:
        _agree(office, _owing(office), each, first, every=every)
    assert raised.value.where == where


def test_nothing_is_planned_twice_and_the_desk_ends_no_plan(office):
    from dataclasses import replace

    from chartdesk.pms.statements import plans
    from chartdesk.record.access.subject import Role

    patient = _owing(office)
    plan = _agree(office, patient)
    with pytest.raises(Conflict, match="owes nothing that could"):
        _agree(office, patient)
    desk = replace(office.subject, roles=frozenset({Role.FRONT_DESK}))
    with pytest.raises(Forbidden):
        plans.end(desk, plan.pk, "x")
    plans.end(office.subject, plan.pk, "Moved away")
    assert _aged(office, patient) == {"0-30": D("150.00")}
    with pytest.raises(Conflict):
        plans.end(office.subject, plan.pk, "Again")
    assert _agree(office, patient).pk != plan.pk


def test_the_shift_of_aging_is_nought_in_all(office):
    from chartdesk.pms.statements import plan_queries

    for days in (0, 40, 100):
        _agree(office, _owing(office, on=DAY - timedelta(days=days)))
    shift = plan_queries.aging_shift(office.subject, NOW.date())
    assert shift["not due"] == D("450.00") and sum(shift.values()) == 0


def test_aging_as_of_a_day_counts_the_plans_of_that_day(office):
    from chartdesk.pms.statements import plan_queries, plans

    patient = _owing(office, on=DAY - timedelta(days=100))
    before, day = NOW.date() - timedelta(days=1), NOW.date()
    plan = _agree(office, patient)
    with clock.at(NOW + timedelta(days=10)):
        plans.end(office.subject, plan.pk, "Moved away")
        days = (before, day, day + timedelta(days=9), day + timedelta(days=10))
        shifts = [plan_queries.aging_shift(office.subject, on, [patient])["not due"] for on in days]
        assert shifts == [0, 150, 100, 0]
