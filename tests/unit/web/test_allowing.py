"""Allowing a program, taking it back, opening one from a patient's page, registering one: as a browser meets it."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from tests.unit.api.smart_flow import BACK, App, new_key, public_keys

from chartdesk.record import audit, store
from chartdesk.record.access import people, programs
from chartdesk.record.access.models import ApiClient
from chartdesk.record.access.programs import Program
from chartdesk.record.access.subject import Subject
from chartdesk.standards.fhir import r4

AUD = "http://localhost/fhir"
SCOPES = (
    "openid",
    "fhirUser",
    "launch",
    "launch/patient",
    "launch/encounter",
    "offline_access",
    "patient/*.cruds",
    "user/*.rs",
)


@pytest.fixture
def app(practice: Any) -> App:
    wanted = Program("Growth Charts", SCOPES, redirect_uris=(BACK,), launch_uri="https://app.example/launch?a=1")
    client, secret = programs.register(practice.pk, wanted)
    return App(client.client_id, secret)


@pytest.fixture
def patients(subject: Subject) -> None:
    for id, family in (("ada", "Moss"), ("bob", "Quill")):
        store.put(
            subject, r4.Patient(id=id, name=(r4.HumanName(family=family, given=("Pat",)),), birthDate="1984-05-17")
        )
        reference = r4.Reference(reference=f"Patient/{id}")
        kind = r4.Coding(system="http://terminology.hl7.org/CodeSystem/v3-ActCode", code="AMB")
        store.put(subject, r4.Encounter(id=f"visit-{id}", status="finished", class_=kind, subject=reference))


@pytest.fixture
def ada(practice: Any, patients: None, staff: Any) -> Any:
    """A browser where Ada is logged in, with a record of her own and no other."""
    from django.test import Client

    user = people.add_patient(practice, f"ada-{practice.pk}", "ada", password="x" * 12, name="Ada Moss")
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def ask(app: App, scope: str, **more: str) -> str:
    return "/access/authorize?" + app.question(scope, **{"aud": AUD, **more})


def decide(browser: Any, address: str, decision: str = "allow", **data: Any) -> dict[str, str]:
    """Press a button of the page with everything ticked; the parameters that the program gets."""
    page = browser.get(address)
    assert page.status_code == 200, page.content
    text = page.content.decode()
    ticked = [html.unescape(one) for one in re.findall(r'name="scope" value="([^"]*)"', text)]
    answer = browser.post(address, {"decision": decision, "scope": ticked, **data})
    found = re.search(r'id="onward"', answer.content.decode())
    assert answer.status_code == 200
    assert found
    location = html.unescape(re.search(r'content="0;url=([^"]*)"', answer.content.decode()).group(1))  # type: ignore[union-attr]
    assert location.startswith(BACK + "?")
    return dict(parse_qsl(urlsplit(location).query))


def redeem(app: App, code: str, **more: Any) -> Any:
    return app.redeem(code, **more)


def test_a_patient_reads_what_is_asked_and_allows_it(ada: Any, app: App, subject: Subject) -> None:
    address = ask(app, "openid fhirUser launch/patient patient/*.rs patient/Condition.c offline_access")
    page = ada.get(address)
    text = page.content.decode()
    assert "Growth Charts" in text
    assert "Pat Moss" in text
    assert "See everything in the record" in text
    assert "Keep this access when you are logged out" in text
    assert "Add problems" not in text, "a patient may not let a program write"
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"
    sent = decide(ada, address)
    assert sent["state"] == "s-1"
    got = redeem(app, sent["code"])
    assert got["patient"] == "ada"
    assert set(got["scope"].split()) == {"openid", "fhirUser", "launch/patient", "patient/*.rs", "offline_access"}
    listed = ada.get("/access/allowed").content.decode()
    assert "Growth Charts" in listed
    taken = ada.post(f"/access/allowed/{app.client_id}/take-back", {"patient": "ada"})
    assert taken.status_code == 302
    assert "no program" in ada.get("/access/allowed").content.decode()
    assert app.refresh(got["refresh_token"], status=400)["error"] == "invalid_grant"
    rows = [row.action for row in audit.trail(subject, "ada") if row.what == "program access"]
    assert rows == ["D", "C"]


def test_unticked_is_not_given_and_nothing_ticked_is_asked_again(ada: Any, app: App) -> None:
    address = ask(app, "launch/patient patient/Condition.rs patient/Observation.rs offline_access")
    answer = ada.post(address, {"decision": "allow", "scope": ["launch/patient", "patient/Condition.rs", "user/*.rs"]})
    location = html.unescape(re.search(r'url=([^"]*)"', answer.content.decode()).group(1))  # type: ignore[union-attr]
    got = redeem(app, parse_qs(urlsplit(location).query)["code"][0])
    assert set(got["scope"].split()) == {"launch/patient", "patient/Condition.rs"}
    assert "refresh_token" not in got
    assert ada.post(address, {"decision": "allow", "scope": ["launch/patient"]}).status_code == 422


def test_denied_is_told_to_the_program(ada: Any, app: App) -> None:
    sent = decide(ada, ask(app, "patient/*.rs"), "deny")
    assert (sent["error"], sent["state"]) == ("access_denied", "s-1")


def test_a_patient_gets_no_other_record_and_no_page_of_the_staff(ada: Any, app: App) -> None:
    address = ask(app, "launch/patient patient/*.rs")
    assert ada.get(address + "&_patient=bob").status_code == 404
    assert ada.post(address + "&_patient=bob", {"decision": "allow", "scope": "patient/*.rs"}).status_code == 404
    for path in (
        "/",
        "/patients",
        "/patients/ada",
        "/calendar",
        "/claims",
        "/access/open?patient=ada",
        "/search?q=moss",
    ):
        answer = ada.get(path)
        assert answer.status_code == 302, path
        assert answer.headers["Location"] == "/access/allowed", path


def test_a_parent_chooses_whose_record(practice: Any, ada: Any, app: App) -> None:
    user = people.add_patient(practice, f"ada-{practice.pk}", "bob", password="x" * 12, name="Ada Moss")
    address = ask(app, "launch/patient patient/*.rs")
    page = ada.get(address).content.decode()
    assert "Whose record?" in page
    links = [html.unescape(one) for one in re.findall(r'href="(/access/authorize[^"]*)"', page)]
    assert len(links) == 2
    sent = decide(ada, next(one for one in links if one.endswith("_patient=bob")))
    assert redeem(app, sent["code"])["patient"] == "bob"
    assert people.own_patients(user, practice.pk) == ["ada", "bob"]


def test_the_staff_finds_the_patient_and_may_choose_a_visit(staff: Any, patients: None, app: App) -> None:
    nurse = staff("nurse")
    address = ask(app, "launch/patient launch/encounter patient/*.rs user/Patient.rs")
    assert "Which patient?" in nurse.get(address).content.decode()
    hits = nurse.get(address + "&_q=moss").content.decode()
    chosen = html.unescape(re.search(r'href="(/access/authorize[^"]*_patient=ada)"', hits).group(1))  # type: ignore[union-attr]
    assert 'value="visit-ada"' in nurse.get(chosen).content.decode()
    sent = decide(nurse, chosen, encounter="visit-ada")
    got = redeem(app, sent["code"])
    assert (got["patient"], got["encounter"]) == ("ada", "visit-ada")
    answer = nurse.post(chosen, {"decision": "allow", "scope": "patient/*.rs", "encounter": "visit-bob"})
    assert answer.status_code == 404


def test_opened_from_a_patients_page(staff: Any, patients: None, app: App, subject: Subject) -> None:
    nurse = staff("nurse")
    assert "Growth Charts" in nurse.get("/access/open?patient=ada").content.decode()
    opened = nurse.get(f"/access/open/{app.client_id}?patient=ada&encounter=visit-ada")
    where = urlsplit(opened.headers["Location"])
    query = dict(parse_qsl(where.query))
    assert (where.netloc, query["a"], query["iss"]) == ("app.example", "1", AUD)
    scope = "launch launch/encounter openid patient/*.rs"
    sent = decide(nurse, ask(app, scope, launch=query["launch"]))
    got = redeem(app, sent["code"])
    assert (got["patient"], got["encounter"]) == ("ada", "visit-ada")
    assert "launch" in got["scope"].split()
    again = dict(parse_qsl(urlsplit(nurse.get(f"/access/open/{app.client_id}?patient=bob").headers["Location"]).query))
    at_once = nurse.get(ask(app, "launch openid patient/*.rs", launch=again["launch"]))
    assert at_once.status_code == 302, "what was allowed before is not asked again"
    code = dict(parse_qsl(urlsplit(at_once.headers["Location"]).query))["code"]
    assert redeem(app, code)["patient"] == "bob"
    assert [row.what for row in audit.trail(subject, "bob") if row.action == "E"] == ["program launch"]
    colleague = staff("clinician")
    stolen = colleague.get(ask(app, scope, launch=again["launch"]))
    assert dict(parse_qsl(urlsplit(stolen.headers["Location"]).query))["error"] == "invalid_request"


def test_another_site_cannot_open_a_program(staff: Any, patients: None, app: App) -> None:
    nurse = staff("nurse")
    address = f"/access/open/{app.client_id}?patient=ada"
    assert nurse.get(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert nurse.get(f"/access/open/{app.client_id}?patient=nobody").status_code == 404
    assert nurse.get(f"/access/open/{app.client_id}?patient=ada&encounter=visit-bob").status_code == 404


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "nobody"},
        {"client_id": ""},
        {"redirect_uri": "https://evil.example/back"},
        {"redirect_uri": BACK + "/more"},
        {"redirect_uri": BACK + "?x=1"},
        {"redirect_uri": ""},
        {"redirect_uri": 'https://app.example/"><script>'},
        {"redirect_uri": "https://app.example/b\u00e4ck"},
        {"redirect_uri": "javascript:alert(1)"},
    ],
)
def test_a_request_that_may_be_forged_leads_nowhere(ada: Any, app: App, changed: dict[str, str]) -> None:
    answer = ada.get(ask(app, "patient/*.rs", **changed))
    assert answer.status_code == 400
    assert "Location" not in answer.headers
    assert b"<script>" not in answer.content


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": ""}, "invalid_request"),
        ({"state": ""}, "invalid_request"),
        ({"aud": "https://other.example/fhir"}, "invalid_request"),
        ({"aud": ""}, "invalid_request"),
        ({"scope": "system/*.rs"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
        ({"scope": "user/*.rs"}, "invalid_scope"),
        ({"launch": "nonsense"}, "invalid_request"),
        ({"prompt": "none"}, "consent_required"),
    ],
)
def test_other_faults_are_told_to_the_program(ada: Any, app: App, changed: dict[str, str], error: str) -> None:
    answer = ada.get("/access/authorize?" + app.question(**{"scope": "openid patient/*.rs", "aud": AUD, **changed}))
    assert answer.status_code == 302, answer.content
    sent = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
    assert answer.headers["Location"].startswith(BACK + "?")
    assert sent["error"] == error
    assert sent.get("state", "") == changed.get("state", "s-1")


def test_repeated_parameters_lead_nowhere(ada: Any, app: App) -> None:
    answer = ada.get(ask(app, "patient/*.rs") + "&redirect_uri=https://evil.example")
    assert answer.status_code == 400


def test_logging_in_comes_back_to_the_whole_question(app: App, ada: Any) -> None:
    from django.test import Client

    address = ask(app, "patient/*.rs")
    answer = Client(SERVER_NAME="localhost").get(address)
    assert dict(parse_qsl(urlsplit(answer.headers["Location"]).query))["next"] == address


def test_a_login_without_a_place_in_the_practice_is_told_so(staff: Any, app: App) -> None:
    far = people.open_practice(f"far-allow-{app.client_id[:8]}", "Far away")
    client, _ = programs.register(far.pk, Program("Far", ("user/*.rs",), redirect_uris=(BACK,)))
    answer = staff("nurse").get(ask(App(client.client_id), "user/*.rs"))
    assert answer.status_code == 403
    assert b"no place in Far away" in answer.content


def test_the_manager_registers_a_program_in_clear_words(staff: Any, practice: Any, subject: Subject) -> None:
    manager = staff("manager")
    assert manager.get("/practice/programs").status_code == 200
    data = {"name": "Lab", "authentication": "secret", "scopes": "system/Patient.rs", "about": "Sends results."}
    wrong = manager.post("/practice/programs/new", {**data, "name": "", "scopes": "system/Nothing.rs patient/*.rs"})
    text = wrong.content.decode()
    assert wrong.status_code == 422
    for words in ("has no name", "is not a scope", "must be sent back somewhere"):
        assert words in html.unescape(text), words
    made = manager.post("/practice/programs/new", data)
    secret = re.search(r'id="client-secret">([^<]+)<', made.content.decode()).group(1)  # type: ignore[union-attr]
    row = ApiClient.objects.get(practice=practice.pk, name="Lab")
    assert people.issue_token(row.client_id, secret)[1] == "system/Patient.rs"
    page = manager.get(f"/practice/programs/{row.client_id}").content.decode()
    assert secret not in page
    assert "See name, address, birth date" in page
    renewed = manager.post(f"/practice/programs/{row.client_id}/secret")
    other = re.search(r'id="client-secret">([^<]+)<', renewed.content.decode()).group(1)  # type: ignore[union-attr]
    with pytest.raises(Exception, match="wrong"):
        people.issue_token(row.client_id, secret)
    assert people.issue_token(row.client_id, other)
    changed = manager.post(f"/practice/programs/{row.client_id}", {**data, "scopes": "system/*.rs"})
    assert changed.status_code == 302
    assert manager.post(f"/practice/programs/{row.client_id}/withdraw").status_code == 302
    assert staff("biller").get("/practice/programs").status_code == 403


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"authentication": "key"}, "public keys here or at an address"),
        ({"authentication": "key", "jwks": "{"}, "not JSON"),
        ({"authentication": "key", "jwks": '{"keys":[]}'}, "not a key set"),
        ({"authentication": "key", "jwks": '{"keys":[{"kty":"oct","kid":"1","k":"YWJj"}]}'}, "private or shared"),
        ({"authentication": "key", "jwks": '{"keys":[{"kty":"EC","kid":"1","crv":"P-384"}]}'}, "cannot be read"),
        ({"authentication": "key", "jwks_uri": "http://keys.example/"}, "Use https"),
        ({"jwks_uri": "https://keys.example/"}, "only for a program that signs"),
        ({"authentication": "none"}, "cannot work by itself"),
        ({"redirect_uris": "https://a.example/#x"}, "not an address"),
        ({"redirect_uris": "http://a.example/back"}, "not an address"),
        ({"redirect_uris": "com.example.app:/back"}, "not an address"),
        ({"redirect_uris": "https://user@a.example/"}, "not an address"),
        ({"redirect_uris": "https://*.example/"}, "not an address"),
        ({"launch_uri": "https://a.example/launch"}, "cannot be opened there"),
    ],
)
def test_what_cannot_be_registered(staff: Any, changed: dict[str, str], words: str) -> None:
    data = {"name": "Lab", "authentication": "secret", "scopes": "system/Patient.rs", **changed}
    answer = staff("manager").post("/practice/programs/new", data)
    assert answer.status_code == 422
    assert words in html.unescape(answer.content.decode())


def test_a_program_that_signs_is_registered_with_its_keys(staff: Any, practice: Any) -> None:
    import json

    data = {
        "name": "Signer",
        "authentication": "key",
        "scopes": "system/*.rs",
        "jwks": json.dumps(public_keys(new_key())),
    }
    answer = staff("manager").post("/practice/programs/new", data)
    assert answer.status_code == 200
    assert b"client-secret" not in answer.content
    assert ApiClient.objects.get(practice=practice.pk, name="Signer").secret_hash == ""


def test_a_state_comes_back_as_it_was(ada: Any, app: App) -> None:
    state = '{"a": "b&c=ä"}'
    assert decide(ada, ask(app, "patient/*.rs", state=state))["state"] == state


def test_with_prompt_login_the_password_is_asked_again(ada: Any, app: App) -> None:
    from datetime import timedelta

    from chartdesk.kit import clock

    address = ask(app, "openid patient/*.rs", prompt="login")
    assert ada.get(address).status_code == 200
    with clock.at(clock.now() + timedelta(minutes=3)):
        answer = ada.get(address)
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/?next=%2Faccess%2Fauthorize")
