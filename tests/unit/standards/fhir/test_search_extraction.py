"""The search values of a resource."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from chartdesk.standards.fhir import decode, search
from chartdesk.standards.fhir.facts import resource_types
from chartdesk.standards.fhir.search import Extracted, extract, parameters
from chartdesk.standards.fhir.search.expression import UnsupportedError, parse


def extracted(**members: Any) -> Extracted:
    return extract(decode(json.dumps(members)))


def test_tokens_of_every_kind():
    found = extracted(
        resourceType="Patient",
        id="p",
        active=False,
        gender="female",
        identifier=[{"system": "urn:mrn", "value": "7"}, {"type": {"text": "no value"}}],
        telecom=[{"system": "phone", "value": "555"}, {"system": "email", "value": "a@b.example"}],
        deceasedDateTime="2020",
        meta={"tag": [{"code": "t"}], "profile": ["http://p"]},
    )
    assert sorted(found.tokens) == sorted(
        [
            ("_id", None, "p"),
            ("_tag", None, "t"),
            ("active", None, "false"),
            ("gender", None, "female"),
            ("identifier", "urn:mrn", "7"),
            ("phone", None, "555"),
            ("email", None, "a@b.example"),
            ("telecom", None, "555"),
            ("telecom", None, "a@b.example"),
            ("deceased", None, "true"),
        ]
    )
    assert found.uris == [("_profile", "http://p")]
    assert found.patient == "p"
    assert found.date is None


def test_strings_of_names_and_addresses():
    found = extracted(
        resourceType="Patient",
        name=[{"family": "Moss", "given": ["Ann", "B"], "prefix": ["Dr."]}],
        address=[{"line": ["1 High St"], "city": "York", "postalCode": "12345"}],
    )
    strings = {name: [v for n, v in found.strings if n == name] for name, _ in found.strings}
    assert strings["name"] == ["Moss", "Ann", "B", "Dr."]
    assert strings["given"] == ["Ann", "B"]
    assert strings["address"] == ["1 High St", "York", "12345"]
    assert strings["address-city"] == ["York"]


def test_an_observation():
    found = extracted(
        resourceType="Observation",
        status="final",
        code={"coding": [{"system": "http://loinc.org", "code": "85354-9"}]},
        subject={"reference": "Patient/p1"},
        encounter={"reference": "Encounter/e1/_history/2"},
        performer=[
            {"reference": "https://a.example/fhir/Practitioner/d"},
            {"identifier": {"system": "s", "value": "v"}},
        ],
        effectivePeriod={"start": "2024-05-31"},
        component=[
            {
                "code": {"coding": [{"code": "8480-6"}]},
                "valueQuantity": {
                    "value": 120,
                    "unit": "mmHg",
                    "system": "http://unitsofmeasure.org",
                    "code": "mm[Hg]",
                },
            }
        ],
    )
    assert ("subject", "Patient", "p1") in found.references
    assert ("patient", "Patient", "p1") in found.references
    assert ("encounter", "Encounter", "e1") in found.references
    assert found.urls == [("performer", "https://a.example/fhir/Practitioner/d")]
    assert found.identifiers == [("performer", "s", "v")]
    assert (
        "component-value-quantity",
        Decimal(120),
        "http://unitsofmeasure.org",
        "mm[Hg]",
    ) in found.quantities
    assert found.dates == [("date", datetime(2024, 5, 31, tzinfo=UTC), search.LATEST)]
    assert (found.patient, found.date) == ("p1", datetime(2024, 5, 31, tzinfo=UTC))


def test_references_keep_to_the_type_that_a_parameter_resolves():
    group = extracted(resourceType="Observation", status="final", subject={"reference": "Group/g"})
    assert group.references == [("subject", "Group", "g")]
    assert group.patient is None
    urn = extracted(resourceType="Observation", subject={"reference": "urn:uuid:1", "type": "Patient"})
    assert sorted(urn.urls) == [("patient", "urn:uuid:1"), ("subject", "urn:uuid:1")]
    assert extracted(resourceType="Observation", subject={"reference": "#c"}).urls == []


@pytest.mark.parametrize(
    ("members", "patient"),
    [
        (
            {
                "resourceType": "Coverage",
                "beneficiary": {"reference": "Patient/b"},
                "subscriber": {"reference": "Patient/s"},
            },
            "b",
        ),
        (
            {
                "resourceType": "Appointment",
                "participant": [
                    {"actor": {"reference": "Location/l"}},
                    {"actor": {"reference": "Patient/a"}},
                ],
            },
            "a",
        ),
        ({"resourceType": "Task", "for": {"reference": "Patient/t"}}, "t"),
        (
            {
                "resourceType": "Provenance",
                "target": [{"reference": "Observation/o"}, {"reference": "Patient/v"}],
            },
            "v",
        ),
        ({"resourceType": "Group", "member": [{"entity": {"reference": "Patient/m"}}]}, None),
        ({"resourceType": "Practitioner", "id": "d"}, None),
    ],
)
def test_the_patient_a_resource_belongs_to(members, patient):
    assert extracted(**members).patient == patient


@pytest.mark.parametrize(
    ("members", "day"),
    [
        (
            {"resourceType": "Condition", "recordedDate": "2024-02-02", "onsetDateTime": "2024-01-01"},
            (2024, 1, 1),
        ),
        ({"resourceType": "Condition", "recordedDate": "2024-02-02"}, (2024, 2, 2)),
        ({"resourceType": "Encounter", "period": {"end": "2024-01-01T00:00:00Z"}}, (2024, 1, 1)),
        ({"resourceType": "MedicationRequest", "authoredOn": "2024-03-03"}, (2024, 3, 3)),
        ({"resourceType": "Coverage", "period": {"start": "2024-04-04"}}, (2024, 4, 4)),
        (
            {"resourceType": "Appointment", "start": "2024-05-05T10:00:00Z", "end": "2024-05-05T10:20:00Z"},
            (2024, 5, 5),
        ),
        ({"resourceType": "Patient", "birthDate": "1980-01-01"}, None),
    ],
)
def test_the_date_that_leads_in_a_chart(members, day):
    date = extracted(**members).date
    assert (date and (date.year, date.month, date.day)) == day


def test_timing_ranges_and_canonicals():
    found = extracted(resourceType="Observation", effectiveTiming={"event": ["2024-01-02", "2024-01-05"]})
    ((_, low, high),) = found.dates
    assert (low, high.day) == (datetime(2024, 1, 2, tzinfo=UTC), 5)
    answers = extracted(resourceType="QuestionnaireResponse", questionnaire="http://q|2")
    assert answers.urls == [("questionnaire", "http://q|2"), ("questionnaire", "http://q")]
    condition = extracted(resourceType="Condition", onsetRange={"low": {"value": 3}, "high": {"value": 5}})
    assert [q[1] for q in condition.quantities] == [3, 5]


def test_us_core_parameters_are_known():
    race = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race"
    found = extracted(
        resourceType="Patient",
        extension=[{"url": race, "extension": [{"url": "ombCategory", "valueCoding": {"code": "2106-3"}}]}],
    )
    assert ("race", None, "2106-3") in found.tokens
    assert parameters("Condition")["recorded-date"].kind == "date"


def test_every_parameter_of_every_type_compiles():
    compiled = sum(len(parameters(name)) for name in resource_types())
    for name in resource_types():
        search.extract(decode(f'{{"resourceType":"{name}"}}'))
    assert compiled > 2500


@pytest.mark.parametrize(
    "expression", ["Patient.name.first()", "Patient.", "(Patient.name", "a.where(b > 1)", "Patient!", "a b"]
)
def test_expressions_beyond_the_subset_are_refused(expression):
    with pytest.raises(UnsupportedError):
        parse(expression)


def test_parameters_of_no_type():
    with pytest.raises(KeyError):
        parameters("Visit")
