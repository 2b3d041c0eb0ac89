"""The writer: loops in, one interchange out, in the order of the guide, with numbers and counts that agree.

How a segment is put into text stands in ``encoding``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12.check import examine
from chartdesk.standards.x12.encoding import encode, encode_all
from chartdesk.standards.x12.envelope import INTERCHANGE_VERSIONS, Envelope, gs, isa
from chartdesk.standards.x12.guides.model import Guide, LoopRule, SegmentRule
from chartdesk.standards.x12.judge import CheckSettings
from chartdesk.standards.x12.segments import Loop, Segment, segment


@dataclass(slots=True, frozen=True)
class SetContent:
    """What goes between ST and SE: the loops of one set, its control number (ST02) and version."""

    control: str
    root: Loop
    version: str = ""


def compose(
    envelope: Envelope,
    guide: Guide,
    sets: Sequence[SetContent],
    *,
    uppercase: bool = True,
    check: bool = True,
) -> bytes:
    """One interchange with one group of those sets, which has passed our own check (unless it is off).

    Raises Invalid where the guide cannot hold them, with every finding in ``issues``. The check digit of NPIs and the
    table of diagnoses are not looked at here: whether they stop a claim is the practice's setting.
    """
    if not sets:
        raise Invalid("There is nothing to send.", where="ST", cure="Give at least one transaction set.")
    marks = envelope.separators
    version = sets[0].version or guide.version
    lines = [
        isa(envelope, INTERCHANGE_VERSIONS.get(version[:6], "00501")),
        encode(gs(envelope, guide.functional, version), marks),
    ]
    for content in sets:
        arrange(content.root, guide.root)
        number_levels(content.root)
        body = _flat(content.root, [])
        lines.append(encode(_st(guide, content.control, content.version or version), marks))
        lines.append(encode_all(body, marks, uppercase=uppercase))
        lines.append(encode(segment("SE", str(len(body) + 2), content.control), marks))
    lines.append(encode(segment("GE", str(len(sets)), str(envelope.group_control)), marks))
    lines.append(encode(segment("IEA", "1", f"{envelope.control:09d}"), marks))
    written = "".join(lines).encode("utf-8", "surrogateescape")
    if check:
        _refuse_faults(written)
    return written


def _refuse_faults(content: bytes) -> None:
    faults = examine(content, CheckSettings(npi_check_digit=False, diagnosis_codes=False)).errors
    if faults:
        more = f" ({len(faults) - 1} more.)" if len(faults) > 1 else ""
        where = f"{faults[0].segment} (segment {faults[0].number})"
        raise Invalid(faults[0].message + more, where=where, cure=faults[0].cure, issues=faults)


def _st(guide: Guide, control: str, version: str) -> Segment:
    return segment("ST", guide.set_code, control, version if guide.st03 else "")


def arrange(loop: Loop, rule: LoopRule) -> None:
    """Put a loop, and every loop inside it, into the order of the guide. What stands at one place there keeps
    the order it was given in. Raises Invalid for what has no place."""
    places = _places(rule)
    own = [_order(one, places, rule) for one in loop.segments]
    if any(one > other for one, other in pairwise(own)):
        loop.segments.sort(key=lambda one: _order(one, places, rule))
    inner, before, sorted_before = places.loops, 0, True
    for one in loop.loops:
        part = inner.get(one.id)
        if part is None:
            raise Invalid(f"Loop {one.id} has no place in loop {rule.id}.", where=one.id, cure="Leave it out.")
        one.parent = loop
        arrange(one, part)
        sorted_before, before = sorted_before and part.order >= before, part.order
    if not sorted_before:
        loop.loops.sort(key=lambda one: inner[one.id].order)


@dataclass(slots=True, frozen=True)
class _Places:
    """Where the parts of a loop stand: the inner loops, the segments whose tag has one place, the others' rules."""

    loops: dict[str, LoopRule]
    single: dict[str, int]
    several: dict[str, list[SegmentRule]]


@cache
def _places(rule: LoopRule) -> _Places:
    segments: dict[str, list[SegmentRule]] = {}
    for part in rule.parts:
        if isinstance(part, SegmentRule):
            segments.setdefault(part.tag, []).append(part)
    single = {tag: parts[0].order for tag, parts in segments.items() if not parts[0].codes}
    several = {tag: parts for tag, parts in segments.items() if tag not in single}
    return _Places({part.id: part for part in rule.parts if isinstance(part, LoopRule)}, single, several)


def _order(one: Segment, places: _Places, rule: LoopRule) -> int:
    tag = one.elements[0]
    found = places.single.get(tag)
    if found is not None:
        return found
    for part in places.several.get(tag, ()):
        if part.matches(one):
            return part.order
    raise Invalid(f"{one!r} has no place in loop {rule.id} ({rule.name}).", where=one.tag, cure="Leave it out.")


def _flat(loop: Loop, found: list[Segment]) -> list[Segment]:
    """The segments of a loop and of those inside it, in order."""
    found += loop.segments
    for inner in loop.loops:
        _flat(inner, found)
    return found


def number_levels(root: Loop) -> None:
    """Number the HL segments from 1: own number, parent's number, and whether a level follows below."""
    count = 0

    def number(loop: Loop, parent: str) -> None:
        nonlocal count
        if loop.segments and loop.segments[0].tag == "HL":
            count += 1
            below = any(inner.segments and inner.segments[0].tag == "HL" for inner in loop.loops)
            old = loop.segments[0]
            child = "" if old[4] == "-" else "1" if below else "0"
            # Some guides leave HL04 out at the lowest level; their builders write "-" for that.
            loop.segments[0] = segment("HL", str(count), parent, old[3], child)
            parent = str(count)
        for inner in loop.loops:
            number(inner, parent)

    number(root, "")


def hl(level: str, *, child: bool = True) -> Segment:
    """An HL to be numbered by the writer; ``child=False`` where the guide has no HL04 at this level."""
    return segment("HL", "", "", level, "" if child else "-")
