"""Drawers and the close of a day: whose drawer money goes into, what was counted, and the slip for the bank.

A payment belongs to the till of its person and day. Closing a day locks its tills, so a payment is either in the
deposit or refused; a payment that nobody waits for (a card that paid by itself) goes to the next open day.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from chartdesk.kit import clock, database, fetching, live
from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound
from chartdesk.kit.money import ZERO, dollars, money, total
from chartdesk.kit.numbers import next_number
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.ledger import commands as ledger
from chartdesk.pms.ledger.rules import Line
from chartdesk.pms.statements import slips, till_queries
from chartdesk.pms.statements.models import DayClose, Payment, Till
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of

DESK = (Role.FRONT_DESK, Role.BILLER, Role.MANAGER)
CLOSERS = (Role.BILLER, Role.MANAGER)
#: The lock of ``close``, shared by those whom a day stays open for.
_SHARED = "SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))"
_OWN = "practice = %s AND day = %s AND actor = %s"


def today(subject: Subject) -> date:
    """The practice's calendar day."""
    return clock.today(practice_of(subject).zone)


def held_open(subject: Subject, day: date) -> date:
    """``day``, or the first day after it that is not closed; whoever closes it waits for the open transaction.

    For money that comes by itself from payers: see ``remittance.days``.
    """
    database.execute(_SHARED, [f"day close/{subject.practice}"])
    return till_queries.open_day(subject, day)


def taking(subject: Subject, day: date) -> Till:
    """The open till of the subject for a day, held until the transaction ends; made where there is none.

    Raises Conflict where the day is closed or the drawer was counted.
    """
    found = fetching.first(Till, f"{_OWN} FOR SHARE", [subject.practice, day, subject.actor])
    if found is None:
        # Whoever closes the day holds the same lock: the new till is in the deposit, or refused.
        advisory_lock("day close", subject.practice)
        _refuse_closed(subject, day)
        found, _ = Till.objects.get_or_create(
            practice=subject.practice, day=day, actor=subject.actor, defaults={"name": subject.name}
        )
    if found.state == "closed":
        _refuse_closed(subject, day)
    if found.state != "open":
        raise Conflict(
            f"The drawer of {found.name} was counted for {day:%b %-d, %Y}.",
            cure="Open the drawer again under Day close, and count it once more afterwards.",
            where="method",
        )
    return found


def voiding(subject: Subject, payment: Payment, day: date) -> Till:
    """The till that a void on ``day`` is of: on the payment's own day the drawer it went into, later one's own.

    Raises Conflict where the day is closed, or that drawer was counted; what comes by itself goes into nobody's then.
    """
    if payment.day == day:
        found = fetching.first(Till, "practice = %s AND id = %s FOR SHARE", [subject.practice, payment.till_id])
        if found is not None and found.state == "open":
            return found
        if found is not None and found.state == "counted" and not subject.has(Role.SYSTEM):
            raise Conflict(
                f"The drawer of {found.name}, where {payment.receipt_number} is, was counted for {day:%b %-d, %Y}.",
                cure="Open the drawer again under Day close, and count it once more afterwards.",
            )
    return taking(subject, day)


def open_drawer(subject: Subject, opening: Decimal, drawer: str = "") -> Till:
    """Say which drawer the subject works at today, and the change in it, dollars.

    Raises Invalid, and Conflict where the drawer was counted, or its change is in somebody else's count already.
    """
    subject.require(*DESK)
    change = money(opening)
    if change < ZERO:
        raise Invalid("Less than nothing cannot lie in a drawer.", where="opening", cure="Count the change in it.")
    with transaction(subject):
        till = taking(subject, today(subject))
        if change and drawer.strip():
            _refuse_shared(subject, till, drawer.strip())
        till.opening, till.drawer = change, drawer.strip()
        till.save(update_fields=["opening", "drawer"])
        live.announce(subject, "day close", "")
    return till


def count(
    subject: Subject, till_id: int, *, cash: Decimal, checks: Decimal, cards: Decimal, note: str = ""
) -> till_queries.TillView:
    """Write down what was found in a drawer; ``cash`` with the opening change. Raises Conflict, Invalid, NotFound.

    Somebody counts their own drawer; billers and managers count any. A difference needs a note.
    """
    subject.require(*DESK)
    found = [money(cash), money(checks), money(cards)]
    with transaction(subject):
        till = _held(subject, till_id)
        if till.state == "closed":
            _refuse_closed(subject, till.day)
        view = till_queries.view(subject, till)
        off = [have - want for have, want in zip(found, view.expected, strict=True)]
        if any(off) and not note.strip():
            names = ("cash", "checks", "cards")
            told = ", ".join(f"{name} {dollars(one)}" for name, one in zip(names, off, strict=True) if one)
            raise Invalid(f"The count differs: {told}.", where="note", cure="Count again, or say why.")
        till.cash, till.checks, till.cards = found
        till.note, till.state = note.strip(), "counted"
        till.counted_at, till.counted_by = clock.now(), subject.name
        till.save()
        live.announce(subject, "day close", "")
        return till_queries.view(subject, till)


def recount(subject: Subject, till_id: int) -> None:
    """Open a counted drawer again. Raises Conflict where its day is closed."""
    subject.require(*DESK)
    with transaction(subject):
        till = _held(subject, till_id)
        if till.state == "closed":
            _refuse_closed(subject, till.day)
        till.state = "open"
        till.save(update_fields=["state"])
        live.announce(subject, "day close", "")


def close(subject: Subject, day: date) -> DayClose:
    """Close a day: its tills take nothing more, what differs is posted, and the deposit slip is kept.

    Raises Conflict while a drawer with cash or checks is not counted, when it is closed already or lies ahead.
    """
    subject.require(*CLOSERS)
    with transaction(subject):
        advisory_lock("day close", subject.practice)
        _refuse_closed(subject, day)
        if day > today(subject):
            raise Conflict(f"{day:%b %-d, %Y} has not come yet.", cure="Close a day at its end.", where="day")
        rows = fetching.fetch(Till, "practice = %s AND day = %s ORDER BY id FOR UPDATE", [subject.practice, day])
        views = [till_queries.view(subject, till) for till in rows]
        waiting = [one.till.name for one in views if one.needs_count]
        if waiting:
            raise Conflict(f"Not counted yet: {', '.join(waiting)}.", cure="Count every drawer first.")
        number = f"D{next_number(subject, 'deposit', first=100001)}"
        checks = till_queries.payer_checks(subject)
        slip = slips.content(subject, day, number, views, checks)
        difference, checks_off = (total(one.difference[place] for one in views) for place in (0, 1))
        made = DayClose.objects.create(
            practice=subject.practice,
            day=day,
            number=number,
            closed_at=clock.now(),
            closed_by=subject.name,
            deposit=slip.deposit,
            cards=slip.cards,
            difference=difference,
            posting=_post_difference(subject, day, number, difference, checks_off),
            payer_checks=max([till_queries.last_payer_check(subject), *(one.remittance for one in checks)]),
            content=slip.data,
            pdf=slips.pdf(slip.data),
        )
        Till.objects.filter(practice=subject.practice, day=day).update(state="closed")
        live.announce(subject, "day close", "")
        return made


def reopen(subject: Subject, close_id: int, reason: str) -> None:
    """Open a closed day again; its deposit slip stays, marked. Raises Forbidden, Invalid, NotFound, Conflict."""
    subject.require(Role.MANAGER)
    if not reason.strip():
        raise Invalid("A day is opened again for a reason.", where="reason", cure="Say what was wrong.")
    with transaction(subject):
        advisory_lock("day close", subject.practice)
        closed = DayClose.objects.select_for_update().filter(practice=subject.practice, pk=close_id).first()
        if closed is None:
            raise NotFound(f"There is no closed day {close_id}.")
        if closed.reopened:
            raise Conflict(f"{closed.day:%b %-d, %Y} was opened again before.")
        if DayClose.objects.filter(practice=subject.practice, pk__gt=close_id, reopened=None).exists():
            raise Conflict("A later deposit stands on this one.", cure="Open the latest day first.")
        if closed.posting is not None:
            ledger.reverse(
                subject, closed.posting, on=today(subject), source=f"deposit {closed.number}", memo="Day opened again"
            )
        closed.reopened, closed.reopened_by, closed.reopen_reason = clock.now(), subject.name, reason.strip()
        closed.save(update_fields=["reopened", "reopened_by", "reopen_reason"])
        Till.objects.filter(practice=subject.practice, day=closed.day).update(state="counted")
        live.announce(subject, "day close", "")


def _post_difference(subject: Subject, day: date, number: str, cash: Decimal, checks: Decimal) -> int | None:
    """What was found more or less than expected, so that cash and checks in the books are what went to the bank."""
    if not cash and not checks:
        return None
    lines = [Line("cash", cash), Line("check", checks), Line("over_short", -(cash + checks))]
    return ledger.post(subject, "deposit", number, lines, on=day, memo=f"Difference of deposit {number}")


def _refuse_shared(subject: Subject, till: Till, drawer: str) -> None:
    rows = Till.objects.filter(practice=subject.practice, day=till.day, drawer__iexact=drawer, opening__gt=0)
    other = rows.exclude(pk=till.pk).first()
    if other is not None:
        raise Conflict(
            f"{other.name} has the change of {other.drawer} today: {dollars(other.opening)}.",
            cure="Where two share a drawer its change counts once: write 0, or name another drawer.",
            where="opening",
        )


def _held(subject: Subject, till_id: int) -> Till:
    till = fetching.first(Till, "practice = %s AND id = %s FOR UPDATE", [subject.practice, till_id])
    if till is None:
        raise NotFound(f"There is no drawer {till_id}.")
    if till.actor != subject.actor and not subject.has(*CLOSERS):
        raise Forbidden("This is the drawer of somebody else.", cure="A biller or manager counts it.")
    return till


def _refuse_closed(subject: Subject, day: date) -> None:
    closed = DayClose.objects.filter(practice=subject.practice, day=day, reopened=None).first()
    if closed is not None:
        raise Conflict(
            f"{day:%b %-d, %Y} was closed by {closed.closed_by} (deposit {closed.number}).",
            cure="Take it on the next day, or let a manager open the day again.",
            where="day",
        )
