"""No search finds what its token may not see: random searches, chains and includes under random scopes.

Two oracles. Each resource found is compared with the scopes, read here from their text. And what a patient's scopes
find must be the same where nothing else is stored at all: then nothing outside of the compartment can have had a say in
it, not by a chain, not by the order, not by a count.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.record import library

from chartdesk.kit.errors import ChartdeskError
from chartdesk.record import search, store
from chartdesk.record.access import people
from chartdesk.record.access.subject import Role, Subject, system
from chartdesk.record.indexing import index
from chartdesk.record.reach import SHARED
from chartdesk.record.stored import Stored
from chartdesk.standards import fhir
from chartdesk.standards.fhir.search import extract, parameters

#: (type or empty for several, pairs, compartment, strict) of one search.
Question = tuple[str, list[tuple[str, str]], str, bool]
PATIENT = "ada"
#: What ties the patients' charts together: a chain may begin in one and end in the other.
TIES: list[dict[str, Any]] = [
    library.observation("twin", "8302-2", "ada", "2024-06-01", hasMember=[library.ref("Observation/w2")]),
    library.observation("mate", "8302-2", "ben", "2024-06-01", hasMember=[library.ref("Observation/w1")]),
    library.observation("seen", "9-9", "ada", "2024-06-02", performer=[library.ref("Patient/ben")]),
    {
        "resourceType": "Encounter",
        "id": "other",
        "status": "planned",
        "class": {"code": "VR"},
        "subject": library.ref("Patient/ben"),
        "location": [{"location": library.ref("Location/floor")}],
        "participant": [{"individual": library.ref("Practitioner/hill")}],
    },
]
RESOURCES = [*library.PEOPLE, *library.CLINICAL, *library.FORMS, *TIES]
TYPES = sorted({one["resourceType"] for one in RESOURCES})
IDS = [one["id"] for one in RESOURCES]
REFERENCES = [f"{one['resourceType']}/{one['id']}" for one in RESOURCES]
CODES = ["29463-7", "85354-9", "8480-6", "E11.9", "I10", "final", "finished", "female", "male", "1001", "77", "vip"]
CODES += ["http://loinc.org|29463-7", "urn:mrn|", "|final", "true", "MR", "A", "smoker", "AMB"]
VALUES: dict[str, list[str]] = {
    "token": CODES,
    "string": ["m", "moss", "reed", "a", "never", "columbus", ""],
    "date": ["2024", "ge2024-03-02", "lt2024-03-02", "ne1980", "sa2023", "eb2024-04", "ap2024-03", "1980-02-29"],
    "number": ["0.8", "gt0.1", "ne0.8", "ap1"],
    "quantity": ["61", "gt80", "lt130||mmHg", "90|http://unitsofmeasure.org|kg", "ne61"],
    "uri": ["http://forms.example/gad", "http://forms.example", "urn:registry:7"],
    "reference": [*IDS, *REFERENCES],
    "composite": ["29463-7$gt60", "8480-6$gt140", "letter$appends", "smoker$true", "882-1$A", "72166-2$never"],
}
MODIFIERS: dict[str, list[str]] = {
    "token": ["", "", ":not", ":text", ":missing", ":in", ":below", ":of-type"],
    "string": ["", ":contains", ":exact", ":missing"],
    "date": ["", ":missing"],
    "number": ["", ":missing"],
    "quantity": ["", ":missing"],
    "uri": ["", ":below", ":above", ":missing"],
    "reference": ["", "", ":identifier", ":missing", ":Patient", ":below", ":above"],
    "composite": [""],
}


@cache
def facts() -> dict[str, list[tuple[str, str]]]:
    """Type → parameters with values that some resource has, so that a question finds something."""
    found: dict[str, set[tuple[str, str]]] = {type: set() for type in TYPES}
    for one in RESOURCES:
        values = extract(fhir.decode(json.dumps(one)))
        known = found[one["resourceType"]]
        known |= {(name, code) for name, _, code in values.tokens if code}
        known |= {(name, text) for name, text in values.strings}
        known |= {(name, f"ge{low:%Y-%m-%d}") for name, low, _ in values.dates if low.year > 1}
        known |= {(name, f"{type}/{id}") for name, type, id in values.references}
    return {type: sorted(each) for type, each in found.items()}


@cache
def ties() -> list[tuple[str, str, str]]:
    """(type, parameter, type it refers to) wherever a resource does."""
    return sorted(
        {
            (one["resourceType"], name, target)
            for one in RESOURCES
            for name, target, _ in extract(fhir.decode(json.dumps(one))).references
            if target in TYPES
        }
    )


@cache
def codes_of(type: str, kind: str = "") -> list[str]:
    return sorted(code for code, one in parameters(type).items() if not kind or one.kind == kind)


@st.composite
def conditions(draw: st.DrawFn, type: str, depth: int = 0) -> tuple[str, str]:
    """One pair of a query about resources of a type, perhaps about others that it is linked with."""
    # Whatever is linked is asked for most: there a search could look over the fence.
    choice = draw(st.integers(2, 14) if depth else st.integers(0, 14))
    pointing = [(source, code) for source, code, target in ties() if target == type]
    pointed = [(code, target) for source, code, target in ties() if source == type]
    if choice >= 10 and depth < 2 and pointing:
        source, code = draw(st.sampled_from(pointing))
        name, value = draw(conditions(source, depth + 1))
        return f"_has:{source}:{code}:{name}", value
    if choice >= 5 and depth < 2 and pointed:
        code, target = draw(st.sampled_from(pointed))
        name, value = draw(conditions(target, depth + 1))
        return f"{code}:{target}.{name}", value
    if choice == 0:
        return "_list", "today"
    if choice >= 3 and facts()[type]:
        return draw(st.sampled_from(facts()[type]))
    code = draw(st.sampled_from(codes_of(type)))
    kind = parameters(type)[code].kind
    modifier = draw(st.sampled_from(MODIFIERS[kind]))
    values = ["true", "false"] if modifier == ":missing" else VALUES[kind]
    if modifier == ":in":
        values = ["http://sets.example/chronic", "http://hl7.org/fhir/ValueSet/administrative-gender"]
    return f"{code}{modifier}", ",".join(draw(st.lists(st.sampled_from(values), min_size=1, max_size=2)))


@st.composite
def inclusions(draw: st.DrawFn, type: str) -> tuple[str, str]:
    """One include that has to do with resources of a type, or with what was included with them."""
    source, code, target = draw(st.sampled_from(ties()))
    again = draw(st.sampled_from(["", ":iterate"]))
    backward = [(source, code) for source, code, target in ties() if target == type]
    forward = [(code, target) for source, code, target in ties() if source == type]
    choice = draw(st.integers(0, 3))
    if choice == 0 and backward:
        source, code = draw(st.sampled_from(backward))
        return f"_revinclude{again}", f"{source}:{draw(st.sampled_from([code, '*']))}"
    if choice <= 2 and forward:
        code, target = draw(st.sampled_from(forward))
        return f"_include{again}", draw(st.sampled_from([f"{type}:{code}", f"{type}:{code}:{target}", "*"]))
    return draw(st.sampled_from(["_include:iterate", "_revinclude:iterate"])), f"{source}:{code}"


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """One search."""
    tied = [source for source, _, _ in ties()] + [target for _, _, target in ties()]
    type = draw(st.sampled_from([*TYPES, *tied, ""]))
    about = type or draw(st.sampled_from(tied))
    pairs = draw(st.lists(conditions(about), max_size=2))
    pairs += draw(st.lists(inclusions(about), max_size=2))
    if not type:
        others = draw(st.lists(st.sampled_from(TYPES), max_size=2))
        pairs.append(("_type", ",".join([about, *others])))
    if draw(st.booleans()):
        pairs.append(("_sort", draw(st.sampled_from(["", "-"])) + draw(st.sampled_from(codes_of(about)))))
    pairs += draw(
        st.lists(st.sampled_from([("_total", "accurate"), ("_summary", "count"), ("_count", "2")]), max_size=1)
    )
    return type, pairs, draw(st.sampled_from(["", "", "", "", "ada", "ben"])), draw(st.booleans())


@st.composite
def asked_with(draw: st.DrawFn, levels: tuple[str, ...]) -> tuple[Question, list[str]]:
    """A question, and scopes that mostly let it be asked."""
    question = draw(questions())
    about = question[0] or dict(question[1])["_type"].partition(",")[0]
    each = st.builds(
        "{}/{}.{}".format,
        st.sampled_from(levels),
        st.sampled_from([*TYPES, "*"]),
        st.sampled_from(["rs", "rs", "r", "s", "read", "cruds"]),
    )
    narrow = st.sampled_from(
        [f"{levels[0]}/Observation.rs?code=29463-7", f"{levels[0]}/Observation.rs?code=http://loinc.org|85354-9"]
    )
    own = st.builds("{}/{}.rs".format, st.sampled_from(levels), st.just(about))
    return question, draw(st.lists(st.one_of(own, each, narrow), min_size=1, max_size=4))


@pytest.fixture(scope="module")
def practices(database: str) -> tuple[int, int]:
    """A practice with everything, and one with only what the patient's scopes reach; a third has the same ids."""
    whole = system(people.open_practice("confined", "Confined").pk, "test")
    alone = system(people.open_practice("confined-alone", "Alone").pk, "test")
    foreign = system(people.open_practice("confined-foreign", "Foreign").pk, "test")
    for resource in RESOURCES:
        body = json.dumps(resource).encode()
        store.put(whole, body)
        store.put(foreign, json.dumps(resource | {"language": "fr"}).encode())
        if index(0, fhir.decode(body)).patient == PATIENT or resource["resourceType"] in SHARED:
            store.put(alone, body)
    return whole.practice, alone.practice


def client(practice: int, scopes: list[str]) -> Subject:
    return Subject(practice, "client:c", "C", frozenset({Role.CLIENT}), scopes=frozenset(scopes), patient=PATIENT)


def asked(subject: Subject, question: Question) -> search.Page | ChartdeskError:
    type, pairs, compartment, strict = question
    try:
        return search.find(subject, type, pairs, compartment=compartment, strict=strict)
    except ChartdeskError as fault:
        return fault


def allowed(scopes: list[str], one: Stored, letter: str) -> bool:
    """Whether the scopes, read from their text, allow this resource."""
    for text in scopes:
        scope, _, query = text.partition("?")
        level, _, rest = scope.partition("/")
        type, _, letters = rest.partition(".")
        granted = {"read": "rs"}.get(letters, letters)
        code = query.partition("code=")[2].rpartition("|")[2]
        if type not in ("*", one.type) or letter not in granted:
            continue
        if level == "patient" and one.patient != PATIENT and one.type not in SHARED:
            continue
        if code and code not in [coding.code for coding in code_of(one).coding]:
            continue
        return True
    return False


def code_of(one: Stored) -> Any:
    return one.resource.code  # type: ignore[attr-defined]  # only Observations are asked for their code here


MANY = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@MANY
@given(both=asked_with(("patient", "patient", "system", "user")))
def test_what_is_found_is_within_the_scopes(practices: tuple[int, int], both: tuple[Question, list[str]]) -> None:
    question, scopes = both
    page = asked(client(practices[0], scopes), question)
    if isinstance(page, ChartdeskError):
        return
    for one in page.entries:
        assert allowed(scopes, one, "s"), one.reference
    for one in page.included:
        assert allowed(scopes, one, "r"), one.reference
    assert not any(b'"language"' in one.body for one in (*page.entries, *page.included))


@MANY
@given(both=asked_with(("patient",)))
def test_what_lies_outside_has_no_say(practices: tuple[int, int], both: tuple[Question, list[str]]) -> None:
    question, scopes = both
    whole, alone = (asked(client(practice, scopes), question) for practice in practices)
    if isinstance(whole, ChartdeskError) or isinstance(alone, ChartdeskError):
        assert type(whole) is type(alone)
        assert str(whole) == str(alone)
        return
    assert [one.reference for one in whole] == [one.reference for one in alone]
    assert {one.reference for one in whole.included} == {one.reference for one in alone.included}
    assert (whole.total, bool(whole.next)) == (alone.total, bool(alone.next))
