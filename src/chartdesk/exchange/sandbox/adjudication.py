"""What a payer pays: a claim, a plan and the member's accumulators in; a decision that balances out.

For every line, charge = paid + adjustments. The office visit copay is taken once a day of service; other
services meet the deductible first and coinsurance after; the out-of-pocket limit caps the patient's share.
A claim sent as secondary is paid what the payer before it left to the patient.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from chartdesk.exchange.sandbox.claims import Claim, Line, Prior
from chartdesk.exchange.sandbox.denials import Setting, denial
from chartdesk.exchange.sandbox.rulebook import HUNDRED
from chartdesk.exchange.sandbox.scenarios import HIGH_DEDUCTIBLE
from chartdesk.kit.money import ZERO, money, total


class Adjustment(msgspec.Struct, frozen=True):
    """A CAS triplet: group, CARC, amount (positive lowers the payment)."""

    group: str
    code: str
    amount: Decimal


class Accumulators(msgspec.Struct, frozen=True):
    """What a member has used of the year's deductible and out-of-pocket limit."""

    deductible: Decimal = ZERO
    out_of_pocket: Decimal = ZERO


class LineDecision(msgspec.Struct, frozen=True):
    """The outcome of one line."""

    line: Line
    allowed: Decimal
    paid: Decimal
    adjustments: tuple[Adjustment, ...]
    remark: str = ""
    denied: str = ""


class Decision(msgspec.Struct, frozen=True):
    """The outcome of a claim: CLP02 status, its lines, and what the accumulators gain."""

    status: str
    lines: tuple[LineDecision, ...]
    deductible: Decimal = ZERO
    out_of_pocket: Decimal = ZERO

    @property
    def paid(self) -> Decimal:
        """What the payer pays for the claim."""
        return total(line.paid for line in self.lines)

    @property
    def allowed(self) -> Decimal:
        """The sum of the allowed amounts."""
        return total(line.allowed for line in self.lines)

    @property
    def patient_share(self) -> Decimal:
        """The sum of the PR adjustments."""
        return total(one.amount for line in self.lines for one in line.adjustments if one.group == "PR")


class _Purse(msgspec.Struct):
    """What is left of deductible and out-of-pocket limit while the lines are priced one after another."""

    deductible: Decimal
    room: Decimal | None
    copay_days: set[date]
    used_deductible: Decimal = ZERO
    used_room: Decimal = ZERO


def deductible_of(setting: Setting) -> Decimal:
    """The plan's deductible, or the scenario's."""
    return money(HIGH_DEDUCTIBLE) if setting.scenario == "HIGHDED" else setting.plan.deductible


def remaining(setting: Setting, used: Accumulators) -> tuple[Decimal, Decimal | None]:
    """What is left of the deductible, and of the out-of-pocket limit where the plan has one."""
    left = max(deductible_of(setting) - used.deductible, ZERO)
    if setting.scenario == "DEDMET":
        left = ZERO
    limit = setting.plan.out_of_pocket
    return left, None if limit is None else max(limit - used.out_of_pocket, ZERO)


def adjudicate(claim: Claim, setting: Setting, used: Accumulators, percent_of_contract: Decimal = HUNDRED) -> Decision:
    """Decide a claim. ``percent_of_contract`` below 100 plays a payer that allows too little."""
    if claim.turn != "P":
        return _as_later_payer(claim, setting)
    left, room = remaining(setting, used)
    purse = _Purse(left, room, set())
    lines = tuple(_line(claim, line, setting, purse, percent_of_contract) for line in claim.lines)
    status = "4" if all(line.denied for line in lines) else "1"
    if status == "1" and setting.scenario == "CROSSOVER":
        status = "19"
    return Decision(status, lines, purse.used_deductible, purse.used_room)


def _denied(line: Line, setting: Setting, name: str) -> LineDecision:
    why = setting.rules.denials[name]
    cut = (Adjustment(why.group, why.code, line.charge),) if line.charge else ()
    return LineDecision(line, ZERO, ZERO, cut, why.remark, name)


def allowed_amount(claim: Claim, line: Line, setting: Setting, percent: Decimal) -> Decimal:
    """The contract's amount for the line's units and modifiers, never more than the charge."""
    contract = setting.rules.contract(setting.payer, line.code)
    if contract is None:
        amount = line.charge * setting.payer.percent_of_charge / HUNDRED
    else:
        amount = contract * line.units
    for modifier in line.modifiers:
        amount = amount * setting.rules.modifiers[modifier] / HUNDRED
    if setting.scenario == "PARTIAL" and len(claim.lines) == 1:
        amount /= 2
    return min(money(amount * percent / HUNDRED), line.charge)


def _line(claim: Claim, line: Line, setting: Setting, purse: _Purse, percent: Decimal) -> LineDecision:
    name = denial(setting, claim, line)
    if name:
        return _denied(line, setting, name)
    if setting.scenario in ("CAPITATED", "CAPPAID"):
        return LineDecision(line, ZERO, ZERO, (Adjustment("CO", "24", line.charge),) if line.charge else ())
    allowed = allowed_amount(claim, line, setting, percent)
    deductible, coinsurance, copay = _patient_share(line, allowed, setting, purse)
    purse.deductible -= deductible
    purse.used_deductible += deductible
    share = deductible + coinsurance + copay
    purse.used_room += share
    if purse.room is not None:
        purse.room -= share
    triplets = (
        Adjustment("CO", "45", line.charge - allowed),
        Adjustment("PR", "1", deductible),
        Adjustment("PR", "2", coinsurance),
        Adjustment("PR", "3", copay),
    )
    return LineDecision(line, allowed, allowed - share, tuple(one for one in triplets if one.amount))


def _patient_share(line: Line, allowed: Decimal, setting: Setting, purse: _Purse) -> tuple[Decimal, Decimal, Decimal]:
    """Deductible, coinsurance and copay of a payable line, within what is left of the limits."""
    codes, plan = setting.rules.codes, setting.plan
    if line.code in codes.preventive or (plan.laboratory_free and line.code in codes.laboratory):
        return ZERO, ZERO, ZERO
    copay = ZERO
    if line.code in codes.office_visit:
        if line.first_day not in purse.copay_days:
            copay = min(plan.copay, allowed)
            purse.copay_days.add(line.first_day)
        if not plan.visits_meet_deductible:
            return ZERO, ZERO, _within(copay, purse.room)
    deductible = _within(min(purse.deductible, allowed - copay), purse.room)
    room = None if purse.room is None else purse.room - deductible
    coinsurance = _within(money((allowed - copay - deductible) * plan.coinsurance / HUNDRED), room)
    room = None if room is None else room - coinsurance
    return deductible, coinsurance, _within(copay, room)


def _within(amount: Decimal, room: Decimal | None) -> Decimal:
    return amount if room is None else min(amount, room)


# ----------------------------------------------------------------------------------- the second payer


def latest_prior(priors: tuple[Prior, ...], turn: str) -> Prior | None:
    """What the payer just before ``turn`` did."""
    order = "PSTABCDEFGH"
    before = [prior for prior in priors if order.find(prior.turn) < order.find(turn)]
    return max(before, key=lambda prior: order.find(prior.turn), default=None)


def _as_later_payer(claim: Claim, setting: Setting) -> Decision:
    """Pay what the payer before left to the patient; the rest is that payer's doing (OA 23)."""
    whole = latest_prior(claim.priors, claim.turn)
    pool = whole.patient_share if whole else ZERO
    decided = []
    for line in claim.lines:
        name = denial(setting, claim, line)
        if name:
            decided.append(_denied(line, setting, name))
            continue
        prior = latest_prior(line.priors, claim.turn)
        due = prior.patient_share if prior else min(pool, line.charge)
        pool -= ZERO if prior else due
        paid = min(due, line.charge)
        cut = line.charge - paid
        adjustments = (Adjustment("OA", "23", cut),) if cut else ()
        decided.append(LineDecision(line, paid, paid, adjustments))
    status = {"S": "2"}.get(claim.turn, "3")
    return Decision("4" if all(one.denied for one in decided) else status, tuple(decided))


# ----------------------------------------------------------------------------------------- reversals


def reversed_decision(decision: Decision) -> Decision:
    """The decision taken back: every amount negated, the same groups and codes, status 22."""
    lines = tuple(
        LineDecision(
            msgspec.structs.replace(one.line, charge=-one.line.charge),
            -one.allowed,
            -one.paid,
            tuple(Adjustment(cut.group, cut.code, -cut.amount) for cut in one.adjustments),
            one.remark,
            one.denied,
        )
        for one in decision.lines
    )
    return Decision("22", lines, -decision.deductible, -decision.out_of_pocket)
