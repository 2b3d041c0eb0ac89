"""The explorer in a browser: rows and line, the answer, the plan; wide and narrow, for an integrator and a manager."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.people import Person, register

_GIVE = """
import sys
from chartdesk.app import wiring
wiring.set_up()
from chartdesk.record.access import people
from chartdesk.record.access.models import Membership, User
from chartdesk.record.access.subject import Role
place = Membership.objects.get(user__username="manager")
practice = people.practice_of(place.practice)
people.add_member(practice, "integrator", Role.INTEGRATOR, password="chartdesk-demo", name="Kim Ode")
"""


@pytest.fixture(scope="module")
def filled(browser: Any, program: Any) -> None:
    """Some patients, and somebody who connects programs."""
    desk = Person(browser, program, "frontdesk").log_in()
    register(desk, "Ruth", "Explorer", "EX100200")
    desk.close()
    subprocess.run([sys.executable, "-c", _GIVE], env=program.environment, check=True)


def test_an_integrator_tries_a_search(browser: Any, program: Any, filled: None) -> None:
    person = Person(browser, program, "integrator").log_in()
    page = person.page
    page.wait_for_url("**/practice/explorer")
    person.both("explorer")
    page.fill("[data-name]", "family")
    expect(page.locator("[data-hint]").first).to_contain_text("the beginning of a word")
    page.fill("[data-value]", "explo")
    expect(page.locator("#explorer-line")).to_have_value("family=explo")
    page.click("[data-use=birthdate]")
    page.locator("[data-value]").nth(1).fill("ge1980-01-01")
    expect(page.locator("#explorer-line")).to_have_value("family=explo&birthdate=ge1980-01-01")
    page.check("input[name=measured]")
    page.click("button:has-text('Search') >> visible=true")
    expect(page.locator("#answer")).to_contain_text("Ruth Explorer")
    page.locator("#answer summary", has_text="Ruth Explorer").click()
    page.locator("#explorer-plan summary").first.click()
    person.both("explorer-answer")
    page.fill("#explorer-line", "name:contains=plor&_revinclude=Coverage:patient")
    expect(page.locator("[data-name]").nth(1)).to_have_value("_revinclude")
    page.click("button:has-text('Search') >> visible=true")
    expect(page.locator("#answer")).to_contain_text("name:contains is compared with every text")
    expect(page.locator("#answer")).to_contain_text("1 included")
    person.both("explorer-slow")
    page.select_option("#explorer-type", "Claim")
    expect(page.locator("#described")).to_contain_text("may only read it")
    page.fill("#explorer-line", "created=yesterday")
    page.click("button:has-text('Search') >> visible=true")
    expect(page.locator("#answer .alert")).to_be_visible()
    person.both("explorer-refused")
    person.go("/practice/notifications").both("explorer-notifications")
    person.close()


def test_a_manager_finds_it_under_practice(browser: Any, program: Any, filled: None) -> None:
    manager = Person(browser, program, "manager").log_in()
    manager.go("/practice/people").shot("people-integrator")
    manager.fits()
    manager.page.click("a.nav-link:has-text('Explorer')")
    manager.page.select_option("#explorer-type", "Observation")
    manager.page.click("button:has-text('Search') >> visible=true")
    expect(manager.page.locator("#answer .alert")).to_contain_text("In the name of your role (manager)")
    manager.shot("explorer-manager")
    manager.fits()
    manager.close()
