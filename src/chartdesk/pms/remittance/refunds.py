"""Credit balances: charges for which more was paid than was owed, and giving a payer its money back.

A receivable below zero is money of somebody else. What a payer paid too much stands with the charge and is refunded
by check or transfer; what a patient paid too much is credit of the patient, refunded from the patient's account.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError

from chartdesk.kit import clock, database, live
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.money import ZERO, dollars, money, summed
from chartdesk.kit.transactions import advisory_lock, reading, transaction
from chartdesk.pms.charges.models import ChargeLine
from chartdesk.pms.ledger import commands as ledger
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.models import Posting
from chartdesk.pms.ledger.rules import Line
from chartdesk.pms.remittance import days
from chartdesk.pms.remittance.models import Refund
from chartdesk.pms.remittance.receiving import BILLING
from chartdesk.record import audit
from chartdesk.record.access import Subject

METHODS = ("check", "eft")
_CHARGE = "charge:"
#: Receivables below zero: who is owed and for what, from the balances; for those, when the last entry was posted.
_CREDITS = """
    SELECT b.patient, b.reference, b.holder, -b.due, e.last
      FROM (SELECT patient, reference, holder, due FROM ledger_balance
             WHERE practice = %(practice)s AND due <> 0 AND due < 0
             ORDER BY due, patient, reference LIMIT %(limit)s) AS b
     CROSS JOIN LATERAL (
        SELECT max(posted_on) AS last FROM ledger_entry
         WHERE practice = %(practice)s AND account = 'ar' AND reference = b.reference AND holder = b.holder) AS e
     ORDER BY 4 DESC, 1, 2
"""
_PATIENTS = """
    SELECT patient, '', 'patient', -sum(amount), max(posted_on) FROM ledger_entry
     WHERE practice = %(practice)s AND account = 'patient_credit' GROUP BY patient HAVING sum(amount) < 0
     ORDER BY 4 DESC, 1 LIMIT %(limit)s
"""


@dataclass(frozen=True)
class CreditBalance:
    """Money that belongs to somebody else: ``holder`` is patient or payer:<id>, ``reference`` what was overpaid, empty
    for credit of the patient that stands for nothing in particular; dollars; the day of the last entry."""

    patient: str
    reference: str
    holder: str
    amount: Decimal
    since: date | None = None

    @property
    def payer_id(self) -> str:
        """The payer whose money it is; empty for the patient's."""
        return self.holder.removeprefix("payer:") if self.holder.startswith("payer:") else ""


def credit_balances(subject: Subject, *, limit: int = 500) -> list[CreditBalance]:
    """What payers and patients have paid too much, the largest first."""
    subject.require(*BILLING)
    with reading(subject):
        values = {"practice": subject.practice, "limit": limit}
        rows = database.rows(_CREDITS, values) + database.rows(_PATIENTS, values)
        found = [CreditBalance(patient, name, holder, summed(due), on) for patient, name, holder, due, on in rows]
        audit.record_many(
            subject,
            [audit.Touched("R", "credit balance", one.reference, 0, one.patient) for one in found],
            detail="list",
        )
    return sorted(found, key=lambda one: (-one.amount, one.patient, one.reference))[:limit]


def refund_payer(
    subject: Subject,
    balance: CreditBalance,
    *,
    amount: Decimal,
    method: str,
    number: str,
    reason: str,
    idempotency_key: str,
) -> Refund:
    """Give a payer back ``amount`` of what it paid too much, by ``method`` under our check or transfer ``number``.

    The same key again gives the same refund. Raises Invalid, and Conflict where less than that is overpaid.
    """
    subject.require(*BILLING)
    given = money(amount)
    _check(balance, given, method, number, reason, idempotency_key)
    with transaction(subject):
        advisory_lock("payer refund", subject.practice, balance.reference, balance.holder)
        known = Refund.objects.filter(practice=subject.practice, idempotency_key=idempotency_key).first()
        if known is not None:
            return known
        owed = -books.balance(
            subject, "ar", patient=balance.patient, reference=balance.reference, holder=balance.holder
        )
        if owed < given:
            raise Conflict(
                f"The payer has {dollars(max(owed, ZERO))} too much with us, less than {dollars(given)}.",
                where="amount",
                cure="Reload the list.",
            )
        return _posted(subject, balance, given, method, number.strip(), reason.strip(), idempotency_key)


def _check(balance: CreditBalance, given: Decimal, method: str, number: str, reason: str, key: str) -> None:
    if not balance.payer_id:
        raise Invalid("That money is the patient's.", where="holder", cure="Refund it from the patient's account.")
    if given <= ZERO:
        raise Invalid(f"{dollars(given)} cannot be refunded.", where="amount", cure="Give more than nothing.")
    if method not in METHODS:
        raise Invalid(f"{method!r} is no way to refund.", where="method", cure=f"One of {', '.join(METHODS)}.")
    if not number.strip():
        raise Invalid("The refund has no number.", where="number", cure="Type the number of the check or transfer.")
    if not reason.strip():
        raise Invalid("A refund has a reason.", where="reason", cure="Say why, and what the payer asked for.")
    if not key.strip():
        raise Invalid("The refund has no key of its own.", where="idempotency_key", cure="Reload the page.")


def _posted(
    subject: Subject, balance: CreditBalance, given: Decimal, method: str, number: str, reason: str, key: str
) -> Refund:
    memo = f"Refund to the payer, {number}: {reason}"
    posting = ledger.post(
        subject,
        "payer refund",
        key,
        [
            Line("ar", given, balance.patient, balance.reference, balance.holder, memo),
            Line(method, -given, balance.patient, memo=memo),
        ],
        on=days.today(subject),
        memo=memo,
    )
    try:
        made = Refund.objects.create(
            practice=subject.practice,
            payer_id=balance.payer_id,
            patient=balance.patient,
            reference=balance.reference,
            amount=given,
            number=number,
            method=method,
            reason=reason,
            idempotency_key=key,
            posting=posting,
            at=clock.now(),
            actor=subject.actor,
        )
    except IntegrityError as fault:
        raise Conflict("This form was used before.", where="idempotency_key", cure="Reload the page.") from fault
    audit.record(subject, "C", "payer refund", patient=balance.patient, resource_id=str(made.pk))
    live.announce(subject, "account", balance.patient)
    return made


def take_back(subject: Subject, refund_id: int, reason: str) -> Refund:
    """Undo a refund that did not go out, or came back: contra entries, and the payer has the money with us again.

    Raises NotFound, Invalid without a reason, and Conflict when it was taken back before.
    """
    subject.require(*BILLING)
    if not reason.strip():
        raise Invalid("A refund is taken back for a reason.", where="reason", cure="Say what became of it.")
    with transaction(subject):
        made = Refund.objects.filter(practice=subject.practice, pk=refund_id).first()
        if made is None:
            raise NotFound(f"There is no refund {refund_id}.")
        advisory_lock("payer refund", subject.practice, made.reference, f"payer:{made.payer_id}")
        if _backs(subject, [made]):
            raise Conflict(f"Refund {made.number} was taken back before.")
        source, memo = f"payer refund {made.pk}", f"Taken back: {reason.strip()}"
        ledger.reverse(subject, made.posting, on=days.today(subject), source=source, memo=memo)
        audit.record(subject, "U", "payer refund", patient=made.patient, resource_id=str(made.pk), detail="taken back")
        live.announce(subject, "account", made.patient)
        return made


def refunds(subject: Subject, *, limit: int = 100) -> list[tuple[Refund, str]]:
    """What was given back to payers, the newest first, each with why it was taken back; empty where it stands."""
    with reading(subject):
        found = list(Refund.objects.filter(practice=subject.practice).order_by("-pk")[:limit])
        audit.record_many(
            subject, [audit.Touched("R", "payer refund", str(one.pk), 0, one.patient) for one in found], detail="list"
        )
        backs = _backs(subject, found)
        return [(one, backs.get(one.posting, "")) for one in found]


def _backs(subject: Subject, rows: list[Refund]) -> dict[int, str]:
    """Posting → what was said when it was taken back, of those that were."""
    contra = Posting.objects.filter(practice=subject.practice, reverses__in=[one.posting for one in rows])
    return {posting: memo for posting, memo in contra.values_list("reverses_id", "memo") if posting is not None}


def about(subject: Subject, balances: Sequence[CreditBalance]) -> dict[str, tuple[int, str]]:
    """References in words: the superbill's number, and what was done on which day."""
    numbers = {one.reference.removeprefix(_CHARGE) for one in balances if one.reference.startswith(_CHARGE)}
    with reading(subject):
        lines = ChargeLine.objects.filter(practice=subject.practice, pk__in=[int(one) for one in numbers])
        return {f"{_CHARGE}{line.pk}": _told(line) for line in lines.select_related("superbill")}


def _told(line: ChargeLine) -> tuple[int, str]:
    day = line.service_date or line.superbill.service_date
    return line.superbill_id, f"{' '.join([line.code, *line.modifiers])} on {day:%b %-d, %Y}"
