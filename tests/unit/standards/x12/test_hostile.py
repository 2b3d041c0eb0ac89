"""Files that mean harm, or whose sender went wrong: findings, in little time and memory, and never an exception."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
import x12_examples as examples
import x12_papers as papers

from chartdesk.kit.errors import ChartdeskError
from chartdesk.standards.x12 import (
    acknowledge,
    acknowledgement_999,
    attachment_275,
    check,
    claim_837i,
    claim_837p,
    eligibility_270,
    eligibility_271,
    information_277,
    remittance_835,
    review_278,
    status_276,
    status_277,
    status_277ca,
    ta1,
)
from chartdesk.standards.x12.check import Used, check_file, examine
from chartdesk.standards.x12.judge import CheckSettings

ENVELOPE = examples.envelope
#: A right file of every set, and what reads it.
GOOD: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "837P": (claim_837p.write(examples.interchange(examples.secondary_claim())), claim_837p.read),
    "837I": (claim_837i.write(examples.stays(examples.secondary_stay())), claim_837i.read),
    "835": (
        remittance_835.write(ENVELOPE(), [examples.remittance(examples.reversal(), examples.paid_claim())]),
        remittance_835.read,
    ),
    "270": (eligibility_270.write(ENVELOPE(), [examples.dependent_inquiry()]), eligibility_270.read),
    "271": (eligibility_271.write(ENVELOPE(), [examples.response()]), eligibility_271.read),
    "276": (status_276.write(ENVELOPE(), [examples.status_request(examples.dependent_question())]), status_276.read),
    "277": (status_277.write(ENVELOPE(), [examples.status_response(examples.claim_answer())]), status_277.read),
    "277CA": (status_277ca.write(ENVELOPE(), [examples.status_report()]), status_277ca.read),
    "278 request": (
        review_278.write_requests(ENVELOPE(), [examples.review_request()]),
        lambda content: list(review_278.read_requests(content)),
    ),
    "278 answer": (
        review_278.write_responses(ENVELOPE(), [examples.review_response()]),
        lambda content: list(review_278.read_responses(content)),
    ),
    "275": (attachment_275.write(ENVELOPE(), [papers.attachment_set()]), attachment_275.read),
    "277RFAI": (information_277.write(ENVELOPE(), [papers.information_request()]), information_277.read),
    "999": (acknowledgement_999.write(ENVELOPE(), [examples.acknowledgement()]), acknowledgement_999.read),
    "TA1": (ta1.write(ENVELOPE(), [ta1.InterchangeAnswer(control=5, received=examples.NOW, status="A")]), ta1.read),
}
VALUES = (
    "", "?", "9" * 5000, "9E999999", "NaN", "-", "0", "99999999999999999", "\u0661\u0662", "é", "\x00", "\x1b[2J",
    "x" * 3000, "20261332", "~", "^", "a:b:c:d:e:f:g:h:i:j", "^^^^", ":::", "*", "\n", "ZZ", "1_000", "  ",
)  # fmt: skip
TAGS = ("ZZZ", "clm", "HL", "ST", "SE", "ISA", "GS", "IEA", "GE", "TA1", "BIN", "BDS", "", "A" * 100, "NM1", "CAS")
SEGMENTS = (
    "BIN*5*abc", "BDS*B64*999999999*xx", "BDS*ASC*3*a~b", "BIN**", "ISA*x", "ZZ*" + "9" * 50_000, "HI*", "HL", "SVC",
    "CLM*" + "9" * 6000 + "*" + "9" * 6000, "PLB*1*2*3*4*5*6*7*8*9", "SE*" + "9" * 5000 + "*0001", "NM1*85",
)  # fmt: skip


def spoiled(content: bytes, chance: random.Random) -> bytes:
    """The file with one thing wrong."""
    parts = content.decode().split("~")
    place = chance.randrange(len(parts))
    kind = chance.randrange(9)
    if kind == 0:
        return content[: chance.randrange(len(content))]
    if kind == 1:
        return bytes(one if chance.random() > 0.01 else chance.randrange(256) for one in content)
    if kind == 2:
        return chance.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"an ISA that ", b"\r\n\r\n")) + content
    if kind == 3:
        return content.replace(b"~", chance.choice((b"\n", b"\r\n", b"|"))).replace(b"*", chance.choice((b"+", b"\t")))
    if kind == 4:
        parts.insert(place, chance.choice(SEGMENTS))
    elif kind == 5:
        del parts[place]
    else:
        elements = parts[place].split("*")
        elements[chance.randrange(len(elements)) if kind > 6 else 0] = chance.choice(VALUES if kind > 6 else TAGS)
        parts[place] = "*".join(elements)
    return "~".join(parts).encode()


@pytest.mark.parametrize("name", GOOD)
def test_no_spoiled_file_breaks_the_check_or_the_reader(name: str) -> None:
    content, read = GOOD[name]
    assert check_file(content) == []
    chance = random.Random(name)
    for _ in range(100):
        wrong = spoiled(content, chance)
        examination = examine(wrong)
        assert all(len(str(one)) < 1500 and one.message for one in examination.findings)
        acknowledge.interchange_answers(examination)
        answers = acknowledge.acknowledgements(examination)
        if answers:
            assert check_file(acknowledgement_999.write(ENVELOPE(), answers), CheckSettings()) == []
        try:
            read(wrong)
        except ChartdeskError as refusal:
            assert refusal.message and refusal.cure


CLAIM = claim_837p.write(examples.interchange()).decode()
HEAD, _, REST = CLAIM.partition("LX*1~")
LINE = "LX*1~" + REST.partition("LX*2~")[0]
MEGABYTE = 1_000_000


def many(text: str, size: int) -> Iterator[bytes]:
    """That text over and over, up to that length."""
    part = text.encode() * (200_000 // len(text) + 1)
    for _ in range(size // len(part) + 1):
        yield part


class Stream(BytesIO):
    """A long file that is made as it is read."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        super().__init__()
        self.parts = parts

    def read(self, size: int | None = -1, /) -> bytes:
        return next(self.parts, b"")


def long(*parts: Iterator[bytes] | str) -> Stream:
    def every() -> Iterator[bytes]:
        for part in parts:
            yield from (part.encode(),) if isinstance(part, str) else part

    return Stream(every())


#: What makes a file long: the file, the rule that its findings name, and the megabytes that its check may take.
LONG = {
    "a segment that never ends": (lambda: long(HEAD, "NTE*ADD*", many("9", 20 * MEGABYTE)), "unreadable", 8),
    "no X12 at all": (lambda: long(many("garbage ", 20 * MEGABYTE)), "unreadable", 8),
    "lines without number": (lambda: long(HEAD, many(LINE, 2 * MEGABYTE), "SE*9*0001~"), "segment-loop-repeat", 18),
    "segments nobody knows": (lambda: long(HEAD, many("Z1*1*2~", MEGABYTE), "SE*9*0001~"), "segment-unexpected", 24),
    "data that is not there": (lambda: long(HEAD, many("BIN*99999999*abc~", 6 * MEGABYTE)), "unreadable", 30),
}


@pytest.mark.parametrize("name", LONG)
def test_what_is_long_takes_little_memory(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make, rule, most = LONG[name]
    # A smaller limit shows in a short file what the real one does in a long one.
    monkeypatch.setattr(check, "MOST_KEPT", 2_000)
    check_file(CLAIM.encode())
    tracemalloc.start()
    found = check_file(make(), CheckSettings(answers=False))
    height = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rule in {one.rule for one in found}
    assert height < most * MEGABYTE


def test_a_file_of_very_many_sets_keeps_none_of_them() -> None:
    one = CLAIM[CLAIM.index("ST*") : CLAIM.index("GE*")]

    def sets() -> Iterator[bytes]:
        yield CLAIM[: CLAIM.index("ST*")].encode()
        for number in range(1, 1501):
            yield one.replace("*0001*", f"*{number:04d}*").replace("*0001~", f"*{number:04d}~").encode()
        yield b"GE*1500*1~IEA*1*000000001~"

    check_file(CLAIM.encode())
    tracemalloc.start()
    examination = examine(long(sets()), CheckSettings(answers=False))
    height = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert examination.findings == []
    assert examination.held == {"Professional claim (837P)": 1500}
    assert height < 3 * MEGABYTE


def test_numbers_that_were_used() -> None:
    used = Used()
    assert [used.again(one) for one in ("0001", "0002", "0003", "0002", "0009", "0009", "A", "A", "0004", "0004")] == [
        False, False, False, True, False, True, False, True, False, True,
    ]  # fmt: skip


def test_that_a_file_was_cut_off_is_told_however_many_findings_there_are() -> None:
    wrong = CLAIM.replace("DTP*472*D8*20260302~", "DTP*472*D8*2026~" * 50)[:-40]
    found = check_file(wrong.encode(), CheckSettings(most=10))
    assert len(found) == 11 and any(one.rule == "unreadable" for one in found)
