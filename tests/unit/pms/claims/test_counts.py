"""The counts that the database keeps of claims are those of the claims, whatever becomes of them."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection
from tests.money.office import Cut, Paid, decided, reversed_

from chartdesk.kit import database
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims import counting, queries
from chartdesk.pms.claims.models import STATUSES, Claim


def _counted(office) -> dict[str, tuple[int, Decimal]]:
    """Status → how many claims and dollars, from the claims themselves."""
    with transaction(office.subject):
        rows = list(Claim.objects.filter(practice=office.subject.practice).values_list("status", "total"))
    counts = Counter(status for status, _ in rows)
    return {one: (n, sum(total for status, total in rows if status == one)) for one, n in counts.items()}


def _kept(office) -> dict[str, tuple[int, Decimal]]:
    return {one.status: (one.count, one.total) for one in queries.by_status(office.subject)}


def test_through_the_whole_life_of_claims(office):
    from chartdesk.pms.claims import commands as claims
    from chartdesk.pms.remittance import commands as remittance

    assert _kept(office) == {}
    good, bad, third = (office.claim([("99213", "140")]) for _ in range(3))
    assert _kept(office) == {"submitted": (3, Decimal(420))}
    first = decided(good, [Paid("99213", "140", "100", [Cut("CO", "45", "40")])])
    none = decided(bad, [Paid("99213", "140", "0", [Cut("CO", "29", "140")])], status="4")
    view, _ = office.receive(office.remit(first, none))
    assert _kept(office) == _counted(office)
    assert set(_kept(office)) == {"paid", "denied", "submitted"}
    remittance.unpost(office.subject, view.row.pk, "The check bounced.")
    remittance.post(office.subject, view.row.pk)
    office.receive(office.remit(reversed_(first), plb=[("FB", "X", "-100")]))
    claims.replace(office.subject, bad.claim_id)
    many = claims.build_many(office.subject, [office.charge(office.patient()) for _ in range(4)]).numbers
    claims.submit(office.subject, many[:2])
    assert _kept(office) == _counted(office)
    assert [one.status for one in queries.by_status(office.subject)] == [
        one for one in STATUSES if one in _kept(office)
    ]
    assert counting.differences(office.subject) == []
    assert counting.fold(office.subject) > 0
    assert counting.fold(office.subject) == 0
    assert _kept(office) == _counted(office)
    assert third.number


def _rows(office, count: int) -> list[int]:
    """Claims as one statement writes them."""
    made = [
        Claim(
            practice=office.subject.practice, number=f"X{place}", superbill=place, patient="p", coverage="",
            payer_id="ACME1", status="ready", total=Decimal(place), service_date="2026-03-02",
            built_at="2026-03-02T12:00:00Z", content={},
        )
        for place in range(1, count + 1)
    ]  # fmt: skip
    with transaction(office.subject):
        return [one.pk for one in Claim.objects.bulk_create(made)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_statements_in_any_order(office, seed):
    chance = random.Random(seed)
    numbers = _rows(office, 30)
    for _ in range(40):
        with transaction(office.subject):
            rows = Claim.objects.filter(pk__in=chance.sample(numbers, chance.randint(0, 12)))
            if chance.random() < 0.7:
                rows.update(status=chance.choice(STATUSES))
            elif chance.random() < 0.7:
                rows.update(total=chance.randint(1, 500), patient="q")
            else:
                rows.delete()
        if chance.random() < 0.2:
            counting.fold(office.subject)
    assert counting.differences(office.subject) == []
    assert _kept(office) == _counted(office)


def test_what_is_taken_back_is_not_counted(office):
    numbers = _rows(office, 3)
    with pytest.raises(ZeroDivisionError), transaction(office.subject):
        Claim.objects.filter(pk__in=numbers).update(status="paid")
        raise ZeroDivisionError
    assert _kept(office) == {"ready": (3, Decimal(6))}


def test_many_who_change_claims_at_once_and_fold_lose_nothing(office):
    numbers = _rows(office, 40)

    def work(place: int) -> None:
        try:
            for turn, one in enumerate(numbers[place::4]):
                with transaction(office.subject):
                    Claim.objects.filter(pk=one).update(status=("held", "paid")[turn % 2])
                counting.fold(office.subject)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert counting.differences(office.subject) == []
    assert {status: count for status, (count, _) in _kept(office).items()} == {"held": 20, "paid": 20}


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO claims_tally (practice, status, claims, total) VALUES (%s, 'paid', 1, 1)",
        "UPDATE claims_tally SET claims = 9 WHERE practice = %s",
        "DELETE FROM claims_tally WHERE practice = %s",
    ],
)
def test_nobody_else_writes_them(office, statement):
    _rows(office, 1)
    with pytest.raises(IntegrityError, match="follow from the claims"), transaction(office.subject):
        connection.cursor().execute(statement, [office.subject.practice])
    assert _kept(office) == {"ready": (1, Decimal(1))}


def test_what_was_written_past_them_is_found_and_made_anew(office):
    _rows(office, 2)
    with transaction(office.subject):
        database.execute("SELECT set_config('chartdesk.counting', 'on', true)")
        database.execute("UPDATE claims_tally SET claims = 7 WHERE practice = %s", [office.subject.practice])
    (found,) = counting.differences(office.subject)
    assert str(found) == "claims ready: there are 2 of $3.00, kept is 7 of $3.00"
    counting.count_anew(office.subject)
    assert counting.differences(office.subject) == []
