"""Who owes a claim when a payer decides about it: that payer, or whoever it was passed on to."""

from __future__ import annotations

from django.db.models import QuerySet

from chartdesk.kit.money import ZERO
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.remittance import rules
from chartdesk.pms.remittance.models import ClaimPayment
from chartdesk.pms.remittance.rules import Debt
from chartdesk.pms.remittance.work import Work

#: Statuses of claims that a payer has decided about.
_DECIDED = frozenset({"paid", "partly_paid", "denied", "closed"})


def others(payment: ClaimPayment) -> QuerySet[ClaimPayment]:
    """The decisions of the same payer about the same claim that are posted and were not taken back."""
    return ClaimPayment.objects.filter(
        practice=payment.practice,
        payer_key=payment.payer_key,
        claim_number=payment.claim_number,
        state="posted",
        reversed_by__isnull=True,
        reverses__isnull=True,
    ).exclude(status_code=rules.REVERSAL)


def answers_later(payment: ClaimPayment, claim: Claim) -> bool:
    """Whether the payment is that of a payer after the first one."""
    return claim.rank > 1 or payment.status_code in rules.LATER


def needs_open(payment: ClaimPayment, claim: Claim) -> bool:
    """Whether what stands open must be known: to a later payer, and where the claim was decided before."""
    return answers_later(payment, claim) or claim.status in _DECIDED


def of(work: Work, claim: Claim) -> Debt:
    """The debt that a payment of the claim is about.

    The first payer owes its claim in full; where it decides a second time without taking the first back, it owes what
    is still open. A later payer owes what was passed on to it; where a payer passed our claim on by itself, the later
    one answers under the number of the first claim.
    """
    first = f"payer:{claim.payer_id}"
    if not needs_open(work.payment, claim):
        return Debt(first)
    references = {f"charge:{line.charge_line}": line.charge_line for line in work.ours}
    owed = {name: work.owed.get(name, {}) for name in references}
    if not answers_later(work.payment, claim):
        left = {line: max(owed[name].get(first, ZERO), ZERO) for name, line in references.items()}
        return Debt(first, open=left, again=True)
    holders = {holder for due in owed.values() for holder, amount in due.items() if amount > ZERO}
    later = sorted(holder for holder in holders if holder not in (first, rules.PATIENT))
    if claim.rank > 1:
        holder = first if first in holders else rules.PATIENT
    else:
        holder = later[0] if later else rules.PATIENT
    return Debt(holder, open={line: owed[name].get(holder, ZERO) for name, line in references.items()})
