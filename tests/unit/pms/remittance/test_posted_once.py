"""Two workers, one 835: posted once. Whatever a payer sends, the books balance and the bank holds BPR02."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.money.office import CLAIM_CODES, Cut, Paid, decided, reversed_

GOOD = [Paid("99213", "140", "100", [Cut("CO", "45", "40")])]


def _at_once(office, count, work):
    """``work`` in ``count`` threads with connections of their own, let go at the same moment."""
    from django.db import connection

    from chartdesk.kit import clock

    ready, moment = threading.Barrier(count), clock.now()

    def one(number):
        try:
            connection.ensure_connection()
            ready.wait()
            with clock.at(moment):
                return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(one, range(count)))


def test_two_workers_post_the_same_835_once(office):
    from chartdesk.pms.remittance import commands, queries

    claims = [office.claim([("99213", "140")]) for _ in range(12)]
    number = commands.receive(
        office.subject, office.remit(*(decided(one, GOOD) for one in claims), plb=[("WO", "X", "7")])
    )
    reports = _at_once(office, 2, lambda _: commands.post(office.subject, number))
    assert sum(report.posted for report in reports) == 12
    assert sum(report.posted + report.duplicates for report in reports) == 24
    assert office.balance("eft") == Decimal("1193.00")
    assert queries.remittance(office.subject, number).row.status == "posted"
    office.books()


def test_the_same_payment_in_two_files_received_at_the_same_moment_posts_once(office):
    from chartdesk.pms.remittance import commands

    claims = [office.claim([("99213", "140")]) for _ in range(4)]
    files = [office.remit(*(decided(one, GOOD) for one in claims), trace=trace) for trace in ("555", "0555", "00555")]

    def work(place):
        number = commands.receive(office.subject, files[place % 3])
        return commands.post(office.subject, number)

    reports = _at_once(office, 6, work)
    assert sum(report.posted for report in reports) == 4
    assert office.balance("eft") == Decimal("400.00")
    office.books()


_cents = st.integers(0, 14000).map(lambda cents: Decimal(cents) / 100)
_cut = st.tuples(
    st.sampled_from(["CO", "PR", "OA", "PI", "CR"]),
    st.sampled_from(["1", "2", "3", "16", "18", "22", "23", "29", "45", "96", "97", "104", "133", "225", "253", "ZZ9"]),
    st.integers(-500, 14000).map(lambda cents: Decimal(cents) / 100),
)
_line = st.lists(_cut, max_size=4, unique_by=lambda cut: cut[:2])
_plb = st.tuples(st.sampled_from(["WO", "FB", "L6", "72", "CS", "J1"]), st.sampled_from(["", "A", "B"]), _cents)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    cuts=st.tuples(_line, _line),
    status=st.sampled_from(["1", "2", "4", "19"]),
    known=st.booleans(),
    matched=st.booleans(),
    back=st.booleans(),
    plb=st.lists(_plb, max_size=3),
)
def test_whatever_balances_keeps_the_books_balanced(office, cuts, status, known, matched, back, plb):
    from chartdesk.pms.ledger import queries as books

    before = office.balance("eft")
    claim = office.claim(CLAIM_CODES)
    lines = [
        Paid(
            code,
            charge,
            str(Decimal(charge) - sum(cut[2] for cut in given)),
            [Cut(group, reason, str(amount)) for group, reason, amount in given],
            control="" if matched else "-",
        )
        for (code, charge), given in zip(CLAIM_CODES, cuts, strict=True)
    ]
    payment = decided(claim if known else None, lines, status=status, number="" if known else f"X{claim.number}")
    view, _ = office.receive(office.remit(payment, plb=[(code, name, str(amount)) for code, name, amount in plb]))
    sent = view.row.amount
    if back:
        view, _ = office.receive(office.remit(reversed_(payment)))
        sent += view.row.amount
    assert office.balance("eft") == before + sent
    assert books.in_balance(office.subject)
    if known and back:
        owed = books.open_references(office.subject, claim.patient)
        assert {holder for holders in owed.values() for holder in holders} == {"payer:ACME1"}
        assert sum(due for holders in owed.values() for due in holders.values()) == claim.total
