"""The sums that the database keeps say what the entries say, whatever is posted, and nobody else writes them."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, connections
from tests.unit.pms.ledger import as_told

from chartdesk.insight import kpis, receivables
from chartdesk.kit import database
from chartdesk.kit.money import LIMIT, ZERO
from chartdesk.kit.transactions import transaction
from chartdesk.pms.ledger import commands, merging, queries, summing
from chartdesk.pms.ledger.commands import Draft
from chartdesk.pms.ledger.rules import BUCKETS, Line, bucket
from chartdesk.pms.statements import queries as accounts
from chartdesk.record.merging import rows

DAY = date(2026, 3, 2)
HOLDERS = ("patient", "payer:60054", "payer:62308")


def _owed(amount: str, *, reference: str = "charge:1", holder: str = "patient", patient: str = "p1") -> list[Line]:
    value = Decimal(amount)
    return [Line("ar", value, patient, reference, holder), Line("revenue", -value, patient, reference)]


class Books:
    """Random postings on forty charges of five patients over two years, the days in no order."""

    def __init__(self, subject, seed: int) -> None:
        self.subject, self.chance, self.made = subject, random.Random(seed), []
        self.patients = {f"charge:{number}": f"p{number % 5}" for number in range(40)}
        self.sources = iter(range(10_000))
        for reference, owner in self.patients.items():
            lines = _owed("10.00", reference=reference, holder=self.chance.choice(HOLDERS), patient=owner)
            commands.post(subject, "charge", reference, lines, on=self.day())

    def day(self) -> date:
        """Mostly of the last weeks, some of long ago, a few to come."""
        return DAY - timedelta(self.chance.choice([-9, -1, *range(20), *range(0, 700, 40)]))

    def lines(self) -> list[Line]:
        """One to three receivables with what stands against them, some of them payments."""
        found = []
        for reference in self.chance.sample(sorted(self.patients), self.chance.randint(1, 3)):
            amount = Decimal(self.chance.randint(1, 9)) * self.chance.choice([-10, 10, 10])
            against = "revenue" if amount > 0 else self.chance.choice(["eft", "cash", "adjustment.contractual"])
            owner = self.patients[reference]
            found.append(Line("ar", amount, owner, reference, self.chance.choice(HOLDERS)))
            found.append(Line(against, -amount, owner, reference))
        return found

    def post(self) -> None:
        source = str(next(self.sources))
        self.made.append(commands.post(self.subject, "random", source, self.lines(), on=self.day()))

    def post_many(self) -> None:
        drafts = [Draft("random", str(next(self.sources)), self.lines()) for _ in range(self.chance.randint(1, 9))]
        self.made += commands.post_many(self.subject, drafts, on=self.day())

    def reverse(self) -> None:
        if self.made:
            number = self.made.pop(self.chance.randrange(len(self.made)))
            commands.reverse(self.subject, number, on=self.day(), source=str(next(self.sources)), memo="")

    def merge_and_perhaps_undo(self) -> None:
        """Give one patient's entries to another; half of the time undo it, after something else was posted."""
        known = sorted(set(self.patients.values()))
        if len(known) < 3:
            return
        source, target = self.chance.sample(known, 2)
        theirs = [one for one, owner in self.patients.items() if owner == source]
        with transaction(self.subject):
            moved = rows.move(self.subject, source, target)
        self.patients |= dict.fromkeys(theirs, target)
        if self.chance.random() < 0.5:
            return
        for _ in range(3):
            self.post_many()
        with transaction(self.subject):
            for table, numbers in moved.items():
                rows.move_back(self.subject, table, numbers, source, target)
            merging.give_back(self.subject, source, target)
        self.patients |= dict.fromkeys(theirs, source)

    def step(self) -> None:
        """Something happens."""
        ways = [self.post, self.post_many, self.post_many, self.reverse, self.merge_and_perhaps_undo]
        self.chance.choice(ways)()


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_posted_both_ways_give_the_same_answers(subject, seed):
    books = Books(subject, seed)
    for _ in range(4):
        for _ in range(12):
            books.step()
        if books.chance.random() < 0.5:
            summing.fold(subject)
        assert summing.differences(subject) == []
        for on in (DAY + timedelta(30), DAY, *(DAY - timedelta(days) for days in (1, 2, 5, 15, 45, 200, 650, 800))):
            _compare(subject, on)
        _compare_owing(subject)
    assert as_told.aging(subject, DAY)
    assert as_told.owing(subject)


def _compare(subject, on: date) -> None:
    expected: dict[str, dict[str, Decimal]] = {}
    for holder, since, amount in as_told.aging(subject, on):
        told = expected.setdefault(holder, {name: ZERO for name, _ in BUCKETS})
        told[bucket(since, on)] += amount
    assert {row.holder: row.buckets for row in queries.aging(subject, on)} == expected
    given = {"practice": subject.practice, "last": on, "old": receivables.OLD, "window": receivables.WINDOW}
    with transaction(subject):
        assert database.rows(receivables.STANDING, given) == as_told.standing(subject, on)
        found = database.rows(receivables.OWED.statement, given)
    _compare_weeks(subject, on)
    shown = [(patient, since, text, due) for _, _, patient, since, text, due in found]
    assert sorted(shown) == sorted(as_told.owed(subject, on))
    for account in ("ar", "revenue", "eft"):
        assert queries.balance(subject, account, until=on) == as_told.balance(subject, account, on)


def _compare_weeks(subject, on: date) -> None:
    """Each week of the dashboard says what its last day says, the one that is not over yet what the day says."""
    shown = {one.name: one.series for one in kpis.dashboard(subject, on - timedelta(20), on).figures}
    for owed, days in zip(shown["ar_total"], shown["days_in_ar"], strict=True):
        ((due, _, charged),) = as_told.standing(subject, min(owed.week + timedelta(6), on))
        assert owed.value == due
        assert days.value == ((due / (charged / 90)).quantize(Decimal("0.1")) if charged > 0 else None)


def _compare_owing(subject) -> None:
    assert [tuple(row) for row in queries.trial_balance(subject)] == as_told.trial(subject)
    told = as_told.owing(subject)
    assert [(one.patient_id, one.balance, one.since) for one in accounts.patients_owing(subject)] == told
    assert accounts.owing_in_all(subject) == (len(told), sum((due for _, due, _ in told), ZERO))
    pages = [one for first in range(0, 9, 2) for one in accounts.patients_owing(subject, limit=2, first=first)]
    assert [one.patient_id for one in pages] == [patient for patient, _, _ in told]


def test_many_who_post_on_the_same_charges_at_once_lose_nothing(subject):
    references = [f"charge:{number}" for number in range(30)]

    def work(place: int) -> None:
        chance = random.Random(place)
        try:
            for turn in range(6):
                drafts = [
                    Draft(f"at once {place}", f"{turn}-{one}", _owed("1.00", reference=one))
                    for one in chance.sample(references, len(references))
                ]
                commands.post_many(subject, drafts, on=DAY)
                summing.fold(subject)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    assert summing.differences(subject) == []
    assert queries.balance(subject, "ar") == len(references) * 36
    summing.fold(subject)
    with transaction(subject):
        assert database.rows("SELECT count(*) FROM ledger_daysum WHERE practice = %s", [subject.practice]) == [(2,)]


def test_a_large_practice_may_owe_more_than_one_input_may_say(subject):
    """Each amount is as large as an input may be; every sum of them is larger."""
    for number in range(4):
        lines = _owed(str(LIMIT), reference=f"charge:{number}", holder=HOLDERS[number % 2], patient=f"p{number % 2}")
        commands.post(subject, "charge", str(number), lines, on=DAY)
    whole = 4 * LIMIT
    assert queries.trial_balance(subject) == [("ar", whole, ZERO, whole), ("revenue", ZERO, whole, -whole)]
    assert queries.balance(subject, "ar") == whole
    assert queries.balance(subject, "ar", holder="patient") == 2 * LIMIT
    assert {row.holder: row.total for row in queries.aging(subject, DAY)} == dict.fromkeys(HOLDERS[:2], 2 * LIMIT)
    assert receivables.aging(subject, DAY).total == whole
    assert queries.aging(subject, DAY, patient="p0")[0].total == 2 * LIMIT
    assert accounts.balances(subject, "p0").patient == 2 * LIMIT
    assert accounts.owing_in_all(subject) == (1, 2 * LIMIT)
    shown = {one.name: one.value for one in kpis.dashboard(subject, DAY, DAY).figures}
    assert shown["ar_total"] == whole


_COLUMNS = {
    "ledger_balance": "practice, reference, holder, patient, due, since",
    "ledger_daysum": "practice, account, day, debits, credits, entries",
}
_WRITES = (
    "UPDATE ledger_balance SET due = due + 1",
    "UPDATE ledger_daysum SET debits = debits + 1",
    *(f"DELETE FROM {table}" for table in _COLUMNS),
    *(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}" for table, columns in _COLUMNS.items()),
)


@pytest.mark.parametrize("statement", _WRITES)
@pytest.mark.parametrize("alias", ["default", "owner"])
def test_nobody_writes_the_sums_not_even_the_owner(subject, statement, alias):
    commands.post(subject, "charge", "1", _owed("5.00"), on=DAY)
    refused = pytest.raises(IntegrityError, match="follow from the entries")
    with refused, transaction(subject), connections[alias].cursor() as cursor:
        cursor.execute(statement)
    assert summing.differences(subject) == []


@pytest.mark.parametrize("table", _COLUMNS)
def test_the_owner_cannot_truncate_them(subject, table):
    with pytest.raises(IntegrityError, match="follow from"), connections["owner"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {table}")


def test_what_was_written_past_the_guards_is_found_and_made_anew(subject):
    commands.post(subject, "charge", "1", _owed("5.00"), on=DAY)
    commands.post(subject, "charge", "2", _owed("7.00", reference="charge:2"), on=DAY)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SELECT set_config('chartdesk.practice', %s, false)", [str(subject.practice)])
        for change in ("due = due + 1", "since = since - 1", "patient = 'p9'"):
            cursor.execute(f"UPDATE ledger_balance SET {change} WHERE practice = %s", [subject.practice])
        cursor.execute("DELETE FROM ledger_daysum WHERE practice = %s AND account = 'ar'", [subject.practice])
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("SELECT set_config('chartdesk.practice', '', false)")
    other = "since 2026-03-01 of another patient"
    assert [str(one) for one in summing.differences(subject)] == [
        f"balance charge:1 patient: the entries say 5.00 since 2026-03-02, kept is 6.00 {other}",
        f"balance charge:2 patient: the entries say 7.00 since 2026-03-02, kept is 8.00 {other}",
        "day ar 2026-03-02: the entries say 12.00 in 2 entries, kept is nothing",
    ]
    summing.sum_anew(subject)
    assert summing.differences(subject) == []
    assert queries.open_references(subject) == {"charge:1": {"patient": 5}, "charge:2": {"patient": 7}}


def test_one_practice_does_not_see_the_sums_of_another(subject):
    commands.post(subject, "charge", "1", _owed("5.00"), on=DAY)
    with transaction(subject.practice + 1_000_000):
        assert database.rows("SELECT count(*) FROM ledger_balance") == [(0,)]
        assert database.rows("SELECT count(*) FROM ledger_daysum") == [(0,)]
