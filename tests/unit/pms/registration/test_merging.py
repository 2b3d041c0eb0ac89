"""Two records of one patient become one: nothing lost, nothing left behind, nothing else touched."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.unit.pms.registration.merged import found_by, observed, office, people, resources_of, rows_of

__all__ = ["office", "people"]

pytestmark = pytest.mark.usefixtures("database")


def test_everything_goes_to_the_one_who_stays(office, people):
    from chartdesk.pms.ledger import summing
    from chartdesk.pms.registration import merging
    from chartdesk.record import projected

    source, target = people
    subject, before = office.subject, resources_of(office.subject)
    owed = {patient: office.balance("ar", patient=patient) for patient in people}
    assert owed[source] and owed[target]
    seen = merging.preview(subject, source, target)
    assert seen.objections == [] and seen.counts["Observation"] == 1 and seen.counts["ledger_entry"] > 3
    made = merging.merge(subject, source, target, reason="the same person")
    assert made.moved >= sum(seen.counts.values()) - 1

    after = resources_of(subject)
    old = json.dumps(f"Patient/{source}")
    pointing = [name for name, content in after.items() if old in json.dumps(content)]
    assert pointing == [f"Patient/{target}"]
    # What a claim said when it was built stays as it was said.
    rows = [json.loads(body) | {"content": ""} for held in rows_of(subject).values() for body in held.values()]
    assert [row for row in rows if source in json.dumps(row)] == []
    assert office.balance("ar", patient=target) == sum(owed.values())
    assert office.balance("ar", patient=source) == 0
    assert set(before) - set(after) == {f"Account/account-{source}"}
    for type in projected.types():
        assert projected.compare(subject, type).wrong == [], type
    assert summing.differences(subject) == []
    replaced, remaining = after[f"Patient/{source}"], after[f"Patient/{target}"]
    assert replaced["active"] is False
    assert replaced["link"] == [{"other": {"reference": f"Patient/{target}"}, "type": "replaced-by"}]
    assert remaining["link"] == [{"other": {"reference": f"Patient/{source}"}, "type": "replaces"}]


def test_other_text_and_digits_stay_as_they_are(office, people):
    from chartdesk.pms.registration import merging
    from chartdesk.record import search

    source, target = people
    merging.merge(office.subject, source, target)
    bodies = [one.body.decode() for one in search.all(office.subject, "Observation", [("patient", target)])]
    assert len(bodies) == 2 and all('"value":72.5' in body.replace(" ", "") for body in bodies)
    told = [
        one.body.decode() for one in search.all(office.subject, "Communication", [("recipient", f"Patient/{target}")])
    ]
    assert any(f"Patient/{source} was called" in body for body in told)


def test_the_old_id_finds_the_new_patient(office, people):
    from chartdesk.pms.registration import merging, queries

    source, target = people
    subject = office.subject
    mrn = queries.patient(subject, source).mrn
    merging.merge(subject, source, target)
    assert queries.patient(subject, source).patient_id == target
    assert queries.patient_by_mrn(subject, mrn).patient_id == target
    assert [hit.patient_id for hit in queries.find(subject, mrn)] == [target]
    assert found_by(subject, "Observation", ("patient", source)) == found_by(
        subject, "Observation", ("patient", target)
    )
    assert len(found_by(subject, "Observation", ("subject", f"Patient/{source}"))) == 2
    late = observed(subject, source)
    assert late in found_by(subject, "Observation", ("patient", target))
    queries.patient(subject, source)
    assert queries.find(subject, "Payne", limit=50) and source not in {
        one.patient_id for one in queries.find(subject, "Payne")
    }


def test_what_stands_against_it(office):
    from chartdesk.kit.errors import Conflict, Invalid, NotFound, Stale
    from chartdesk.pms.registration import merging, queries
    from chartdesk.pms.registration.commands import amend

    subject = office.subject
    one, other = office.patient(), office.patient()
    with pytest.raises(Invalid):
        merging.merge(subject, one, one)
    with pytest.raises(NotFound):
        merging.merge(subject, one, "nobody")
    for patient, ssn in ((one, "123456789"), (other, "123456780")):
        view = queries.patient(subject, patient)
        registration = view.registration
        person = _replace(registration.person, ssn=ssn)
        amend(subject, patient, _replace(registration, person=person), version=view.version)
    with pytest.raises(Conflict, match="different social security numbers"):
        merging.merge(subject, one, other)
    third = office.patient()
    with pytest.raises(Stale):
        merging.merge(subject, one, third, seen=(1, 1))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Patient/7", "Patient/new"),
        ("Account/account-7", "Account/account-new"),
        ("Claim/claim-7", "Claim/claim-7"),
        ("Patient/77", "Patient/77"),
        ("Patient/7/_history/1", "Patient/7/_history/1"),
    ],
)
def test_a_patients_id_may_be_the_number_of_a_row(before, after):
    from chartdesk.record.merging import aliases

    text = json.dumps({"resourceType": "Basic", "subject": {"reference": before}}).encode()
    assert json.loads(aliases.rewritten(text, {"7": "new"}))["subject"]["reference"] == after


def _replace(thing, **changes):
    from dataclasses import replace

    return replace(thing, **changes)


def test_what_only_the_source_says_is_added(office):
    from chartdesk.pms.registration import merging, queries
    from chartdesk.pms.registration.commands import register
    from chartdesk.pms.registration.people import Address, Guarantor, Person, Registration
    from chartdesk.record import store

    subject = office.subject
    old = Person(
        family="Marlow", given="Rosie", birth_date=date(1971, 3, 9), phone_mobile="+16145550134", ssn="123456789"
    )
    new = Person(
        family="Marlow",
        given="Rosemary",
        phone_home="+16145550199",
        address=Address("1 Oak", "", "Dublin", "OH", "43016"),
    )
    parent = Guarantor("parent", Person(family="Marlow", given="June", birth_date=date(1950, 1, 1)))
    source = register(subject, Registration(old, [], parent, "Hard of hearing"), confirmed_distinct=True).patient_id
    target = register(subject, Registration(new, [], Guarantor(), "Latex"), confirmed_distinct=True).patient_id
    before = resources_of(subject)
    mrn = queries.patient(subject, target).mrn
    made = merging.merge(subject, source, target)
    view = queries.patient(subject, target)
    assert (view.mrn, view.person.given, view.person.birth_date) == (mrn, "Rosemary", date(1971, 3, 9))
    assert (view.person.ssn, view.person.phone_mobile, view.person.phone_home) == (
        "123456789",
        "+16145550134",
        "+16145550199",
    )
    assert view.guarantor == Guarantor() and view.alerts == "Latex" and view.flags == ["Hard of hearing"]
    patient = store.get(subject, "Patient", target).resource
    assert ([name.use for name in patient.name][-1] == "old" and patient.name[-1].given == ("Rosie",)) or patient.name[
        -1
    ].given == ["Rosie"]
    merging.undo(subject, made.merge_id)
    assert resources_of(subject) == before


def test_final_rows_change_only_their_patient_and_only_in_a_merge(office, people):

    from chartdesk.kit.transactions import transaction
    from chartdesk.record import database

    assert people
    for setting, change in (("", "patient = 'x'"), ("on", "amount = amount + 1"), ("on", "patient = 'x', amount = 0")):
        with pytest.raises(Exception, match="never changed"), transaction(office.subject):
            database.execute("SELECT set_config('chartdesk.merging', %s, true)", [setting])
            database.execute(f"UPDATE ledger_entry SET {change} WHERE practice = %s", [office.subject.practice])
    with pytest.raises(Exception, match="never changed"), transaction(office.subject):
        database.execute("SELECT set_config('chartdesk.merging', 'on', true)")
        database.execute("DELETE FROM ledger_entry WHERE practice = %s", [office.subject.practice])


def test_every_table_of_patients_is_moved_or_kept_on_purpose(subject):
    from chartdesk.kit.transactions import transaction
    from chartdesk.record import database
    from chartdesk.record.merging import rows

    sql = """SELECT table_name FROM information_schema.columns WHERE column_name IN ('practice', 'patient')
              GROUP BY table_name HAVING count(DISTINCT column_name) = 2"""
    with transaction(subject):
        tables = {name for (name,) in database.rows(sql)}
    assert tables == (set(rows.tables()) - set(rows.REFERRING)) | rows.KEPT
    assert all(rows._key(table) for table in rows.tables())


def test_who_may_merge_and_what_it_leaves_in_the_audit(office, people, practice):
    from chartdesk.kit.errors import Forbidden
    from chartdesk.pms.registration import merging
    from chartdesk.record import audit
    from chartdesk.record.access.subject import Role, Subject

    source, target = people
    for role in (Role.FRONT_DESK, Role.BILLER, Role.CLINICIAN):
        clerk = Subject(practice.pk, "user:1", "Clerk", frozenset({role}))
        for act in (merging.preview, merging.merge):
            with pytest.raises(Forbidden):
                act(clerk, source, target)
    manager = Subject(practice.pk, "user:2", "Manager", frozenset({Role.MANAGER}))
    made = merging.merge(manager, source, target, reason="typed twice")
    for patient in people:
        rows = [row for row in audit.trail(office.subject, patient) if row.what == "Merge" and row.action == "E"]
        assert [(row.resource_id, row.actor, row.detail) for row in rows] == [
            (str(made.merge_id), "user:2", f"merge {made.merge_id}")
        ]
    assert [(one.source, one.target, one.reason, one.by_name) for one in merging.merges(manager, target)] == [
        (source, target, "typed twice", "Manager")
    ]
