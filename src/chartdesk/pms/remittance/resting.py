"""What rests on a claim payment, and falls with it when somebody takes it back: the payer, or the office.

That is what stands on the work list about it, and the claims to later payers, which say what it had decided.
"""

from __future__ import annotations

from chartdesk.kit import worklist
from chartdesk.pms.claims import correcting, holding, priors
from chartdesk.pms.claims.content import Prior, restored
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.remittance import coordination, days, deciding, gathering, next_payer, underpayments
from chartdesk.pms.remittance import work as steps
from chartdesk.pms.remittance.models import ClaimPayment
from chartdesk.pms.remittance.work import Batch, Work
from chartdesk.record.access import Subject


def register() -> None:
    """Tell claims what earlier payers have decided."""
    priors.use(prior)


def fall(batch: Batch, payment: ClaimPayment, words: str) -> None:
    """Nothing rests on ``payment`` any more, for the reason in ``words``. Joins the transaction."""
    subject = batch.subject
    steps.close_held(batch, payment)
    underpayments.withdraw(subject, payment.pk)
    for kind in (coordination.NEXT_PAYER, steps.PAID_AGAIN):
        worklist.close_items(subject, kind, [str(payment.pk)], by=subject.actor)
    claim = holding.locked(subject, payment.claim) if payment.claim is not None else None
    if claim is not None:
        correcting.note_unfounded(subject, claim, words)


def prior(subject: Subject, claim: Claim) -> tuple[Prior, ...]:
    """What the payers before that of ``claim`` have decided about its charges, as it is posted: the latest of each."""
    before = Claim.objects.filter(
        practice=subject.practice, superbill=claim.superbill, part=claim.part, rank__lt=claim.rank
    )
    latest: dict[int, tuple[Claim, ClaimPayment]] = {}
    for one in before.order_by("pk"):
        payment = next_payer.decision(one)
        if payment is not None:
            latest[one.rank] = (one, payment)
    return tuple(_said(subject, *latest[rank]) for rank in sorted(latest))


def _said(subject: Subject, claim: Claim, payment: ClaimPayment) -> Prior:
    lines = list(payment.lines.order_by("position"))
    work = Work(subject, payment, payment.remittance, Batch(subject, days.today(subject)), claim, lines)
    gathering.surround([work])
    return coordination.prior_of(work, claim, restored(claim.content), deciding.decided(work, claim))
