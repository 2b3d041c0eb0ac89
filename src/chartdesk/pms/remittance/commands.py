"""Receiving and posting remittances, assigning held payments, settling denials and recoveries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from chartdesk.kit import clock, fetching, live
from chartdesk.kit.errors import Conflict, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims import holding
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.ledger import commands as ledger
from chartdesk.pms.remittance import (
    autoposting,
    days,
    denials,
    next_payer,
    posting,
    provider_adjustments,
    reconciliations,
    unposting,
)
from chartdesk.pms.remittance import work as steps
from chartdesk.pms.remittance.models import ClaimPayment, Denial, Remittance
from chartdesk.pms.remittance.receiving import BILLING, receive_all
from chartdesk.pms.remittance.work import Batch, Work
from chartdesk.record.access import Subject

__all__ = [
    "PostingReport",
    "assign_denial",
    "assign_payment",
    "bill_next",
    "post",
    "receive",
    "receive_all",
    "settle_denial",
    "settle_take_back",
    "unpost",
    "unpost_claim",
]

settle_take_back = provider_adjustments.settle
assign_denial = denials.assign
bill_next = next_payer.bill_next
unpost = unposting.unpost
unpost_claim = unposting.unpost_claim


@dataclass(frozen=True)
class PostingReport:
    """What posting did: claim payments posted, held with a work item, and posted before."""

    posted: int = 0
    held: int = 0
    duplicates: int = 0


def receive(subject: Subject, content: bytes, *, interchange_id: int | None = None) -> int:
    """Take in an 835; returns the number of its first remittance. A file with several: ``receive_all``."""
    return receive_all(subject, content, interchange_id=interchange_id)[0]


def post(subject: Subject, remittance_id: int, *, limit: int | None = None) -> PostingReport:
    """Post what waits of a remittance, many claim payments in one transaction.

    At most ``limit`` claim payments. Posting again, or in two places at once, posts nothing twice. Raises
    NotFound, and Conflict for a remittance that was refused.
    """
    subject.require(*BILLING)
    with transaction(subject):
        remittance = _remittance(subject, remittance_id)
        if remittance.status == "refused":
            raise Conflict(
                f"The remittance was refused: {'; '.join(remittance.findings[:3])}",
                cure="Ask the payer for a corrected file.",
            )
        if remittance.status == "unposted":
            unposting.again(subject, remittance, days.today(subject))
        elif remittance.status == "review":
            autoposting.released(subject, remittance)
    states = _post_waiting(subject, remittance, limit)
    left = _waiting(subject, remittance)
    if not left:
        _post_provider_adjustments(subject, remittance)
    _conclude(subject, remittance_id)
    posted, held = states["posted"], states["held"]
    return PostingReport(posted, held, remittance.claims - left - posted - held)


def _post_waiting(subject: Subject, remittance: Remittance, limit: int | None) -> Counter[str]:
    """Post in the order of the file what nobody else holds; at last what others held and left."""
    states: Counter[str] = Counter()
    after, at_last = 0, False
    while limit is None or states.total() < limit:
        count = posting.TOGETHER if limit is None else min(posting.TOGETHER, limit - states.total())
        done = posting.post_next(subject, remittance, after, count, held_too=at_last)
        states.update(one.state for one in done)
        if done:
            after = done[-1].position
        elif at_last:
            break
        else:
            after, at_last = 0, True
    return states


def _waiting(subject: Subject, remittance: Remittance) -> int:
    with transaction(subject):
        return remittance.claim_payments.filter(practice=subject.practice, state="waiting").count()


def _post_provider_adjustments(subject: Subject, remittance: Remittance) -> None:
    with transaction(subject):
        plb = remittance.provider_adjustments.filter(posted=False).order_by("position")
        adjustments = list(plb.values_list("pk", flat=True))
    for one in adjustments:
        provider_adjustments.post(subject, one)


def assign_payment(subject: Subject, claim_payment_id: int, claim_number: str) -> ClaimPayment:
    """Give a held payment to a claim of ours: its unapplied money is taken back and posted anew.

    Raises NotFound for an unknown payment or claim, Conflict when the payment is not held.
    """
    subject.require(*BILLING)
    with transaction(subject):
        payment = (
            ClaimPayment.objects.select_for_update(of=("self",))
            .select_related("remittance")
            .filter(practice=subject.practice, pk=claim_payment_id)
            .first()
        )
        if payment is None:
            raise NotFound(f"There is no claim payment {claim_payment_id}.")
        if payment.state != "held" or ClaimPayment.objects.filter(reverses=payment).exists():
            raise Conflict("The payment is not held.", cure="Only held payments can be assigned.")
        numbered = [subject.practice, claim_number.strip().upper()]
        claim = fetching.first(Claim, "practice = %s AND number = %s FOR UPDATE", numbered)
        if claim is None:
            raise NotFound(f"There is no claim {claim_number}.", cure="Use the number from the claim list.")
        today = days.today(subject)
        if payment.posting is not None:
            ledger.reverse(
                subject,
                payment.posting,
                on=today,
                source=f"held {payment.pk}/{payment.tries}",
                memo=f"Assigned to claim {claim.number}",
            )
        lines = list(payment.lines.order_by("position"))
        work = Work(subject, payment, payment.remittance, Batch(subject, today), holding.holding(claim), lines)
        steps.close_held(work.batch, payment)
        posting.post_run([work])
        _conclude(subject, payment.remittance_id)
        return payment


def settle_denial(subject: Subject, denial_id: int, outcome: str, note: str) -> Denial:
    """Settle or move on a denial: appealed, resubmitted, written_off, billed_patient, or resolved.

    Money moves for written_off (an adjustment) and billed_patient (the patient owes it). Raises NotFound,
    Invalid for an unknown outcome or no note, Conflict when it is settled.
    """
    return denials.settle(subject, denial_id, outcome, note)


def _remittance(subject: Subject, remittance_id: int) -> Remittance:
    found = Remittance.objects.filter(practice=subject.practice, pk=remittance_id).first()
    if found is None:
        raise NotFound(f"There is no remittance {remittance_id}.")
    return found


def _conclude(subject: Subject, remittance_id: int) -> None:
    """Set the remittance's status from what became of its parts."""
    with transaction(subject):
        remittance = Remittance.objects.select_for_update().get(practice=subject.practice, pk=remittance_id)
        if remittance.status == "duplicate":
            return
        states = set(remittance.claim_payments.values_list("state", flat=True))
        unposted = remittance.provider_adjustments.filter(posted=False).exists()
        if "waiting" in states or unposted:
            return
        whole = "held" not in states and remittance.duplicates == 0
        remittance.status = "posted" if whole else "partly_posted"
        remittance.posted = remittance.posted or clock.now()
        remittance.save(update_fields=["status", "posted"])
        reconciliations.project(subject, remittance)
        live.announce(subject, "remittances", str(remittance.pk))
