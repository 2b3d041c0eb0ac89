"""Registering, amending and reading patients against the real record."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from django.db import connection

from chartdesk.kit import clock, outbox
from chartdesk.kit.errors import Conflict, Forbidden, Gone, Invalid, NotFound, Stale
from chartdesk.kit.models import OutboxEvent
from chartdesk.kit.transactions import transaction
from chartdesk.pms.registration import commands, queries
from chartdesk.pms.registration.commands import DuplicateSuspected, amend, register
from chartdesk.pms.registration.people import Address, Contact, Guarantor, Person, Registration
from chartdesk.record import audit, history, search, store
from chartdesk.record.access import Role, Subject
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4

PERSON = Person(
    family="Smith",
    given="John",
    middle="Quincy",
    suffix="Jr",
    preferred="Jack",
    birth_date=date(1980, 2, 3),
    sex="male",
    phone_mobile="614-555-0123",
    phone_work="614-555-0199 x12",
    email="jack@example.com",
    address=Address("12 Oak Street", "Apt 4", "Columbus", "oh", "432151234"),
    language="es",
    race="White",
    ethnicity="Not Hispanic or Latino",
    marital_status="married",
    ssn="123-45-6789",
)
FULL = Registration(
    PERSON,
    contacts=[Contact("Ann Smith", "wife", "614-555-0177")],
    guarantor=Guarantor("parent", Person(family="Smith", given="Rose", birth_date=date(1955, 5, 6))),
    alerts="Needs an interpreter",
    preferred_location="loc-1",
)


def _events(subject: Subject, kind: str) -> list[str]:
    with transaction(subject):
        rows = OutboxEvent.objects.filter(practice=subject.practice, kind=kind).order_by("pk")
        return [row.payload["patient_id"] for row in rows]


def test_what_was_registered_is_read_back(subject: Subject) -> None:
    made = register(subject, FULL)
    view = queries.patient(subject, made.patient_id)
    assert (view.mrn, view.version) == (made.mrn, 1)
    assert view.person == replace(
        PERSON,
        phone_mobile="+16145550123",
        phone_work="+16145550199;ext=12",
        address=Address("12 Oak Street", "Apt 4", "Columbus", "OH", "43215-1234"),
        marital_status="M",
        ssn="123456789",
    )
    assert view.contacts == [Contact("Ann Smith", "wife", "+16145550177")]
    assert view.guarantor.relationship == "parent"
    assert view.guarantor.person == Person(family="Smith", given="Rose", birth_date=date(1955, 5, 6))
    assert (view.alerts, view.flags, view.preferred_location) == ("Needs an interpreter", [], "loc-1")
    assert (view.name, view.full_name) == ("Smith, John Quincy Jr (Jack)", "John Quincy Smith Jr")
    assert [view.age(date(2026, 2, 2)), view.age(date(2026, 2, 3))] == [45, 46]
    assert _events(subject, "PatientRegistered") == [made.patient_id]


def test_the_patient_is_a_valid_us_core_patient(subject: Subject) -> None:
    made = register(subject, FULL)
    patient = store.read(subject, r4.Patient, made.patient_id)
    assert not [issue for issue in fhir.validate(patient) if issue.severity != "information"]
    assert {one.system: one.value for one in patient.identifier} == {
        "urn:chartdesk:mrn": made.mrn,
        "http://hl7.org/fhir/sid/us-ssn": "123456789",
    }
    assert [name.use for name in patient.name] == ["official", "usual"]
    assert patient.communication[0].preferred
    assert len(patient.extension) == 3


def test_record_numbers_follow_each_other_per_practice(subject: Subject) -> None:
    first = register(subject, Registration(Person(family="One", given="Ada", birth_date=date(1990, 1, 1))))
    second = register(subject, Registration(Person(family="Two", given="Bob", birth_date=date(1960, 9, 9))))
    assert (first.mrn, second.mrn) == ("100001", "100002")


def test_a_suspected_duplicate_stops_and_says_why(subject: Subject) -> None:
    made = register(subject, FULL)
    again = replace(FULL, person=replace(PERSON, family="Smyth", given="Jon", preferred="", ssn=""))
    with pytest.raises(DuplicateSuspected) as refusal:
        register(subject, again)
    [candidate] = refusal.value.candidates
    assert (candidate.patient_id, candidate.mrn) == (made.patient_id, made.mrn)
    assert candidate.score >= 70
    assert {"family names sound alike", "same birth date", "same phone", "same address"} <= set(candidate.reasons)
    assert len(queries.find(subject, "sm")) == 1

    confirmed = register(subject, again, confirmed_distinct=True)
    assert [one.patient_id for one in confirmed.candidates] == [made.patient_id]
    assert len(queries.find(subject, "sm")) == 2


def test_the_social_security_number_finds_a_renamed_patient(subject: Subject) -> None:
    made = register(subject, FULL)
    renamed = Person(family="Walker", given="John", birth_date=date(1980, 2, 3), ssn="123456789")
    [candidate] = queries.candidates(subject, renamed)
    assert candidate.patient_id == made.patient_id
    assert "same social security number" in candidate.reasons
    assert queries.candidates(subject, renamed, besides=made.patient_id) == []


def test_two_desks_register_one_person_once(subject: Subject) -> None:
    def attempt(_: int) -> str:
        try:
            return register(subject, FULL).patient_id
        except DuplicateSuspected:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as desks:
        made = [one for one in desks.map(attempt, range(4)) if one]
    assert len(made) == 1


def test_nothing_is_written_when_fields_are_wrong(subject: Subject) -> None:
    with pytest.raises(Invalid):
        register(subject, replace(FULL, person=replace(PERSON, family="")))
    assert queries.find(subject, "john") == []


def test_amend_changes_and_remembers(subject: Subject) -> None:
    made = register(subject, FULL)
    view = queries.patient(subject, made.patient_id)
    changed = replace(
        view.registration,
        person=replace(view.person, family="Walker", phone_work="", race=""),
        contacts=[],
        guarantor=Guarantor(),
        alerts="",
    )
    stored = amend(subject, made.patient_id, changed, version=view.version)
    assert stored.version == 2
    after = queries.patient(subject, made.patient_id)
    assert (after.person, after.mrn) == (changed.person, made.mrn)
    assert (after.contacts, after.guarantor, after.alerts) == ([], Guarantor(), "")
    assert len(history.versions(subject, "Patient", made.patient_id)) == 2
    assert _events(subject, "PatientAmended") == [made.patient_id]
    assert queries.find(subject, "walker") and not queries.find(subject, "smith")


def test_a_change_on_an_old_version_is_refused(subject: Subject) -> None:
    made = register(subject, FULL)
    amend(subject, made.patient_id, replace(FULL, alerts="one"), version=1)
    with pytest.raises(Stale) as refusal:
        amend(subject, made.patient_id, replace(FULL, alerts="two"), version=1)
    assert refusal.value.current == 2
    assert queries.patient(subject, made.patient_id).alerts == "one"


def test_what_a_partner_sent_survives_an_amendment(subject: Subject) -> None:
    sent = r4.Patient(
        identifier=[r4.Identifier(system="http://partner.example/id", value="P-7")],
        name=[
            r4.HumanName(use="official", family="Weber", given=["Eva"], text="Eva Weber"),
            r4.HumanName(use="maiden", family="Kraus", given=["Eva"]),
        ],
        telecom=[
            r4.ContactPoint(system="fax", value="614-555-0001"),
            r4.ContactPoint(system="phone", value="555"),
        ],
        gender="female",
        birthDate="1970-05",
        extension=[r4.Extension(url="http://partner.example/vip", valueBoolean=True)],
    )
    stored = store.put(subject, sent)
    view = queries.patient(subject, stored.id)
    assert (view.mrn, view.person.birth_date, view.person.phone_home) == ("100001", None, "555")
    new = replace(view.registration, person=replace(view.person, given="Eva Maria", phone_home="614-555-0002"))
    amend(subject, stored.id, new, version=1)
    kept = store.read(subject, r4.Patient, stored.id)
    assert kept.identifier[1] == sent.identifier[0]
    assert kept.identifier[0].value == "100001"
    assert [name.family for name in kept.name] == ["Weber", "Kraus"]
    assert kept.telecom[0] == sent.telecom[0]
    assert kept.telecom[1].value == "+16145550002"
    assert kept.extension == sent.extension
    assert kept.birthDate == "1970-05"
    assert queries.find(subject, "kraus")[0].patient_id == stored.id


def test_a_patient_of_a_partner_is_stored_as_sent_and_found(subject: Subject) -> None:
    body = b'{"resourceType":"Patient","id":"p1","name":[{"family":"Okafor","given":["Grace"]}]}'
    stored = store.put(subject, body)
    assert b"urn:chartdesk:mrn" not in stored.body
    [hit] = queries.find(subject, "gra oka")
    assert (hit.patient_id, hit.mrn, hit.name) == ("p1", "100001", "Okafor, Grace")
    assert queries.patient_by_mrn(subject, "100001").patient_id == "p1"
    assert _events(subject, "PatientRegistered") == ["p1"]


def test_a_record_number_belongs_to_one_patient(subject: Subject) -> None:
    made = register(subject, FULL)
    thief = r4.Patient(identifier=[r4.Identifier(system="urn:chartdesk:mrn", value=made.mrn)])
    with pytest.raises(Conflict, match="belongs to"):
        store.put(subject, thief)


def test_a_number_that_a_partner_took_is_not_given_out_again(subject: Subject) -> None:
    store.put(subject, r4.Patient(identifier=[r4.Identifier(system="urn:chartdesk:mrn", value="100001")]))
    assert register(subject, FULL).mrn == "100002"


def test_a_run_of_numbers_from_another_system_is_passed_at_once(subject: Subject) -> None:
    for number in (*range(100_001, 100_021), 100_022, 999_999_999_999):
        store.put(subject, r4.Patient(identifier=[r4.Identifier(system="urn:chartdesk:mrn", value=str(number))]))
    people = [Registration(Person(family=f"New{n}", given="Ada")) for n in range(3)]
    assert [register(subject, one, confirmed_distinct=True).mrn for one in people] == ["100021", "100023", "100024"]


def test_what_a_partner_got_wrong_does_not_stop_another_correction(subject: Subject) -> None:
    sent = r4.Patient(
        name=[r4.HumanName(family="Weber")],
        telecom=[r4.ContactPoint(system="phone", value="12")],
        identifier=[r4.Identifier(system="http://hl7.org/fhir/sid/us-ssn", value="999-12-3456")],
        address=[r4.Address(state="Bavaria", postalCode="D-80331")],
        gender="female",
    )
    stored = store.put(subject, sent)
    known = queries.patient(subject, stored.id).registration
    amend(subject, stored.id, replace(known, person=replace(known.person, given="Eva")), version=1)
    after = queries.patient(subject, stored.id).person
    assert after == replace(known.person, given="Eva")
    with pytest.raises(Invalid) as refusal:
        wrong = replace(after, ssn="999-12-3457", address=replace(after.address, state="Baden"))
        amend(subject, stored.id, replace(known, person=wrong), version=2)
    assert {fault.where for fault in refusal.value.issues} == {"ssn", "address.state", "address.postal_code"}


def test_a_deleted_patient_is_no_longer_found(subject: Subject) -> None:
    made = register(subject, FULL)
    store.delete(subject, "Patient", made.patient_id)
    assert queries.find(subject, "smith") == []
    assert queries.candidates(subject, PERSON) == []
    with pytest.raises(Gone):
        queries.patient(subject, made.patient_id)


def test_the_other_practice_sees_nothing(subject: Subject, practice: object) -> None:
    from chartdesk.record.access import people
    from chartdesk.record.access.subject import system

    made = register(subject, FULL)
    number = f"{practice.slug}-b"  # type: ignore[attr-defined]
    other = system(people.open_practice(number, "Other").pk, "test")
    assert queries.find(other, "smith") == []
    assert queries.candidates(other, PERSON) == []
    with pytest.raises(NotFound):
        queries.patient(other, made.patient_id)
    assert register(other, FULL).mrn == "100001"


def test_reads_and_writes_leave_audit_rows(subject: Subject) -> None:
    made = register(subject, FULL)
    queries.find(subject, "smith")
    queries.patient(subject, made.patient_id)
    rows = audit.trail(subject, made.patient_id)
    assert {("C", "Patient"), ("R", "Patient"), ("C", "RelatedPerson"), ("C", "Flag")} <= {
        (row.action, row.what) for row in rows
    }
    assert any(row.detail == "search" for row in rows)


def test_a_partner_program_may_not_use_the_desk_s_command(subject: Subject) -> None:
    partner = Subject(subject.practice, "client:x", "x", frozenset({Role.CLIENT}))
    with pytest.raises(Forbidden):
        register(partner, FULL)


def test_the_birth_date_is_judged_by_the_practice_s_own_day(subject: Subject) -> None:
    late = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)  # still 2 March in New York
    born = Registration(Person(family="New", given="Born", birth_date=date(2026, 3, 3)))
    with clock.at(late), pytest.raises(Invalid, match="future"):
        register(subject, born)
    with clock.at(late + timedelta(hours=3)):
        assert register(subject, born).mrn


def test_other_flags_are_shown_and_left_alone(subject: Subject) -> None:
    made = register(subject, FULL)
    reference = r4.Reference(reference=f"Patient/{made.patient_id}")
    store.put(subject, r4.Flag(status="active", code=r4.CodeableConcept(text="Fall risk"), subject=reference))
    view = queries.patient(subject, made.patient_id)
    assert (view.alerts, view.flags) == ("Needs an interpreter", ["Fall risk"])
    amend(subject, made.patient_id, replace(view.registration, alerts=""), version=1)
    assert queries.patient(subject, made.patient_id).flags == ["Fall risk"]
    [flag] = [
        one.resource for one in search.all(subject, "Flag", [("patient", made.patient_id)]) if one.resource.identifier
    ]
    assert flag.status == "inactive"


def test_an_unchanged_amendment_keeps_every_element(subject: Subject) -> None:
    made = register(subject, FULL)
    before = store.read(subject, r4.Patient, made.patient_id)
    amend(subject, made.patient_id, queries.patient(subject, made.patient_id).registration, version=1)
    after = store.read(subject, r4.Patient, made.patient_id)
    assert msgspec.structs.replace(after, meta=None) == msgspec.structs.replace(before, meta=None)
    with transaction(subject):
        assert outbox.OutboxEvent.objects.filter(practice=subject.practice, kind="PatientAmended").count() == 1


def test_public_names() -> None:
    assert set(commands.__all__) <= set(dir(commands))
