"""Posting a claim payment: one transaction, once. Lock, match, decide, post, note the outcome.

The row of the claim payment is locked and its state looked at again, so that two workers who post the same 835
post each claim once; the ledger's own rule (one posting per cause) stands behind it. The bank always gets what
the payer says it paid: what cannot be matched stands in ``unapplied``.
"""

from __future__ import annotations

from chartdesk.kit import fetching
from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.money import ZERO, dollars
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims import holding
from chartdesk.pms.claims.models import Claim, ClaimLine
from chartdesk.pms.remittance import coordination, debts, deciding, denials, events, reversals, rules, underpayments
from chartdesk.pms.remittance import work as steps
from chartdesk.pms.remittance.models import ClaimPayment, PaymentLine
from chartdesk.pms.remittance.rules import Debt, Decided, Outcome
from chartdesk.pms.remittance.work import Batch, Work
from chartdesk.record.access import Subject

_LINES = "practice = %s AND claim_id = %s ORDER BY position"
_PAID = "practice = %s AND claim_payment_id = %s ORDER BY position"
_NAMED = "practice = %s AND payer_claim_number = %s AND total = %s ORDER BY id DESC LIMIT 1 FOR UPDATE"


def post_claim(subject: Subject, claim_payment_id: int, batch: Batch) -> str:
    """Post one claim payment; returns ``posted``, ``held``, or ``duplicate`` when somebody else has done it.

    A claim that our own rules refuse to post is held with their words; others are not held up.
    """
    try:
        with transaction(subject):
            return _post(subject, claim_payment_id, batch, refusal="")
    except ChartdeskError as fault:
        with transaction(subject):
            return _post(subject, claim_payment_id, batch, refusal=str(fault))


def _post(subject: Subject, claim_payment_id: int, batch: Batch, *, refusal: str) -> str:
    payment = (
        ClaimPayment.objects.select_for_update(of=("self",))
        .select_related("remittance")
        .get(practice=subject.practice, pk=claim_payment_id)
    )
    if payment.state != "waiting":
        return "duplicate"
    lines = fetching.fetch(PaymentLine, _PAID, [subject.practice, payment.pk])
    work = Work(subject, payment, payment.remittance, batch, lines=lines)
    if refusal:
        steps.hold(work, refusal)
    else:
        work.claim = _claim_of(subject, payment)
        post_matched(work)
    return payment.state


def post_matched(work: Work) -> None:
    """Post a payment whose claim is known or known to be missing: as reversal, as payment, or held."""
    payment, claim = work.payment, work.claim
    if payment.status_code == rules.REVERSAL:
        reversals.post(work)
    elif claim is None:
        steps.hold(work, f"No claim of ours has the number {payment.claim_number}.")
    elif payment.status_code == rules.PREDETERMINATION:
        if payment.paid:
            steps.hold(work, "A predetermination pays nothing, but this one carries money.")
        else:
            steps.finish(work, "posted", "")
            steps.tell(work, "", "The payer sent a predetermination: a price, not a payment.")
    else:
        _post_payment(work, claim)


def _claim_of(subject: Subject, payment: ClaimPayment) -> Claim | None:
    """Our claim: by the number we gave it, else by the number the payer gave it and the charge."""
    found = fetching.first(Claim, "practice = %s AND number = %s FOR UPDATE", [subject.practice, payment.claim_number])
    if found is None and payment.payer_claim_number and payment.status_code != rules.REVERSAL:
        found = fetching.first(Claim, _NAMED, [subject.practice, payment.payer_claim_number, payment.charged])
    return holding.holding(found) if found is not None else None


def _post_payment(work: Work, claim: Claim) -> None:
    ours = fetching.fetch(ClaimLine, _LINES, [work.subject.practice, claim.pk])
    decided = deciding.decided(work, claim, ours)
    debt = debts.of(work, claim, ours)
    made = _outcome(work, claim, decided, debt)
    policy = coordination.next_policy(work, claim, made)
    if policy is not None:
        debt.share_holder = f"payer:{policy.payer_id}"
        made = _outcome(work, claim, decided, debt)
    steps.to_ledger(work, made.lines)
    reason = _held_lines(work.lines) if made.held else ""
    steps.finish(work, "held" if made.held else "posted", reason)
    denials.settle_paid(work, [line.charge_line for line in decided if line.charge_line], made.denials)
    denials.raise_all(work, claim, made.denials)
    if made.held:
        steps.raise_held(work, reason, made.unapplied)
    underpayments.note(work, claim, ours, decided)
    _announce(work, claim, made)
    if policy is not None:
        coordination.bill(work, claim, policy, decided)


def _outcome(work: Work, claim: Claim, decided: list[Decided], debt: Debt) -> Outcome:
    return rules.outcome(
        work.payment.status_code,
        decided,
        bank=work.bank,
        debt=debt,
        patient=claim.patient,
        payer_name=work.remittance.payer_name,
        held_reference=work.reference,
    )


def _announce(work: Work, claim: Claim, made: Outcome) -> None:
    payment = work.payment
    text = f"{work.remittance.payer_name} paid {dollars(payment.paid)} of {dollars(payment.charged)}"
    if made.patient_share:
        text += f"; the patient's share is {dollars(made.patient_share)}"
    if made.denials:
        text += f"; denied {dollars(sum((one.amount for one in made.denials), ZERO))}"
    steps.tell(work, made.status, f"{text}. Payment {work.remittance.trace}.")
    if made.status == "denied":
        events.announce_claim(work.subject, events.DENIED, claim.pk, claim.patient)
    elif made.status:
        events.announce_claim(work.subject, events.PAID, claim.pk, claim.patient)
    if made.patient_change:
        events.announce_balance(work.subject, claim.patient, claim.pk, made.patient_change)


def _held_lines(lines: list[PaymentLine]) -> str:
    figures = [
        f"line {line.position}, {line.code}, charged {dollars(line.charged)}, paid {dollars(line.paid)}"
        for line in lines
        if line.held
    ]
    return f"No line of the claim matches {'; '.join(figures)}."
