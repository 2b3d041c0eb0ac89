"""Billing the next payer by hand: the card came late, the claim could not be built then, or a denial is the next one's
to pay.

What the payer decided is read again from its posted payment (005010X222A1, 2320 and 2430); nothing is typed. What the
patient owes of the claim, and what was denied and waits, becomes the next payer's debt in the same transaction. Both
come back where the payment is taken back.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from chartdesk.kit import worklist
from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.kit.money import ZERO, dollars, total
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims import timeline
from chartdesk.pms.claims.models import ADJUDICATED, Claim
from chartdesk.pms.coverage import queries as coverages
from chartdesk.pms.coverage.queries import CoverageView
from chartdesk.pms.ledger import commands as ledger
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.models import Posting
from chartdesk.pms.ledger.rules import Line
from chartdesk.pms.remittance import coordination, days, deciding, denials, events, gathering, rules
from chartdesk.pms.remittance.models import ClaimPayment, Denial
from chartdesk.pms.remittance.receiving import BILLING
from chartdesk.pms.remittance.work import Batch
from chartdesk.record.access import Subject

#: What moves a debt to the next payer in the ledger; its source begins with the number of the claim payment.
MOVED = "next_payer"
#: The last rank that a claim can have: primary, secondary, tertiary.
_LAST = 3


def offered(subject: Subject, claim: Claim) -> CoverageView | None:
    """The policy whose payer can be billed what the payer of this claim left; None where there is none now."""
    if claim.status not in ADJUDICATED or claim.frequency == "8" or claim.rank >= _LAST:
        return None
    with transaction(subject):
        if _next_claim(claim) is not None or decision(claim) is None:
            return None
        policy = _policy(subject, claim)
        if policy is None or not any(_left(subject, claim, policy).values()):
            return None
        return policy


def bill_next(subject: Subject, claim_id: int) -> int:
    """Build the claim to the next payer; returns it, scrubbed and, where claims go out by themselves, sent.

    Raises NotFound, and Conflict where nothing was decided, no further policy is in force, that payer has a claim, or
    nothing is left to pay; then nothing is changed.
    """
    subject.require(*BILLING)
    with transaction(subject):
        claim = timeline.locked(subject, claim_id)
        payment, policy, before = decision(claim), _policy(subject, claim), _next_claim(claim)
        if claim.status not in ADJUDICATED or payment is None:
            raise Conflict(
                f"No payment of claim {claim.number} is posted.", cure="Wait for the remittance, or key it in."
            )
        if before is not None:
            raise Conflict(f"Claim {before.number} is with the next payer.", cure="Go on with that one.")
        if policy is None:
            raise Conflict(
                f"No further policy of the patient was in force on {claim.service_date:%b %-d, %Y}.",
                cure="Add the card, with its place behind this payer's.",
            )
        moved = _move(subject, claim, payment, policy)
        [work] = gathering.works(Batch(subject, days.today(subject)), payment.remittance, [payment])
        gathering.surround([work])
        made = coordination.build(work, claim, deciding.decided(work, claim))
        number = Claim.objects.get(practice=subject.practice, pk=made).number
        for denial in _denied(claim):
            denials.settle(subject, denial.pk, "resolved", f"Billed to {policy.payer_name} with claim {number}.")
        words = f"The rest, {dollars(moved)}, is billed to {policy.payer_name} with claim {number}."
        timeline.note(subject, claim, "835", words)
        worklist.close_items(subject, coordination.NEXT_PAYER, [str(payment.pk)], by=subject.actor)
        return made


def take_back(subject: Subject, payment: ClaimPayment, words: str, *, on: date) -> None:
    """The payment that left it is taken back: what was moved to the next payer comes back, too."""
    moved = Posting.objects.filter(
        practice=subject.practice, kind=MOVED, source__startswith=f"{payment.pk}/", reversal__isnull=True
    )
    for posting in moved.order_by("pk"):
        ledger.reverse(subject, posting.pk, on=on, source=f"{MOVED} {posting.pk}", memo=words)


def decision(claim: Claim) -> ClaimPayment | None:
    """The latest posted decision of the claim's own payer that stands."""
    standing = ClaimPayment.objects.select_related("remittance").filter(
        practice=claim.practice, claim=claim.pk, state="posted", reverses__isnull=True, reversed_by__isnull=True
    )
    others = [rules.REVERSAL, rules.ELSEWHERE, rules.PREDETERMINATION, *(rules.LATER if claim.rank == 1 else ())]
    return standing.exclude(status_code__in=others).order_by("-posted_at", "-pk").first()


def _next_claim(claim: Claim) -> Claim | None:
    rows = Claim.objects.filter(practice=claim.practice, superbill=claim.superbill, rank=claim.rank + 1)
    return rows.filter(part=claim.part).exclude(status="closed").order_by("-pk").first()


def _policy(subject: Subject, claim: Claim) -> CoverageView | None:
    found = coverages.coverages(subject, claim.patient, on=claim.service_date)
    return next((one for one in found if one.rank == claim.rank + 1 and not one.expired), None)


def _left(subject: Subject, claim: Claim, policy: CoverageView) -> dict[tuple[str, str], Decimal]:
    """(reference, who owes it) → dollars that the next payer may be asked for."""
    references = [f"charge:{line}" for (line,) in claim.lines.values_list("charge_line")]
    owed = books.open_references(subject, claim.patient, references=references)
    denied: dict[str, Decimal] = {}
    for one in _denied(claim):
        reference = f"charge:{one.charge_line}"
        denied[reference] = denied.get(reference, ZERO) + one.amount
    payer, following = f"payer:{claim.payer_id}", f"payer:{policy.payer_id}"
    made = {}
    for reference, holders in owed.items():
        made[reference, rules.PATIENT] = max(holders.get(rules.PATIENT, ZERO), ZERO)
        made[reference, payer] = max(min(holders.get(payer, ZERO), denied.get(reference, ZERO)), ZERO)
        if following not in (payer, rules.PATIENT):
            made[reference, following] = max(holders.get(following, ZERO), ZERO)
    return made


def _denied(claim: Claim) -> list[Denial]:
    rows = Denial.objects.filter(practice=claim.practice, claim=claim.pk)
    return list(rows.filter(state__in=denials.PENDING).order_by("pk"))


def _move(subject: Subject, claim: Claim, payment: ClaimPayment, policy: CoverageView) -> Decimal:
    """Let the next payer owe what is left; returns the dollars that it is asked for."""
    following, left = f"payer:{policy.payer_id}", _left(subject, claim, policy)
    if not any(left.values()):
        raise Invalid(
            f"Nothing of claim {claim.number} is left to pay.",
            cure="What the patient has paid already is given back on the account first.",
        )
    memo = f"Billed to {policy.payer_name}"
    moving = {(reference, holder): amount for (reference, holder), amount in left.items() if holder != following}
    lines = [
        Line("ar", sign * amount, claim.patient, reference, who, memo)
        for (reference, holder), amount in moving.items()
        if amount
        for sign, who in ((-1, holder), (1, following))
    ]
    if lines:
        before = Posting.objects.filter(
            practice=subject.practice, kind=MOVED, source__startswith=f"{payment.pk}/"
        ).count()
        ledger.post(subject, MOVED, f"{payment.pk}/{before + 1}", lines, on=days.today(subject), memo=memo)
        freed = total(amount for (_, holder), amount in moving.items() if holder == rules.PATIENT)
        if freed:
            events.announce_balance(subject, claim.patient, claim.pk, -freed)
    return total(left.values())
