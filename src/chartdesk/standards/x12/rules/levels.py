"""HL levels and provider numbers: rules that hold in every set that has them."""

from __future__ import annotations

from chartdesk.standards.x12.judge import Judge
from chartdesk.standards.x12.npi import is_npi
from chartdesk.standards.x12.placing import Frame
from chartdesk.standards.x12.segments import Segment

_NUMBERED = {"NM1": (8, 9), "N1": (3, 4)}


def check_level(judge: Judge, hl: Segment, frame: Frame) -> None:
    """An HL counts on from the one before and names the level it stands in."""
    count = judge.notes.get("levels", 0) + 1
    judge.notes["levels"] = count
    if hl[1] != str(count):
        judge.fault(
            hl,
            "hl-number",
            f"HL01 is {hl[1]!r}; it is level {count} of the set.",
            "Count the HL segments from 1 in each set.",
            element=1,
            code="7",
            loop=frame.rule.id,
        )
    above = frame.loop.parent
    parent = above.segments[0] if above is not None and above.segments else None
    expected = parent[1] if parent is not None and parent.tag == "HL" else ""
    if hl[2] != expected:
        judge.fault(
            hl,
            "hl-parent",
            f"HL02 is {hl[2]!r}; the level above is {expected or 'none'}.",
            "Name the HL01 of the level above.",
            element=2,
            code="7",
            loop=frame.rule.id,
        )


def check_children(judge: Judge, frame: Frame) -> None:
    """HL04 tells whether levels follow below; where it does not agree, the file has lost one or says too
    much."""
    hl = frame.loop.segments[0]
    below = any(part.tag == "HL" and part is not frame.rule.parts[0] and frame.count(part) for part in frame.rule.parts)
    if (hl[4] == "1" and not below) or (hl[4] == "0" and below):
        judge.fault(
            hl,
            "hl-child",
            f"HL04 is {hl[4]}, but {'no level follows' if not below else 'a level follows'} below.",
            "1 where a level follows below, else 0.",
            element=4,
            code="7",
            loop=frame.rule.id,
        )


def check_npi(judge: Judge, segment: Segment, loop: str) -> None:
    """A number sent as NPI has the right check digit."""
    qualifier, place = _NUMBERED[segment.elements[0]]
    elements = segment.elements
    if len(elements) > qualifier and elements[qualifier] == "XX" and not is_npi(segment[place]):
        judge.fault(
            segment,
            "npi",
            f"{segment[place]!r} is no NPI: ten digits with the right check digit.",
            "Correct it in the provider's record.",
            element=place,
            code="I12",
            loop=loop,
        )
