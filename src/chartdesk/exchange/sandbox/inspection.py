"""The faults of a file's form, named in the codes of TA1 (note codes) and 999 (AK9, IK5, IK3, IK4).

Only form is judged here: counts, hierarchy, required segments and elements, dates and numbers. Whether a
claim makes sense is decided in ``acceptance``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import pairwise

import msgspec

from chartdesk.exchange.sandbox import claim_forms
from chartdesk.exchange.sandbox.claim_forms import Form
from chartdesk.exchange.sandbox.loops import HL_LOOPS, LEVELS, Loop, loops
from chartdesk.exchange.sandbox.wire import Group, Interchange, Segment, TransactionSet

VERSIONS = {
    "HC": ("005010X222A1", "005010X222A2", "005010X223A2", "005010X223A3"),
    "HS": ("005010X279A1",),
    "HR": ("005010X212",),
    "HI": ("005010X217",),
    "PI": ("006020X314",),
}
KINDS = {"HC": "837", "HS": "270", "HR": "276", "HI": "278", "PI": "275"}
#: Checks of sets that live in a file of their own, by ST01; they register themselves.
CHECKS: dict[str, Callable[[TransactionSet], Iterator[Fault]]] = {}
NUMBER = re.compile(r"-?(\d+\.?\d*|\.\d+)")
QUALIFIERS = ("01", "14", "20", "27", "28", "29", "30", "33", "ZZ")


class Fault(msgspec.Struct, frozen=True):
    """One fault: the segment (IK3), and the element (IK4) where there is one. ``place`` 1 is the ST."""

    segment: str
    place: int
    loop: str
    code: str
    element: int = 0
    component: int = 0
    reference: str = ""
    element_code: str = ""
    value: str = ""
    claim: str = ""


class SetVerdict(msgspec.Struct):
    """What the 999 says of one transaction set."""

    kind: str
    control: str
    version: str
    codes: list[str]
    faults: list[Fault]

    @property
    def accepted(self) -> bool:
        """True where nothing was found."""
        return not self.codes


class GroupVerdict(msgspec.Struct):
    """What the 999 says of one functional group."""

    functional: str
    control: str
    version: str
    codes: list[str]
    sets: list[SetVerdict]
    declared: str

    @property
    def accepted(self) -> int:
        """How many sets are accepted: none where the group itself is refused."""
        return 0 if self.codes else sum(one.accepted for one in self.sets)


def interchange_note(interchange: Interchange) -> str:
    """The TA1 note code of the envelope; ``000`` where it is in order."""
    isa, iea = interchange.header, interchange.trailer
    checks = (
        ("005", isa[5] in QUALIFIERS),
        ("006", bool(isa[6])),
        ("007", isa[7] in QUALIFIERS),
        ("008", bool(isa[8])),
        ("014", _is_date("20" + isa[9])),
        ("015", re.fullmatch(r"([01]\d|2[0-3])[0-5]\d", isa[10]) is not None),
        ("017", isa[12] in ("00501", "00602")),
        ("018", re.fullmatch(r"\d{9}", isa[13]) is not None),
        ("020", isa[15] in ("P", "T")),
        ("023", iea is not None),
        ("001", iea is None or iea[2] == isa[13]),
        ("021", iea is None or iea[1] == str(len(interchange.groups))),
        ("024", not interchange.stray and bool(interchange.groups or iea is None)),
    )
    return next((note for note, good in checks if not good), "000")


def group_verdict(group: Group) -> GroupVerdict:
    """Judge one functional group and all its transaction sets."""
    header, trailer = group.header, group.trailer
    functional, version = header[1], header[8]
    codes = []
    if functional not in VERSIONS:
        codes.append("1")
    elif version not in VERSIONS[functional]:
        codes.append("2")
    if trailer is None:
        codes.append("3")
    else:
        codes += ["4"] if trailer[2] != header[6] else []
        codes += ["5"] if trailer[1] != str(len(group.sets)) else []
    verdict = GroupVerdict(functional, header[6], version, codes, [], trailer[1] if trailer else "")
    if codes[:1] not in (["1"], ["2"]):
        seen: set[str] = set()
        for one in group.sets:
            verdict.sets.append(_set_verdict(one, functional, seen))
    return verdict


def _set_verdict(one: TransactionSet, functional: str, seen: set[str]) -> SetVerdict:
    start, end = one.segments[0], one.segments[-1]
    verdict = SetVerdict(start[1], start[2], start[3], [], [])
    if start[1] != KINDS[functional]:
        verdict.codes.append("1")
        return verdict
    if not re.fullmatch(r"[A-Za-z0-9]{4,9}", start[2]):
        verdict.codes.append("7")
    if start[2] in seen:
        verdict.codes.append("23")
    seen.add(start[2])
    if not one.closed:
        verdict.codes.append("2")
    else:
        verdict.codes += ["3"] if end[2] != start[2] else []
        verdict.codes += ["4"] if end[1] != str(len(one.segments)) else []
    check = CHECKS.get(start[1], _claim_faults if start[1] == "837" else _inquiry_faults)
    verdict.faults = list(check(one))
    verdict.codes += ["5"] if verdict.faults else []
    return verdict


# -------------------------------------------------------------------------------------------- hierarchy


def hierarchy_faults(segments: list[Segment], parents: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    """HL01 counts from 1; HL02 names an earlier HL of a right level; HL04 tells whether children follow."""
    levels = [segment for segment in segments if segment.name == "HL"]
    known: dict[str, str] = {}
    depth = {code: place for place, code in enumerate(parents)}
    below = [depth.get(after[3], 0) > depth.get(level[3], 0) for level, after in pairwise(levels)] + [False]
    for number, level in enumerate(levels, start=1):
        fault = None
        if level[1] != str(number):
            fault = (1, "628", "7")
        elif level[3] not in parents:
            fault = (3, "735", "7")
        elif known.get(level[2], "") not in parents[level[3]]:
            fault = (2, "734", "7" if level[2] else "1")
        elif level[4] not in ("0", "1"):
            fault = (4, "736", "7" if level[4] else "1")
        elif (level[4] == "1") != below[number - 1]:
            fault = (4, "736", "I6")
        known[level[1]] = level[3]
        if fault:
            element, reference, code = fault
            loop = HL_LOOPS.get(level[3], "")
            yield Fault("HL", level.place, loop, "8", element, 0, reference, code, level[element])


# ------------------------------------------------------------------------------------------------- 837

CLAIM_PARENTS = {"20": ("",), "22": ("20",), "23": ("22",)}


def _claim_faults(one: TransactionSet) -> Iterator[Fault]:
    """Every fault of one 837, in the order of the checks; each names the claim it stands in."""
    found, form = loops(one.segments), claim_forms.of(one.segments)
    yield from hierarchy_faults(one.segments, CLAIM_PARENTS)
    present = {loop.id for loop in found}
    for name, qualifier in (("1000A", "41"), ("1000B", "40")):
        if name not in present:
            yield Fault("NM1", 2, name, "3", value=qualifier)
    for needed in ("2000A", "2000B", "2300"):
        if needed not in present:
            yield Fault("CLM" if needed == "2300" else "HL", len(one.segments), needed, "3")
    claim = ""
    for number, loop in enumerate(found):
        if loop.id in LEVELS:
            claim = ""
        if loop.id == "2300":
            claim = loop.segments[0][1]
        for fault in _loop_faults(form, loop, found[number + 1 :]):
            yield msgspec.structs.replace(fault, claim=claim)


def _loop_faults(form: Form, loop: Loop, after: list[Loop]) -> Iterator[Fault]:
    last = loop.segments[-1].place if loop.segments else 1
    for name, qualifiers in form.required.get(loop.id, ()):
        if loop.first(name, qualifiers) is None:
            yield Fault(name, last + 1, loop.id, "3")
    for child in claim_forms.REQUIRED_LOOPS.get(loop.id, ()):
        if child not in _inside(loop.id, after):
            yield Fault("LX" if child == "2400" else "NM1", last + 1, child, "I7")
    lines = _inside(loop.id, after).count("2400") if loop.id == "2300" else 0
    if lines > form.lines:
        yield Fault("LX", last, "2400", "4")
    for where, name, qualifiers, element, component, reference, kind in form.elements:
        for segment in loop.every(name) if where in (loop.id, "*") else ():
            if not qualifiers or segment[1] in qualifiers:
                code, value = _element_code(segment, element, component, kind)
                if code:
                    yield Fault(name, segment.place, loop.id, "8", element, component, reference, code, value)


def _inside(kind: str, after: list[Loop]) -> list[str]:
    """The names of the loops that follow until the next one that ends a loop of this kind."""
    ends = (*LEVELS, "2300") if kind in ("2300", "2000A", "2000B", "2000C") else (*LEVELS, "2300", "2320", "2400")
    names: list[str] = []
    for loop in after:
        if loop.id in ends:
            break
        names.append(loop.id)
    return names


def _element_code(segment: Segment, element: int, component: int, kind: str) -> tuple[str, str]:
    """The IK403 code of an element's fault and its bad value; empty where it is good."""
    value = segment[element]
    if component:
        parts = segment.parts(element)
        value = parts[component - 1] if len(parts) >= component else ""
    if not value:
        return "1", ""
    if kind.startswith("="):
        return ("", "") if value in kind[1:].split() else ("7", value)
    if kind == "number" and not (NUMBER.fullmatch(value) and len(value) <= 18):
        return "6", value
    if kind == "pointer" and not (value.isdigit() and 1 <= int(value) <= 12):
        return "7", value
    if kind == "date" and not _is_date(value):
        return "8", value
    if kind == "period" and not all(_is_date(day) for day in value.split("-")):
        return "8", value
    return "", ""


def _is_date(text: str) -> bool:
    return as_date(text) is not None


def as_date(text: str) -> date | None:
    """CCYYMMDD as a date, or None."""
    if not re.fullmatch(r"\d{8}", text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


# ------------------------------------------------------------------------------------------------- 270

INQUIRY_PARENTS = {"20": ("",), "21": ("20",), "22": ("21",), "23": ("22",)}


def _inquiry_faults(one: TransactionSet) -> Iterator[Fault]:
    """The faults of a 270: its header, its hierarchy, and the names each level needs."""
    bht = next((segment for segment in one.segments if segment.name == "BHT"), None)
    if bht is None:
        yield Fault("BHT", 2, "", "3")
    elif bht[1] != "0022":
        yield Fault("BHT", bht.place, "", "8", 1, 0, "1005", "7", bht[1])
    yield from hierarchy_faults(one.segments, INQUIRY_PARENTS)
    levels = [segment[3] for segment in one.segments if segment.name == "HL"]
    for level, loop in (("20", "2000A"), ("21", "2000B"), ("22", "2000C")):
        if level not in levels:
            yield Fault("HL", len(one.segments), loop, "3")
    names = {segment[1] for segment in one.segments if segment.name == "NM1"}
    if "PR" not in names:
        yield Fault("NM1", len(one.segments), "2100A", "3")
    if "IL" not in names:
        yield Fault("NM1", len(one.segments), "2100C", "3")
    for segment in one.segments:
        if segment.name == "DMG" and segment[2] and not _is_date(segment[2]):
            yield Fault("DMG", segment.place, "2100C", "8", 2, 0, "1251", "8", segment[2])
