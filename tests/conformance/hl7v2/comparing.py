"""What we make of published messages, held against what others made of them: leaf by leaf, resource by resource.

A leaf is a path without numbers and a value; a reference counts as one to a resource of its type. Every expected
resource is compared with the one of ours that it shares most with. Differences that have a reason are written down
with it (`differences.txt`); everything else counts against us.

    python tests/conformance/hl7v2/comparing.py ../shared [Patient]

prints the share of each type of resource, and for a type what differs.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from chartdesk.exchange.mappings.converting import convert
from chartdesk.exchange.mappings.profiles import WHOLE
from chartdesk.standards.hl7v2 import Message

HERE = Path(__file__).parent
#: Resources that carry what is known of a patient; the others only say where a message came from.
CLINICAL = (
    "Patient", "Encounter", "Coverage", "Observation", "Condition", "AllergyIntolerance", "Procedure",
    "DiagnosticReport",
    "ServiceRequest", "Immunization", "RelatedPerson", "Practitioner", "Specimen", "DocumentReference", "Appointment",
    "ChargeItem", "Account", "MedicationRequest",
)  # fmt: skip
#: The path of a difference that is about whole resources.
WHOLE_RESOURCE = "whole"
_NOT_OURS = re.compile(r"reportstream\.cdc\.gov")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT.*")

Leaf = tuple[str, str]


@dataclass
class Share:
    """How much of the expected is there: leaves and whole resources, and what is missing."""

    expected: int = 0
    found: int = 0
    explained: int = 0
    resources: int = 0
    whole: int = 0
    missing: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    @property
    def plain(self) -> float:
        """The share of all that was expected."""
        return self.found / max(self.expected, 1)

    @property
    def reasoned(self) -> float:
        """The share of what is left of it when differences that have a reason are taken out."""
        return self.found / max(self.expected - self.explained, 1)


@dataclass(frozen=True)
class Difference:
    """A difference with a reason: in which set, of which type, at which path, with which value (patterns)."""

    source: str
    kind: re.Pattern[str]
    path: re.Pattern[str]
    value: re.Pattern[str]
    #: How many values it explains, no more and no fewer: so that it hides nothing that is lost later.
    count: int
    reason: str

    def excuses(self, source: str, kind: str, wanted: Counter[Leaf]) -> bool:
        """Whether it explains that a whole resource is not there: one that has the value (``path=value``)."""
        return (
            self.path.pattern == WHOLE_RESOURCE
            and self.source in (source, "*")
            and self.kind.fullmatch(kind) is not None
            and any(self.value.fullmatch(f"{path}={value}") for path, value in wanted)
        )

    def covers(self, source: str, kind: str, leaf: Leaf) -> bool:
        """Whether it explains that ``leaf`` is not there."""
        return (
            self.source in (source, "*")
            and self.kind.fullmatch(kind) is not None
            and self.path.fullmatch(leaf[0]) is not None
            and self.value.fullmatch(leaf[1]) is not None
        )


def differences() -> list[Difference]:
    """The list: set | type | path | value | count | reason, a line each."""
    made = []
    for text in (HERE / "differences.txt").read_text("utf-8").splitlines():
        if text.strip() and not text.startswith("#"):
            source, kind, path, value, count, reason = (part.strip() for part in text.split(" | "))
            made.append(Difference(source, *(re.compile(one, re.S) for one in (kind, path, value)), int(count), reason))
    return made


def leaves(resource: dict[str, Any]) -> Counter[Leaf]:
    """The leaves of a resource."""
    return Counter(_leaves(resource, ""))


def _leaves(value: Any, at: str) -> Iterator[Leaf]:
    if isinstance(value, dict):
        if _NOT_OURS.search(str(value.get("url", ""))):
            return
        if "reference" in value and isinstance(value["reference"], str):
            yield at, "-> " + value["reference"].split("/")[0]
            return
        for name, inner in value.items():
            if at or name not in ("id", "resourceType", "text", "meta"):
                yield from _leaves(inner, f"{at}.{name}" if at else name)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, at)
    elif value is not None and value != "":
        yield at, _plain(value)


def _plain(value: Any) -> str:
    """A value so that the same said otherwise is the same."""
    text = " ".join(str(value).split())
    if isinstance(value, bool):
        return text.lower()
    if _TIME.fullmatch(text):
        try:
            return datetime.fromisoformat(text).astimezone(UTC).isoformat()
        except ValueError:
            return text
    if isinstance(value, int | float | Decimal):
        try:
            return f"{Decimal(text).normalize():f}"
        except InvalidOperation:
            return text
    return text


def pairs(shared: Path) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """(set, message, expected Bundle) of everything that is published with an expectation."""
    microsoft = shared / "samples/hl7v2/microsoft_FHIR-Converter"
    for file in sorted(microsoft.glob("*.hl7")):
        expected = microsoft / "expected" / f"{file.stem}-expected.json"
        if expected.exists():
            yield "microsoft", file, json.loads(expected.read_text("utf-8"))
    for file in sorted((shared / "samples/hl7v2/cdc_reportstream").rglob("*.hl7")):
        expected = file.with_suffix(".fhir")
        if expected.exists():
            yield "cdc", file, json.loads(expected.read_text("utf-8"))


def compare(
    shared: Path, kinds: tuple[str, ...] = CLINICAL
) -> tuple[dict[tuple[str, str], Share], Counter[Difference]]:
    """Shares by (set, type), and how many values each difference explains."""
    shares: dict[tuple[str, str], Share] = {}
    known = differences()
    used: Counter[Difference] = Counter()
    for source, file, bundle in pairs(shared):
        made = json.loads(convert(Message(file.read_bytes()), profile=WHOLE).bundle())
        ours: dict[str, list[Counter[Leaf]]] = {}
        for entry in made["entry"]:
            ours.setdefault(entry["resource"]["resourceType"], []).append(leaves(entry["resource"]))
        for entry in bundle.get("entry", []):
            kind = entry["resource"]["resourceType"]
            if kind in kinds:
                share = shares.setdefault((source, kind), Share())
                _add(share, leaves(entry["resource"]), ours.get(kind, []), (source, kind, file.stem), known, used)
    return shares, used


def _add(
    share: Share,
    wanted: Counter[Leaf],
    ours: list[Counter[Leaf]],
    where: tuple[str, str, str],
    known: list[Difference],
    used: Counter[Difference],
) -> None:
    """Compare one expected resource with the one of ours that it shares most with."""
    source, kind, file = where
    best = max(ours, key=lambda one: (wanted & one).total(), default=Counter())
    missing = wanted - best
    share.expected += wanted.total()
    share.found += wanted.total() - missing.total()
    excuse = next((one for one in known if one.excuses(source, kind, wanted)), None)
    for leaf in list(missing):
        reason = excuse or next((one for one in known if one.covers(source, kind, leaf)), None)
        if reason is not None:
            number = missing.pop(leaf)
            used[reason] += number
            share.explained += number
    share.resources += 1
    share.whole += not missing
    for (path, value), number in missing.items():
        share.missing[(path, value, file)] += number


def main() -> None:
    """Print the shares."""
    only = tuple(sys.argv[2:])
    shares, used = compare(Path(sys.argv[1]), only or CLINICAL)
    print(f"{'set':10} {'type':20} {'expected':>8} {'found':>7} {'without reasoned':>16}  resources whole")
    for (source, kind), share in sorted(shares.items()):
        figures = f"{share.expected:8,} {share.plain:7.1%} {share.reasoned:16.1%}"
        print(f"{source:10} {kind:20} {figures}  {share.whole} of {share.resources}")
        if only:
            for (path, value, file), number in sorted(share.missing.items()):
                print(f"    {number} {path} = {value[:100]}  ({file})")
    for one in differences():
        if used[one] != one.count and not only:
            print(f"explains {used[one]}, not {one.count}: {one.source} {one.kind.pattern} {one.path.pattern}")


if __name__ == "__main__":
    main()
