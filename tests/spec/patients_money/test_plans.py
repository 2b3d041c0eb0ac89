"""Payment plans as arithmetic: their instalments, how they stand on a day, and how what is left of them ages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartdesk.kit.errors import Invalid
from chartdesk.pms.statements import plan_rules

D = Decimal
FIRST = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("total", "each", "every", "expected"),
    [
        ("100", "50", "month", [("2026-01-31", "50"), ("2026-02-28", "50")]),
        ("140", "50", "month", [("2026-01-31", "50"), ("2026-02-28", "50"), ("2026-03-31", "40")]),
        ("100.01", "50", "week", [("2026-01-31", "50"), ("2026-02-07", "50"), ("2026-02-14", "0.01")]),
        ("30", "50", "fortnight", [("2026-01-31", "30")]),
        ("90", "30", "fortnight", [("2026-01-31", "30"), ("2026-02-14", "30"), ("2026-02-28", "30")]),
    ],
)
def test_the_instalments_of_an_agreement(total, each, every, expected):
    made = plan_rules.schedule(D(total), D(each), FIRST, every, 24)
    assert [(day.isoformat(), amount) for day, amount in made] == [(day, D(amount)) for day, amount in expected]


@pytest.mark.parametrize(
    ("total", "each", "every", "words"),
    [("100", "1", "month", "at least|more than"), ("100", "0", "month", "more than nothing"), ("9", "3", "year", "no")],
)
def test_what_cannot_be_agreed(total, each, every, words):
    with pytest.raises(Invalid, match=words):
        plan_rules.schedule(D(total), D(each), FIRST, every, 24)


STEPS = [(1, date(2026, 3, 1), D("50")), (2, date(2026, 4, 1), D("50")), (3, date(2026, 5, 1), D("40"))]


@pytest.mark.parametrize(
    ("left", "on", "states", "past_due", "late", "due_now", "aged"),
    [
        ("140", date(2026, 3, 1), "coming coming coming", "0", 0, "50", {"not due": "140"}),
        ("140", date(2026, 3, 2), "missed coming coming", "50", 1, "50", {"0-30": "50", "not due": "90"}),
        ("120", date(2026, 3, 2), "missed coming coming", "30", 1, "30", {"0-30": "30", "not due": "90"}),
        ("90", date(2026, 3, 2), "paid coming coming", "0", 0, "50", {"not due": "90"}),
        ("60", date(2026, 3, 2), "paid part coming", "0", 0, "20", {"not due": "60"}),
        ("90", date(2026, 4, 15), "paid missed coming", "50", 14, "50", {"0-30": "50", "not due": "40"}),
        ("140", date(2026, 5, 10), "missed missed missed", "140", 70, "140",
         {"0-30": "40", "31-60": "50", "61-90": "50"}),
        ("0", date(2026, 5, 10), "paid paid paid", "0", 0, "0", {}),
        ("-5", date(2026, 5, 10), "paid paid paid", "0", 0, "0", {}),
        ("500", date(2026, 3, 1), "coming coming coming", "0", 0, "50", {"not due": "140"}),
    ],
)  # fmt: skip
def test_how_a_plan_stands_and_ages(left, on, states, past_due, late, due_now, aged):
    stand = plan_rules.standing(STEPS, D(left), on)
    assert " ".join(one.state for one in stand.steps) == states
    assert (stand.past_due, stand.late_days, stand.due_now) == (D(past_due), late, D(due_now))
    assert {name: amount for name, amount in plan_rules.aging(stand, on).items() if amount} == {
        name: D(amount) for name, amount in aged.items()
    }


@settings(max_examples=60, deadline=None)
@given(
    total=st.integers(1, 500_000),
    each=st.integers(500, 100_000),
    every=st.sampled_from(list(plan_rules.EVERY)),
    paid=st.integers(0, 600_000),
    days=st.integers(-10, 900),
)
def test_no_cent_of_a_plan_is_lost_or_doubled(total, each, every, paid, days):
    whole = D(total) / 100
    made = plan_rules.schedule(whole, D(each) / 100, FIRST, every, 10_000)
    assert sum(amount for _, amount in made) == whole
    assert all(amount > 0 for _, amount in made)
    assert [day for day, _ in made] == sorted({day for day, _ in made})
    on = date.fromordinal(FIRST.toordinal() + days)
    steps = [(number, day, amount) for number, (day, amount) in enumerate(made, start=1)]
    stand = plan_rules.standing(steps, whole - D(paid) / 100, on)
    assert stand.paid + stand.left == whole
    assert sum(one.open for one in stand.steps) == stand.left == sum(plan_rules.aging(stand, on).values())


def test_what_is_left_is_of_the_plans_charges_only():
    charges = {"charge:1": D("50"), "charge:2": D("30")}
    assert plan_rules.remaining(charges, {"charge:1": D("80"), "charge:2": D("-4"), "charge:9": D("10")}) == D("50")
