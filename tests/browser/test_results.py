"""From an order to its signed result, with a laboratory on the line; every page on a desk and a phone."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.people import Person, register

LABORATORY = str(Path(__file__).with_name("laboratory.py"))


def laboratory(program, what: str) -> None:
    subprocess.run([sys.executable, LABORATORY, what], env=program.environment, check=True, timeout=300)


def test_an_order_goes_out_and_its_result_is_signed(browser, program):
    laboratory(program, "open")
    desk, doctor, nurse = (Person(browser, program, name).log_in() for name in ("frontdesk", "drchen", "nurse"))
    patient = register(desk, "Paula", "Potash", "NPP00008801")
    page = doctor.go(f"/patients/{patient}/orders").page
    page.select_option("#item", "bmp")
    page.fill("input[name=codes]", "I10")
    page.check("input[name=taken]")
    page.click("form button:has-text('Order')")
    order = page.locator("#orders a", has_text="Basic metabolic panel")
    expect(order).to_be_visible()
    doctor.both("page-orders")
    order.click()
    expect(page.locator("main")).to_contain_text("sent by lab-orders")
    doctor.both("page-order")
    doctor.go("/results")
    # Documents of other tests may wait there too.
    line = page.locator("#results tr", has_text="Potash")
    expect(page.locator("#results")).to_be_visible()
    expect(line).to_have_count(0)
    laboratory(program, "answer")
    expect(line).to_contain_text("critical")
    doctor.both("page-results")
    doctor.go("/my-day")
    expect(page.locator("#my-day")).to_contain_text(re.compile(r"to sign, yours and unassigned, 1 critical"))
    doctor.go("/results")
    line.locator("a").first.click()
    expect(page.locator("main")).to_contain_text("6.8 mmol/L")
    doctor.both("page-result")
    page.click("text=over time")
    expect(page.locator("svg[role=img] circle")).to_have_count(1)
    doctor.both("page-course")
    page.go_back()
    page.check("input[value=tell]")
    page.fill("#comment", "Come in today.")
    page.click("form button:has-text('Sign')")
    expect(page.locator("#results")).to_be_visible()
    expect(line).to_have_count(0)
    nurse.go("/work")
    expect(nurse.page.locator("main")).to_contain_text("Tell the patient about Basic metabolic panel")
    nurse.go(f"/patients/{patient}/immunizations").both("page-immunizations")
    for person in (desk, doctor, nurse):
        person.close()
