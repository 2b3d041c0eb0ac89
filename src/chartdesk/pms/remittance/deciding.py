"""The payer's lines beside ours: what it decided about each charge line of a claim."""

from __future__ import annotations

from chartdesk.kit import database
from chartdesk.kit.money import ZERO, money
from chartdesk.pms.claims.models import Claim, ClaimLine
from chartdesk.pms.remittance import rules
from chartdesk.pms.remittance.matching import OurLine, TheirLine, match
from chartdesk.pms.remittance.rules import Decided
from chartdesk.pms.remittance.work import Work

_MATCHED = """
    UPDATE remittance_paymentline AS line SET charge_line = given.charge_line, held = given.held
      FROM unnest(%s::int8[], %s::int8[], %s::bool[]) AS given (id, charge_line, held)
     WHERE line.practice = %s AND line.id = given.id
"""


def decided(work: Work, claim: Claim, ours: list[ClaimLine]) -> list[Decided]:
    """The payer's lines with ours beside them; a claim without lines speaks about all of ours."""
    payment = work.payment
    if work.lines:
        lines = _matched(work, claim, ours)
    else:
        lines = [Decided(line.charge_line, line.amount, ZERO) for line in ours]
    beyond = payment.paid - sum((line.paid for line in work.lines), ZERO)
    remarks = tuple(payment.remarks)
    if remarks and lines and not payment.adjustments:
        lines = [
            Decided(one.charge_line, one.charged, one.paid, one.adjustments, (*one.remarks, *remarks)) for one in lines
        ]
    return rules.with_claim_level(lines, beyond, rules.adjusted(payment.adjustments), remarks)


def _matched(work: Work, claim: Claim, ours: list[ClaimLine]) -> list[Decided]:
    found = match(
        [
            TheirLine(
                line.line_control,
                tuple(code for code in (line.code, line.submitted_code) if code),
                tuple(line.modifiers),
                money(line.charged),
                line.service_date,
            )
            for line in work.lines
        ],
        [
            OurLine(
                line.charge_line,
                line.control_number,
                line.code,
                tuple(line.modifiers),
                money(line.amount),
                claim.service_date,
            )
            for line in ours
        ],
    )
    for line, charge_line in zip(work.lines, found, strict=True):
        line.charge_line, line.held = charge_line, charge_line is None
    values = [[one.pk for one in work.lines], found, [one.held for one in work.lines], work.subject.practice]
    database.execute(_MATCHED, values)
    return [
        Decided(line.charge_line, line.charged, line.paid, rules.adjusted(line.adjustments), tuple(line.remarks))
        for line in work.lines
    ]
