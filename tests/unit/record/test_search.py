"""Search, against PostgreSQL: every kind of parameter, paging, counting, chains and inclusion."""

from __future__ import annotations

import pytest

from chartdesk.kit.errors import Invalid
from chartdesk.record import search, store
from chartdesk.record.access.subject import Subject
from chartdesk.standards.fhir import r4

LOINC = "http://loinc.org"


def weight(patient: str, day: int, kilograms: str, *, id: str, status: str = "final") -> bytes:
    return (
        f'{{"resourceType":"Observation","id":"{id}","status":"{status}",'
        f'"category":[{{"coding":[{{"system":"http://terminology.hl7.org/CodeSystem/observation-category",'
        f'"code":"vital-signs"}}]}}],"code":{{"coding":[{{"system":"{LOINC}","code":"29463-7"}}],"text":"Weight"}},'
        f'"subject":{{"reference":"Patient/{patient}"}},"effectiveDateTime":"2024-03-{day:02d}T09:30:00-05:00",'
        f'"valueQuantity":{{"value":{kilograms},"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}}}}'
    ).encode()


@pytest.fixture
def chart(subject: Subject) -> Subject:
    """Two patients with an account in common, three weights, one procedure and who did it."""
    store.put(
        subject,
        r4.Patient(
            id="moss",
            name=[r4.HumanName(family="Möss-Ödegård", given=["Ada", "Lou"])],
            birthDate="1980-02-29",
            gender="female",
            identifier=[r4.Identifier(system="urn:chartdesk:mrn", value="1001")],
            generalPractitioner=[r4.Reference(reference="Practitioner/hill")],
        ),
    )
    store.put(subject, r4.Patient(id="reed", name=[r4.HumanName(family="Reed")], gender="male"))
    store.put(subject, r4.Practitioner(id="hill", name=[r4.HumanName(family="Hill")]))
    store.put(subject, weight("moss", 1, "61.0", id="w1"))
    store.put(subject, weight("moss", 8, "62.5", id="w2", status="amended"))
    store.put(subject, weight("reed", 2, "90", id="w3"))
    store.put(
        subject,
        r4.Procedure(
            id="splint",
            status="completed",
            subject=r4.Reference(reference="Patient/moss"),
            performedPeriod=r4.Period(start="2024-03-20T14:00:00Z", end="2024-03-20T14:20:00Z"),
            performer=[r4.ProcedurePerformer(actor=r4.Reference(reference="Practitioner/hill"))],
        ),
    )
    store.put(
        subject,
        r4.Account(
            id="family",
            status="active",
            subject=[r4.Reference(reference="Patient/moss"), r4.Reference(reference="Patient/reed")],
        ),
        projection=True,
    )
    return subject


@pytest.mark.parametrize(
    ("type", "query", "ids"),
    [
        ("Patient", "family=moss", "moss"),
        ("Patient", "name=ödeg", ""),
        ("Patient", "name=lou", "moss"),
        ("Patient", "name:contains=degar", "moss"),
        ("Patient", "family:exact=Möss-Ödegård", "moss"),
        ("Patient", "family:exact=Moss-Odegard", ""),
        ("Patient", "name=reed,lou", "moss reed"),
        ("Patient", "gender=female", "moss"),
        ("Patient", "gender:not=female", "reed"),
        ("Patient", "birthdate=1980", "moss"),
        ("Patient", "birthdate=lt1980", ""),
        ("Patient", "birthdate:missing=true", "reed"),
        ("Patient", "identifier=urn:chartdesk:mrn|1001", "moss"),
        ("Patient", "identifier=1001", "moss"),
        ("Patient", "identifier=|1001", ""),
        ("Patient", "identifier=urn:chartdesk:mrn|", "moss"),
        ("Patient", "identifier:missing=false", "moss"),
        ("Patient", "identifier:missing=true", "reed"),
        ("Observation", f"code={LOINC}|", "w1 w2 w3"),
        ("Observation", "code=urn:other|", ""),
        ("Observation", f"code:not={LOINC}|", ""),
        ("Observation", "status=|final", "w1 w3"),
        ("Observation", "code=|29463-7", ""),
        ("Observation", "subject=Patient/moss,Group/g", "w1 w2"),
        ("Observation", "subject=moss", "w1 w2"),
        ("Observation", "encounter:missing=true", "w1 w2 w3"),
        ("Observation", "subject:missing=true", ""),
        ("Patient", "_id=moss,reed", "moss reed"),
        ("Patient", "_id=moss&_id=reed", ""),
        ("Patient", "_lastUpdated=gt2020-01-01", "moss reed"),
        ("Patient", "_lastUpdated=lt2020-01-01", ""),
        ("Patient", "general-practitioner=Practitioner/hill", "moss"),
        ("Patient", "general-practitioner:Practitioner.name=hill", "moss"),
        ("Patient", "_has:Observation:patient:code=29463-7", "moss reed"),
        ("Patient", "_has:Observation:patient:value-quantity=gt80", "reed"),
        ("Patient", "_has:Account:patient:status=active", "moss reed"),
        ("Practitioner", "_has:Procedure:performer:status=completed", "hill"),
        ("Observation", "patient=moss", "w1 w2"),
        ("Observation", "patient=Patient/moss&status=final", "w1"),
        ("Observation", "subject=Patient/moss,Patient/reed", "w1 w2 w3"),
        ("Observation", "subject:Patient=reed", "w3"),
        ("Observation", f"code={LOINC}|29463-7", "w1 w2 w3"),
        ("Observation", f"code={LOINC}|29463-7&status=final", "w1 w3"),
        ("Observation", f"code={LOINC}|1234-5,29463-7&status=amended,final", "w1 w2 w3"),
        ("Observation", "patient.name=moss", "w1 w2"),
        ("Observation", "patient.gender=male", "w3"),
        ("Observation", "subject:Patient.identifier=1001&status=amended", "w2"),
        ("Observation", "patient=moss&date=2024-03-01", "w1"),
        ("Observation", "date=2024-03-01T14:30:00Z", "w1"),
        ("Observation", "date=ge2024-03-02", "w2 w3"),
        ("Observation", "date=gt2024-03-02", "w2"),
        ("Observation", "date=ge2024-03-01&date=lt2024-03-03", "w1 w3"),
        ("Observation", "date=ne2024-03-01", "w2 w3"),
        ("Observation", "value-quantity=62.5", "w2"),
        ("Observation", "value-quantity=61", "w1"),
        ("Observation", "value-quantity=gt61", "w2 w3"),
        ("Observation", "value-quantity=le62.5||kg", "w1 w2"),
        ("Observation", "value-quantity=90|http://unitsofmeasure.org|kg", "w3"),
        ("Observation", "value-quantity=90||mg", ""),
        ("Account", "patient=moss", "family"),
        ("Account", "patient=reed&status=active", "family"),
        ("Procedure", "performer=Practitioner/hill&date=2024-03-20", "splint"),
        ("Procedure", "performer=hill&patient=moss", "splint"),
        ("Procedure", "date=gt2024-03-20", ""),
        ("Procedure", "date=ge2024-03-20T14:10:00Z", "splint"),
        ("Procedure", "date=sa2024-03-20T14:10:00Z", ""),
    ],
)
def test_finds(chart: Subject, type: str, query: str, ids: str) -> None:
    pairs = [tuple(pair.split("=", 1)) for pair in query.split("&")]
    assert " ".join(sorted(one.id for one in search.find(chart, type, pairs))) == ids  # type: ignore[arg-type]


def test_pages_survive_writes(chart: Subject) -> None:
    for number in range(7):
        store.put(chart, weight("moss", number + 10, "60", id=f"x{number}"))
    first = search.find(chart, "Observation", [("patient", "moss")], count=4)
    assert [one.id for one in first] == ["x6", "x5", "x4", "x3"]
    store.put(chart, weight("moss", 28, "60", id="later"))
    store.delete(chart, "Observation", "x2")
    assert first.next is not None
    second = search.find(chart, "Observation", [("patient", "moss")], count=4, cursor=first.next)
    assert [one.id for one in second] == ["x1", "x0", "w2", "w1"]
    assert second.next is None


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("date", "w1 w3 w2"),
        ("-date", "w2 w3 w1"),
        ("_id", "w1 w2 w3"),
        ("-_id", "w3 w2 w1"),
        ("-_lastUpdated", "w3 w2 w1"),
    ],
)
def test_sorts_and_pages_in_that_order(chart: Subject, sort: str, ids: str) -> None:
    found, cursor = [], ""
    while True:
        page = search.find(chart, "Observation", [("_sort", sort)], count=1, cursor=cursor)
        found += [one.id for one in page]
        if page.next is None:
            break
        cursor = page.next
    assert " ".join(found) == ids


def test_counts(chart: Subject) -> None:
    page = search.find(chart, "Observation", [("_total", "accurate"), ("_count", "1")])
    assert (len(page), page.total) == (1, 3)
    assert search.find(chart, "Observation", [("_summary", "count")]).total == 3
    assert len(list(search.all(chart, "Observation", []))) == 3


def test_includes(chart: Subject) -> None:
    page = search.find(chart, "Procedure", [("_include", "Procedure:performer"), ("_include", "Procedure:patient")])
    assert sorted(one.reference for one in page.included) == ["Patient/moss", "Practitioner/hill"]
    page = search.find(chart, "Patient", [("_id", "moss"), ("_revinclude", "Observation:patient")])
    assert sorted(one.id for one in page.included) == ["w1", "w2"]
    page = search.find(chart, "Patient", [("_id", "reed"), ("_revinclude", "Account:*")])
    assert [one.id for one in page.included] == ["family"]
    page = search.find(chart, "Practitioner", [("_revinclude", "Procedure:*")])
    assert [one.id for one in page.included] == ["splint"]


@pytest.mark.parametrize(
    "pair",
    [
        ("date", "yesterday"),
        ("value-quantity", "much"),
        ("_count", "many"),
        ("patient:exact", "moss"),
        ("code:above", "x"),
        ("_cursor", "xx"),
        ("status.name", "x"),
        ("_has:Nothing:x:y", "z"),
        ("_include", "Observation"),
    ],
)
def test_refuses_what_makes_no_sense(chart: Subject, pair: tuple[str, str]) -> None:
    with pytest.raises(Invalid):
        search.find(chart, "Observation", [pair])


def test_an_unknown_parameter_is_ignored_or_refused(chart: Subject) -> None:
    page = search.find(chart, "Observation", [("color", "red")])
    assert page.query.ignored == ["color"]
    with pytest.raises(Invalid, match="color"):
        search.find(chart, "Observation", [("color", "red")], strict=True)
