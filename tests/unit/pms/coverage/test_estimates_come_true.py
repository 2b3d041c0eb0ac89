"""An estimate made of a payer's answer is what that payer then leaves to the patient, for every plan of the sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from chartdesk.exchange.sandbox import Sandbox, directory
from chartdesk.exchange.sandbox.adjudication import Accumulators, adjudicate
from chartdesk.exchange.sandbox.claims import Claim, Line, Person, Provider
from chartdesk.exchange.sandbox.denials import Setting
from chartdesk.exchange.sandbox.rulebook import rulebook
from chartdesk.pms.coverage import answers, benefits, estimates, inquiry
from chartdesk.pms.registration import people
from chartdesk.standards.x12 import eligibility_271 as x271

DAY, NOW = date(2026, 3, 2), datetime(2026, 3, 2, 9, tzinfo=UTC)
VISITS = (
    ("99213",),
    ("99203", "80053", "36415"),
    ("99395", "90471", "90686"),
    ("G0439", "G0444", "G0101"),
    ("99214", "20610", "83036"),
    ("10060", "17110"),
    ("99212", "99213"),
)
PLANS = [(payer.id, plan.id) for payer in directory.payers() for plan in payer.plans]
WORDS = ("", "HIGHDED", "DEDMET")


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder: Path = tmp_path_factory.mktemp("payers")
    made = Sandbox(folder)
    yield made
    made.close()


def _answer(sandbox: Sandbox, payer_id: str, member: str) -> list[benefits.Benefit]:
    """What the payer says of the member, as it is kept with a check."""
    somebody = people.Person(family="Lindqvist", given="Ida", birth_date=date(1984, 5, 16), sex="female")
    question = inquiry.Asking(
        "Clinic", "1234567893", "311234567", "Payer", payer_id, member, somebody, somebody, "self", DAY, ("30", "98"),
        7, NOW, "CLINIC", payer_id,
    )  # fmt: skip
    text = sandbox.answer_eligibility(inquiry.written(question), NOW)
    [response] = x271.read(text)
    stated = benefits.of_response(response, text.decode())
    assert answers.reading(response, stated, DAY).status == "active"
    return stated


def _left_to_the_patient(
    payer_id: str, plan_id: str, word: str, member: str, codes: tuple[str, ...]
) -> tuple[list[tuple[str, Decimal]], Decimal]:
    """What the payer allows for each service that the plan covers, and what it leaves of them to the patient."""
    rules, payer = rulebook(), directory.payer(payer_id)
    plan = next(one for one in payer.plans if one.id == plan_id)
    who, clinic = Person("LINDQVIST", "IDA"), Provider("1234567893", "CLINIC")
    lines = tuple(
        Line(
            place, "HC", code, ("25",) if code.startswith("992") else (), Decimal(900), "UN", Decimal(1), (1,), DAY, DAY
        )
        for place, code in enumerate(codes, start=1)
    )
    claim = Claim(
        "C1", Decimal(900) * len(lines), "11", "1", "P", payer.filing, payer_id, payer.name, member, who, who, False,
        clinic, None, ("I10",), lines, authorization="A1",
    )  # fmt: skip
    decision = adjudicate(claim, Setting(rules, payer, plan, word), Accumulators())
    share = sum((one.amount for line in decision.lines if not line.denied for one in line.adjustments
                 if one.group == "PR"), Decimal(0))  # fmt: skip
    return [(line.line.code, line.allowed) for line in decision.lines if not line.denied], share


@pytest.mark.parametrize("codes", VISITS)
@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(("payer_id", "plan_id"), PLANS)
def test_what_was_estimated_is_what_the_patient_is_left_with(
    sandbox: Sandbox, payer_id: str, plan_id: str, word: str, codes: tuple[str, ...]
) -> None:
    member = directory.member_id(payer_id, plan_id, 4711, word)
    allowed, share = _left_to_the_patient(payer_id, plan_id, word, member, codes)
    assert allowed
    made = estimates.estimate(_answer(sandbox, payer_id, member), allowed)
    assert (made.unknown, made.patient_owes) == ([], share), [(one.sentence, one.amount) for one in made.parts]
