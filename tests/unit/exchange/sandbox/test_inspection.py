"""Faults of form and how the sandbox names them: a change to a good file -> TA1 note, 999 codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Sample = Callable[..., bytes]
Named = Callable[[str, str], list[str]]

ENVELOPE = [
    (("IEA*1*000000101", "IEA*1*000000999"), "R*001"),
    (("IEA*1*", "IEA*2*"), "R*021"),
    (("IEA*1*000000101~\n", ""), "R*023"),
    (("*^*00501*", "*^*00401*"), "R*017"),
    (("*0*T*:", "*0*X*:"), "R*020"),
    (("*260302*1805*^", "*260332*1805*^"), "R*014"),
    (("*260302*1805*^", "*260302*2561*^"), "R*015"),
    (("*ZZ*SBXCLEAR ", "*99*SBXCLEAR "), "R*007"),
    (("*0*T*:", "*1*T*:"), "A*000"),
]


@pytest.mark.parametrize(("change", "expected"), ENVELOPE)
def test_the_envelope(sample: Sample, desk: Any, segments: Named, change: tuple[str, str], expected: str) -> None:
    desk.send(sample("office_visit.837p", *change))
    answers = desk.cycle()
    assert segments(answers[0], "TA1") == [f"TA1*000000101*{_stamp(change)}*{expected}"]
    assert len(answers) == (3 if expected == "A*000" else 2 if expected == "R*023" else 1)


def _stamp(change: tuple[str, str]) -> str:
    return change[1][1:12] if change[0].startswith("*2603") else "260302*1805"


@pytest.mark.parametrize("content", [b"", b"not X12 at all", b"<xml/>"])
def test_a_file_that_cannot_be_read_gets_an_answer(desk: Any, segments: Named, content: bytes) -> None:
    desk.send(content)
    (answer,) = desk.cycle()
    assert segments(answer, "TA1")[0].endswith("*R*022")


GROUP = [
    (("GE*1*101", "GE*2*101"), "AK9*R*2*1*0*5"),
    (("GE*1*101", "GE*1*102"), "AK9*R*1*1*0*4"),
    (("GE*1*101~\n", ""), "AK9*R*1*1*0*3"),
    (("X*005010X222A1~", "X*004010X098A1~"), "AK9*R*1*0*0*2"),
    (("GS*HC*", "GS*PO*"), "AK9*R*1*0*0*1"),
]


@pytest.mark.parametrize(("change", "expected"), GROUP)
def test_the_functional_group(
    sample: Sample, desk: Any, segments: Named, change: tuple[str, str], expected: str
) -> None:
    desk.send(sample("office_visit.837p", *change))
    (answer,) = desk.cycle()
    assert segments(answer, "AK9") == [expected]


SET = [
    # counts and control numbers
    (("SE*35*", "SE*36*"), [], "IK5*R*4"),
    (("SE*35*0001", "SE*35*0002"), [], "IK5*R*3"),
    (("SE*35*0001~\n", ""), [], "IK5*R*2"),
    (("ST*837*0001", "ST*276*0001"), [], "IK5*R*1"),
    # hierarchy
    (("HL*2*1*22*0", "HL*3*1*22*0"), ["IK3*HL*12*2000*8", "IK4*1*628*7*3"], "IK5*R*5"),
    (("HL*2*1*22*0", "HL*2*9*22*0"), ["IK3*HL*12*2000*8", "IK4*2*734*7*9"], "IK5*R*5"),
    (("HL*2*1*22*0", "HL*2**22*0"), ["IK3*HL*12*2000*8", "IK4*2*734*1"], "IK5*R*5"),
    (("HL*2*1*22*0", "HL*2*1*22*1"), ["IK3*HL*12*2000*8", "IK4*4*736*I6*1"], "IK5*R*5"),
    # missing segments and loops
    (("N3*10 RIVER ROAD~\n", "", "SE*35", "SE*34"), ["IK3*N3*11*2010*3"], "IK5*R*5"),
    (("REF*EI*311234567~\n", "", "SE*35", "SE*34"), ["IK3*REF*11*2010*3"], "IK5*R*5"),
    (("PER*IC*BILLING OFFICE*TE*6145550100~\n", "", "SE*35", "SE*34"), ["IK3*PER*4*1000*3"], "IK5*R*5"),
    (("DTP*472*D8*20260302~\nREF*6R*L1001B~\n", "", "SE*35", "SE*33"),
     ["IK3*DTP*29*2400*3", "CTX*CLM01:CD1001"], "IK5*R*5"),
    (("NM1*PR*2*NORTHPOINT HEALTH PLAN*****PI*NPHP1~\n", "", "SE*35", "SE*34"), ["IK3*NM1*14*2010*I7"],
     "IK5*R*5"),
    # elements
    (("CLM*CD1001*265*", "CLM*CD1001*2G5*"), ["IK3*CLM*19*2300*8", "CTX*CLM01:CD1001", "IK4*2*782*6*2G5"],
     "IK5*R*5"),
    (("11:B:1*", "11:B:4*"), ["IK3*CLM*19*2300*8", "CTX*CLM01:CD1001", "IK4*5:3*1325*7*4"], "IK5*R*5"),
    (("DMG*D8*19840516", "DMG*D8*19840532"), ["IK3*DMG*17*2010*8", "IK4*2*1251*8*19840532"], "IK5*R*5"),
    (("*MI*NPP10000001", "*MI*"), ["IK3*NM1*14*2010*8", "IK4*9*67*1"], "IK5*R*5"),
    (("HC:87880*45*UN*1", "HC:87880*45*XX*1"), ["IK3*SV1*28*2400*8", "CTX*CLM01:CD1001", "IK4*3*355*7*XX"],
     "IK5*R*5"),
    (("HC:87880*45*UN*1***1", "HC:87880*45*UN*1***13"),
     ["IK3*SV1*28*2400*8", "CTX*CLM01:CD1001", "IK4*7:1*1328*7*13"], "IK5*R*5"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "faults", "verdict"), SET)
def test_a_transaction_set(
    sample: Sample, desk: Any, segments: Named, change: tuple[str, ...], faults: list[str], verdict: str
) -> None:
    desk.send(sample("office_visit.837p", *change))
    (answer,) = desk.cycle()
    assert segments(answer, "IK5") == [verdict]
    body = answer.replace("\n", "").split("~")
    assert [one for one in body if one.startswith(("IK3", "IK4", "CTX"))] == faults
    assert segments(answer, "AK9") == ["AK9*R*1*1*0"]


def test_a_truncated_file_is_refused_in_both_words(sample: Sample, desk: Any, segments: Named) -> None:
    content = sample("office_visit.837p")
    desk.send(content[: content.index(b"LX*2") + 10])
    interchange, group = desk.cycle()
    assert segments(interchange, "TA1")[0].endswith("*R*023")
    assert segments(group, "IK5") == ["IK5*R*2*5"]
    assert segments(group, "AK9") == ["AK9*R*1*1*0*3"]


def test_one_bad_set_of_two_is_refused_and_the_other_taken(sample: Sample, desk: Any, segments: Named) -> None:
    text = sample("office_visit.837p").decode()
    start, end = text.index("ST*837"), text.index("GE*1")
    second = text[start:end].replace("0001", "0002").replace("CD1001", "CD1009").replace("*D8*20260302", "*D8*2026", 1)
    both = text[:end] + second + text[end:].replace("GE*1", "GE*2")
    desk.send(both.encode())
    functional, status = desk.cycle()
    assert segments(functional, "IK5") == ["IK5*A", "IK5*R*5"]
    assert segments(functional, "AK9") == ["AK9*P*2*2*1"]
    assert [one.split("*")[2] for one in segments(status, "TRN") if one.startswith("TRN*2")] == [
        "BATCH101",
        "CD1001",
    ]


def test_too_many_lines(sample: Sample, desk: Any, segments: Named) -> None:
    text = sample("office_visit.837p").decode()
    extra = "".join(f"LX*{number}~\nSV1*HC:36415*1*UN*1***1~\nDTP*472*D8*20260302~\n" for number in range(4, 52))
    desk.send(text.replace("SE*35*", extra + f"SE*{35 + 48 * 3}*").encode())
    (answer,) = desk.cycle()
    assert [one.split("*")[4] for one in segments(answer, "IK3")] == ["4"]
