"""The practice's splitting rules at work on a superbill's lines: who owes a line, and which lines are billed as two."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from chartdesk.kit.money import money
from chartdesk.pms.charges.models import ChargeLine, Fee, Superbill
from chartdesk.pms.splits import queries, rules
from chartdesk.pms.splits.rules import PROFESSIONAL, TECHNICAL, Rule
from chartdesk.record.access import Subject

#: The fees in force by (code, modifier), and who looks them up for codes.
Fees = Mapping[tuple[str, str], Fee]
Prices = Callable[[set[str]], Fees]


def divided(
    subject: Subject, bill: Superbill, lines: list[ChargeLine], policies: Mapping[str, str], prices: Prices
) -> list[ChargeLine]:
    """The lines as the rules of the date of service want them, saved; ``policies`` are payer → coverage, in force.

    ``prices`` gives the fees of codes.
    """
    said = queries.on(subject, bill.service_date)
    if any(rules.components(said, facts(bill, line)) for line in lines):
        lines = _in_components(bill, lines, said, prices({line.code for line in lines}))
    for line in lines:
        owes = None if bill.self_pay else rules.payer(said, facts(bill, line), policies)
        if owes == bill.payer_id:
            owes = None
        covered = policies.get(owes, "") if owes else ""
        if (line.payer_id, line.coverage) != (owes, covered):
            line.payer_id, line.coverage = owes, covered
            line.save(update_fields=["payer_id", "coverage"])
    return lines


def facts(bill: Superbill, line: ChargeLine) -> rules.Line:
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


def shares(
    rule: Rule, fees: Fees, code: str, units: Decimal, amount: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    """What the professional and the technical component cost, in dollars for all units; None without a price.

    The fee schedule's own prices of 26 and TC, else the rule's share of the whole price; nothing is lost in rounding.
    """
    parts = [fees.get((code, modifier)) for modifier in (PROFESSIONAL, TECHNICAL)]
    if parts[0] is not None and parts[1] is not None:
        return money(parts[0].amount * units), money(parts[1].amount * units)
    if rule.share and amount is not None:
        professional = money(amount * rule.share / 100)
        return professional, amount - professional
    return None, None


def _in_components(bill: Superbill, lines: Sequence[ChargeLine], said: Sequence[Rule], fees: Fees) -> list[ChargeLine]:
    """The lines with those that a rule splits as two; the others keep their rows."""
    made: list[ChargeLine] = []
    for line in lines:
        rule = rules.components(said, facts(bill, line))
        made += [line] if rule is None else _two(bill, line, rule, fees)
    for line in lines:
        if not any(line is one for one in made):
            _take_off(bill, line)
    # Positions are unique: rows move from the last to the first, into places that are free by then.
    for position, line in reversed(list(enumerate(made, start=1))):
        if line.pk is not None and line.position != position:
            line.position = position
            line.save(update_fields=["position"])
        line.position = position
    ChargeLine.objects.bulk_create(line for line in made if line.pk is None)
    return made


def _two(bill: Superbill, line: ChargeLine, rule: Rule, fees: Fees) -> list[ChargeLine]:
    amounts = shares(rule, fees, line.code, line.units, line.amount)
    return [
        ChargeLine(
            practice=line.practice, superbill=bill, position=0, code=line.code, modifiers=[modifier, *line.modifiers],
            units=line.units, amount=amount, pointers=list(line.pointers), description=line.description,
            practitioner=who or line.practitioner, service_date=line.service_date, revenue=line.revenue,
        )
        for modifier, amount, who in zip(
            (PROFESSIONAL, TECHNICAL), amounts, (rule.professional, rule.technical), strict=True
        )
    ]  # fmt: skip


def _take_off(bill: Superbill, line: ChargeLine) -> None:
    """A line that was approved once stays as superseded: claims and ledger refer to it."""
    if bill.approvals:
        line.superseded = True
        line.save(update_fields=["superseded"])
    else:
        line.delete()
