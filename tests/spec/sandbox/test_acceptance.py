"""Which claims the sandbox takes in, as a table: a change to a good claim -> the statuses of its 277CA."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from chartdesk.exchange.sandbox.acceptance import Known, luhn_npi, statuses
from chartdesk.exchange.sandbox.claims import Claim, Line, Person, Prior, Provider
from chartdesk.exchange.sandbox.directory import member_id, payers, scenarios
from chartdesk.exchange.sandbox.rulebook import member, rulebook

TODAY = date(2026, 3, 4)
GOOD = {
    "patient_control": "CD1", "charge": Decimal(180), "place": "11", "frequency": "1", "turn": "P",
    "filing": "CI", "payer_id": "NPHP1", "payer_name": "", "member_id": "NPP10000001",
    "insured": Person("OKAFOR", "DELIA"), "patient": Person("OKAFOR", "DELIA"), "dependent": False,
    "billing": Provider("RIVERBEND", npi="1234567893"), "rendering": None, "diagnoses": ("J029",),
}  # fmt: skip
LINE = {
    "number": 1, "qualifier": "HC", "code": "99213", "modifiers": (), "charge": Decimal(180), "unit": "UN",
    "units": Decimal(1), "pointers": (1,), "first_day": date(2026, 3, 2), "last_day": date(2026, 3, 2),
}  # fmt: skip
PAID_BEFORE = (Prior("P", "MCR05", Decimal(80), Decimal(20), Decimal(100)),)
NAMED_BEFORE = (Prior("P", "MCR05", Decimal(0), Decimal(0), Decimal(0)),)
LAST_YEAR = {"first_day": date(2025, 12, 31), "last_day": date(2025, 12, 31)}

TABLE = [
    ({}, {}, {}, "A2:20:"),
    ({"payer_id": "NOSUCH"}, {}, {}, "A3:116:PR"),
    ({"member_id": "12345"}, {}, {}, "A3:33:IL"),
    ({"member_id": "NPP10000001UNKNOWN"}, {}, {}, "A3:33:IL"),
    ({"member_id": "NPP10000001NAMEDIFF"}, {}, {}, "A8:125:IL"),
    ({"member_id": "NPP10000001REJECT"}, {}, {}, "A3:21:"),
    ({"member_id": "NPP10000001INACTIVE"}, {}, {}, "A3:88:IL"),
    ({"member_id": "NPP10000001EXPIRED"}, {}, {}, "A3:88:IL"),
    ({"member_id": "NPP10000001EXPIRED"}, LAST_YEAR, {}, "A2:20:"),
    ({"member_id": "NPP10000001PEND"}, {}, {}, "A2:20:"),
    ({"billing": Provider("RIVERBEND", npi="1234567890")}, {}, {}, "A7:562:85"),
    ({"billing": Provider("RIVERBEND")}, {}, {}, "A7:562:85"),
    ({"rendering": Provider("HOLT", npi="1888888880")}, {}, {}, "A7:562:82"),
    ({"diagnoses": ()}, {}, {}, "A6:254:"),
    ({"charge": Decimal(181)}, {}, {}, "A7:400:"),
    ({}, {"code": "9921"}, {}, "A7:454::1"),
    ({}, {"code": "ABCDE"}, {}, "A7:454::1"),
    ({}, {"code": "J1885"}, {}, "A2:20:"),
    ({}, {"pointers": (2,)}, {}, "A8:477::1"),
    ({"turn": "S"}, {}, {}, "A6:286:"),
    ({"turn": "S", "priors": PAID_BEFORE}, {}, {}, "A2:20:"),
    ({"turn": "S"}, {"priors": PAID_BEFORE}, {}, "A6:286:"),
    ({"turn": "S", "priors": NAMED_BEFORE}, {}, {}, "A6:286:"),
    ({"turn": "S", "priors": NAMED_BEFORE}, {"priors": PAID_BEFORE}, {}, "A2:20:"),
    ({}, {}, {"duplicate": True}, "A3:54:"),
    ({"frequency": "7"}, {}, {}, "A6:464:"),
    ({"frequency": "7", "original": "26063"}, {}, {}, "A7:464:"),
    ({"frequency": "7", "original": "26063"}, {}, {"original_open": True, "duplicate": True}, "A2:20:"),
    ({"frequency": "8", "original": "26063"}, {}, {"original_open": True}, "A2:20:"),
    ({"diagnoses": (), "charge": Decimal(1)}, {}, {}, "A6:254: A7:400:"),
]


@pytest.mark.parametrize(("change", "line", "known", "expected"), TABLE)
def test_a_claim(change: dict[str, object], line: dict[str, object], known: dict[str, bool], expected: str) -> None:
    claim = Claim(**(GOOD | {"lines": (Line(**(LINE | line)),)} | change))
    payer = rulebook().payer(claim.payer_id)
    found = statuses(
        claim, payer, member(payer, claim.member_id) if payer else None, Known(**known), TODAY
    )  # fmt: skip
    texts = (f"{one.category}:{one.code}:{one.entity}" + (f":{one.line}" if one.line else "") for one in found)
    assert " ".join(texts) == expected


@pytest.mark.parametrize(
    ("npi", "good"),
    [("1234567893", True), ("1234567890", False), ("123456789", False), ("3234567893", False), ("", False)],
)
def test_the_check_digit_of_an_npi(npi: str, good: bool) -> None:
    assert luhn_npi(npi) is good


def test_every_plan_knows_its_members_and_every_scenario() -> None:
    for payer in payers():
        for plan in payer.plans:
            for number in (0, 1, 77, 12_345_678):
                for word in ("", *scenarios()):
                    known = member(payer, member_id(payer.id, plan.id, number, word))
                    assert known
                    assert (known.plan.id, known.scenario) == (plan.id, word)


def test_member_ids_differ() -> None:
    for payer in payers():
        plan = payer.plans[0].id
        assert len({member_id(payer.id, plan, number) for number in range(5000)}) == 5000


@pytest.mark.parametrize(
    ("payer_id", "plan", "word"), [("NOSUCH", "PPO", ""), ("NPHP1", "NOSUCH", ""), ("NPHP1", "PPO", "NOSUCH")]
)
def test_the_directory_refuses_what_it_does_not_have(payer_id: str, plan: str, word: str) -> None:
    with pytest.raises(KeyError):
        member_id(payer_id, plan, 1, word)
