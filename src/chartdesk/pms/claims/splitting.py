"""Sharing charges out over claims: by who pays, by the practice's rules, and at most 50 lines and 12 diagnoses each
(005010X222A1, loops 2300 and 2400).

Lines keep their order. A diagnosis goes with the lines that point to it; one that no line points to goes
where there is room. Nothing is dropped: what no claim has room for is returned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from chartdesk.pms.charges.queries import LineView, SuperbillView
from chartdesk.pms.splits import rules
from chartdesk.pms.splits.rules import BUILT_IN, Rule

LINES, DIAGNOSES = rules.MOST_LINES, 12
#: An institutional claim has a principal diagnosis and 24 others (005010X223A2), and no pointers.
_FACILITY_DIAGNOSES = 25


@dataclass
class Part:
    """One claim's share: indexes of lines (from 0) and of diagnoses (from 0), each in their order.

    ``payer_id`` and ``coverage`` say who is billed where a rule says another than the superbill (else None and
    empty); ``practitioner`` rendered it and ``day`` is its date of service, where they are not the superbill's.
    ``bill_type`` and ``revenue`` are of an institutional claim.
    """

    lines: list[int] = field(default_factory=list)
    diagnoses: list[int] = field(default_factory=list)
    payer_id: str | None = None
    coverage: str = ""
    practitioner: str = ""
    day: date | None = None
    bill_type: str = ""
    revenue: str = ""

    def pointers(self, of_line: Sequence[int]) -> list[int]:
        """A line's pointers (1-based in all diagnoses) as pointers into this part's diagnoses."""
        return [self.diagnoses.index(one - 1) + 1 if one - 1 in self.diagnoses else one for one in of_line]


def parts_of(bill: SuperbillView, said: Sequence[Rule] = BUILT_IN) -> list[Part]:
    """How the charges of a superbill are shared out over claims by the rules ``said``.

    Lines that a rule lets the patient owe stand in no part. Every line of a part has one payer. A line that was put on
    a claim by hand goes there, whatever the rules say.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    plain = [line_facts(bill, line) for line in bill.lines]
    for place, line in enumerate(bill.lines):
        if line.payer_id == "":
            continue
        if line.claim is None:
            key: tuple[object, ...] = (line.payer_id, line.coverage_id, *rules.together(said, plain[place]))
        else:
            # Put there by hand; a claim still has one payer, one form and one rendering provider.
            facility = rules.institutional(said, plain[place])
            who = plain[place].practitioner if facility is None else facility.bill_type
            key = (line.payer_id, line.coverage_id, line.claim, facility is not None, who)
        groups.setdefault(key, []).append(place)
    parts = []
    for places in groups.values() if bill.lines else [[]]:
        ruled = [plain[place] for place in places if bill.lines[place].claim is None]
        facility = rules.institutional(said, plain[places[0]]) if places else None
        room = DIAGNOSES if facility is None else _FACILITY_DIAGNOSES
        for part in _fitted(bill, places, rules.most(said, ruled), room):
            if facility is not None:
                part.bill_type, part.revenue = facility.bill_type, facility.revenue
            parts.append(_described(bill, part))
    _place_diagnoses(parts, len(bill.diagnoses))
    return parts


def portion(bill: SuperbillView, part: Part) -> SuperbillView:
    """The superbill as if it held this part alone: its lines and diagnoses, pointers in these, who is billed."""
    if _is_whole(bill, part):
        return bill
    lines = [replace(bill.lines[place], pointers=part.pointers(bill.lines[place].pointers)) for place in part.lines]
    return replace(
        bill,
        lines=lines,
        diagnoses=[bill.diagnoses[place] for place in part.diagnoses],
        payer_id=bill.payer_id if part.payer_id is None else part.payer_id,
        coverage_id=part.coverage or bill.coverage_id,
        practitioner=part.practitioner or bill.practitioner,
        service_date=part.day or bill.service_date,
        bill_type=part.bill_type,
        revenue=part.revenue,
    )


def _is_whole(bill: SuperbillView, part: Part) -> bool:
    """Whether the part is all of the superbill, as most are."""
    return (
        part.lines == [*range(len(bill.lines))]
        and part.diagnoses == [*range(len(bill.diagnoses))]
        and (part.payer_id is None or part.payer_id == bill.payer_id)
        and part.coverage in ("", bill.coverage_id)
        and part.practitioner in ("", bill.practitioner)
        and part.day in (None, bill.service_date)
        and not part.bill_type
    )


def line_facts(bill: SuperbillView, line: LineView) -> rules.Line:
    """A line as the rules ask about it."""
    return rules.Line(
        code=line.code,
        modifiers=tuple(line.modifiers),
        practitioner=line.practitioner or bill.practitioner,
        day=line.service_date or bill.service_date,
        payer=bill.payer_id,
        place=bill.place_of_service,
        site=bill.site,
    )


def split(pointers: Sequence[Sequence[int]], diagnoses: int, most: int = LINES) -> tuple[list[Part], list[int]]:
    """Parts for lines with these ``pointers`` into ``diagnoses`` codes, and the diagnoses without room."""
    parts = _cut(pointers, list(range(len(pointers))), diagnoses, most)
    return parts, _place_diagnoses(parts, diagnoses)


def _fitted(bill: SuperbillView, places: list[int], most: int, room: int) -> list[Part]:
    return _cut([bill.lines[place].pointers for place in places], places, len(bill.diagnoses), most, room)


def _cut(
    pointers: Sequence[Sequence[int]], places: Sequence[int], diagnoses: int, most: int, room: int = DIAGNOSES
) -> list[Part]:
    parts = [Part()]
    for place, of_line in zip(places, pointers, strict=True):
        wanted = {one - 1 for one in of_line if 1 <= one <= diagnoses}
        part = parts[-1]
        if len(part.lines) == most or len(wanted | set(part.diagnoses)) > room:
            part = Part()
            parts.append(part)
        part.lines.append(place)
        part.diagnoses = sorted(wanted | set(part.diagnoses))
    return parts


def _described(bill: SuperbillView, part: Part) -> Part:
    """The part with whom it bills, who rendered it and when, as its lines agree."""
    chosen = [bill.lines[place] for place in part.lines]
    if chosen:
        part.payer_id, part.coverage = chosen[0].payer_id, chosen[0].coverage_id
        rendered = {line.practitioner for line in chosen}
        days = {line.service_date or bill.service_date for line in chosen}
        if len(rendered) == 1 and (one := rendered.pop()) != bill.practitioner:
            part.practitioner = one
        if len(days) == 1 and (day := days.pop()) != bill.service_date:
            part.day = day
    return part


def _place_diagnoses(parts: Sequence[Part], diagnoses: int) -> list[int]:
    """Place the diagnoses that no line points to where there is room; those without room are returned."""
    left = []
    for one in sorted(set(range(diagnoses)) - {one for part in parts for one in part.diagnoses}):
        roomy = next((part for part in parts if len(part.diagnoses) < _room(part)), None)
        if roomy is None:
            left.append(one)
        else:
            roomy.diagnoses = sorted([*roomy.diagnoses, one])
    # A claim whose lines point nowhere still needs a reason.
    for part in parts:
        if not part.diagnoses and diagnoses:
            part.diagnoses = list(range(min(diagnoses, _room(part))))
    return left


def _room(part: Part) -> int:
    return _FACILITY_DIAGNOSES if part.bill_type else DIAGNOSES
