"""Payment plans, as arithmetic: the instalments of an agreement, and how it stands on a day. Pure functions.

What was paid is what the ledger no longer shows as owed of the plan's charges. It fills the instalments in their
order; what is left of one after its day is missed, and ages from that day, not from the day of the visit.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from chartdesk.kit.errors import Invalid
from chartdesk.kit.money import ZERO, dollars, total
from chartdesk.pms.ledger.rules import BUCKETS, bucket

EVERY = {"week": "every week", "fortnight": "every two weeks", "month": "every month"}
#: Where an aging report shows what is agreed and not yet due.
NOT_DUE = "not due"


@dataclass(frozen=True)
class Step:
    """One instalment as it stands: ``open`` dollars of it are still owed. ``state``: paid, part, missed or coming."""

    number: int
    due: date
    amount: Decimal
    open: Decimal
    state: str


@dataclass(frozen=True)
class Standing:
    """A plan on a day. ``past_due`` is what should have been paid by then; ``next`` the first unpaid instalment."""

    steps: list[Step]
    paid: Decimal
    left: Decimal
    past_due: Decimal
    missed: int
    late_days: int
    next: Step | None

    @property
    def due_now(self) -> Decimal:
        """What is missed, or else the next instalment."""
        return self.past_due or (self.next.open if self.next else ZERO)


def schedule(total_owed: Decimal, each: Decimal, first: date, every: str, longest: int) -> list[tuple[date, Decimal]]:
    """Days and dollars of the instalments: ``each`` until the last one, which takes the rest.

    Raises Invalid where that is none, or more than ``longest``.
    """
    if every not in EVERY:
        raise Invalid(f"{every!r} is no rhythm.", where="every", cure=f"One of {', '.join(EVERY)}.")
    if each <= ZERO or total_owed <= ZERO:
        raise Invalid("An instalment is more than nothing.", where="each")
    count = int((total_owed / each).to_integral_value(ROUND_CEILING))
    if count > longest:
        raise Invalid(
            f"{dollars(each)} {EVERY[every]} makes {count} instalments, more than {longest}.",
            where="each",
            cure=f"At least {dollars(_least(total_owed, longest))} each.",
        )
    made = [(step(first, every, place), each) for place in range(count - 1)]
    return [*made, (step(first, every, count - 1), total_owed - each * (count - 1))]


def step(first: date, every: str, place: int) -> date:
    """The day of the instalment at ``place`` (0 is ``first``). A month without that day has its last day."""
    if every != "month":
        return first + timedelta(days=(7 if every == "week" else 14) * place)
    month = first.month - 1 + place
    year, month = first.year + month // 12, month % 12 + 1
    return date(year, month, min(first.day, calendar.monthrange(year, month)[1]))


def standing(instalments: Sequence[tuple[int, date, Decimal]], left: Decimal, on: date) -> Standing:
    """How a plan stands: ``instalments`` are number, day and dollars; ``left`` is what is still owed of its charges.

    An instalment is due on its day and missed from the next day on.
    """
    agreed = total(amount for _, _, amount in instalments)
    left = min(max(left, ZERO), agreed)
    paid, rest, steps = agreed - left, agreed - left, []
    for number, due, amount in instalments:
        covered = min(rest, amount)
        rest -= covered
        open_ = amount - covered
        state = "paid" if not open_ else "missed" if due < on else "part" if covered else "coming"
        steps.append(Step(number, due, amount, open_, state))
    missed = [one for one in steps if one.state == "missed"]
    return Standing(
        steps,
        paid,
        left,
        total(one.open for one in missed),
        len(missed),
        (on - missed[0].due).days if missed else 0,
        next((one for one in steps if one.open), None),
    )


def aging(stand: Standing, on: date) -> dict[str, Decimal]:
    """What is left of a plan by age: each missed instalment from its day on, the rest as not due."""
    sums = {NOT_DUE: ZERO, **{name: ZERO for name, _ in BUCKETS}}
    for one in stand.steps:
        sums[bucket(one.due, on) if one.state == "missed" else NOT_DUE] += one.open
    return sums


def remaining(charges: Mapping[str, Decimal], owed: Mapping[str, Decimal]) -> Decimal:
    """What is still owed of a plan's charges: of each at most what it had when the plan was agreed."""
    return total(min(max(owed.get(one, ZERO), ZERO), amount) for one, amount in charges.items())


def _least(total_owed: Decimal, longest: int) -> Decimal:
    cents = -(-int(total_owed * 100) // longest)
    return Decimal(cents) / 100
