"""Eligibility answers: what each member id summons in a 271."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

Sample = Callable[..., bytes]
Named = Callable[[str, str], list[str]]
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MEMBER = "NPP10000001"


def ask(desk: Any, content: bytes) -> str:
    return desk.sandbox.answer_eligibility(content, NOW).decode()


def test_a_member_in_good_standing(sample: Sample, desk: Any, segments: Named) -> None:
    answer = ask(desk, sample("subscriber.270"))
    assert segments(answer, "EB") == [
        "EB*1**30^1^5^98^UC*PR*NORTHPOINT PPO 500",
        "EB*C*IND*30***23*500*****Y",
        "EB*C*IND*30***29*500*****Y",
        "EB*G*IND*30***23*4000*****Y",
        "EB*G*IND*30***29*4000*****Y",
        "EB*B*IND*98***27*25*****Y",
        "EB*B*IND*81***27*0*****Y",
        "EB*A*IND*30*****0.2****Y",
        "EB*A*IND*98*****0****Y",
        "EB*A*IND*80*****0****Y",
    ]
    assert segments(answer, "TRN") == ["TRN*2*TRACE201*9311234567"]
    assert segments(answer, "BHT")[0].startswith("BHT*0022*11*ASK201*")


def test_a_dependent(sample: Sample, desk: Any, segments: Named) -> None:
    answer = ask(desk, sample("dependent.270"))
    assert segments(answer, "HL") == ["HL*1**20*1", "HL*2*1*21*1", "HL*3*2*22*1", "HL*4*3*23*0"]
    assert segments(answer, "NM1")[-1] == "NM1*03*1*LINDQVIST*OSKAR"
    assert "EB*B*IND*98***27*15*****Y" in answer


def test_what_was_paid_shows_in_the_remaining_deductible(sample: Sample, desk: Any, segments: Named) -> None:
    desk.send(sample("office_visit.837p"))
    desk.cycle()
    desk.cycle()
    answer = ask(desk, sample("subscriber.270"))
    assert "EB*C*IND*30***29*465.18*****Y" in answer
    assert "EB*G*IND*30***29*3940.18*****Y" in answer


REFUSALS = [
    ((MEMBER, MEMBER + "UNKNOWN"), "AAA*N**75*C"),
    ((MEMBER, "ZZZ1"), "AAA*N**75*C"),
    ((MEMBER, MEMBER + "NAMEDIFF"), "AAA*N**73*C"),
    ((MEMBER, MEMBER + "NOREPLY"), "AAA*Y**42*R"),
    (("*PI*NPHP1", "*PI*NOSUCH"), "AAA*N**79*C"),
    (("1234567893", "1234567890"), "AAA*N**43*C"),
    (("DMG*D8*19840516*F~\n", "", "SE*13", "SE*12"), "AAA*N**58*C"),
    (("DTP*291*D8*20260302", "DTP*291*D8*20200302"), "AAA*N**62*C"),
    (("*MI*" + MEMBER, ""), "AAA*N**72*C"),
]


@pytest.mark.parametrize(("change", "expected"), REFUSALS)
def test_refusals(sample: Sample, desk: Any, segments: Named, change: tuple[str, ...], expected: str) -> None:
    answer = ask(desk, sample("subscriber.270", *change))
    assert segments(answer, "AAA") == [expected]
    assert segments(answer, "EB") == []


@pytest.mark.parametrize(
    ("word", "there", "absent"),
    [
        ("INACTIVE", "EB*6**30*PR*NORTHPOINT PPO 500", "EB*1"),
        ("EXPIRED", "DTP*347*D8*20251231", "EB*1"),
        ("NOCOPAY", "EB*1**30", "EB*B*IND*98"),
        ("HIGHDED", "EB*C*IND*30***29*6000*", "***29*500*"),
        ("DEDMET", "EB*C*IND*30***29*0*", "***29*500*"),
        ("COB", "NM1*PRP*2*GRANITE MUTUAL INSURANCE*****PI*GRAN6", "EB*6"),
    ],
)
def test_scenarios(sample: Sample, desk: Any, word: str, there: str, absent: str) -> None:
    answer = ask(desk, sample("subscriber.270", MEMBER, MEMBER + word))
    assert there in answer
    assert absent not in answer


def test_expired_coverage_was_active_before(sample: Sample, desk: Any) -> None:
    content = sample("subscriber.270", MEMBER, MEMBER + "EXPIRED", "291*D8*20260302", "291*D8*20251230")
    assert "EB*1**30" in ask(desk, content)


def test_slow_is_told_apart(sample: Sample, desk: Any) -> None:
    assert desk.sandbox.delay_seconds(sample("subscriber.270")) == 0
    assert desk.sandbox.delay_seconds(sample("subscriber.270", MEMBER, MEMBER + "SLOW")) == 25
    assert desk.sandbox.delay_seconds(b"nonsense") == 0


def test_what_cannot_be_read(sample: Sample, desk: Any) -> None:
    assert "*R*022~" in ask(desk, b"hello")
    assert "*R*023~" in ask(desk, sample("subscriber.270", "IEA*1*000000201~\n", ""))
    assert "IK5*R*4~" in ask(desk, sample("subscriber.270", "SE*13", "SE*14"))
    assert "IK3*NM1*13*2100*3~" in ask(desk, sample("subscriber.270", "NM1*IL*", "NM1*XX*"))
    assert "AK9*R*1*1*0*1~" in ask(desk, sample("office_visit.837p"))


def test_a_batch_of_questions_in_the_mailbox(sample: Sample, desk: Any) -> None:
    desk.send(sample("subscriber.270"))
    desk.cycle()
    assert desk.kinds() == ["999", "271"]
