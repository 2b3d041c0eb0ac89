"""Less than the contract says: what a payer allowed, compared with what was agreed. Noted, never posted."""

from __future__ import annotations

from chartdesk.kit import worklist
from chartdesk.kit.money import ZERO, dollars
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.remittance import rules
from chartdesk.pms.remittance.rules import Decided
from chartdesk.pms.remittance.work import Work
from chartdesk.record.access import Role, Subject

UNDERPAID = "underpayment"


def note(work: Work, claim: Claim, decided: list[Decided]) -> None:
    """Raise a work item where lines were allowed at less than the contract with the payer says."""
    if claim.rank != 1 or not work.agreed:
        return
    allowed = {line.charge_line: ZERO for line in decided if line.charge_line and _counts(work, line)}
    for line in decided:
        if line.charge_line in allowed:
            allowed[line.charge_line] += rules.allowed_amount(line)
    found, missing = [], ZERO
    for line in work.ours:
        agreed = work.agreed.get(line.charge_line)
        if agreed is not None and line.charge_line in allowed and allowed[line.charge_line] < agreed:
            missing += agreed - allowed[line.charge_line]
            found.append(f"{line.code}: allowed {dollars(allowed[line.charge_line])}, agreed {dollars(agreed)}")
    if not found:
        return
    work.batch.tasks.append(
        worklist.Task(
            kind=UNDERPAID,
            key=str(work.payment.pk),
            role=Role.BILLER,
            title=f"{work.remittance.payer_name} allowed {dollars(missing)} less than agreed on claim {claim.number}",
            detail="; ".join(found) + f". Payment {work.remittance.trace}.",
            cure="Compare with the contract, and ask the payer to pay the rest.",
            about=f"Patient/{claim.patient}",
            link=("claim", str(claim.pk)),
            amount=missing,
        )
    )


def withdraw(subject: Subject, claim_payment_id: int) -> None:
    """The payment was taken back, by whomever: nothing of it is underpaid, and no figure counts it."""
    worklist.withdraw(subject, UNDERPAID, [str(claim_payment_id)], by=subject.actor)


def _counts(work: Work, line: Decided) -> bool:
    """A denied line is on the list of denials; it is not underpaid as well."""
    meanings = {rules.effect(work.payment.status_code, line, one) for one in line.adjustments}
    return not meanings & {"deny", "pending", "information", "capitated"}
