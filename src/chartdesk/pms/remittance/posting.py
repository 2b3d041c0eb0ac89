"""Posting claim payments: many in one transaction, each once. Lock, match, decide, then write all.

Whoever posts takes payments that wait and that nobody else holds, so that two workers share an 835 and each claim is
posted once; the ledger's own rule (one posting per cause) stands behind it. What a transaction takes is decided one by
one and written together; where our own rules refuse one of them, all of it is taken back and done one by one, and the
refused one is held. The bank always gets what the payer says it paid: what cannot be matched stands in ``unapplied``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chartdesk.kit import fetching
from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.money import ZERO, dollars
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.remittance import (
    coordination,
    days,
    debts,
    deciding,
    denials,
    events,
    gathering,
    reversals,
    rules,
    underpayments,
    writing,
)
from chartdesk.pms.remittance import work as steps
from chartdesk.pms.remittance.models import ClaimPayment, PaymentLine, Remittance
from chartdesk.pms.remittance.rules import Debt, Decided, Outcome
from chartdesk.pms.remittance.work import Batch, Work
from chartdesk.record.access import Subject

#: Claim payments of one transaction.
TOGETHER = 200
_WAITING = """practice = %s AND remittance_id = %s AND state = 'waiting' AND position > %s
     ORDER BY position LIMIT %s FOR UPDATE"""
_FREE = f"{_WAITING} SKIP LOCKED"
_ONE = "practice = %s AND id = %s FOR UPDATE"


def post_next(
    subject: Subject, remittance: Remittance, after: int, count: int, *, held_too: bool = False
) -> list[ClaimPayment]:
    """Post up to ``count`` payments that wait, in the order of the file, from the place ``after`` on; those posted.

    What somebody else holds is left to them; ``held_too`` waits until they are through, and posts what they left. A
    payment that our own rules refuse to post is held with their words; others are not held up.
    """
    values = [subject.practice, remittance.pk, after, count]
    taken: list[ClaimPayment] = []
    try:
        with transaction(subject):
            taken = fetching.fetch(ClaimPayment, _WAITING if held_too else _FREE, values)
            _post(subject, remittance, taken)
            return taken
    except ChartdeskError:
        alone = [_post_alone(subject, remittance, one.pk) for one in taken]
        return [one for one in alone if one is not None]


def _post_alone(subject: Subject, remittance: Remittance, payment_id: int) -> ClaimPayment | None:
    """Post one payment in a transaction of its own; None where somebody else has done it."""
    refusal = ""
    for _ in range(2):
        try:
            with transaction(subject):
                payment = fetching.first(ClaimPayment, _ONE, [subject.practice, payment_id])
                if payment is None or payment.state != "waiting":
                    return None
                _post(subject, remittance, [payment], refusal=refusal)
                return payment
        except ChartdeskError as fault:
            if refusal:
                raise
            refusal = str(fault)
    return None


def _post(subject: Subject, remittance: Remittance, payments: Sequence[ClaimPayment], *, refusal: str = "") -> None:
    batch = Batch(subject, days.today(subject))
    for run in _runs(gathering.works(batch, remittance, payments)) if payments else ():
        if refusal:
            run[0].claim = None
            steps.hold(run[0], refusal)
            writing.write(batch)
        else:
            post_run(run)


def _runs(works: Sequence[Work]) -> Iterator[list[Work]]:
    """The payments in parts that can be decided together: no two of one visit's charges, and each reversal alone."""
    run: list[Work] = []
    visits: set[int] = set()
    for work in works:
        visit = work.claim.superbill if work.claim is not None else 0
        turned = work.payment.status_code == rules.REVERSAL
        if run and (turned or visit in visits):
            yield run
            run, visits = [], set()
        if turned:
            yield [work]
            continue
        run.append(work)
        if visit:
            visits.add(visit)
    if run:
        yield run


def post_run(run: Sequence[Work]) -> None:
    """Decide about payments of different visits, and write what follows. Their claims are known, or known to be
    missing, and locked. Call it in a transaction."""
    batch = run[0].batch
    gathering.surround(run)
    for work in run:
        _decide(work)
    writing.write(batch)
    bills, batch.bills = batch.bills, []
    for work, policy, decided in bills:
        if work.claim is not None:
            coordination.bill(work, work.claim, policy, decided)
    if bills:
        writing.write(batch)


def _decide(work: Work) -> None:
    """As reversal, as payment, or held."""
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
        _decide_payment(work, claim)


def _decide_payment(work: Work, claim: Claim) -> None:
    decided = deciding.decided(work, claim)
    debt = debts.of(work, claim)
    made = _outcome(work, claim, decided, debt)
    policy = coordination.next_policy(work, claim, made)
    if policy is not None:
        debt.share_holder = f"payer:{policy.payer_id}"
        made = _outcome(work, claim, decided, debt)
        work.batch.bills.append((work, policy, decided))
    steps.to_ledger(work, made.lines)
    reason = _held_lines(work.lines) if made.held else ""
    steps.finish(work, "held" if made.held else "posted", reason)
    work.batch.redecided.append((work, [line.charge_line for line in decided if line.charge_line], made.denials))
    denials.raise_all(work, claim, made.denials)
    if made.held:
        steps.raise_held(work, reason, made.unapplied)
    underpayments.note(work, claim, decided)
    _announce(work, claim, made)


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
    if made.credit > ZERO:
        text += f"; {dollars(made.credit)} of it was not owed any more"
        steps.raise_paid_again(work, claim, made.credit)
    steps.tell(work, made.status, f"{text}. Payment {work.remittance.trace}.")
    if made.status:
        kind = events.DENIED if made.status == "denied" else events.PAID
        work.batch.events.append(events.decided(kind, claim.pk, claim.patient))
    if made.patient_change:
        work.batch.events.append(events.balance(claim.patient, claim.pk, made.patient_change))


def _held_lines(lines: list[PaymentLine]) -> str:
    figures = [
        f"line {line.position}, {line.code}, charged {dollars(line.charged)}, paid {dollars(line.paid)}"
        for line in lines
        if line.held
    ]
    return f"No line of the claim matches {'; '.join(figures)}."
