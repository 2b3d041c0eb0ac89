"""One line of several, as a payer pays a bundle: what it says about them is added up, and their numbers are gone."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from chartdesk.exchange.sandbox.adjudication import Adjustment, LineDecision

#: What the payer calls a bundle.
CODE = "99499"


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
