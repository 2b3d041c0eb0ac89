"""Terminology over FHIR: what is loaded answers, what is not loaded says so."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from chartdesk.kit.errors import Invalid
from chartdesk.record import terminology

pytestmark = pytest.mark.usefixtures("database")

GENDER = "http://hl7.org/fhir/ValueSet/administrative-gender"
GENDERS = "http://hl7.org/fhir/administrative-gender"
ICD = "http://hl7.org/fhir/sid/icd-10-cm"
RACES = "urn:oid:2.16.840.1.113883.6.238"
PLANTS = {
    "resourceType": "CodeSystem",
    "url": "https://example.org/plants",
    "version": "1",
    "status": "active",
    "content": "complete",
    "caseSensitive": False,
    "name": "Plants",
    "concept": [
        {
            "code": "tree",
            "display": "Tree",
            "definition": "A tall plant",
            "property": [{"code": "notSelectable", "valueBoolean": True}],
            "concept": [
                {"code": "oak", "display": "Oak", "property": [{"code": "leaf", "valueCode": "lobed"}]},
                {"code": "elm", "display": "Elm", "property": [{"code": "leaf", "valueCode": "oval"}]},
            ],
        },
        {"code": "moss", "display": "Moss"},
    ],
}


def _codes(expanded):
    return [one["code"] for one in expanded["expansion"].get("contains", [])]


def _said(parameters):
    found = {}
    for one in parameters["parameter"]:
        value = next((one[name] for name in one if name.startswith("value")), one.get("part"))
        found.setdefault(one["name"], []).append(value)
    return found


def _set(*include, url="https://example.org/set", **more):
    return {"resourceType": "ValueSet", "status": "active", "url": url, "compose": {"include": list(include)}, **more}


def _expand(api, url, more="", status=200):
    return api.json("GET", f"ValueSet/$expand?url={quote(url, safe='')}{more}", status=status)


def _refused(outcome):
    return outcome["issue"][0]["code"], outcome["issue"][0]["diagnostics"]


def test_expands_a_value_set_of_the_standard(api):
    found = _expand(api, GENDER)
    assert _codes(found) == ["male", "female", "other", "unknown"]
    assert found["expansion"]["total"] == 4 and found["expansion"]["contains"][0]["display"] == "Male"
    assert _codes(_expand(api, f"{GENDER}|4.0.1")) == ["male", "female", "other", "unknown"]
    assert _refused(_expand(api, f"{GENDER}|9", status=422))[0] == "not-supported"


def test_filter_count_and_offset_page_through_it(api):
    assert _codes(_expand(api, GENDER, "&filter=fem")) == ["female"]
    assert _codes(_expand(api, GENDER, "&filter=zzz")) == []
    pages = [_expand(api, GENDER, f"&count=3&offset={start}") for start in (0, 3, 6)]
    assert [_codes(page) for page in pages] == [["male", "female", "other"], ["unknown"], []]
    assert {page["expansion"]["total"] for page in pages} == {4}
    assert _expand(api, GENDER, "&count=0")["expansion"] | {"identifier": "", "timestamp": ""} == {
        "identifier": "",
        "timestamp": "",
        "total": 4,
        "offset": 0,
        "parameter": [{"name": "offset", "valueInteger": 0}, {"name": "count", "valueInteger": 0}],
    }


@pytest.mark.parametrize(
    ("url", "codes"),
    [
        ("http://hl7.org/fhir/us/core/ValueSet/omb-ethnicity-category", {"2135-2", "2186-5", "UNK", "ASKU"}),
        ("http://hl7.org/fhir/us/core/ValueSet/birthsex", {"F", "M", "UNK", "ASKU", "OTH"}),
        ("http://hl7.org/fhir/us/core/ValueSet/us-core-clinical-note-type", {"18842-5", "11488-4", "34117-2"}),
        ("http://terminology.hl7.org/ValueSet/v3-PurposeOfUse", {"TREAT", "HPAYMT", "ETREAT"}),
        ("http://hl7.org/fhir/ValueSet/encounter-participant-type", {"translator", "ATND"}),
    ],
)
def test_value_sets_of_us_core_and_v3(api, url, codes):
    assert codes <= set(_codes(_expand(api, url)))


def test_icd_10_is_searched_in_the_clinicians_words_and_paged_whole(api):
    found = _expand(api, f"{ICD}?fhir_vs", "&filter=high%20blood%20pressure&count=5")
    assert found["expansion"]["contains"][0] == {
        "system": ICD,
        "code": "I10",
        "display": "Essential (primary) hypertension",
    }
    assert len(_codes(found)) == 5 if found["expansion"]["total"] >= 5 else True
    whole = _expand(api, f"{ICD}?fhir_vs", "&count=2&offset=0")
    assert whole["expansion"]["total"] > 90_000
    assert whole["expansion"]["contains"][0] == {"system": ICD, "code": "A00", "abstract": True, "display": "Cholera"}


@pytest.mark.parametrize(
    "url",
    [
        "http://hl7.org/fhir/ValueSet/condition-code",
        "http://snomed.info/sct?fhir_vs",
        "http://snomed.info/sct?fhir_vs=isa/404684003",
        "http://loinc.org/vs",
        "http://hl7.org/fhir/ValueSet/cpt-all",
        "http://hl7.org/fhir/us/core/ValueSet/us-core-procedure-code",
        "https://example.org/nobody/knows",
    ],
)
def test_what_is_not_loaded_says_so(api, url):
    code, diagnostics = _refused(_expand(api, url, status=422))
    assert code == "not-supported" and ("not loaded" in diagnostics or "only single codes" in diagnostics)


@pytest.mark.parametrize(
    ("query", "result", "words"),
    [
        (f"url={GENDER}&system={GENDERS}&code=male", True, ""),
        (f"url={GENDER}&system={GENDERS}&code=male&display=MALE", True, ""),
        (f"url={GENDER}&system={GENDERS}&code=male&display=Man", False, "its display is 'Male'"),
        (f"url={GENDER}&system={GENDERS}&code=Male", False, "not in the value set"),
        (f"url={GENDER}&system={RACES}&code=male", False, "not in the value set"),
        (f"url={GENDER}&code=male", True, ""),
        (f"url=http://hl7.org/fhir/ValueSet/condition-code&system={GENDERS}&code=male", False, "not in the value set"),
        (f"url=http://hl7.org/fhir/us/core/ValueSet/us-core-condition-code&system={ICD}&code=E11.9", True, ""),
        (f"url=http://hl7.org/fhir/us/core/ValueSet/us-core-condition-code&system={ICD}&code=E119", False, "not in"),
    ],
)
def test_validates_codes_in_value_sets(api, query, result, words):
    said = _said(api.json("GET", f"ValueSet/$validate-code?{query}"))
    assert said["result"] == [result] and words in said.get("message", [""])[0]


def test_a_code_whose_system_is_not_loaded_is_neither_right_nor_wrong(api):
    query = "url=http://hl7.org/fhir/ValueSet/condition-code&system=http://snomed.info/sct&code=1"
    assert _refused(api.json("GET", f"ValueSet/$validate-code?{query}", status=422))[0] == "not-supported"
    listed = "url=http://hl7.org/fhir/us/core/ValueSet/us-core-sexual-orientation&system=http://snomed.info/sct&code=38628009"
    assert _said(api.json("GET", f"ValueSet/$validate-code?{listed}"))["result"] == [True]


def test_validates_codings_and_concepts_by_post(api):
    good, bad = {"system": GENDERS, "code": "female"}, {"system": GENDERS, "code": "lady"}
    for element, result in (
        ({"name": "coding", "valueCoding": good}, True),
        ({"name": "coding", "valueCoding": bad}, False),
        ({"name": "codeableConcept", "valueCodeableConcept": {"coding": [bad, good]}}, True),
    ):
        body = {"resourceType": "Parameters", "parameter": [{"name": "url", "valueUri": GENDER}, element]}
        assert _said(api.json("POST", "ValueSet/$validate-code", body))["result"] == [result]


@pytest.mark.parametrize(
    ("query", "result"),
    [
        (f"url={ICD}&code=E11.9", True),
        (f"url={ICD}&code=E11", True),
        (f"url={ICD}&code=E11.99999", False),
        (f"url={GENDERS}&code=male&display=Male", True),
        (f"url={GENDERS}&code=male&display=Woman", False),
    ],
)
def test_validates_codes_in_systems(api, query, result):
    assert _said(api.json("GET", f"CodeSystem/$validate-code?{query}"))["result"] == [result]


def test_looks_codes_up(api):
    said = _said(api.json("GET", f"CodeSystem/$lookup?system={ICD}&code=E11.9"))
    assert said["display"] == ["Type 2 diabetes mellitus without complications"] and said["name"] == ["ICD-10-CM"]
    assert [{"name": "code", "valueCode": "parent"}, {"name": "value", "valueCode": "E11"}] in said["property"]
    category = _said(api.json("GET", f"CodeSystem/$lookup?system={ICD}&code=E11&property=notSelectable&property=child"))
    assert [{"name": "code", "valueCode": "notSelectable"}, {"name": "value", "valueBoolean": True}] in category[
        "property"
    ]
    assert [{"name": "code", "valueCode": "child"}, {"name": "value", "valueCode": "E11.9"}] in category["property"]
    body = {
        "resourceType": "Parameters",
        "parameter": [{"name": "coding", "valueCoding": {"system": "http://loinc.org", "code": "8480-6"}}],
    }
    assert _said(api.json("POST", "CodeSystem/$lookup", body))["display"] == ["Systolic pressure"]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        (f"system={GENDERS}&code=nobody", 404, "not-found"),
        ("system=http://snomed.info/sct&code=73211009", 422, "not-supported"),
        ("system=http://loinc.org&code=99999-9", 422, "not-supported"),
        ("system=http://www.ama-assn.org/go/cpt&code=99213", 422, "not-supported"),
        ("code=male", 400, "invalid"),
        (f"system={GENDERS}&code=male&color=red", 400, "invalid"),
    ],
)
def test_a_lookup_that_cannot_be_answered(api, query, status, code):
    assert _refused(api.json("GET", f"CodeSystem/$lookup?{query}", status=status))[0] == code


def test_what_a_client_has_stored_is_served(api):
    system = api.json("POST", "CodeSystem", PLANTS, status=201)
    trees = api.json(
        "POST",
        "ValueSet",
        _set({"system": PLANTS["url"], "filter": [{"property": "concept", "op": "is-a", "value": "tree"}]}),
        status=201,
    )
    assert _codes(_expand(api, "https://example.org/set")) == ["tree", "oak", "elm"]
    assert _codes(api.json("GET", f"ValueSet/{trees['id']}/$expand?excludeNotForUI=true")) == ["oak", "elm"]
    assert _codes(_expand(api, f"{PLANTS['url']}?fhir_vs", "&filter=mo")) == ["moss"]
    said = _said(api.json("GET", f"CodeSystem/{system['id']}/$lookup?code=OAK"))
    assert said["display"] == ["Oak"]
    assert [{"name": "code", "valueCode": "leaf"}, {"name": "value", "valueString": "lobed"}] in said["property"]
    assert _said(api.json("GET", f"CodeSystem/{system['id']}/$validate-code?code=fern"))["result"] == [False]
    assert _said(api.json("GET", f"ValueSet/{trees['id']}/$validate-code?system={PLANTS['url']}&code=moss"))[
        "result"
    ] == [False]


def test_composition_intersects_excludes_and_filters(api):
    api.json("POST", "CodeSystem", PLANTS, status=201)
    lobed = {"system": PLANTS["url"], "filter": [{"property": "leaf", "op": "=", "value": "lobed"}]}
    whole, url = {"system": PLANTS["url"]}, PLANTS["url"]
    api.json("POST", "ValueSet", _set(lobed, url="https://example.org/lobed"), status=201)
    for include, exclude, codes in (
        ({**whole, "valueSet": ["https://example.org/lobed"]}, [], ["oak"]),
        ({"valueSet": ["https://example.org/lobed"]}, [], ["oak"]),
        (whole, [{"valueSet": ["https://example.org/lobed"]}], ["tree", "elm", "moss"]),
        (whole, [{"system": url, "concept": [{"code": "moss"}]}], ["tree", "oak", "elm"]),
        (
            {"system": url, "filter": [{"property": "concept", "op": "descendent-of", "value": "tree"}]},
            [],
            ["oak", "elm"],
        ),
        ({"system": url, "filter": [{"property": "concept", "op": "is-not-a", "value": "tree"}]}, [], ["moss"]),
        ({"system": url, "filter": [{"property": "leaf", "op": "exists", "value": "false"}]}, [], ["tree", "moss"]),
        ({"system": url, "filter": [{"property": "leaf", "op": "in", "value": "lobed,oval"}]}, [], ["oak", "elm"]),
    ):
        sent = _set(include)
        if exclude:
            sent["compose"]["exclude"] = exclude
        body = {"resourceType": "Parameters", "parameter": [{"name": "valueSet", "resource": sent}]}
        assert _codes(api.json("POST", "ValueSet/$expand", body)) == codes


@pytest.mark.parametrize(
    ("include", "words"),
    [
        ({"valueSet": ["https://example.org/set"]}, "made of itself"),
        ({"system": GENDERS, "filter": [{"property": "code", "op": "regex", "value": "(a+)+$"}]}, "not carried out"),
        ({"system": GENDERS, "valueSet": ["https://example.org/unknown"]}, "not loaded"),
    ],
)
def test_what_cannot_be_expanded_is_refused_at_once(api, include, words):
    body = {"resourceType": "Parameters", "parameter": [{"name": "valueSet", "resource": _set(include)}]}
    assert words in _refused(api.json("POST", "ValueSet/$expand", body, status=422))[1]


def test_value_sets_that_stand_in_each_other_end(api):
    for number in range(30):
        inner = [f"https://example.org/{number + 1}"] * 5
        api.json("POST", "ValueSet", _set({"valueSet": inner}, url=f"https://example.org/{number}"), status=201)
    assert "too many" in _refused(_expand(api, "https://example.org/0", status=422))[1]


def test_the_standards_own_urls_cannot_be_taken_over(api):
    api.json("POST", "ValueSet", _set({"system": GENDERS, "concept": [{"code": "male"}]}, url=GENDER), status=201)
    assert len(_codes(_expand(api, GENDER))) == 4
    api.json(
        "POST",
        "ValueSet",
        _set({"system": GENDERS, "concept": [{"code": "male"}]}, url=GENDER, version="9"),
        status=201,
    )
    assert _codes(_expand(api, f"{GENDER}|9")) == ["male"]


def test_a_token_without_the_scope_is_refused(practice, client_of):
    client = client_of(practice, "system/Patient.rs")
    assert _refused(_expand(client, GENDER, status=403))[0] == "forbidden"


def test_the_record_expands_for_its_searches(subject, api):
    assert terminology.expand(subject, GENDER) == {(GENDERS, code) for code in ("male", "female", "other", "unknown")}
    with pytest.raises(terminology.NotLoaded):
        terminology.expand(subject, "http://hl7.org/fhir/ValueSet/condition-code")
    with pytest.raises(Invalid, match="more than the"):
        terminology.expand(subject, f"{ICD}?fhir_vs")
