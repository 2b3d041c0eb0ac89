"""Double entry: what posts once, what is refused, what the balances say."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.pms.ledger import commands, queries
from chartdesk.pms.ledger.rules import BUCKETS, Line, bucket

DAY = date(2026, 3, 2)


def _charge(amount: str, *, reference: str = "charge:1", holder: str = "payer:60054", patient: str = "p1"):
    value = Decimal(amount)
    return [
        Line("ar", value, patient=patient, reference=reference, holder=holder),
        Line("revenue", -value, patient=patient, reference=reference),
    ]


def test_a_charge_is_paid_adjusted_and_moved_to_the_patient(subject):
    ar = {"patient": "p1", "reference": "charge:1"}
    commands.post(subject, "charge", "1", _charge("125.00"), on=DAY)
    commands.post(
        subject,
        "remittance",
        "1",
        [
            Line("eft", Decimal("72.00"), patient="p1"),
            Line("adjustment.contractual", Decimal("33.00"), patient="p1"),
            Line("ar", Decimal("-125.00"), holder="payer:60054", **ar),
            Line("ar", Decimal("20.00"), holder="patient", **ar),
        ],
        on=DAY,
    )
    assert queries.open_references(subject, "p1") == {"charge:1": {"patient": Decimal("20.00")}}
    assert queries.balance(subject, "ar", holder="payer:60054") == Decimal("0.00")
    commands.post(
        subject,
        "payment",
        "1",
        [Line("card", Decimal("20.00"), patient="p1"), Line("ar", Decimal("-20.00"), holder="patient", **ar)],
        on=DAY,
    )
    assert queries.open_references(subject) == {}
    assert queries.in_balance(subject)
    assert [(row[0], row[3]) for row in queries.trial_balance(subject)] == [
        ("adjustment.contractual", Decimal("33.00")),
        ("ar", Decimal("0.00")),
        ("card", Decimal("20.00")),
        ("eft", Decimal("72.00")),
        ("revenue", Decimal("-125.00")),
    ]


def test_one_cause_posts_once(subject):
    commands.post(subject, "charge", "1", _charge("125.00"), on=DAY)
    with pytest.raises(Conflict, match="posted before"):
        commands.post(subject, "charge", "1", _charge("125.00"), on=DAY)
    assert queries.balance(subject, "ar") == Decimal("125.00")


def test_one_cause_posts_once_when_eight_try_together(subject):
    def attempt(_: int) -> bool:
        try:
            commands.post(subject, "charge", "1", _charge("10.00"), on=DAY)
        except Conflict:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1
    assert queries.balance(subject, "ar") == Decimal("10.00")


def test_a_posting_is_reversed_once(subject):
    number = commands.post(subject, "charge", "1", _charge("125.00"), on=DAY)
    back = commands.reverse(subject, number, on=DAY, source="void:1", memo="charged by mistake")
    assert queries.balance(subject, "ar") == Decimal("0.00")
    assert {row.reverses for row in queries.journal(subject, posting_id=back)} == {number}
    with pytest.raises(Conflict, match="reversed before"):
        commands.reverse(subject, number, on=DAY, source="void:2", memo="")
    with pytest.raises(Conflict, match="itself a reversal"):
        commands.reverse(subject, back, on=DAY, source="void:3", memo="")
    with pytest.raises(NotFound):
        commands.reverse(subject, number + 10_000, on=DAY, source="void:4", memo="")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (
            [Line("cash", Decimal("5.00")), Line("unapplied", Decimal("-4.99"))],
            r"debits \$5\.00, credits \$4\.99",
        ),
        ([Line("cash", Decimal("5.00"))], "at least two"),
        ([Line("cash", Decimal("0.00")), Line("unapplied", Decimal("0.00"))], "at least two"),
        ([Line("pocket", Decimal("5.00")), Line("cash", Decimal("-5.00"))], "no account 'pocket'"),
        ([Line("ar", Decimal("5.00")), Line("revenue", Decimal("-5.00"))], "needs a holder"),
        ([Line("cash", 5.0), Line("unapplied", -5.0)], "floating-point"),
    ],
)
def test_what_is_no_posting_is_refused_in_words(subject, lines, words):
    with pytest.raises(Invalid, match=words):
        commands.post(subject, "test", "1", lines, on=DAY)
    assert queries.trial_balance(subject) == []


def test_lines_of_zero_are_left_out(subject):
    lines = [*_charge("8.00"), Line("cash", Decimal("0.00"))]
    number = commands.post(subject, "charge", "1", lines, on=DAY)
    assert len(queries.journal(subject, posting_id=number)) == 2


def test_provider_adjustments_have_an_account_per_reason(subject):
    lines = [Line("provider_adjustment.WO", Decimal("15.00")), Line("eft", Decimal("-15.00"))]
    commands.post(subject, "remittance", "plb", lines, on=DAY)
    assert queries.balance(subject, "provider_adjustment.WO") == Decimal("15.00")


def test_a_balance_until_a_day_leaves_later_postings_out(subject):
    commands.post(subject, "charge", "1", _charge("10.00"), on=DAY)
    commands.post(subject, "charge", "2", _charge("5.00", reference="charge:2"), on=DAY + timedelta(1))
    assert queries.balance(subject, "ar", until=DAY) == Decimal("10.00")
    assert queries.balance(subject, "ar", reference="charge:2") == Decimal("5.00")


def test_aging_stands_by_holder_and_by_the_days_it_is_owed(subject):
    for number, days in enumerate((0, 30, 31, 90, 121), start=1):
        lines = _charge("10.00", reference=f"charge:{number}", holder="patient" if number == 5 else "payer:1")
        commands.post(subject, "charge", str(number), lines, on=DAY - timedelta(days))
    rows = {row.holder: row for row in queries.aging(subject, DAY)}
    assert [rows["payer:1"].buckets[name] for name, _ in BUCKETS] == [20, 10, 10, 0, 0]
    assert rows["payer:1"].total == Decimal("40.00")
    assert rows["patient"].buckets["120+"] == Decimal("10.00")
    assert queries.aging(subject, DAY, patient="p2") == []


@pytest.mark.parametrize(
    ("days", "name"), [(-3, "0-30"), (0, "0-30"), (30, "0-30"), (31, "31-60"), (60, "31-60"), (61, "61-90"),
                       (90, "61-90"), (91, "91-120"), (120, "91-120"), (121, "120+"), (4000, "120+")]
)  # fmt: skip
def test_bucket(days, name):
    assert bucket(DAY - timedelta(days), DAY) == name


_AMOUNT = st.decimals(min_value="0.01", max_value="5000.00", places=2)
_ACCOUNT = st.sampled_from(["ar", "revenue", "cash", "eft", "adjustment.contractual", "patient_credit", "unapplied"])
_SIDE = st.tuples(_ACCOUNT, _AMOUNT, st.sampled_from(["p1", "p2", ""]))
_STEP = st.tuples(st.lists(_SIDE, min_size=1, max_size=4), _ACCOUNT, st.booleans())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(_STEP, max_size=6))
def test_any_postings_and_reversals_keep_the_books_in_balance(subject, steps):
    """Random postings, half of them reversed: debits equal credits, and reversed ones leave nothing."""
    before = {row[0]: row[3] for row in queries.trial_balance(subject)}
    expected = dict(before)
    for sides, against, undone in steps:
        made = queries.journal(subject, limit=1_000_000)
        source = f"{len(made)}"
        lines = [_side(account, amount, patient) for account, amount, patient in sides]
        lines.append(_side(against, -sum(amount for _, amount, _ in sides), ""))
        number = commands.post(subject, "random", source, lines, on=DAY)
        if undone:
            commands.reverse(subject, number, on=DAY, source=source, memo="")
            continue
        for line in lines:
            expected[line.account] = expected.get(line.account, Decimal(0)) + line.amount
    after = {row[0]: row[3] for row in queries.trial_balance(subject)}
    assert queries.in_balance(subject)
    assert sum(after.values()) == 0
    assert {k: v for k, v in after.items() if v} == {k: v for k, v in expected.items() if v}


def _side(account: str, amount: Decimal, patient: str) -> Line:
    holder = "patient" if account == "ar" else ""
    return Line(account, amount, patient=patient, reference="charge:1", holder=holder)
