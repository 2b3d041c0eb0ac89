"""The judge: what a check carries about, to say of each fault where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from chartdesk.standards.x12.findings import Finding
from chartdesk.standards.x12.segments import Segment

#: How much of what a file says is repeated in a finding: a hostile one has elements of megabytes.
_MESSAGE, _VALUE, _CLAIM, _TAG = 400, 200, 50, 12
#: Told however many findings there are: what follows is not known.
_ALWAYS = frozenset({"unreadable", "cut-off"})


@dataclass(slots=True, frozen=True, kw_only=True)
class CheckSettings:
    """What a check looks at beyond the guide. Many published samples and test systems carry NPIs whose
    check digit is wrong, so ``npi_check_digit`` can be turned off. ``diagnosis_codes`` looks every ICD-10-CM code up
    in the table we hold, which is that of one year. ``most`` ends the list of findings of one file. ``answers`` keeps
    what an acknowledgement needs of every set, which takes memory where a file has very many."""

    npi_check_digit: bool = True
    diagnosis_codes: bool = True
    most: int = 2000
    answers: bool = True


class Judge:
    """Collects findings. The driver keeps ``interchange``, ``group``, ``set``, ``control`` and ``offset``
    (the number of segments before ST) up to date; ``notes`` is a set's own memory, for rules that add
    things up."""

    def __init__(self, settings: CheckSettings) -> None:
        self.settings = settings
        self.findings: list[Finding] = []
        #: (interchange, group, set) of every error, also of those no longer listed.
        self.faulty: set[tuple[int, int, int]] = set()
        self.interchange = self.group = self.set = self.offset = 0
        self.control = self.claim = ""
        self.notes: dict[str, Any] = {}

    def begin_set(self, st: Segment) -> None:
        """A new set begins: its faults are counted from its ST, and nothing is remembered of the one
        before."""
        self.set += 1
        self.offset, self.control, self.notes = st.number - 1, st[2], {}
        self.claim = ""

    def fault(
        self,
        segment: Segment | None,
        rule: str,
        message: str,
        cure: str = "",
        *,
        element: int = 0,
        component: int = 0,
        code: str = "",
        level: str = "error",
        scope: str = "",
        loop: str = "",
        value: str = "",
        number: int = 0,
        tag: str = "",
    ) -> None:
        """Report a fault at a segment (or at ``tag`` and ``number``, for one that is missing)."""
        if level == "error" and self.settings.answers:
            self.faulty.add((self.interchange, self.group, self.set))
        if len(self.findings) >= self.settings.most and rule not in _ALWAYS:
            return
        place = segment.number if segment is not None else number
        said = value or (segment[element] if segment is not None and not component else "") if element else ""
        self.findings.append(
            Finding(
                rule=rule,
                message=shortened(message, _MESSAGE),
                cure=cure,
                level=level,
                scope=scope or ("element" if element else "segment"),
                code=code,
                segment=(tag or (segment.tag if segment is not None else ""))[:_TAG],
                number=place,
                set_number=place - self.offset if self.set and place else 0,
                loop=loop,
                element=element,
                component=component,
                value=said[:_VALUE],
                claim=shortened(self.claim, _CLAIM) if self.set else "",
                control=self.control if self.set else "",
                set=self.set,
                group=self.group,
                interchange=self.interchange,
            )
        )

    def take(self, finding: Finding) -> None:
        """A finding of the reader, which knows no more than its segment."""
        if len(self.findings) < self.settings.most:
            self.findings.append(finding)


def shortened(text: str, most: int) -> str:
    """Text for people, cut where it is too long to read."""
    return text if len(text) <= most else f"{text[: most - 4]} ..."


@dataclass(slots=True, kw_only=True)
class CheckedSet:
    """A transaction set that was looked at. ``known`` is False where we have no guide for it."""

    set_code: str
    control: str
    version: str
    place: int
    known: bool = True


@dataclass(slots=True, kw_only=True)
class CheckedGroup:
    """A functional group that was looked at. ``declared`` is GE01, -1 where there was no GE; ``received`` how many sets
    came, also where they are not kept."""

    functional: str
    control: int
    version: str
    place: int
    declared: int = -1
    received: int = 0
    sets: list[CheckedSet] = field(default_factory=list)
