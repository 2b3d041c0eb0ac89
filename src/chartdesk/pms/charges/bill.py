"""What charge review looks at and what it says, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chartdesk.pms.charges.levels import NOTHING, Documented

#: How much a finding weighs: an error stops a superbill, a notice is shown; a rule that is off says nothing.
SEVERITIES = ("error", "notice", "off")


@dataclass(frozen=True)
class Line:
    """A priced line: ``amount`` None where the fee schedule has no price."""

    position: int
    code: str
    modifiers: list[str]
    units: Decimal
    pointers: list[int]
    amount: Decimal | None
    practitioner: str = ""


@dataclass(frozen=True)
class Past:
    """A line that was charged before, or on the same day on another superbill."""

    day: date
    code: str
    modifiers: tuple[str, ...]
    practitioner: str


@dataclass(frozen=True)
class Policy:
    """The payment policies of a code: global days (000, 010, 090, XXX …) and indicators, as they are published."""

    global_days: str = ""
    multiple: str = ""
    bilateral: str = ""
    assistant: str = ""


@dataclass(frozen=True)
class Bill:
    """What review looks at. ``coverage`` is active, expired, none or self_pay (somebody decided)."""

    service_date: date
    today: date
    place_of_service: str
    diagnoses: list[str]
    lines: list[Line]
    coverage: str
    elsewhere: frozenset[str] = frozenset()  # codes of this patient's other superbills of the day
    practitioner: str = ""
    minutes: int | None = None
    documented: Documented = NOTHING
    #: The patient's charges of the last three years, without this superbill's.
    past: tuple[Past, ...] = ()
    #: What Medicare's fee schedule says about a code, of this superbill and of ``past``; empty where none was imported.
    policies: Mapping[str, Policy] = field(default_factory=dict)
    #: Practitioners of the same specialty as the superbill's, its own included.
    alike: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Finding:
    """One thing that review found. ``line`` is the line's position, 0 for the whole superbill."""

    rule: str
    severity: str
    message: str
    cure: str
    line: int = 0


@dataclass(frozen=True)
class ReviewRule:
    """A rule: ``check`` yields (line position or 0, message) for each fault."""

    id: str
    severity: str
    reason: str
    cure: str
    check: Callable[[Bill], Iterator[tuple[int, str]]] = field(compare=False)
