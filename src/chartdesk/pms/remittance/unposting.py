"""Taking back what we posted: one claim payment, or a whole remittance. Contra entries are posted, nothing is erased.

One claim payment leaves its claim and stands as unapplied again, because the bank still has its money. A whole
remittance leaves the bank too, and waits to be posted anew: a file that was not meant for us, a check that bounced.
"""

from __future__ import annotations

from datetime import date

from chartdesk.kit import live
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.money import ZERO, dollars
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims import holding
from chartdesk.pms.ledger import commands as ledger
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.rules import Line
from chartdesk.pms.remittance import days, denials, events, provider_adjustments, reconciliations, rules, writing
from chartdesk.pms.remittance import work as steps
from chartdesk.pms.remittance.models import ClaimPayment, Remittance
from chartdesk.pms.remittance.receiving import BILLING
from chartdesk.pms.remittance.work import Batch, Work
from chartdesk.record import audit
from chartdesk.record.access import Subject

#: What a claim payment is in before it is taken back.
_STANDING = ("posted", "held")


def unpost_claim(subject: Subject, claim_payment_id: int, why: str) -> ClaimPayment:
    """Take one posted claim payment out of its claim: its money is unapplied again, and may be assigned to another.

    Raises NotFound, Invalid without a reason, and Conflict where it is not posted or a reversal is tied to it.
    """
    subject.require(*BILLING)
    reason = _reason(why)
    with transaction(subject):
        payment = (
            ClaimPayment.objects.select_for_update(of=("self",))
            .select_related("remittance")
            .filter(practice=subject.practice, pk=claim_payment_id)
            .first()
        )
        if payment is None:
            raise NotFound(f"There is no claim payment {claim_payment_id}.")
        if payment.state != "posted":
            raise Conflict(f"The payment is {payment.state}.", cure="Only a posted payment is taken out of its claim.")
        _refuse_tied(subject, [payment])
        batch = Batch(subject, days.today(subject))
        work = _undone(batch, payment, reason)
        steps.hold(work, f"Taken out of its claim: {reason}")
        writing.write(batch)
        _conclude(subject, payment.remittance, "partly_posted", "")
        return payment


def unpost(subject: Subject, remittance_id: int, why: str) -> int:
    """Take a whole remittance back, with its adjustments and its money at the bank; how many claim payments it had.

    It may be posted again. Raises NotFound, Invalid without a reason, and Conflict where nothing of it is posted, or
    where it reverses payments of others or was reversed itself.
    """
    subject.require(*BILLING)
    reason = _reason(why)
    with transaction(subject):
        rows = Remittance.objects.select_for_update().filter(practice=subject.practice, pk=remittance_id)
        remittance = rows.first()
        if remittance is None:
            raise NotFound(f"There is no remittance {remittance_id}.")
        if remittance.status not in ("posted", "partly_posted"):
            raise Conflict(
                f"The remittance is {remittance.status.replace('_', ' ')}.", cure="Only what is posted is taken back."
            )
        standing = remittance.claim_payments.select_for_update(of=("self",)).filter(state__in=_STANDING)
        payments = list(standing.order_by("position"))
        _refuse_tied(subject, payments)
        batch = Batch(subject, days.today(subject))
        for payment in payments:
            payment.remittance = remittance
            work = _undone(batch, payment, reason)
            steps.finish(work, "unposted", f"Taken back: {reason}")
        writing.write(batch)
        provider_adjustments.undo_all(subject, remittance, reason, on=batch.today)
        _conclude(subject, remittance, "unposted", f"Taken back: {reason}")
        return len(payments)


def _reason(why: str) -> str:
    if not why.strip():
        raise Invalid("What was posted is taken back for a reason.", where="why", cure="Say what went wrong.")
    return why.strip()


def _refuse_tied(subject: Subject, payments: list[ClaimPayment]) -> None:
    """Raise Conflict where a payment reverses another or was reversed: the two belong together."""
    tied = [one.claim_number for one in payments if one.reverses_id is not None]
    of_these = ClaimPayment.objects.filter(practice=subject.practice, reverses__in=payments)
    tied += list(of_these.values_list("claim_number", flat=True))
    if tied:
        raise Conflict(
            f"A reversal is tied to claim {', '.join(tied[:5])}: the payer took that payment back.",
            cure="Leave both: payment and reversal come to nothing together. What the payer decides instead comes as "
            "another payment: key it in under Remittances, On paper, or ask the payer for a corrected 835.",
        )


def _undone(batch: Batch, payment: ClaimPayment, reason: str) -> Work:
    """Post the contra entries, void the denials, tell the claim. What becomes of the payment is the caller's."""
    subject, claim = batch.subject, None
    if payment.claim is not None:
        claim = holding.locked(subject, payment.claim)
    work = Work(subject, payment, payment.remittance, batch, claim)
    if payment.posting is not None:
        entries = books.journal(subject, posting_id=payment.posting)
        source = f"unposted {payment.pk}/{payment.tries}"
        ledger.reverse(subject, payment.posting, on=batch.today, source=source, memo=f"Taken back: {reason}")
        payment.posting = None
        change = -rules.patient_change([Line(one.account, one.amount, holder=one.holder) for one in entries])
        if change and claim is not None:
            batch.events.append(events.balance(claim.patient, claim.pk, change))
    denials.void(subject, payment, f"The payment was taken back: {reason}", on=batch.today)
    steps.close_held(batch, payment)
    text = f"The payment of {dollars(payment.paid or ZERO)} was taken back by the office: {reason}"
    steps.tell(work, "acknowledged", text)
    return work


def _conclude(subject: Subject, remittance: Remittance, status: str, words: str) -> None:
    remittance.status = status
    if words:
        remittance.findings = [*remittance.findings, words]
        remittance.posted = None
    remittance.save(update_fields=["status", "findings", "posted"])
    reconciliations.project(subject, remittance)
    audit.record(subject, "U", "remittance", resource_id=str(remittance.pk), detail=status)
    live.announce(subject, "remittances", str(remittance.pk))


def again(subject: Subject, remittance: Remittance, on: date) -> None:
    """Let what was taken back wait to be posted once more."""
    remittance.claim_payments.filter(state="unposted").update(state="waiting")
    remittance.status = "received"
    remittance.findings = []
    remittance.save(update_fields=["status", "findings"])
    audit.record(subject, "U", "remittance", resource_id=str(remittance.pk), detail=f"posted again on {on:%b %-d, %Y}")
