"""What a person lets a patient off: bad debt, hardship, courtesy. With its reason, and taken back where it was wrong.

A write-off is an adjustment of what is owed, the oldest first; it moves no money. Those that the practice's rule made
(small balances) are listed and taken back here, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from chartdesk.kit import database, live
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.money import ZERO, dollars, money, summed, total
from chartdesk.kit.transactions import advisory_lock, reading, transaction
from chartdesk.pms.ledger import commands as ledger
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.rules import Line
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.statements import commands, plans, rules, tills
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject

BILLING = (Role.BILLER, Role.MANAGER)
#: Why, with the account that bears it and the words for people.
KINDS = {
    "bad_debt": ("writeoff.bad_debt", "Bad debt"),
    "hardship": ("adjustment.other", "Financial hardship"),
    "courtesy": ("adjustment.other", "Courtesy"),
}
_POSTED = "write-off"
_LISTED = (_POSTED, "small balance")
_WRITTEN_OFF = """
    SELECT p.id, p.posted_on, p.at, p.memo, -sum(e.amount), max(e.patient),
           (SELECT r.memo FROM ledger_posting r WHERE r.practice = p.practice AND r.reverses_id = p.id)
      FROM ledger_entry e JOIN ledger_posting p ON p.practice = e.practice AND p.id = e.posting_id
     WHERE e.practice = %(practice)s AND e.patient = %(patient)s AND e.account = 'ar'
       AND p.kind = ANY(%(kinds)s::text[])
     GROUP BY p.id ORDER BY p.id DESC
"""


@dataclass(frozen=True)
class WrittenOff:
    """What was written off at once: the number of its posting, dollars, why; ``back`` says why it was taken back."""

    posting: int
    on: date
    at: datetime
    words: str
    amount: Decimal
    patient_id: str
    back: str = ""


def write_off(
    subject: Subject, patient_id: str, amount: Decimal, kind: str, reason: str, *, idempotency_key: str
) -> int:
    """Take ``amount`` dollars off what a patient owes; the number of the posting, the same again for the same key.

    Raises Forbidden, NotFound, Invalid, and Conflict where the patient owes less.
    """
    subject.require(*BILLING)
    given = money(amount)
    if given <= ZERO:
        raise Invalid(f"{dollars(given)} cannot be written off.", where="amount", cure="Give more than nothing.")
    if kind not in KINDS:
        raise Invalid(f"{kind!r} is no reason to write off.", where="kind", cure=f"One of {', '.join(KINDS)}.")
    if not reason.strip():
        raise Invalid("Nothing is written off without a reason.", where="reason", cure="Say why, and who agreed.")
    if not idempotency_key.strip():
        raise Invalid("The form has no key of its own.", where="idempotency_key", cure="Reload the page.")
    with transaction(subject):
        registration.patient(subject, patient_id)
        advisory_lock("patient account", subject.practice, patient_id)
        known = books.posting_of(subject, _POSTED, idempotency_key)
        if known is not None:
            return known
        owed = rules.patients_part(books.open_references(subject, patient_id))
        shares, left = rules.allocate(given, owed)
        if left:
            raise Conflict(
                f"The patient owes {dollars(given - left)}, less than {dollars(given)}.",
                where="amount",
                cure="Write off no more than is owed.",
            )
        account, words = KINDS[kind]
        memo = f"{words}: {reason.strip()}"
        lines = [line for share in shares for line in _lines(patient_id, share, account, memo)]
        made = ledger.post(subject, _POSTED, idempotency_key, lines, on=tills.today(subject), memo=memo)
        plans.settle(subject, patient_id)
        _note(subject, patient_id, "C", made)
        return made


def take_back(subject: Subject, posting_id: int, reason: str) -> WrittenOff:
    """Let the patient owe again what was written off; that as it was.

    Raises Forbidden, NotFound, Invalid without a reason, and Conflict where it was taken back before.
    """
    subject.require(*BILLING)
    if not reason.strip():
        raise Invalid("A write-off is taken back for a reason.", where="reason", cure="Say why.")
    with transaction(subject):
        found = written_off(subject, posting_id)
        advisory_lock("patient account", subject.practice, found.patient_id)
        memo = f"Taken back: {reason.strip()}"
        ledger.reverse(subject, posting_id, on=tills.today(subject), source=f"write-off {posting_id}", memo=memo)
        commands.apply_credit(subject, found.patient_id)
        plans.revive(subject, found.patient_id, found.at)
        _note(subject, found.patient_id, "U", posting_id)
        return found


def write_offs(subject: Subject, patient_id: str) -> list[WrittenOff]:
    """What was written off of a patient's account, the last first, and what of it was taken back."""
    with reading(subject):
        values = {"practice": subject.practice, "patient": patient_id, "kinds": list(_LISTED)}
        audit.record(subject, "R", "write-off", patient=patient_id, detail="list")
        return [
            WrittenOff(number, on, at, memo, summed(amount), patient, back or "")
            for number, on, at, memo, amount, patient, back in database.rows(_WRITTEN_OFF, values)
        ]


def written_off(subject: Subject, posting_id: int) -> WrittenOff:
    """One of them. Raises NotFound."""
    with reading(subject):
        rows = [one for one in books.entries_of(subject, [posting_id]) if one.account == "ar"]
        if not rows or rows[0].kind not in _LISTED:
            raise NotFound(f"There is no write-off {posting_id}.")
        first = rows[0]
        audit.record(subject, "R", "write-off", patient=first.patient, resource_id=str(posting_id))
        amount = -total(one.amount for one in rows)
        return WrittenOff(posting_id, first.posted_on, first.at, first.memo, amount, first.patient)


def _lines(patient: str, share: rules.Share, account: str, memo: str) -> tuple[Line, Line]:
    return (
        Line("ar", -share.amount, patient, share.reference, rules.PATIENT, memo),
        Line(account, share.amount, patient, share.reference, memo=memo),
    )


def _note(subject: Subject, patient: str, action: str, posting: int) -> None:
    audit.record(subject, action, "write-off", patient=patient, resource_id=str(posting))
    live.announce(subject, "account", patient)
