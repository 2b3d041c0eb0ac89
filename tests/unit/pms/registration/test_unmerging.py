"""A merge is undone, fails, races with writers: what is there is what should be there."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.money.office import Cut, Paid, decided
from tests.unit.pms.registration.merged import found_by, observed, office, people, resources_of, rows_of, with_changes

from chartdesk.kit.transactions import transaction

__all__ = ["office", "people"]

pytestmark = pytest.mark.usefixtures("database")


def test_an_undo_restores_every_row_and_every_resource(office, people):
    from chartdesk.pms.registration import merging

    source, target = people
    resources, rows = resources_of(office.subject), rows_of(office.subject)
    books = {patient: office.balance("ar", patient=patient) for patient in people}
    made = merging.merge(office.subject, source, target)
    assert resources_of(office.subject) != resources and rows_of(office.subject) != rows
    undone = merging.undo(office.subject, made.merge_id)
    assert undone.changed == []
    assert rows_of(office.subject) == rows
    assert resources_of(office.subject) == resources
    assert {patient: office.balance("ar", patient=patient) for patient in people} == books
    assert found_by(office.subject, "Observation", ("patient", source)) != set()
    assert _out_of_step(office.subject) == []


def _out_of_step(subject):
    """What ``chartdesk project --check`` finds."""
    from chartdesk.record import projected

    return [reference for type in projected.types() for reference in projected.compare(subject, type).wrong]


def test_what_is_shown_is_in_step_after_money_came_in_between(office):
    from chartdesk.pms.registration import merging

    subject = office.subject
    source, target = office.patient(), office.patient()
    first = office.claim([("99213", "140")], patient=source)
    merge = merging.merge(subject, source, target)
    assert _out_of_step(subject) == []
    office.receive(office.remit(decided(first, [Paid("99213", "140", "75", [Cut("CO", "45", "65")])])))
    second = office.claim([("99214", "140")], patient=target)
    assert _out_of_step(subject) == []
    merging.undo(subject, merge.merge_id)
    assert _out_of_step(subject) == []
    office.receive(office.remit(decided(second, [Paid("99214", "140", "75", [Cut("CO", "45", "65")])])))
    assert _out_of_step(subject) == []


def test_money_that_came_in_between_goes_back_with_its_charge(office):
    from chartdesk.pms.registration import merging
    from chartdesk.pms.remittance.models import ClaimPayment, Denial

    subject = office.subject
    source, target = office.patient(), office.patient()
    theirs = office.claim([("99213", "140")], patient=source)
    others = office.claim([("99213", "140")], patient=target)
    merge = merging.merge(subject, source, target)
    office.receive(
        office.remit(
            decided(theirs, [Paid("99213", "140", "75", [Cut("CO", "45", "45"), Cut("PR", "3", "20")])]),
            decided(others, [Paid("99213", "140", "0", [Cut("CO", "29", "140")])], status="4"),
        )
    )
    assert (office.balance("ar", patient=source), office.balance("ar", patient=target)) == (0, 160)
    bank = office.balance("eft")
    merging.undo(subject, merge.merge_id)
    # The source owes the copay, the payer the denied charge of the target; neither stands with the other.
    assert (office.balance("ar", patient=source), office.balance("ar", patient=target)) == (20, 140)
    assert office.balance("eft") == bank == 75
    with transaction(subject):
        assert list(
            ClaimPayment.objects.filter(practice=subject.practice, claim=theirs.claim_id).values_list(
                "patient", flat=True
            )
        ) == [source]
        assert list(Denial.objects.filter(practice=subject.practice).values_list("patient", flat=True)) == [target]
    assert _out_of_step(subject) == []


def test_an_undo_keeps_what_was_changed_since_and_says_so(office, people):
    from chartdesk.pms.registration import merging
    from chartdesk.record import store

    source, target = people
    subject = office.subject
    (reference,) = found_by(subject, "Observation", ("patient", source))
    (told,) = found_by(subject, "Communication", ("recipient", f"Patient/{source}"))
    (group,) = found_by(subject, "Group", ("member", f"Patient/{source}"))
    made = merging.merge(subject, source, target)
    content = store.get(subject, *reference.split("/")).resource
    store.put(subject, with_changes(content, status="amended"))
    call = store.get(subject, *told.split("/")).resource
    store.put(subject, with_changes(call, recipient=[]))
    store.delete(subject, *group.split("/"))
    late = observed(subject, target)
    patient = store.get(subject, "Patient", target).resource
    store.put(subject, with_changes(patient, birthDate="1999-09-09", link=[]))

    undone = merging.undo(subject, made.merge_id)
    assert found_by(subject, "Observation", ("patient", source)) == {reference}
    assert store.get(subject, *reference.split("/")).resource.status == "amended"
    assert late in found_by(subject, "Observation", ("patient", target))
    said = " ".join(undone.changed)
    assert f"{reference} was changed since; it goes back" in said
    assert f"{told} was changed since, and stays" in said
    assert f"{group} was deleted since" in said
    assert f"Patient/{target} was changed since: link" in said
    assert store.get(subject, "Patient", target).resource.birthDate == "1999-09-09"
    assert store.get(subject, "Patient", source).resource.active is not False


def test_merges_in_a_row_and_undone_in_turn(office):
    from chartdesk.kit.errors import Conflict
    from chartdesk.pms.registration import merging, queries

    subject = office.subject
    first, second, third = (office.patient() for _ in range(3))
    weight = observed(subject, first)
    one = merging.merge(subject, first, second)
    two = merging.merge(subject, second, third)
    assert queries.patient(subject, first).patient_id == third
    assert weight in found_by(subject, "Observation", ("patient", first))
    with pytest.raises(Conflict, match="since"):
        merging.undo(subject, one.merge_id)
    with pytest.raises(Conflict, match="already"):
        merging.merge(subject, first, third)
    with pytest.raises(Conflict, match="merge into that one"):
        merging.merge(subject, office.patient(), second)
    merging.undo(subject, two.merge_id)
    assert queries.patient(subject, first).patient_id == second
    merging.undo(subject, one.merge_id)
    assert found_by(subject, "Observation", ("patient", first)) == {weight}
    with pytest.raises(Conflict, match="undone already"):
        merging.undo(subject, one.merge_id)
    again = merging.merge(subject, first, second)
    assert again.merge_id != one.merge_id


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
    before = rows_of(subject)
    made = merging.merge(subject, source, target)
    with transaction(subject):
        assert PatientBooking.objects.filter(practice=subject.practice, patient=target).count() == 3
    merging.undo(subject, made.merge_id)
    assert rows_of(subject) == before


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
                written.append(observed(subject, source))
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


def test_a_merge_that_fails_leaves_nothing_behind(office, people, monkeypatch):
    from chartdesk.pms.registration import joining, merging

    source, target = people
    resources, rows = resources_of(office.subject), rows_of(office.subject)

    def broken(*_):
        raise RuntimeError("the machine stopped")

    monkeypatch.setattr(joining, "replaced", broken)
    with pytest.raises(RuntimeError):
        merging.merge(office.subject, source, target)
    assert resources_of(office.subject) == resources and rows_of(office.subject) == rows
    assert merging.merges(office.subject) == []
    assert Decimal(office.balance("ar", patient=source)) > 0
