"""What carries a request: packed bodies, origins, limits, forms of the answer, what cannot be an address."""

from __future__ import annotations

import gzip
import json
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import brotli
import psycopg
import pytest
from django.conf import settings
from tests.unit.api.test_resources import MOSS, refused

from chartdesk.api.fhir import Request, Response, faults, limits, origins, packing
from chartdesk.kit.buckets import Buckets
from chartdesk.kit.errors import Invalid, Unavailable

LONG = {"resourceType": "Patient", "id": "p", "name": [{"text": "Moss " * 600}]}
PAGE = "https://app.example"


def deflated(body: bytes, bits: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, bits)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: deflated(body, -15)),
        ("identity", lambda body: body),
    ],
)
def test_packed_bodies_are_taken(api: Any, coding: str, pack: Any) -> None:
    body = pack(json.dumps(MOSS).encode())
    assert api.send("POST", "Patient", body, content_encoding=coding).status == 201


def test_what_is_not_packed_as_it_says_is_refused(api: Any) -> None:
    refused(api.send("POST", "Patient", b"{}", content_encoding="gzip"), 400, "invalid")
    refused(api.send("POST", "Patient", gzip.compress(b"{}")[:-4], content_encoding="gzip"), 400, "invalid")
    refused(api.send("POST", "Patient", gzip.compress(b"{}") * 2, content_encoding="gzip"), 400, "invalid")
    response = api.send("POST", "Patient", b"{}", content_encoding="compress")
    refused(response, 415, "not-supported", "compress")
    assert response.headers["Accept-Encoding"] == "gzip, deflate"


def test_a_body_that_grows_too_large_is_not_unpacked(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = gzip.compress(b" " * (80 * 1024 * 1024))
    assert len(bomb) < 100_000
    refused(api.send("POST", "Patient", bomb, content_encoding="gzip"), 413, "too-long", "unpacked")
    monkeypatch.setattr(settings, "FHIR_BODY_BYTES", 100)
    twice = gzip.compress(b" " * 101)
    refused(api.send("POST", "Patient", twice, content_encoding="gzip"), 413, "too-long")


@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"),
    [
        ("gzip", "gzip", gzip.decompress),
        ("gzip, deflate, br", "br", brotli.decompress),
        ("deflate", "deflate", zlib.decompress),
        ("br;q=0.1, gzip;q=0.9", "gzip", gzip.decompress),
        ("*", "br", brotli.decompress),
        ("identity", None, bytes),
        ("gzip;q=0", None, bytes),
        ("identity;q=1, gzip;q=0.5", None, bytes),
        ("zstd", None, bytes),
        (";;;q=x,,", None, bytes),
    ],
)
def test_larger_answers_are_packed(api: Any, accepted: str, coding: str | None, unpack: Any) -> None:
    api.json("PUT", "Patient/p", LONG, status=201)
    plain = api.send("GET", "Patient/p")
    response = api.send("GET", "Patient/p", accept_encoding=accepted)
    assert response.headers.get("Content-Encoding") == coding
    assert unpack(response.body) == plain.body
    assert ("Accept-Encoding" in response.headers.get("Vary", "")) is (coding is not None)


def test_small_answers_are_sent_as_they_are(api: Any) -> None:
    api.json("PUT", "Patient/p", {**MOSS, "id": "p"}, status=201)
    assert "Content-Encoding" not in api.send("GET", "Patient/p", accept_encoding="gzip").headers
    assert api.send("HEAD", "Patient/p", accept_encoding="gzip").body == b""


def test_pages_of_others_may_ask_only_where_the_operator_says_so(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"origin": PAGE, "access_control_request_method": "PUT", "authorization": ""}
    closed = api.send("OPTIONS", "Patient/p", **asked)
    assert closed.status == 204
    assert not any(name.startswith("Access-Control") for name in closed.headers)
    assert closed.headers["Allow"] == "DELETE, GET, OPTIONS, PATCH, PUT"
    monkeypatch.setattr(settings, "FHIR_ORIGINS", frozenset({PAGE}))
    opened = api.send("OPTIONS", "Patient/p", **asked)
    assert opened.headers["Access-Control-Allow-Origin"] == PAGE
    assert "PUT" in opened.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in opened.headers["Access-Control-Allow-Headers"]
    found = api.send("GET", "Patient/nobody", origin=PAGE)
    assert (found.status, found.headers["Access-Control-Allow-Origin"]) == (404, PAGE)
    assert "ETag" in found.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in found.headers
    other = api.send("GET", "Patient/nobody", origin="https://evil.example")
    assert "Access-Control-Allow-Origin" not in other.headers
    assert other.headers["Vary"] == "Origin"
    both = Response(200, headers={"Vary": "Accept-Encoding"})
    origins.open_to(Request("GET", "/fhir/Patient", headers={"origin": PAGE}), both)
    assert both.headers["Vary"] == "Accept-Encoding, Origin"
    monkeypatch.setattr(settings, "FHIR_ORIGINS", frozenset({"*"}))
    assert api.send("GET", "Patient", origin="https://any.example").headers["Access-Control-Allow-Origin"]


def test_options_name_the_methods(api: Any) -> None:
    assert api.send("OPTIONS", "metadata").headers["Allow"] == "GET, OPTIONS"
    refused(api.send("OPTIONS", "Patient/1/2/3"), 404, "not-found")


def test_one_client_has_so_many_requests_a_second(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_requests", Buckets(rate=0.5, burst=3))
    assert [api.send("GET", "Patient").status for _ in range(3)] == [200] * 3
    response = api.send("GET", "Patient")
    refused(response, 429, "throttled", "Try again")
    assert response.headers["Retry-After"] == "2"
    assert api.send("GET", "metadata").status == 200


def test_one_address_has_so_many_failed_logins(api: Any, client_with: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_failures", Buckets(rate=1 / 60, burst=2))
    guess = client_with("guess")
    assert [guess.send("GET", "Patient").status for _ in range(2)] == [401, 401]
    response = guess.send("GET", "Patient")
    refused(response, 429, "throttled", "failed logins")
    assert int(response.headers["Retry-After"]) > 30
    form = b"grant_type=client_credentials&client_id=x&client_secret=y"
    assert guess.send("POST", "token", form, content_type="application/x-www-form-urlencoded").status == 429


def test_buckets_fill_again_forget_and_hold_under_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("chartdesk.kit.buckets.time.monotonic", lambda: now[0])
    buckets = Buckets(rate=2, burst=4)
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: buckets.take("a"), range(10)))
    assert waits.count(0) == 4
    assert buckets.take("a") == pytest.approx(0.5)
    assert buckets.wait("a") == pytest.approx(0.5)
    assert buckets.wait("nobody") == 0
    now[0] += 1
    assert [buckets.take("a") for _ in range(2)] == [0, 0]
    monkeypatch.setattr("chartdesk.kit.buckets._REMEMBERED", 10)
    for number in range(50):
        buckets.take(f"b{number}")
    assert len(buckets._buckets) <= 10


@pytest.mark.parametrize(
    "address",
    [
        *("Patient/%00", "Patient?name=%00", "Patient?name=%ff", "Patient/\x00", "Patient/\ud800", "Patient/\ufffd"),
        "Patient?" + "&".join(["name=x"] * 501),
    ],
)
def test_what_can_be_no_address_is_refused(api: Any, address: str) -> None:
    response = api.send("GET", address)
    assert response.status in (400, 404), response.body
    assert json.loads(response.body)["resourceType"] == "OperationOutcome"


def test_the_form_of_an_answer(api: Any) -> None:
    body = b'{"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},'
    api.send("PUT", "Observation/o", body + b'"valueQuantity":{"value":1.50}}')
    pretty = api.send("GET", "Observation/o?_pretty=true").body
    assert b'\n  "status": "final"' in pretty
    assert b'"value": 1.50' in pretty
    for accepted in ("application/fhir+json;fhirVersion=4.0", "text/html, application/json;q=0.5"):
        assert api.send("GET", "Observation/o", accept=accepted).status == 200
    refused(api.send("GET", "Observation/o", accept="application/fhir+json; fhirVersion=5.0"), 406, "not-supported")
    assert api.send("GET", "Observation/o?_format=application/fhir+json", accept="text/html").status == 200


def test_a_request_keeps_its_name_if_it_can_be_printed(api: Any) -> None:
    assert api.send("GET", "metadata", x_request_id="abc-1").headers["X-Request-Id"] == "abc-1"
    assert api.send("GET", "metadata", x_request_id="a\r\nb\xff").headers["X-Request-Id"] == "ab"


def test_what_the_database_stops_is_tried_again_or_told(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    def late() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise psycopg.errors.DeadlockDetected
        return "done"

    def never() -> None:
        raise psycopg.errors.SerializationFailure

    assert faults.again(late) == "done"
    with pytest.raises(psycopg.errors.SerializationFailure):
        faults.again(never)
    assert isinstance(faults.told(psycopg.errors.DeadlockDetected()), Unavailable)
    assert isinstance(faults.told(psycopg.errors.AdminShutdown()), Unavailable)
    assert isinstance(faults.told(psycopg.OperationalError("gone")), Unavailable)
    assert isinstance(faults.told(psycopg.errors.QueryCanceled()), Invalid)
    assert isinstance(faults.told(psycopg.errors.NumericValueOutOfRange()), Invalid)
    assert faults.told(psycopg.errors.UndefinedColumn()) is None
    assert faults.told(ValueError()) is None


def test_the_choice_of_a_coding_is_bounded() -> None:
    assert packing._chosen("gzip," * 1000) == "gzip"
