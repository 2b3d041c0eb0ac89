"""What is taken off of procedures that stand beside each other, by Medicare's column of multiple procedures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from chartdesk.pms.charges.contract_rules import Asked, Term, allowed, session
from chartdesk.pms.charges.reductions import Cut, Part, reduced
from chartdesk.pms.edits.rules import Place, Weights

DAY = date(2026, 2, 10)
HERE = Place(date(2026, 1, 1), "15202", "00", "OH", "OHIO", Decimal(1), Decimal("0.9"), Decimal(1))
ALL = Term("medicare", Decimal(100))


def weights(
    code: str, multiple: str, *, modifier: str = "", bilateral: str = "0", base: str = "", **values: str
) -> Weights:
    """A relative value with a factor of 30 dollars; ``values`` are work, expense and malpractice."""
    work, expense, risk = (Decimal(values.get(one, "0")) for one in ("work", "expense", "risk"))
    return Weights(
        code, modifier, DAY, "made up", "A", work, expense, expense, risk, Decimal(30), "000", "0", multiple,
        bilateral, "0", "0", "0", base,
    )  # fmt: skip


def expected(*given: tuple[Weights, str], technical: dict[str, Weights] | None = None) -> list[str]:
    """What is expected of lines of (relative value, units) of one session."""
    lines = [
        Asked("P", one.code, DAY, (one.modifier,) if one.modifier else (), Decimal(units), Decimal(9999), claim=1)
        for one, units in given
    ]
    alone = [
        allowed(line, ALL, one, HERE, (technical or {}).get(one.code))
        for line, (one, _) in zip(lines, given, strict=True)
    ]
    return [str(one.amount) for one in session(lines, alone)]


#: 1.00 × 30 + 1.00 × 0.9 × 30 = 57.00, of which the expense is 27.00; 0.50 × 30 + 0.80 × 0.9 × 30 = 36.60, 21.60.
EXERCISE, MANUAL = weights("97110", "5", work="1", expense="1"), weights("97140", "5", work="0.5", expense="0.8")


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([(EXERCISE, "1")], ["57.00"]),
        ([(EXERCISE, "2")], ["100.50"]),  # 2 × 57.00 − 13.50
        ([(EXERCISE, "2"), (MANUAL, "1")], ["100.50", "25.80"]),  # 36.60 − 10.80
        ([(MANUAL, "3"), (EXERCISE, "1")], ["77.40", "57.00"]),  # 3 × 25.80
        ([(MANUAL, "1"), (weights("99213", "0", work="1"), "1")], ["36.60", "30.00"]),
    ],
)
def test_of_therapy_all_units_but_one_lose_half_of_their_expense(lines, wanted):
    assert expected(*lines) == wanted


def test_of_imaging_the_further_ones_lose_half_of_the_picture_and_a_twentieth_of_the_reading():
    first = weights("70001", "4", work="2", expense="4")  # 60.00 + 108.00 = 168.00
    second = weights("70002", "4", work="1", expense="2")  # 30.00 + 54.00 = 84.00
    pictures = {"70002": weights("70002", "4", modifier="TC", expense="1.5")}  # 40.50
    # 84.00 − 40.50 / 2 − 43.50 / 20
    assert expected((first, "1"), (second, "1"), technical=pictures) == ["168.00", "61.58"]
    assert expected((second, "1")) == ["84.00"]
    read = [weights(code, "4", modifier="26", work="1") for code in ("70001", "70002")]
    assert expected(*((one, "1") for one in read)) == ["30.00", "28.50"]
    taken = [weights(code, "4", modifier="TC", expense="1") for code in ("70001", "70002")]
    assert expected(*((one, "1") for one in taken)) == ["27.00", "13.50"]


@pytest.mark.parametrize(("kind", "wanted"), [("6", "20.25"), ("7", "21.60")])
def test_of_hearts_and_eyes_only_the_test_is_reduced(kind, wanted):
    taken = [weights(code, kind, modifier="TC", expense="1") for code in ("93001", "93002")]
    assert expected(*((one, "1") for one in taken)) == ["27.00", wanted]
    read = [weights(code, kind, modifier="26", work="1") for code in ("93001", "93002")]
    assert expected(*((one, "1") for one in read)) == ["30.00", "30.00"]


def test_endoscopies_of_one_base_say_only_what_the_dearest_is_worth():
    base = weights("45378", "2", work="2")
    snare, biopsy = weights("45385", "3", base="45378", work="4"), weights("45380", "3", base="45378", work="3")
    assert expected((biopsy, "1"), (snare, "1"), (base, "1")) == ["None", "120.00", "None"]
    # Of two families each counts as one operation.
    upper = weights("43239", "3", base="43235", work="3")
    assert expected((snare, "1"), (upper, "1")) == ["120.00", "45.00"]


def test_operations_are_halved_but_the_dearest_or_those_that_are_marked():
    parts = [
        Part("1", Decimal(100), "", Cut("2")),
        Part("2", Decimal(300), "", Cut("2")),
        Part("3", None, "", Cut("2")),
    ]
    assert [one.amount for one in reduced(parts)] == [Decimal("50.00"), Decimal(300), None]
    marked = [parts[0], Part("2", Decimal(300), "", Cut("2"), marked=True)]
    assert [one.amount for one in reduced(marked)] == [Decimal(100), Decimal("150.00")]


@pytest.mark.parametrize(
    ("bilateral", "wanted"), [("1", "45.00"), ("3", "60.00"), ("2", "30.00"), ("0", "30.00"), ("9", "30.00")]
)
def test_both_sides_count_as_the_fee_schedule_says(bilateral, wanted):
    line = Asked("P", "20001", DAY, ("50",), Decimal(1), Decimal(9999))
    found = allowed(line, ALL, weights("20001", "0", bilateral=bilateral, work="1"), HERE)
    assert str(found.amount) == wanted


@pytest.mark.parametrize("modifier", ["54", "55", "56", "78"])
def test_of_a_part_of_an_operation_nothing_is_expected_unless_it_was_agreed(modifier):
    line = Asked("P", "20001", DAY, (modifier,), Decimal(1), Decimal(500))
    value = weights("20001", "2", work="1")
    assert allowed(line, ALL, value, HERE).amount is None
    agreed = Term("fixed", Decimal(40), "20001", "20001", modifier)
    assert allowed(line, agreed, value, HERE).amount == Decimal("40.00")
    assert allowed(line, Term("charge", Decimal(50)), value, HERE).amount == Decimal("250.00")
