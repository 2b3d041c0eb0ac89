"""Drawers and the close of a day: every dollar is in one deposit, and a closed day takes no more."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.money.office import NOW, Cut, Paid, decided

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Forbidden, Invalid

D = Decimal
TODAY = NOW.date()


def _person(office, number, role="front_desk"):
    from chartdesk.record.access.subject import Role

    return replace(office.subject, roles=frozenset({Role(role)}), actor=f"user:{number}", name=f"Person {number}")


def _take(subject, patient, amount, method, key, **given):
    from chartdesk.pms.statements import commands

    return commands.take_payment(subject, patient, D(amount), method, idempotency_key=key, **given)


def _views(office):
    from chartdesk.pms.statements import till_queries

    return {one.till.name: one for one in till_queries.day_view(office.subject, TODAY).tills}


def test_each_dollar_is_in_the_drawer_of_who_took_it(office):
    from chartdesk.pms.statements import commands, tills

    patient, ann, bob = office.patient(), _person(office, 1), _person(office, 2)
    tills.open_drawer(ann, D("100"), "Window 1")
    _take(ann, patient, "30", "cash", "a")
    check = _take(ann, patient, "25", "check", "b", reference="881")
    _take(bob, patient, "40", "card", "c")
    mistyped = _take(bob, patient, "500", "cash", "d")
    commands.void_payment(_person(office, 2, "biller"), mistyped.pk, "Mistyped")
    commands.refund(office.subject, patient, D("5"), "cash", idempotency_key="e", reason="x")
    views = _views(office)
    assert views["Person 1"].expected == (D("130.00"), D("25.00"), 0)
    assert views["Person 2"].expected == (0, 0, D("40.00"))
    assert views["test"].expected == (D("-5.00"), 0, 0)
    assert [one.name for one in (views["Person 1"].till,) if views["Person 1"].needs_count] == ["Person 1"]
    assert check.till_id == views["Person 1"].till.pk


def test_a_day_closes_with_its_difference_posted_and_its_slip_kept(office):
    import io

    from pypdf import PdfReader

    from chartdesk.pms.statements import till_queries, tills

    patient, ann = office.patient(), _person(office, 1)
    claim = office.claim([("99213", "140")])
    paid = decided(claim, [Paid("99213", "140", "100", [Cut("CO", "45", "40")])])
    office.receive(office.remit(paid, method="CHK", trace="CHK77"))
    tills.open_drawer(ann, D("100"))
    _take(ann, patient, "30", "cash", "a")
    _take(ann, patient, "25", "check", "b", reference="881")
    till = _views(office)["Person 1"].till.pk
    with pytest.raises(Conflict, match="Not counted yet: Person 1"):
        tills.close(office.subject, TODAY)
    with pytest.raises(Invalid, match=r"cash \$1\.00"):
        tills.count(ann, till, cash=D("131"), checks=D("25"), cards=D("0"))
    tills.count(ann, till, cash=D("131"), checks=D("25"), cards=D("0"), note="A dollar too much")
    with pytest.raises(Conflict, match="was counted"):
        _take(ann, patient, "1", "cash", "late")
    made = tills.close(office.subject, TODAY)
    assert (made.number, made.deposit, made.difference) == ("D100001", D("156.00"), D("1.00"))
    assert office.balance("over_short") == D("-1.00")
    assert office.balance("cash") + office.balance("check") == made.deposit
    text = PdfReader(io.BytesIO(bytes(till_queries.deposit(office.subject, made.pk).pdf))).pages[0].extract_text()
    for part in ("D100001", "$156.00", "881", "Person 1", "A dollar too much", "$100.00"):
        assert part in text, part
    with pytest.raises(Conflict, match=r"was closed by test \(deposit D100001\)"):
        _take(_person(office, 3), patient, "1", "cash", "later")
    with pytest.raises(Conflict, match="was closed"):
        tills.close(office.subject, TODAY)
    with clock.at(NOW + timedelta(days=1)):
        _take(_person(office, 3), patient, "7", "cash", "tomorrow")
        view = till_queries.day_view(office.subject, TODAY + timedelta(days=1))
        assert [one.expected[0] for one in view.tills] == [D("7.00")] and view.payer_checks == []
    office.books()


def test_a_day_opened_again_takes_back_its_difference_and_closes_anew(office):
    from chartdesk.pms.statements import till_queries, tills

    patient, ann = office.patient(), _person(office, 1)
    _take(ann, patient, "30", "cash", "a")
    till = _views(office)["Person 1"].till.pk
    tills.count(ann, till, cash=D("29"), checks=D("0"), cards=D("0"), note="Short")
    first = tills.close(office.subject, TODAY)
    with pytest.raises(Forbidden):
        tills.reopen(_person(office, 2, "biller"), first.pk, "x")
    tills.reopen(office.subject, first.pk, "The dollar lay behind the drawer")
    assert office.balance("over_short") == 0
    tills.recount(ann, till)
    tills.count(ann, till, cash=D("30"), checks=D("0"), cards=D("0"))
    second = tills.close(office.subject, TODAY)
    assert (second.number, second.deposit, second.difference) == ("D100002", D("30.00"), 0)
    assert [bool(one.reopened) for one in till_queries.deposits(office.subject)] == [False, True]
    office.books()


def test_a_bounced_check_leaves_yesterdays_deposit_as_it_was(office):
    from chartdesk.pms.statements import commands, till_queries, tills

    patient = office.patient()
    check = _take(office.subject, patient, "25", "check", "b", reference="881")
    tills.count(office.subject, _views(office)["test"].till.pk, cash=D("0"), checks=D("25"), cards=D("0"))
    tills.close(office.subject, TODAY)
    with clock.at(NOW + timedelta(days=3)):
        commands.void_payment(office.subject, check.pk, "The check bounced")
        (view,) = till_queries.day_view(office.subject, TODAY + timedelta(days=3)).tills
        assert view.expected == (0, 0, 0)
    assert office.balance("check") == 0


def test_a_payment_and_a_close_at_one_moment_agree(office):
    from django.db import connection

    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.statements import tills
    from chartdesk.pms.statements.models import Payment

    patient, ready = office.patient(), threading.Barrier(5)

    def pay(number):
        try:
            connection.ensure_connection()
            ready.wait()
            with clock.at(NOW):
                return _take(_person(office, number), patient, "10", "card", f"p{number}").pk
        except Conflict:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        taken = [threads.submit(pay, number) for number in range(4)]
        ready.wait()
        made = tills.close(office.subject, TODAY)
        kept = [one.result() for one in taken if one.result() is not None]
    assert made.cards == D("10.00") * len(kept)
    with transaction(office.subject):
        assert Payment.objects.filter(practice=office.subject.practice, day=TODAY).count() == len(kept)


def test_nobody_counts_the_drawer_of_somebody_else(office):
    from chartdesk.pms.statements import tills

    _take(_person(office, 1), office.patient(), "10", "cash", "a")
    till = _views(office)["Person 1"].till.pk
    with pytest.raises(Forbidden):
        tills.count(_person(office, 2), till, cash=D("10"), checks=D("0"), cards=D("0"))
    with pytest.raises(Conflict, match="has not come"):
        tills.close(office.subject, TODAY + timedelta(days=1))


def test_what_payers_decide_on_a_closed_day_is_posted_on_the_next_open_one(office):
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.ledger.models import Posting
    from chartdesk.pms.remittance import commands
    from chartdesk.pms.remittance.models import ClaimPayment, Denial
    from chartdesk.pms.statements import tills

    def posted(**which):
        with transaction(office.subject):
            return [one.posted_on for one in Posting.objects.filter(**which).order_by("pk")]

    first, second, third = (office.claim([("99213", "140")]) for _ in range(3))
    paid = [Paid("99213", "140", "100", [Cut("CO", "45", "40")])]
    office.receive(office.remit(decided(first, paid)))
    made = tills.close(office.subject, TODAY)
    refused = decided(second, [Paid("99213", "140", "0", [Cut("CO", "16", "140")])], status="4")
    office.receive(office.remit(refused, decided(None, paid, number="NOBODY")))
    tomorrow = TODAY + timedelta(days=1)
    assert posted(practice=office.subject.practice, kind="remittance") == [TODAY, tomorrow]
    with transaction(office.subject):
        denial = Denial.objects.get(practice=office.subject.practice)
        held = ClaimPayment.objects.get(practice=office.subject.practice, state="held")
    settled = commands.settle_denial(office.subject, denial.pk, "written_off", "Too late to appeal")
    assert posted(pk=settled.posting) == [tomorrow]
    tills.reopen(office.subject, made.pk, "A remittance was missing")
    found = commands.assign_payment(office.subject, held.pk, third.number)
    assert posted(pk=found.posting) == [TODAY]
    office.books()


def _closed(office, **given):
    """Count what is expected in every drawer, and close the day."""
    from chartdesk.pms.statements import till_queries, tills

    day = tills.today(office.subject)
    for one in till_queries.day_view(office.subject, day).tills:
        if one.till.state == "open":
            cash, checks, cards = one.expected
            tills.count(office.subject, one.till.pk, cash=cash, checks=checks, cards=cards, **given)
    return tills.close(office.subject, day)


def test_a_refund_by_check_is_written_in_the_office_and_lies_in_no_drawer(office):
    from chartdesk.pms.statements import commands

    patient = office.patient()
    _take(office.subject, patient, "100", "check", "a", reference="881")
    back = commands.refund(office.subject, patient, D("30"), "check", idempotency_key="b", reason="Moved away")
    assert _views(office)["test"].expected == (0, D("100.00"), 0)
    commands.void_payment(office.subject, back.pk, "Never mailed")
    assert _views(office)["test"].expected == (0, D("100.00"), 0)
    made = _closed(office)
    assert made.deposit == D("100.00")
    assert [row[3] for row in made.content["checks"]] == ["$100.00"]
    assert office.balance("check") == D("100.00")


def test_a_check_that_is_missing_is_a_difference_so_that_the_books_say_what_went_to_the_bank(office):
    from chartdesk.pms.statements import tills

    patient = office.patient()
    _take(office.subject, patient, "30", "cash", "a")
    _take(office.subject, patient, "25", "check", "b", reference="881")
    till = _views(office)["test"].till.pk
    tills.count(office.subject, till, cash=D("31"), checks=D("0"), cards=D("0"), note="The check is lost")
    made = tills.close(office.subject, TODAY)
    assert (made.deposit, made.difference) == (D("31.00"), D("1.00"))
    assert (office.balance("cash"), office.balance("check")) == (D("31.00"), 0)
    assert office.balance("over_short") == D("24.00")
    tills.reopen(office.subject, made.pk, "It lay under the printer")
    assert (office.balance("check"), office.balance("over_short")) == (D("25.00"), 0)
    office.books()


def test_a_payers_check_is_on_one_slip_also_where_its_remittance_was_taken_back_meanwhile(office):
    from chartdesk.pms.remittance import commands, unposting

    first, second = (office.claim([("99213", "140")]) for _ in range(2))
    paid = [Paid("99213", "140", "100", [Cut("CO", "45", "40")])]
    view, _ = office.receive(office.remit(decided(first, paid), method="CHK", trace="CHK1"))
    unposting.unpost(office.subject, view.row.pk, "The wrong practice")
    office.receive(office.remit(decided(second, paid), method="CHK", trace="CHK2"))
    assert _closed(office).content["checks"] == [["CHK2", view.row.payer_name, "payer", "$100.00"]]
    commands.post(office.subject, view.row.pk)
    with clock.at(NOW + timedelta(days=1)):
        made = _closed(office)
        assert [row[0] for row in made.content["checks"]] == ["CHK1"]
    with clock.at(NOW + timedelta(days=2)):
        assert _closed(office).deposit == 0
    assert office.balance("check") == D("200.00")


def test_what_somebody_else_voids_the_same_day_comes_off_the_drawer_that_it_went_into(office):
    from chartdesk.pms.statements import commands, tills

    patient, desk, biller = office.patient(), _person(office, 1), _person(office, 2, "biller")
    _take(desk, patient, "20", "cash", "a")
    mistyped = _take(desk, patient, "2000", "cash", "b")
    check = _take(desk, patient, "25", "check", "c")
    commands.void_payment(biller, mistyped.pk, "Mistyped")
    views = _views(office)
    assert {name: one.expected for name, one in views.items()} == {"Person 1": (D("20.00"), D("25.00"), 0)}
    tills.count(desk, views["Person 1"].till.pk, cash=D("20"), checks=D("25"), cards=D("0"))
    with pytest.raises(Conflict, match="The drawer of Person 1, where R100003 is, was counted"):
        commands.void_payment(biller, check.pk, "Bounced already")
    made = tills.close(office.subject, TODAY)
    assert made.deposit == D("45.00") == office.balance("cash") + office.balance("check")
    with clock.at(NOW + timedelta(days=1)):
        commands.void_payment(biller, check.pk, "Bounced")
    assert office.balance("check") == 0
    office.books()


def test_the_change_of_a_drawer_that_two_share_counts_once(office):
    from chartdesk.pms.statements import tills

    ann, bob = _person(office, 1), _person(office, 2)
    tills.open_drawer(ann, D("100"), "Window 1")
    with pytest.raises(Conflict, match=r"Person 1 has the change of Window 1 today: \$100\.00"):
        tills.open_drawer(bob, D("100"), "window 1 ")
    tills.open_drawer(bob, D("0"), "Window 1")
    tills.open_drawer(ann, D("120"), "Window 1")
    patient = office.patient()
    _take(ann, patient, "30", "cash", "a")
    _take(bob, patient, "40", "cash", "b")
    views = _views(office)
    assert (views["Person 1"].expected[0], views["Person 2"].expected[0]) == (D("150.00"), D("40.00"))
    tills.open_drawer(bob, D("50"), "Window 2")
