"""What a 271 says, as a table: the segments of one patient's answer, and what the front desk is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from chartdesk.pms.coverage import benefits
from chartdesk.pms.coverage.answers import Reading, reading
from chartdesk.standards.x12 import eligibility_271

DAY = date(2026, 3, 2)
_HEAD = (
    "ISA*00*          *00*          *ZZ*PAYER          *ZZ*PRACTICE       "
    "*260302*0900*^*00501*000000001*0*P*:~"
    "GS*HB*PAYER*PRACTICE*20260302*0900*1*X*005010X279A1~ST*271*0001*005010X279A1~"
    "BHT*0022*11*1*20260302*0900~HL*1**20*1~NM1*PR*2*ACME*****PI*60054~"
    "HL*2*1*21*1~NM1*1P*2*CLINIC*****XX*1993999998~HL*3*2*22*0~TRN*2*1*9000000001~NM1*IL*1*SMITH*JOHN****MI*W1~"
)
_TAIL = "SE*{count}*0001~GE*1*1~IEA*1*000000001~"


def answer(*segments: str) -> Reading:
    """The reading of an answer whose subscriber level holds these segments."""
    body = "".join(f"{one}~" for one in segments)
    count = _HEAD.count("~") - 2 + len(segments) + 1
    text = _HEAD + body + _TAIL.format(count=count)
    [response] = eligibility_271.read(text.encode())
    return reading(response, benefits.of_response(response, text), DAY)


OUR = "EB*1**30**GOLD PPO"
D = Decimal

TABLE: list[tuple[str, list[str], dict[str, Any]]] = [
    ("active", [OUR], {"status": "active", "plan_name": "GOLD PPO", "copay": None, "deductible": None}),
    ("active, said for several services", ["EB*1**30^98^UC"], {"status": "active"}),
    ("active, capitated", ["EB*3**30"], {"status": "active"}),
    (
        "inactive",
        ["EB*6**30"],
        {"status": "inactive", "reason": "The payer says that the policy is not active."},
    ),
    ("inactive, pending", ["EB*7**30"], {"status": "inactive"}),
    ("medical active, dental not", [OUR, "EB*6**35"], {"status": "active"}),
    ("dental active, medical not", ["EB*1**35", "EB*6**30"], {"status": "inactive"}),
    ("nothing about the status", ["EB*B*IND*98***27*25"], {"status": "unknown", "copay": D("25.00")}),
    ("nothing at all", ["EB*V"], {"status": "unknown"}),
    ("ended before the visit", ["DTP*347*D8*20260228", OUR], {"status": "inactive"}),
    ("ends on the day of the visit", ["DTP*347*D8*20260302", OUR], {"status": "active"}),
    ("begins after the visit", ["DTP*346*D8*20260401", OUR], {"status": "inactive"}),
    ("begins on the day of the visit", ["DTP*356*D8*20260302", OUR], {"status": "active"}),
    ("a span that ended", ["DTP*291*RD8*20250101-20251231", OUR], {"status": "inactive"}),
    ("a span that runs", ["DTP*291*RD8*20260101-20261231", OUR], {"status": "active"}),
    (
        "copay of an office visit before the plan's",
        [OUR, "EB*B*IND*30***27*40", "EB*B*IND*98***27*25"],
        {"copay": D("25.00")},
    ),
    ("copay of the plan where there is no other", [OUR, "EB*B*IND*30***27*40"], {"copay": D("40.00")}),
    ("copay of urgent care is another", [OUR, "EB*B*IND*UC***27*75"], {"copay": None}),
    ("copay of zero is known", [OUR, "EB*B*IND*98***27*0"], {"copay": D("0.00")}),
    ("copay out of network never counts", [OUR, "EB*B*IND*98***27*90*****N"], {"copay": None}),
    (
        "copay in network before out of network",
        [OUR, "EB*B*IND*98***27*90*****N", "EB*B*IND*98***27*25*****Y"],
        {"copay": D("25.00")},
    ),
    (
        "two copays that contradict each other are unknown",
        [OUR, "EB*B*IND*98***27*25*****Y", "MSG*PRIMARY CARE", "EB*B*IND*98***27*50*****Y", "MSG*SPECIALIST"],
        {"copay": None},
    ),
    (
        "the same copay twice is one",
        [OUR, "EB*B*IND*98***27*25", "EB*B*IND*98***27*25"],
        {"copay": D("25.00")},
    ),
    (
        "deductible and its remainder",
        [OUR, "EB*C*IND*30***23*500", "EB*C*IND*30***29*120.5"],
        {"deductible": D("500.00"), "deductible_remaining": D("120.50")},
    ),
    (
        "remainder of the family where it is smaller",
        [OUR, "EB*C*IND*30***29*120", "EB*C*FAM*30***23*1000", "EB*C*FAM*30***29*80"],
        {"deductible": D("1000.00"), "deductible_remaining": D("80.00")},
    ),
    (
        "remainder from what was met",
        [OUR, "EB*C*IND*30***23*500", "EB*C*IND*30***24*380"],
        {"deductible": D("500.00"), "deductible_remaining": D("120.00")},
    ),
    (
        "no deductible",
        [OUR, "EB*C*IND*30***23*0"],
        {"deductible": D("0.00"), "deductible_remaining": D("0.00")},
    ),
    (
        "remainder not stated",
        [OUR, "EB*C*IND*30***23*500"],
        {"deductible": D("500.00"), "deductible_remaining": None},
    ),
    (
        "deductible out of network never counts",
        [OUR, "EB*C*IND*30***29*900*****N", "EB*C*IND*30***29*100*****Y"],
        {"deductible_remaining": D("100.00")},
    ),
    ("coinsurance", [OUR, "EB*A*IND*30*****.2"], {"coinsurance": D("0.2")}),
    (
        "out-of-pocket limit",
        [OUR, "EB*G*IND*30***23*4000", "EB*G*IND*30***29*3600"],
        {"out_of_pocket": D("4000.00"), "out_of_pocket_remaining": D("3600.00")},
    ),
    (
        "another payer",
        [OUR, "EB*R**30", "LS*2120", "NM1*PRP*2*GRANITE*****PI*G6", "LE*2120"],
        {"status": "active", "other_payer": "GRANITE"},
    ),
    ("another payer without a name", [OUR, "EB*R**30"], {"other_payer": "another payer"}),
    (
        "refused: member not found",
        ["AAA*N**75*C"],
        {"status": "refused", "cure": "Correct it and check again."},
    ),
    ("refused: come back later", ["AAA*Y**42*R"], {"status": "refused", "cure": "Check again later."}),
    (
        "refused for a reason nobody knows",
        ["AAA*N**ZZ*C"],
        {"status": "refused", "reason": "The payer refused the question (reason ZZ)."},
    ),
]


@pytest.mark.parametrize(("segments", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_reading(segments: list[str], expected: dict[str, Any]) -> None:
    found = answer(*segments)
    assert {name: getattr(found, name) for name in expected} == expected


SENTENCES = [
    ([OUR], "The payer did not state a copay for office visits: it is unknown, not zero."),
    ([OUR, "EB*C*IND*30***23*500"], "The payer did not state what remains of the deductible of $500.00."),
    (
        [OUR, "EB*B*IND*98***27*25", "MSG*PRIMARY CARE", "EB*B*IND*98***27*50", "MSG*SPECIALIST"],
        "The payer states more than one copay for office visits: $25.00 (PRIMARY CARE); $50.00 (SPECIALIST).",
    ),
    ([OUR, "EB*I**35"], "Not covered by the plan: dental care."),
    ([OUR, "MSG*REFERRAL NEEDED"], "REFERRAL NEEDED"),
    (["DTP*347*D8*20260228", OUR], "The policy ended on Feb 28, 2026, before the visit on Mar 2, 2026."),
    (["DTP*346*D8*20260401", OUR], "The policy begins on Apr 1, 2026, after the visit on Mar 2, 2026."),
    (
        ["DTP*347*D8*20251231", "EB*6**30"],
        "The payer says that the policy is not active. It ended on Dec 31, 2025.",
    ),
    (
        ["AAA*N**58*C", "AAA*N**73*C"],
        "The patient's birth date is missing or not right. Correct it and check again.",
    ),
    (
        ["AAA*N**58*C", "AAA*N**73*C"],
        "The subscriber's name is missing or does not match the payer's records. Correct it and check again.",
    ),
]


@pytest.mark.parametrize(("segments", "sentence"), SENTENCES)
def test_sentences(segments: list[str], sentence: str) -> None:
    assert sentence in answer(*segments).messages


def test_every_benefit_cites_its_segment_as_it_came() -> None:
    lines = ["EB*1**30^98", "EB*B*IND*98***27*25.5*****Y", "EB*C*IND*30***29*0120", "EB*A*IND*30*****.2"]
    text = _HEAD + "".join(f"{one}~\n" for one in lines) + _TAIL.format(count=_HEAD.count("~") - 2 + len(lines) + 1)
    [response] = eligibility_271.read(text.encode())
    found = benefits.of_response(response, text)
    assert [one.text for one in found] == lines
    assert benefits.loaded(benefits.stored(found)) == found
