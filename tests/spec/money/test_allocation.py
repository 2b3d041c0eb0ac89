"""How a payment is spread over what is owed, oldest first."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartdesk.pms.remittance.rules import spread
from chartdesk.pms.statements.rules import allocate, overpaid


@pytest.mark.parametrize(
    ("amount", "owed", "shares", "left"),
    [
        ("10", [], [], "10"),
        ("10", ["10"], ["10"], "0"),
        ("10", ["4", "4", "4"], ["4", "4", "2"], "0"),
        ("10", ["4", "3"], ["4", "3"], "3"),
        ("10", ["-5", "4"], [None, "4"], "6"),
        ("0", ["4"], [], "0"),
        ("0.01", ["0.02"], ["0.01"], "0"),
    ],
)
def test_oldest_first(amount, owed, shares, left):
    given_owed = {f"charge:{place}": Decimal(due) for place, due in enumerate(owed)}
    made, over = allocate(Decimal(amount), given_owed)
    expected = {f"charge:{place}": Decimal(share) for place, share in enumerate(shares) if share is not None}
    assert ({share.reference: share.amount for share in made}, over) == (expected, Decimal(left))


_money = st.integers(-100_000, 100_000).map(lambda cents: Decimal(cents) / 100)


@given(st.integers(0, 10**6).map(lambda cents: Decimal(cents) / 100), st.lists(_money, max_size=8))
def test_nothing_is_lost_and_nothing_overpaid(amount, owed):
    items = {str(place): due for place, due in enumerate(owed)}
    shares, left = allocate(amount, items)
    assert sum((share.amount for share in shares), left) == amount
    assert all(0 < share.amount <= items[share.reference] for share in shares)
    assert left == 0 or all(
        due <= 0 or any(share.reference == name and share.amount == due for share in shares)
        for name, due in items.items()
    )
    assert sum(share.amount for share in overpaid(items)) == -sum(due for due in owed if due < 0)


@given(_money, st.lists(st.integers(0, 100_000).map(lambda cents: Decimal(cents) / 100), min_size=1, max_size=50))
def test_a_sum_spread_over_lines_is_that_sum(amount, weights):
    shares = spread(amount, weights)
    assert sum(shares) == amount
    assert all(share == share.quantize(Decimal("0.01")) for share in shares)
