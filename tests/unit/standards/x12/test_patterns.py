"""A segment that is right at a glance is right element by element: the pattern is never the more lenient."""

from __future__ import annotations

import pytest
import x12_examples as examples

from chartdesk.standards.x12 import (
    attachment_275,
    claim_837i,
    claim_837p,
    eligibility_270,
    eligibility_271,
    guides,
    information_277,
    remittance_835,
    review_278,
    status_276,
    status_277,
    status_277ca,
)
from chartdesk.standards.x12.elements import check_elements
from chartdesk.standards.x12.guides.envelope import ENVELOPE
from chartdesk.standards.x12.judge import CheckSettings, Judge
from chartdesk.standards.x12.patterns import glance, keeps
from chartdesk.standards.x12.placing import Placer
from chartdesk.standards.x12.reader import batches
from chartdesk.standards.x12.segments import Segment, Separators

HERE = examples.envelope()
FILES = {
    "837P": claim_837p.write(examples.interchange(examples.secondary_claim(), examples.accident_claim())),
    "837I": claim_837i.write(examples.stays(examples.stay(), examples.secondary_stay())),
    "835": remittance_835.write(HERE, [examples.remittance()]),
    "270": eligibility_270.write(HERE, [examples.dependent_inquiry()]),
    "271": eligibility_271.write(HERE, [examples.response()]),
    "276": status_276.write(HERE, [examples.status_request(examples.dependent_question())]),
    "277": status_277.write(HERE, [examples.status_response(examples.dependent_answer())]),
    "277CA": status_277ca.write(HERE, [examples.status_report()]),
    "277RFAI": information_277.write(HERE, [examples.information_request()]),
    "278": review_278.write_requests(HERE, [examples.review_request()]),
    "275": attachment_275.write(HERE, [examples.attachment_set()]),
}
#: Values that elements of one kind or another may not hold.
WRONG = (
    "", "?", "0", "-1", "1.", ".5", "1.2345", "99999999999999999999", "20260229", "20240229", "20261301", "2460",
    "093015", "A" * 61, "É", "A:B", ":", "A:", "A^B", "D8", "RD8", "20260302-20260301", "20260302-20260302", " ", "XX",
)  # fmt: skip


def judged(one: Segment, raw: str, rule: guides.model.SegmentRule) -> tuple[bool, list[str]]:
    """Whether it is right at a glance, and what is found element by element."""
    matches, notes = glance(rule, one.separators)
    judge = Judge(CheckSettings())
    check_elements(judge, one, rule, "")
    return bool(matches(raw)) and keeps(notes, one.elements), [str(found) for found in judge.findings]


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_what_matches_has_no_finding(content: bytes) -> None:
    glanced = looked = 0
    for rule, row, marks in placed(content):
        for spoiled in variants(row):
            raw = marks.element.join(spoiled)
            right, found = judged(Segment(spoiled, 1, marks), raw, rule)
            assert not (right and found), (raw, found)
            glanced += right
            looked += not found
    assert glanced > 0.75 * looked, (glanced, looked)


def placed(content: bytes) -> list[tuple[guides.model.SegmentRule, list[str], Separators]]:
    """Every segment of the sets of a file with its rule."""
    found = []
    placer: Placer | None = None
    head: list[str] = []
    for batch in batches(content):
        for row in batch.rows:
            if row[0] == "ST":
                head, placer = row, None
            elif row[0] not in ENVELOPE:
                one = Segment(row, 1, batch.separators)
                if placer is None:
                    guide = guides.guide_for(head[1], version(content, head), one)
                    assert guide is not None
                    placer = Placer(guide)
                rule = placer.step(one).rule
                assert rule is not None, row
                found.append((rule, row, batch.separators))
    return found


def version(content: bytes, head: list[str]) -> str:
    if len(head) > 3:
        return head[3]
    return content.split(b"GS*", 1)[1].split(b"~", 1)[0].split(b"*")[-1].decode()


def variants(row: list[str]) -> list[list[str]]:
    """The segment itself, and it with each element in turn made something else, left out, or added."""
    made = [row, [*row, ""], [*row, "X"], row[:1]]
    for place in range(1, len(row)):
        made += [[*row[:place], value, *row[place + 1 :]] for value in WRONG]
        made.append(row[:place])
    return made
