"""Taking payments, applying credit, refunds, and issuing statements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import IntegrityError

from chartdesk.kit import clock, database, live
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.money import ZERO, dollars, money, summed, total
from chartdesk.kit.numbers import next_number
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.ledger import commands as ledger
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.rules import Line
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.statements import documents, events, plan_queries, plans, policy, rules, tills
from chartdesk.pms.statements.models import METHODS, Payment, Statement, StatementRun
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of

#: Who may take a payment.
DESK = (Role.FRONT_DESK, Role.BILLER, Role.MANAGER)
#: Who may give money back, and take a payment back.
BILLING = (Role.BILLER, Role.MANAGER)
#: What credit has paid and still pays, the last one first.
_PAID_BY_CREDIT = """
    SELECT e.reference, -sum(e.amount) FROM ledger_entry e
      JOIN ledger_posting p ON p.practice = e.practice AND p.id = e.posting_id
     WHERE e.practice = %s AND e.patient = %s AND e.account = 'ar' AND e.holder = 'patient' AND p.kind = 'credit'
     GROUP BY e.reference HAVING sum(e.amount) < 0 ORDER BY max(e.id) DESC
"""

#: Asked before somebody voids a payment; raises Conflict where that would be wrong.
_guards: list[Callable[[Subject, Payment], None]] = []


@dataclass(frozen=True)
class _Taken:
    """What is taken or given, checked."""

    kind: str
    patient: str
    amount: Decimal
    method: str
    key: str
    reference: str
    appointment: str = ""


def guard_voids(guard: Callable[[Subject, Payment], None]) -> None:
    """Let ``guard`` refuse that a payment is voided. Again changes nothing."""
    if guard not in _guards:
        _guards.append(guard)


def take_payment(
    subject: Subject,
    patient_id: str,
    amount: Decimal,
    method: str,
    *,
    idempotency_key: str,
    reference: str = "",
    on: date | None = None,
    appointment_id: str = "",
    plan: bool = False,
) -> Payment:
    """Take ``amount`` dollars from a patient by ``method`` (cash, check, card), dated ``on`` (default: today).

    It goes to what the patient has owed longest, first beside payment plans and then of them; with ``plan`` the other
    way around. What is left over becomes credit. The same key again gives the payment that was taken. Raises Invalid
    for an impossible amount or method, NotFound for an unknown patient, and Conflict when the key was used for another
    payment or the day is closed.
    """
    subject.require(*DESK)
    paid = _checked(amount, method, idempotency_key)
    day = on or _today(subject)
    with transaction(subject):
        registration.patient(subject, patient_id)
        _hold_account(subject, patient_id)
        taken = _Taken("payment", patient_id, paid, method, idempotency_key, reference, appointment_id)
        payment, new = _insert(subject, taken, day)
        if not new:
            return payment
        planned = plan_queries.references(subject, patient_id)
        owed = rules.in_turn(_owed(subject, patient_id), planned, first=plan)
        shares, left = rules.allocate(paid, owed)
        payment.applied = paid - left
        payment.posting = ledger.post(
            subject,
            "payment",
            str(payment.pk),
            [
                Line(method, paid, patient=patient_id),
                *_applied(patient_id, shares, f"Paid by {method}"),
                Line("patient_credit", -left, patient=patient_id, memo="Paid ahead"),
            ],
            on=day,
            memo=f"Payment {payment.receipt_number}",
        )
        payment.save(update_fields=["applied", "posting"])
        if planned:
            plans.settle(subject, patient_id)
        _note(subject, payment, "C", "payment")
        return payment


def apply_credit(subject: Subject, patient_id: str) -> Decimal:
    """Turn what a patient has paid too much into credit, and credit into payment of what is owed.

    Where more credit was used than the patient turned out to have (its payment was voided), what it had paid is owed
    again, and what was given back is owed too. Returns the dollars of credit that were used. Called after every change
    of what the patient owes.
    """
    with transaction(subject):
        _hold_account(subject, patient_id)
        owed = _owed(subject, patient_id)
        over = rules.overpaid(owed)
        gained = total(share.amount for share in over)
        credit = gained - books.balance(subject, "patient_credit", patient=patient_id)
        shares, _ = rules.allocate(max(credit, ZERO), owed)
        back, given_back = rules.allocate(max(-credit, ZERO), _paid_by_credit(subject, patient_id, credit))
        if not (over or shares or credit < ZERO):
            return ZERO
        used = total(share.amount for share in shares)
        gone = [rules.Share(f"{rules.GIVEN_BACK}{patient_id}", given_back)]
        ledger.post(
            subject,
            "credit",
            str(next_number(subject, "credit application")),
            [
                *_owed_again(patient_id, over, "Overpaid, made credit"),
                *_applied(patient_id, shares, "Credit applied"),
                *_owed_again(patient_id, back, "Credit taken back"),
                *_owed_again(patient_id, gone, "Given back, though its payment did not stand"),
                Line("patient_credit", used - gained - max(-credit, ZERO), patient=patient_id),
            ],
            on=_today(subject),
            memo="Credit of the patient",
        )
        audit.record(subject, "U", "patient account", patient=patient_id, detail="credit applied")
        live.announce(subject, "account", patient_id)
        return used


def refund(
    subject: Subject,
    patient_id: str,
    amount: Decimal,
    method: str,
    *,
    idempotency_key: str,
    reason: str,
    on: date | None = None,
    gone: bool = False,
) -> Payment:
    """Give a patient back ``amount`` dollars of credit. Raises Conflict where the credit is less or the day closed.

    ``gone``: the money has left already, and is posted even where the credit is less.
    """
    subject.require(*BILLING)
    given = _checked(amount, method, idempotency_key)
    with transaction(subject):
        _hold_account(subject, patient_id)
        taken = _Taken("refund", patient_id, given, method, idempotency_key, reason)
        payment, new = _insert(subject, taken, on or _today(subject))
        if not new:
            return payment
        credit = -books.balance(subject, "patient_credit", patient=patient_id)
        if credit < given and not gone:
            raise Conflict(
                f"The patient's credit is {dollars(credit)}, less than {dollars(given)}.",
                cure="Refund no more than the credit.",
                where="amount",
            )
        payment.posting = ledger.post(
            subject,
            "refund",
            str(payment.pk),
            [Line("patient_credit", given, patient=patient_id), Line(method, -given, patient=patient_id)],
            on=payment.day,
            memo=f"Refund {payment.receipt_number}: {reason}",
        )
        payment.save(update_fields=["posting"])
        _note(subject, payment, "C", "refund")
        if credit < given:
            apply_credit(subject, patient_id)
        return payment


def void_payment(subject: Subject, payment_id: int, reason: str, *, on: date | None = None) -> Payment:
    """Take a payment back that never was one: mistyped, or a check that bounced. Contra entries are posted.

    Raises NotFound, Invalid without a reason, and Conflict when it was voided before or the day is closed.
    """
    subject.require(*BILLING)
    if not reason.strip():
        raise Invalid("A payment is voided for a reason.", where="reason", cure="Say what went wrong.")
    with transaction(subject):
        payment = Payment.objects.select_for_update().filter(practice=subject.practice, pk=payment_id).first()
        if payment is None:
            raise NotFound(f"There is no payment {payment_id}.")
        if payment.voided or payment.posting is None:
            raise Conflict(f"Payment {payment.receipt_number} was voided before.")
        _hold_account(subject, payment.patient)
        for guard in _guards:
            guard(subject, payment)
        day = on or _today(subject)
        payment.void_till, payment.void_day = tills.voiding(subject, payment, day), day
        ledger.reverse(subject, payment.posting, on=day, source=f"payment {payment.pk}", memo=f"Voided: {reason}")
        payment.voided, payment.void_reason = clock.now(), reason.strip()
        payment.save(update_fields=["voided", "void_reason", "void_day", "void_till"])
        _note(subject, payment, "U", "payment voided")
        apply_credit(subject, payment.patient)
        plans.revive(subject, payment.patient, payment.received)
        return payment


def issue_statement(subject: Subject, patient_id: str, *, after: int | None = None) -> Statement:
    """Make, number and keep a statement of what the patient owes today, as PDF.

    ``after`` is the patient's last statement that its asker saw (0: none): where there is a later one by now, that is
    the answer, so that one click makes one. Raises Conflict when the patient owes nothing.
    """
    subject.require(*DESK)
    with transaction(subject):
        _hold_account(subject, patient_id)
        if after is not None:
            rows = Statement.objects.filter(practice=subject.practice, patient=patient_id, pk__gt=after, run=None)
            made = rows.order_by("pk").first()
            if made is not None:
                return made
        today = _today(subject)
        pay_by = today + timedelta(days=policy.policy(subject).statement_days)
        content = documents.statement_content(subject, patient_id, today, pay_by)
        if content.balance <= ZERO:
            raise Conflict("The patient owes nothing.", cure="There is nothing to send.")
        return keep_statement(subject, content, pay_by)


def keep_statement(
    subject: Subject, content: documents.StatementContent, pay_by: date, run: StatementRun | None = None
) -> Statement:
    """Number a statement and keep it as it is sent. Call it inside a transaction."""
    number = f"S{next_number(subject, 'statement', first=100001)}"
    statement = Statement.objects.create(
        practice=subject.practice,
        patient=content.patient,
        number=number,
        at=clock.now(),
        balance=content.balance,
        pay_by=pay_by,
        content={**content.data, "number": number},
        pdf=documents.statement_pdf(content, number),
        run=run,
    )
    audit.record(subject, "C", "statement", patient=content.patient, resource_id=number)
    events.announce_statement(subject, statement.pk, content.patient)
    return statement


def _checked(amount: Decimal, method: str, key: str) -> Decimal:
    given = money(amount)
    if given <= ZERO:
        raise Invalid(f"{dollars(given)} cannot be paid.", where="amount", cure="Give more than nothing.")
    if method not in METHODS:
        raise Invalid(f"{method!r} is no way to pay.", where="method", cure=f"One of {', '.join(METHODS)}.")
    if not key.strip():
        raise Invalid("The payment has no key of its own.", where="idempotency_key", cure="Reload the page.")
    return given


def _insert(subject: Subject, taken: _Taken, day: date) -> tuple[Payment, bool]:
    """The new row and True, or the row that has this key and False."""
    known = Payment.objects.filter(practice=subject.practice, idempotency_key=taken.key).first()
    if known is None:
        till = tills.taking(subject, day)
        try:
            with transaction(subject):
                return Payment.objects.create(
                    practice=subject.practice,
                    patient=taken.patient,
                    kind=taken.kind,
                    amount=taken.amount,
                    method=taken.method,
                    reference=taken.reference.strip(),
                    idempotency_key=taken.key,
                    appointment=taken.appointment,
                    received=clock.now(),
                    day=day,
                    till=till,
                    receipt_number=f"R{next_number(subject, 'receipt', first=100001)}",
                    by=subject.actor,
                ), True
        except IntegrityError:
            known = Payment.objects.get(practice=subject.practice, idempotency_key=taken.key)
    if (known.patient, known.kind, known.amount, known.method) != (
        taken.patient,
        taken.kind,
        taken.amount,
        taken.method,
    ):
        raise Conflict(
            f"This form was used for {known.kind} {known.receipt_number} of {dollars(known.amount)}.",
            cure="Reload the page and take the payment anew.",
            where="idempotency_key",
        )
    return known, False


def _hold_account(subject: Subject, patient: str) -> None:
    """Two payments of one patient wait for each other, so that no receivable is paid twice."""
    advisory_lock("patient account", subject.practice, patient)


def _owed(subject: Subject, patient: str) -> dict[str, Decimal]:
    return rules.patients_part(books.open_references(subject, patient))


def _applied(patient: str, shares: list[rules.Share], memo: str) -> list[Line]:
    return [Line("ar", -share.amount, patient, share.reference, rules.PATIENT, memo) for share in shares]


def _owed_again(patient: str, shares: list[rules.Share], memo: str) -> list[Line]:
    return [Line("ar", share.amount, patient, share.reference, rules.PATIENT, memo) for share in shares]


def _paid_by_credit(subject: Subject, patient: str, credit: Decimal) -> dict[str, Decimal]:
    """What could be owed again where credit is missing; nothing where none is."""
    if credit >= ZERO:
        return {}
    rows = database.rows(_PAID_BY_CREDIT, [subject.practice, patient])
    return {reference: summed(amount) for reference, amount in rows}


def _note(subject: Subject, payment: Payment, action: str, what: str) -> None:
    audit.record(subject, action, what, patient=payment.patient, resource_id=payment.receipt_number)
    events.announce_payment(subject, payment.pk, payment.patient)
    live.announce(subject, "account", payment.patient)


def _today(subject: Subject) -> date:
    return clock.today(practice_of(subject).zone)
