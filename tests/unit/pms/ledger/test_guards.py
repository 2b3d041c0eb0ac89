"""What PostgreSQL itself refuses, with plain SQL and no code of ours in between."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, connections
from django.db import transaction as django_transaction

from chartdesk.kit.transactions import transaction
from chartdesk.pms.ledger import commands, queries
from chartdesk.pms.ledger.rules import Line

DAY = date(2026, 3, 2)
_POSTING = """
    INSERT INTO ledger_posting (practice, kind, source, posted_on, memo, actor, at)
    VALUES (%s, 'raw', %s, '2026-03-02', '', 'test', '2026-03-02T12:00:00Z') RETURNING id
"""
_ENTRY = """
    INSERT INTO ledger_entry (practice, posting_id, account, amount, patient, reference, holder,
                              posted_on, memo)
    VALUES (%s, %s, %s, %s, '', '', '', '2026-03-02', '')
"""


def _post(practice: int, source: str, entries: list[tuple[str, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_POSTING, [practice, source])
        number = cursor.fetchone()[0]
        for account, amount in entries:
            cursor.execute(_ENTRY, [practice, number, account, Decimal(amount)])


@pytest.fixture
def posted(subject) -> int:
    lines = [Line("cash", Decimal("5.00")), Line("unapplied", Decimal("-5.00"))]
    return commands.post(subject, "payment", "1", lines, on=DAY)


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([("cash", "5.00"), ("unapplied", "-4.99")], "does not balance, it is off by 0.01"),
        ([("cash", "5.00")], "does not balance"),
        ([], "fewer than two entries"),
        ([("cash", "0.00"), ("unapplied", "0.00")], "entry_not_zero"),
        ([("ar", "5.00"), ("revenue", "-5.00")], "entry_receivable_has_holder"),
    ],
)
def test_an_unbalanced_posting_cannot_be_committed(subject, entries, words):
    with pytest.raises(IntegrityError, match=words), transaction(subject):
        _post(subject.practice, "1", entries)
    assert queries.trial_balance(subject) == []


def test_a_balanced_one_can(subject):
    with transaction(subject):
        _post(subject.practice, "1", [("cash", "5.00"), ("unapplied", "-3.00"), ("interest", "-2.00")])
    assert queries.in_balance(subject)


def test_no_entry_can_be_slipped_into_an_old_posting(subject, posted):
    with (
        pytest.raises(IntegrityError, match="does not balance"),
        transaction(subject),
        connection.cursor() as cursor,
    ):
        cursor.execute(_ENTRY, [subject.practice, posted, "cash", Decimal("1.00")])


def test_no_entry_of_one_practice_hangs_on_a_posting_of_another(subject, posted):
    other = subject.practice + 1_000_000
    with (
        pytest.raises(IntegrityError, match="is not of practice"),
        transaction(other),
        connection.cursor() as cursor,
    ):
        cursor.execute(_ENTRY, [other, posted, "cash", Decimal("1.00")])


def test_the_check_does_not_depend_on_the_practice_that_is_set_at_the_commit(subject):
    refused = pytest.raises(IntegrityError, match="does not balance")
    with refused, django_transaction.atomic(), transaction(subject):
        _post(subject.practice, "1", [("cash", "5.00")])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET amount = amount + 1",
        "UPDATE ledger_entry SET memo = 'x' WHERE false",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_posting SET posted_on = '2020-01-01'",
        "DELETE FROM ledger_posting",
    ],
)
@pytest.mark.parametrize("alias", ["default", "owner"])
def test_what_was_posted_is_never_changed_not_even_by_the_owner(subject, posted, statement, alias):
    before = queries.trial_balance(subject)
    refused = pytest.raises(IntegrityError, match="never changed or deleted")
    with refused, transaction(subject), connections[alias].cursor() as cursor:
        cursor.execute(statement)
    assert queries.trial_balance(subject) == before


def test_the_owner_cannot_truncate_it(subject, posted):
    with pytest.raises(IntegrityError, match="never changed"), connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE ledger_entry")


def test_one_practice_does_not_see_the_books_of_another(subject, posted):
    with transaction(subject.practice + 1_000_000), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry")
        assert cursor.fetchone() == (0,)
