"""Money that turns out not to be there: what it paid is owed again, wherever it had gone meanwhile."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.money.office import CLAIM_CODES, DAY, NOW, decided
from tests.unit.pms.statements.test_accounts import SHARE

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound

D = Decimal


def _balances(office, patient):
    from chartdesk.pms.statements import queries

    figures = queries.balances(office.subject, patient)
    return figures.patient, figures.insurance, figures.credit


def _take(office, patient, amount, key="k", method="check"):
    from chartdesk.pms.statements import commands

    return commands.take_payment(office.subject, patient, D(amount), method, idempotency_key=key)


def _void(office, payment):
    from chartdesk.pms.statements import commands

    return commands.void_payment(office.subject, payment.pk, "The check bounced.")


@pytest.fixture
def applied(office):
    """A patient whose check of $40 paid $29 that came later, as credit does; the payment."""
    from chartdesk.kit import outbox
    from chartdesk.pms.statements import subscriptions

    subscriptions.connect()
    claim = office.claim(CLAIM_CODES)
    payment = _take(office, claim.patient, "40")
    office.receive(office.remit(decided(claim, SHARE)))
    outbox.deliver_all(office.subject.practice)
    assert _balances(office, claim.patient) == (0, 0, D("11.00"))
    return payment


def test_what_credit_of_a_bounced_check_paid_is_owed_billed_and_collected(office, applied):
    from chartdesk.pms.statements import commands, queries

    _void(office, applied)
    assert _balances(office, applied.patient) == (D("29.00"), 0, 0)
    assert [(one.patient_id, one.balance) for one in queries.patients_owing(office.subject)] == [
        (applied.patient, D("29.00"))
    ]
    assert commands.issue_statement(office.subject, applied.patient).balance == D("29.00")
    (visit,) = queries.account(office.subject, applied.patient).rows
    assert visit.charges - visit.payments - visit.adjustments == visit.balance == D("29.00")
    assert [one.text for one in visit.entries].count("Credit taken back") == 2
    _take(office, applied.patient, "29", "again")
    assert _balances(office, applied.patient) == (0, 0, 0)
    office.books()


def test_only_as_much_is_taken_back_as_credit_is_missing(office, applied):
    _take(office, applied.patient, "20", "more")
    _void(office, applied)
    assert _balances(office, applied.patient) == (D("9.00"), 0, 0)
    office.books()


def test_what_was_given_back_of_a_bounced_check_is_owed_too(office, applied):
    from chartdesk.pms.statements import commands, queries

    refund = commands.refund(office.subject, applied.patient, D("11"), "check", idempotency_key="r", reason="Ahead")
    _void(office, applied)
    # Of the $40 that never came, $29 had paid something and $11 went out of the practice's pocket.
    assert _balances(office, applied.patient) == (D("40.00"), 0, 0)
    given, visit = queries.account(office.subject, applied.patient).rows
    assert (given.title, given.balance, given.superbill_id) == ("Money given back", D("11.00"), 0)
    assert given.charges - given.payments - given.adjustments == given.balance
    assert visit.balance == D("29.00")
    statement = queries.statement(office.subject, commands.issue_statement(office.subject, applied.patient).pk)
    assert [row["balance"] for row in statement.content["visits"]] == ["$11.00", "$29.00"]
    commands.void_payment(office.subject, refund.pk, "The refund was never mailed")
    assert _balances(office, applied.patient) == (D("29.00"), 0, 0)
    _take(office, applied.patient, "29", "again")
    assert _balances(office, applied.patient) == (0, 0, 0)
    office.books()


def test_a_plan_that_a_bounced_check_had_ended_runs_again(office):
    from chartdesk.pms.statements import plan_queries, plans

    patient = office.patient()
    office.charge(patient, [("99213", "100")], self_pay=True)
    plan = plans.agree(office.subject, patient, each=D("50"), first=date(2026, 3, 20))
    _take(office, patient, "50", "a", "cash")
    last = _take(office, patient, "50", "b")
    assert plan_queries.plan(office.subject, plan.pk).plan.state == "done"
    with clock.at(NOW + timedelta(days=30)):
        _void(office, last)
        found = plan_queries.plan(office.subject, plan.pk)
        assert (found.plan.state, found.plan.ended, found.standing.left) == ("active", None, D("50.00"))
        with pytest.raises(Conflict, match="owes nothing that could"):
            plans.agree(office.subject, patient, each=D("50"), first=date(2026, 5, 1))
    office.books()


def test_a_write_off_is_told_as_one_and_taken_back(office):
    from chartdesk.pms.statements import queries, write_offs

    patient = office.patient()
    office.charge(patient, [("99213", "140")], on=DAY - timedelta(days=300), self_pay=True)
    office.charge(patient, [("87880", "32")], self_pay=True)
    write = lambda amount, key, **given: write_offs.write_off(  # noqa: E731
        office.subject, patient, D(amount), given.get("kind", "bad_debt"), "Agency gave up", idempotency_key=key
    )
    made = write("150", "w")
    assert write("150", "w") == made
    assert office.balance("writeoff.bad_debt") == D("150.00")
    assert _balances(office, patient) == (D("22.00"), 0, 0)
    newer, older = queries.account(office.subject, patient).rows
    assert (older.adjustments, older.balance, newer.adjustments, newer.balance) == (140, 0, 10, 22)
    assert older.entries[-1].text == "Bad debt: Agency gave up"
    with pytest.raises(Conflict, match=r"owes \$22\.00, less than \$23\.00"):
        write("23", "x", kind="hardship")
    write("22", "y", kind="hardship")
    assert office.balance("adjustment.other") == D("22.00")
    write_offs.take_back(office.subject, made, "The patient paid after all")
    assert _balances(office, patient) == (D("150.00"), 0, 0)
    assert [(one.amount, one.back) for one in write_offs.write_offs(office.subject, patient)] == [
        (D("22.00"), ""),
        (D("150.00"), "Taken back: The patient paid after all"),
    ]
    with pytest.raises(Conflict):
        write_offs.take_back(office.subject, made, "Again")
    office.books()


@pytest.mark.parametrize(
    ("amount", "kind", "reason", "key", "where"),
    [
        ("0", "bad_debt", "x", "k", "amount"),
        ("5", "theft", "x", "k", "kind"),
        ("5", "courtesy", " ", "k", "reason"),
        ("5", "courtesy", "x", "", "idempotency_key"),
    ],
)
def test_what_is_no_write_off(office, amount, kind, reason, key, where):
    from chartdesk.pms.statements import write_offs

    with pytest.raises(Invalid) as raised:
        write_offs.write_off(office.subject, office.patient(), D(amount), kind, reason, idempotency_key=key)
    assert raised.value.where == where


def test_the_desk_writes_nothing_off_and_nothing_else_is_taken_back_so(office):
    from dataclasses import replace

    from chartdesk.pms.statements import write_offs
    from chartdesk.record.access import Role

    patient = office.patient()
    office.charge(patient, [("99213", "140")], self_pay=True)
    payment = _take(office, patient, "10")
    desk = replace(office.subject, roles=frozenset({Role.FRONT_DESK}))
    with pytest.raises(Forbidden):
        write_offs.write_off(desk, patient, D("5"), "courtesy", "x", idempotency_key="k")
    with pytest.raises(NotFound):
        write_offs.take_back(office.subject, payment.posting, "Not a write-off")
