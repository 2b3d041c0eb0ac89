"""A manager merges a patient who was registered twice, on a desk and on a phone, and undoes it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.people import Person, register


@pytest.fixture
def twice(browser, program):
    desk = Person(browser, program, "frontdesk").log_in()
    found = (
        register(desk, "Willa", "Doubletree", "NPPDOUBLE1"),
        register(desk, "Wilhelmina", "Dubbletree", "NPPDOUBLE2"),
    )
    desk.close()
    return found


def test_compare_merge_and_undo(browser, program, twice):
    one, other = twice
    manager = Person(browser, program, "manager").log_in()
    page = manager.page
    page.on("dialog", lambda asked: asked.accept())
    manager.go(f"/patients/{one}").page.get_by_role("link", name="Merge", exact=True).click()
    page.fill("input[name=q] >> nth=-1", "Dubbletree")
    page.press("input[name=q] >> nth=-1", "Enter")
    manager.both("merge-choose")
    page.locator(f'a[href*="goes={other}"]').first.click()
    expect(page.get_by_role("heading", name="Compare two records")).to_be_visible()
    manager.both("merge-compare")
    if page.locator("input[name=confirmed]").count():
        page.check("input[name=confirmed]")
    page.fill("input[name=reason]", "Registered twice")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator("#notices")).to_contain_text("Merged.")
    manager.go(f"/patients/{other}")
    assert page.url.endswith(f"/patients/{one}")
    manager.go("/merges")
    manager.both("merges")
    page.get_by_role("button", name="Undo the merge").first.click()
    expect(page.locator("#notices")).to_contain_text("Undone")
    assert page.url.endswith(f"/patients/{other}")
    manager.close()
