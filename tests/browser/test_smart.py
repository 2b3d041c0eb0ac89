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
    opening.value.wait_for_load_state()
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
    given, password = done.stdout.split("at the first login: ")[1].strip(), "a-window-in-april"
    for narrow in (False, True):
        name = "phone" if narrow else "desk"
        ada = Person(browser, program, "ada.fairweather", narrow=narrow)
        page = ada.page
        asked = question(app, program, place, "openid fhirUser launch/patient patient/*.rs offline_access")
        ada.go(asked)
        page.fill("#id_login", "ada.fairweather")
        page.fill("#id_password", password if narrow else given)
        page.click("button[type=submit]")
        if not narrow:  # the first time: the password that was given opens the door once
            expect(page.locator("h1")).to_have_text("Change password")
            ada.shot("password-first")
            page.fill("#id_oldpassword", given)
            for field, text in (("#id_password1", given), ("#id_password2", given)):
                page.fill(field, text)
            page.click("main button[type=submit]")
            expect(page.locator("main")).to_contain_text("Choose another password than the one you were given.")
            page.fill("#id_oldpassword", given)
            for field in ("#id_password1", "#id_password2"):
                page.fill(field, password)
            page.click("main button[type=submit]")
        expect(page.locator("h1")).to_contain_text("Growth Charts")
        ada.shot(f"smart-consent-patient-{name}")
        ada.fits()
        page.click("button:has-text('Allow') >> nth=-1")
        page.wait_for_url(re.compile("/back"))
        got = tokens(app, program, place, called_back()["code"])
        assert got["refresh_token"]
        ada.go("/patients")
        assert page.url.endswith("/access/allowed")
        ada.shot(f"smart-allowed-patient-{name}")
        ada.fits()
        page.click("button:has-text('Take back')")
        expect(page.locator("main")).to_contain_text("Taken back")
        ada.shot(f"smart-taken-back-{name}")
        refused = httpx.get(
            f"{program.address}/fhir/Patient", headers={"Authorization": f"Bearer {got['access_token']}"}, timeout=60
        )
        assert refused.status_code == 401
        ada.close()


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

    for narrow, username in ((False, "drpatel"), (True, "npgarcia")):
        name = "phone" if narrow else "desk"
        person = Person(browser, program, username, narrow=narrow).log_in()
        page = person.page
        person.go("/accounts/2fa/").shot(f"mfa-index-{name}")
        person.fits()
        page.click("main a:has-text('Turn on')")
        if "reauthenticate" in page.url:
            person.shot(f"mfa-confirm-{name}")
            person.fits()
            page.fill("input[type=password]", PASSWORD)
            page.click("main button[type=submit]")
        secret = page.input_value("#authenticator_secret")
        person.shot(f"mfa-turn-on-{name}")
        person.fits()
        page.fill("#id_code", "000000")
        page.click("button:has-text('Turn on')")
        person.shot(f"mfa-wrong-code-{name}")
        page.fill("#id_code", code(page.input_value("#authenticator_secret") or secret))
        page.click("button:has-text('Turn on')")
        page.wait_for_load_state()
        person.shot(f"mfa-recovery-codes-{name}")
        person.fits()
        person.go("/accounts/2fa/").shot(f"mfa-index-on-{name}")
        person.go("/accounts/password/change/").shot(f"mfa-password-{name}")
        person.fits()
        person.go("/accounts/2fa/recovery-codes/generate/").shot(f"mfa-generate-{name}")
        person.go("/accounts/2fa/totp/deactivate/").shot(f"mfa-turn-off-{name}")
        person.fits()
        person.close()
        again = Person(browser, program, username, narrow=narrow)
        again.go("/accounts/login/")
        again.page.fill("#id_login", username)
        again.page.fill("#id_password", PASSWORD)
        again.page.click("button[type=submit]")
        expect(again.page.locator("h1")).to_have_text("One more step")
        again.shot(f"mfa-code-{name}")
        again.fits()
        again.close()
