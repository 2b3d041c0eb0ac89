"""What the types cannot say, one row per rule."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir import decode, r4, validate

OBSERVATION = {"resourceType": "Observation", "status": "final", "code": {"text": "Pulse"}}
PATIENT = {"resourceType": "Patient"}
APPOINTMENT = {
    "resourceType": "Appointment",
    "status": "booked",
    "participant": [{"status": "accepted", "type": [{"text": "x"}]}],
}
TIMES = {"start": "2024-05-31T14:30:00Z", "end": "2024-05-31T15:00:00Z"}
CONDITION = {"resourceType": "Condition", "subject": {"reference": "Patient/1"}}
BUNDLE = {"resourceType": "Bundle", "type": "collection"}
RESOLVED = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "resolved"}]}
WRONG = {
    "coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "entered-in-error"}]
}
DIV = '<div xmlns="http://www.w3.org/1999/xhtml">%s</div>'


def narrative(inner: str) -> dict:
    return {**PATIENT, "text": {"status": "generated", "div": DIV % inner}}


def faults(value: dict) -> list[str]:
    """Place and code of each fault, whether decoding or validation finds it."""
    try:
        issues = validate(decode(json.dumps(value)))
    except Invalid as error:
        issues = list(error.issues)
    return [f"{issue.expression} {issue.code}" for issue in issues]


GOOD = [
    OBSERVATION,
    PATIENT,
    {**APPOINTMENT, **TIMES},
    {
        "resourceType": "Observation",
        "_status": {"extension": [{"url": "u", "valueCode": "x"}]},
        "code": {"text": "x"},
    },
    {**OBSERVATION, "subject": {"reference": "Patient/1/_history/2"}},
    {**OBSERVATION, "subject": {"reference": "https://other.example/fhir/Patient/1"}},
    {**OBSERVATION, "subject": {"reference": "urn:uuid:c757873d-ec9a-4326-a141-556f43239520"}},
    {**OBSERVATION, "subject": {"reference": "#p"}, "contained": [{"resourceType": "Patient", "id": "p"}]},
    {**OBSERVATION, "subject": {"type": "Patient", "identifier": {"value": "1"}}},
    {**OBSERVATION, "valueQuantity": {"value": 72.5, "system": "http://unitsofmeasure.org", "code": "kg"}},
    {**PATIENT, "birthDate": "2024-02-29"},
    {
        **PATIENT,
        "extension": [{"url": "u", "_valueDate": {"extension": [{"url": "v", "valueCode": "unknown"}]}}],
    },
    {**CONDITION, "abatementString": "soon", "clinicalStatus": RESOLVED},
    narrative("<p>It says <b>this</b>&nbsp;&amp; <a href='https://a.example'>that</a>.</p>"),
]


@pytest.mark.parametrize("value", GOOD)
def test_valid(value):
    assert faults(value) == []


BAD = [
    ({**OBSERVATION, "status": "done"}, ["Observation.status code-invalid"]),
    ({"resourceType": "Observation"}, ["Observation.status required", "Observation.code required"]),
    ({**OBSERVATION, "valueString": "x", "valueInteger": 1}, ["Observation.value structure"]),
    ({**OBSERVATION, "subject": {"reference": "Medication/1"}}, ["Observation.subject.reference value"]),
    (
        {**OBSERVATION, "subject": {"reference": "https://a.example/Medication/1"}},
        ["Observation.subject.reference value"],
    ),
    ({**OBSERVATION, "subject": {"reference": "#p"}}, ["Observation.subject.reference invariant"]),
    ({**OBSERVATION, "effectiveDateTime": "2021-02-30"}, ["Observation.effective value"]),
    ({**OBSERVATION, "effectiveDateTime": "2021-02-03T10:00"}, ["Observation.effective value"]),
    ({**OBSERVATION, "issued": "2021-02-03"}, ["Observation.issued value"]),
    ({**OBSERVATION, "valueTime": "24:00:00"}, ["Observation.value value"]),
    ({**OBSERVATION, "valueQuantity": {"value": 1, "code": "kg"}}, ["Observation.value invariant"]),
    ({**OBSERVATION, "valuePeriod": {"start": "2021", "end": "2020"}}, ["Observation.value invariant"]),
    ({**OBSERVATION, "valueString": "x", "dataAbsentReason": {"text": "y"}}, ["Observation invariant"]),
    ({**OBSERVATION, "component": [{"valueString": "x"}]}, ["Observation.component[0].code required"]),
    ({**PATIENT, "id": "a b"}, ["Patient.id value"]),
    ({**PATIENT, "id": "a" * 65}, ["Patient.id value"]),
    ({**PATIENT, "birthDate": "2023-02-29"}, ["Patient.birthDate value"]),
    ({**PATIENT, "birthDate": "0000"}, ["Patient.birthDate value"]),
    ({**PATIENT, "language": "en "}, ["Patient.language value"]),
    ({**PATIENT, "implicitRules": "http://a b"}, ["Patient.implicitRules value"]),
    ({**PATIENT, "photo": [{"data": "a?", "contentType": "image/png"}]}, ["Patient.photo[0].data value"]),
    ({**PATIENT, "photo": [{"data": "aGk="}]}, ["Patient.photo[0] invariant"]),
    ({**PATIENT, "telecom": [{"value": "1"}]}, ["Patient.telecom[0] invariant"]),
    (
        {**PATIENT, "telecom": [{"rank": 1, "system": "fax"}, {"system": "tin"}]},
        ["Patient.telecom[1].system code-invalid"],
    ),
    ({**PATIENT, "contact": [{"gender": "male"}]}, ["Patient.contact[0] invariant"]),
    ({**PATIENT, "extension": [{"url": "u"}]}, ["Patient.extension[0] invariant"]),
    (
        {
            **PATIENT,
            "extension": [{"url": "u", "valueCode": "x", "extension": [{"url": "v", "valueCode": "y"}]}],
        },
        ["Patient.extension[0] invariant"],
    ),
    ({**PATIENT, "extension": [{"valueCode": "x"}]}, ["Patient.extension[0].url required"]),
    ({**PATIENT, "name": [{"id": "x"}]}, ["Patient.name[0] invariant"]),
    ({**PATIENT, "name": [{"given": [None]}]}, ["Patient.name[0].given[0] structure"]),
    (
        {**PATIENT, "contained": [{"resourceType": "Organization", "id": "o"}]},
        ["Patient.contained[0] invariant"],
    ),
    (
        {
            **PATIENT,
            "managingOrganization": {"reference": "#o"},
            "contained": [{"resourceType": "Organization", "id": "o"}],
        },
        ["Patient.contained[0] invariant"],
    ),
    ({**APPOINTMENT}, ["Appointment invariant"]),
    ({**APPOINTMENT, "start": TIMES["start"]}, ["Appointment invariant", "Appointment invariant"]),
    ({**APPOINTMENT, **TIMES, "minutesDuration": 0}, ["Appointment.minutesDuration value"]),
    ({**APPOINTMENT, **TIMES, "cancelationReason": {"text": "x"}}, ["Appointment invariant"]),
    ({**CONDITION, "abatementDateTime": "2020"}, ["Condition invariant"]),
    ({**CONDITION, "verificationStatus": WRONG, "clinicalStatus": RESOLVED}, ["Condition invariant"]),
    ({**BUNDLE, "total": 1}, ["Bundle invariant"]),
    ({**BUNDLE, "entry": [{"fullUrl": "http://a.example/1"}]}, ["Bundle.entry[0] invariant"]),
    ({**BUNDLE, "type": "batch", "entry": [{"resource": PATIENT}]}, ["Bundle invariant"]),
    (
        {**BUNDLE, "entry": [{"resource": PATIENT}, {"resource": {**PATIENT, "gender": "x"}}]},
        ["Bundle.entry[1].resource.gender code-invalid"],
    ),
    ({**BUNDLE, "type": "document", "entry": [{"resource": PATIENT}]}, ["Bundle invariant"] * 3),
    (
        {
            "resourceType": "Parameters",
            "parameter": [{"name": "b", "resource": {**BUNDLE, "entry": [{"resource": {"resourceType": "Group"}}]}}],
        },
        [f"Parameters.parameter[0].resource.entry[0].resource.{name} required" for name in ("type", "actual")],
    ),
    (narrative("<script>x</script>"), ["Patient.text invariant"]),
    (narrative("<p onclick='x()'>y</p>"), ["Patient.text invariant"]),
    (narrative("<a href=' JavaScript:x()'>y</a>"), ["Patient.text invariant"]),
    (narrative("<p>not closed"), ["Patient.text invariant"]),
    (narrative("  "), ["Patient.text invariant"]),
]


@pytest.mark.parametrize(("value", "expected"), BAD)
def test_invalid(value, expected):
    found = faults(value)
    assert found == expected or (len(set(expected)) == 1 and set(found) == set(expected))


def test_contained_resources_do_not_nest():
    inner = {
        "resourceType": "Organization",
        "id": "o",
        "contained": [{"resourceType": "Endpoint", "id": "e"}],
    }
    value = {**PATIENT, "managingOrganization": {"reference": "#o"}, "contained": [inner]}
    assert "Patient.contained[0].contained invariant" in faults(value)


def test_what_was_built_in_code_is_validated_too():
    assert validate(r4.Patient(name=[r4.HumanName(family="Moss", given=["Ann"])], telecom=[])) == []
    assert [i.expression for i in validate(r4.Patient(birthDate="31.5.2024"))] == ["Patient.birthDate"]
    wrongly_single = r4.HumanName(given="Ann")
    assert [i.expression for i in validate(r4.Patient(name=[wrongly_single]))] == ["Patient.name[0].given"]
    assert [i.expression for i in validate(r4.Observation(code=r4.CodeableConcept()))] == [
        "Observation.status",
        "Observation.code",
    ]


def test_numbers_that_are_none():
    for wrong in ("NaN", "-Infinity", "1e301"):
        quantity = r4.Quantity(value=Decimal(wrong))
        resource = r4.Observation(status="final", code=r4.CodeableConcept(text="x"), valueQuantity=quantity)
        assert [i.expression for i in validate(resource)] == ["Observation.value.value"]


def test_sentences_say_what_to_do():
    (issue,) = validate(r4.Patient(gender="m"))
    assert issue.diagnostics == "Patient.gender must be one of female, male, other, unknown, not 'm'."
