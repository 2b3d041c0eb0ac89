"""A hospital's summary comes in at the desk, the doctor reconciles it and refers the patient on: at both widths."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.people import Person, register

HOSPITAL = Path(__file__).resolve().parents[1] / "samples" / "ccda" / "hospital_transition.xml"


def test_a_summary_is_taken_in_reconciled_and_answered(browser, program, tmp_path):
    desk = Person(browser, program, "frontdesk").log_in()
    patient = register(desk, "Ivy", "Moss", "NPPMOSS1")
    file = tmp_path / "lakeside.xml"
    raw = HOSPITAL.read_bytes().replace(b"19800504000000", b"19800203").replace(b'"I20.89"', b'"I20.8"')
    file.write_bytes(raw)
    desk.go(f"/patients/{patient}/documents").page.set_input_files("#file", file)
    desk.page.get_by_role("button", name="Take in").click()
    expect(desk.page.locator("#notices")).to_contain_text("A clinician will look at it")
    desk.close()

    doctor = Person(browser, program, "drchen").log_in()
    page = doctor.page
    doctor.go("/outside-documents").both("outside-documents")
    page.get_by_role("link", name="Transition of Care").click()
    expect(page.get_by_text("5 items undecided")).to_be_visible()
    doctor.both("outside-document")
    allergies = page.locator("#allergies .list-group-item", has_text="Penicillin")
    allergies.get_by_role("button", name="Add to ours").click()
    expect(page.locator("#allergies")).to_contain_text("added to ours")
    page.locator("#medications").get_by_role("button", name="Add to ours").click()
    problem = page.locator("#problems .list-group-item", has_text="Exercise-induced angina")
    problem.get_by_label("ICD-10 code for Exercise-induced angina", exact=True).select_option("I20.89")
    problem.get_by_role("button", name="Add to ours").click()
    expect(page.locator("#problems")).to_contain_text("added to ours")
    page.get_by_label("Leave the rest as it is").check()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text(re.compile("Reconciled by"))).to_be_visible()
    doctor.both("outside-document-done")

    doctor.go(f"/patients/{patient}/documents").both("patient-documents")
    page.fill("#f-name", "Carl Hart")
    page.fill("#f-organization", "Lakeside Cardiology")
    page.fill("#f-reason", "Angina on exertion. Please evaluate.")
    page.get_by_role("button", name="Write the referral").click()
    expect(page.get_by_text("Carl Hart, Lakeside Cardiology").first).to_be_visible()
    page.locator("summary", has_text="Allergies").click()
    expect(page.get_by_role("cell", name="Penicillin").first).to_be_visible()
    doctor.both("summary")
    doctor.close()
