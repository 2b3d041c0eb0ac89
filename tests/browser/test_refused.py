"""A form that is refused keeps what was typed, also where the answer is another page; later nothing of it is left."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.people import Person


@pytest.fixture
def biller(browser, program):
    person = Person(browser, program, "biller").log_in()
    yield person
    person.close()


def test_what_was_typed_stands_there_again_beside_the_reason(biller):
    page = biller.page
    biller.go("/remittances/deposits")
    page.fill("#amount", "twelve dollars")
    page.fill("#trace", "CHK-7788")
    page.fill("#payer", "Acme")
    page.select_option("#method", "check")
    page.get_by_role("button", name="Enter").click()
    expect(page.locator("#notices .alert-danger")).to_be_visible()
    for field, value in (("#amount", "twelve dollars"), ("#trace", "CHK-7788"), ("#method", "check")):
        expect(page.locator(field)).to_have_value(value)
    biller.go("/remittances/deposits")
    expect(page.locator("#trace")).to_have_value("")
    assert page.evaluate("sessionStorage.getItem('typed')") is None
