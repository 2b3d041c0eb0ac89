"""Findings: what a check says about a file, one fault at a time, each with its place and its cure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True, frozen=True, kw_only=True)
class Finding:
    """One fault. ``rule`` is a short stable name; ``segment`` the tag, ``number`` the segment's place in the
    file (from 1; ISA is 1), ``set_number`` its place in the set (ST is 1, as 999 counts), ``element`` and
    ``component`` the place inside it, 0 where the fault is not in one. ``loop`` is where it belongs.

    ``interchange``, ``group`` and ``set`` count from 1 where the fault is inside one; ``control`` is ST02,
    ``claim`` the patient control number of the claim it is in.
    ``scope`` is the level the fault belongs to: file, interchange, group, set, segment or element.
    ``code`` is the 999 code at its level: IK304 for a segment, IK403 for an element, IK502 for a set, AK905
    for a group, TA105 for an interchange. ``level`` is error (the file is wrong) or warning (tolerated).
    """

    rule: str
    message: str
    cure: str = ""
    level: str = "error"
    scope: str = "segment"
    code: str = ""
    segment: str = ""
    number: int = 0
    set_number: int = 0
    loop: str = ""
    element: int = 0
    component: int = 0
    value: str = ""
    claim: str = ""
    control: str = ""
    set: int = 0
    group: int = 0
    interchange: int = 0

    def __str__(self) -> str:
        place = f"segment {self.number} {self.segment}".strip() if self.number else self.segment or "file"
        if self.element:
            place += f"{self.element:02d}" + (f"-{self.component}" if self.component else "")
        loop = f" in {self.loop}" if self.loop else ""
        return f"{self.level}: {place}{loop}: {self.message} {self.cure}".rstrip() + f" [{self.rule}]"


#: Where findings go: a list's ``append`` will do.
Report = Callable[[Finding], None]


def ignore(finding: Finding) -> None:
    """A report that keeps nothing, for readers who only want the data."""
