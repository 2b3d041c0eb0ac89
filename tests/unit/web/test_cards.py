"""Card payments on the pages: at check-in and on the account, typed on the gateway's page, told by its events."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from tests.money.gateway import gateway

__all__ = ["gateway"]


@pytest.fixture
def desk(staff, office, gateway):
    """The front desk at a browser, with the gateway in use."""
    from chartdesk.pms.cards import connections

    connections.use(gateway.adapter)
    yield staff("front_desk")
    connections.use(None)


def _owing(office):
    patient = office.patient()
    office.charge(patient, [("99213", "140")], self_pay=True)
    return patient


def _typed(client, gateway, patient, amount="40", key="form", behavior="approved"):
    """Pay with a card that is typed on the gateway's page; the address of the operation's page."""
    answer = client.post(
        f"/patients/{patient}/account/pay", {"amount": amount, "method": "card-new", "payment_key": key}
    )
    page = client.get(answer["Location"]).content.decode()
    link = re.search(r'href="(http://127\.0\.0\.1[^"]+/pay/[^"]+)"', page)
    back = gateway.type_card(link[1], behavior).headers["Location"]
    assert back.startswith(f"http://localhost{answer['Location']}?session=")
    return answer["Location"]


def test_a_card_is_typed_there_charged_here_and_kept(desk, office, gateway):
    patient = _owing(office)
    page = _typed(desk, gateway, patient)
    assert "Charge $40.00" in desk.get(page).content.decode()
    assert gateway.charged() == []
    for _ in range(2):
        assert desk.post(f"{page}/charge", {"keep": "1"})["Location"] == f"/patients/{patient}/account"
    assert gateway.charged() == [("succeeded", 4000)]
    assert office.balance("card") == Decimal("40.00")
    account = desk.get(f"/patients/{patient}/account").content.decode()
    stored = re.search(r'value="(card:\d+)"', account)[1]
    for _ in range(2):
        desk.post(f"/patients/{patient}/account/pay", {"amount": "10", "method": stored, "payment_key": "second"})
    assert gateway.charged() == [("succeeded", 4000), ("succeeded", 1000)]
    assert "Cards on file" in account


def test_a_declined_card_says_why(desk, office, gateway):
    patient = _owing(office)
    page = _typed(desk, gateway, patient, behavior="insufficient_funds")
    desk.post(f"{page}/charge", {})
    assert "not enough left" in desk.get(page).content.decode()
    assert office.balance("card") == 0


def test_an_unknown_outcome_is_said_and_settled_by_the_event(desk, office, gateway):
    patient = _owing(office)
    page = _typed(desk, gateway, patient, behavior="dropped_charged")
    desk.post(f"{page}/charge", {})
    assert "not known yet" in desk.get(page).content.decode()
    (row,) = gateway.gateway.store.rows("SELECT body FROM event")
    content = row["body"].encode()
    from chartdesk.kit import clock

    at = int(clock.now().timestamp())
    signed = {"HTTP_GATEWAY_SIGNATURE": gateway.gateway.sign(content, at)}
    post = lambda **headers: desk.post(  # noqa: E731
        "/cards/events", content, content_type="application/json", **headers
    )
    assert post().status_code == 403
    assert post(**signed).status_code == 204
    assert post(**signed).status_code == 204
    assert office.balance("card") == Decimal("40.00")


def test_the_desk_gives_nothing_back_and_billing_does(desk, staff, office, gateway):
    patient = _owing(office)
    desk.post(f"{_typed(desk, gateway, patient)}/charge", {})
    biller = staff("biller")
    account = biller.get(f"/patients/{patient}/account").content.decode()
    dialog = re.search(r'hx-get="(/payments/\d+/give-back)"', account)[1]
    assert desk.get(dialog).status_code == 403
    form = biller.get(dialog).content.decode()
    key = re.search(r'name="payment_key" value="([^"]+)"', form)[1]
    for _ in range(2):
        biller.post(dialog, {"amount": "40", "reason": "Twice", "payment_key": key})
    assert office.balance("card") == 0
    refunds = gateway.gateway.store.rows("SELECT refunded FROM charge")
    assert [row["refunded"] for row in refunds] == [4000]


def test_the_gateways_page_is_not_needed_where_there_is_none(staff, office):
    patient = _owing(office)
    client = staff("front_desk")
    page = client.get(f"/patients/{patient}/account").content.decode()
    assert "card-new" not in page and "Card, at the terminal" in page
    answer = client.post(
        f"/patients/{patient}/account/pay", {"amount": "5", "method": "card-new", "payment_key": "k"}, follow=True
    )
    assert "No card gateway is set up" in answer.content.decode()
