"""The acknowledgement of a group, 999 (005010X231A1): what was accepted, and each fault by segment and
element."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from chartdesk.standards.x12.envelope import Envelope, whole
from chartdesk.standards.x12.guides import ACKNOWLEDGEMENT_999
from chartdesk.standards.x12.placing import tree
from chartdesk.standards.x12.reader import Source
from chartdesk.standards.x12.segments import Loop, Segment, segment
from chartdesk.standards.x12.taking import Extra, Taking, node
from chartdesk.standards.x12.transactions import Transaction, of_guide
from chartdesk.standards.x12.writer import SetContent, compose

#: AK901 and IK501 that say the content was taken in.
ACCEPTING = frozenset({"A", "E"})


@dataclass(slots=True, kw_only=True)
class ElementFault:
    """IK4: the element at fault. ``code`` is IK403, ``value`` the bad value as sent, ``number`` its number in
    the data dictionary."""

    place: int
    code: str
    component: int = 0
    repeat: int = 0
    number: str = ""
    value: str = ""
    contexts: list[Segment] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class SegmentFault:
    """IK3: the segment at fault, its place in the set (ST is 1), its loop, and IK304. ``subject`` names the
    business thing it belongs to, such as CLM01 and the claim's number (CTX01)."""

    tag: str
    place: int
    code: str = ""
    loop: str = ""
    subject: tuple[str, str] = ("", "")
    elements: list[ElementFault] = field(default_factory=list)
    contexts: list[Segment] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class SetAnswer:
    """AK2 to IK5: the answer to one transaction set. ``status`` A accepted, E accepted with errors, R
    rejected."""

    set_code: str
    control: str
    status: str
    version: str = ""
    codes: list[str] = field(default_factory=list)
    faults: list[SegmentFault] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)

    @property
    def accepted(self) -> bool:
        """True where the set was taken in."""
        return self.status in ACCEPTING


@dataclass(slots=True, kw_only=True)
class Acknowledgement:
    """One 999: the answer to one functional group. ``group_control`` is the GS06 answered (AK102).

    ``status`` A, E, P (partly) or R. ``included``, ``received`` and ``accepted_count`` are AK902 to AK904.
    """

    functional: str
    group_control: int
    status: str
    version: str = ""
    included: int = 0
    received: int = 0
    accepted_count: int = 0
    codes: list[str] = field(default_factory=list)
    sets: list[SetAnswer] = field(default_factory=list)
    control: str = "0001"
    envelope: Envelope | None = None
    extras: list[Extra] = field(default_factory=list)

    @property
    def accepted(self) -> bool:
        """True where the whole group was taken in."""
        return self.status in ACCEPTING


def read(source: Source) -> list[Acknowledgement]:
    """Every 999 of the file. Raises Invalid where it cannot be read, or holds none."""
    return [_acknowledgement(one) for one in of_guide(source, ACKNOWLEDGEMENT_999)]


def _acknowledgement(transaction: Transaction) -> Acknowledgement:
    taking = Taking(tree(ACKNOWLEDGEMENT_999, transaction.body))
    answered, end = taking.one("AK1"), taking.inner("AK9").one("AK9")
    return Acknowledgement(
        functional=answered[1],
        group_control=whole(answered[2]),
        version=answered[3],
        status=end[1],
        included=whole(end[2]),
        received=whole(end[3]),
        accepted_count=whole(end[4]),
        codes=[one for one in end.elements[5:] if one],
        sets=[_set_answer(one) for one in taking.each("2000")],
        control=transaction.control,
        envelope=transaction.envelope,
        extras=taking.rest(),
    )


def _set_answer(loop: Loop) -> SetAnswer:
    taking = Taking(loop)
    answered, end = taking.one("AK2"), taking.inner("IK5").one("IK5")
    return SetAnswer(
        set_code=answered[1],
        control=answered[2],
        version=answered[3],
        status=end[1],
        codes=[one for one in end.elements[2:] if one],
        faults=[_segment_fault(one) for one in taking.each("2100")],
        extras=taking.rest(),
    )


def _segment_fault(loop: Loop) -> SegmentFault:
    taking = Taking(loop)
    fault = taking.one("IK3")
    contexts = taking.every("CTX")
    subject = next((one for one in contexts if one[1] and len(one.parts(1)) == 2 and len(one.elements) == 2), None)
    return SegmentFault(
        tag=fault[1],
        place=whole(fault[2]),
        loop=fault[3],
        code=fault[4],
        subject=(subject.part(1, 1), subject.part(1, 2)) if subject is not None else ("", ""),
        contexts=[one for one in contexts if one is not subject],
        elements=[_element_fault(one) for one in taking.each("2110")],
    )


def _element_fault(loop: Loop) -> ElementFault:
    taking = Taking(loop)
    fault = taking.one("IK4")
    return ElementFault(
        place=whole(fault.part(1, 1)),
        component=whole(fault.part(1, 2)),
        repeat=whole(fault.part(1, 3)),
        number=fault[2],
        code=fault[3],
        value=fault[4],
        contexts=taking.every("CTX"),
    )


def write(envelope: Envelope, acknowledgements: Sequence[Acknowledgement]) -> bytes:
    """One interchange, one transaction set an acknowledgement."""
    contents = [SetContent(one.control, _root(one)) for one in acknowledgements]
    return compose(envelope, ACKNOWLEDGEMENT_999, contents, uppercase=False)


def _root(one: Acknowledgement) -> Loop:
    counts = (str(one.included), str(one.received), str(one.accepted_count))
    end = node("AK9", [segment("AK9", one.status, *counts, *one.codes[:5])])
    answered = segment("AK1", one.functional, str(one.group_control), one.version)
    return node("ST", [answered, *(_set_loop(answer) for answer in one.sets), end])


def _set_loop(one: SetAnswer) -> Loop:
    end = node("IK5", [segment("IK5", one.status, *one.codes[:5])])
    answered = segment("AK2", one.set_code, one.control, one.version)
    return node("2000", [answered, *(_fault_loop(fault) for fault in one.faults), end])


def _fault_loop(one: SegmentFault) -> Loop:
    subject = segment("CTX", one.subject) if one.subject[0] else None
    head = segment("IK3", one.tag, str(one.place), one.loop, one.code)
    return node("2100", [head, *one.contexts, subject, *(_element_loop(element) for element in one.elements)])


def _element_loop(one: ElementFault) -> Loop:
    place = (str(one.place), str(one.component or ""), str(one.repeat or ""))
    return node("2110", [segment("IK4", place, one.number, one.code, one.value), *one.contexts])
