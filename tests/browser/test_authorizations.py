"""An authorization in a browser, with the real sandbox payer: asked, answered, and every page on a desk and a phone."""

from __future__ import annotations

from tests.browser.people import Person, register


def test_an_authorization_is_asked_for_and_shown(browser, program):
    desk, phone = (Person(browser, program, "frontdesk", narrow=narrow).log_in() for narrow in (False, True))
    patient = register(desk, "Avery", "Authorized", "NPP10000077AUTHLESS")
    page = desk.go(f"/patients/{patient}/authorizations").page
    page.select_option("#f-service_type", "PT")
    page.fill("#f-visits", "6")
    page.fill("#f-diagnoses", "M54.50")
    page.click("text=Ask now")
    page.wait_for_selector("text=3 left")
    assert "more than the plan allows" in desk.text()
    answer = page.locator('a[href*="/authorizations/"]', has_text="AU").first.get_attribute("href")
    for person, width in ((desk, "desk"), (phone, "phone")):
        person.go(f"/patients/{patient}/authorizations").shot(f"page-authorizations-{width}").fits()
        person.go(f"/patients/{patient}/authorizations/enter").shot(f"page-authorizations-enter-{width}").fits()
        person.go(answer).shot(f"page-authorization-{width}").fits()
        person.close()
