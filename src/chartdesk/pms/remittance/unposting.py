"""Taking back what we posted: one claim payment, or a whole remittance. Contra entries are posted, nothing is erased.

One claim payment leaves its claim and stands as unapplied again, because the bank still has its money. A whole
remittance leaves the bank too, and waits to be posted anew: a file that was not meant for us, a check that bounced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from chartdesk.kit import live
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.money import ZERO, dollars
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims import holding
from chartdesk.pms.ledger import commands as ledger
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.rules import Line
from chartdesk.pms.remittance import (
    days,
    debts,
    denials,
    events,
    next_payer,
    posting,
    provider_adjustments,
    reconciliations,
    resting,
    reversals,
    rules,
    writing,
)
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

    Where it is a reversal, what it had reversed stands again, decided anew from the same lines. Raises NotFound,
    Invalid without a reason, and Conflict where it is not posted, or something decided later rests on it.
    """
    subject.require(*BILLING)
    reason = _reason(why)
    with transaction(subject):
        payment = (
            ClaimPayment.objects.select_for_update(of=("self",))
            .select_related("remittance", "reverses__remittance")
            .filter(practice=subject.practice, pk=claim_payment_id)
            .first()
        )
        if payment is None:
            raise NotFound(f"There is no claim payment {claim_payment_id}.")
        if payment.state != "posted":
            raise Conflict(f"The payment is {payment.state}.", cure="Only a posted payment is taken out of its claim.")
        _refuse_tied(subject, [payment])
        batch = Batch(subject, days.today(subject))
        work = _undone(batch, payment, reason, {payment.pk: payment})
        steps.hold(work, f"Taken out of its claim: {reason}")
        writing.write(batch)
        _conclude(subject, payment.remittance, "partly_posted", "")
        return payment


def unpost(subject: Subject, remittance_id: int, why: str) -> int:
    """Take a whole remittance back, with its adjustments and its money at the bank; how many claim payments it had.

    It may be posted again; what it had reversed stands until then. Raises NotFound, Invalid without a reason, and
    Conflict where nothing of it is posted, or something that the payer decided later rests on it.
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
        # What came last goes first: a reversal before what it reversed.
        payments = list(standing.select_related("reverses__remittance").order_by("-position"))
        _refuse_tied(subject, payments)
        batch, going = Batch(subject, days.today(subject)), {one.pk: one for one in payments}
        for payment in payments:
            payment.remittance = remittance
            work = _undone(batch, payment, reason, going)
            steps.finish(work, "unposted", f"Taken back: {reason}")
        writing.write(batch)
        provider_adjustments.undo_all(subject, remittance, reason, on=batch.today)
        _conclude(subject, remittance, "unposted", f"Taken back: {reason}")
        return len(payments)


def _reason(why: str) -> str:
    if not why.strip():
        raise Invalid("What was posted is taken back for a reason.", where="why", cure="Say what went wrong.")
    return why.strip()


def _refuse_tied(subject: Subject, payments: Sequence[ClaimPayment]) -> None:
    """Raise Conflict where a payment that stays rests on one of these: one that reverses it, or decides anew what one
    of these had reversed. What came last is taken back first."""
    going = {one.pk for one in payments}
    mine = ClaimPayment.objects.filter(practice=subject.practice).exclude(pk__in=going).select_related("remittance")
    later = list(mine.filter(reverses__in=going)[:5])
    for one in payments:
        if one.reverses is not None and one.reverses_id not in going and one.reverses.claim is not None:
            since = mine.filter(
                claim=one.reverses.claim, payer_key=one.payer_key, state="posted", reversed_by__isnull=True,
                reverses__isnull=True, posted_at__gte=one.posted_at,
            )  # fmt: skip
            later += list(since.exclude(pk=one.reverses_id)[:5])
    if later:
        tied = ", ".join(f"claim {one.claim_number} in payment {one.remittance.trace}" for one in later[:5])
        raise Conflict(
            f"What the payer decided later rests on this: {tied}.",
            cure="Take back what came later first, then this.",
        )


def _undone(batch: Batch, payment: ClaimPayment, reason: str, going: Mapping[int, ClaimPayment]) -> Work:
    """Post the contra entries, void the denials, tell the claim. What becomes of the payment is the caller's.

    ``going`` are all that are taken back now, by number, so that what one of them reversed is not posted anew."""
    subject, claim = batch.subject, None
    if payment.claim is not None:
        claim = holding.locked(subject, payment.claim)
    work = Work(subject, payment, payment.remittance, batch, claim)
    if payment.reverses is not None:
        _no_longer_reversed(work, payment.reverses, reason, going)
        return work
    if payment.posting is not None:
        entries = books.journal(subject, posting_id=payment.posting)
        source = f"unposted {payment.pk}/{payment.tries}"
        ledger.reverse(subject, payment.posting, on=batch.today, source=source, memo=f"Taken back: {reason}")
        payment.posting = None
        change = -rules.patient_change([Line(one.account, one.amount, holder=one.holder) for one in entries])
        if change and claim is not None:
            batch.events.append(events.balance(claim.patient, claim.pk, change))
    next_payer.take_back(subject, payment, f"Taken back: {reason}", on=batch.today)
    denials.void(subject, payment, f"The payment was taken back: {reason}", on=batch.today)
    resting.fall(batch, payment, f"The payment of {work.remittance.payer_name} was taken back: {reason}")
    text = f"The payment of {dollars(payment.paid or ZERO)} was taken back by the office: {reason}"
    standing = debts.others(payment).exclude(pk__in=going).exists()
    steps.tell(work, "" if standing else "acknowledged", text)
    return work


def _no_longer_reversed(work: Work, original: ClaimPayment, reason: str, going: Mapping[int, ClaimPayment]) -> None:
    """Part a reversal from what it reversed. That is posted anew and decided as it was, unless it is ``going``, too."""
    subject, payment = work.subject, work.payment
    moved = books.posting_of(subject, "remittance", reversals.bank_source(payment))
    if moved is not None:
        source = f"unposted {reversals.bank_source(payment)}"
        ledger.reverse(subject, moved, on=work.today, source=source, memo=f"Taken back: {reason}")
    steps.tell(work, "", f"The reversal of {dollars(original.paid)} was taken back by the office: {reason}")
    payment.reverses, payment.posting = None, None
    # The contra entries of the reversal have emptied the posting of the original; it is posted anew, not once more.
    if original.pk in going:
        going[original.pk].posting = None
        return
    ClaimPayment.objects.filter(practice=subject.practice, pk=payment.pk).update(reverses=None)
    original.posting = None
    again = Work(subject, original, original.remittance, Batch(subject, work.today), work.claim)
    again.lines = list(original.lines.order_by("position"))
    if original.state == "held" and not any(line.held for line in again.lines):
        # It was held for the whole claim: nobody has said since which claim it belongs to.
        steps.hold(again, original.reason)
        writing.write(again.batch)
    else:
        posting.post_run([again])


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
