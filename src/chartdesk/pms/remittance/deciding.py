"""The payer's lines beside ours: what it decided about each charge line of a claim."""

from __future__ import annotations

from chartdesk.kit.money import ZERO, money
from chartdesk.pms.claims.models import Claim, ClaimLine
from chartdesk.pms.remittance import rules
from chartdesk.pms.remittance.matching import OurLine, TheirLine, bundles, match
from chartdesk.pms.remittance.rules import Decided
from chartdesk.pms.remittance.work import Work


def decided(work: Work, claim: Claim) -> list[Decided]:
    """The payer's lines with ours beside them; a claim without lines speaks about all of ours."""
    payment, ours = work.payment, work.ours
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
    theirs = [
        TheirLine(
            line.line_control,
            tuple(code for code in (line.code, line.submitted_code) if code),
            tuple(line.modifiers),
            money(line.charged),
            line.service_date,
        )
        for line in work.lines
    ]
    mine = [
        OurLine(
            line.charge_line,
            line.control_number,
            line.code,
            tuple(line.modifiers),
            money(line.amount),
            claim.service_date,
        )
        for line in ours
    ]
    found = match(theirs, mine)
    bundled = bundles(theirs, found, mine) if None in found else {}
    made: list[Decided] = []
    for place, (line, charge_line) in enumerate(zip(work.lines, found, strict=True)):
        one = Decided(charge_line, line.charged, line.paid, rules.adjusted(line.adjustments), tuple(line.remarks))
        parts = bundled.get(place, ())
        line.charge_line = parts[0].charge_line if parts else charge_line
        line.held = line.charge_line is None
        made += rules.unbundled(one, [(part.charge_line, part.amount) for part in parts]) if parts else [one]
    work.batch.matched += work.lines
    return made
