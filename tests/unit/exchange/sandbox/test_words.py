"""Every word at the end of a member id does what docs/sandbox-payer.md says, and its tables have every word."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.unit.exchange.sandbox.test_program import MEMBER, Named, Sample, balanced

from chartdesk.exchange.sandbox import directory
from chartdesk.exchange.sandbox.adjusting import OF_PAID
from chartdesk.exchange.sandbox.rulebook import member, rulebook
from chartdesk.standards.x12 import status_276, status_277
from chartdesk.standards.x12.check import check_file
from chartdesk.standards.x12.codes.payments import PROVIDER_ADJUSTMENTS

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "samples"))

import x12_examples as examples

DOCUMENT = Path(__file__).parents[4] / "docs" / "sandbox-payer.md"
NORTHPOINT = rulebook().payer("NPHP1")


def whose(word: str) -> str:
    """The member with that word, of the usual plan where none is named."""
    return word if word.startswith("NPD") else MEMBER + word


def claimed(sample: Sample, word: str, number: int = 1) -> bytes:
    """The office visit of a member with that word, in a file of its own."""
    own = ("000000101", f"0000004{number:02d}", "CD1001", f"CW{number:04d}")
    return sample("office_visit.837p", MEMBER, whose(word), *own)


def test_the_document_has_every_word_and_no_other() -> None:
    told: set[str] = set()
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        first = line.split("|")[1] if line.startswith("|") and line.count("|") > 2 else ""
        told |= {word for word in re.split(r"[,\s]+", first) if re.fullmatch(r"[A-Z]{3,}", word)}
    assert told == {*directory.scenarios(), *directory.file_scenarios()}


def test_a_word_that_is_none_is_nobodys() -> None:
    assert NORTHPOINT is not None
    assert member(NORTHPOINT, MEMBER) is not None and member(NORTHPOINT, MEMBER + "TAKEBAKC") is None
    for word in (*directory.scenarios(), *directory.file_scenarios(), *directory.adjustment_scenarios()):
        found = member(NORTHPOINT, MEMBER + word)
        assert found is not None and found.scenario == word


def test_every_reason_of_an_adjustment_can_be_asked_for(sample: Sample, desk: Any, segments: Named) -> None:
    words = directory.adjustment_scenarios()
    assert {word.removeprefix("PLB") for word in words} == set(PROVIDER_ADJUSTMENTS) - {"FB"}
    for number, word in enumerate(words, start=1):
        desk.send(claimed(sample, word, number))
    desk.cycle()
    told = {}
    for payment in desk.cycle():
        paid = balanced(payment)
        reason, amount = re.fullmatch(
            r"PLB\*1234567893\*20261231\*(\w\w):\d+\*(.+)", segments(payment, "PLB")[0]
        ).groups()  # type: ignore[union-attr]
        told[f"PLB{reason}"] = Decimal(amount)
        assert paid == Decimal("93.00") - Decimal(amount)
        assert check_file(payment.encode()) == []
    assert told == {word: Decimal("9.3") * (1 if OF_PAID[word][1] > 0 else -1) for word in words}


def test_the_999_refuses_the_set_for_one_member(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(claimed(sample, "BADSET"))
    (refusal,) = desk.cycle()
    assert segments(refusal, "IK5") == ["IK5*R*5"] and segments(refusal, "AK9") == ["AK9*R*1*1*0"]
    assert segments(refusal, "IK3")[0].startswith("IK3*NM1*") and "CTX*CLM01:CW0001" in segments(refusal, "CTX")
    assert segments(refusal, "IK4") == [f"IK4*9*67*7*{MEMBER}BADSET"]
    assert check_file(refusal.encode()) == []
    assert desk.cycle() == []


def test_the_ta1_refuses_the_file(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(claimed(sample, "BADFILE"))
    (refusal,) = desk.cycle()
    assert segments(refusal, "TA1")[0].endswith("*R*022")
    assert desk.cycle() == []


def test_nothing_comes_of_a_file(sample: Sample, desk: Any) -> None:
    desk.send(claimed(sample, "SILENT"))
    assert desk.cycle() == desk.cycle() == []
    assert len(list((desk.out / "taken").iterdir())) == 1
    desk.send(claimed(sample, "", 2))
    assert len(desk.cycle()) == 2


def test_a_denial_that_is_overturned(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(claimed(sample, "OVERTURN"))
    desk.cycle()
    (denied,) = desk.cycle()
    assert balanced(denied) == 0 and {one.split("*")[2] for one in segments(denied, "CAS")} == {"50"}
    assert desk.cycle(days=29) == []
    (paid,) = desk.cycle(days=1)
    assert balanced(paid) == Decimal("93.00")
    assert [one.split("*")[2] for one in segments(paid, "CLP")] == ["22", "1"]
    assert desk.cycle(days=60) == []


def test_a_claim_that_is_paid_twice(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(claimed(sample, "DOUBLE"))
    desk.cycle()
    (first,) = desk.cycle()
    assert desk.cycle(days=6) == []
    (second,) = desk.cycle(days=1)
    assert balanced(first) == balanced(second) == Decimal("93.00")
    assert segments(first, "CLP") == segments(second, "CLP") and segments(first, "TRN") != segments(second, "TRN")
    assert desk.cycle() == []


def asked(word: str, number: int = 1) -> bytes:
    """A 276 about that claim."""
    question = examples.question(pcn=f"CW{number:04d}", trace=f"Q{number}")
    text = status_276.write(examples.envelope(500 + number), [examples.status_request(question)]).decode()
    for old, new in (
        ("NHP01", "NPHP1"),
        ("*MI*NPP1", f"*MI*{whose(word)}"),
        ("1000000012", "1234567893"),
    ):
        text = re.sub(re.escape(old) + r"(?=[~*])", new, text)
    return text.encode()


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("", ("F1", "65")), ("NPD10000001HIGHDED", ("F4", "98")), ("CAPITATED", ("F4", "107")), ("NOTCOV", ("F2", "1")),
        ("PEND", ("P1", "20")), ("RECORDS", ("R4", "297")), ("LOST", ("A4", "35")), ("NOSTATUS", ("E1", "0")),
    ],
)  # fmt: skip
def test_where_a_claim_stands(sample: Sample, desk: Any, segments: Named, word: str, status: tuple[str, str]) -> None:
    desk.send(claimed(sample, word))
    desk.cycle()
    paid = desk.cycle()
    desk.send(asked(word))
    told = desk.cycle()[-1]
    (response,) = status_277.read(told.encode())
    (answer,) = response.answers
    assert (answer.statuses[0].codes[0].category, answer.statuses[0].codes[0].code) == status
    assert check_file(told.encode()) == []
    if status[0] == "F1":
        assert segments(paid[0], "TRN")[0].split("*")[2] in segments(told, "STC")[0]


@pytest.mark.parametrize(
    ("word", "benefits"),
    [
        ("VISITS", ["EB*F*IND*98***23***VS*20", "EB*F*IND*98***29***VS*3"]),
        ("AUTHNEEDED", ["EB*D*IND*98********Y*Y"]),
    ],
)
def test_benefits_that_limit(
    sample: Callable[..., bytes], desk: Any, segments: Named, word: str, benefits: list[str]
) -> None:
    question = sample("subscriber.270", MEMBER, MEMBER + word)
    answer = desk.sandbox.answer_eligibility(question, datetime(2026, 3, 4, 18, tzinfo=UTC)).decode()
    assert [one for one in segments(answer, "EB") if one in benefits] == benefits
    assert check_file(answer.encode()) == []
