"""Somebody at a browser: logs in, clicks, types, takes a picture, and notices what went wrong on the way."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from tests.browser.conftest import NARROW, SHOTS, WIDE, Program

PASSWORD = "chartdesk-demo"


class Person:
    """A logged-in person with a browser of their own. ``faults`` collects script errors and server errors."""

    def __init__(self, browser: Browser, program: Program, username: str, *, narrow: bool = False) -> None:
        self.program, self.username = program, username
        self.context = browser.new_context(viewport=NARROW if narrow else WIDE, timezone_id="America/New_York")  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("response", self._response)
        self.page.set_default_timeout(15_000)

    def log_in(self) -> Person:
        """Log in; lands on the page of the role."""
        self.go("/accounts/login/")
        self.page.fill("#id_login", self.username)
        self.page.fill("#id_password", PASSWORD)
        self.page.click("button[type=submit]")
        self.page.wait_for_selector("header.navbar")
        return self

    def go(self, path: str) -> Person:
        """Open a page of the program."""
        self.page.goto(self.program.address + path)
        return self

    def shot(self, name: str) -> Person:
        """Keep a picture of the page as it is."""
        self.page.wait_for_timeout(250)
        self.page.screenshot(path=str(SHOTS / f"{name}.png"), full_page=True)
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


def serious(results: Any) -> list[str]:
    """The serious and critical findings of an axe run, in short."""
    return [
        f"{violation['id']}: {violation['nodes'][0]['html'][:120]}"
        for violation in results.response["violations"]
        if violation["impact"] in ("serious", "critical")
    ]


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
    page.click("#book-patients input[type=radio]")
    page.select_option("#book-type", "office")
    page.fill("#book-starts", f"{starts:%Y-%m-%dT%H:%M}")
    page.select_option("#book-provider", label="Grace Chen, MD")
    if site:
        page.select_option("#book-site", label=site)
    page.fill("#book-reason", "Sore throat")
    page.check("input[name=outside_hours]")
    desk.shot(f"desk-booking-{family.lower()}")
    page.click("#dialog button:has-text('Book')")
