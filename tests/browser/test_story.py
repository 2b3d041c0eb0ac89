"""The whole visit, clicked through by the people who do it, with every state on screen.

Front desk, clinician, biller and manager each have a browser of their own, and their pages stay open while the
others work. The sandbox payer, the worker and the server are processes; nothing is called from here.
"""

from __future__ import annotations

import functools
import re
import subprocess
import sys
import time
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.hours import ZONE
from tests.browser.people import Person, book, register


@pytest.fixture(scope="module")
def people(browser, program):
    """Everybody logged in."""
    names = ("frontdesk", "drchen", "biller", "manager")
    found = {name: Person(browser, program, name).log_in() for name in names}
    yield found
    for person in found.values():
        person.close()


@functools.cache
def _starts() -> datetime:
    """Five minutes ago, on the calendar's grid: somebody who walks in now, and stays that visit for the whole story."""
    now = datetime.now(ZONE) - timedelta(minutes=5)
    return now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)


def test_1_the_front_desk_registers_checks_and_books(people, program):
    desk = people["frontdesk"]
    patient = register(desk, "Jane", "Marlow", "NPP00004711")
    assert "active" in desk.text() and "$25.00" in desk.text()
    desk.shot("desk-eligibility")
    book(desk, "Marlow", _starts())
    expect(desk.page.locator(".ec-event", has_text="Marlow").first).to_be_visible()
    desk.shot("desk-calendar")
    desk.go(f"/patients/{patient}")
    assert "NPP00004711" in desk.text()
    desk.shot("desk-patient")


def test_2_the_same_patient_again_is_a_suspected_duplicate(people, program):
    desk = people["frontdesk"]
    page = desk.go("/patients/new").page
    for field, text in (("given", "Jayne"), ("family", "Marlowe"), ("birth_date", "1980-02-03")):
        page.fill(f"#f-{field}", text)
    page.select_option("#f-sex", "female")
    page.fill("#f-phone_mobile", "614 555 0123")
    page.click("button[value=patient]")
    expect(page.locator("main .alert-warning")).to_contain_text("Marlow, Jane")
    desk.shot("desk-duplicate")


def test_3_a_second_booking_at_the_time_is_refused_with_free_times(people, program):
    desk = people["frontdesk"]
    register(desk, "Rosa", "Quill", "NPP00004712NOTCOV")
    book(desk, "Quill", _starts())
    expect(desk.page.locator("#dialog .alert-warning")).to_contain_text("is taken")
    desk.shot("desk-conflict")
    desk.page.keyboard.press("Escape")


def test_4_the_check_in_shows_on_the_clinicians_open_page(people, program):
    desk, doctor = people["frontdesk"], people["drchen"]
    doctor.go("/my-day")
    expect(doctor.page.locator("tr", has_text="Marlow")).to_be_visible()
    expect(doctor.page.locator("tr", has_text="Marlow")).to_contain_text("prepared")
    doctor.shot("clinician-day-before")
    desk.go(f"/calendar/list?date={_starts():%Y-%m-%d}")
    desk.page.locator("tr", has_text="Marlow").get_by_role("button", name="Open").click()
    desk.page.click("text=Check-in page")
    desk.page.wait_for_url(re.compile("/check-in"))
    desk.shot("desk-check-in")
    desk.page.fill("#amount", "")
    clicked = time.monotonic()
    desk.page.click("button:has-text('Check in')")
    expect(doctor.page.locator("tr", has_text="Marlow")).to_contain_text("arrived")
    print(f"the check-in was on the clinician's page after {time.monotonic() - clicked:.2f} s")
    doctor.shot("clinician-day-arrived")


def test_5_the_clinician_writes_and_signs_the_note(people, program):
    doctor, biller = people["drchen"], people["biller"]
    biller.go("/claims")
    page = doctor.page
    page.locator("tr", has_text="Marlow").locator("a").first.click()
    page.wait_for_selector("#note")
    doctor.shot("clinician-note-prepared")
    words = {
        "subjective": "Sore throat and fever for two days.",
        "objective": "Throat red with exudate. Lungs clear.",
        "assessment": "Strep throat, rapid test positive.",
        "plan": "Amoxicillin for ten days. Fluids and rest.",
    }
    for name, text in words.items():
        page.fill(f"#section-{name}", text)
    page.fill("#v-systolic", "118")
    page.fill("#v-diastolic", "74")
    page.fill("#v-temperature_f", "100.4")
    page.click("#vitals button:has-text('Record')")
    expect(page.locator("#vitals")).to_contain_text("118/74")
    page.locator("#diagnosis").press_sequentially("strep throat", delay=5)
    found = page.locator("#diagnosis-hits button", has_text="J02.0")
    doctor.press(found, page.locator("#note-codes", has_text="J02.0"))
    for code in ("99213", "87880"):
        page.locator("#procedure").press_sequentially(code, delay=5)
        found = page.locator("#procedure-hits button", has_text=code)
        doctor.press(found, page.locator(f"input[name=procedure-code][value='{code}']"))
    page.locator("input[name=procedure-modifiers]").first.fill("25")
    page.locator("input[name=procedure-modifiers]").first.press("Tab")
    doctor.shot("clinician-note-written")
    page.click("[data-sign]")
    page.wait_for_url(re.compile("/my-day"))
    expect(page.locator("tr", has_text="Marlow")).to_contain_text("signed")
    doctor.shot("clinician-day-signed")


def test_6_the_claim_goes_out_and_is_paid_with_no_human_touch(people, program):
    biller = people["biller"]
    page = biller.page
    row = page.locator("tr", has_text="Marlow").first
    expect(row).to_be_visible()
    biller.shot("biller-claims")
    row.locator("a").first.click()
    page.wait_for_url(re.compile(r"/claims/\d+"))

    def paid() -> bool:
        page.reload()
        return "paid" in page.inner_text("main").lower().replace("not paid", "")

    biller.until(paid, "the payer does not pay")
    text = page.inner_text("main")
    for words in ("Built", "Submitted", "accepted (999)", "Taken in by the payer"):
        assert words in text, words
    biller.shot("biller-claim-paid")
    biller.go("/remittances")
    expect(page.locator("main")).to_contain_text("Northpoint", ignore_case=True)
    biller.shot("biller-remittances")
    page.locator("main table a").first.click()
    biller.shot("biller-remittance")


def test_7_the_patient_pays_the_rest_and_the_balance_is_zero(people, program):
    biller = people["biller"]
    page = biller.page
    page.fill("#search", "Marlow")
    page.locator("#search-results a", has_text="Marlow").first.click()
    page.click("text=Account")
    page.wait_for_url(re.compile("/account"))
    biller.shot("biller-account-owing")
    page.click("button:has-text('Take payment')")
    amount = page.locator("#pay input[name=amount]")
    expect(amount).to_be_visible()
    assert amount.input_value() not in ("", "0.00"), "the page offers what is owed"
    page.select_option("#method", "card")  # at the terminal; test_cards types one at the gateway
    with page.expect_navigation():
        page.locator("#pay button.btn-primary").click()
    biller.go(page.url.replace(biller.program.address, ""))
    expect(page.locator("main")).to_contain_text("$0.00")
    biller.shot("biller-account-settled")
    banner = page.inner_text(".banner")
    assert "$0.00" in banner
    biller.go("/receivables").shot("biller-receivables")


def test_8_a_denied_claim_stands_on_the_denial_list(people, program):
    desk, doctor, biller = people["frontdesk"], people["drchen"], people["biller"]
    later = _starts() + timedelta(minutes=25)
    book(desk, "Quill", later)
    visit = desk.page.locator(".ec-event", has_text="Quill").first
    desk.press(visit, desk.page.locator("#dialog", has_text="Rosa"))
    desk.shot("desk-appointment")
    desk.page.locator("#dialog button:has-text('Check in')").click()
    expect(desk.page.locator("#dialog")).to_contain_text("arrived")
    doctor.go("/my-day")
    expect(doctor.page.locator("tr", has_text="Quill")).to_contain_text("arrived")
    doctor.page.locator("tr", has_text="Quill").locator("a").first.click()
    page = doctor.page
    page.wait_for_selector("#note")
    for name in ("subjective", "objective", "assessment", "plan"):
        page.fill(f"#section-{name}", "Cough for four days; lungs clear; rest and fluids.")
    page.locator("#diagnosis").press_sequentially("J06.9", delay=5)
    found = page.locator("#diagnosis-hits button", has_text="J06.9")
    doctor.press(found, page.locator("#note-codes", has_text="J06.9"))
    page.locator("#procedure").press_sequentially("99213", delay=5)
    found = page.locator("#procedure-hits button", has_text="99213")
    doctor.press(found, page.locator("input[name=procedure-code][value='99213']"))
    expect(page.locator("input[name=procedure-code]")).to_have_count(1)
    page.click("[data-sign]")
    page.wait_for_url(re.compile("/my-day"))
    biller.until(lambda: "Quill" in biller.go("/denials").page.inner_text("main"), "no denial stands on the list")
    biller.shot("biller-denials")
    biller.go("/work").shot("biller-work")


def test_9_the_manager_sees_the_figures_and_another_practice_nothing(people, program, browser):
    manager = people["manager"]
    manager.go("/dashboard").shot("manager-dashboard")
    other = Person(browser, program, "lakeview").log_in()
    other.go("/patients?q=Marlow")
    assert "Nobody found" in other.text()
    other.shot("second-practice-finds-nobody")
    other.close()


def test_10_the_doctor_finds_the_installation_well(people, program):
    """What the story and the tests before it did to the database is as it should be, in every check."""
    command = [sys.executable, "-m", "chartdesk.app", "doctor"]
    done = subprocess.run(command, env=program.environment, capture_output=True, text=True, check=False, timeout=250)
    assert "schema: at this version" in done.stdout, done.stdout
    assert "fence between practices: closed" in done.stdout
    assert "BAD" not in done.stdout, done.stdout
