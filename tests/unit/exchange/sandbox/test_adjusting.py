"""Payments with adjustments of the whole, codes that were not sent, and files that go wrong on their way."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from tests.unit.exchange.sandbox.test_program import MEMBER, Named, Sample, balanced


@pytest.mark.parametrize(
    ("word", "paid", "plb"),
    [("LEVY", "83.70", r"LE:\d+\*9\.3"), ("BONUS", "102.30", r"BN:\d+\*-9\.3"), ("CAPPAID", "50.00", r"CT:\d+\*-50")],
)
def test_a_payment_with_an_adjustment_of_the_whole(
    sample: Sample, desk: Any, segments: Named, word: str, paid: str, plb: str
) -> None:
    desk.send(sample("office_visit.837p", MEMBER, MEMBER + word))
    desk.cycle()
    (payment,) = desk.cycle()
    assert balanced(payment) == Decimal(paid)
    assert re.fullmatch(r"PLB\*1234567893\*20261231\*" + plb, segments(payment, "PLB")[0])


def _own(number: str) -> tuple[str, str, str, str]:
    """What makes a sample a file of its own: its control number, and that of its claim."""
    return "000000101", f"0000003{number[2:]}{ord(number[1]) % 10}", "CD100", f"{number}X"


def test_a_code_and_a_modifier_that_were_not_sent(sample: Sample, desk: Any, segments: Named) -> None:
    for number, word in enumerate(("NEWCODE", "NEWMOD"), start=1):
        desk.send(sample("office_visit.837p", MEMBER, MEMBER + word, *_own(f"CE{number}")))
    desk.cycle()
    told = [one.split("*")[1:] for payment in desk.cycle() for one in segments(payment, "SVC")]
    assert [one[0] for one in told if "9921" in one[0]] == ["HC:99212:25", "HC:99213:52"]
    assert all("99213:25" in one[-1] for one in told if "9921" in one[0])


def test_files_that_go_wrong_are_those_of_one_payment(sample: Sample, desk: Any, segments: Named) -> None:
    words = ("", "TWICE", "CUTOFF", "UNBALANCED", "CHECK")
    for number, word in enumerate(words, start=1):
        desk.send(sample("office_visit.837p", MEMBER, MEMBER + word, *_own(f"CF{number}")))
    desk.cycle()
    first = {segments(one, "CLP")[0].split("*")[1][:3]: one for one in desk.cycle() if "CLP*" in one}
    assert len(first) == len(words)
    assert not first["CF3"].rstrip().endswith("~") or "IEA*" not in first["CF3"]
    assert "*CHK*" in first["CF5"] and "*ACH*" in first["CF1"]
    with pytest.raises(AssertionError):
        balanced(first["CF4"])
    later = {segments(one, "CLP")[0].split("*")[1][:3]: one for one in desk.cycle()}
    assert sorted(later) == ["CF2", "CF3", "CF4"]
    assert later["CF2"] == first["CF2"] and later["CF3"].startswith(first["CF3"])
    assert balanced(later["CF4"]) == balanced(later["CF3"]) == balanced(first["CF1"])
    assert segments(later["CF4"], "TRN") == segments(first["CF4"], "TRN")
    assert desk.cycle() == []


def test_a_payer_that_answers_late(sample: Sample, desk: Any) -> None:
    desk.send(sample("office_visit.837p", MEMBER, MEMBER + "LATER"))
    desk.cycle()
    assert desk.cycle(days=29) == []
    assert len(desk.cycle(days=1)) == 1
