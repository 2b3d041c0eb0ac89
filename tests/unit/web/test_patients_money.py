"""Patients' money on the pages: batches of statements, plans, the close of a day, collections, the settings."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.money.gateway import gateway

__all__ = ["gateway"]


@pytest.fixture
def owing(office):
    """A patient who owes $140."""
    patient = office.patient()
    office.charge(patient, [("99213", "140")], self_pay=True)
    return patient


def _text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:400]
    return answer.content.decode()


def test_a_batch_is_made_listed_printed_and_mail_comes_back(staff, office, owing):
    from chartdesk.kit import outbox
    from chartdesk.pms.statements import subscriptions

    subscriptions.connect()
    biller = staff("biller")
    assert "No batch yet" in _text(biller, "/statements")
    page = biller.post("/statements/start", {"minimum": "5", "cycle": "28"})["Location"]
    assert "The worker is at it" in _text(biller, page)
    outbox.deliver_all(office.subject.practice)
    shown = _text(biller, page)
    assert "12 Elm Street, Columbus, OH 43215" in shown and "$140.00" in shown
    assert biller.get(f"{page}/pdf").content.startswith(b"%PDF")
    rows = biller.get(f"{page}?format=csv").content.decode().splitlines()
    assert len(rows) == 2 and "12 Elm Street" in rows[1]
    mail = re.search(r'action="(/patients/[^"]+/mail)"', _text(biller, f"/patients/{owing}/account"))[1]
    biller.post(mail, {"back": "1"})
    assert "came back" in _text(biller, f"/patients/{owing}/account")
    assert staff("front_desk").get("/statements").status_code == 403


def test_a_plan_is_agreed_shown_and_ended(staff, office, owing):
    desk, biller = staff("front_desk"), staff("biller")
    form = f"/patients/{owing}/account/plan"
    assert "$140.00" in _text(desk, form)
    first = "2026-04-01"
    low = desk.post(form, {"each": "5", "every": "month", "first": first})
    assert low.status_code == 422 and "less than the practice agrees to" in low.content.decode()
    page = desk.post(form, {"each": "50", "every": "month", "first": first})["Location"]
    shown = _text(desk, page)
    assert shown.count("coming") == 3 and "$40.00" in shown
    assert "$140.00" in _text(biller, "/plans")
    account = _text(desk, f"/patients/{owing}/account")
    assert "not due" in account and "$50.00 due Apr 1, 2026" in account
    receivables = _text(biller, "/receivables")
    assert "not due" in receivables and "in balance" in receivables
    assert desk.post(f"{page}/end", {"reason": "x"}).status_code == 403
    biller.post(f"{page}/end", {"reason": "Moved away"})
    assert "Moved away" in _text(biller, page)


def test_a_day_is_counted_and_closed(staff, office, owing):
    desk, manager = staff("front_desk"), staff("manager")
    pay = {"amount": "30", "method": "cash", "payment_key": "a"}
    desk.post("/day-close/drawer", {"drawer": "Window 1", "opening": "100"})
    desk.post(f"/patients/{owing}/account/pay", pay)
    page = _text(desk, "/day-close")
    assert "$130.00" in page and "Window 1" in page
    assert "Nothing was taken on this day by you" in _text(staff("front_desk"), "/day-close")
    count = re.search(r'action="(/day-close/drawers/\d+)"', page)[1]
    off = desk.post(count, {"cash": "128", "checks": "0", "cards": "0"}, follow=True)
    assert "The count differs: cash -$2.00" in off.content.decode()
    refused = manager.post("/day-close/close", {"date": "2026-03-16"}, follow=True)
    assert "Not counted yet" in refused.content.decode()
    desk.post(count, {"cash": "128", "checks": "", "cards": "", "note": "Two dollars missing"})
    assert desk.post("/day-close/close", {}).status_code == 403
    closed = manager.post("/day-close/close", {"date": "2026-03-16"}, follow=True).content.decode()
    assert "Deposit D100001" in closed and "$28.00" in closed
    assert office.balance("over_short") == Decimal("2.00")
    late = desk.post(f"/patients/{owing}/account/pay", {**pay, "payment_key": "b"}, follow=True)
    assert "was closed by" in late.content.decode()
    slip = re.search(r'href="(/day-close/\d+/slip)"', closed)[1]
    assert manager.get(slip).content.startswith(b"%PDF")
    manager.post(slip.replace("slip", "reopen"), {"reason": "A check was found"})
    assert "A check was found" in _text(manager, "/day-close")
    assert office.balance("over_short") == 0


def test_an_old_account_is_handed_over_and_recalled(staff, office):
    from tests.money.office import DAY

    patient = office.patient()
    office.charge(patient, [("99213", "140")], on=DAY - timedelta(days=200), self_pay=True)
    manager = staff("manager")
    settings = {
        "statement_days": "21", "statement_minimum": "5", "statement_cycle": "28", "plan_minimum": "25",
        "plan_longest": "24", "plan_grace": "10", "small_balance_limit": "0", "small_balance_days": "90",
        "collections_days": "120", "collections_statements": "0", "collections_minimum": "25",
        "collections_agency": "Firm Hand",
    }  # fmt: skip
    wrong = manager.post("/practice/money", {**settings, "statement_days": "x", "plan_grace": "400"})
    assert wrong.status_code == 422 and wrong.content.decode().count("invalid-feedback") == 2
    assert manager.post("/practice/money", settings).status_code == 302
    page = _text(manager, "/collections")
    assert patient in page and 'value="Firm Hand"' in page
    manager.post("/collections/hand-over", {"patient": [patient], "agency": "Firm Hand"})
    assert "With Firm Hand since" in _text(manager, f"/patients/{patient}/account")
    file = re.search(r'href="(/collections/files/\d+)"', _text(manager, "/collections"))[1]
    lines = manager.get(file).content.decode().splitlines()
    assert lines[1].startswith("place,") and ",140.00," in lines[1]
    manager.post("/collections/recall", {"patient": [patient], "reason": "Pays by plan"})
    assert "With Firm Hand since" not in _text(manager, f"/patients/{patient}/account")
    assert manager.get("/collections").content.decode().count("/collections/files/") == 2


def test_small_balances_are_seen_before_they_are_written_off(staff, office):
    from tests.money.office import DAY

    patient = office.patient()
    office.charge(patient, [("99213", "3.50")], on=DAY - timedelta(days=120), self_pay=True)
    manager = staff("manager")
    assert "writes none off" in _text(manager, "/collections")
    from chartdesk.pms.statements import policy

    policy.decide(office.subject, {"small_balance_limit": "4"})
    assert patient in _text(manager, "/collections")
    manager.post("/collections/small-balances", {"patient": [patient]})
    assert office.balance("writeoff.small_balance") == Decimal("3.50")
    assert "$0.00" in _text(manager, f"/patients/{patient}/account")
    office.books()


def test_a_balance_is_written_off_once_and_owed_again(staff, office, owing):
    biller, desk = staff("biller"), staff("front_desk")
    account = f"/patients/{owing}/account"
    assert "Write off…" in _text(biller, account) and "Write off…" not in _text(desk, account)
    assert desk.get(f"{account}/write-off").status_code == 403
    dialog = _text(biller, f"{account}/write-off")
    form = {"amount": "140", "kind": "bad_debt", "reason": "Nothing to be had", "key": _key(dialog, "key")}
    for _ in range(2):
        assert biller.post(f"{account}/write-off", form)["Location"] == account
    assert office.balance("writeoff.bad_debt") == Decimal("140.00")
    shown = _text(biller, account)
    back = re.search(r'hx-get="(/write-offs/\d+/back)"', shown)[1]
    assert "Bad debt: Nothing to be had" in shown
    assert "$140.00" in _text(biller, back)
    assert desk.post(back, {"reason": "x"}).status_code == 403
    biller.post(back, {"reason": "The patient inherited"})
    shown = _text(biller, account)
    assert "Taken back: The patient inherited" in shown and back not in shown
    assert office.balance("writeoff.bad_debt") == 0
    office.books()


def _key(page, name):
    return re.search(rf'name="{name}" value="([^"]+)"', page)[1]


def test_a_double_click_issues_one_statement(staff, office, owing):
    desk = staff("front_desk")
    account = f"/patients/{owing}/account"
    form = {"after": _key(_text(desk, account), "after")}
    assert form == {"after": "0"}
    for _ in range(2):
        assert "S100001 over $140.00" in desk.post(f"{account}/bill", form, follow=True).content.decode()
    form = {"after": _key(_text(desk, account), "after")}
    assert "S100002 over $140.00" in desk.post(f"{account}/bill", form, follow=True).content.decode()


def test_a_plan_is_not_paid_by_the_card_of_somebody_else(staff, office, owing):
    form = {"each": "50", "every": "month", "first": "2026-04-01", "card": "4711"}
    refused = staff("front_desk").post(f"/patients/{owing}/account/plan", form)
    assert refused.status_code == 422 and "no such card on file" in refused.content.decode()


def test_a_day_that_was_forgotten_is_named_on_the_next(staff, office, owing):
    from datetime import date

    from tests.money.office import NOW

    from chartdesk.kit import clock
    from chartdesk.pms.statements import commands, till_queries, tills

    with clock.at(NOW - timedelta(days=3)):
        commands.take_payment(office.subject, owing, Decimal("5"), "card", idempotency_key="card")
        assert till_queries.unclosed_days(office.subject, date(2026, 3, 16)) == []
        commands.take_payment(office.subject, owing, Decimal("5"), "cash", idempotency_key="cash")
    manager = staff("manager")
    page = _text(manager, "/day-close")
    assert "1 earlier day with cash or checks is not closed" in page and "?date=2026-03-13" in page
    assert "earlier day" not in _text(staff("front_desk"), "/day-close")
    (till,) = till_queries.day_view(office.subject, date(2026, 3, 13)).tills
    tills.count(office.subject, till.till.pk, cash=Decimal("5"), checks=Decimal("0"), cards=Decimal("5"))
    manager.post("/day-close/close", {"date": "2026-03-13"})
    assert "earlier day" not in _text(manager, "/day-close")


def test_a_page_that_was_gone_back_to_takes_no_second_payment_unasked(staff, office, owing):
    desk = staff("front_desk")
    account = f"/patients/{owing}/account"
    assert "It is another payment" not in _text(desk, account)
    pay = lambda key, **more: desk.post(  # noqa: E731
        f"{account}/pay", {"amount": "10", "method": "cash", "payment_key": key, **more}, follow=True
    ).content.decode()
    assert "R100001" in pay("a") and "$10.00 taken. Receipt R100001" in pay("a")
    asked = pay("b")
    assert "Nothing was taken. $10.00 was taken a few minutes ago, receipt R100001." in asked
    assert "It is another payment beside R100001 of $10.00" in asked
    assert office.balance("cash") == Decimal("10.00")
    assert "Receipt R100002" in pay("b", again="1")
    assert "Receipt R100003" in pay("c", amount="11") and "Receipt R100004" in pay("d", method="check")
    assert office.balance("cash") == Decimal("31.00")


def test_a_card_on_file_is_not_charged_again_for_a_page_that_was_gone_back_to(staff, office, owing, gateway):
    from tests.unit.pms.cards.test_charging import card

    from chartdesk.pms.cards import connections

    connections.use(gateway.adapter)
    try:
        stored, desk = f"card:{card(office, gateway, owing)}", staff("front_desk")
        for key, again in (("a", ""), ("a", ""), ("b", ""), ("b", "1"), ("b", "1")):
            form = {"amount": "10", "method": stored, "payment_key": key, "again": again}
            desk.post(f"/patients/{owing}/account/pay", form)
    finally:
        connections.use(None)
    assert gateway.charged() == [("succeeded", 1000)] * 2
    assert office.balance("card") == Decimal("20.00")
