"""What should lie in each drawer, which days are closed, and the checks of payers that go to the bank with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from chartdesk.kit import clock, database
from chartdesk.kit.errors import NotFound
from chartdesk.kit.money import ZERO, money, summed
from chartdesk.kit.transactions import reading
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.statements.models import DayClose, Payment, Till
from chartdesk.record.access import Role, Subject

#: Money in and out of a till by method. A check or card taken back on a later day is the bank's doing, not the
#: drawer's; a refund by check is written in the practice's checkbook.
_MOVED = """
    SELECT method, sum(amount) FROM (
        SELECT method, CASE kind WHEN 'payment' THEN amount ELSE -amount END AS amount
          FROM statements_payment
         WHERE practice = %s AND till_id = %s AND NOT (method = 'check' AND kind = 'refund')
         UNION ALL
        SELECT method, CASE kind WHEN 'payment' THEN -amount ELSE amount END
          FROM statements_payment
         WHERE practice = %s AND void_till_id = %s AND (method = 'cash' OR void_day = day)
           AND NOT (method = 'check' AND kind = 'refund')
    ) AS moved GROUP BY method
"""
#: Paper checks of payers that came and stand on no deposit slip yet: those after the last on one, and of lately those
#: that were passed over then, as a remittance that was posted again. A slip keeps the numbers of its remittances, which
#: came before it was made: whatever came lately and is on a slip is on one that was made since.
_PAYER_CHECKS = """
    WITH listed AS (
        SELECT jsonb_array_elements_text(content->'remittances')::int8 AS id FROM statements_dayclose
         WHERE practice = %(practice)s AND reopened IS NULL AND closed_at > %(lately)s
    )
    SELECT id, payer_name, trace, amount FROM remittance_remittance
     WHERE practice = %(practice)s AND method = 'CHK' AND amount > 0
       AND status NOT IN ('refused', 'duplicate', 'unposted') AND received <= %(now)s
       AND (id > %(last)s OR received > %(lately)s AND id NOT IN (SELECT id FROM listed))
     ORDER BY id
"""
_LAST_DEPOSIT = (
    "SELECT COALESCE(max(payer_checks), 0) FROM statements_dayclose WHERE practice = %s AND reopened IS NULL"
)
_UNCLOSED = """
    SELECT DISTINCT t.day FROM statements_till t
     WHERE t.practice = %s AND t.day < %s AND t.state <> 'closed'
       AND EXISTS (SELECT 1 FROM statements_payment p
                    WHERE p.practice = t.practice AND (p.till_id = t.id OR p.void_till_id = t.id)
                      AND p.method IN ('cash', 'check'))
     ORDER BY t.day DESC
"""
#: Days that are looked at for one that is open, and for a check that stands on no slip.
_AHEAD = _BACK = 60


@dataclass(frozen=True)
class TillView:
    """A till with what should lie in it: ``expected`` cash (with the opening change), checks and cards, dollars."""

    till: Till
    expected: tuple[Decimal, Decimal, Decimal]

    @property
    def counted(self) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
        """What was found: cash, checks, cards."""
        return self.till.cash, self.till.checks, self.till.cards

    @property
    def difference(self) -> tuple[Decimal, Decimal, Decimal]:
        """Found less expected; zero where nothing was counted."""
        off = [ZERO if have is None else have - want for have, want in zip(self.counted, self.expected, strict=True)]
        return off[0], off[1], off[2]

    @property
    def needs_count(self) -> bool:
        """Whether somebody has to look into it: cash or checks moved, or change lay in it."""
        return self.till.state == "open" and any(self.expected[:2])

    @property
    def deposited(self) -> tuple[Decimal, Decimal]:
        """Cash and checks that go to the bank: what was found, without the opening change that stays."""
        cash = self.till.cash if self.till.cash is not None else self.expected[0]
        checks = self.till.checks if self.till.checks is not None else self.expected[1]
        return cash - self.till.opening, checks


@dataclass(frozen=True)
class PayerCheck:
    """A payer's check: the remittance that explains it, the payer, the check's number, dollars."""

    remittance: int
    payer: str
    number: str
    amount: Decimal


@dataclass(frozen=True)
class DayView:
    """The drawers of a day, and its close where it is closed."""

    day: date
    tills: list[TillView]
    closed: DayClose | None
    payer_checks: list[PayerCheck]


def view(subject: Subject, till: Till) -> TillView:
    """A till with what should lie in it."""
    sums = {method: summed(amount) for method, amount in database.rows(_MOVED, [subject.practice, till.pk] * 2)}
    cash = sums.get("cash", ZERO) + till.opening
    return TillView(till, (cash, sums.get("check", ZERO), sums.get("card", ZERO)))


def day_view(subject: Subject, day: date) -> DayView:
    """The drawers of a day; somebody of the desk sees their own."""
    with reading(subject):
        rows = Till.objects.filter(practice=subject.practice, day=day)
        every = subject.has(Role.BILLER, Role.MANAGER)
        rows = rows if every else rows.filter(actor=subject.actor)
        closed = DayClose.objects.filter(practice=subject.practice, day=day, reopened=None).defer("pdf").first()
        checks = payer_checks(subject) if every and closed is None else []
        return DayView(day, [view(subject, one) for one in rows.order_by("name", "pk")], closed, checks)


def unclosed_days(subject: Subject, before: date) -> list[date]:
    """Days before one on which cash or checks were taken and that are not closed, the latest first."""
    with reading(subject):
        return [day for (day,) in database.rows(_UNCLOSED, [subject.practice, before])]


def closed_days(subject: Subject, first: date, last: date) -> set[date]:
    """The days from ``first`` to ``last`` that are closed."""
    with reading(subject):
        rows = DayClose.objects.filter(practice=subject.practice, day__range=(first, last), reopened=None)
        return set(rows.values_list("day", flat=True))


def deposits(subject: Subject, limit: int = 60) -> list[DayClose]:
    """Closed days, the latest first, those opened again among them."""
    with reading(subject):
        return list(DayClose.objects.filter(practice=subject.practice).defer("pdf").order_by("-pk")[:limit])


def deposit(subject: Subject, close_id: int) -> DayClose:
    """A closed day with its slip. Raises NotFound."""
    with reading(subject):
        found = DayClose.objects.filter(practice=subject.practice, pk=close_id).first()
        if found is None:
            raise NotFound(f"There is no closed day {close_id}.")
        return found


def payer_checks(subject: Subject) -> list[PayerCheck]:
    """Checks of payers whose remittances came since the last deposit."""
    now = clock.now()
    values = {"practice": subject.practice, "last": last_payer_check(subject), "now": now}
    rows = database.rows(_PAYER_CHECKS, values | {"lately": now - timedelta(days=_BACK)})
    return [PayerCheck(remittance, payer, number, money(amount)) for remittance, payer, number, amount in rows]


def last_payer_check(subject: Subject) -> int:
    """The last remittance whose check is on a slip."""
    row = database.row(_LAST_DEPOSIT, [subject.practice])
    return int(row[0]) if row else 0


def checks_of(subject: Subject, till: Till) -> list[tuple[Payment, str]]:
    """The checks in a till with the patients' names, in the order in which they came."""
    rows = Payment.objects.filter(practice=subject.practice, till=till, method="check", kind="payment")
    found = [one for one in rows.order_by("pk") if one.void_day != one.day]
    names = registration.names(subject, sorted({one.patient for one in found}))
    return [(one, names[one.patient].name if one.patient in names else one.patient) for one in found]


def open_day(subject: Subject, day: date) -> date:
    """``day``, or the first day after it that is not closed. For money that came in by itself."""
    closed = closed_days(subject, day, day + timedelta(days=_AHEAD))
    while day in closed:
        day += timedelta(days=1)
    return day
