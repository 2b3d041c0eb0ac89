"""What a claim and its lines answer to the conditions of a practice's own rules, and such a rule at work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from chartdesk.pms.claims.content import ClaimContent, Line
from chartdesk.pms.claims.rules import Faults, ScrubRule
from chartdesk.pms.scrubbing.conditions import Value, compiled, of_line
from chartdesk.pms.scrubbing.rules import OwnRule

#: Field → its value of a claim. The fields and their words are those of ``scrubbing.conditions``.
OF_CLAIM: Mapping[str, Callable[[ClaimContent], Value]] = {
    "diagnosis": lambda claim: claim.diagnoses,
    "first_diagnosis": lambda claim: claim.diagnoses[:1],
    "codes": lambda claim: tuple(line.code for line in claim.lines),
    "place": lambda claim: claim.place_of_service,
    "age": lambda claim: _age(claim),
    "sex": lambda claim: claim.patient.sex,
    "relationship": lambda claim: claim.insured.relationship,
    "member": lambda claim: claim.insured.member_id.strip(),
    "group": lambda claim: claim.insured.group_number,
    "plan": lambda claim: claim.insured.plan_name,
    "indicator": lambda claim: claim.payer.filing_indicator,
    "provider": lambda claim: claim.rendering.npi if claim.rendering else "",
    "taxonomy": lambda claim: claim.rendering.taxonomy if claim.rendering else "",
    "referral": lambda claim: claim.referral_number,
    "authorization": lambda claim: claim.prior_authorization,
    "total": lambda claim: claim.total,
    "lines": lambda claim: Decimal(len(claim.lines)),
    "days": lambda claim: Decimal((claim.facts.today - claim.service_date).days) if claim.facts else None,
    "rank": lambda claim: Decimal(claim.rank),
    "frequency": lambda claim: claim.frequency,
    "bill_type": lambda claim: claim.institutional.bill_type if claim.institutional else "",
    "case": lambda claim: claim.circumstances.claim_number,
}
#: Field → its value of a line.
OF_LINE: Mapping[str, Callable[[ClaimContent, Line], Value]] = {
    "code": lambda claim, line: line.code,
    "modifier": lambda claim, line: line.modifiers,
    "units": lambda claim, line: line.units,
    "charge": lambda claim, line: line.amount,
    "revenue": lambda claim, line: line.revenue,
    "pointed": lambda claim, line: tuple(
        claim.diagnoses[one - 1] for one in line.pointers if 0 < one <= len(claim.diagnoses)
    ),
}


def rule_of(own: OwnRule) -> ScrubRule:
    """A practice's own rule as one that scrubbing runs."""
    return ScrubRule(own.id, own.severity, own.place, own.name, own.cure, _faults(own), name=own.name)


def _faults(own: OwnRule) -> Callable[[ClaimContent], Faults]:
    when, must = [compiled(one) for one in own.when], [compiled(one) for one in own.must]
    asked = {one.field for one in (*own.when, *own.must)}
    of_claim = [(name, OF_CLAIM[name]) for name in asked if name in OF_CLAIM]
    of_lines = [(name, OF_LINE[name]) for name in asked if name in OF_LINE]

    def at_fault(values: Mapping[str, Value]) -> bool:
        return all(test(values) for test in when) and not (must and all(test(values) for test in must))

    def faults(claim: ClaimContent) -> Faults:
        values = {name: value(claim) for name, value in of_claim}
        if not of_lines:
            if at_fault(values):
                yield 0, own.message
            return
        for number, line in enumerate(claim.lines, start=1):
            if at_fault(values | {name: value(claim, line) for name, value in of_lines}):
                yield number, f"{line.code}: {own.message}"

    assert all(of_line(one) == (one.field in OF_LINE) for one in (*own.when, *own.must))
    return faults


def _age(claim: ClaimContent) -> Decimal | None:
    born, on = claim.patient.birth_date, claim.service_date
    if born is None or born > on:
        return None
    return Decimal(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))
