"""The page where a practice chooses which half runs here, and tests the line to the other one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from chartdesk.api import fhir
from chartdesk.exchange.halves import trying
from chartdesk.exchange.halves.fhir import connecting, following
from chartdesk.exchange.halves.fhir.connecting import PeerDetails
from chartdesk.exchange.subscriptions import delivery, endpoints
from chartdesk.exchange.transports import installation
from chartdesk.kit import clock, outbox
from chartdesk.pms.registration import commands as registration
from chartdesk.pms.registration import queries as patients
from chartdesk.pms.registration.people import Guarantor, Person, Registration
from chartdesk.record import search
from chartdesk.record.access import people, programs
from chartdesk.record.access.subject import system

LOCAL = endpoints.networks("127.0.0.0/8")


@pytest.fixture
def server() -> Iterator[str]:
    """The FHIR interface of this process on a socket; its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            path, _, query = self.path.partition("?")
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): text for name, text in self.headers.items()}
            answer = fhir.handle(fhir.Request(self.command, path, query, headers, body, "127.0.0.1"))
            self.send_response_only(answer.status)
            for name, text in answer.headers.items():
                if name.lower() != "content-length":
                    self.send_header(name, text)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815  (the names that the library asks for)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.daemon_threads = True
    threading.Thread(target=made.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{made.server_address[1]}/fhir"
    policy = endpoints.Policy(http=True, networks=LOCAL, base=address)
    before = installation.present()
    endpoints.use(policy)
    installation.use(installation.Installation(policy=policy))
    yield address
    endpoints.use(endpoints.Policy())
    installation.use(before)
    made.shutdown()
    made.server_close()


@pytest.fixture
def other(practice: Any) -> Any:
    """The other half's practice, as its own program; it lives in the same database and sees nothing of the first."""
    from chartdesk.app import wiring

    wiring.connect()
    settings = {"mode": "ehr", "handoff_carrier": "fhir"}
    return people.open_practice(f"{practice.slug}-ehr", "The other half", npi="1993999998", settings=settings)


def join(practice: Any, other: Any, base: str) -> None:
    """Let both in at each other."""
    scopes = ("system/*.rs", "system/Subscription.cruds")
    sides = [(practice, "FIRST-PMS"), (other, "OTHER-EHR")]
    for (own, _), (there, authority) in (sides, sides[::-1]):
        subject = system(own.pk, "test")
        connecting.write_down(subject, PeerDetails(there.name, base, authority))
        key = connecting.public_key(subject)
        wanted = programs.Program(own.name, scopes, authentication=programs.KEY, jwks=key)
        client = programs.register(there.pk, wanted)[0]
        connecting.write_down(subject, PeerDetails(there.name, base, authority, client.client_id))


def work(*practices: Any) -> None:
    """What workers do in between."""
    for one in practices:
        outbox.deliver_all(one.pk)
        delivery.deliver_all(one.pk)
        while following.work(one.pk):
            pass


def test_nobody_but_a_manager_sees_it(staff):
    desk = staff("front_desk")
    assert desk.get("/practice/connection").status_code == 403
    assert desk.post("/practice/connection/test").status_code == 403


def test_a_practice_begins_with_both_halves_and_has_nothing_to_test(staff):
    client = staff("manager")
    page = client.get("/practice/connection").content.decode()
    assert "Nothing to connect" in page and "Test the connection" not in page
    assert "there is no connection to test" in client.post("/practice/connection/test", follow=True).content.decode()


def test_the_mode_is_chosen_and_what_is_wrong_is_said(staff, practice):
    client = staff("manager")
    given = {"mode": "pms", "carrier": "fhir", "authority": "lakeside pms", "channel": ""}
    page = client.post("/practice/connection", given)
    assert page.status_code == 422 and "cannot stand for who assigns numbers" in page.content.decode()
    assert client.post("/practice/connection", {**given, "authority": "lakeside-pms"}).status_code == 302
    practice.refresh_from_db()
    assert (practice.settings["mode"], practice.settings["handoff_carrier"]) == ("pms", "fhir")
    assert practice.settings["authority"] == "LAKESIDE-PMS"
    page = client.get("/practice/connection").content.decode()
    assert "FHIR address" in page and "Test the connection" in page
    assert client.post("/practice/connection", {**given, "mode": "half"}).status_code == 422
    assert client.post("/practice/connection", {**given, "mode": "unified", "authority": "X"}).status_code == 302
    practice.refresh_from_db()
    assert practice.settings["handoff_carrier"] == "in_process"


def test_the_other_half_is_written_down_with_a_key_and_its_secret_is_never_shown(staff, practice, server):
    client = staff("manager")
    client.post("/practice/connection", {"mode": "pms", "carrier": "fhir", "authority": "FIRST", "channel": ""})
    given = {"name": "Other", "base": "nonsense", "authority": "OTHER", "client_id": "x", "secret": "s3cret-s3cret"}
    page = client.post("/practice/connection/other-half", given)
    assert page.status_code == 422 and "is no address of a server" in page.content.decode()
    assert client.post("/practice/connection/other-half", {**given, "base": server}).status_code == 302
    page = client.get("/practice/connection").content.decode()
    assert "P-384" in page and "s3cret" not in page and '"d"' not in page.replace("&quot;", '"')


def test_a_test_patient_goes_there_and_is_gone_again(staff, practice, other, server):
    practice.settings.update(mode="pms", handoff_carrier="fhir", authority="FIRST-PMS")
    practice.save()
    other.settings["authority"] = "OTHER-EHR"
    other.save()
    client = staff("manager")
    join(practice, other, server)
    connecting.subscribe(system(other.pk, "test"))
    work(practice, other)
    assert client.post("/practice/connection/test").status_code == 302
    for _ in range(30):
        client.post("/practice/connection/test/go-on")
        work(practice, other)
        trial = trying.last(system(practice.pk, "test"))
        assert trial is not None
        if trial.state != "running":
            break
    said = [(one["name"], one["state"], one["words"]) for one in trial.steps]
    assert trial.state == "passed", said
    assert [name for name, _, _ in said] == [
        "reach", "token", "subscribe", "greeted", "send", "answer", "remove", "gone",
    ]  # fmt: skip
    page = client.get("/practice/connection").content.decode()
    assert "The connection works." in page and "Connection-Test, Ignore" in page
    for one in (practice, other):
        assert list(search.all(system(one.pk, "test"), "Patient", [])) == []


def test_who_pays_and_the_alert_follow_also_when_nothing_else_was_changed(staff, practice, other, server):
    practice.settings.update(mode="pms", handoff_carrier="fhir", authority="FIRST-PMS")
    practice.save()
    join(practice, other, server)
    here, there = system(practice.pk, "test"), system(other.pk, "test")
    connecting.subscribe(there)
    work(practice, other)
    mother = Person(family="Moss", given="Mo", sex="female", birth_date=date(1960, 1, 2))
    child = Person(family="Moss", given="Ida", sex="female", birth_date=date(2020, 5, 6))
    made = registration.register(
        here, Registration(child, guarantor=Guarantor("parent", mother), alerts="Fall risk"), confirmed_distinct=True
    )
    work(practice, other)
    [patient] = search.all(there, "Patient", [])
    seen = patients.patient(there, patient.id)
    assert (seen.guarantor, seen.alerts) == (Guarantor("parent", mother), "Fall risk")
    own = patients.patient(here, made.patient_id)
    assert ("urn:chartdesk:assigned-by:FIRST-PMS", own.guarantor.number, "GI") in seen.guarantor.identifiers
    changed = replace(own.registration, guarantor=Guarantor("parent", replace(mother, given="Mona")), alerts="")
    registration.amend(here, made.patient_id, changed, version=own.version)
    work(practice, other)
    seen = patients.patient(there, patient.id)
    assert seen.guarantor.person is not None
    assert (seen.guarantor.person.given, seen.alerts) == ("Mona", "")
    own = patients.patient(here, made.patient_id)
    registration.amend(here, made.patient_id, replace(own.registration, guarantor=Guarantor()), version=own.version)
    work(practice, other)
    assert patients.patient(there, patient.id).guarantor == Guarantor()


def test_a_line_that_is_dead_is_said_in_words(staff, practice, server):
    practice.settings.update(mode="pms", handoff_carrier="fhir")
    practice.save()
    subject = system(practice.pk, "test")
    connecting.write_down(subject, PeerDetails("Other", "http://127.0.0.1:9/fhir", "OTHER"))
    client = staff("manager")
    client.post("/practice/connection/test")
    part = client.post("/practice/connection/test/go-on", HTTP_HX_REQUEST="true").content.decode()
    assert "The connection does not work yet." in part and "127.0.0.1 cannot be reached" in part
    assert "<html" not in part


def test_who_waits_too_long_gives_up_and_leaves_nobody_behind(staff, practice, other, server):
    practice.settings.update(mode="pms", handoff_carrier="fhir", authority="FIRST-PMS")
    practice.save()
    join(practice, other, server)
    client = staff("manager")
    client.post("/practice/connection/test")
    for _ in range(7):
        client.post("/practice/connection/test/go-on")
        work(practice)
        delivery.deliver_all(other.pk)
    trial = trying.last(system(practice.pk, "test"))
    assert trial is not None and [one["state"] for one in trial.steps][4:6] == ["done", "waiting"]
    with clock.at(clock.now() + timedelta(minutes=5)):
        client.post("/practice/connection/test/go-on")
    trial = trying.last(system(practice.pk, "test"))
    assert trial is not None and trial.state == "failed" and "Nothing came within" in trial.steps[5]["words"]
    assert list(search.all(system(practice.pk, "test"), "Patient", [])) == []
