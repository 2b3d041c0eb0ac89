"""What a check says of segments that stand where they should not, and of what a loop lacks."""

from __future__ import annotations

from chartdesk.standards.x12.dictionary import segment_type
from chartdesk.standards.x12.guides.model import SELECTORS, LoopRule, SegmentRule
from chartdesk.standards.x12.judge import Judge
from chartdesk.standards.x12.placing import Frame, Placer
from chartdesk.standards.x12.segments import Segment

_FAULTS = {
    "unexpected": ("2", "does not belong here."),
    "order": ("7", "stands out of order."),
    "repeat": ("5", "is sent too often."),
    "loop-repeat": ("4", "opens its loop too often."),
}


def misplaced(judge: Judge, one: Segment, rule: SegmentRule | None, placer: Placer) -> None:
    """Report the fault in the place of the segment that the placer took last."""
    fault, frame, guide = placer.fault, placer.stack[-1], placer.guide
    code, what = _FAULTS[fault]
    cure = "Leave it out, or put it where the guide has it."
    if fault == "repeat" and rule is not None:
        what = f"is sent more than {times(rule.most)}."
        cure = "Leave the others out."
    elif fault == "loop-repeat":
        what = f"opens loop {frame.rule.id} more than {times(frame.rule.most)}."
        cure = "Leave the others out, or send them in another claim or set."
    elif fault == "unexpected":
        allowed = _qualifiers(one, placer)
        if segment_type(one.tag) is None:
            code, what = "1", "is not a segment we know."
        elif not any(one.tag in loop.by_tag for loop in guide.root.walk()):
            code, what = "6", f"is not part of a {guide.name}."
        elif allowed:
            place = SELECTORS[one.tag][0]
            what = f"has no qualifier in {one.tag}{place:02d} that may stand here."
            cure = f"Allowed here: {', '.join(allowed)}."
    judge.fault(one, f"segment-{fault}", f"{shown(one)} {what}", cure, code=code, loop=frame.rule.id)


def _lacking(judge: Judge, frame: Frame, part: SegmentRule | LoopRule, st: Segment | None) -> None:
    """Report that a loop has ended without a segment or an inner loop that it must have."""
    tag, name, loop = part.tag, part.name, part.id if isinstance(part, LoopRule) else ""
    own = frame.loop.segments
    opener = own[0] if own else st
    what = f"loop {loop} ({name})" if loop else f"{tag} ({name})"
    judge.fault(
        None,
        "loop-missing" if loop else "segment-missing",
        f"{what[0].upper()}{what[1:]} is missing in loop {frame.rule.id}, {shown(opener) if opener else 'ST'}.",
        "Send it.",
        code="I7" if loop else "3",
        number=(own[-1].number if own else judge.offset + 1) + 1,
        tag=tag,
        loop=frame.rule.id,
    )


def lacks(judge: Judge, frame: Frame, st: Segment | None) -> None:
    """Report everything that a loop which has ended must have and has not."""
    for part in frame.lacks:
        _lacking(judge, frame, part, st)


def times(most: int) -> str:
    """How often, in words."""
    return "once" if most == 1 else f"{most} times"


def shown(one: Segment) -> str:
    """The beginning of a segment, as people recognize it."""
    return f"{one!r:.40}"


def _qualifiers(one: Segment, placer: Placer) -> list[str]:
    """The qualifiers that a segment of that tag may have in the loops that are open."""
    parts = [part for frame in placer.stack for part in frame.rule.by_tag.get(one.tag, ())]
    codes = {code for part in parts for code in (part if isinstance(part, SegmentRule) else part.first).codes}
    return sorted(codes)[:30]
