"""Money at the bank and the remittances that explain it: matched by the number that both carry, and the amount.

A remittance says that money was sent; only the bank says that it came. Each deposit is matched to one remittance, by
itself where number and amount agree, whichever of the two comes first. What agrees in one of them only is left to a
person, with both figures.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet

from chartdesk.kit import clock, live, worklist
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.money import ZERO, dollars, money
from chartdesk.kit.transactions import reading, transaction
from chartdesk.pms.remittance import autoposting, bank_files, rules
from chartdesk.pms.remittance.models import Deposit, Remittance
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject

BILLING = (Role.BILLER, Role.MANAGER)
DIFFERENT = "deposit_differs"
#: Remittances without money of their own, or that never were one.
_NO_MONEY = ("refused", "duplicate")
METHODS = ("eft", "check")


@dataclass(frozen=True)
class Imported:
    """What came of a bank file: new deposits, how many of them were matched, and how many had come before."""

    new: int
    matched: int
    known: int


@dataclass(frozen=True)
class Standing:
    """Deposits and remittances without the other. ``waiting`` is money that was announced and has not come."""

    open: list[Deposit]
    waiting: list[Remittance]


def import_file(subject: Subject, content: bytes) -> Imported:
    """Take in a bank's file; again changes nothing. Raises Invalid with the line that cannot be read, and then takes
    nothing of it."""
    subject.require(*BILLING)
    credits = bank_files.read(content)
    seen: dict[str, int] = {}
    new = matched = 0
    with transaction(subject):
        for one in credits:
            # Two credits that say the same on one day are two; the same file again, or one that overlaps, is not.
            said = f"{one.on}|{one.amount}|{one.method}|{one.trace}|{one.payer}"
            seen[said] = seen.get(said, 0) + 1
            origin = hashlib.sha256(f"{said}|{seen[said]}".encode()).hexdigest()
            row, made = _enter(subject, one.on, one.amount, one.method, one.trace, one.payer, origin)
            new += made
            matched += made and _match(subject, row)
        live.announce(subject, "remittances", "")
    return Imported(new, matched, len(credits) - new)


def key_in(subject: Subject, on: date, amount: Decimal, method: str, trace: str, payer: str, *, key: str) -> Deposit:
    """Enter a deposit by hand; ``key`` is the form's, and comes once. Raises Invalid."""
    subject.require(*BILLING)
    given = money(amount)
    if given <= ZERO:
        raise Invalid("A deposit is more than nothing.", where="amount", cure="Give the dollars that came.")
    if method not in METHODS:
        raise Invalid(f"{method!r} is no way that money comes.", where="method", cure="eft or check.")
    if not key.strip():
        raise Invalid("The deposit has no key of its own.", where="key", cure="Reload the page.")
    with transaction(subject):
        row, new = _enter(subject, on, given, method, trace.strip(), payer.strip(), f"form {key}")
        if new:
            _match(subject, row)
        live.announce(subject, "remittances", "")
        return row


def _enter(
    subject: Subject, on: date, amount: Decimal, method: str, trace: str, payer: str, origin: str
) -> tuple[Deposit, bool]:
    row, new = Deposit.objects.get_or_create(
        practice=subject.practice,
        origin=origin,
        defaults={
            "deposited_on": on,
            "amount": amount,
            "method": method,
            "trace": trace,
            "trace_key": rules.one_form(trace),
            "payer": payer,
            "entered": clock.now(),
            "actor": subject.actor,
        },
    )
    if new:
        audit.record(subject, "C", "deposit", resource_id=str(row.pk))
    return row, new


def _match(subject: Subject, deposit: Deposit) -> bool:
    """Match by number and amount; the same number with another amount is told to a person."""
    if not deposit.trace_key:
        return False
    numbered = list(_unbanked(subject).filter(trace_key=deposit.trace_key).order_by("pk"))
    same = [one for one in numbered if one.amount == deposit.amount]
    if len(same) == 1:
        _join(subject, deposit, same[0])
        return True
    for one in numbered:
        _tell_difference(subject, deposit, one)
    return False


def arrived(subject: Subject, remittance: Remittance) -> None:
    """A remittance was taken in: the deposit may be there already. Joins the transaction."""
    if remittance.amount <= ZERO or remittance.status in _NO_MONEY or not remittance.trace_key:
        return
    waiting = Deposit.objects.select_for_update().filter(
        practice=subject.practice, state="open", trace_key=remittance.trace_key
    )
    found = list(waiting.order_by("pk"))
    same = [one for one in found if one.amount == remittance.amount]
    if len(same) == 1:
        _join(subject, same[0], remittance)
        return
    for one in found:
        _tell_difference(subject, one, remittance)


def match(subject: Subject, deposit_id: int, remittance_id: int, note: str = "") -> Deposit:
    """Match by hand; where the amounts differ a note says why. Raises NotFound, Conflict, Invalid."""
    subject.require(*BILLING)
    with transaction(subject):
        deposit = _locked(subject, deposit_id)
        remittance = _unbanked(subject).filter(pk=remittance_id).first()
        if deposit.state != "open":
            raise Conflict(f"The deposit is {deposit.state}.", cure="Only an open deposit is matched.")
        if remittance is None:
            raise Conflict(
                f"Remittance {remittance_id} is not one that waits for money.", cure="Choose one from the list."
            )
        if remittance.amount != deposit.amount and not note.strip():
            raise Invalid(
                f"The bank shows {dollars(deposit.amount)}, the remittance says {dollars(remittance.amount)}.",
                where="note",
                cure="Say why they differ.",
            )
        deposit.note = note.strip()
        _join(subject, deposit, remittance)
        return deposit


def explain(subject: Subject, deposit_id: int, note: str) -> Deposit:
    """Set a deposit aside that belongs to no remittance. Raises NotFound, Conflict, Invalid without a note."""
    subject.require(*BILLING)
    if not note.strip():
        raise Invalid("A deposit is set aside with a note.", where="note", cure="Say what the money is for.")
    with transaction(subject):
        deposit = _locked(subject, deposit_id)
        if deposit.state != "open":
            raise Conflict(f"The deposit is {deposit.state}.")
        deposit.state, deposit.note = "explained", note.strip()
        _kept(subject, deposit)
        return deposit


def part(subject: Subject, deposit_id: int) -> Deposit:
    """Take a match, or an explanation, back. Raises NotFound."""
    subject.require(*BILLING)
    with transaction(subject):
        deposit = _locked(subject, deposit_id)
        deposit.state, deposit.remittance = "open", None
        _kept(subject, deposit)
        return deposit


def standing(subject: Subject, *, limit: int = 500) -> Standing:
    """Deposits that no remittance explains, and remittances whose money has not come; the oldest first."""
    with reading(subject):
        open_ = Deposit.objects.filter(practice=subject.practice, state="open").order_by("deposited_on", "pk")
        waiting = _unbanked(subject).order_by("paid_on", "pk")
        audit.record(subject, "R", "deposit", detail="list")
        return Standing(list(open_[:limit]), list(waiting[:limit]))


def recent(subject: Subject, *, days: int = 60) -> list[Deposit]:
    """Deposits of the last days that are matched or explained, the newest first."""
    with reading(subject):
        since = clock.now().date() - timedelta(days=days)
        rows = Deposit.objects.filter(practice=subject.practice, deposited_on__gte=since).exclude(state="open")
        return list(rows.select_related("remittance").order_by("-deposited_on", "-pk"))


def _unbanked(subject: Subject) -> QuerySet[Remittance]:
    rows = Remittance.objects.filter(practice=subject.practice, amount__gt=0, deposit__isnull=True)
    return rows.exclude(status__in=_NO_MONEY)


def _locked(subject: Subject, deposit_id: int) -> Deposit:
    rows = Deposit.objects.select_for_update().filter(practice=subject.practice, pk=deposit_id)
    found: Deposit | None = rows.first()
    if found is None:
        raise NotFound(f"There is no deposit {deposit_id}.")
    return found


def _join(subject: Subject, deposit: Deposit, remittance: Remittance) -> None:
    deposit.remittance, deposit.state = remittance, "matched"
    _kept(subject, deposit)
    autoposting.look_again(subject, remittance)


def _kept(subject: Subject, deposit: Deposit) -> None:
    deposit.save(update_fields=["remittance", "state", "note"])
    worklist.close_items(subject, DIFFERENT, [str(deposit.pk)], by=subject.actor)
    audit.record(subject, "U", "deposit", resource_id=str(deposit.pk), detail=deposit.state)


def _tell_difference(subject: Subject, deposit: Deposit, remittance: Remittance) -> None:
    worklist.raise_item(
        subject,
        worklist.Task(
            kind=DIFFERENT,
            key=str(deposit.pk),
            role=Role.BILLER,
            title=f"The bank shows {dollars(deposit.amount)} for payment {remittance.trace} of {remittance.payer_name}",
            detail=f"The remittance says {dollars(remittance.amount)}, "
            f"{dollars(deposit.amount - remittance.amount)} apart.",
            cure="Compare both. Match them with a note, or ask the payer.",
            link=("remittance", str(remittance.pk)),
            amount=deposit.amount,
        ),
    )
