"""Random histories of patients' accounts: after every step each figure follows from what was charged, paid and let off.

``HISTORIES`` says how many are lived through, ``HISTORY_SEED`` where they begin.
"""

from __future__ import annotations

import os
import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.money.office import DAY, NOW, Office

from chartdesk.kit import clock, database
from chartdesk.kit.errors import Conflict
from chartdesk.kit.transactions import transaction

D = Decimal
HISTORIES, SEED = int(os.environ.get("HISTORIES", "8")), int(os.environ.get("HISTORY_SEED", "1"))
#: A history has this many steps, and goes on until so many kinds of things have happened, but not for ever.
STEPS, KINDS, MOST = 30, 6, 200
METHODS = ("cash", "check", "card")
_OWED = """
    SELECT COALESCE(sum(amount) FILTER (WHERE account = 'ar'), 0),
           -COALESCE(sum(amount) FILTER (WHERE account = 'patient_credit'), 0)
      FROM ledger_entry WHERE practice = %s AND patient = %s
"""
_PAID = """
    SELECT COALESCE(sum(CASE kind WHEN 'payment' THEN amount ELSE -amount END), 0) FROM statements_payment
     WHERE practice = %s AND patient = %s AND voided IS NULL
"""
_BY_METHOD = """
    SELECT COALESCE(sum(CASE kind WHEN 'payment' THEN amount ELSE -amount END), 0) FROM statements_payment
     WHERE practice = %s AND method = %s AND voided IS NULL
"""
_SUM, _ON = (
    f"SELECT COALESCE(sum(amount), 0) FROM ledger_entry WHERE practice = %s AND account = %s{narrowed}"
    for narrowed in ("", " AND posted_on = %s")
)
_CHECKS = """
    SELECT COALESCE(sum(amount), 0) FROM statements_payment
     WHERE practice = %s AND day = %s AND method = 'check' AND kind = 'payment' AND void_day IS DISTINCT FROM day
"""


class History:
    """Two patients, days that are closed, and what somebody could do to their accounts."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office, self.subject, self.chance = office, office.subject, random.Random(seed)
        self.patients = [office.patient(payers=()) for _ in range(2)]
        self.charged = dict.fromkeys(self.patients, D(0))
        self.let_off: dict[int, tuple[str, Decimal]] = {}
        self.differences, self.days, self.keys, self.visits = D(0), 0, 0, 0
        self.done: set[str] = set()

    def step(self) -> None:
        """One of the things that happen; what is refused changes nothing."""
        ways = (self.charge, self.charge, self.pay, self.pay, self.void, self.refund, self.write_off,
                self.take_back, self.plan, self.close)  # fmt: skip
        way, patient = self.chance.choice(ways), self.chance.choice(self.patients)
        with clock.at(NOW + timedelta(days=self.days)):
            if way(patient):
                self.done.add(way.__name__)

    def amount(self, most: int) -> Decimal:
        return D(self.chance.randint(1, most * 100)) / 100

    def key(self) -> str:
        self.keys += 1
        return f"key-{self.keys}"

    def charge(self, patient: str) -> bool:
        from chartdesk.pms.statements import commands

        amount = self.amount(200)
        self.visits += 1
        on = DAY - timedelta(days=self.visits * 7)
        self.office.charge(patient, [("99213", str(amount))], on=on, self_pay=True)
        self.charged[patient] += amount
        commands.apply_credit(self.subject, patient)
        return True

    def pay(self, patient: str) -> bool:
        from chartdesk.pms.statements import commands

        method = self.chance.choice(METHODS)
        commands.take_payment(self.subject, patient, self.amount(250), method, idempotency_key=self.key())
        return True

    def void(self, patient: str) -> bool:
        from chartdesk.pms.statements import commands, queries

        standing = [one for one in queries.payments(self.subject, patient) if not one.voided]
        if standing:
            commands.void_payment(self.subject, self.chance.choice(standing).pk, "It never was one")
        return bool(standing)

    def refund(self, patient: str) -> bool:
        from chartdesk.pms.statements import commands, queries

        credit = queries.balances(self.subject, patient).credit
        wanted, method, key = self.amount(100), self.chance.choice(METHODS), self.key()
        try:
            commands.refund(self.subject, patient, wanted, method, idempotency_key=key, reason="Too much")
        except Conflict:
            assert wanted > credit
            return False
        assert wanted <= credit
        return True

    def write_off(self, patient: str) -> bool:
        from chartdesk.pms.statements import queries, write_offs

        owed, wanted = queries.balances(self.subject, patient).patient, self.amount(100)
        kind, key = self.chance.choice(list(write_offs.KINDS)), self.key()
        try:
            made = write_offs.write_off(self.subject, patient, wanted, kind, "Agreed", idempotency_key=key)
        except Conflict:
            assert wanted > owed
            return False
        self.let_off[made] = patient, wanted
        return True

    def take_back(self, patient: str) -> bool:
        from chartdesk.pms.statements import write_offs

        ours = [posting for posting, (whose, _) in self.let_off.items() if whose == patient]
        if ours:
            posting = self.chance.choice(ours)
            write_offs.take_back(self.subject, posting, "Paid after all")
            del self.let_off[posting]
        return bool(ours)

    def plan(self, patient: str) -> bool:
        from chartdesk.pms.statements import plans

        try:
            plans.agree(self.subject, patient, each=D(50), first=(NOW + timedelta(days=self.days + 3)).date())
        except Conflict:
            return False
        return True

    def close(self, _: str) -> bool:
        """Count, now and then with some cash too many or missing, and close; the slip is what the books say."""
        from chartdesk.pms.statements import till_queries, tills

        day = tills.today(self.subject)
        for one in till_queries.day_view(self.subject, day).tills:
            off = self.chance.choice((D(0), D(0), D("-1.25"), D(2)))
            cash, checks, cards = one.expected
            tills.count(self.subject, one.till.pk, cash=cash + off, checks=checks, cards=cards, note="As found")
            self.differences += off
        made = tills.close(self.subject, day)
        self.days += 1
        cash, checks = self._sum(_ON, "cash", day), self._sum(_CHECKS, day)
        assert made.deposit == cash + checks
        assert sum((D(row[3].replace("$", "").replace(",", "")) for row in made.content["checks"]), D(0)) == checks
        return True

    def _sum(self, statement: str, *values: str | date) -> Decimal:
        with transaction(self.subject):
            return D(database.rows(statement, [self.subject.practice, *values])[0][0])

    def check(self) -> None:
        """Every figure follows from what was charged, paid and let off."""
        from chartdesk.pms.statements import plan_queries, queries

        self.office.books()
        for patient in self.patients:
            with transaction(self.subject):
                owed, credit = database.rows(_OWED, [self.subject.practice, patient])[0]
            let_off = sum((amount for whose, amount in self.let_off.values() if whose == patient), D(0))
            assert owed - credit == self.charged[patient] - self._sum(_PAID, patient) - let_off
            assert owed >= 0 and credit >= 0 and not (owed and credit)
            view = queries.account(self.subject, patient)
            assert sum((visit.balance for visit in view.rows), D(0)) == view.balance_patient == owed
            assert all(one.charges - one.payments - one.adjustments == one.balance for one in view.rows)
            assert sum(view.aging.values(), D(0)) == owed
            planned = [one for one in plan_queries.plans(self.subject, patient) if one.plan.state == "active"]
            assert all(one.standing.left for one in planned)
            assert sum((one.standing.left for one in planned), D(0)) <= owed
        for method in METHODS:
            found = self.differences if method == "cash" else D(0)
            assert self._sum(_SUM, method) == self._sum(_BY_METHOD, method) + found


@pytest.mark.parametrize("seed", range(SEED, SEED + HISTORIES))
def test_no_cent_of_a_patient_is_lost(office, seed):
    history, steps = History(office, seed), 0
    while steps < STEPS or len(history.done) < KINDS:
        steps += 1
        assert steps <= MOST, history.done
        history.step()
        with clock.at(NOW + timedelta(days=history.days)):
            history.check()
