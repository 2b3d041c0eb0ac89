"""A patient's money: payments taken once, credit applied, the account that explains itself, the statement."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.money.office import CLAIM_CODES, DAY, NOW, Cut, Paid, decided

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound

SHARE = [
    Paid("99213", "140", "75", [Cut("CO", "45", "40"), Cut("PR", "3", "25")]),
    Paid("87880", "32", "16", [Cut("CO", "45", "12"), Cut("PR", "2", "4")]),
]


def _owing(office):
    """A patient who owes $25 and $4 after the payer's decision."""
    claim = office.claim(CLAIM_CODES)
    office.receive(office.remit(decided(claim, SHARE)))
    return claim


def _balances(office, patient):
    from chartdesk.pms.statements import queries

    figures = queries.balances(office.subject, patient)
    return figures.patient, figures.insurance, figures.credit


def test_the_oldest_is_paid_first_and_the_rest_is_credit(office):
    from chartdesk.pms.ledger import queries as books
    from chartdesk.pms.statements import commands

    patient = office.patient()
    office.charge(patient, [("99213", "50")], on=DAY, self_pay=True)
    office.charge(patient, [("99213", "80")], on=DAY - timedelta(days=40), self_pay=True)
    payment = commands.take_payment(office.subject, patient, Decimal("100"), "card", idempotency_key="a")
    assert (payment.applied, payment.receipt_number) == (Decimal("100.00"), "R100001")
    assert list(books.open_references(office.subject, patient).values()) == [{"patient": Decimal("30.00")}]
    commands.take_payment(office.subject, patient, Decimal("42.50"), "cash", idempotency_key="b")
    assert _balances(office, patient) == (0, 0, Decimal("12.50"))
    assert office.balance("card") + office.balance("cash") == Decimal("142.50")
    office.books()


def test_one_key_is_one_payment(office):
    from chartdesk.pms.statements import commands

    claim = _owing(office)
    take = lambda amount: commands.take_payment(  # noqa: E731
        office.subject, claim.patient, Decimal(amount), "card", idempotency_key="click"
    )
    assert take("29").pk == take("29").pk
    assert office.balance("card") == Decimal("29.00")
    with pytest.raises(Conflict, match="R100001"):
        take("30")


def test_a_double_click_from_two_processes_charges_once(office):
    from django.db import connection

    from chartdesk.pms.statements import commands

    claim, ready = _owing(office), threading.Barrier(4)

    def click(_):
        try:
            connection.ensure_connection()
            ready.wait()
            with clock.at(NOW):
                return commands.take_payment(
                    office.subject, claim.patient, Decimal("29"), "card", idempotency_key="click"
                ).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(click, range(4)))) == 1
    assert office.balance("card") == Decimal("29.00")
    assert _balances(office, claim.patient) == (0, 0, 0)


def test_two_payments_at_one_moment_never_pay_one_receivable_twice(office):
    from django.db import connection

    from chartdesk.pms.statements import commands

    claim, ready = _owing(office), threading.Barrier(3)

    def pay(number):
        try:
            connection.ensure_connection()
            ready.wait()
            with clock.at(NOW):
                commands.take_payment(
                    office.subject, claim.patient, Decimal("29"), "card", idempotency_key=f"p{number}"
                )
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(pay, range(3)))
    assert _balances(office, claim.patient) == (0, 0, Decimal("58.00"))


def test_a_copay_taken_at_check_in_meets_the_share_that_comes_later(office):
    from chartdesk.kit import outbox
    from chartdesk.pms.statements import commands, subscriptions

    subscriptions.connect()
    claim = office.claim(CLAIM_CODES)
    commands.take_payment(
        office.subject, claim.patient, Decimal("25"), "card", idempotency_key="copay", appointment_id="visit-1"
    )
    assert _balances(office, claim.patient) == (0, Decimal("172.00"), Decimal("25.00"))
    office.receive(office.remit(decided(claim, SHARE)))
    outbox.deliver_all(office.subject.practice)
    assert _balances(office, claim.patient) == (Decimal("4.00"), 0, 0)
    assert commands.apply_credit(office.subject, claim.patient) == 0
    office.books()


@pytest.mark.parametrize(
    ("amount", "method", "key", "where"),
    [
        ("0", "card", "k", "amount"),
        ("-5", "card", "k", "amount"),
        ("5", "shells", "k", "method"),
        ("5", "card", " ", "idempotency_key"),
    ],
)
def test_what_cannot_be_paid_is_refused(office, amount, method, key, where):
    from chartdesk.pms.statements import commands

    with pytest.raises(Invalid) as raised:
        commands.take_payment(office.subject, office.patient(), Decimal(amount), method, idempotency_key=key)
    assert raised.value.where == where


def test_nobody_pays_for_a_patient_who_is_not_here(office):
    from chartdesk.pms.statements import commands

    with pytest.raises(NotFound):
        commands.take_payment(office.subject, "nobody", Decimal("5"), "cash", idempotency_key="k")
    assert office.books() == {}


def test_credit_is_refunded_and_no_more_than_it(office):
    from chartdesk.pms.statements import commands

    patient = office.patient()
    commands.take_payment(office.subject, patient, Decimal("40"), "check", idempotency_key="in", reference="881")
    with pytest.raises(Conflict, match=r"\$40\.00"):
        commands.refund(office.subject, patient, Decimal("41"), "check", idempotency_key="o1", reason="moved away")
    back = commands.refund(office.subject, patient, Decimal("40"), "check", idempotency_key="o2", reason="moved away")
    assert (back.kind, back.amount) == ("refund", Decimal("40.00"))
    assert office.books() == {}


def test_a_bounced_check_is_owed_again(office):
    from chartdesk.pms.statements import commands

    claim = _owing(office)
    payment = commands.take_payment(office.subject, claim.patient, Decimal("29"), "check", idempotency_key="k")
    assert _balances(office, claim.patient)[0] == 0
    commands.void_payment(office.subject, payment.pk, "The check bounced.")
    assert _balances(office, claim.patient) == (Decimal("29.00"), 0, 0)
    assert office.balance("check") == 0
    with pytest.raises(Conflict):
        commands.void_payment(office.subject, payment.pk, "Again.")
    office.books()


def test_a_voided_payment_whose_credit_was_used_is_owed_by_what_it_paid(office):
    from chartdesk.kit import outbox
    from chartdesk.pms.statements import commands, subscriptions

    subscriptions.connect()
    claim = office.claim(CLAIM_CODES)
    payment = commands.take_payment(office.subject, claim.patient, Decimal("29"), "check", idempotency_key="k")
    office.receive(office.remit(decided(claim, SHARE)))
    outbox.deliver_all(office.subject.practice)
    assert _balances(office, claim.patient) == (0, 0, 0)
    commands.void_payment(office.subject, payment.pk, "The check bounced.")
    patient, _, credit = _balances(office, claim.patient)
    assert patient - credit == Decimal("29.00")
    office.books()


def test_the_account_explains_every_dollar(office):
    from chartdesk.pms.statements import commands, queries

    claim = _owing(office)
    commands.take_payment(office.subject, claim.patient, Decimal("10"), "card", idempotency_key="k")
    view = queries.account(office.subject, claim.patient)
    assert (view.balance_patient, view.balance_insurance, view.credit) == (Decimal("19.00"), 0, 0)
    (visit,) = view.rows
    assert (visit.charges, visit.payments, visit.adjustments, visit.balance) == (172, 101, 52, 19)
    assert visit.owes == [("Patient", Decimal("19.00"))]
    assert visit.charges - visit.payments - visit.adjustments == visit.balance
    assert [entry.kind for entry in visit.entries].count("transfer") == 2
    assert sum(entry.moved for entry in visit.entries) == Decimal("29.00")
    assert view.aging["0-30"] == Decimal("19.00")
    assert [payment.receipt_number for payment in view.payments] == ["R100001"]


def test_an_account_before_the_payer_has_decided(office):
    from chartdesk.pms.statements import queries

    claim = office.claim(CLAIM_CODES)
    (visit,) = queries.account(office.subject, claim.patient).rows
    assert visit.owes == [("Acme PPO", Decimal("172.00"))]
    assert visit.title == "Service 99213, Service 87880"
    assert visit.provider == "Ana Reed"


def test_who_owes_how_much(office):
    from chartdesk.pms.statements import queries

    claim = _owing(office)
    other = office.patient()
    office.charge(other, [("99213", "4.99")], self_pay=True)
    rows = queries.patients_owing(office.subject, at_least=Decimal("5"))
    assert [(row.patient_id, row.balance) for row in rows] == [(claim.patient, Decimal("29.00"))]
    assert len(queries.patients_owing(office.subject)) == 2


def test_a_statement_is_numbered_kept_and_one_page(office):
    from chartdesk.pms.statements import commands, queries

    claim = _owing(office)
    made = commands.issue_statement(office.subject, claim.patient)
    assert (made.number, made.balance, made.pay_by) == ("S100001", Decimal("29.00"), date(2026, 4, 6))
    pdf = bytes(queries.statement(office.subject, made.pk).pdf)
    assert pdf.startswith(b"%PDF") and pdf.count(b"/Type /Page\n") <= 1
    assert [row.number for row in queries.statements(office.subject, claim.patient)] == ["S100001"]
    assert commands.issue_statement(office.subject, claim.patient).number == "S100002"


def test_who_owes_nothing_gets_no_statement(office):
    from chartdesk.pms.statements import commands

    with pytest.raises(Conflict, match="owes nothing"):
        commands.issue_statement(office.subject, office.patient())


def test_a_receipt_is_a_pdf(office):
    from chartdesk.pms.statements import commands, documents

    claim = _owing(office)
    payment = commands.take_payment(office.subject, claim.patient, Decimal("29"), "cash", idempotency_key="k")
    assert documents.receipt_pdf(office.subject, payment.pk).startswith(b"%PDF")


def test_a_clinician_takes_no_payment_and_the_desk_refunds_nothing(office):
    from dataclasses import replace

    from chartdesk.pms.statements import commands
    from chartdesk.record.access import Role

    patient = office.patient()
    clinician = replace(office.subject, roles=frozenset({Role.CLINICIAN}))
    desk = replace(office.subject, roles=frozenset({Role.FRONT_DESK}))
    with pytest.raises(Forbidden):
        commands.take_payment(clinician, patient, Decimal("5"), "cash", idempotency_key="k")
    with pytest.raises(Forbidden):
        commands.refund(desk, patient, Decimal("5"), "cash", idempotency_key="k", reason="?")


def test_the_account_of_another_practice_is_invisible(office):
    from chartdesk.pms.statements import queries
    from chartdesk.record.access.subject import system

    claim = _owing(office)
    stranger = system(office.subject.practice + 100_000, "test")
    assert queries.balances(stranger, claim.patient).patient == 0
    assert queries.patients_owing(stranger) == []


def test_one_click_issues_one_statement(office):
    from chartdesk.pms.statements import commands, queries

    claim = _owing(office)
    first = commands.issue_statement(office.subject, claim.patient, after=0)
    assert commands.issue_statement(office.subject, claim.patient, after=0).pk == first.pk
    second = commands.issue_statement(office.subject, claim.patient, after=first.pk)
    assert [one.number for one in queries.statements(office.subject, claim.patient)] == [second.number, first.number]


def test_what_is_owed_is_owed_since_the_oldest_that_is_open(office):
    from chartdesk.pms.statements import collecting, commands, queries

    patient = office.patient()
    office.charge(patient, [("99213", "50")], on=DAY - timedelta(days=400), self_pay=True)
    commands.take_payment(office.subject, patient, Decimal("50"), "cash", idempotency_key="a")
    office.charge(patient, [("99213", "80")], on=DAY, self_pay=True)
    (row,) = queries.patients_owing(office.subject)
    assert (row.balance, row.since) == (Decimal("80.00"), DAY)
    made = collecting.hand_over(office.subject, [patient], "Firm Hand")
    assert f",80.00,{DAY.isoformat()}," in bytes(made.file).decode()


def test_a_receipt_of_the_evening_is_of_the_practices_day(office):
    import io
    from datetime import UTC, datetime

    from pypdf import PdfReader

    from chartdesk.pms.statements import commands, documents

    claim = _owing(office)
    with clock.at(datetime(2026, 3, 17, 1, tzinfo=UTC)):  # nine in the evening in New York
        payment = commands.take_payment(office.subject, claim.patient, Decimal("29"), "cash", idempotency_key="k")
        pdf = documents.receipt_pdf(office.subject, payment.pk)
    assert "03/16/2026" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_a_long_statement_keeps_its_slip_and_says_insurance_only_where_there_is_one(office):
    import io

    from pypdf import PdfReader

    from chartdesk.pms.statements import commands, queries

    def text(patient):
        made = commands.issue_statement(office.subject, patient)
        pages = PdfReader(io.BytesIO(bytes(queries.statement(office.subject, made.pk).pdf))).pages
        return [page.extract_text() for page in pages]

    patient = office.patient()
    for days in range(12):
        office.charge(patient, [("99213", "140"), ("87880", "32")], on=DAY - timedelta(days=days), self_pay=True)
    pages = text(patient)
    assert "Please return this part" in pages[0] and "$2,064.00" in pages[0]
    # A letter is to Pat Payne, not to "Payne, Pat".
    assert "Pat Payne" in pages[0]
    assert "insurance has been billed" not in "".join(pages)
    assert "insurance has been billed" in "".join(text(_owing(office).patient))


def test_of_many_statements_each_begins_anew_and_only_what_goes_on_says_whose_it_is(office):
    import io

    from pypdf import PdfReader

    from chartdesk.pms.statements import run_queries, runs

    patients = [office.patient() for _ in range(3)]
    for place, patient in enumerate(patients):
        for days in range(12 if place == 1 else 1):
            office.charge(patient, [("99213", "140"), ("87880", "32")], on=DAY - timedelta(days=days), self_pay=True)
    run = runs.finish(office.subject, runs.start(office.subject).pk)
    pages = PdfReader(io.BytesIO(run_queries.printed(office.subject, run.pk))).pages
    texts = [page.extract_text() for page in pages]
    numbers = [one.number for one in run_queries.deliveries(office.subject, run.pk)]
    assert ["page 2" in text for text in texts] == [False, False, True, False]
    assert [number for text in texts for number in numbers if number in text] == [
        numbers[0], numbers[1], numbers[1], numbers[2],
    ]  # fmt: skip
