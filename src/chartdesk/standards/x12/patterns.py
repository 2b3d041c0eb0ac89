"""Right at a glance: one regular expression a segment rule, which a segment without any fault in its elements matches.

Most segments of most files are right. What matches here has nothing that ``elements`` would report, and is passed
by; what does not match is looked at there, element by element, to say what is wrong, or that nothing is. So a pattern
may be too strict, never too lenient; a test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from chartdesk.standards.x12.dictionary import ElementType, segment_type
from chartdesk.standards.x12.elements import QUALIFIED, Slot, slots_of
from chartdesk.standards.x12.guides.model import SegmentRule
from chartdesk.standards.x12.segments import Separators

#: Tells of a segment as it stands in the file that it is right, as far as a pattern can.
Matcher = Callable[[str], object]
#: A syntax note that the pattern leaves open: its letter, its places, and the fewest elements that can break it.
Note = tuple[str, tuple[int, ...], int]
Glance = tuple[Matcher, tuple[Note, ...]]

_DATE = (
    r"(?:1[89]|20)[0-9]{2}(?:(?:0[13578]|1[02])(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)(?:0[1-9]|[12][0-9]|30)|02(?:0[1-9]|1[0-9]|2[0-8]))"
)
_TIME = r"(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9](?:[0-9]{1,2})?)?"
_NEVER = r"(?!)"
#: What the value after each format qualifier must look like; a span of one day is the usual one.
_FORMS = {
    "D8": _DATE,
    "RD8": rf"(?P<span>{_DATE})-(?P=span)",
    "TM": _TIME,
    "DT": _DATE + r"(?:[01][0-9]|2[0-3])[0-5][0-9]",
}


@lru_cache(maxsize=16)
def glances(marks: Separators) -> dict[SegmentRule, Glance]:
    """The glances of one set of separators, by their rule; filled as rules are met."""
    return {}


def glance(rule: SegmentRule, marks: Separators) -> Glance:
    """The pattern of a rule, and the syntax notes that remain to be looked at."""
    known = segment_type(rule.tag)
    if known is None or any(one.kind == "B" for one in known.elements):
        return re.compile(_NEVER).fullmatch, ()
    slots = slots_of(rule)
    return re.compile(_whole(rule.tag, slots, marks)).fullmatch, _open_notes(known.notes, slots)


def keeps(notes: tuple[Note, ...], elements: list[str]) -> bool:
    """True where no note is broken. The notes stand in the order of the places that can break them."""
    sent = len(elements)
    for letter, places, least in notes:
        if sent <= least:
            return True
        has = [place < sent and elements[place] != "" for place in places]
        if letter == "P":
            broken = any(has) and not all(has)
        elif letter == "R":
            broken = not any(has)
        elif letter == "C":
            broken = has[0] and not all(has)
        elif letter == "L":
            broken = has[0] and not any(has[1:])
        else:
            broken = sum(has) > 1
        if broken:
            return False
    return True


def _whole(tag: str, slots: tuple[Slot, ...], marks: Separators) -> str:
    """The pattern of a segment: everything up to the last required element, then what may follow, cut anywhere."""
    mark = re.escape(marks.element)
    form, value = QUALIFIED.get(tag, (0, 0))
    units: list[tuple[str, bool]] = []
    for place, slot in enumerate(slots, 1):
        if place == value:
            continue
        if place == form and slot.required and slots[value - 1].required:
            forms = [code for code in _FORMS if not slot.codes or code in slot.codes]
            pairs = "|".join(f"{code}{mark}{_FORMS[code]}" for code in forms)
            units.append((f"{mark}(?:{pairs or _NEVER})", True))
        elif place == form:
            units += [(mark, False), (mark, False)]
        elif not slot.used:
            units.append((mark, False))
        else:
            inner = _element(slot, marks)
            units.append((f"{mark}{inner}" if slot.required else f"{mark}(?:{inner})?", slot.required))
    last = max((place for place, (_, required) in enumerate(units, 1) if required), default=0)
    head = "".join(unit for unit, _ in units[:last])
    tail = ""
    for unit, _ in reversed(units[last:]):
        tail = f"(?:{unit}{tail})?"
    return f"{tag}(?={mark}){head}{tail}(?<!{mark})"


def _element(slot: Slot, marks: Separators) -> str:
    one = _composite(slot, marks) if slot.type.parts else _simple(slot.type, slot.codes, marks)
    if slot.type.repeats and marks.repetition:
        return f"{one}(?:{re.escape(marks.repetition)}{one})*"
    return one


def _composite(slot: Slot, marks: Separators) -> str:
    mark = re.escape(marks.component)
    parts = [(_simple(part.type, part.codes, marks) if part.used else "", part.required) for part in slot.parts]
    last = max((place for place, (_, required) in enumerate(parts, 1) if required), default=1)
    tail = ""
    for inner, _ in reversed(parts[last:]):
        tail = f"(?:{mark}(?:{inner})?{tail})?"
    head = mark.join(inner if required else f"(?:{inner})?" for inner, required in parts[:last])
    # A composite is never empty: its element would count as not sent.
    return f"(?!{re.escape(marks.element)}|$){head}{tail}"


def _simple(kind: ElementType, codes: frozenset[str], marks: Separators) -> str:
    if codes:
        return f"(?:{'|'.join(re.escape(code) for code in sorted(codes))})"
    if kind.kind == "N0":
        return f"-?[0-9]{{1,{kind.most}}}"
    if kind.kind == "R":
        return f"-?[0-9]{{1,{kind.most - 3}}}(?:\\.[0-9]{{0,3}})?" if kind.most > 4 else f"-?[0-9]{{1,{kind.most}}}"
    if kind.kind == "DT":
        return _DATE if kind.least == kind.most == 8 else _NEVER
    if kind.kind == "TM":
        return _TIME
    # Not blank: one that begins with a space is looked at closely.
    first, any_ = _characters(marks, " "), _characters(marks)
    return f"[{first}][{any_}]{{{max(kind.least, 1) - 1},{min(kind.most, 9999) - 1}}}"


@lru_cache(maxsize=16)
def _characters(marks: Separators, without: str = "") -> str:
    """The characters that data may hold, as the inside of a class: printable ASCII ``without`` some, and without the
    separators."""
    kept = [chr(code) for code in range(0x20, 0x7F) if chr(code) not in marks.all() + without]
    return "".join(re.escape(one) for one in kept)


def _open_notes(notes: tuple[tuple[str, tuple[int, ...]], ...], slots: tuple[Slot, ...]) -> tuple[Note, ...]:
    """The notes that a segment which matches could still break."""
    found = []
    for letter, places in notes:
        required = [slots[place - 1].required for place in places]
        used = [slots[place - 1].used for place in places]
        if letter == "P" and not all(required) and any(used):
            found.append((letter, places, min(places)))
        elif letter == "R" and not any(required):
            found.append((letter, places, 0))
        elif letter in "CL" and used[0] and not (all(required[1:]) if letter == "C" else any(required[1:])):
            found.append((letter, places, places[0]))
        elif letter == "E" and sum(used) > 1:
            found.append((letter, places, sorted(places)[1]))
    return tuple(sorted(found, key=lambda note: note[2]))
