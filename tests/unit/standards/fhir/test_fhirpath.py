"""FHIRPath as a table: expression on a resource → what it selects. The kind of cases that HL7's test file has."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from chartdesk.standards.fhir import decode
from chartdesk.standards.fhir.fhirpath import UnsupportedError, condition, selection
from chartdesk.standards.fhir.views import View

PATIENT = {
    "resourceType": "Patient",
    "id": "example",
    "active": True,
    "name": [
        {"use": "official", "family": "Chalmers", "given": ["Peter", "James"]},
        {"use": "usual", "given": ["Jim"]},
        {"use": "maiden", "family": "Windsor", "given": ["Peter", "James"], "period": {"end": "2002"}},
    ],
    "telecom": [
        {"use": "home"},
        {"system": "phone", "value": "(03) 5555 6473", "use": "work", "rank": 1},
        {"system": "phone", "value": "(03) 3410 5613", "use": "mobile", "rank": 2},
    ],
    "birthDate": "1974-12-25",
    "_birthDate": {"extension": [{"url": "http://a.example/time", "valueDateTime": "1974-12-25T14:35:45-05:00"}]},
    "_gender": {"extension": [{"url": "http://a.example/absent", "valueCode": "unknown"}]},
    "deceasedBoolean": False,
    "contact": [{"name": {"family": "du March"}, "relationship": [{"coding": [{"code": "N"}]}]}],
    "managingOrganization": {"reference": "Organization/1"},
    "link": [{"other": {"reference": "https://a.example/fhir/Patient/2/_history/1"}, "type": "seealso"}],
}
OBSERVATION = {
    "resourceType": "Observation",
    "status": "final",
    "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7", "display": "Body Weight"}]},
    "valueQuantity": {"value": 185, "unit": "lbs", "system": "http://unitsofmeasure.org", "code": "[lb_av]"},
    "referenceRange": [{"low": {"value": 1, "unit": "lbs"}, "high": {"value": 2, "unit": "lbs"}}],
    "component": [
        {"code": {"text": "a"}, "valueString": "x"},
        {"code": {"text": "b"}, "valueInteger": 4},
        {"code": {"text": "c"}, "valueCodeableConcept": {"coding": [{"code": "q"}]}},
    ],
}
QUESTIONNAIRE = {
    "resourceType": "Questionnaire",
    "status": "draft",
    "item": [
        {"linkId": "1", "type": "group", "item": [{"linkId": "1.1", "type": "string", "maxLength": 5}]},
        {"linkId": "2", "type": "boolean"},
    ],
}
YES, NO, NONE = [True], [False], []

CASES = [
    # paths
    (PATIENT, "name.given", ["Peter", "James", "Jim", "Peter", "James"]),
    (PATIENT, "Patient.name.given.first()", ["Peter"]),
    (PATIENT, "name.suffix", NONE),
    (PATIENT, "name[1].given", ["Jim"]),
    (PATIENT, "name[7].given", NONE),
    (PATIENT, "(name[0]).family", ["Chalmers"]),
    (PATIENT, "$this.active", YES),
    (PATIENT, "contact.relationship.coding.code", ["N"]),
    (PATIENT, "birthDate.extension.value", ["1974-12-25T14:35:45-05:00"]),
    (PATIENT, "birthDate.extension('http://a.example/time').exists()", YES),
    (PATIENT, "%resource.id & '/' & %context.id", ["example/example"]),
    (PATIENT, "`name`.`family`", ["Chalmers", "Windsor"]),
    # existence
    (PATIENT, "name.exists()", YES),
    (PATIENT, "photo.exists()", NO),
    (PATIENT, "photo.empty()", YES),
    (PATIENT, "gender.exists()", YES),
    (PATIENT, "gender.hasValue()", NO),
    (PATIENT, "gender.count()", [1]),
    (PATIENT, "birthDate.hasValue()", YES),
    (PATIENT, "name.exists(use = 'usual')", YES),
    (PATIENT, "name.exists(use = 'temp')", NO),
    (PATIENT, "name.all(given.exists())", YES),
    (PATIENT, "name.all(family.exists())", NO),
    (PATIENT, "photo.all(false)", YES),
    (PATIENT, "name.select(given.exists()).allTrue()", YES),
    (PATIENT, "name.select(family.exists()).allTrue()", NO),
    (PATIENT, "name.select(family.exists()).anyFalse()", YES),
    (PATIENT, "name.select(use = 'usual').anyTrue()", YES),
    (PATIENT, "name.select(use = 'temp').allFalse()", YES),
    (PATIENT, "name.count() = 3", YES),
    (PATIENT, "name.given.distinct()", ["Peter", "James", "Jim"]),
    (PATIENT, "name.given.isDistinct()", NO),
    (PATIENT, "name.use.isDistinct()", YES),
    (PATIENT, "name.take(2).given.subsetOf(name.given)", YES),
    (PATIENT, "name.given.supersetOf(name.first().given)", YES),
    (PATIENT, "name.given.subsetOf(name.first().given)", NO),
    # filtering, projection, subsetting
    (PATIENT, "name.where(use = 'official').family", ["Chalmers"]),
    (PATIENT, "name.where($index > 0).use", ["usual", "maiden"]),
    (PATIENT, "telecom.where(rank > 1).value", ["(03) 3410 5613"]),
    (PATIENT, "name.select(family)", ["Chalmers", "Windsor"]),
    (PATIENT, "name.given.last()", ["James"]),
    (PATIENT, "name.tail().use", ["usual", "maiden"]),
    (PATIENT, "name.skip(2).use", ["maiden"]),
    (PATIENT, "name.take(1).use", ["official"]),
    (PATIENT, "name.where(use = 'usual').single().given", ["Jim"]),
    (QUESTIONNAIRE, "repeat(item).linkId", ["1", "2", "1.1"]),
    (QUESTIONNAIRE, "descendants().linkId", ["1", "2", "1.1"]),
    (QUESTIONNAIRE, "children().linkId", ["1", "2"]),
    (QUESTIONNAIRE, "item.children().linkId", ["1.1"]),
    (PATIENT, "name.given.intersect(contact.name.family | name[1].given)", ["Jim"]),
    (PATIENT, "name.given.exclude(name[1].given).count()", [4]),
    (PATIENT, "name[0].given.combine(name[1].given)", ["Peter", "James", "Jim"]),
    (PATIENT, "name[0].given.union(name[2].given)", ["Peter", "James"]),
    (PATIENT, "name.given | name.family", ["Peter", "James", "Jim", "Chalmers", "Windsor"]),
    # types
    (OBSERVATION, "value.exists()", YES),
    (OBSERVATION, "value is Quantity", YES),
    (OBSERVATION, "value is Element", YES),
    (OBSERVATION, "value is string", NO),
    (OBSERVATION, "value.is(System.String)", NO),
    (OBSERVATION, "value.unit", ["lbs"]),
    (OBSERVATION, "(value as Quantity).unit", ["lbs"]),
    (OBSERVATION, "value.as(string)", NONE),
    (OBSERVATION, "value.ofType(Quantity).code", ["[lb_av]"]),
    (OBSERVATION, "component.value.ofType(string)", ["x"]),
    (OBSERVATION, "component.value.count()", [3]),
    (OBSERVATION, "component.where(value is Integer).code.text", ["b"]),
    (OBSERVATION, "component.value.coding.code", ["q"]),
    (PATIENT, "deceased is Boolean", YES),
    (PATIENT, "managingOrganization.resolve() is Organization", YES),
    (PATIENT, "link.other.resolve().ofType(Patient).exists()", YES),
    (PATIENT, "link.other.resolve().ofType(Practitioner).exists()", NO),
    # logic
    (PATIENT, "active and true", YES),
    (PATIENT, "true and {}", NONE),
    (PATIENT, "false and {}", NO),
    (PATIENT, "true or {}", YES),
    (PATIENT, "false or {}", NONE),
    (PATIENT, "true xor false", YES),
    (PATIENT, "true xor true", NO),
    (PATIENT, "true xor {}", NONE),
    (PATIENT, "true implies false", NO),
    (PATIENT, "false implies {}", YES),
    (PATIENT, "{} implies true", YES),
    (PATIENT, "{} implies false", NONE),
    (PATIENT, "active.not()", NO),
    (PATIENT, "{}.not()", NONE),
    (PATIENT, "name[0] and active", YES),
    # comparison
    (PATIENT, "1 = 1", YES),
    (PATIENT, "1 = 1.0", YES),
    (PATIENT, "{} = 1", NONE),
    (PATIENT, "'a' != 'b'", YES),
    (PATIENT, "name.given = 'Peter'", NO),
    (PATIENT, "name[0].given = name[2].given", YES),
    (PATIENT, "name[0] != name[1]", YES),
    (PATIENT, "'AbC' ~ 'abc'", YES),
    (PATIENT, "(1 | 2) ~ (2 | 1)", YES),
    (PATIENT, "(1 | 2) = (2 | 1)", NO),
    (PATIENT, "'a' !~ 'b'", YES),
    (PATIENT, "1 < 2 and 2 <= 2 and 3 > 2 and 3 >= 3", YES),
    (PATIENT, "'abc' < 'abd'", YES),
    (PATIENT, "birthDate = @1974-12-25", YES),
    (PATIENT, "birthDate < @1975", YES),
    (PATIENT, "birthDate > @1974-12-24", YES),
    (PATIENT, "birthDate = @1974", NONE),
    (PATIENT, "birthDate >= @1974-12", NONE),
    (PATIENT, "name.period.end = @2002", YES),
    (OBSERVATION, "referenceRange.low < referenceRange.high", YES),
    (OBSERVATION, "referenceRange.low > value", NONE),
    # membership
    (PATIENT, "'Jim' in name.given", YES),
    (PATIENT, "name.given contains 'Anne'", NO),
    (PATIENT, "name[0].use in ('official' | 'usual')", YES),
    (PATIENT, "gender in ('male' | 'female')", NONE),
    (PATIENT, "name.all(use in ('official' | 'usual' | 'maiden'))", YES),
    # numbers
    (PATIENT, "1 + 2 * 3", [7]),
    (PATIENT, "(1 + 2) * 3", [9]),
    (PATIENT, "7 / 2", [Decimal("3.5")]),
    (PATIENT, "7 div 2", [3]),
    (PATIENT, "7 mod 2", [1]),
    (PATIENT, "-7 div 2", [-3]),
    (PATIENT, "1 / 0", NONE),
    (PATIENT, "1 - {}", NONE),
    (PATIENT, "(0 - 4).abs()", [4]),
    (PATIENT, "1.5.ceiling()", [2]),
    (PATIENT, "1.5.floor()", [1]),
    (PATIENT, "3.14159.round(3)", [Decimal("3.142")]),
    (PATIENT, "(0 - 1.56).truncate()", [-1]),
    # texts
    (PATIENT, "'a' + 'b'", ["ab"]),
    (PATIENT, "'a' + {}", NONE),
    (PATIENT, "'a' & {} & 'c'", ["ac"]),
    (PATIENT, r"'it\'s'.length()", [4]),
    (PATIENT, "'abc'.startsWith('ab') and 'abc'.endsWith('bc') and 'abc'.contains('b')", YES),
    (PATIENT, "'abc'.indexOf('c')", [2]),
    (PATIENT, "'abcdef'.substring(2)", ["cdef"]),
    (PATIENT, "'abcdef'.substring(1, 2)", ["bc"]),
    (PATIENT, "'abc'.substring(9)", NONE),
    (PATIENT, "'abc'.upper() & 'ABC'.lower()", ["ABCabc"]),
    (PATIENT, "'abc'.toChars()", ["a", "b", "c"]),
    (PATIENT, "'abcabc'.replace('b', '-')", ["a-ca-c"]),
    (PATIENT, r"'a12b3'.replaceMatches('\\d+', '#')", ["a#b#"]),
    (PATIENT, "'2024'.matches('^[0-9]{4}$')", YES),
    (PATIENT, "gender.matches('x')", NONE),
    # conversion
    (PATIENT, "'12'.toInteger() + 1", [13]),
    (PATIENT, "'x'.toInteger()", NONE),
    (PATIENT, "'1.50'.toDecimal()", [Decimal("1.50")]),
    (PATIENT, "'T'.toBoolean()", YES),
    (PATIENT, "1.toString()", ["1"]),
    (PATIENT, "'1'.convertsToInteger()", YES),
    (PATIENT, "'a'.convertsToInteger()", NO),
    # the rest
    (PATIENT, "iif(active, 'yes', 'no')", ["yes"]),
    (PATIENT, "iif(photo.exists(), 'yes')", NONE),
    (PATIENT, "name.trace('names').given.count()", [5]),
    (PATIENT, "true // a remark", YES),
    (PATIENT, "%ucum", ["http://unitsofmeasure.org"]),
]


@pytest.mark.parametrize(("value", "expression", "expected"), CASES, ids=lambda v: v if isinstance(v, str) else "")
def test_on_structs_and_on_json(value, expression, expected):
    select = selection(expression, value["resourceType"])
    assert select(decode(json.dumps(value))) == expected
    assert select(View(value, "Resource")) == expected


@pytest.mark.parametrize(("value", "expression", "expected"), CASES, ids=lambda v: v if isinstance(v, str) else "")
def test_as_conditions(value, expression, expected):
    """A condition holds where the value is true, or anything but false."""
    expected = bool(expected) and expected != [False]
    assert condition(expression, value["resourceType"])(decode(json.dumps(value))) is expected


@pytest.mark.parametrize(
    "expression",
    [
        *("", "name.", "name.given(", "1 +", "name where", "'open", "name.nope", "nope()", "%nope", "a b"),
        *("today()", "name.given.matches(id)", "4 days", "'x' is", "(" * 100 + "1" + ")" * 100),
    ],
)
def test_what_cannot_be_compiled_is_refused_at_once(expression):
    with pytest.raises(UnsupportedError):
        condition(expression, "Patient")


def test_a_list_is_looked_into_once_and_not_for_each_item():
    """Membership in %context costs the same for each of many items."""
    guide = {
        "resourceType": "ImplementationGuide",
        "definition": {
            "grouping": [{"id": f"g{n}", "name": "x"} for n in range(20_000)],
            "resource": [{"reference": {"reference": "Patient/1"}, "groupingId": f"g{n}"} for n in range(20_000)],
        },
    }
    rule = condition("definition.resource.groupingId.all(%context.definition.grouping.id contains $this)",
                     "ImplementationGuide")  # fmt: skip
    assert rule(View(guide, "Resource"))
    guide["definition"]["resource"][-1]["groupingId"] = "other"
    assert not rule(View(guide, "Resource"))
