"""Every page of every role: it opens without a fault, is accessible, and fits a desk and a phone."""

from __future__ import annotations

import pytest

from tests.browser.people import Person

PAGES = {
    "frontdesk": [
        "/calendar",
        "/calendar/list",
        "/calendar/print",
        "/patients",
        "/patients/new",
        "/work",
        "/day-close",
    ],
    "drchen": ["/my-day", "/calendar", "/patients", "/work"],
    "nurse": ["/calendar", "/my-day", "/results"],
    "biller": [
        "/work",
        "/charges",
        "/charges/missing",
        "/charges/rules",
        "/charges/1/circumstances",
        "/charges/1/documents",
        "/claims",
        "/files",
        "/remittances",
        "/denials",
        "/receivables",
        "/statements",
        "/plans",
        "/collections",
        "/day-close",
        "/dashboard",
    ],
    "manager": [
        "/dashboard",
        "/practice",
        "/practice/scrubbing",
        "/practice/splitting",
        "/practice/revenue-codes",
        "/practice/money",
        "/practice/fees",
        "/practice/authorizations",
        "/practice/orders",
        "/practice/orders/new",
        "/practice/contracts",
        "/practice/contracts/1",
        "/practice/contracts/new",
        "/practice/tables",
        "/practice/schedule",
        "/practice/schedule/provider/1",
        "/practice/people",
        "/practice/people/new",
        "/practice/interfaces",
        "/practice/interfaces/new",
        "/practice/interfaces/messages",
        "/practice/interfaces/unmatched",
        "/claims",
        "/work",
    ],
}
CASES = [(who, page) for who, pages in PAGES.items() for page in pages]


@pytest.fixture(scope="module")
def logged_in(browser, program):
    """One browser per role and width, logged in when first asked for."""
    found: dict[tuple[str, bool], Person] = {}

    def person(who: str, narrow: bool) -> Person:
        if (who, narrow) not in found:
            found[who, narrow] = Person(browser, program, who, narrow=narrow).log_in()
        return found[who, narrow]

    yield person
    for one in found.values():
        one.close()


@pytest.mark.parametrize(("who", "page"), CASES)
def test_a_page_opens_is_accessible_and_fits(logged_in, who, page):
    name = f"page-{who}-{page.strip('/').replace('/', '-')}"
    if page not in ("/calendar", "/my-day"):
        logged_in(who, False).go(page).both(name)
        return
    # These choose what they show when they are opened.
    for narrow in (False, True):
        logged_in(who, narrow).go(page).shot(f"{name}-{'phone' if narrow else 'desk'}").fits()


def test_without_a_login_no_page_is_shown(browser, program):
    context = browser.new_context()
    page = context.new_page()
    for path in ("/calendar", "/patients", "/claims", "/dashboard"):
        page.goto(program.address + path)
        assert "/accounts/login/" in page.url
    assert page.goto(program.address + "/live?topics=day").status == 401
    context.close()


def test_a_role_is_kept_to_its_pages(logged_in):
    clerk = logged_in("frontdesk", False)
    for path in ("/claims", "/remittances", "/dashboard", "/practice"):
        response = clerk.page.goto(clerk.program.address + path)
        assert response.status == 403, path
        assert "Not allowed" in clerk.text()


def test_the_search_box_is_a_key_away(logged_in):
    clerk = logged_in("frontdesk", False)
    clerk.go("/patients")
    clerk.page.locator("h1").click()
    clerk.page.keyboard.press("/")
    assert clerk.page.evaluate("document.activeElement.id") == "search"
