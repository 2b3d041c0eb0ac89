"""Posting a claim payment: one transaction, once. Lock, match, decide, post, note the outcome.

The row of the claim payment is locked and its state looked at again, so that two workers who post the same 835
post each claim once; the ledger's own rule (one posting per cause) stands behind it. The bank always gets what
the payer says it paid: what cannot be matched stands in ``unapplied``.
"""

from __future__ import annotations

from typing import Any

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.money import ZERO, dollars, money
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims.models import Claim, ClaimLine
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.remittance import denials, events, reversals, rules, underpayments
from chartdesk.pms.remittance import work as steps
from chartdesk.pms.remittance.matching import OurLine, TheirLine, match
from chartdesk.pms.remittance.models import ClaimPayment, PaymentLine
from chartdesk.pms.remittance.rules import Adjusted, Decided, Outcome
from chartdesk.pms.remittance.work import Work
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of


def post_claim(subject: Subject, claim_payment_id: int) -> str:
    """Post one claim payment; returns ``posted``, ``held``, or ``duplicate`` when somebody else has done it.

    A claim that our own rules refuse to post is held with their words; others are not held up.
    """
    try:
        with transaction(subject):
            return _post(subject, claim_payment_id, refusal="")
    except ChartdeskError as fault:
        with transaction(subject):
            return _post(subject, claim_payment_id, refusal=str(fault))


def _post(subject: Subject, claim_payment_id: int, *, refusal: str) -> str:
    payment = (
        ClaimPayment.objects.select_for_update(of=("self",))
        .select_related("remittance")
        .get(practice=subject.practice, pk=claim_payment_id)
    )
    if payment.state != "waiting":
        return "duplicate"
    today = clock.today(practice_of(subject).zone)
    work = Work(subject, payment, payment.remittance, today, lines=list(payment.lines.order_by("position")))
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
            steps.tell(work, claim.status, "The payer sent a predetermination: a price, not a payment.")
    else:
        _post_payment(work, claim)


def _claim_of(subject: Subject, payment: ClaimPayment) -> Claim | None:
    """Our claim: by the number we gave it, else by the number the payer gave it and the charge."""
    mine = Claim.objects.filter(practice=subject.practice)
    found = mine.filter(number=payment.claim_number).first()
    if found is None and payment.payer_claim_number and payment.status_code != rules.REVERSAL:
        named = mine.filter(payer_claim_number=payment.payer_claim_number, total=payment.charged)
        found = named.order_by("-pk").first()
    return found


def _post_payment(work: Work, claim: Claim) -> None:
    payment, subject = work.payment, work.subject
    ours = list(ClaimLine.objects.filter(practice=subject.practice, claim=claim).order_by("position"))
    decided = _decided(work, claim, ours)
    made = rules.outcome(
        payment.status_code,
        decided,
        bank=work.bank,
        holder=_holder(subject, claim, ours),
        patient=claim.patient,
        payer_name=work.remittance.payer_name,
        held_reference=work.reference,
    )
    steps.to_ledger(work, made.lines)
    reason = _held_lines(work.lines) if made.held else ""
    steps.finish(work, "held" if made.held else "posted", reason)
    denials.settle_paid(work, [line.charge_line for line in decided if line.charge_line], made.denials)
    denials.raise_all(work, claim, made.denials)
    if made.held:
        steps.raise_held(work, reason, made.unapplied)
    underpayments.note(work, claim, ours, decided)
    _announce(work, claim, made)


def _decided(work: Work, claim: Claim, ours: list[ClaimLine]) -> list[Decided]:
    """The payer's lines with ours beside them; a claim without lines speaks about all of ours."""
    payment = work.payment
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
    return rules.with_claim_level(lines, beyond, adjusted(payment.adjustments), remarks)


def _matched(work: Work, claim: Claim, ours: list[ClaimLine]) -> list[Decided]:
    found = match(
        [
            TheirLine(
                line.line_control,
                tuple(code for code in (line.code, line.submitted_code) if code),
                tuple(line.modifiers),
                money(line.charged),
                line.service_date,
            )
            for line in work.lines
        ],
        [
            OurLine(
                line.charge_line,
                line.control_number,
                line.code,
                tuple(line.modifiers),
                money(line.amount),
                claim.service_date,
            )
            for line in ours
        ],
    )
    for line, charge_line in zip(work.lines, found, strict=True):
        line.charge_line, line.held = charge_line, charge_line is None
    PaymentLine.objects.bulk_update(work.lines, ["charge_line", "held"])
    return [
        Decided(line.charge_line, line.charged, line.paid, adjusted(line.adjustments), tuple(line.remarks))
        for line in work.lines
    ]


def adjusted(plain: list[dict[str, Any]]) -> tuple[Adjusted, ...]:
    """Adjustments from their JSON data."""
    return tuple(Adjusted(one["group"], one["reason"], money(one["amount"])) for one in plain)


def _holder(subject: Subject, claim: Claim, ours: list[ClaimLine]) -> str:
    """Who owes the claim: its payer; after a later payer's turn, whoever still has a debt on its lines."""
    payer = f"payer:{claim.payer_id}"
    if claim.rank == 1:
        return payer
    references = [f"charge:{line.charge_line}" for line in ours]
    owed = books.open_references(subject, claim.patient, references=references)
    return payer if any(payer in holders for holders in owed.values()) else rules.PATIENT


def _announce(work: Work, claim: Claim, made: Outcome) -> None:
    payment = work.payment
    text = f"{work.remittance.payer_name} paid {dollars(payment.paid)} of {dollars(payment.charged)}"
    if made.patient_share:
        text += f"; the patient's share is {dollars(made.patient_share)}"
    if made.denials:
        text += f"; denied {dollars(sum((one.amount for one in made.denials), ZERO))}"
    steps.tell(work, made.status or claim.status, f"{text}. Payment {work.remittance.trace}.")
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
