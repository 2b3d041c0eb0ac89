"""Channels and mappings in a browser: the form follows what is chosen, a value and its place mark each other."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.people import Person

HOME = "/practice/interfaces"
CHANNEL = {
    "name": "lake-adt",
    "title": "Lake, patients",
    "source": {"type": "folder", "path": "lake/in"},
    "destinations": [
        {"name": "record", "transport": {"type": "record"}},
        {
            "name": "server",
            "transport": {"type": "fhir", "url": "https://fhir.example/r4"},
            "mapping": {
                "name": "to-fhir",
                "makes": "fhir",
                "samples": [
                    {
                        "name": "a woman",
                        "message": "MSH|^~\\&|PMS|LAKE|EHR|LAKE|20260314093000||ADT^A08^ADT_A01|1|P|2.5.1\n"
                        "PID|1||100^^^MRB^MR~200^^^SSA^SS||MOSS^ADA^B||19800203|F\nPV1|1|O",
                        "expected": [{"at": "Patient.gender", "value": "female"}],
                    }
                ],
            },
        },
    ],
}


@pytest.fixture(scope="module")
def manager(browser: Any, program: Any) -> Any:
    """A manager who has added the channel."""
    person = Person(browser, program, "manager").log_in()
    person.go(f"{HOME}/new").page.fill("#document", json.dumps(CHANNEL, indent=2))
    person.page.get_by_role("button", name="Add").click()
    person.page.wait_for_url(f"**{HOME}/channels/lake-adt")
    yield person
    person.close()


def test_the_form_shows_the_fields_of_what_is_chosen(manager: Person) -> None:
    page = manager.both("channel").page
    manager.go(f"{HOME}/channels/lake-adt/form").both("channel-form")
    expect(page.locator("[name='source.folder.path']")).to_be_visible()
    expect(page.locator("[name='source.mllp.port']")).to_be_hidden()
    page.select_option("[name='source.type']", "mllp")
    expect(page.locator("[name='source.folder.path']")).to_be_hidden()
    page.fill("[name='source.mllp.port']", "6677")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("MLLP on port 6677")).to_be_visible()


def test_a_file_is_looked_over_first(manager: Person) -> None:
    page = manager.go(f"{HOME}/channels/lake-adt").page
    given = json.dumps({**CHANNEL, "unknown_patient": "refuse"}).encode()
    page.set_input_files("#file", {"name": "lake-adt.json", "mimeType": "application/json", "buffer": given})
    page.get_by_role("button", name="What would change").click()
    expect(page.locator("#changes tbody tr", has_text="unknown_patient")).to_contain_text("refuse")
    manager.both("channel-changes")


def test_versions_are_compared(manager: Person) -> None:
    page = manager.go(f"{HOME}/channels/lake-adt/versions").both("channel-versions").page
    expect(page.locator("#changes")).to_contain_text("source.type")
    page.once("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="Restore version 1").click()
    expect(page.get_by_text("Version 1 holds again, as version 3.")).to_be_visible()


def test_a_value_and_its_place_mark_each_other(manager: Person) -> None:
    page = manager.go(f"{HOME}/channels/lake-adt/mapping/server").page
    expect(page.locator("#trials")).to_contain_text("passes")
    row = page.locator("[data-source='PID-3[2].1']")
    row.locator("summary").click()
    expect(page.locator("#sent mark")).to_have_text("200")
    expect(row.locator("details")).to_have_attribute("open", "")
    expect(page.locator("#made .marked")).to_have_text('"value": "200",', use_inner_text=True)
    page.locator("[data-place='PID-5']").click()
    assert page.locator("tr.marked td:last-child").all_inner_texts() == ["MOSS", "ADA", "B"]
    page.locator("[data-made$='.birthDate']").press("Enter")
    expect(page.locator("#sent mark")).to_have_text("19800203")
    manager.both("mapping")
