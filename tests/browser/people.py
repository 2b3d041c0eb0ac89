"""Somebody at a browser: logs in, clicks, types, takes a picture, and notices what went wrong on the way."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, TimeoutError

from tests.browser import hours
from tests.browser.conftest import NARROW, PATIENCE, SHOTS, WIDE, Program

PASSWORD = "chartdesk-demo"
#: Only what is told of a finding comes back: the whole answer of axe takes longer to hand over than to find.
_SERIOUS = """
contrast => axe.run({resultTypes: ["violations"], rules: {"color-contrast": {enabled: contrast}}})
    .then(found => found.violations
    .filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => `${one.id}: ${one.nodes[0].html.slice(0, 120)}`))
"""
_TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Person:
    """A logged-in person with a browser of their own. ``faults`` collects script errors and server errors."""

    def __init__(self, browser: Browser, program: Program, username: str, *, narrow: bool = False) -> None:
        self.program, self.username = program, username
        self.context = browser.new_context(viewport=NARROW if narrow else WIDE, timezone_id=hours.NAME)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self._open: set[Request] = set()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("response", self._response)
        self.page.on("request", self._request)
        self.page.on("requestfinished", self._answered)
        self.page.on("requestfailed", self._answered)
        self.page.set_default_timeout(PATIENCE)

    def log_in(self) -> Person:
        """Log in, or go on where this person logged in before; lands on the page of the role."""
        self.context.add_cookies(self.program.cookies.get(self.username, []))  # type: ignore[arg-type]
        self.go("/")
        if "/accounts/login/" in self.page.url:
            self.page.fill("#id_login", self.username)
            self.page.fill("#id_password", PASSWORD)
            self.page.click("button[type=submit]")
        self.page.wait_for_selector("header.navbar")
        self.program.cookies[self.username] = self.context.cookies()  # type: ignore[assignment]
        return self

    def go(self, path: str) -> Person:
        """Open a page of the program."""
        self.page.goto(self.program.address + path)
        return self

    def settled(self) -> Person:
        """Wait until the page has what it asked for and has drawn it; what it listens to stays open."""
        limit = time.monotonic() + PATIENCE / 1000
        while True:
            self.page.evaluate("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
            if not self._open:
                return self
            assert time.monotonic() < limit, f"still waiting for {[request.url for request in self._open]}"
            self.page.wait_for_timeout(20)

    def until(self, holds: Callable[[], bool], what: str) -> Person:
        """Look until it holds: for what no page shows by itself."""
        limit = time.monotonic() + PATIENCE / 1000
        while not holds():
            assert time.monotonic() < limit, what
            self.page.wait_for_timeout(200)
        return self

    def press(self, button: Locator, shown: Locator) -> Person:
        """Press what may be drawn anew at that very moment, as hits and visits are, until what it shows is there."""

        def heard() -> bool:
            with suppress(TimeoutError):
                button.click(timeout=2000)
            return self.settled() and shown.count() > 0

        return self.until(heard, f"{button} shows no {shown}")

    def shot(self, name: str) -> Person:
        """Keep a picture of what is seen of the page."""
        self.settled().page.screenshot(path=SHOTS / f"{name}.jpg", type="jpeg", quality=70, animations="disabled")
        return self

    def fits(self, *, contrast: bool = True) -> Person:
        """The page has no fault, is no wider than the window, and axe finds nothing serious.

        Without ``contrast`` it does not measure the colors again, which takes most of its time.
        """
        where = self.settled().page.url
        assert not self.faults, self.faults
        wide = self.page.evaluate(_TOO_WIDE)
        assert wide <= 0, f"{where} is {wide} pixels too wide"
        self.page.evaluate(AXE_SCRIPT)
        assert not (found := self.page.evaluate(_SERIOUS, contrast)), f"{where}: {found}"
        return self

    def both(self, name: str) -> Person:
        """The same page at both widths, as somebody has it who turns the telephone or moves the window."""
        for size, narrow in ((WIDE, False), (NARROW, True)):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            self.shot(f"{name}-{'phone' if narrow else 'desk'}").fits(contrast=not narrow)
        self.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        return self

    def text(self) -> str:
        """What the page says."""
        return self.page.inner_text("body")

    def close(self) -> None:
        """Leave; the person must not have met a fault."""
        self.context.close()
        assert not self.faults, self.faults

    def _console(self, message: ConsoleMessage) -> None:
        # A refusal answers 409 or 422 on purpose; the browser logs that as a failed resource.
        if message.type == "error" and "status of 4" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} {response.url}")

    def _request(self, request: Request) -> None:
        if request.resource_type != "eventsource":
            self._open.add(request)

    def _answered(self, request: Request) -> None:
        self._open.discard(request)


def register(desk: Person, given: str, family: str, member: str) -> str:
    """Register a patient with a Northpoint PPO card through the pages; returns the patient's id."""
    page = desk.page
    desk.go("/patients/new")
    page.fill("#f-given", given)
    page.fill("#f-family", family)
    page.fill("#f-birth_date", "1980-02-03")
    page.select_option("#f-sex", "female")
    page.fill("#f-phone_mobile", "(614) 555-0123")
    page.fill("#f-address-line1", "12 Elm Street")
    page.fill("#f-address-city", "Columbus")
    page.select_option("#f-address-state", "OH")
    page.fill("#f-address-postal_code", "43215")
    page.click("text=Save and add coverage")
    page.wait_for_url(re.compile("/coverages/new"))
    patient = page.url.split("/patients/")[1].split("/")[0]
    page.select_option("#f-payer_id", "NPHP1")
    page.fill("#f-member_id", member)
    page.fill("#f-plan_name", "Northpoint PPO 500")
    desk.shot(f"desk-coverage-{family.lower()}")
    page.click("text=Save and ask the payer")
    page.wait_for_url(re.compile("/eligibility/"))
    return patient


def book(desk: Person, family: str, starts: datetime, *, site: str = "") -> None:
    """Book a visit through the dialog, outside of hours where that is needed."""
    page = desk.page
    desk.go(f"/calendar?date={starts:%Y-%m-%d}")
    page.click("button:has-text('Book')")
    page.fill("#book-who", family)
    desk.press(page.locator("#book-patients input[type=radio]").first, page.locator("#book-patients input:checked"))
    page.select_option("#book-type", "office")
    page.fill("#book-starts", f"{starts:%Y-%m-%dT%H:%M}")
    page.select_option("#book-provider", label="Grace Chen, MD")
    if site:
        page.select_option("#book-site", label=site)
    page.fill("#book-reason", "Sore throat")
    page.check("input[name=outside_hours]")
    desk.shot(f"desk-booking-{family.lower()}")
    page.click("#dialog button:has-text('Book')")
