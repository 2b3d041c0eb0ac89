"""Queries become typed clauses; what is malformed is refused with its name."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir.search import (
    Include,
    NumberValue,
    QuantityValue,
    ReferenceValue,
    TokenValue,
    date_range,
    parse,
)
from chartdesk.standards.fhir.search.criteria import date


def clause(type: str, name: str, value: str):
    (found,) = parse(type, [(name, value)]).clauses
    return found


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("final", (TokenValue(None, "final"),)),
        ("http://loinc.org|8480-6", (TokenValue("http://loinc.org", "8480-6"),)),
        ("|8480-6", (TokenValue("", "8480-6"),)),
        ("http://loinc.org|", (TokenValue("http://loinc.org", None),)),
        ("a,b", (TokenValue(None, "a"), TokenValue(None, "b"))),
        (r"a\,b,c\|d", (TokenValue(None, "a,b"), TokenValue(None, "c|d"))),
        (r"a\\,b", (TokenValue(None, "a\\"), TokenValue(None, "b"))),
    ],
)
def test_tokens(text, values):
    assert clause("Observation", "code", text).values == values


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("patient", "1", ReferenceValue("Patient", "1")),
        ("subject", "1", ReferenceValue(None, "1")),
        ("subject:Patient", "1", ReferenceValue("Patient", "1")),
        ("subject", "Group/1", ReferenceValue("Group", "1")),
        (
            "subject",
            "https://a.example/fhir/Patient/1",
            ReferenceValue("Patient", "1", "https://a.example/fhir/Patient/1"),
        ),
        ("subject", "urn:uuid:1", ReferenceValue(None, None, "urn:uuid:1")),
        ("subject:identifier", "urn:mrn|7", TokenValue("urn:mrn", "7")),
    ],
)
def test_references(name, text, value):
    assert clause("Observation", name, text).values == (value,)


def test_numbers_are_as_exact_as_their_digits():
    (value,) = clause("RiskAssessment", "probability", "0.80").values
    assert value == NumberValue("eq", Decimal("0.80"), Decimal("0.795"), Decimal("0.805"))
    (value,) = clause("Observation", "value-quantity", "ap100|http://unitsofmeasure.org|mg").values
    assert value == QuantityValue(
        NumberValue("ap", Decimal(100), Decimal(90), Decimal(110)), "http://unitsofmeasure.org", "mg"
    )
    assert value.number.comparisons() == ((">=", Decimal(90)), ("<", Decimal(110)))
    (value,) = clause("Observation", "value-quantity", "gt5.4||mg").values
    assert (value.system, value.code, value.number.comparisons()) == (None, "mg", ((">", Decimal("5.4")),))


# Stored value: the day 2024-03-10. Does each prefix match it?
DAY = "2024-03-10"
MONTH_BEFORE, MONTH, MONTH_AFTER = "2024-02", "2024-03", "2024-04"


@pytest.mark.parametrize(
    ("prefix", "matches"),
    [
        ("eq", {MONTH, DAY}),
        ("ne", {MONTH_BEFORE, MONTH_AFTER}),
        ("gt", {MONTH_BEFORE}),
        ("lt", {MONTH_AFTER}),
        ("ge", {MONTH_BEFORE, MONTH, DAY}),
        ("le", {MONTH_AFTER, MONTH, DAY}),
        ("sa", {MONTH_BEFORE}),
        ("eb", {MONTH_AFTER}),
        ("ap", {MONTH, DAY}),
    ],
)
def test_prefixes_of_dates(prefix, matches):
    wanted = (MONTH_BEFORE, MONTH, MONTH_AFTER, DAY)
    assert {text for text in wanted if date(prefix + text).matches(*date_range(DAY))} == matches


def test_an_approximate_date_widens_with_its_distance():
    now = datetime(2024, 1, 1, tzinfo=UTC)
    assert not date("ap2014", now).matches(*date_range("2012-06"))
    assert date("ap2014", now).matches(*date_range("2013-06"))
    assert not date("ap2014").matches(*date_range("2013-06"))
    assert date("ap0001", now).low.year == 1


def test_a_plus_sign_that_became_a_space():
    assert date("ge2024-01-01T00:00:00 02:00") == date("ge2024-01-01T00:00:00+02:00")


def test_chains_and_reverse_chains():
    chain = clause("Observation", "subject:Patient.name:exact", "Moss")
    assert (chain.param, chain.modifier) == ("subject", "Patient")
    ((target, inner),) = chain.chain
    assert (target, inner.param, inner.modifier, inner.values) == ("Patient", "name", "exact", ("Moss",))
    several = clause("Observation", "performer.name", "Moss")
    assert [t for t, _ in several.chain] == ["Organization", "Patient", "Practitioner", "RelatedPerson"]
    reverse = clause("Patient", "_has:Observation:patient:code", "1234-5")
    assert (reverse.has, reverse.param) == ("Observation", "patient")
    assert reverse.chain[0][1].values == (TokenValue(None, "1234-5"),)
    nested = clause("Patient", "_has:Observation:patient:_has:Provenance:target:recorded", "2024")
    assert nested.chain[0][1].has == "Provenance"


def test_composites():
    found = clause("Observation", "code-value-quantity", "http://loinc.org|8480-6$gt100")
    ((code, quantity),) = found.values
    assert (code, quantity.number.prefix) == (TokenValue("http://loinc.org", "8480-6"), "gt")


def test_what_shapes_the_answer():
    query = parse(
        "Observation",
        [
            ("_sort", "-date,nothing"),
            ("_count", "20"),
            ("_include", "Observation:patient"),
            ("_include:iterate", "Patient:general-practitioner:Practitioner"),
            ("_revinclude", "Provenance:target"),
            ("_total", "accurate"),
            ("_summary", "count"),
            ("_elements", "id,status"),
            ("_format", "json"),
            ("color", "red"),
            ("subject:Patient.color", "red"),
            ("code", ""),
            ("_lastUpdated", "gt2024"),
            ("status:missing", "true"),
        ],
    )
    assert query.sort == [("date", True)]
    assert (query.count, query.total, query.summary, query.elements) == (
        20,
        "accurate",
        "count",
        ["id", "status"],
    )
    assert query.include == [
        Include("Observation", "patient"),
        Include("Patient", "general-practitioner", "Practitioner", True),
    ]
    assert query.revinclude == [Include("Provenance", "target")]
    assert query.ignored == ["_sort=nothing", "color", "subject:Patient.color"]
    assert [(c.param, c.modifier, c.values) for c in query.clauses[1:]] == [("status", "missing", (True,))]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("date", "yesterday"),
        ("date", "xx2024"),
        ("code:exact", "x"),
        ("value-quantity", "much"),
        ("value-quantity", "1e999999"),
        ("_count", "-1"),
        ("_count", "many"),
        ("_total", "some"),
        ("_include", "Observation"),
        ("_include", "Observation:code"),
        ("_include:deep", "Observation:patient"),
        ("_has:Observation:patient", "x"),
        ("_has:Observation:code:status", "x"),
        ("code.text", "x"),
        ("subject:Visit.name", "x"),
        ("status:missing", "maybe"),
        ("code-value-quantity", "8480-6"),
        ("code:of-type", "a|b"),
    ],
)
def test_malformed_parameters_are_refused_by_name(name, value):
    with pytest.raises(Invalid) as caught:
        parse("Observation", [(name, value)])
    (issue,) = caught.value.issues
    assert issue.expression == name
    assert issue.diagnostics.startswith(f"Search parameter '{name}'")


def test_unknown_parameters_are_refused_when_strict():
    with pytest.raises(Invalid) as caught:
        parse("Observation", [("color", "red"), ("code", "x")], strict=True)
    assert [i.code for i in caught.value.issues] == ["not-supported"]


NAMES = [
    "code",
    "date",
    "subject",
    "value-quantity",
    "_has:Observation:patient:code",
    "subject.name",
    "_sort",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=12), st.text(max_size=20)), max_size=4))
def test_any_query_is_parsed_or_refused(pairs):
    try:
        parse("Observation", pairs)
    except Invalid as error:
        assert error.issues
