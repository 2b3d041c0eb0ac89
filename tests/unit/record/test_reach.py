"""Scopes with search parameters, and a patient's compartment, on every way to a resource."""

from __future__ import annotations

import pytest

from chartdesk.kit.errors import Forbidden, NotFound
from chartdesk.record import audit, history, search, store
from chartdesk.record.access.subject import Role, Subject
from chartdesk.standards.fhir import r4

CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
LAB, VITAL = "laboratory", "vital-signs"
NARROW = f"patient/Observation.rs?category={LAB}"


def observation(id: str, patient: str, category: str, status: str = "final") -> r4.Observation:
    coding = r4.Coding(system=CATEGORY, code=category)
    return r4.Observation(
        id=id,
        status=status,
        code=r4.CodeableConcept(text="x"),
        category=(r4.CodeableConcept(coding=(coding,)),),
        subject=r4.Reference(reference=f"Patient/{patient}"),
    )


@pytest.fixture
def record(subject: Subject) -> Subject:
    """Two patients with a laboratory result and a vital sign each, and an organization of nobody."""
    store.put(subject, r4.Organization(id="o", name="Clinic"))
    store.put(subject, r4.Binary(id="b", contentType="text/plain"))
    for patient in ("p", "q"):
        store.put(subject, r4.Patient(id=patient, managingOrganization=r4.Reference(reference="Organization/o")))
        store.put(subject, observation(f"{patient}-lab", patient, LAB))
        store.put(subject, observation(f"{patient}-vital", patient, VITAL))
    return subject


def held(subject: Subject, scopes: str, patient: str = "") -> Subject:
    roles = frozenset({Role.CLIENT})
    return Subject(subject.practice, "client:c", "C", roles, scopes=frozenset(scopes.split()), patient=patient)


def found(subject: Subject, type: str, *pairs: tuple[str, str]) -> list[str]:
    page = search.find(subject, type, pairs)
    return sorted(one.id for one in (*page.entries, *page.included))


@pytest.mark.parametrize(
    ("scopes", "patient", "ids"),
    [
        ("patient/Observation.rs", "p", "p-lab p-vital"),
        (NARROW, "p", "p-lab"),
        (f"patient/Observation.rs?category={CATEGORY}|{LAB}", "p", "p-lab"),
        (f"patient/Observation.rs?category={CATEGORY}|", "p", "p-lab p-vital"),
        (f"patient/Observation.rs?category=other|{LAB}", "p", ""),
        (f"{NARROW},{VITAL}", "p", "p-lab p-vital"),
        (f"{NARROW}&status=final", "p", "p-lab"),
        (f"{NARROW}&status=amended", "p", ""),
        (f"{NARROW} patient/Observation.rs?category={VITAL}", "p", "p-lab p-vital"),
        (f"user/Observation.rs?category={LAB}", "", "p-lab q-lab"),
        (f"user/Observation.rs?category={LAB} patient/Observation.rs", "p", "p-lab p-vital q-lab"),
        (f"user/Observation.rs?category={LAB} patient/Observation.rs?category={VITAL}", "q", "p-lab q-lab q-vital"),
    ],
)
def test_what_a_search_finds_is_what_can_be_read(record: Subject, scopes: str, patient: str, ids: str) -> None:
    client = held(record, scopes, patient)
    assert found(client, "Observation") == ids.split()
    assert search.find(client, "Observation", [("_summary", "count")]).total == len(ids.split())
    for id in ("p-lab", "p-vital", "q-lab", "q-vital"):
        if id in ids.split():
            assert store.get(client, "Observation", id).id == id
            assert [one.id for one in history.versions(client, "Observation", id)] == [id]
        else:
            with pytest.raises(NotFound):
                store.get(client, "Observation", id)
            with pytest.raises(NotFound):
                history.versions(client, "Observation", id)


def test_chains_and_includes_stay_within(record: Subject) -> None:
    client = held(record, f"patient/Patient.rs {NARROW}", "p")
    assert found(client, "Patient", ("_revinclude", "Observation:subject")) == ["p", "p-lab"]
    assert found(client, "Patient", ("_has:Observation:subject:category", VITAL)) == []
    assert found(client, "Patient", ("_has:Observation:subject:category", LAB)) == ["p"]
    reader = held(record, "user/Observation.rs patient/Patient.rs", "p")
    included = ("_include", "Observation:subject")
    assert found(reader, "Observation", ("category", LAB), included) == ["p", "p-lab", "q-lab"]


def test_writes_stay_within(record: Subject) -> None:
    client = held(record, f"patient/Observation.cruds?category={LAB}", "p")
    store.put(client, observation("new", "p", LAB))
    store.put(client, observation("new", "p", LAB, "amended"))
    for given in (
        observation("other", "p", VITAL),
        observation("other", "q", LAB),
        observation("p-vital", "p", LAB),
        observation("p-lab", "p", VITAL),
    ):
        with pytest.raises(Forbidden):
            store.put(client, given)
    with pytest.raises(NotFound):
        store.delete(client, "Observation", "p-vital")
    store.delete(client, "Observation", "new")


def test_what_belongs_to_nobody_is_read_but_not_everything_is(record: Subject) -> None:
    client = held(record, "patient/*.cruds", "p")
    assert store.get(client, "Organization", "o").id == "o"
    assert found(client, "Patient", ("_include", "Patient:organization")) == ["o", "p"]
    with pytest.raises(NotFound):
        store.get(client, "Binary", "b")
    with pytest.raises(NotFound):
        history.versions(client, "Binary", "b")
    with pytest.raises(Forbidden):
        store.put(client, r4.Organization(id="o", name="Mine"))


def test_versions_that_belonged_to_nobody_are_not_a_patients_to_see(record: Subject) -> None:
    whose = observation("found", "p", LAB)
    whose.subject = None
    store.put(record, whose)
    store.put(record, observation("found", "p", LAB))
    client = held(record, "patient/Observation.rs", "p")
    assert store.get(client, "Observation", "found").version == 2
    with pytest.raises(NotFound):
        history.vread(client, "Observation", "found", 1)
    with pytest.raises(NotFound):
        history.versions(client, "Observation", "found")
    store.delete(record, "Observation", "p-lab")
    assert [one.version for one in history.versions(client, "Observation", "p-lab")] == [2, 1]


def test_versions_outside_the_filter_are_not_shown(record: Subject) -> None:
    store.put(record, observation("p-lab", "p", VITAL))
    store.put(record, observation("p-lab", "p", LAB))
    client = held(record, NARROW, "p")
    assert [one.version for one in history.versions(client, "Observation", "p-lab")] == [3, 1]
    with pytest.raises(NotFound):
        history.vread(client, "Observation", "p-lab", 2)
    changed = [(one.id, one.version) for one in history.changes(client, ["Observation"]).versions]
    assert sorted(changed) == [("p-lab", 1), ("p-lab", 3)]


def test_a_person_who_is_a_patient_sees_their_own(record: Subject) -> None:
    person = Subject(record.practice, "user:1", "Ada", patient="q")
    assert found(person, "Observation") == ["q-lab", "q-vital"]
    with pytest.raises(NotFound):
        store.get(person, "Observation", "p-lab")


def test_a_read_that_was_out_of_reach_leaves_no_row(record: Subject) -> None:
    client = held(record, NARROW, "p")
    with pytest.raises(NotFound):
        store.get(client, "Observation", "p-vital")
    store.get(client, "Observation", "p-lab")
    assert [row.resource_id for row in audit.trail(record, "p") if row.actor == "client:c"] == ["p-lab"]
