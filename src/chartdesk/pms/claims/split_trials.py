"""Trying splitting rules on past visits: which claims they would have made, beside those that were made.

Nothing is written but that the rules were tried. Lines that the rules of their day split into components are taken
as the whole that they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from chartdesk.kit import database
from chartdesk.kit.errors import Invalid
from chartdesk.kit.money import ZERO, total
from chartdesk.kit.transactions import transaction
from chartdesk.pms.charges import assessment, dividing
from chartdesk.pms.charges import queries as charges
from chartdesk.pms.charges.queries import LineView, SuperbillView
from chartdesk.pms.claims.splitting import line_facts, parts_of, portion
from chartdesk.pms.coverage import queries as coverages
from chartdesk.pms.splits import commands as splits
from chartdesk.pms.splits import queries as versions
from chartdesk.pms.splits import rules
from chartdesk.pms.splits.rules import Rule
from chartdesk.record.access import Role, Subject

#: Visits that a trial looks at, at most, and differences that it keeps.
MOST, SHOWN = 2000, 200
#: So many are read at a time.
_BATCH = 250
_VISITS = """
    SELECT id FROM charges_superbill WHERE practice = %s AND status IN ('approved', 'billed')
       AND service_date BETWEEN %s AND %s ORDER BY service_date DESC, id DESC LIMIT %s
"""
_ANY = "SELECT 1 FROM charges_superbill WHERE practice = %s AND status IN ('approved', 'billed') LIMIT 1"


@dataclass(frozen=True)
class Made:
    """A claim that a visit makes, or the bill of the patient: ``payer_id`` is empty then. ``bill_type`` where it is
    an institutional one."""

    payer_id: str
    practitioner: str
    day: date
    lines: tuple[str, ...]
    amount: Decimal
    bill_type: str = ""


@dataclass(frozen=True)
class Difference:
    """A visit that the rules would bill in another way."""

    superbill: int
    patient_id: str
    service_date: date
    before: tuple[Made, ...]
    after: tuple[Made, ...]


@dataclass
class Trial:
    """What a trial found. ``moved`` are dollars that somebody else would owe; ``unpriced`` lines without a price."""

    looked_at: int = 0
    claims_before: int = 0
    claims_after: int = 0
    changed: int = 0
    moved: Decimal = ZERO
    unpriced: int = 0
    differences: list[Difference] = field(default_factory=list)


@dataclass
class _Known:
    """What a trial has looked up: fees by code, day and payer; policies (payer → coverage) by patient and day."""

    subject: Subject
    fees: dict[tuple[str, date, str], dividing.Fees] = field(default_factory=dict)
    held: dict[tuple[str, date], dict[str, str]] = field(default_factory=dict)

    def prices(self, bill: SuperbillView, code: str) -> dividing.Fees:
        """The fees of a code on the day of a visit."""
        key = (code, bill.service_date, bill.payer_id)
        if key not in self.fees:
            self.fees[key] = assessment.prices(self.subject, [code], bill.service_date, lambda: bill.payer_id)
        return self.fees[key]

    def policies(self, bill: SuperbillView) -> dict[str, str]:
        """The patient's policies in force on the day of a visit, of two with one payer the first."""
        day = bill.service_date
        key = (bill.patient_id, day)
        if key not in self.held:
            found = coverages.coverages(self.subject, bill.patient_id, on=day)
            self.held[key] = {
                one.payer_id: one.coverage_id
                for one in reversed(found)
                if (one.effective is None or one.effective <= day) and (one.ends is None or one.ends >= day)
            }
        return self.held[key]


def attempt(subject: Subject, since: date, until: date) -> Trial:
    """Try the draft on the visits of a time, the newest first, and note that it was tried.

    Raises Conflict without a draft, Invalid for a time that ends before it begins, or has no visit. A practice that
    has charged nothing yet has nothing to try it on: its first rules hold from its first visit on.
    """
    subject.require(Role.MANAGER)
    with transaction(subject):
        draft = splits.drafted(subject)
        if until < since:
            raise Invalid("The last day lies before the first.", cure="Correct one of them.", where="until")
        found = trial(subject, draft, since, until)
        if not found.looked_at and database.rows(_ANY, [subject.practice]):
            raise Invalid("No charges were approved in that time.", cure="Choose a longer one.", where="since")
        counted = {
            "since": since.isoformat(), "until": until.isoformat(), "looked_at": found.looked_at,
            "changed": found.changed, "claims_before": found.claims_before, "claims_after": found.claims_after,
            "moved": str(found.moved), "unpriced": found.unpriced,
        }  # fmt: skip
        splits.note_trial(subject, draft, counted)
        return found


def trial(subject: Subject, said: Sequence[Rule], since: date, until: date) -> Trial:
    """What ``said`` would have made of the visits of a time, the newest 2,000 of them."""
    found = Trial()
    with transaction(subject):
        timetable, known = versions.timetable(subject), _Known(subject)
        numbers = [one for (one,) in database.rows(_VISITS, [subject.practice, since, until, MOST])]
        for start in range(0, len(numbers), _BATCH):
            bills = charges.superbills(subject, numbers[start : start + _BATCH])
            for number in numbers[start : start + _BATCH]:
                bill = bills[number]
                held = versions.in_force(timetable, bill.service_date)
                before = _made(bill, held)
                again, unpriced = _again(known, _whole(bill, held), said)
                _count(found, bill, before, _made(again, said), unpriced)
    return found


def _count(found: Trial, bill: SuperbillView, before: tuple[Made, ...], after: tuple[Made, ...], unpriced: int) -> None:
    found.looked_at += 1
    found.claims_before += sum(1 for one in before if one.payer_id)
    found.claims_after += sum(1 for one in after if one.payer_id)
    if sorted(before, key=repr) == sorted(after, key=repr):
        return
    found.changed += 1
    found.unpriced += unpriced
    owed = {one.payer_id: ZERO for one in (*before, *after)}
    for one in before:
        owed[one.payer_id] -= one.amount
    for one in after:
        owed[one.payer_id] += one.amount
    found.moved += total(amount for amount in owed.values() if amount > 0)
    if len(found.differences) < SHOWN:
        found.differences.append(Difference(bill.id, bill.patient_id, bill.service_date, before, after))


def _made(bill: SuperbillView, said: Sequence[Rule]) -> tuple[Made, ...]:
    """The claims of a visit, and what the patient owes beside them."""
    if not bill.payer_id:
        return (_one(bill, "", bill.lines),)
    claims = [portion(bill, part) for part in parts_of(bill, said)]
    made = [_one(claim, claim.payer_id, claim.lines) for claim in claims]
    theirs = [line for line in bill.lines if line.payer_id == ""]
    return (*made, _one(bill, "", theirs)) if theirs else tuple(made)


def _one(bill: SuperbillView, payer: str, lines: Sequence[LineView]) -> Made:
    codes = tuple("-".join((line.code, *line.modifiers)) for line in lines)
    amount = total(line.amount or ZERO for line in lines)
    return Made(payer, bill.practitioner, bill.service_date, codes, amount, bill.bill_type if payer else "")


def _whole(bill: SuperbillView, held: Sequence[Rule]) -> SuperbillView:
    """The visit before the rules of its day split lines into components."""
    lines: list[LineView] = []
    for line in bill.lines:
        before = lines[-1] if lines else None
        if before is not None and _is_other_half(before, line):
            modifiers = [one for one in before.modifiers if one != rules.PROFESSIONAL]
            amounts = [before.amount, line.amount]
            amount = None if None in amounts else total(one for one in amounts if one is not None)
            joined = replace(before, modifiers=modifiers, amount=amount)
            rule = rules.components(held, line_facts(bill, joined))
            if rule is not None:
                who = bill.practitioner if rule.professional else before.practitioner
                lines[-1] = replace(joined, practitioner=who)
                continue
        lines.append(line)
    return replace(bill, lines=lines)


def _is_other_half(before: LineView, line: LineView) -> bool:
    """Whether a line is the technical component beside its professional one."""
    return (
        rules.PROFESSIONAL in before.modifiers
        and rules.TECHNICAL in line.modifiers
        and (before.code, before.units, before.pointers) == (line.code, line.units, line.pointers)
    )


def _again(known: _Known, bill: SuperbillView, said: Sequence[Rule]) -> tuple[SuperbillView, int]:
    """The visit with its lines as ``said`` wants them, and how many of them would have no price."""
    lines, unpriced = [], 0
    for line in bill.lines:
        for one in _components(known, bill, line, said):
            unpriced += one.amount is None
            lines.append(one)
    policies = _policies(known, bill, lines, said)
    return replace(bill, lines=[_routed(bill, line, said, policies) for line in lines]), unpriced


def _components(known: _Known, bill: SuperbillView, line: LineView, said: Sequence[Rule]) -> Iterable[LineView]:
    rule = rules.components(said, line_facts(bill, line))
    if rule is None:
        return [line]
    fees = known.prices(bill, line.code)
    amounts = dividing.shares(rule, fees, line.code, line.units, line.amount)
    parts = zip((rules.PROFESSIONAL, rules.TECHNICAL), amounts, (rule.professional, rule.technical), strict=True)
    return [
        replace(line, modifiers=[modifier, *line.modifiers], amount=amount, practitioner=who or line.practitioner)
        for modifier, amount, who in parts
    ]


def _policies(known: _Known, bill: SuperbillView, lines: Sequence[LineView], said: Sequence[Rule]) -> dict[str, str]:
    """The policies that a rule may bill; looked up only where one asks for another payer."""
    asking = [rule for rule in said if rule.action == "payer"]
    wanted = any(rules.means(rule, line_facts(bill, line)) for rule in asking for line in lines)
    return known.policies(bill) if wanted else {}


def _routed(bill: SuperbillView, line: LineView, said: Sequence[Rule], policies: dict[str, str]) -> LineView:
    """The line with who would owe it."""
    owes = None if bill.self_pay else rules.payer(said, line_facts(bill, line), policies)
    if owes == bill.payer_id:
        owes = None
    return replace(line, payer_id=owes, coverage_id=policies.get(owes, "") if owes else "")
