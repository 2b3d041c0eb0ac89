"""Programs by the browser: registered, opened from a chart, allowed by a patient, taken back; and two-step sign-in."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.people import PASSWORD, Person, register
from tests.unit.api.smart_flow import App

SCOPES = "openid fhirUser launch launch/patient launch/encounter offline_access patient/*.cruds user/*.rs"


class _App(BaseHTTPRequestHandler):
    """The program: remembers with what it was opened and called back."""

    seen: list[tuple[str, dict[str, str]]] = []

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path != "/favicon.ico":
            type(self).seen.append((parts.path, dict(parse_qsl(parts.query))))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>Growth Charts</title><h1>Growth Charts</h1>")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def place() -> Iterator[str]:
    """The program's own address."""
    server = HTTPServer(("127.0.0.1", 0), _App)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def mrn(browser: Any, program: Any) -> str:
    """The record number of a patient registered at the desk."""
    desk = Person(browser, program, "frontdesk").log_in()
    register(desk, "Ada", "Fairweather", "FW100200")
    desk.go("/patients?q=Fairweather")
    number = desk.page.locator("tbody tr td").nth(3).inner_text()
    desk.close()
    return number


@pytest.fixture(scope="module")
def app(browser: Any, program: Any, place: str) -> App:
    """The program, registered by the manager on the pages; the secret is read where it is shown once."""
    manager = Person(browser, program, "manager").log_in()
    manager.go("/practice/programs/new")
    page = manager.page
    manager.shot("smart-register")
    page.fill("#f-name", "Growth Charts")
    page.fill("#f-about", "Draws growth curves from weights and heights.")
    page.fill("#f-scopes", SCOPES)
    page.fill("#f-redirect_uris", "http://growth.example/back")
    page.fill("#f-launch_uri", f"{place}/launch")
    page.click("main button:has-text('Register')")
    expect(page.locator(".invalid-feedback").first).to_contain_text("not an address")
    manager.shot("smart-register-refused")
    page.fill("#f-redirect_uris", f"{place}/back")
    page.click("main button:has-text('Register')")
    made = App(page.inner_text("#client-id"), page.inner_text("#client-secret"))
    manager.shot("smart-registered")
    manager.fits()
    manager.go("/practice/programs").shot("smart-programs")
    assert made.secret not in manager.text()
    manager.close()
    return made


def question(app: App, program: Any, place: str, scope: str, **more: str) -> str:
    asked = app.question(scope, redirect_uri=f"{place}/back", aud=f"{program.address}/fhir", **more)
    return f"/access/authorize?{asked}"


def called_back() -> dict[str, str]:
    """What the program was called back with."""
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        if _App.seen and _App.seen[-1][0] == "/back":
            return _App.seen.pop()[1]
        time.sleep(0.05)
    raise AssertionError(f"the program was not called back: {_App.seen}")


def tokens(app: App, program: Any, place: str, code: str) -> dict[str, Any]:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": f"{place}/back"}
    form |= {"code_verifier": app.verifier}
    answer = httpx.post(f"{program.address}/fhir/token", data=form, auth=(app.client_id, app.secret), timeout=60)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_a_clinician_opens_it_from_the_patients_page(
    browser: Any, program: Any, app: App, mrn: str, place: str
) -> None:
    doctor = Person(browser, program, "drchen").log_in()
    page = doctor.page
    doctor.go("/patients?q=Fairweather")
    page.locator("tbody a").first.click()
    page.click("button:has-text('Programs')")
    expect(page.locator("#dialog")).to_contain_text("Growth Charts")
    doctor.shot("smart-open")
    with doctor.context.expect_page() as opening:
        page.locator("#dialog a", has_text="Growth Charts").click()
    opening.value.wait_for_url(re.compile("/launch"))
    where, given = _App.seen.pop()
    assert (where, given["iss"]) == ("/launch", f"{program.address}/fhir")
    asked = question(app, program, place, "launch openid fhirUser patient/*.rs user/*.rs", launch=given["launch"])
    doctor.go(asked)
    expect(page.locator("main")).to_contain_text("Fairweather")
    doctor.shot("smart-consent-clinician")
    doctor.fits()
    page.click("button:has-text('Allow') >> nth=-1")
    page.wait_for_url(re.compile("/back"))
    got = tokens(app, program, place, called_back()["code"])
    patient = httpx.get(
        f"{program.address}/fhir/Patient/{got['patient']}",
        headers={"Authorization": f"Bearer {got['access_token']}"},
        timeout=60,
    ).json()
    assert patient["name"][0]["family"] == "Fairweather"
    doctor.go("/access/allowed")
    expect(page.locator("main")).to_contain_text("Growth Charts")
    doctor.shot("smart-allowed-clinician")
    doctor.close()


def test_a_clinician_starts_at_the_program_and_chooses_the_patient(
    browser: Any, program: Any, app: App, mrn: str, place: str
) -> None:
    doctor = Person(browser, program, "drchen", narrow=True).log_in()
    doctor.go(question(app, program, place, "launch/patient patient/*.rs"))
    doctor.page.fill("input[name=_q]", "Fairw")
    doctor.page.click("button:has-text('Find')")
    doctor.shot("smart-choose-phone")
    doctor.fits()
    doctor.page.locator("a.list-group-item", has_text="Fairweather").click()
    doctor.page.click("button:has-text('Do not allow')")
    doctor.page.wait_for_url(re.compile("/back"))
    assert called_back()["error"] == "access_denied"
    doctor.close()


def test_a_patient_allows_it_and_takes_it_back(browser: Any, program: Any, app: App, mrn: str, place: str) -> None:
    command = [sys.executable, "-m", "chartdesk.app", "patient-login", "ada.fairweather", "--mrn", mrn]
    done = subprocess.run(command, env=program.environment, capture_output=True, text=True, check=True)
    given = done.stdout.split("at the first login: ")[1].strip()
    ada = Person(browser, program, "ada.fairweather")
    page = ada.page
    ada.go(question(app, program, place, "openid fhirUser launch/patient patient/*.rs offline_access"))
    page.fill("#id_login", "ada.fairweather")
    page.fill("#id_password", given)
    page.click("button[type=submit]")
    # The password that was given opens the door once.
    expect(page.locator("h1")).to_have_text("Change password")
    ada.both("password-first")
    _choose(ada, given, given)
    expect(page.locator("main")).to_contain_text("Choose another password than the one you were given.")
    _choose(ada, given, "a-window-in-april")
    expect(page.locator("h1")).to_contain_text("Growth Charts")
    ada.both("smart-consent-patient")
    page.click("button:has-text('Allow') >> nth=-1")
    page.wait_for_url(re.compile("/back"))
    got = tokens(app, program, place, called_back()["code"])
    assert got["refresh_token"]
    ada.go("/patients")
    assert page.url.endswith("/access/allowed")
    ada.both("smart-allowed-patient")
    page.click("button:has-text('Take back')")
    expect(page.locator("main")).to_contain_text("Taken back")
    ada.both("smart-taken-back")
    header = {"Authorization": f"Bearer {got['access_token']}"}
    assert httpx.get(f"{program.address}/fhir/Patient", headers=header, timeout=60).status_code == 401
    ada.close()


def _choose(person: Person, old: str, new: str) -> None:
    for field, text in (("#id_oldpassword", old), ("#id_password1", new), ("#id_password2", new)):
        person.page.fill(field, text)
    person.page.click("main button[type=submit]")


def test_a_forged_request_is_told_and_leads_nowhere(browser: Any, program: Any, app: App, mrn: str) -> None:
    doctor = Person(browser, program, "drchen").log_in()
    doctor.go(question(app, program, "http://evil.example", "patient/*.rs"))
    expect(doctor.page.locator("main")).to_contain_text("Nothing was allowed")
    doctor.shot("smart-unusable")
    doctor.fits()
    doctor.close()


def test_two_step_sign_in_belongs_to_the_house(browser: Any, program: Any) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    def code(secret: str) -> str:
        return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))

    person = Person(browser, program, "drpatel").log_in()
    page = person.page
    person.go("/accounts/2fa/").both("mfa-index")
    page.click("main a:has-text('Turn on')")
    page.wait_for_url(re.compile("/(reauthenticate|activate)/"))
    if "reauthenticate" in page.url:
        person.both("mfa-confirm")
        page.fill("input[type=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(re.compile("/activate/"))
    secret = page.input_value("#authenticator_secret")
    person.both("mfa-turn-on")
    page.fill("#id_code", "000000")
    page.click("button:has-text('Turn on')")
    expect(page.locator(".invalid-feedback")).to_be_visible()
    person.both("mfa-wrong-code")
    page.fill("#id_code", code(page.input_value("#authenticator_secret") or secret))
    page.click("button:has-text('Turn on')")
    page.wait_for_url(re.compile("/recovery-codes/"))
    person.both("mfa-recovery-codes")
    person.go("/accounts/2fa/").both("mfa-index-on")
    person.go("/accounts/password/change/").both("mfa-password")
    person.go("/accounts/2fa/recovery-codes/generate/").both("mfa-generate")
    person.go("/accounts/2fa/totp/deactivate/").both("mfa-turn-off")
    person.close()
    again = Person(browser, program, "drpatel")
    again.go("/accounts/login/")
    again.page.fill("#id_login", "drpatel")
    again.page.fill("#id_password", PASSWORD)
    again.page.click("button[type=submit]")
    expect(again.page.locator("h1")).to_have_text("One more step")
    again.both("mfa-code").close()
