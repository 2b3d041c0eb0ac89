"""The writer: loops in, one interchange out, in the order of the guide, with numbers and counts that agree.

How a segment is put into text stands in ``encoding``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12.check import examine
from chartdesk.standards.x12.encoding import encode, encode_all
from chartdesk.standards.x12.envelope import INTERCHANGE_VERSIONS, Envelope, gs, isa
from chartdesk.standards.x12.guides.model import SELECTORS, Guide, LoopRule, SegmentRule
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
        number_levels(content.root, guide.root)
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
    before, is_sorted = 0, True
    for own in loop.segments:
        order = _order(own, places, rule)
        is_sorted, before = is_sorted and order >= before, order
    if not is_sorted:
        loop.segments.sort(key=lambda one: _order(one, places, rule))
    inner, before, is_sorted = places.loops, 0, True
    for one in loop.loops:
        part = inner.get(one.id)
        if part is None:
            raise Invalid(f"Loop {one.id} has no place in loop {rule.id}.", where=one.id, cure="Leave it out.")
        one.parent = loop
        arrange(one, part)
        is_sorted, before = is_sorted and part.order >= before, part.order
    if not is_sorted:
        loop.loops.sort(key=lambda one: inner[one.id].order)


@dataclass(slots=True, frozen=True)
class _Places:
    """Where the parts of a loop stand: the inner loops; segments by their tag, or by tag and qualifier; and the rules
    of those whose qualifier is a component. ``levels`` are the inner loops with HL segments."""

    loops: dict[str, LoopRule]
    levels: frozenset[str]
    by_tag: dict[str, int]
    by_code: dict[str, tuple[int, dict[str, int]]]
    others: dict[str, list[SegmentRule]]


@cache
def _places(rule: LoopRule) -> _Places:
    segments: dict[str, list[SegmentRule]] = {}
    for part in rule.parts:
        if isinstance(part, SegmentRule):
            segments.setdefault(part.tag, []).append(part)
    loops = {part.id: part for part in rule.parts if isinstance(part, LoopRule)}
    levels = frozenset(id for id, inner in loops.items() if any(one.tag == "HL" for one in inner.walk()))
    places = _Places(loops, levels, {}, {}, {})
    for tag, parts in segments.items():
        if not parts[0].codes:
            places.by_tag[tag] = parts[0].order
        elif SELECTORS[tag][1] or not all(part.codes for part in parts):
            places.others[tag] = parts
        else:
            # Of two that take a code the first does.
            orders = {code: part.order for part in reversed(parts) for code in part.codes}
            places.by_code[tag] = SELECTORS[tag][0], orders
    return places


def _order(one: Segment, places: _Places, rule: LoopRule) -> int:
    tag = one.elements[0]
    found = places.by_tag.get(tag)
    if found is None and tag in places.by_code:
        place, orders = places.by_code[tag]
        found = orders.get(one[place])
    if found is not None:
        return found
    for part in places.others.get(tag, ()):
        if part.matches(one):
            return part.order
    raise Invalid(f"{one!r} has no place in loop {rule.id} ({rule.name}).", where=tag, cure="Leave it out.")


def _flat(loop: Loop, found: list[Segment]) -> list[Segment]:
    """The segments of a loop and of those inside it, in order."""
    found += loop.segments
    for inner in loop.loops:
        _flat(inner, found)
    return found


def number_levels(root: Loop, rule: LoopRule) -> None:
    """Number the HL segments from 1: own number, parent's number, and whether a level follows below."""
    count = 0

    def number(loop: Loop, rule: LoopRule, parent: str) -> None:
        nonlocal count
        places = _places(rule)
        levels = [inner for inner in loop.loops if inner.id in places.levels]
        if loop.segments and loop.segments[0].tag == "HL":
            count += 1
            below = any(inner.segments and inner.segments[0].tag == "HL" for inner in levels)
            old = loop.segments[0]
            child = "" if old[4] == "-" else "1" if below else "0"
            # Some guides leave HL04 out at the lowest level; their builders write "-" for that.
            loop.segments[0] = segment("HL", str(count), parent, old[3], child)
            parent = str(count)
        for inner in levels:
            number(inner, places.loops[inner.id], parent)

    number(root, rule, "")


def hl(level: str, *, child: bool = True) -> Segment:
    """An HL to be numbered by the writer; ``child=False`` where the guide has no HL04 at this level."""
    return segment("HL", "", "", level, "" if child else "-")
