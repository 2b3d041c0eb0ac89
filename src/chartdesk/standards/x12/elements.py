"""Elements against the guide and the dictionary: required, allowed, length, kind, codes, syntax notes.

The codes reported are those of IK403 (005010X231A1): 1 missing, 2 missing beside another, 3 too many, 4 too
short, 5 too long, 6 a character, 7 a code, 8 a date, 9 a time, 10 excluded by another, 12 too many repeats,
13 too many components, I10 not used by the guide.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from chartdesk.standards.x12.dictionary import ElementType, segment_type
from chartdesk.standards.x12.envelope import day_of, stamp
from chartdesk.standards.x12.guides.model import SegmentRule, Use
from chartdesk.standards.x12.judge import Judge
from chartdesk.standards.x12.segments import Segment
from chartdesk.standards.x12.values import NUMBER

_NUMBER = {"R": NUMBER, "N0": re.compile(r"-?[0-9]+")}
_TIME = re.compile(r"([01][0-9]|2[0-3])[0-5][0-9]([0-5][0-9]([0-9]{1,2})?)?")
#: Where a format qualifier says what kind of date the next element is.
QUALIFIED = {"DTP": (2, 3), "DMG": (1, 2), "PAT": (5, 6), "DTM": (5, 6)}
_FORMS = {"D8": "day", "RD8": "span of days", "DT": "day and time", "TM": "time"}
#: Segments whose elements are padded with spaces.
_PADDED = frozenset({"ISA"})


class Slot(msgspec.Struct, frozen=True):
    """One element as the guide uses it and the dictionary describes it."""

    required: bool
    used: bool
    codes: frozenset[str]
    type: ElementType
    parts: tuple[Slot, ...] = ()


@lru_cache(maxsize=4096)
def slots_of(rule: SegmentRule) -> tuple[Slot, ...]:
    """The elements of a segment as its rule uses them."""
    known = segment_type(rule.tag)
    types = known.elements if known else ()
    return tuple(_slot(rule.uses.get(n), kind, rule.open) for n, kind in enumerate(types, 1))


def _slot(use: Use | None, kind: ElementType, is_open: bool) -> Slot:
    parts: tuple[Slot, ...] = ()
    if kind.parts:
        named = use.parts if use is not None else {}
        parts = tuple(_slot(named.get(n), part, not named) for n, part in enumerate(kind.parts, 1))
    if use is None:
        return Slot(False, is_open, frozenset(), kind, parts)
    return Slot(use.required, True, use.codes, kind, parts)


def check_elements(judge: Judge, segment: Segment, rule: SegmentRule, loop: str) -> None:
    """Report every fault in the elements of a segment whose rule is known."""
    slots, elements = slots_of(rule), segment.elements
    sent = len(elements) - 1
    if not any(elements[1:]):
        judge.fault(segment, "segment-empty", f"{segment.tag} holds nothing.", "Leave it out.", code="8", loop=loop)
        return
    for place, slot in enumerate(slots, 1):
        value = elements[place] if place <= sent else ""
        if not value:
            if slot.required:
                _missing(judge, segment, place, 0, loop, rule)
        elif not slot.used:
            _fault(judge, segment, place, 0, "I10", "not-used", "is not used here", "Leave it out.", loop)
        else:
            _check(judge, segment, place, slot, value, loop)
    if sent > len(slots):
        message = f"{segment.tag} has {sent} elements; there are {len(slots)} at most."
        judge.fault(segment, "too-many-elements", message, "Leave the others out.", code="3", element=sent, loop=loop)
    elif sent and not elements[-1]:
        judge.fault(
            segment,
            "empty-end",
            f"{segment.tag} ends with empty elements.",
            "Leave them out.",
            level="warning",
            loop=loop,
        )
    _check_notes(judge, segment, loop)
    if rule.tag in QUALIFIED:
        _check_qualified(judge, segment, loop)


def _check(judge: Judge, segment: Segment, place: int, slot: Slot, value: str, loop: str) -> None:
    if slot.type.kind == "B":
        return
    marks = segment.separators
    if marks.repetition and marks.repetition in value:
        if slot.type.repeats:
            for one in value.split(marks.repetition):
                _check_one(judge, segment, place, slot, one, loop)
            return
        _fault(judge, segment, place, 0, "12", "repeat", "may not repeat", "Send it once.", loop)
        return
    _check_one(judge, segment, place, slot, value, loop)


def _check_one(judge: Judge, segment: Segment, place: int, slot: Slot, value: str, loop: str) -> None:
    if not slot.type.parts:
        mark = segment.separators.component
        if mark and mark in value:
            what, cure = f"holds the component separator {mark!r} and has no components", "Send another character."
            _fault(judge, segment, place, 0, "13", "separator", what, cure, loop, value)
        _check_simple(judge, segment, place, 0, slot, value, loop)
        return
    values = value.split(segment.separators.component)
    if len(values) > len(slot.parts):
        _fault(judge, segment, place, 0, "13", "components", "has too many components", "Leave them out.", loop)
    for component, part in enumerate(slot.parts, 1):
        text = values[component - 1] if component <= len(values) else ""
        if not text:
            if part.required:
                _missing(judge, segment, place, component, loop, None)
        elif not part.used:
            _fault(judge, segment, place, component, "I10", "not-used", "is not used here", "Leave it out.", loop)
        else:
            _check_simple(judge, segment, place, component, part, text, loop)


def _check_simple(
    judge: Judge, segment: Segment, place: int, component: int, slot: Slot, value: str, loop: str
) -> None:
    kind = slot.type.kind
    if value.isspace() and segment.elements[0] not in _PADDED:
        what, cure = "holds nothing but spaces", "Send it, or leave it empty."
        _fault(judge, segment, place, component, "1" if slot.required else "6", "blank", what, cure, loop)
        return
    if slot.codes and value not in slot.codes:
        allowed = ", ".join(sorted(slot.codes)[:12])
        _fault(
            judge,
            segment,
            place,
            component,
            "7",
            "code",
            f"is {value!r}",
            f"Allowed: {allowed}.",
            loop,
            value,
        )
        return
    length = len(value)
    if kind in _NUMBER:
        if not _NUMBER[kind].fullmatch(value):
            _fault(judge, segment, place, component, "6", "number", f"is {value!r}, no number", "", loop, value)
            return
        length = sum(c.isdigit() for c in value)
    if length > slot.type.most:
        least = f"At most {slot.type.most}."
        _fault(judge, segment, place, component, "5", "long", f"has {length} characters", least, loop, value)
    elif length < slot.type.least and kind not in _NUMBER:
        least = f"At least {slot.type.least}."
        _fault(judge, segment, place, component, "4", "short", f"has {length} characters", least, loop, value)
    elif kind == "DT" and not _is_day(value):
        _fault(judge, segment, place, component, "8", "date", f"is {value!r}, no date", "", loop, value)
    elif kind == "TM" and not _TIME.fullmatch(value):
        _fault(judge, segment, place, component, "9", "time", f"is {value!r}, no time", "", loop, value)
    if not (value.isascii() and value.isprintable()):
        message, cure = "holds a character outside the X12 character set", "Send plain ASCII."
        _fault(judge, segment, place, component, "6", "character", message, cure, loop, value, "warning")


def _is_day(value: str) -> bool:
    return day_of(value if len(value) == 8 else "20" + value) is not None


def _missing(judge: Judge, segment: Segment, place: int, component: int, loop: str, rule: SegmentRule | None) -> None:
    name = f" ({rule.name})" if rule is not None else ""
    _fault(judge, segment, place, component, "1", "missing", f"is missing{name}", "Send it.", loop)


def _fault(
    judge: Judge,
    segment: Segment,
    place: int,
    component: int,
    code: str,
    rule: str,
    what: str,
    cure: str,
    loop: str,
    value: str = "",
    level: str = "error",
) -> None:
    name = f"{segment.tag}{place:02d}" + (f"-{component}" if component else "")
    judge.fault(
        segment,
        f"element-{rule}",
        f"{name} {what}.",
        cure,
        element=place,
        component=component,
        code=code,
        loop=loop,
        value=value,
        level=level,
    )


def _check_notes(judge: Judge, segment: Segment, loop: str) -> None:
    known = segment_type(segment.tag)
    for letter, places in known.notes if known else ():
        sent = [place for place in places if segment[place]]
        absent = [place for place in places if not segment[place]]
        code, message = "2", ""
        if letter == "P" and sent and absent:
            message = f"{_names(segment, sent)} needs {_names(segment, absent)} beside it."
        elif letter == "R" and not sent:
            message = f"One of {_names(segment, list(places))} is needed."
        elif letter == "C" and segment[places[0]] and any(not segment[place] for place in places[1:]):
            message = f"{_names(segment, [places[0]])} needs {_names(segment, list(places[1:]))} beside it."
        elif letter == "L" and segment[places[0]] and not any(segment[place] for place in places[1:]):
            message = f"{_names(segment, [places[0]])} needs one of {_names(segment, list(places[1:]))}."
        elif letter == "E" and len(sent) > 1:
            code, message = "10", f"Only one of {_names(segment, sent)} may be sent."
        if message:
            where = (absent or sent)[0] if letter != "E" else sent[-1]
            judge.fault(segment, "element-syntax", message, "Send them together.", element=where, code=code, loop=loop)


def _names(segment: Segment, places: list[int]) -> str:
    return ", ".join(f"{segment.tag}{place:02d}" for place in places)


def _check_qualified(judge: Judge, segment: Segment, loop: str) -> None:
    form, place = QUALIFIED[segment.tag]
    kind, value = segment[form], segment[place]
    if not kind or not value:
        return
    if kind == "D8":
        good = day_of(value) is not None
    elif kind == "RD8":
        first, dash, last = value.partition("-")
        start, end = day_of(first), day_of(last)
        good = bool(dash) and start is not None and end is not None and start <= end
    elif kind == "DT":
        good = stamp(value[:8], value[8:]) is not None and len(value) == 12
    elif kind == "TM":
        good = _TIME.fullmatch(value) is not None
    else:
        return
    if not good:
        what = f"is {value!r}, no {_FORMS[kind]}"
        cure = "CCYYMMDD, a span with a dash, a time HHMM."
        _fault(judge, segment, place, 0, "8", "date", what, cure, loop, value)
