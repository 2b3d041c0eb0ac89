"""Answering a file that came in: TA1 for its interchanges, 999 for its groups, made from what the check
found.

005010X231A1. A set with an error is rejected, one with warnings alone is accepted; a group is accepted,
partly accepted or rejected by its sets. Acknowledgements themselves (GS01 FA) are never acknowledged. The
caller gives control numbers and sends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from chartdesk.standards.x12.acknowledgement_999 import (
    Acknowledgement,
    ElementFault,
    SegmentFault,
    SetAnswer,
)
from chartdesk.standards.x12.check import CheckedInterchange, Examination
from chartdesk.standards.x12.findings import Finding
from chartdesk.standards.x12.judge import CheckedGroup, CheckedSet
from chartdesk.standards.x12.ta1 import InterchangeAnswer

#: What of a header a 999 can repeat: GS01, GS08 and ST03, ST01, ST02.
_FUNCTIONAL, _VERSION = re.compile("[A-Z]{2}"), re.compile("[A-Z0-9]{1,12}")
_SET, _CONTROL = re.compile("[0-9A-Z]{3}"), re.compile("[A-Za-z0-9]{4,9}")
_AT_SEGMENT = ("segment", "element")
_SHOWN = 99
#: TA1 notes that leave the interchange readable; it is accepted with errors.
_READABLE = frozenset({"021"})
#: TA105 for a fault in element 1, 2 and so on of the ISA.
_HEADER_NOTES = (10, 11, 12, 13, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20, 27)


def interchange_answers(examination: Examination) -> list[InterchangeAnswer]:
    """A TA1 for each interchange. Rejected where header and trailer do not agree or the end is missing.

    Empty where the file has no interchange that could be answered.
    """
    return [_interchange_answer(one, examination.findings) for one in examination.interchanges]


def _interchange_answer(one: CheckedInterchange, findings: list[Finding]) -> InterchangeAnswer:
    mine = [fault for fault in findings if fault.interchange == one.place and fault.level == "error"]
    notes = [fault.code for fault in mine if fault.scope == "interchange" and fault.code]
    header = [fault.element for fault in mine if fault.segment == "ISA" and fault.element and fault.scope == "element"]
    notes += [f"{_HEADER_NOTES[place - 1]:03d}" if place <= len(_HEADER_NOTES) else "022" for place in header]
    if not all(_answerable(group) for group in one.groups):
        notes.append("024")
    worst = next((note for note in notes if note not in _READABLE), notes[0] if notes else "000")
    return InterchangeAnswer(
        control=one.envelope.control,
        received=one.envelope.created,
        status="A" if not notes else "E" if worst in _READABLE else "R",
        note=worst,
        envelope=one.envelope,
    )


def acknowledgements(examination: Examination) -> list[Acknowledgement]:
    """A 999 for each group that is not itself an acknowledgement, numbered 0001 and on. A group whose header cannot be
    repeated in a 999 has none: the TA1 says so."""
    made: list[Acknowledgement] = []
    for interchange in examination.interchanges:
        mine = [one for one in examination.errors if one.interchange == interchange.place]
        for group in interchange.groups:
            if group.functional == "FA" or not _answerable(group):
                continue
            answer = _group_answer(
                group,
                [one for one in mine if one.group == group.place],
                {place for i, g, place in examination.faulty if (i, g) == (interchange.place, group.place)},
            )
            answer.control = f"{len(made) + 1:04d}"
            made.append(answer)
    return made


def _answerable(group: CheckedGroup) -> bool:
    """True where what a 999 repeats of a group's header can be repeated."""
    return bool(_FUNCTIONAL.fullmatch(group.functional) and _VERSION.fullmatch(group.version) and group.control > 0)


def _group_answer(group: CheckedGroup, faults: list[Finding], faulty: set[int]) -> Acknowledgement:
    answers = [
        _set_answer(one, [fault for fault in faults if fault.set == one.place], one.place in faulty)
        for one in group.sets
    ]
    codes = [fault.code for fault in faults if fault.scope == "group" and fault.code]
    accepted = sum(answer.accepted for answer in answers)
    status = "A" if accepted == len(answers) else "P" if accepted else "R"
    if codes:
        # What the trailer says does not fit what came: nothing of the group can be relied on.
        status, accepted = "R", 0
        for answer in answers:
            answer.status = "R"
            answer.codes = answer.codes or ["5"]
    return Acknowledgement(
        functional=group.functional,
        group_control=group.control,
        version=group.version,
        status=status,
        included=group.declared if group.declared >= 0 else len(answers),
        received=len(answers),
        accepted_count=accepted,
        codes=list(dict.fromkeys(codes)),
        sets=answers,
    )


def _set_answer(one: CheckedSet, faults: list[Finding], faulty: bool) -> SetAnswer:
    segments = [fault for fault in faults if fault.scope in _AT_SEGMENT]
    codes = [fault.code for fault in faults if fault.scope == "set" and fault.code]
    if not one.known:
        codes.append("1")
    if segments or (faulty and not codes):
        codes.append("5")
    return SetAnswer(
        set_code=one.set_code if _SET.fullmatch(one.set_code) else "000",
        control=_control(one.control),
        version=one.version if _VERSION.fullmatch(one.version) else "",
        status="R" if codes else "A",
        codes=list(dict.fromkeys(codes)),
        faults=_segment_faults(segments),
    )


def _control(text: str) -> str:
    """ST02 as a 999 can repeat it: where it is not four to nine letters and digits, what comes nearest."""
    return text if _CONTROL.fullmatch(text) else re.sub("[^A-Za-z0-9]", "", text)[:9].rjust(4, "0")


def _segment_faults(faults: list[Finding]) -> list[SegmentFault]:
    """Faults by segment: one IK3 for each fault of the segment itself, one for all faults of its elements."""
    made = []
    ordered = sorted(faults, key=lambda one: (one.set_number, one.segment))
    for (place, tag), group in groupby(ordered, key=lambda one: (one.set_number, one.segment)):
        here = list(group)
        elements = [one for one in here if one.element]
        whole = {one.code: one for one in here if not one.element and one.code}
        made += [_fault(tag, place, one, code, []) for code, one in whole.items()]
        if elements:
            made.append(_fault(tag, place, elements[0], "8", _element_faults(elements)))
    return made


def _fault(tag: str, place: int, finding: Finding, code: str, elements: list[ElementFault]) -> SegmentFault:
    subject = ("CLM01", finding.claim) if finding.claim and _sendable(finding.claim) else ("", "")
    loop = finding.loop if finding.loop and finding.loop[0].isdigit() else ""
    name = tag if 2 <= len(tag) <= 3 and _sendable(tag) else "ZZZ"
    return SegmentFault(tag=name, place=place, code=code, loop=loop[:4], subject=subject, elements=elements)


def _element_faults(findings: Iterable[Finding]) -> list[ElementFault]:
    return [
        ElementFault(
            place=one.element,
            component=one.component,
            code=one.code or "7",
            value=one.value if one.value and len(one.value) <= _SHOWN and _sendable(one.value) else "",
        )
        for one in findings
    ]


def _sendable(text: str) -> bool:
    """True where a value can stand in a 999 as it is, whatever separators that has."""
    return text.isascii() and text.isprintable() and not text.isspace() and not set("*:^~|<>") & set(text)
