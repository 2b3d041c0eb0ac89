"""Input that is made to hurt: an answer in bounded time and of bounded size, with a place and a sentence."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir import Issue, decode, encode, outcome, primitives, profiles, validate

MEGA = 1_000_000
# Of processor time; everything below takes far less on an idle machine, and ever longer if it were quadratic.
SECONDS = 60
DIV = '<div xmlns="http://www.w3.org/1999/xhtml">%s</div>'


def patient(**members: object) -> bytes:
    return json.dumps({"resourceType": "Patient", **members}).encode()


def narrative(inner: str) -> bytes:
    return patient(text={"status": "generated", "div": DIV % inner})


def nested(depth: int) -> bytes:
    inner = b'{"url":"u","valueString":"x"}'
    return (
        b'{"resourceType":"Patient","extension":[' + b'{"url":"u","extension":[' * depth + inner + b"]}" * depth + b"]}"
    )


def containing(count: int, *, circular: bool) -> bytes:
    """Observations that contain each other's derived ones: 0 → 1 → … → 0, and the whole refers to the first."""
    parts = [
        {
            "resourceType": "Observation",
            "id": f"o{n}",
            "status": "final",
            "code": {"text": "x"},
            "derivedFrom": [{"reference": f"#o{(n + 1) % count}"}] if circular else [],
        }
        for n in range(count)
    ]
    for part in parts:
        if not part["derivedFrom"]:
            del part["derivedFrom"]
    whole = {"resourceType": "Observation", "status": "final", "code": {"text": "x"}, "contained": parts}
    return json.dumps({**whole, "hasMember": [{"reference": "#o0"}]}).encode()


def questionnaire(count: int, last: str) -> bytes:
    items = [{"linkId": str(n), "type": "string"} for n in range(count)]
    items[-1]["linkId"] = last
    return json.dumps({"resourceType": "Questionnaire", "status": "draft", "item": items}).encode()


def element(**members: object) -> bytes:
    row = {"id": "e", "path": "Patient", **members}
    return json.dumps(
        {
            "resourceType": "StructureDefinition",
            "url": "http://a.example/s",
            "name": "S",
            "status": "draft",
            "kind": "resource",
            "abstract": False,
            "type": "Patient",
            "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Patient",
            "derivation": "constraint",
            "differential": {"element": [row]},
        }
    ).encode()


def answered(body: bytes) -> list[Issue]:
    """The issues of decoding and validation, within the time and size allowed."""
    start = time.process_time()
    try:
        resource = decode(body)
        issues = validate(resource)
    except Invalid as error:
        issues = list(error.issues)
    assert time.process_time() - start < SECONDS
    assert len(outcome(issues)) < 300_000
    return issues


VALID: dict[str, Callable[[], bytes]] = {
    "10 MB narrative": lambda: narrative("<p>" + "word " * (2 * MEGA) + "</p>"),
    "3 MB of small elements": lambda: narrative("<b>x</b>" * (MEGA // 3)),
    "circular contained resources": lambda: containing(2_000, circular=True),
    "nested as deep as allowed": lambda: nested(60),
    "many items": lambda: questionnaire(20_000, "other"),
    "a long path": lambda: element(path="Patient." + "a" * 60 + (".b" * 100_000)),
    "5 MB of base64": lambda: patient(photo=[{"contentType": "image/png", "data": "AAAA" * MEGA}]),
}


@pytest.mark.parametrize("name", VALID)
def test_large_and_valid(name):
    body = VALID[name]()
    assert answered(body) == []
    assert json.loads(encode(decode(body))) == json.loads(body)


INVALID: dict[str, tuple[Callable[[], bytes], str]] = {
    "narrative that is not closed": (lambda: narrative("<b>" * (MEGA // 3)), "Patient.text"),
    "narrative of entities": (
        lambda: patient(text={"status": "generated", "div": '<!DOCTYPE d [<!ENTITY a "x">]><div>&a;</div>'}),
        "Patient.text",
    ),
    "nested too deeply": (lambda: nested(2_000), ""),
    "nested beyond any parser": (lambda: nested(200_000), ""),
    "brackets only": (lambda: b"[" * MEGA, ""),
    "invalid UTF-8": (lambda: patient(language="x").replace(b'"x"', b'"\xff\xfe"'), ""),
    "half a surrogate pair": (lambda: patient(name=[{"family": "\ud800"}]), ""),
    "cut off": (lambda: narrative("<p>x</p>" * MEGA)[:-20], ""),
    "20,000 contained resources to which nothing refers": (
        lambda: containing(20_000, circular=False),
        "Observation.contained[1]",
    ),
    "half a million names, one twice": (
        lambda: b'{"resourceType":"Patient",' + b",".join(b'"n%d":1' % (n % 499_999) for n in range(500_000)) + b"}",
        "Patient",
    ),
    "an unknown name of 5 MB": (lambda: patient(**{"nam" * MEGA: 1}), "Patient.namnam"),
    "an unknown type of 5 MB": (lambda: json.dumps({"resourceType": "Patien" * MEGA}).encode(), "resourceType"),
    "a code of 4 MB with a space at its end": (
        lambda: patient(maritalStatus={"coding": [{"code": "a b " * MEGA}]}),
        "Patient.maritalStatus.coding[0].code",
    ),
    "base64 with a stray character": (
        lambda: patient(photo=[{"contentType": "image/png", "data": "AAA " * MEGA + "!"}]),
        "Patient.photo[0].data",
    ),
    "an OID without end": (
        lambda: json.dumps(
            {
                "resourceType": "ValueSet",
                "status": "draft",
                "compose": {"include": [{"system": "http://a.example\n" * MEGA}]},
            }
        ).encode(),
        "ValueSet.compose.include[0].system",
    ),
    "a date that goes on": (lambda: patient(birthDate="2024-01-01" + "0" * MEGA), "Patient.birthDate"),
    "a number of a million digits": (
        lambda: (
            b'{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":'
            + b"1" * MEGA
            + b"}}"
        ),
        "Observation.value.value",
    ),
    "an exponent without end": (
        lambda: (
            b'{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":1e999999999}}'
        ),
        "Observation.value",
    ),
    "the last of many items repeats": (lambda: questionnaire(20_000, "0"), "Questionnaire"),
    "a slice name against the regular expression": (
        lambda: element(sliceName="a" * MEGA + "!"),
        "StructureDefinition.differential.element[0]",
    ),
}


@pytest.mark.parametrize("name", INVALID)
def test_refused(name):
    make, place = INVALID[name]
    issues = answered(make())
    assert issues
    assert all(issue.severity in ("error", "fatal") and issue.diagnostics for issue in issues)
    assert issues[0].expression.startswith(place)


def test_what_was_looked_at_is_not_kept():
    """A long text goes past the memory for answers."""
    before = primitives.is_uri.cache_info().currsize
    answered(patient(identifier=[{"system": "http://a.example/" + "x" * MEGA, "value": "1"}]))
    assert primitives.is_uri.cache_info().currsize <= before + 1


def test_profiles_take_what_is_large():
    names = [{"family": "x" * 100, "given": ["y"] * 20} for _ in range(20_000)]
    body = patient(identifier=[{"system": "http://a.example", "value": "1"}] * 20_000, name=names, gender="male")
    resource = decode(body)
    start = time.process_time()
    assert profiles.faults(resource, "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient") == []
    assert time.process_time() - start < SECONDS
