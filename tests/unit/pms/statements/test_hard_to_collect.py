"""Small balances and collections: whom the practice's rules find, and whom they leave alone."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.money.office import DAY

from chartdesk.kit.errors import Conflict, Invalid

D = Decimal
OLD = DAY - timedelta(days=200)


def _owing(office, amount, on=OLD):
    patient = office.patient()
    office.charge(patient, [("99213", amount)], on=on, self_pay=True)
    return patient


def _decide(office, **wanted):
    from chartdesk.pms.statements import policy

    policy.decide(office.subject, {name: str(value) for name, value in wanted.items()})


def test_a_small_balance_is_one_that_nothing_speaks_for(office):
    from chartdesk.pms.statements import collecting, plans, small_balances

    small = _owing(office, "3")
    _owing(office, "3", on=DAY)  # young
    _owing(office, "4.01")  # too much
    insured, planned, placed = _owing(office, "2"), _owing(office, "2"), _owing(office, "2")
    office.claim([("87880", "32")], patient=insured)
    plans.agree(office.subject, planned, each=D("2"), first=DAY + timedelta(days=30))
    collecting.hand_over(office.subject, [placed], "Firm Hand")
    with pytest.raises(Conflict, match="writes no small balances off"):
        small_balances.write_off(office.subject, [small])
    _decide(office, small_balance_limit=4)
    assert [one.patient_id for one in small_balances.found(office.subject)] == [small]
    assert small_balances.nightly(office.subject) == 0
    _decide(office, small_balance_auto=1)
    assert small_balances.nightly(office.subject) == 1
    assert office.balance("writeoff.small_balance") == D("3.00")
    assert small_balances.nightly(office.subject) == 0
    office.books()


def test_the_account_tells_a_small_balance_as_an_adjustment(office):
    from chartdesk.pms.statements import queries, small_balances

    patient = _owing(office, "3")
    _decide(office, small_balance_limit=4)
    small_balances.write_off(office.subject, [patient])
    (visit,) = queries.account(office.subject, patient).rows
    assert (visit.adjustments, visit.balance) == (D("3.00"), 0)
    assert visit.entries[-1].text == "Small balance written off"


def test_an_agency_gets_what_was_asked_for_often_enough(office):
    from chartdesk.pms.statements import collecting, commands

    _decide(office, collections_statements=1)
    patient, silent = _owing(office, "140"), _owing(office, "140")
    commands.issue_statement(office.subject, patient)
    assert [(one.patient_id, one.statements) for one in collecting.candidates(office.subject)] == [(patient, 1)]
    with pytest.raises(Invalid):
        collecting.hand_over(office.subject, [patient], " ")
    made = collecting.hand_over(office.subject, [patient, silent], "Firm Hand")
    assert (made.accounts, made.total, made.number) == (2, D("280.00"), "C1001")
    with pytest.raises(Conflict):
        collecting.hand_over(office.subject, [patient], "Firm Hand")
    commands.take_payment(office.subject, patient, D("100"), "check", idempotency_key="from the agency")
    assert {one.patient_id: one.owed for one in collecting.placed_accounts(office.subject)} == {
        patient: D("40.00"),
        silent: D("140.00"),
    }
    back = collecting.recall(office.subject, [patient], "Pays now")
    rows = bytes(back.file).decode().splitlines()
    assert rows[1].startswith("recall,") and ",40.00," in rows[1]
    assert collecting.placed(office.subject, patient) is None
    with pytest.raises(Conflict):
        collecting.recall(office.subject, [patient], "Again")
    office.books()


def test_a_name_is_no_formula_in_the_agencys_file(office):
    from chartdesk.pms.registration.commands import register
    from chartdesk.pms.registration.people import Guarantor, Person, Registration
    from chartdesk.pms.statements import collecting

    person = Person(family="Payne", given="=1+1", birth_date=DAY - timedelta(days=9000), sex="female")
    patient = register(office.subject, Registration(person, [], Guarantor("self", None)), confirmed_distinct=True)
    office.charge(patient.patient_id, [("99213", "140")], on=OLD, self_pay=True)
    made = collecting.hand_over(office.subject, [patient.patient_id], "Firm Hand")
    assert ",'=1+1 Payne," in bytes(made.file).decode()
