"""Lines as a payer's system has them: one for several that it bundles, several for one that it splits.

What the payer says about a bundle's lines is added up, and their numbers are gone; both parts of a split line add up
to it. Either way the claim's charge and payment stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from chartdesk.exchange.sandbox.adjudication import Adjustment, LineDecision
from chartdesk.kit.money import money, total

#: Scenario words of split lines: with the line control number in both parts, and without.
SPLIT, SPLIT_BARE = "SPLIT", "SPLITBARE"
#: What the payer calls a bundle.
CODE = "99499"


def shown(lines: tuple[LineDecision, ...], scenario: str) -> tuple[LineDecision, ...]:
    """The lines of a decision as the 835 of ``scenario`` shows them."""
    if scenario == "BUNDLED":
        return bundled(lines)
    if scenario in (SPLIT, SPLIT_BARE):
        return tuple(part for line in lines for part in ((line,) if line.denied else halves(line)))
    return lines


def halves(whole: LineDecision) -> tuple[LineDecision, LineDecision]:
    """A line as two; of an odd cent the first has it."""
    halved = [(cut, money(cut.amount / 2)) for cut in whole.adjustments]
    charge = money(whole.line.charge / 2)
    first = msgspec.structs.replace(
        whole,
        line=msgspec.structs.replace(whole.line, charge=charge),
        allowed=money(whole.allowed / 2),
        paid=charge - total(half for _, half in halved),
        adjustments=_told((cut, half) for cut, half in halved),
    )
    second = msgspec.structs.replace(
        whole,
        line=msgspec.structs.replace(whole.line, charge=whole.line.charge - charge),
        allowed=whole.allowed - first.allowed,
        paid=whole.paid - first.paid,
        adjustments=_told((cut, cut.amount - half) for cut, half in halved),
    )
    return first, second


def _told(cuts: Iterable[tuple[Adjustment, Decimal]]) -> tuple[Adjustment, ...]:
    return tuple(Adjustment(cut.group, cut.code, amount) for cut, amount in cuts if amount)


def bundled(lines: tuple[LineDecision, ...]) -> tuple[LineDecision, ...]:
    """The payable lines of one day as one; where they are fewer than two, or of several days, as they are."""
    payable = [one for one in lines if not one.denied]
    if len(payable) < 2 or len({one.line.first_day for one in payable}) > 1:
        return lines
    cuts: dict[tuple[str, str], Decimal] = {}
    for one in payable:
        for cut in one.adjustments:
            cuts[cut.group, cut.code] = cuts.get((cut.group, cut.code), Decimal(0)) + cut.amount
    charge = sum((one.line.charge for one in payable), Decimal(0))
    line = msgspec.structs.replace(
        payable[0].line, code=CODE, modifiers=(), units=Decimal(1), charge=charge, control=""
    )
    whole = LineDecision(
        line,
        sum((one.allowed for one in payable), Decimal(0)),
        sum((one.paid for one in payable), Decimal(0)),
        tuple(Adjustment(*reason, cut) for reason, cut in cuts.items()),
    )
    return (whole, *(one for one in lines if one.denied))
