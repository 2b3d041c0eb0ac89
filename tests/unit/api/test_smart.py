"""Tokens that people allow: codes, refresh, context, identity, and what ends them."""

from __future__ import annotations

import json
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from joserfc import jwk, jwt
from tests.unit.api.smart_flow import BACK, BASE, App, allow, together

from chartdesk.api.fhir import Request, handle
from chartdesk.kit import clock
from chartdesk.kit.transactions import transaction
from chartdesk.record import audit, store
from chartdesk.record.access import grants, people, programs, tokens
from chartdesk.record.access.models import AccessToken, ApiClient, RefreshToken
from chartdesk.record.access.programs import Program
from chartdesk.record.access.subject import Role, Subject
from chartdesk.standards.fhir import r4

SCOPES = (
    *("openid", "fhirUser", "profile", "launch", "launch/patient", "offline_access", "online_access"),
    *("patient/*.cruds", "user/*.cruds"),
)


@pytest.fixture
def doctor(practice: Any) -> Any:
    return people.add_member(
        practice, f"doctor-{practice.pk}", Role.CLINICIAN, password="x" * 12, name="Grace Chen", practitioner="dr"
    )


@pytest.fixture
def ada(practice: Any, subject: Subject) -> Any:
    """A patient with a login of her own, and another one who is none of her business."""
    for id in ("ada", "bob"):
        store.put(subject, r4.Patient(id=id))
        store.put(
            subject,
            r4.Condition(
                id=f"of-{id}", code=r4.CodeableConcept(text="x"), subject=r4.Reference(reference=f"Patient/{id}")
            ),
        )
    return people.add_patient(practice, f"ada-{practice.pk}", "ada", password="x" * 12, name="Ada Moss")


@pytest.fixture
def app(practice: Any) -> App:
    wanted = Program("Growth Charts", SCOPES, redirect_uris=(BACK,), launch_uri="https://app.example/launch")
    client, secret = programs.register(practice.pk, wanted)
    return App(client.client_id, secret)


@pytest.fixture
def phone_app(practice: Any) -> App:
    wanted = Program("Pocket", SCOPES, programs.NONE, (BACK,))
    return App(programs.register(practice.pk, wanted)[0].client_id)


def test_a_patient_allows_an_app_on_a_device(
    practice: Any, subject: Subject, ada: Any, phone_app: App, client_with: Any
) -> None:
    scope = "openid fhirUser launch/patient patient/*.rs offline_access"
    code = allow(phone_app, ada, practice, scope, patient="ada")
    got = phone_app.redeem(code)
    assert (got["token_type"], got["expires_in"], got["patient"]) == ("Bearer", 3600, "ada")
    assert set(got["scope"].split()) == set(scope.split())
    api = client_with(got["access_token"])
    assert api.json("GET", "Patient/ada")["id"] == "ada"
    assert [e["resource"]["id"] for e in api.json("GET", "Condition")["entry"]] == ["of-ada"]
    assert api.send("GET", "Patient/bob").status == 404
    assert api.send("PUT", "Patient/ada", {"resourceType": "Patient", "id": "ada"}).status == 403
    row = next(row for row in audit.trail(subject, "ada") if row.what == "Patient" and row.action == "R")
    assert row.actor == f"client:{phone_app.client_id}/user:{ada.pk}"
    assert (row.name, row.purpose) == ("Pocket for Ada Moss", "PATRQT")
    consent = next(row for row in audit.trail(subject, "ada") if row.what == "program access")
    assert (consent.action, consent.actor) == ("C", f"user:{ada.pk}")


def test_the_identity_token_can_be_checked_with_the_published_keys(practice: Any, doctor: Any, app: App) -> None:
    asked = app.question("openid fhirUser profile patient/*.rs", nonce="n-1")
    got = app.redeem(allow(app, doctor, practice, "", asked=asked, patient="ada", encounter="e1"))
    published = json.loads(handle(Request("GET", "/fhir/jwks", headers={"host": "127.0.0.1:8000"})).body)
    assert all("d" not in key for key in published["keys"])
    read = jwt.decode(got["id_token"], jwk.KeySet.import_key_set(published), algorithms=["RS256"])
    assert read.claims["iss"] == BASE
    assert read.claims["aud"] == app.client_id
    assert read.claims["nonce"] == "n-1"
    assert read.claims["fhirUser"] == f"{BASE}/Practitioner/dr"
    assert read.claims["name"] == "Grace Chen"
    assert (got["patient"], got["encounter"], got["need_patient_banner"]) == ("ada", "e1", True)


def test_a_code_works_once_and_what_came_of_it_ends_when_it_comes_again(
    practice: Any, doctor: Any, app: App, client_with: Any
) -> None:
    code = allow(app, doctor, practice, "user/*.rs offline_access")
    got = app.redeem(code)
    assert client_with(got["access_token"]).send("GET", "Patient").status == 200
    assert app.redeem(code, status=400)["error"] == "invalid_grant"
    assert client_with(got["access_token"]).send("GET", "Patient").status == 401
    assert app.refresh(got["refresh_token"], status=400)["error"] == "invalid_grant"


def test_of_two_who_redeem_one_code_at_once_one_gets_tokens(practice: Any, doctor: Any, app: App) -> None:
    code = allow(app, doctor, practice, "user/*.rs")
    got = together(*[lambda: app.redeem(code)] * 4)
    assert len([one for one in got if isinstance(one, dict)]) == 1


def test_what_comes_of_a_grant_that_is_just_ending_ends_with_it(practice: Any, doctor: Any, app: App) -> None:
    got = app.redeem(allow(app, doctor, practice, "user/*.rs offline_access"))
    client = ApiClient.objects.get(client_id=app.client_id)
    held, ending = threading.Event(), threading.Event()

    def refresh() -> None:
        with transaction(practice.pk):
            known = grants.refresh_token_of(client, got["refresh_token"])
            assert known is not None
            held.set()
            # The other one is at it by now, and has to wait.
            ending.wait(60)
            time.sleep(0.2)
            tokens.issue(client, "user/*.rs", grant=known.grant)
            grants.new_refresh_token(known.grant)
            grants.use_refresh_token(known)

    def take_back() -> None:
        held.wait(60)
        ending.set()
        grants.take_back(people.subject_of(doctor, practice.pk), doctor, app.client_id, "")

    assert together(refresh, take_back) == [None, None]
    assert not AccessToken.objects.filter(client=client).exists()
    with transaction(practice.pk):
        assert not RefreshToken.objects.filter(used=None, expires__gt=clock.now()).exists()


def test_who_amends_a_program_does_not_bring_it_back(practice: Any, subject: Subject, app: App) -> None:
    held, amending = threading.Event(), threading.Event()

    def withdraw() -> None:
        with transaction(subject):
            programs.withdraw(subject, app.client_id)
            held.set()
            amending.wait(60)
            time.sleep(0.2)

    def amend() -> None:
        held.wait(60)
        amending.set()
        programs.amend(subject, app.client_id, Program("Growth Charts 2", SCOPES, redirect_uris=(BACK,)))

    assert together(withdraw, amend) == [None, None]
    known = ApiClient.objects.get(client_id=app.client_id)
    assert (known.active, known.name) == (False, "Growth Charts 2")


@pytest.mark.parametrize(
    "changed",
    [
        {"code": "another"},
        {"redirect_uri": "https://app.example/other"},
        {"redirect_uri": ""},
        {"code_verifier": "x" * 43},
        {"code_verifier": ""},
    ],
)
def test_a_code_needs_everything_to_fit(practice: Any, doctor: Any, app: App, changed: dict[str, str]) -> None:
    code = allow(app, doctor, practice, "user/*.rs")
    assert app.redeem(**{"code": code, **changed, "status": 400})["error"] in ("invalid_grant", "invalid_request")
    assert app.redeem(code)["scope"] == "user/*.rs"


def test_a_code_is_over_after_a_minute_and_is_no_other_programs(
    practice: Any, doctor: Any, app: App, phone_app: App
) -> None:
    code = allow(app, doctor, practice, "user/*.rs")
    phone_app.verifier = app.verifier
    assert phone_app.redeem(code, status=400)["error"] == "invalid_grant"
    with clock.at(clock.now() + timedelta(seconds=61)):
        assert app.redeem(code, status=400)["error"] == "invalid_grant"


def test_refresh_tokens_change_and_a_stolen_one_ends_everything(
    practice: Any, subject: Subject, doctor: Any, app: App, client_with: Any
) -> None:
    first = app.redeem(allow(app, doctor, practice, "user/*.rs patient/*.rs offline_access", patient="ada"))
    second = app.refresh(first["refresh_token"])
    assert second["refresh_token"] != first["refresh_token"]
    assert second["patient"] == "ada"
    narrow = app.refresh(second["refresh_token"], scope="user/Patient.r")
    assert narrow["scope"] == "user/Patient.r"
    assert client_with(narrow["access_token"]).send("GET", "Condition").status == 403
    wide = app.refresh(narrow["refresh_token"])
    assert set(wide["scope"].split()) == {"user/*.rs", "patient/*.rs", "offline_access"}
    assert app.refresh(wide["refresh_token"], status=400, scope="user/*.cruds")["error"] == "invalid_scope"
    assert app.refresh(first["refresh_token"], status=400)["error"] == "invalid_grant"
    assert app.refresh(wide["refresh_token"], status=400)["error"] == "invalid_grant"
    assert client_with(wide["access_token"]).send("GET", "Patient").status == 401
    ends = [row.detail for row in audit.trail(subject, "ada") if (row.what, row.action) == ("program access", "D")]
    assert ends == ["Growth Charts: a refresh token was used twice"]


def test_without_asking_there_is_no_refresh_token(practice: Any, doctor: Any, app: App) -> None:
    assert "refresh_token" not in app.redeem(allow(app, doctor, practice, "user/*.rs"))


def test_online_access_ends_with_the_session(practice: Any, doctor: Any, app: App) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session.create()
    code = allow(app, doctor, practice, "user/*.rs online_access", session=session.session_key)
    got = app.refresh(app.redeem(code)["refresh_token"])
    session.delete()
    assert app.refresh(got["refresh_token"], status=400)["error"] == "invalid_grant"


def test_who_has_left_takes_their_programs_along(practice: Any, doctor: Any, app: App, client_with: Any) -> None:

    got = app.redeem(allow(app, doctor, practice, "user/*.rs offline_access"))
    doctor.memberships.update(active=False)
    tokens._remembered.clear()
    assert client_with(got["access_token"]).send("GET", "Patient").status == 401
    assert app.refresh(got["refresh_token"], status=400)["error"] == "invalid_grant"


def test_a_program_reaches_no_further_than_who_let_it(practice: Any, app: App, client_with: Any) -> None:
    clerk = people.add_member(practice, f"desk-{practice.pk}", Role.FRONT_DESK, password="x" * 12, name="Pat Desk")
    got = app.redeem(allow(app, clerk, practice, "user/*.cruds"))
    api = client_with(got["access_token"])
    assert "user/Patient.cruds" in got["scope"].split()
    assert api.send("GET", "Appointment").status == 200
    assert api.send("GET", "Observation").status == 403


def test_what_was_allowed_is_listed_and_taken_back(
    practice: Any, subject: Subject, ada: Any, app: App, phone_app: App, client_with: Any
) -> None:
    got = app.redeem(allow(app, ada, practice, "patient/*.rs offline_access", patient="ada"))
    phone_app.redeem(allow(phone_app, ada, practice, "patient/Patient.r", patient="ada"))
    person = people.subject_of(ada, practice.pk)
    listed = grants.allowed(person, ada)
    assert [(one.client.name, one.lasting) for one in listed] == [("Pocket", False), ("Growth Charts", True)]
    assert grants.take_back(person, ada, app.client_id, "ada") == 1
    assert client_with(got["access_token"]).send("GET", "Patient").status == 401
    assert app.refresh(got["refresh_token"], status=400)["error"] == "invalid_grant"
    assert [one.client.name for one in grants.allowed(person, ada)] == ["Pocket"]
    row = next(row for row in audit.trail(subject, "ada") if row.what == "program access" and row.action == "D")
    assert (row.actor, row.detail) == (f"user:{ada.pk}", "Growth Charts: taken back")


def test_introspection_and_revocation(practice: Any, doctor: Any, app: App, phone_app: App, client_with: Any) -> None:
    got = app.redeem(allow(app, doctor, practice, "openid fhirUser user/*.rs offline_access", patient="ada"))
    told = app.post("introspect", token=got["access_token"])
    assert told["active"] is True
    assert (told["client_id"], told["patient"], told["sub"]) == (app.client_id, "ada", str(doctor.pk))
    assert told["fhirUser"] == f"{BASE}/Practitioner/dr"
    assert app.post("introspect", token=got["refresh_token"])["active"] is True
    assert app.post("introspect", token="nonsense") == {"active": False}
    assert phone_app.post("introspect", status=401, token=got["access_token"])["error"] == "invalid_client"
    assert phone_app.post("revoke", token=got["access_token"]) == {}
    assert app.post("introspect", token=got["access_token"])["active"] is True
    assert app.post("revoke", token=got["access_token"], token_type_hint="access_token") == {}
    assert app.post("introspect", token=got["access_token"]) == {"active": False}
    assert client_with(got["access_token"]).send("GET", "Patient").status == 401
    assert app.post("revoke", token=got["refresh_token"]) == {}
    assert app.refresh(got["refresh_token"], status=400)["error"] == "invalid_grant"


def test_another_practice_learns_nothing_of_a_token(practice: Any, doctor: Any, app: App) -> None:
    got = app.redeem(allow(app, doctor, practice, "user/*.rs offline_access"))
    far = people.open_practice(f"far-smart-{practice.pk}", "Far away")
    client, secret = programs.register(far.pk, Program("Spy", ("system/*.rs",)))
    spy = App(client.client_id, secret)
    for token in (got["access_token"], got["refresh_token"]):
        assert spy.post("introspect", token=token) == {"active": False}
        assert spy.post("revoke", token=token) == {}
    assert app.refresh(got["refresh_token"])["access_token"]


def test_ending_a_program_ends_its_tokens(
    practice: Any, subject: Subject, doctor: Any, app: App, client_with: Any
) -> None:
    got = app.redeem(allow(app, doctor, practice, "user/*.rs offline_access"))
    programs.withdraw(subject, app.client_id)
    assert client_with(got["access_token"]).send("GET", "Patient").status == 401
    assert app.refresh(got["refresh_token"], status=401)["error"] == "invalid_client"


def test_no_secret_lies_in_the_database(practice: Any, subject: Subject, doctor: Any, app: App) -> None:
    from chartdesk.record import database

    code = allow(app, doctor, practice, "openid user/*.rs offline_access")
    got = app.redeem(code)
    with transaction(subject):
        kept = ""
        for table in ("apiclient", "accesstoken", "refreshtoken", "authorizationcode", "grant", "signingkey"):
            kept += str(database.rows(f"SELECT t::text FROM access_{table} t"))
    for secret in (app.secret, code, got["access_token"], got["refresh_token"], '"d"'):
        assert secret not in kept
    assert '"kty"' in kept


def test_what_a_program_reads_first() -> None:
    def read(name: str) -> Any:
        return json.loads(handle(Request("GET", f"/fhir/.well-known/{name}", headers={"host": "localhost"})).body)

    smart, openid = read("smart-configuration"), read("openid-configuration")
    assert smart["authorization_endpoint"] == "http://localhost/access/authorize"
    assert smart["code_challenge_methods_supported"] == ["S256"]
    assert {"launch-ehr", "launch-standalone", "permission-v2", "client-confidential-asymmetric"} <= set(
        smart["capabilities"]
    )
    assert openid["issuer"] == smart["issuer"] == "http://localhost/fhir"
    assert openid["id_token_signing_alg_values_supported"] == ["RS256"]
    assert "registration_endpoint" not in smart
