"""Messages posted to us and by us, resources written to a FHIR server: our own doors, on a socket."""

from __future__ import annotations

import base64
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from tests.unit.exchange.transports.conftest import adt

from chartdesk.api import fhir
from chartdesk.exchange.engine.documents import ChannelDocument, FhirTarget, HttpsSource, HttpsTarget
from chartdesk.exchange.engine.transports import FHIR, HL7, Content, Door
from chartdesk.exchange.transports import fhir_out, http_in, http_out, installation, secrets
from chartdesk.kit.buckets import Buckets
from chartdesk.kit.errors import Invalid
from chartdesk.record import search, store
from chartdesk.record.access import people
from chartdesk.standards.fhir import r4
from chartdesk.standards.hl7v2 import Message, batches

TOKEN = "kTz4Wv9aQm2Lx7Bn"


class Doors(BaseHTTPRequestHandler):
    """Our web server's doors for programs, without the server around them."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        path, _, query = self.path.partition("?")
        if path.startswith(http_in.PREFIX):
            shown = self.headers["Authorization"] or ""
            posted = http_in.take(self.command, path, shown, body, origin="127.0.0.1", too_large=False)
            self._answer(posted.status, posted.body, {"Content-Type": posted.media})
            return
        headers = {name.lower(): text for name, text in self.headers.items()}
        found = fhir.handle(fhir.Request(self.command, path, query, headers, body, origin="127.0.0.1"))
        self._answer(found.status, found.body, dict(found.headers))

    def do_PUT(self) -> None:
        self.do_POST()

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, text in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        return


@contextmanager
def listening(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def served(database: str) -> Iterator[str]:
    """The address of our doors on a socket."""
    with listening(Doors) as address:
        yield address


@pytest.fixture
def posting(desk, subject, practice, served) -> str:
    """The address of a channel that is posted to."""
    desk.channel(ChannelDocument(name="lab", source=HttpsSource(), kinds=["ADT^*"], largest=100_000))
    secrets.keep(subject, "lab", "token", TOKEN)
    return f"{served}/interfaces/{practice.slug}/lab"


def post(address: str, body: bytes, authorization: str = f"Bearer {TOKEN}", method: str = "POST") -> tuple[int, bytes]:
    request = urllib.request.Request(address, body, {"Content-Type": http_out.MEDIA}, method=method)
    if authorization:
        request.add_header("Authorization", authorization)
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def test_a_message_that_is_posted_is_stored_and_answered(desk, posting):
    status, body = post(posting, adt("1"))
    assert (status, Message(body).get("MSA-1"), Message(body).get("MSA-2")) == (200, "AA", "1")
    basic = "Basic " + base64.b64encode(f"lab:{TOKEN}".encode()).decode()
    assert post(posting, adt("2"), basic)[0] == 200, "a user name and a password is all that some can send"
    assert [(one.control_id, one.peer) for one in desk.log()] == [("1", "127.0.0.1"), ("2", "127.0.0.1")]


def test_a_batch_is_answered_by_a_batch(desk, posting):
    status, body = post(posting, adt("1") + adt("2") + adt("3", kind="SIU^S12"))
    assert status == 400
    assert [Message(one).get("MSA-1") for one in batches.split(body).messages] == ["AA", "AA", "AR"]
    assert [one.status for one in desk.log()] == ["received", "received", "refused"]


def test_who_has_no_token_learns_nothing(desk, posting):
    gone = posting.replace("/lab", "/nowhere")
    for address, shown in ((posting, ""), (posting, "Bearer wrong"), (posting, "Basic !"), (gone, f"Bearer {TOKEN}")):
        assert post(address, adt("1"), shown)[0] == 401
    assert desk.log() == []


def test_who_guesses_at_tokens_has_to_wait(desk, posting, monkeypatch):
    monkeypatch.setattr(http_in, "_failures", Buckets(rate=1 / 60, burst=2))
    shown = ["Bearer wrong", "Bearer worse", f"Bearer {TOKEN}"]
    assert [post(posting, adt("1"), one)[0] for one in shown] == [401, 401, 429]
    assert desk.log() == []


def test_what_cannot_be_taken(desk, posting):
    assert post(posting, b"")[0] == 400
    assert post(posting, b"FHS|^~\\&\rwhat is this\r")[0] == 400
    assert post(posting, adt("1", more="NTE|1||" + "x" * 100_000 + "\r"))[0] == 413
    assert post(posting, adt("1"), method="PUT")[0] == 405
    status, body = post(posting, b"no message at all")
    assert status == 400 and Message(body).get("MSA-1") == "AR"


def test_a_channel_of_another_kind_cannot_be_posted_to(desk, subject, practice):
    desk.listening("other")
    secrets.keep(subject, "other", "token", TOKEN)
    path = f"/interfaces/{practice.slug}/other"
    assert http_in.take("POST", path, f"Bearer {TOKEN}", adt("1"), origin="", too_large=False).status == 401


def delivery(desk, subject, settings, secret: str = "", *, media: str = HL7, transport=None):
    """``send(raw, control_id)``: hand one over by a transport, with a secret that the channel keeps."""
    channel = desk.channel(ChannelDocument(name="out", direction="out"))
    if secret:
        secrets.keep(subject, "out", "login", secret)
    door = Door(desk.practice, channel.pk, "out", "partner", settings)
    carrier = transport or http_out.HttpsTransport()
    return lambda raw, control_id="1": carrier.deliver(door, Content(raw, media, control_id, "ADT^A04", 1))


def test_our_messages_are_posted(desk, subject, posting):
    send = delivery(desk, subject, HttpsTarget(url=posting, secret="login"), TOKEN)
    found = send(adt("1"))
    assert found.status == "taken" and Message(found.answer).get("MSA-1") == "AA"
    assert send(adt("1", mrn="2")).status == "failed", "an AE says more than the status that it comes with"
    refused = send(adt("3", kind="SIU^S12"), "3")
    assert refused.status == "refused" and "is not taken here" in refused.words


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/200", "taken", ""),
        ("/400", "refused", "answered 400"),
        ("/401", "unreachable", "answered 401"),
        ("/500", "failed", "answered 500"),
        ("/503", "unreachable", "answered 503"),
        ("/302", "unreachable", "Redirects are not followed"),
        ("/hang", "unreachable", "did not answer within 1 seconds"),
        ("/break", "unreachable", "broke off the connection"),
    ],
)
def test_what_a_server_answers(desk, subject, plain_server, path, status, words):
    send = delivery(desk, subject, HttpsTarget(url=plain_server + path, answer_seconds=1))
    found = send(adt("1"))
    assert found.status == status and words in found.words


@pytest.fixture(scope="module")
def plain_server() -> Iterator[str]:
    """A server that answers with the status that its path names."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/hang":
                time.sleep(1.5)
            if self.path in ("/hang", "/break"):
                self.close_connection = True
                return
            self.send_response(int(self.path[1:]))
            self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return

    with listening(Handler) as address:
        yield address


def test_only_where_the_operator_allows(desk, subject, plain_server):
    send = delivery(desk, subject, HttpsTarget(url=f"{plain_server}/200"))
    installation.use(installation.Installation())
    assert "https only" in send(adt("1")).words


# Resources to a FHIR server ---------------------------------------------------------------------------


def patient(family: str, number: str = "") -> dict[str, Any]:
    return {
        "resourceType": "Patient",
        **({"id": number} if number else {}),
        "identifier": [{"system": "urn:oid:1.2.3", "value": family}],
        "name": [{"family": family}],
    }


@pytest.fixture
def writing(desk, subject, practice, served):
    """``send(content)``: to our own FHIR server, as a backend service with a secret."""
    number, secret = people.register_client(practice, "Partner", ["system/*.cruds"])
    settings = FhirTarget(url=f"{served}/fhir", client=number, token_url=f"{served}/fhir/token", secret="login")
    return delivery(desk, subject, settings, secret, media=FHIR, transport=fhir_out.FhirTransport())


def test_resources_are_written_to_a_fhir_server(desk, subject, writing):
    assert writing(json.dumps(patient("Alone")).encode()).status == "taken"
    assert writing(json.dumps(patient("Named", "p-1")).encode()).status == "taken"
    bundle = {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {
                "resource": patient("Bundled"),
                "request": {"method": "POST", "url": "Patient", "ifNoneExist": "identifier=urn:oid:1.2.3|Bundled"},
            }
        ],
    }
    assert [writing(json.dumps(bundle).encode()).status for _ in range(2)] == ["taken", "taken"]
    found = search.find(subject, "Patient", [("_sort", "family")]).entries
    assert [store.read(subject, r4.Patient, one.id).name[0].family for one in found] == [
        "Alone", "Bundled", "Named",
    ]  # fmt: skip


def test_what_it_refuses_is_told_in_its_words(desk, subject, writing):
    found = writing(json.dumps({"resourceType": "Patient", "birthDate": "yesterday"}).encode())
    assert found.status == "refused" and "birthDate" in found.words
    assert writing(b"MSH|").status == "refused"
    batch = {
        "resourceType": "Bundle",
        "type": "batch",
        "entry": [{"request": {"method": "GET", "url": "Patient/gone"}}],
    }
    found = writing(json.dumps(batch).encode())
    assert found.status == "refused" and "did not take all of it" in found.words


def test_who_is_given_no_token_waits(desk, subject, served):
    settings = FhirTarget(url=f"{served}/fhir", client="x", token_url=f"{served}/fhir/token", secret="login")
    send = delivery(desk, subject, settings, "wrong", media=FHIR, transport=fhir_out.FhirTransport())
    found = send(json.dumps(patient("A")).encode())
    assert found.status == "unreachable" and "gives us no token" in found.words


def test_where_what_a_mapping_made_is_posted():
    message = {"resourceType": "Bundle", "type": "message", "entry": []}
    assert fhir_out.request_of(json.dumps(message).encode())[0] == "/$process-message"
    kept = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": patient("A", "1")}]}
    path, body = fhir_out.request_of(json.dumps(kept).encode())
    assert path == "" and json.loads(body)["entry"][0]["request"] == {"method": "PUT", "url": "Patient/1"}
    with pytest.raises(Invalid):
        fhir_out.request_of(b"[]")


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (200, b'{"resourceType": "Bundle", "entry": null}', ""),
        (200, b'{"entry": [null, {"response": null}, {"response": {"status": "201"}}]}', ""),
        (200, b"[]", ""),
        (422, b'{"resourceType": "OperationOutcome", "issue": null}', "The partner answered 422."),
        (422, b'{"resourceType": "OperationOutcome", "issue": [null, {"details": null, "code": 7}]}',
         "The partner answered 422: 7"),
        (200, b'{"entry": [{"response": {"status": "422", "outcome": []}}]}',
         "The partner did not take all of it. 422: "),
    ],
)  # fmt: skip
def test_a_fhir_server_s_odd_answer_is_read_as_far_as_it_says_something(status, body, words):
    found = fhir_out.said(http_out.Reply(status, body, {}))
    assert (found.status, found.words) == ("refused" if words else "taken", words)
