"""What a part of an import holds, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from chartdesk.kit.errors import ChartdeskError
from chartdesk.record.bulk.runs import Refusal, Tally
from chartdesk.standards.fhir import r4

#: Faults of one line that are reported.
_FAULTS = 10
Key = tuple[str, str]


@dataclass(slots=True)
class Item:
    line: int
    name: str
    given: r4.Resource
    body: bytes

    @property
    def key(self) -> Key:
        return self.given.resourceType, self.given.id or ""


@dataclass(slots=True)
class Taken:
    """What became of some items; forgotten where their savepoint is rolled back."""

    tally: Tally = field(default_factory=Tally)
    refusals: list[Refusal] = field(default_factory=list)

    def add(self, other: Taken) -> None:
        self.tally.add(other.tally)
        self.refusals += other.refusals

    def refuse(self, line: int, name: str, fault: Exception) -> None:
        self.tally.refused += 1
        self.refusals += _reasons(line, name, fault)


def _reasons(line: int, name: str, fault: Exception) -> Iterator[Refusal]:
    """A refusal as rows of the report. What the database says may quote a row, so only its kind is told."""
    if not isinstance(fault, ChartdeskError):
        kind = type(fault.__cause__ or fault).__name__
        yield Refusal(line, name, f"The database does not take it ({kind}).")
        return
    for issue in fault.issues[:_FAULTS]:
        yield Refusal(line, _placed(name, issue.expression), issue.diagnostics)
    if not fault.issues:
        yield Refusal(line, _placed(name, fault.where), f"{fault.message} {fault.cure}".strip())


def _placed(name: str, expression: str) -> str:
    if not name or expression.startswith("Bundle"):
        return expression
    _, dot, rest = expression.partition(".")
    return f"{name}{dot}{rest}"
