"""Every kind of search parameter with every modifier and prefix, as tables: what is asked, what is found."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote

import pytest
from tests.unit.record import library
from tests.unit.record.library import ICD10, KINDS, LOINC, UCUM

from chartdesk.kit.errors import Invalid
from chartdesk.record import indexing, search
from chartdesk.record.access import people
from chartdesk.record.access.subject import Subject, system
from chartdesk.standards.fhir.search import locations, parameters


@pytest.fixture(scope="module")
def full(database: str) -> Subject:
    """A practice with the small record, shared by the tests of this file, which only read."""
    return library.fill(system(people.open_practice("library", "Library").pk, "test"))


def found(subject: Subject, question: str) -> str:
    """Ids of what ``Type?query`` finds, in order of their names."""
    type, _, query = question.partition("?")
    pairs = parse_qsl(query.replace("+", "%2B"), keep_blank_values=True)
    return " ".join(sorted(one.id for one in search.find(subject, type, pairs)))


TOKENS = [
    ("Patient?gender=female", "ada"),
    ("Patient?gender=female,male", "ada ben"),
    ("Patient?gender=http://hl7.org/fhir/administrative-gender|female", ""),
    ("Patient?gender=|female", "ada"),
    ("Patient?identifier=77", "ada ben"),
    ("Patient?identifier=urn:mrn|77", "ben"),
    ("Patient?identifier=urn:mrn|", "ada ben"),
    ("Patient?identifier=urn:none|", ""),
    ("Patient?active=true", "ada"),
    ("Patient?deceased=true", "ben"),
    ("Patient?deceased=false", "ada cy"),
    ("Patient?phone=5550100", "ada"),
    ("Patient?email=5550100", ""),
    ("Patient?telecom=ada@moss.example", "ada"),
    ("Patient?gender:not=female", "ben cy"),
    ("Patient?gender:not=female,male", "cy"),
    ("Patient?identifier:not=urn:mrn|", "cy"),
    ("Patient?active:not=true", "ben cy"),
    ("Patient?identifier:missing=true", "cy"),
    ("Patient?identifier:missing=false", "ada ben"),
    ("Condition?code:text=sugar", "diabetes"),
    ("Condition?code:text=TYPE 2", "diabetes"),
    ("Condition?code:text=hyper,sugar", "diabetes pressure"),
    ("Condition?code:text=.*", ""),
    ("Patient?identifier:text=record number", "ada"),
    ("Patient?identifier:text=social", "ada"),
    ("Patient?identifier:text=urn:mrn", ""),
    (f"Patient?identifier:of-type={KINDS}|MR|77", "ben"),
    (f"Patient?identifier:of-type={KINDS}|SS|77", "ada"),
    (f"Patient?identifier:of-type={KINDS}|DL|77", ""),
    (f"Patient?identifier:of-type={KINDS}|MR|77,{KINDS}|SS|77", "ada ben"),
    ("Condition?code:in=http://sets.example/chronic", "diabetes"),
    ("Condition?code:not-in=http://sets.example/chronic", "pressure"),
    ("Patient?gender:in=http://hl7.org/fhir/ValueSet/administrative-gender", "ada ben cy"),
    ("Patient?gender:not-in=http://hl7.org/fhir/ValueSet/administrative-gender", ""),
    (f"Condition?code:below={ICD10}|E11", "diabetes"),
    (f"Condition?code:below={ICD10}|E11.9", "diabetes"),
    (f"Condition?code:below={ICD10}|E10", ""),
    (f"Condition?code:above={ICD10}|I10", "pressure"),
    (f"Condition?code:above={ICD10}|E11.9", "diabetes"),
    (f"Condition?code:above={ICD10}|E11", ""),
    ("Observation?value-concept:below=urn:blood|any", "blood"),
    ("Observation?value-concept:above=urn:blood|A", "blood"),
    ("Observation?value-concept:above=urn:blood|any", ""),
    (f"Observation?combo-code={LOINC}|8480-6", "bp1 bp2"),
    (f"Observation?combo-code={LOINC}|29463-7", "w1 w2"),
    (f"Observation?combo-code:not={LOINC}|29463-7,85354-9", "blood mood stay"),
    ("Observation?combo-value-concept:missing=false", "blood"),
    ("Observation?component-code=8480-6", "bp1 bp2"),
    ("Encounter?class=AMB", "visit"),
    ("Patient?_id=ada,ben", "ada ben"),
    ("Patient?_id:not=ada,ben", "cy"),
    ("Patient?_id:missing=true", ""),
    ("Patient?_tag=urn:tags|vip", "ada"),
    ("Patient?_tag:not=vip", "ben cy"),
    ("Patient?_security=urn:labels|R", "ada"),
    ("Patient?_profile=http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient", "ada"),
    ("Patient?_profile:below=http://hl7.org/fhir/us/core", "ada"),
    ("Patient?_source=urn:registry:7", "ada"),
]
STRINGS = [
    ("Patient?family=moss", "ada"),
    ("Patient?family=MO", "ada cy"),
    ("Patient?family=möss", "ada"),
    ("Patient?family=oss", ""),
    ("Patient?family:contains=o", "ada cy"),
    ("Patient?family:contains=_o", ""),
    ("Patient?family:contains=%25", ""),
    ("Patient?family:exact=Möss", "ada"),
    ("Patient?family:exact=Moss", ""),
    ("Patient?family:exact=Mö", ""),
    ("Patient?name=lou", "ben"),
    ("Patient?name=dr.", "ada"),
    ("Patient?name=lou,ada", "ada ben"),
    ("Patient?name=reed&name=lou", "ben"),
    ("Patient?given:missing=true", "cy"),
    ("Patient?address-city=col", "ada"),
    ("Patient?address=43215", "ada"),
    ("Patient?address:missing=false", "ada ben"),
    ("Patient?family=moss\\,reed", ""),
    ("Observation?value-string=never", "mood"),
    ("Patient?phonetic=reed", "ben"),
]
DATES = [
    ("Patient?birthdate=1980-02-29", "ada"),
    ("Patient?birthdate=1980", "ada"),
    ("Patient?birthdate=ne1980", "ben"),
    ("Patient?birthdate=lt1990-07-04", "ada"),
    ("Patient?birthdate=le1990-07-04", "ada ben"),
    ("Patient?birthdate=ge1980-03,1980-02-29", "ada ben"),
    ("Patient?birthdate=gt1990-07-04", ""),
    ("Patient?birthdate=sa1980-02", "ben"),
    ("Patient?birthdate=eb1990-07", "ada"),
    ("Patient?birthdate=ap1981", "ada"),
    ("Patient?birthdate:missing=true", "cy"),
    ("Patient?death-date=2024-05", "ben"),
    ("Observation?date=2024-03-01", "w1"),
    ("Observation?date=2024-03", "bp1 bp2 w1 w2"),
    ("Observation?date=ge2024-03-31", "blood mood stay w2"),
    ("Observation?date=sa2024-03-31", "blood mood stay"),
    ("Observation?date=lt2024-03-02", "w1 w2"),
    ("Observation?date=eb2024-03-02", "w1"),
    ("Observation?date=2024-03-01T14:30:00Z", "w1"),
    ("Observation?date=2024-03-01T09:30:00-05:00", "w1"),
    ("Observation?date=2024-03-01T09:30:01-05:00", ""),
    ("Observation?value-date=2024-01", "stay"),
    ("Observation?value-date=ap2024-01-03", "stay"),
    ("Observation?value-date=2024-01-03", ""),
    ("Encounter?date=ge2024-03-01T09:30:00Z&date=le2024-03-01T09:40:00Z", "visit"),
    ("Encounter?date=gt2024-03-01T10:00:00Z", ""),
    ("Encounter?date=sa2024-03-01T08:59:59Z", "visit"),
    ("Condition?onset-date=ge2024", "diabetes"),
    ("Condition?onset-date=lt2020", ""),
    ("Condition?onset-date=eb2030", ""),
    ("Questionnaire?effective=eb2023", "phq"),
    ("Questionnaire?effective=sa2019", "phq"),
    ("Questionnaire?effective=2021", ""),
    ("Questionnaire?effective=ap2021", "phq"),
    ("Patient?_lastUpdated=gt2020", "ada ben cy"),
    ("Patient?_lastUpdated=lt2020,gt2020", "ada ben cy"),
    ("Patient?_lastUpdated=eb2020", ""),
    ("Patient?_lastUpdated:missing=true", ""),
]
NUMBERS = [
    ("RiskAssessment?probability=0.8", "risk"),
    ("RiskAssessment?probability=0.80", "risk"),
    ("RiskAssessment?probability=0.84", ""),
    ("RiskAssessment?probability=0.13", "risk"),
    ("RiskAssessment?probability=0.125", "risk"),
    ("RiskAssessment?probability=0.12", ""),
    ("RiskAssessment?probability=gt0.8", ""),
    ("RiskAssessment?probability=ge0.8", "risk"),
    ("RiskAssessment?probability=lt0.125", ""),
    ("RiskAssessment?probability=le0.125", "risk"),
    ("RiskAssessment?probability=sa0.7", "risk"),
    ("RiskAssessment?probability=eb0.2", "risk"),
    ("RiskAssessment?probability=ap0.85", "risk"),
    ("RiskAssessment?probability=ne0.8", "risk"),
    ("RiskAssessment?probability=0.4,0.8", "risk"),
    ("RiskAssessment?probability=8e-1", "risk"),
    ("RiskAssessment?probability:missing=true", ""),
    ("Observation?value-quantity=61", "w1"),
    ("Observation?value-quantity=61.00", "w1"),
    ("Observation?value-quantity=60", ""),
    ("Observation?value-quantity=6e1", "w1"),
    (f"Observation?value-quantity=61|{UCUM}|kg", "w1"),
    (f"Observation?value-quantity=61|{UCUM}|g", ""),
    ("Observation?value-quantity=61||kg", "w1"),
    ("Observation?value-quantity=61||kilogram", "w1"),
    ("Observation?value-quantity=62||kilogram", ""),
    ("Observation?value-quantity=gt61||kg,lt61||kilogram", "w2"),
    ("Observation?value-quantity=ap85", "w2"),
    ("Observation?value-quantity=ne61", "w2"),
    ("Observation?component-value-quantity=gt140", "bp1"),
    ("Observation?combo-value-quantity=90", "bp2 w2"),
    ("Observation?combo-value-quantity=90||kg", "w2"),
    ("Observation?combo-value-quantity=90||mmHg", "bp2"),
    ("Observation?value-quantity:missing=true&combo-value-quantity:missing=false", "bp1 bp2"),
    ("Condition?onset-age=40||a", "pressure"),
    (f"Condition?onset-age=gt39|{UCUM}|a", "pressure"),
    ("Encounter?length=60", "visit"),
]
REFERENCES = [
    ("Observation?patient=ada", "bp1 mood w1"),
    ("Observation?patient=Patient/ada", "bp1 mood w1"),
    ("Observation?subject=ada", "bp1 mood w1"),
    ("Observation?subject:Patient=ada,ben", "blood bp1 bp2 mood w1 w2"),
    ("Observation?subject:Group=ada", ""),
    ("Observation?subject:missing=true", ""),
    ("Patient?general-practitioner=Practitioner/hill", "ada"),
    ("Patient?general-practitioner=hill", "ada"),
    ("Patient?general-practitioner:Organization=clinic", "ada"),
    ("Patient?general-practitioner:missing=true", "ben cy"),
    ("Condition?asserter:identifier=urn:npi|9", "pressure"),
    ("Condition?asserter:identifier=9", "pressure"),
    ("Condition?asserter:identifier=urn:npi|8", ""),
    ("Encounter?location=Location/room", "visit"),
    ("Encounter?location=Location/house", ""),
    ("Encounter?location:below=Location/house", "visit"),
    ("Encounter?location:below=Location/floor", "visit"),
    ("Encounter?location:below=room", "visit"),
    ("Encounter?location:above=Location/house", ""),
    ("Location?partof:above=Location/room", "floor room"),
    ("Location?partof:below=Location/house", "floor room"),
    ("Patient?organization:below=Organization/group", "ada"),
    ("QuestionnaireResponse?questionnaire=http://forms.example/phq/9", "answers"),
    ("QuestionnaireResponse?questionnaire=http://forms.example/phq/9|2", "answers"),
    ("QuestionnaireResponse?questionnaire=http://forms.example/phq/9|3", ""),
    ("QuestionnaireResponse?questionnaire:below=http://forms.example/phq", "answers"),
    ("Provenance?target=Observation/bp1", "who"),
    ("Provenance?patient=ada", ""),
    ("Group?member=Patient/ben", "smokers"),
]
URIS = [
    ("Questionnaire?url=http://forms.example/gad", "gad"),
    ("Questionnaire?url=http://forms.example", ""),
    ("Questionnaire?url:below=http://forms.example/", "gad phq"),
    ("Questionnaire?url:below=http://forms.example/phq", "phq"),
    ("Questionnaire?url:below=http://forms.example/ph", ""),
    ("Questionnaire?url:above=http://forms.example/gad/7/short", "gad"),
    ("Questionnaire?url:above=http://forms.example", ""),
    ("Questionnaire?url:missing=true", ""),
    ("DocumentReference?location=http://files.example/letters/2024/a.txt", "addendum"),
    ("DocumentReference?location:below=http://files.example/letters", "addendum"),
]
COMPOSITES = [
    (f"Observation?code-value-quantity={LOINC}|29463-7$gt80", "w2"),
    ("Observation?code-value-quantity=29463-7$gt80,29463-7$61", "w1 w2"),
    ("Observation?code-value-quantity=85354-9$gt80", ""),
    (f"Observation?component-code-value-quantity={LOINC}|8480-6$gt140", "bp1"),
    ("Observation?component-code-value-quantity=8462-4$90", "bp2"),
    ("Observation?component-code-value-quantity=8480-6$90", ""),
    ("Observation?component-code-value-quantity=8480-6$80||mmHg", ""),
    (f"Observation?component-code-value-quantity={LOINC}|8462-4$80|{UCUM}|mm[Hg]", "bp1"),
    ("Observation?component-code-value-quantity=8480-6$lt130||mmHg,8462-4$lt85", "bp1 bp2"),
    ("Observation?component-code-value-quantity=8480-6$ne150", "bp2"),
    (f"Observation?component-code-value-quantity={LOINC}|$gt140", "bp1"),
    ("Observation?combo-code-value-quantity=29463-7$gt80", "w2"),
    ("Observation?combo-code-value-quantity=8480-6$gt80", "bp1 bp2"),
    ("Observation?combo-code-value-quantity=8462-4$gt80", "bp2"),
    ("Observation?code-value-concept=882-1$urn:blood|A", "blood"),
    ("Observation?code-value-concept=882-1$B", ""),
    ("Observation?combo-code-value-concept=882-1$A", "blood"),
    ("Observation?code-value-string=72166-2$never", "mood"),
    ("Observation?code-value-string=29463-7$never", ""),
    ("Observation?code-value-date=1-8$2024-01", "stay"),
    ("Observation?code-value-date=1-8$gt2024-02", ""),
    ("DocumentReference?relationship=DocumentReference/letter$appends", "addendum"),
    ("DocumentReference?relationship=letter$appends", "addendum"),
    ("DocumentReference?relationship=DocumentReference/letter$replaces", ""),
    ("Group?characteristic-value=smoker$true", "smokers"),
    ("Group?characteristic-value=urn:c|smoker$false", ""),
    ("Questionnaire?context-type-quantity=age$ge18", "phq"),
    ("Questionnaire?context-type-quantity=age$80", ""),
    ("Questionnaire?context-type-quantity=weight$80||kg", "phq"),
    ("Questionnaire?context-type-value=venue$urn:v|clinic", "phq"),
    ("Questionnaire?context-type-value=age$clinic", ""),
    ("MolecularSequence?chromosome-variant-coordinate=7$100$120", "genes"),
    ("MolecularSequence?chromosome-variant-coordinate=7$ge300$le400", "genes"),
    ("MolecularSequence?chromosome-variant-coordinate=7$100$400", ""),
    ("MolecularSequence?chromosome-variant-coordinate=8$100$120", ""),
    ("MolecularSequence?chromosome-window-coordinate=7$10$500", "genes"),
]
LINKED = [
    ("Observation?patient.name=moss", "bp1 mood w1"),
    ("Observation?patient.gender=male,unknown", "blood bp2 stay w2"),
    ("Observation?subject:Patient.identifier=urn:mrn|1001", "bp1 mood w1"),
    ("Observation?subject.name=moss&date=2024-03-02", "bp1"),
    ("Observation?patient.organization.name=river", "bp1 mood w1"),
    ("Observation?patient.organization.partof.name=ohio", "bp1 mood w1"),
    ("Observation?patient.general-practitioner.name=nobody", ""),
    ("Condition?encounter.location.name=room", "diabetes"),
    ("Condition?encounter.location.partof.partof.name=house", "diabetes"),
    ("Condition?encounter:Encounter.participant:Practitioner.family=hill", "diabetes"),
    ("Patient?general-practitioner:Practitioner.name=hill", "ada"),
    ("Patient?general-practitioner.name=river", "ada"),
    ("Patient?_has:Observation:patient:code=29463-7", "ada ben"),
    ("Patient?_has:Observation:patient:code=29463-7&_has:Observation:patient:date=2024-03-01", "ada"),
    ("Patient?_has:Observation:patient:component-code-value-quantity=8480-6$gt140", "ada"),
    ("Patient?_has:Condition:patient:encounter.location.name=room", "ada"),
    ("Patient?_has:Condition:patient:_has:Provenance:target:agent=Practitioner/hill", "ada"),
    ("Patient?_has:Group:member:characteristic=smoker", "ada ben"),
    ("Practitioner?_has:Encounter:participant:patient.name=moss", "hill"),
    ("Practitioner?_has:Encounter:participant:status=planned", ""),
    ("Location?_has:Location:partof:_has:Location:partof:name=room", "house"),
    ("Location?partof.partof.name=house", "room"),
    ("Observation?_has:Provenance:target:recorded=2024-03-05", "bp1"),
    ("Encounter?_has:Condition:encounter:code=E11.9", "visit"),
    ("Patient?_list=today", "ada"),
    ("Observation?_list=today", "bp2"),
    ("Observation?_list=List/today&patient=ada", ""),
    ("Condition?_list=nothing", ""),
    ("Patient?_has:Observation:patient:code:text=weight", ""),
    ("Observation?code=29463-7&date=ge2024-03-05", "w2"),
    ("Observation?code=29463-7&date=2024-03-01&status=final", "w1"),
    (f"Observation?code={LOINC}|29463-7", "w1 w2"),
    ("Observation?code=urn:other|29463-7", ""),
    ("Observation?code=|29463-7", ""),
    ("Observation?code=29463-7&patient=ben", "w2"),
    ("Condition?code=I10&onset-date=lt2030", ""),
    ("Condition?code=I10", "pressure"),
    ("Condition?code=E11.9&onset-date=ge2019&onset-date=le2021", "diabetes"),
]


@pytest.mark.parametrize(
    ("question", "ids"), [*TOKENS, *STRINGS, *DATES, *NUMBERS, *REFERENCES, *URIS, *COMPOSITES, *LINKED]
)
def test_finds(full: Subject, question: str, ids: str) -> None:
    assert found(full, question) == ids


@pytest.mark.parametrize(
    "question",
    [
        "Patient?gender:exact=x",
        "Patient?gender:in=http://sets.example/unknown",
        f"Condition?code:below={quote('http://snomed.info/sct')}|1",
        "Condition?code:below=E11",
        "Patient?family:text=x",
        "Patient?birthdate:exact=1980",
        "Patient?birthdate=1980-13",
        "Patient?birthdate=1980-02-30",
        "Patient?_id:text=x",
        "Patient?gender=,",
        "Patient?name=%00",
        "Patient?_contained=true",
        "Patient?_contained=both",
        "Patient?_list=$current-problems",
        "Patient?general-practitioner:below=Practitioner/hill",
        "Observation?code-value-quantity:missing=true",
        "Observation?code-value-quantity=x",
        "Observation?code-value-quantity=x$y$1",
        "Observation?focus.focus.focus.focus.name=x",
        "Observation?value-quantity=1|2|3|4",
        "Patient?_total=some",
        "Patient?_include=Nothing:x",
        "Patient?_include=Patient:organization:Nothing",
        "Patient?_include:deep=Patient:organization",
        "Patient?name=" + ",".join("a" * 1 for _ in range(2001)),
    ],
)
def test_refuses(full: Subject, question: str) -> None:
    with pytest.raises(Invalid):
        found(full, question)


@pytest.mark.parametrize("name", ["_text", "_content", "_filter", "_query", "color"])
def test_what_is_not_served_is_said(full: Subject, name: str) -> None:
    page = search.find(full, "Patient", [(name, "x")])
    assert page.query.ignored == [name]
    assert len(page) == 3
    with pytest.raises(Invalid, match=name):
        search.find(full, "Patient", [(name, "x")], strict=True)
    if name.startswith("_"):
        assert page.query.reasons[name]


def test_combined_parameters_are_what_they_combine() -> None:
    for (type, code), parts in indexing.COMBINED.items():
        each = {place for part in parts for place in locations(type, part)}
        assert set(locations(type, code)) == each
        assert {parameters(type)[part].kind for part in parts} == {parameters(type)[code].kind}


def test_dated_codes_are_parameters_with_one_date() -> None:
    for type, (code, date) in indexing.DATED.items():
        assert (parameters(type)[code].kind, parameters(type)[date].kind) == ("token", "date")
