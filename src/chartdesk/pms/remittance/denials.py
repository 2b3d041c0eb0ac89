"""Denials: raised with a payment, undone with its reversal, settled by people. Money moves only when settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from chartdesk.kit import clock, live, worklist
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.money import ZERO, dollars
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims import commands as claims
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.ledger import commands as ledger
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.rules import Line
from chartdesk.pms.remittance import days, events, rules
from chartdesk.pms.remittance.models import ClaimPayment, Denial
from chartdesk.pms.remittance.rules import Refused
from chartdesk.pms.remittance.work import Work
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.standards.x12.codes import adjustment_reasons, remarks

DENIED = "denial"
#: States in which somebody still works on a denial.
PENDING = ("open", "appealed", "resubmitted")
OUTCOMES = ("appealed", "resubmitted", "written_off", "billed_patient", "resolved")
#: Days for an appeal, where the payer's settings do not say ``appeal_days``.
APPEAL_DAYS = 180
#: Outcomes that move money: the account or holder that takes it, and the words.
_MOVES = {"written_off": "adjustment.other", "billed_patient": "ar"}


def raise_all(work: Work, claim: Claim, refused: list[Refused]) -> None:
    """Put what was denied on the list, with one work item for the claim."""
    if not refused:
        return
    first = work.remittance.paid_on or work.today
    deadline = first + timedelta(days=work.appeal_days or APPEAL_DAYS)
    work.batch.denials += [
        Denial(
            practice=work.subject.practice,
            claim=claim.pk,
            claim_payment=work.payment,
            charge_line=one.charge_line,
            patient=claim.patient,
            payer_id=claim.payer_id,
            group=one.group,
            carc=one.carc,
            rarc=list(dict.fromkeys(one.rarc)),
            amount=one.amount,
            raised=clock.now(),
            deadline=deadline,
        )
        for one in refused
    ]
    work.batch.tasks.append(_task(work, claim, refused, deadline))


def _task(work: Work, claim: Claim, refused: list[Refused], deadline: date) -> worklist.Task:
    amount = sum((one.amount for one in refused), ZERO)
    said = dict.fromkeys(
        f"{adjustment_reasons.label(one.carc)} ({one.group}-{one.carc})"
        + "".join(f", {remarks.label(code)} ({code})" for code in one.rarc)
        for one in refused
    )
    return worklist.Task(
        kind=DENIED,
        key=str(work.payment.pk),
        role=Role.BILLER,
        title=f"{work.remittance.payer_name} denied {dollars(amount)} of claim {claim.number}",
        detail="; ".join(said) + ".",
        cure="Correct and resubmit, appeal, bill the patient, or write it off.",
        about=f"Patient/{claim.patient}",
        link=("claim", str(claim.pk)),
        amount=amount,
        due=deadline,
    )


def settle_paid(work: Work, denials: Sequence[Denial], again: set[int]) -> None:
    """Resolve earlier denials of lines that the payer has now decided otherwise, or denied ``again``."""
    for denial in denials:
        verb = "denied anew" if denial.charge_line in again else "decided otherwise"
        denial.note = _noted(denial, f"The payer has {verb} in payment {work.remittance.trace}.")
        _close(work.subject, denial, "resolved")
    _close_items(work.subject, {denial.claim_payment_id for denial in denials})


def undo(work: Work, original: ClaimPayment) -> None:
    """The payer took its decision back: its denials are void, and what was written off for them comes back."""
    words = f"The payer reversed the decision in payment {work.remittance.trace}."
    void(work.subject, original, words, on=work.today)


def void(subject: Subject, payment: ClaimPayment, words: str, *, on: date) -> None:
    """The denials of a payment are void, whoever took it back, and so is what was written off for them."""
    for denial in payment.denials.filter(practice=subject.practice).select_for_update():
        if denial.posting is not None:
            ledger.reverse(subject, denial.posting, on=on, source=f"denial {denial.pk}", memo=words)
            denial.posting = None
        denial.note = _noted(denial, words)
        _close(subject, denial, "resolved")
    _close_items(subject, {payment.pk})


def settle(subject: Subject, denial_id: int, outcome: str, note: str) -> Denial:
    """Settle or move on a denial, with a note that says why.

    ``appealed`` and ``resubmitted`` wait for the payer; ``written_off`` takes the amount off the payer's debt,
    ``billed_patient`` moves it to the patient, ``resolved`` needs no posting. Raises NotFound, Invalid for an
    unknown outcome or an empty note, and Conflict when it was settled before.
    """
    subject.require(Role.BILLER, Role.MANAGER)
    if outcome not in OUTCOMES:
        raise Invalid(f"{outcome!r} is no outcome.", where="outcome", cure=f"One of {', '.join(OUTCOMES)}.")
    if not note.strip():
        raise Invalid("A denial is settled with a note.", where="note", cure="Say what was decided, and why.")
    with transaction(subject):
        denial = Denial.objects.select_for_update().filter(practice=subject.practice, pk=denial_id).first()
        if denial is None:
            raise NotFound(f"There is no denial {denial_id}.")
        if denial.state not in PENDING:
            raise Conflict(f"The denial is {denial.state.replace('_', ' ')} already.")
        denial.note = _noted(denial, note.strip())
        if outcome in _MOVES:
            _move(subject, denial, outcome)
        _close(subject, denial, outcome)
        _close_items(subject, {denial.claim_payment_id})
        _tell(subject, denial, outcome, note.strip())
        audit.record(subject, "U", "denial", patient=denial.patient, resource_id=str(denial.pk), detail=outcome)
        return denial


def assign(subject: Subject, denial_id: int, owner: str) -> None:
    """Let ``owner`` (a user's name; empty for nobody) work on a denial. Raises NotFound."""
    subject.require(Role.BILLER, Role.MANAGER)
    with transaction(subject):
        denial = Denial.objects.filter(practice=subject.practice, pk=denial_id).first()
        if denial is None:
            raise NotFound(f"There is no denial {denial_id}.")
        denial.owner = owner
        denial.save(update_fields=["owner"])
        audit.record(subject, "U", "denial", patient=denial.patient, resource_id=str(denial.pk), detail="owner")


def _move(subject: Subject, denial: Denial, outcome: str) -> None:
    """Post what settling moves: never more than is still owed for the line."""
    payer, reference = f"payer:{denial.payer_id}", f"charge:{denial.charge_line}"
    owed = books.balance(subject, "ar", patient=denial.patient, reference=reference, holder=payer)
    if owed < denial.amount:
        raise Conflict(
            f"The payer owes {dollars(owed)} for this line, less than the {dollars(denial.amount)} denied.",
            cure="Look at the account; settle the denial as resolved if nothing is left.",
        )
    reason = f"{adjustment_reasons.label(denial.carc)} ({denial.group}-{denial.carc})"
    memo = f"Written off: {reason}" if outcome == "written_off" else f"Billed to the patient: {reason}"
    taker = rules.PATIENT if outcome == "billed_patient" else ""
    denial.posting = ledger.post(
        subject,
        "denial",
        str(denial.pk),
        [
            Line(_MOVES[outcome], denial.amount, denial.patient, reference, taker, memo),
            Line("ar", -denial.amount, denial.patient, reference, payer, memo),
        ],
        on=days.today(subject),
        memo=memo,
    )
    if outcome == "billed_patient":
        events.announce_balance(subject, denial.patient, denial.claim, denial.amount)


def _tell(subject: Subject, denial: Denial, outcome: str, note: str) -> None:
    claim = Claim.objects.get(practice=subject.practice, pk=denial.claim)
    text = f"Denial of {dollars(Decimal(denial.amount))} {outcome.replace('_', ' ')}: {note}"
    claims.note_outcome(subject, claim.pk, claim.status, text)
    live.announce(subject, "denials", str(denial.pk))


def _close(subject: Subject, denial: Denial, state: str) -> None:
    denial.state = state
    denial.settled_at, denial.settled_by = clock.now(), subject.actor
    denial.save()


def _close_items(subject: Subject, claim_payments: set[int]) -> None:
    """Close the work items of payments none of whose denials is open any more."""
    if not claim_payments:
        return
    still = set(
        Denial.objects.filter(practice=subject.practice, claim_payment__in=claim_payments, state="open").values_list(
            "claim_payment_id", flat=True
        )
    )
    done = [str(one) for one in claim_payments - still]
    if done:
        worklist.close_items(subject, DENIED, done, by=subject.actor)


def _noted(denial: Denial, text: str) -> str:
    return f"{denial.note}\n{text}".strip()
