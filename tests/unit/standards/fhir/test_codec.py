"""Decoding is strict, and nothing that was sent is lost or altered."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir import decode, encode, outcome, r4, validate


def refusal(body: bytes | str, **options: str) -> Invalid:
    with pytest.raises(Invalid) as caught:
        decode(body, **options)
    assert caught.value.issues
    json.loads(outcome(caught.value.issues))
    return caught.value


@pytest.mark.parametrize(
    "digits",
    ["72.50", "0.0", "-0.010", "100", "1E-22", "1.000000000000000000E-245", "12345678901234567890.12"],
)
def test_decimals_keep_their_digits(digits):
    body = f'{{"resourceType":"Observation","valueQuantity":{{"value":{digits}}}}}'
    resource = decode(body)
    assert encode(resource).decode() == body
    assert resource.valueQuantity.value == Decimal(digits)


def test_members_are_attributes_and_keywords_get_an_underscore():
    encounter = decode(b'{"resourceType":"Encounter","class":{"code":"AMB"},"_status":{"id":"s"}}')
    assert isinstance(encounter, r4.Encounter)
    assert encounter.class_.code == "AMB"
    assert encounter._status.id == "s"
    assert encounter.identifier == ()
    assert json.loads(encode(encounter))["class"] == {"code": "AMB"}
    assert r4.Encounter.resourceType == "Encounter"


def test_resources_nest_with_their_types():
    body = (
        b'{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient",'
        b'"contained":[{"resourceType":"Organization","id":"o"}]}}]}'
    )
    bundle = decode(body, type="Bundle")
    patient = bundle.entry[0].resource
    assert isinstance(patient, r4.Patient)
    assert isinstance(patient.contained[0], r4.Organization)
    assert encode(bundle) == body


def test_what_is_built_empty_is_left_out():
    patient = r4.Patient(
        id="p",
        name=[r4.HumanName(family="Moss", given=[]), r4.HumanName()],
        telecom=[],
        maritalStatus=r4.CodeableConcept(),
    )
    assert encode(patient) == b'{"resourceType":"Patient","id":"p","name":[{"family":"Moss"}]}'
    only_extended = r4.Patient(
        name=[
            r4.HumanName(
                given=[None, "Ann"],
                _given=[r4.Element(extension=[r4.Extension(url="u", valueBoolean=True)]), None],
            )
        ]
    )
    assert json.loads(encode(only_extended))["name"][0]["given"] == [None, "Ann"]


REFUSED = [
    # body, code, expression, words of the sentence
    ('{"resourceType":"Patient","nam":[]}', "structure", "Patient.nam", "Did you mean 'name'?"),
    ('{"resourceType":"Patient","name":"x"}', "structure", "Patient.name", "must be a list"),
    ('{"resourceType":"Patient","gender":["male"]}', "structure", "Patient.gender", "single value"),
    ('{"resourceType":"Patient","name":[]}', "structure", "Patient.name", "empty list"),
    ('{"resourceType":"Patient","name":[{}]}', "structure", "Patient.name[0]", "ele-1"),
    ('{"resourceType":"Patient","name":[ { } ]}', "structure", "Patient.name[0]", "ele-1"),
    ('{"resourceType":"Patient","gender":null}', "structure", "Patient.gender", "not null"),
    ('{"resourceType":"Patient","active":"true"}', "structure", "Patient.active", "true or false"),
    (
        '{"resourceType":"Patient","multipleBirthInteger":2.0}',
        "structure",
        "Patient.multipleBirth",
        "whole number",
    ),
    (
        '{"resourceType":"Patient","multipleBirthInteger":4000000000}',
        "value",
        "Patient.multipleBirth",
        "2147483647",
    ),
    ('{"resourceType":"Patient","id":"a","id":"b"}', "structure", "Patient", "names id more than once"),
    (
        '{"resourceType":"Patient","name":[{"family":""}]}',
        "value",
        "Patient.name[0].family",
        "must not be empty",
    ),
    (
        '{"resourceType":"Patient","name":[{"family":"\\ud800"}]}',
        "value",
        "Patient.name[0].family",
        "surrogate",
    ),
    (
        '{"resourceType":"Observation","valueQuantity":{"value":"7"}}',
        "structure",
        "Observation.value.value",
        "without quotes",
    ),
    (
        '{"resourceType":"Observation","valueQuantity":{"value":"NaN"}}',
        "structure",
        "Observation.value.value",
        "number",
    ),
    (
        '{"resourceType":"Observation","valueQuantity":{"value":NaN}}',
        "value",
        "Observation.value.value",
        "not NaN",
    ),
    (
        '{"resourceType":"Observation","valueInteger":-Infinity}',
        "structure",
        "Observation.value",
        "whole number",
    ),
    ('{"resourceType":"Patent"}', "value", "resourceType", "Did you mean Patient?"),
    ('{"resourceType":["Patient"]}', "value", "resourceType", "no R4 resource type"),
    ("{}", "structure", "", "name its type"),
    ("[]", "structure", "", "must be a JSON object"),
    (
        '{"resourceType":"Patient","meta":{"project":"x"}}',
        "structure",
        "Patient.meta.project",
        "no such element",
    ),
    ('{"resourceType":"Patient","_name":[{"id":"x"}]}', "structure", "Patient._name", "no such element"),
]


@pytest.mark.parametrize(("body", "code", "expression", "words"), REFUSED)
def test_refusals_name_the_place_and_the_cure(body, code, expression, words):
    issue = refusal(body).issues[0]
    assert (issue.severity, issue.code, issue.expression) == ("error", code, expression)
    assert words in issue.diagnostics


def test_every_fault_is_listed():
    error = refusal('{"resourceType":"Patient","name":"x","gender":"mal","active":1}')
    assert [i.expression for i in error.issues] == ["Patient.name", "Patient.gender", "Patient.active"]
    assert "2 more faults" in str(error)


BROKEN = [
    b"",
    b"nul",
    b'{"resourceType":"Patient",}',
    b'{"resourceType":"Patient"} x',
    b'\xef\xbb\xbf{"resourceType":"Patient"}',
    b'{"resourceType":"Patient","id":"\xff"}',
    '{"resourceType":"Patient","id":"\ud800"}',
    b'{"resourceType":"Patient",' + b'"extension":[{"url":"u",' * 5000,
    b'{"resourceType":"Patient",' + b'"extension":[{"url":"u",' * 5000 + b"}]" * 5000 + b"}",
    b"[" * 100_000,
]


@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_broken_text_is_refused_with_its_place(body):
    assert refusal(body).issues[0].severity == "fatal"


@pytest.mark.parametrize(
    "number", ["9" * 6000, "1e999999999", "1e99999999999999999999", "-" + "9" * 30 + "." + "9" * 6000]
)
def test_numbers_beyond_measure_are_refused(number):
    head = '{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":'
    body = head + number + "}}"
    try:
        issues = validate(decode(body))
    except Invalid as error:
        issues = list(error.issues)
    assert [i.expression for i in issues] == ["Observation.value.value"]


def test_another_type_than_expected():
    error = refusal('{"resourceType":"Group"}', type="Patient")
    assert "Expected a Patient" in error.message


@pytest.mark.parametrize(
    "body",
    [
        '{ "resourceType" : "Patient", "name" : [ { "family" : "Mo\\u00df\\/" } ] }',
        '{"name":[{"family":"[] {} \\" E+"}],"resourceType":"Patient"}',
        '{"resourceType":"Observation","valueQuantity":{"value":1e2}}',
        '{"resourceType":"Patient","name":[{"given":[null,"A"],"_given":[{"id":"x"},null]}]}',
    ],
)
def test_other_spellings_of_the_same_are_accepted(body):
    assert json.loads(encode(decode(body)), parse_float=Decimal) == json.loads(body, parse_float=Decimal)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_input_decodes_or_is_refused(body):
    try:
        validate(decode(body))
    except Invalid as error:
        json.loads(outcome(error.issues))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "meta", "name", "extension", "url", "_id", "given", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["id", "meta", "name", "gender", "contained", "extension", "_gender", "text"]),
        json_values,
    )
)
def test_any_object_that_decodes_is_kept_whole(members):
    value = {"resourceType": "Patient", **members}
    try:
        resource = decode(json.dumps(value))
    except Invalid as error:
        assert error.issues
        return
    assert json.loads(encode(resource)) == value
