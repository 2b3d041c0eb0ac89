"""A card at the desk in a browser: typed on the gateway's page, charged here, kept, told by the gateway's event."""

from __future__ import annotations

import pytest

from chartdesk.exchange.card_sandbox import cards
from tests.browser.people import Person, register


@pytest.fixture(scope="module")
def desk(browser, program):
    """The front desk."""
    person = Person(browser, program, "frontdesk").log_in()
    yield person
    person.close()


def _pay(desk, patient, amount, behavior):
    """Take a payment with a card that is typed; ends before anything is charged."""
    page = desk.go(f"/patients/{patient}/account").page
    page.click("text=Take payment")
    page.fill("#amount", amount)
    page.select_option("#method", "card-new")
    page.click("#pay button.btn-primary")
    page.click("text=Type the card")
    for name, text in (("number", cards.number_for(behavior)), ("month", "12"), ("year", "2039"), ("code", "123")):
        page.fill(f"#{name}", text)
    page.click("text=Use this card")
    page.wait_for_selector(f"text=Charge ${amount}.00")
    return page


def test_a_card_is_typed_at_the_gateway_and_charged_here(desk, browser, program):
    patient = register(desk, "Iris", "Cardwell", "NPP48810234")
    page = _pay(desk, patient, "35", "approved")
    desk.shot("desk-card").fits()
    page.check("input[name=keep]")
    page.click("text=Charge $35.00")
    page.wait_for_selector("text=$35.00 charged. Authorization")
    assert "visa ending in 0001" in desk.text()
    # The answer is lost; the gateway's event brings the payment.
    page = _pay(desk, patient, "12", "dropped_charged")
    page.click("text=Charge $12.00")
    page.wait_for_selector("text=It is not known yet")
    desk.until(
        lambda: "R100002" in desk.go(f"/patients/{patient}/account").text(), "the gateway's event brings no payment"
    )
    desk.shot("desk-account-cards")
    narrow = Person(browser, program, "frontdesk", narrow=True).log_in()
    narrow.go(f"/patients/{patient}/account").shot("page-account-phone").fits()
    narrow.go(f"/patients/{patient}/estimates").shot("page-estimates-phone").fits()
    narrow.go("/day-close").shot("page-day-close-phone")
    assert "$47.00" in narrow.text()
    narrow.close()
