"""Reversals (CLP02 22): the payer takes an earlier decision back, figure by figure, with the signs turned.

The contra entries of the original's posting are posted. A reversal that fits no payment of ours is held.
"""

from __future__ import annotations

from chartdesk.kit import fetching
from chartdesk.kit.money import dollars
from chartdesk.kit.worklist import Task
from chartdesk.pms.claims import holding
from chartdesk.pms.claims.correcting import VOIDED_WORK
from chartdesk.pms.claims.models import OPEN, Claim
from chartdesk.pms.ledger import commands as ledger
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.rules import Line
from chartdesk.pms.remittance import debts, denials, events, next_payer, projections, resting, rules
from chartdesk.pms.remittance import work as steps
from chartdesk.pms.remittance.models import ClaimPayment
from chartdesk.pms.remittance.work import Work
from chartdesk.record.access import Role

#: What a reversal may be about, where somebody else is posting it at this moment: wait until they are through.
_BEFORE = """practice = %s AND claim_number = %s AND payer_key = %s AND state = 'waiting' AND id < %s
     ORDER BY id FOR UPDATE"""


def post(work: Work) -> None:
    """Undo the payment that this one reverses, or hold the reversal with the reason."""
    given = work.payment
    fetching.fetch(ClaimPayment, _BEFORE, [given.practice, given.claim_number, given.payer_key, given.pk])
    original = _original(work)
    if original is None:
        figures = f"charged {dollars(-work.payment.charged)}, paid {dollars(-work.payment.paid)}"
        steps.hold(work, f"It reverses a payment of claim {work.payment.claim_number}, {figures}, that is not here.")
        return
    if original.claim is not None:
        work.claim = holding.locked(work.subject, original.claim)
    work.payment.reverses = original
    work.payment.tries += 1
    if original.posting is not None:
        _undo(work, original)
    next_payer.take_back(work.subject, original, f"Reversed by payment {work.remittance.trace}", on=work.today)
    projections.taken_back(work.subject, original)
    denials.undo(work, original)
    steps.finish(work, "posted", "")
    payer, trace = work.remittance.payer_name, work.remittance.trace
    resting.fall(work.batch, original, f"{payer} reversed its decision in payment {trace}.")
    # Where it had decided twice and takes one back, the claim is decided still.
    standing = debts.others(work.payment).exclude(pk__in=[original.pk, work.payment.pk]).exists()
    status = "" if standing else "acknowledged"
    steps.tell(work, status, f"{payer} reversed its payment of {dollars(original.paid)}. Payment {trace}.")
    if not standing:
        _end_voids(work)


def _end_voids(work: Work) -> None:
    """A void of ours that asked for it has done what it was for; what becomes of the charges is for a person to say."""
    claim = work.claim
    if claim is None:
        return
    asked = Claim.objects.filter(practice=claim.practice, replaces=claim.pk, frequency="8", status__in=OPEN)
    for void in [holding.locked(work.subject, number) for number in asked.values_list("pk", flat=True)]:
        if void is None:
            continue
        words = f"{work.remittance.payer_name} has taken claim {claim.number} back. Payment {work.remittance.trace}."
        work.batch.told.append((void, "closed", words, ""))
        work.batch.tasks.append(
            Task(
                kind=VOIDED_WORK, key=str(void.superbill), role=Role.BILLER,
                title=f"The payer has taken claim {claim.number} back", detail=words,
                cure="Reopen the charges: correct and approve them, and a new claim is built; or take them back.",
                about=f"Patient/{claim.patient}", link=("superbill", str(void.superbill)), amount=claim.total,
            )
        )  # fmt: skip


def bank_source(reversal: ClaimPayment) -> str:
    """The cause of the posting that moves a reversal's money from the account that was filled to the one that pays."""
    return f"{reversal.pk}/{reversal.tries} bank"


def _original(work: Work) -> ClaimPayment | None:
    """The latest posted payment of that claim by that payer with these figures, not reversed yet."""
    given = work.payment
    candidates = ClaimPayment.objects.select_for_update(of=("self",)).filter(
        practice=work.subject.practice,
        payer_key=given.payer_key,
        claim_number=given.claim_number,
        charged=-given.charged,
        paid=-given.paid,
        state__in=["posted", "held"],
        reversed_by__isnull=True,
        reverses__isnull=True,
    )
    found = list(candidates.order_by("-posted_at", "-pk")[:10])
    named = [one for one in found if one.payer_claim_number == given.payer_claim_number]
    return next(iter(named or found), None)


def _undo(work: Work, original: ClaimPayment) -> None:
    subject, payment = work.subject, work.payment
    entries = books.journal(subject, posting_id=original.posting)
    payment.posting = ledger.reverse(
        subject,
        original.posting or 0,
        on=work.today,
        source=f"claim payment {work.source}",
        memo=f"Reversed by {work.remittance.payer_name}, payment {work.remittance.trace}",
    )
    first = rules.bank_account(original.remittance.method)
    if first != work.bank and original.paid:
        # The contra entries went back to the account that was filled then; this payment came by another.
        ledger.post(
            subject,
            "remittance",
            bank_source(payment),
            [Line(first, original.paid), Line(work.bank, -original.paid)],
            on=work.today,
            memo="A reversal by another way of payment",
        )
    change = -rules.patient_change([Line(one.account, one.amount, holder=one.holder) for one in entries])
    if change and work.claim is not None:
        work.batch.events.append(events.balance(work.claim.patient, work.claim.pk, change))
