"""Anything may come: no request gets a 5xx or a word of our inside, every refusal says something, none takes long.

Requests are made from the OpenAPI document by schemathesis, and by hypothesis: bundles, bodies, queries, headers.
All examples are derived from the code alone, so that a run can be repeated.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chartdesk.api.fhir import Request, Response, handle

#: Seconds that all operations of the document together may take, and a single request.
WHOLE, ONE = 30, 60
EXAMPLES = 3
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
#: What the machine answers itself: a feature that is not there, and that there is too much to do.
_TOLD = (501, 503)


def check(response: Response, what: str) -> None:
    """What holds for every answer."""
    assert response.status < 500 or response.status in _TOLD, f"{what}: {response.status} {response.body[:500]!r}"
    assert b"Traceback" not in response.body and b"psycopg" not in response.body, what
    if response.status >= 400 and response.body:  # a refused HEAD has none
        outcome = json.loads(response.body)
        if outcome.get("resourceType") == "OperationOutcome":
            assert outcome["issue"] and all(issue.get("diagnostics") for issue in outcome["issue"]), what
        else:
            assert outcome.get("error"), f"{what}: {response.body[:500]!r}"


def timed(send: Callable[[], Response], what: str) -> Response:
    """Send, check, and hold to the time."""
    began = time.monotonic()
    response = send()
    assert time.monotonic() - began < ONE, f"{what} took too long"
    check(response, what)
    return response


def document(api: Any) -> dict[str, Any]:
    """The OpenAPI document of a few types, its deepest parts made shallow so that examples are made fast."""
    found: dict[str, Any] = json.loads(api.send("GET", "openapi.json?_type=Patient,ValueSet").body)
    del found["security"]
    found["components"].pop("securitySchemes")
    schemas = found["components"]["schemas"]
    kept = ("url", "valueString", "valueDecimal", "valueBoolean")
    schemas["Extension"]["properties"] = {name: schemas["Extension"]["properties"][name] for name in kept}
    for schema in schemas.values():
        schema.get("properties", {}).pop("contained", None)
        schema.get("properties", {}).pop("text", None)
    return found


def test_the_operations_of_the_document(api: Any) -> None:
    schema = schemathesis.openapi.from_dict(document(api))
    operations = [result.ok() for result in schema.get_all_operations()]
    # Those without a body first: their examples are made fast, and a slow machine tries at least these.
    operations.sort(key=lambda operation: operation.method.lower() in ("post", "put"))
    assert len(operations) > 40
    end = time.monotonic() + WHOLE
    cases: list[str] = []
    for operation in operations:
        if time.monotonic() > end:
            break

        _try(operation, api.token, cases)
    assert len(cases) > 40, "the machine is too slow to try anything"


def _try(operation: Any, token: str, cases: list[str]) -> None:
    @BOUNDED
    @given(case=operation.as_strategy())
    def run(case: Any) -> None:
        cases.append(operation.label)
        timed(lambda: handle(_request(case, token)), operation.label)

    run()


def _request(case: Any, token: str) -> Request:
    given = case.as_transport_kwargs(base_url="http://127.0.0.1:8000/fhir")
    sent = requests.Request(
        given["method"],
        given["url"],
        headers={name: value for name, value in given["headers"].items() if isinstance(value, str)},
        params=given.get("params"),
        data=given.get("data"),
        json=given.get("json"),
    ).prepare()
    address = urlsplit(str(sent.url))
    headers = {name.lower(): value for name, value in sent.headers.items() if isinstance(value, str)}
    headers.pop("accept-encoding", None)
    headers |= {"authorization": f"Bearer {token}", "host": "127.0.0.1:8000"}
    body = sent.body.encode() if isinstance(sent.body, str) else sent.body or b""
    return Request(
        str(sent.method), unquote(address.path, errors="surrogateescape"), address.query, headers, body, "192.0.2.9"
    )


_IDS = st.sampled_from(["a", "b", "c", "", "nobody", "a_b", "x" * 65, "\u0000", "é", "../x"])
_URN = "urn:uuid:7f8a3c52-0000-4000-8000-00000000000"
_URNS = st.sampled_from([*(f"{_URN}{number}" for number in range(4)), "", "urn:x", "Patient/a"])
_ODD = ["", "/", "?", "http://[", "metadata", "Patient/_history", "Patient/$validate", "$export", "_search"]
_CONDITIONS = st.sampled_from(
    ["identifier=s|1", "identifier=s|2", "_count=0", "", "%", "name=x&name=y", "color=red", "identifier=" + "x" * 3000]
)
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_REFERENCES = st.one_of(_URNS, st.builds("Patient/{}".format, _IDS), st.builds("Patient?{}".format, _CONDITIONS))


@st.composite
def _resources(draw: st.DrawFn) -> Any:
    kind = draw(st.sampled_from(["Patient", "Patient", "Observation", "Observation", "Basic", "junk"]))
    if kind == "junk":
        return draw(_ANY)
    made: dict[str, Any] = {"resourceType": kind}
    if draw(st.booleans()):
        made["id"] = draw(_IDS)
    if kind == "Patient":
        made["identifier"] = [{"system": "s", "value": draw(st.sampled_from(["1", "2", "", "é\u0000"]))}]
        made["link"] = [{"other": {"reference": draw(_REFERENCES)}, "type": "seealso"}]
    elif kind == "Observation":
        made |= {"status": draw(st.sampled_from(["final", "blue"])), "code": {"text": "x"}}
        made["subject"] = {"reference": draw(_REFERENCES)}
    if draw(st.integers(0, 5)) == 0:
        made[draw(st.text(max_size=5))] = draw(_ANY)
    return made


@st.composite
def _tame(draw: st.DrawFn) -> Any:
    """An entry that may well succeed."""
    number = draw(st.integers(0, 10_000))
    reference = draw(st.sampled_from([f"{_URN}1", "Patient/a", "Patient?identifier=s|known"]))
    patient = {"resourceType": "Patient", "identifier": [{"system": "s", "value": f"{number}"}]}
    seen: dict[str, Any] = {"resourceType": "Observation", "status": "final", "code": {"text": "x"}}
    seen["subject"] = {"reference": reference}
    condition = f"identifier=s|{number}"
    requests = [
        (patient, {"method": "POST", "url": "Patient", "ifNoneExist": condition}),
        (patient, {"method": "PUT", "url": f"Patient?{condition}"}),
        ({**patient, "id": f"t{number}"}, {"method": "PUT", "url": f"Patient/t{number}"}),
        (seen, {"method": "POST", "url": "Observation"}),
        (None, {"method": "DELETE", "url": f"Patient/t{number}"}),
        (None, {"method": "GET", "url": "Patient?_count=1"}),
    ]
    resource, request = draw(st.sampled_from(requests))
    return {"request": request, **({"resource": resource} if resource else {})}


@st.composite
def _entries(draw: st.DrawFn) -> Any:
    """An entry of which anything may be wrong."""
    if draw(st.integers(0, 15)) == 0:
        return draw(_ANY)
    resource = draw(_resources())
    method = draw(st.sampled_from(["POST", "POST", "POST", "PUT", "PUT", "PATCH", "DELETE", "GET", "HEAD", "FLY"]))
    known = resource if isinstance(resource, dict) else {}
    type, own = known.get("resourceType", "Patient"), known.get("id", "a")
    usual: st.SearchStrategy[str] = st.builds("{}/{}".format, st.just(type), _IDS)
    if method in ("POST", "PUT"):
        usual = st.just(type if method == "POST" else f"{type}/{own}")
    odd = st.one_of(st.builds("Patient?{}".format, _CONDITIONS), st.sampled_from(_ODD), st.text(max_size=12))
    request: dict[str, Any] = {"method": method, "url": draw(st.one_of(usual, usual, usual, odd))}
    for name, values in (
        ("ifMatch", st.sampled_from(['W/"1"', "*", "x", 'W/"99999999999"'])),
        ("ifNoneExist", _CONDITIONS),
        ("ifNoneMatch", st.sampled_from(["*", 'W/"1"', "\u0000"])),
        ("ifModifiedSince", st.sampled_from(["2020-01-01T00:00:00Z", "soon"])),
    ):
        if draw(st.integers(0, 3)) == 0:
            request[name] = draw(values)
    return {"fullUrl": draw(_URNS), "resource": resource, "request": request}


@pytest.fixture
def snapshot(api: Any) -> Callable[[], int]:
    """How many versions there are."""

    def count() -> int:
        return len(api.json("GET", "_history?_count=1000&_type=Patient,Observation,Basic").get("entry", ()))

    return count


@pytest.mark.parametrize("kind", ["transaction", "batch"])
def test_bundles(api: Any, snapshot: Callable[[], int], kind: str) -> None:
    for id in "abc":
        api.json("PUT", f"Patient/{id}", {"resourceType": "Patient", "id": id}, status=201)
    known = {"resourceType": "Patient", "id": "known", "identifier": [{"system": "s", "value": "known"}]}
    api.json("PUT", "Patient/known", known, status=201)
    done: list[int] = []

    @settings(BOUNDED, max_examples=60)
    @given(entries=st.one_of(st.lists(_tame(), max_size=6), st.lists(st.one_of(_tame(), _entries()), max_size=5)))
    def run(entries: list[Any]) -> None:
        body = {"resourceType": "Bundle", "type": kind, "entry": entries}
        before = snapshot() if kind == "transaction" else 0
        response = timed(lambda: api.send("POST", "", json.dumps(body).encode()), json.dumps(body)[:2000])
        if response.status == 200:
            done.append(len(entries))
            answers = json.loads(response.body).get("entry", [])
            assert len(answers) == len(entries)
            for one in answers:
                assert int(one["response"]["status"][:3]) < 500, one
        elif kind == "transaction":
            assert snapshot() == before, "a refused transaction left something behind"

    run()
    assert sum(done) > 20, "hardly any bundle was carried out: the examples are too odd"


_TEXTS = st.one_of(st.binary(max_size=200), st.one_of(_resources(), _ANY).map(lambda one: json.dumps(one).encode()))


@settings(BOUNDED, max_examples=120)
@given(body=_TEXTS, data=st.data())
def _bodies(api: Any, body: bytes, data: st.DataObject) -> None:
    method, address = data.draw(
        st.sampled_from(
            [
                *(("POST", "Patient"), ("PUT", "Patient/a"), ("PATCH", "Patient/a"), ("POST", "Patient/$validate")),
                *(("POST", ""), ("PUT", "Patient?identifier=s|1"), ("POST", "Patient/_search")),
            ]
        )
    )
    kind = data.draw(st.sampled_from(["application/fhir+json", "application/json-patch+json", "text/plain", "", "é;"]))
    form = "application/x-www-form-urlencoded"
    cut = data.draw(st.integers(0, 10))
    content = body[: len(body) // 2] if cut == 0 else body
    sent = form if address.endswith("_search") else kind
    timed(lambda: api.send(method, address, content, content_type=sent), f"{method} {address} {content!r}")


def test_bodies(api: Any) -> None:
    api.json("PUT", "Patient/a", {"resourceType": "Patient", "id": "a"}, status=201)
    _bodies(api)


_NAMES = st.sampled_from(
    [
        *("name", "identifier", "birthdate", "_id", "_lastUpdated", "_sort", "_count", "_include", "_revinclude"),
        *("_elements", "_summary", "_total", "_has:Observation:patient:code", "general-practitioner.name", "_cursor"),
        *("name:exact", "name:missing", "identifier:of-type", "name:fly", "_type", "_since", "_at", "", "_filter"),
        *("value-quantity", "code-value-quantity", "_format", "_pretty", "date", "link:Patient._id", "_list"),
    ]
)
_VALUES = st.one_of(
    st.sampled_from(
        [
            *("", "x", "s|1", "|", "s|", "ge2020", "eq2020-13-45", "0001-01-01", "9999-12-31", "lt0000", "1e400", "-"),
            *("5.4|http://u|mg", "ap1e-300", "Patient/a", "*", "Patient:*", "true", "$", "a,b\\,c", "%", "\\", "-name"),
            *("Observation:patient:Patient", "10:00", "2020-01-01T00:00:00+99:99", "W10=", "x" * 5000, "(a+)+$" * 50),
        ]
    ),
    st.text(max_size=10),
)


_ADDRESSES = ["Patient", "Observation", "Patient/_history", "_history", "Patient/a", "", "Patient/a/Observation"]


@settings(BOUNDED, max_examples=200)
@given(
    address=st.sampled_from(
        ["Patient", "Observation", "Patient/_history", "_history", "Patient/a", "", "Patient/a/Observation"]
    ),
    pairs=st.lists(st.tuples(_NAMES, _VALUES), max_size=4),
    raw=st.text(alphabet="%=&;+0fF\x7f:", max_size=8),
    strict=st.booleans(),
)
def _queries(api: Any, address: str, pairs: list[tuple[str, str]], raw: str, strict: bool) -> None:

    query = urlencode(pairs, errors="surrogatepass") + (f"&{raw}" if raw else "")
    headers = {"prefer": "handling=strict"} if strict else {}
    timed(lambda: api.send("GET", f"{address}?{query}", **headers), f"{address}?{query}")


def test_queries(api: Any) -> None:
    api.json("PUT", "Patient/a", {"resourceType": "Patient", "id": "a", "name": [{"text": "x"}]}, status=201)
    _queries(api)


_ODD_DATES = ["Mon, 01 Jan 0001 00:00:00 -2359", "Thu, 01 Jan 9999 99:99:99 GMT"]


@settings(BOUNDED, max_examples=100)
@given(
    name=st.sampled_from(
        [
            *("if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-none-exist", "prefer"),
            *("accept", "accept-encoding", "content-encoding", "content-type", "host", "origin", "authorization"),
            *("x-request-id", "access-control-request-method"),
        ]
    ),
    value=st.one_of(
        st.text(alphabet=st.characters(max_codepoint=255, exclude_characters="\r\n\x00"), max_size=20),
        st.sampled_from(
            ['W/"1"', "*", "Mon, 01 Jan 0001 00:00:00 -2359", "Thu, 01 Jan 9999 99:99:99 GMT", "q=;;,", "a" * 9000]
        ),
    ),
    method=st.sampled_from(["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "POST", "TRACE", "FLY"]),
)
def _headers(api: Any, name: str, value: str, method: str) -> None:
    body = {"resourceType": "Patient", "id": "h"} if method in ("PUT", "POST", "PATCH") else None
    address = "Patient" if method == "POST" else "Patient/h"
    timed(lambda: api.send(method, address, body, **{name.replace("-", "_"): value}), f"{method} {name}: {value!r}")


def test_headers(api: Any) -> None:
    _headers(api)
