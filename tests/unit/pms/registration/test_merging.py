"""Two records of one patient become one, and two again: nothing lost, nothing left behind, nothing else touched."""

from __future__ import annotations

import json
import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.money.office import Cut, Paid, decided, office

__all__ = ["office"]

pytestmark = pytest.mark.usefixtures("database")


def _rows(subject):
    """Table → every row of the practice as JSON, by id."""
    from chartdesk.kit.transactions import transaction
    from chartdesk.record import database
    from chartdesk.record.merging import rows

    with transaction(subject):
        return {
            table: {
                number: json.dumps(body, sort_keys=True)
                for number, body in database.rows(
                    f"SELECT id, to_jsonb(t) FROM {table} t WHERE practice = %s", [subject.practice]
                )
            }
            for table in rows.tables()
        }


def _resources(subject):
    """Reference → content without version and moment, of every resource that is not deleted."""
    from chartdesk.kit.transactions import transaction
    from chartdesk.record import database

    found = {}
    with transaction(subject):
        sql = "SELECT type, id, body FROM record_resource WHERE practice = %s AND NOT deleted"
        for type, id, body in database.rows(sql, [subject.practice]):
            content = json.loads(body)
            content.pop("meta")
            found[f"{type}/{id}"] = content
    return found


def _put(who, /, **content):
    from chartdesk.record import store

    return store.put(who, json.dumps(content).encode()).reference


def _observation(who, patient, **more):
    return _put(
        who,
        resourceType="Observation",
        status="final",
        code={"text": "weight"},
        subject={"reference": f"Patient/{patient}"},
        **more,
    )


def _found(subject, type, *asked):
    from chartdesk.record import search

    return {one.reference for one in search.all(subject, type, asked)}


@pytest.fixture
def people(office):
    """Two records of one patient, both with money, notes and appointments hanging on them."""
    source, target = office.patient(), office.patient()
    for patient in (source, target):
        claim = office.claim([("99213", "140"), ("87880", "32")], patient=patient)
        lines = [
            Paid("99213", "140", "75", [Cut("CO", "45", "40"), Cut("PR", "1", "25")]),
            Paid("87880", "32", "0", [Cut("CO", "16", "32")], remarks=["N130"]),
        ]
        office.receive(office.remit(decided(claim, lines)))
    subject = office.subject
    for patient in (source, target):
        _observation(subject, patient, valueQuantity={"value": 72.50, "unit": "kg"})
        _put(
            subject,
            resourceType="Group",
            type="person",
            actual=True,
            member=[{"entity": {"reference": f"Patient/{patient}"}}],
        )
        _put(
            subject,
            resourceType="Communication",
            status="completed",
            recipient=[{"reference": f"Patient/{patient}"}],
            payload=[{"contentString": f"Patient/{patient} was called"}],
        )
    return source, target


def test_everything_goes_to_the_one_who_stays(office, people):
    from chartdesk.pms.registration import merging
    from chartdesk.record import projected

    source, target = people
    subject, before = office.subject, _resources(office.subject)
    owed = {patient: office.balance("ar", patient=patient) for patient in people}
    assert owed[source] and owed[target]
    seen = merging.preview(subject, source, target)
    assert seen.objections == [] and seen.counts["Observation"] == 1 and seen.counts["ledger_entry"] > 3
    made = merging.merge(subject, source, target, reason="the same person")
    assert made.moved >= sum(seen.counts.values()) - 1

    after = _resources(subject)
    old = json.dumps(f"Patient/{source}")
    pointing = [name for name, content in after.items() if old in json.dumps(content)]
    assert pointing == [f"Patient/{target}"]
    # What a claim said when it was built stays as it was said.
    rows = [json.loads(body) | {"content": ""} for held in _rows(subject).values() for body in held.values()]
    assert [row for row in rows if source in json.dumps(row)] == []
    assert office.balance("ar", patient=target) == sum(owed.values())
    assert office.balance("ar", patient=source) == 0
    assert set(before) - set(after) == {f"Account/account-{source}"}
    for type in projected.types():
        assert projected.compare(subject, type).wrong == [], type
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


def test_an_undo_restores_every_row_and_every_resource(office, people):
    from chartdesk.pms.registration import merging

    source, target = people
    resources, rows = _resources(office.subject), _rows(office.subject)
    books = {patient: office.balance("ar", patient=patient) for patient in people}
    made = merging.merge(office.subject, source, target)
    assert _resources(office.subject) != resources and _rows(office.subject) != rows
    undone = merging.undo(office.subject, made.merge_id)
    assert undone.changed == []
    assert _rows(office.subject) == rows
    assert _resources(office.subject) == resources
    assert {patient: office.balance("ar", patient=patient) for patient in people} == books
    assert _found(office.subject, "Observation", ("patient", source)) != set()


def test_an_undo_keeps_what_was_changed_since_and_says_so(office, people):
    from chartdesk.pms.registration import merging
    from chartdesk.record import store

    source, target = people
    subject = office.subject
    (reference,) = _found(subject, "Observation", ("patient", source))
    (told,) = _found(subject, "Communication", ("recipient", f"Patient/{source}"))
    (group,) = _found(subject, "Group", ("member", f"Patient/{source}"))
    made = merging.merge(subject, source, target)
    content = store.get(subject, *reference.split("/")).resource
    store.put(subject, _changed(content, status="amended"))
    call = store.get(subject, *told.split("/")).resource
    store.put(subject, _changed(call, recipient=[]))
    store.delete(subject, *group.split("/"))
    late = _observation(subject, target)
    patient = store.get(subject, "Patient", target).resource
    store.put(subject, _changed(patient, birthDate="1999-09-09", link=[]))

    undone = merging.undo(subject, made.merge_id)
    assert _found(subject, "Observation", ("patient", source)) == {reference}
    assert store.get(subject, *reference.split("/")).resource.status == "amended"
    assert late in _found(subject, "Observation", ("patient", target))
    said = " ".join(undone.changed)
    assert f"{reference} was changed since; it goes back" in said
    assert f"{told} was changed since, and stays" in said
    assert f"{group} was deleted since" in said
    assert f"Patient/{target} was changed since: link" in said
    assert store.get(subject, "Patient", target).resource.birthDate == "1999-09-09"
    assert store.get(subject, "Patient", source).resource.active is not False


def _changed(resource, **changes):
    import msgspec

    return msgspec.structs.replace(resource, **changes)


def test_the_old_id_finds_the_new_patient(office, people):
    from chartdesk.pms.registration import merging, queries

    source, target = people
    subject = office.subject
    mrn = queries.patient(subject, source).mrn
    merging.merge(subject, source, target)
    assert queries.patient(subject, source).patient_id == target
    assert queries.patient_by_mrn(subject, mrn).patient_id == target
    assert [hit.patient_id for hit in queries.find(subject, mrn)] == [target]
    assert _found(subject, "Observation", ("patient", source)) == _found(subject, "Observation", ("patient", target))
    assert len(_found(subject, "Observation", ("subject", f"Patient/{source}"))) == 2
    late = _observation(subject, source)
    assert late in _found(subject, "Observation", ("patient", target))
    queries.patient(subject, source)
    assert queries.find(subject, "Payne", limit=50) and source not in {
        one.patient_id for one in queries.find(subject, "Payne")
    }


def test_merges_in_a_row_and_undone_in_turn(office):
    from chartdesk.kit.errors import Conflict
    from chartdesk.pms.registration import merging, queries

    subject = office.subject
    first, second, third = (office.patient() for _ in range(3))
    weight = _observation(subject, first)
    one = merging.merge(subject, first, second)
    two = merging.merge(subject, second, third)
    assert queries.patient(subject, first).patient_id == third
    assert weight in _found(subject, "Observation", ("patient", first))
    with pytest.raises(Conflict, match="since"):
        merging.undo(subject, one.merge_id)
    with pytest.raises(Conflict, match="already"):
        merging.merge(subject, first, third)
    with pytest.raises(Conflict, match="merge into that one"):
        merging.merge(subject, office.patient(), second)
    merging.undo(subject, two.merge_id)
    assert queries.patient(subject, first).patient_id == second
    merging.undo(subject, one.merge_id)
    assert _found(subject, "Observation", ("patient", first)) == {weight}
    with pytest.raises(Conflict, match="undone already"):
        merging.undo(subject, one.merge_id)
    again = merging.merge(subject, first, second)
    assert again.merge_id != one.merge_id


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


def _replace(thing, **changes):
    from dataclasses import replace

    return replace(thing, **changes)


def test_a_visit_of_both_at_one_time_stands_against_it(office, people, monkeypatch):
    from chartdesk.kit import clock
    from chartdesk.kit.errors import Conflict
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.registration import merging
    from chartdesk.pms.scheduling.models import PatientBooking

    source, target = people
    subject, now = office.subject, clock.now()

    def book(patient, starts, name):
        with transaction(subject):
            PatientBooking.objects.create(
                practice=subject.practice,
                patient=patient,
                lane=0,
                starts=starts,
                ends=starts + timedelta(minutes=30),
                appointment=name,
            )

    book(source, now - timedelta(days=3), "past-1")
    book(target, now - timedelta(days=3), "past-2")
    book(source, now + timedelta(days=3), "next-1")
    book(target, now + timedelta(days=3, minutes=15), "next-2")
    with pytest.raises(Conflict, match="visit at one time"):
        merging.merge(subject, source, target)
    with transaction(subject):
        PatientBooking.objects.filter(practice=subject.practice, appointment="next-2").delete()
    before = _rows(subject)
    made = merging.merge(subject, source, target)
    with transaction(subject):
        assert PatientBooking.objects.filter(practice=subject.practice, patient=target).count() == 3
    merging.undo(subject, made.merge_id)
    assert _rows(subject) == before


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
    before = _resources(subject)
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
    assert _resources(subject) == before


def test_writes_at_the_same_time_end_with_the_one_who_stays(office):
    from django.db import connection

    from chartdesk.kit import clock, outbox
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.registration import merging
    from chartdesk.record.merging import sweeping
    from chartdesk.record.merging.models import Merge

    subject = office.subject
    source, target = office.patient(), office.patient()
    stop, written, faults = threading.Event(), [], []

    def write():
        try:
            while not stop.is_set():
                written.append(_observation(subject, source))
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(3)]
    for one in writers:
        one.start()
    while len(written) < 10:
        stop.wait(0.05)
    made = merging.merge(subject, source, target)
    reached = len(written)
    while len(written) < reached + 10 and not faults:
        stop.wait(0.05)
    stop.set()
    for one in writers:
        one.join()
    assert faults == []
    sweeping.sweep(subject)
    with transaction(subject):
        assert Merge.objects.get(pk=made.merge_id).settled is None
    with clock.at(clock.now() + sweeping.LONG_ENOUGH):
        sweeping.sweep(subject)
    outbox.deliver_all(subject.practice)
    with clock.at(clock.now() + sweeping.LONG_ENOUGH):
        assert sweeping.sweep(subject) == 0
    with transaction(subject):
        assert Merge.objects.get(pk=made.merge_id).settled is not None
    from chartdesk.record import search
    from chartdesk.record.merging import aliases

    aliases._memory.clear()
    assert {one.reference for one in search.all(subject, "Observation", [("patient", target)])} == set(written)
    with transaction(subject):
        from chartdesk.record import database

        left = database.row(
            "SELECT count(*) FROM record_resource WHERE practice = %s AND type = 'Observation' AND patient = %s",
            [subject.practice, source],
        )
    assert left == (0,)


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


def test_a_merge_that_fails_leaves_nothing_behind(office, people, monkeypatch):
    from chartdesk.pms.registration import joining, merging

    source, target = people
    resources, rows = _resources(office.subject), _rows(office.subject)

    def broken(*_):
        raise RuntimeError("the machine stopped")

    monkeypatch.setattr(joining, "replaced", broken)
    with pytest.raises(RuntimeError):
        merging.merge(office.subject, source, target)
    assert _resources(office.subject) == resources and _rows(office.subject) == rows
    assert merging.merges(office.subject) == []
    assert Decimal(office.balance("ar", patient=source)) > 0
