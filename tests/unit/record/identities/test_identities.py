"""Whose numbers are whose: noted, found, moved by merges, and what nothing leads to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from chartdesk.kit import clock, outbox
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.models import OutboxEvent, WorkItem
from chartdesk.kit.transactions import transaction
from chartdesk.pms.registration import merging
from chartdesk.pms.registration.commands import Registration, register
from chartdesk.pms.registration.people import Person
from chartdesk.record import audit
from chartdesk.record.access import people
from chartdesk.record.access.subject import system
from chartdesk.record.identities import commands, identifiers, queries, telling, unmatched
from chartdesk.record.identities.identifiers import PATIENT, PRACTITIONER, Identifier
from chartdesk.record.identities.queries import Ambiguous

ONE = Identifier("LAKESIDE", "100045", "MR")
TWO = Identifier("RIVERBEND", "100045", "MR")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _patient(subject, given: str) -> str:
    person = Person(family="Number", given=given, birth_date=date(1970, 1, 1))
    return register(subject, Registration(person), confirmed_distinct=True).patient_id


def test_a_number_stands_for_one_and_the_same_number_of_another_authority_for_another(subject):
    ann, bob = _patient(subject, "Ann"), _patient(subject, "Bob")
    assert commands.link(subject, PATIENT, ann, [ONE]) == 1
    assert commands.link(subject, PATIENT, ann, [ONE]) == 0
    assert commands.link_many(subject, PATIENT, [(bob, [TWO]), (ann, [ONE])]) == 1
    assert queries.resolve_many(subject, PATIENT, [[ONE], [TWO], [Identifier("LAKESIDE", "1")], []]) == [
        ann,
        bob,
        "",
        "",
    ]
    assert queries.of_many(subject, PATIENT, [ann, bob, "x"]) == {ann: [ONE], bob: [TWO]}
    with pytest.raises(Conflict, match="stands for"):
        commands.link(subject, PATIENT, bob, [ONE])
    with pytest.raises(Ambiguous):
        queries.resolve(subject, PATIENT, [ONE, TWO])
    with pytest.raises(Invalid):
        commands.link(subject, "Observation", "1", [ONE])
    assert [row.action for row in audit.trail(subject, ann) if row.what == "number of another system"] == ["C"]
    assert commands.unlink(subject, PATIENT, ONE) == ann
    assert queries.resolve(subject, PATIENT, [ONE]) == ""
    commands.link(subject, PRACTITIONER, "p1", [ONE])
    assert queries.of(subject, PRACTITIONER, "p1") == [ONE]
    assert commands.unlink(subject, PRACTITIONER, ONE) == "p1"


def test_a_conflict_notes_nothing_at_all(subject):
    ann, bob = _patient(subject, "Ann"), _patient(subject, "Bob")
    commands.link(subject, PATIENT, ann, [ONE])
    with pytest.raises(Conflict), transaction(subject):
        commands.link_many(subject, PATIENT, [(bob, [ONE, TWO])])
    assert queries.resolve(subject, PATIENT, [TWO]) == ""


def test_two_cannot_have_one_number_told_together_either(subject):
    ann, bob = _patient(subject, "Ann"), _patient(subject, "Bob")
    with pytest.raises(Conflict, match="stands for"):
        commands.link_many(subject, PATIENT, [(ann, [ONE]), (bob, [ONE])])
    assert queries.resolve(subject, PATIENT, [ONE]) == ""


def test_numbers_go_with_a_merge_and_come_back(subject):
    ann, bob = _patient(subject, "Ann"), _patient(subject, "Anne")
    commands.link_many(subject, PATIENT, [(ann, [ONE]), (bob, [TWO])])
    made = merging.merge(subject, bob, ann)
    assert queries.resolve(subject, PATIENT, [ONE, TWO]) == ann
    own = identifiers.own_authority(subject)
    assert merging.numbers_moved(subject, made.merge_id) >= {TWO.key}
    merging.undo(subject, made.merge_id)
    assert queries.resolve_many(subject, PATIENT, [[ONE], [TWO]]) == [ann, bob]
    assert own


def test_our_own_record_numbers_need_no_note(subject):
    ann = _patient(subject, "Ann")
    from chartdesk.pms.registration import queries as registration

    mrn = registration.patient(subject, ann).mrn
    assert queries.resolve(subject, PATIENT, [Identifier(identifiers.own_authority(subject), mrn)]) == ann
    assert queries.resolve(subject, PATIENT, [Identifier("LAKESIDE", mrn)]) == ""


def test_another_practice_knows_nothing_of_it(subject):
    commands.link(subject, PATIENT, _patient(subject, "Ann"), [ONE])
    other = system(people.open_practice(f"{people.practice_of(subject).slug}-b", "Other").pk, "test")
    assert queries.resolve(other, PATIENT, [ONE]) == ""


@pytest.mark.parametrize(
    ("namespace", "universal", "name", "system_name"),
    [
        ("LAKESIDE", "", "LAKESIDE", "urn:chartdesk:assigned-by:LAKESIDE"),
        ("lakeside", "1.2.3", "LAKESIDE", "urn:chartdesk:assigned-by:LAKESIDE"),
        ("Old & Sons", "", "OLD & SONS", "urn:chartdesk:assigned-by:OLD%20%26%20SONS"),
        ("", "1.2.840.1", "1.2.840.1", "urn:oid:1.2.840.1"),
        ("NPI", "", "NPI", "http://hl7.org/fhir/sid/us-npi"),
        ("", "2.16.840.1.113883.4.6", "NPI", "http://hl7.org/fhir/sid/us-npi"),
    ],
)
def test_an_authority_has_one_name_and_a_system(namespace, universal, name, system_name):
    found = identifiers.authority(namespace, universal)
    assert (found, identifiers.system_of(found)) == (name, system_name)
    assert identifiers.authority_of_system(system_name) == name


def test_who_assigns_our_own_numbers(subject):
    practice = people.practice_of(subject)
    assert identifiers.own_authority(subject) == practice.slug.upper()
    practice.settings = {"mode": "ehr"}
    practice.save()
    assert identifiers.own_authority(subject) == f"{practice.slug}-ehr".upper()
    practice.settings = {"mode": "ehr", "authority": "Lake"}
    practice.save()
    assert identifiers.own_authority(subject) == "LAKE"
    practice.settings = {"mode": "both"}
    practice.save()
    with pytest.raises(Invalid, match="mode"):
        identifiers.own_authority(subject)


def test_older_news_does_not_count_and_the_same_moment_does(subject):
    day = timedelta(days=1)
    assert telling.newer(subject, telling.VISIT, "Appointment/1", NOON)
    assert telling.newer(subject, telling.VISIT, "Appointment/1", NOON)
    asked = [("Appointment/1", NOON - day), ("Appointment/2", NOON - day)]
    assert telling.newer_many(subject, telling.VISIT, asked) == [False, True]
    assert telling.newer(subject, telling.COVERAGE, "Appointment/1", NOON - day)
    with pytest.raises(ValueError, match="once"):
        telling.newer_many(subject, telling.VISIT, [("Appointment/1", NOON), ("Appointment/1", NOON)])


def test_what_is_said_later_always_shows_it(subject):
    with clock.at(NOON):
        first, second = telling.stamp(subject, "Patient/1"), telling.stamp(subject, "Patient/1")
        assert telling.stamp(subject, "Patient/2") == first == NOON
    assert second - first == timedelta(microseconds=100)
    with clock.at(NOON - timedelta(hours=1)):
        assert telling.stamp(subject, "Patient/1") > second


def test_what_nothing_leads_to_waits_once_and_goes_on(subject):
    heard: list[outbox.Event] = []
    outbox.subscribe(unmatched.SETTLED, "test", heard.append)
    number = unmatched.note(subject, unmatched.Missing(PATIENT, ONE, "Number, Ann", 7))
    assert unmatched.note(subject, unmatched.Missing(PATIENT, ONE, "", 8)) == number
    assert unmatched.note(subject, unmatched.Missing(PATIENT, ONE, "", 8)) == number
    [row] = unmatched.waiting(subject, PATIENT)
    assert (row.messages, row.words) == ([7, 8], "Number, Ann")
    ann = _patient(subject, "Ann")
    with pytest.raises(NotFound):
        unmatched.match(subject, number, "nobody")
    assert unmatched.match(subject, number, ann) == [7, 8]
    assert queries.resolve(subject, PATIENT, [ONE]) == ann
    assert unmatched.waiting(subject) == []
    with pytest.raises(Conflict):
        unmatched.match(subject, number, ann)
    outbox.deliver_all(subject.practice)
    assert [dict(event.payload) for event in heard] == [{"unmatched": number, "messages": [7, 8], "matched": True}]
    with transaction(subject):
        items = WorkItem.objects.filter(practice=subject.practice, kind=unmatched.WORK)
        assert [one.state for one in items] == ["done"]


def test_what_was_dismissed_stays_so(subject):
    number = unmatched.note(subject, unmatched.Missing(PATIENT, ONE, "", 7))
    assert unmatched.dismiss(subject, number) == [7]
    assert unmatched.dismissed(subject, PATIENT, ONE) and not unmatched.dismissed(subject, PATIENT, TWO)
    with transaction(subject):
        assert OutboxEvent.objects.filter(practice=subject.practice, kind=unmatched.SETTLED).count() == 1


def test_a_number_that_comes_to_be_known_lets_go_on_what_waits(subject):
    unmatched.note(subject, unmatched.Missing(PATIENT, ONE, "", 7))
    unmatched.note(subject, unmatched.Missing(PATIENT, TWO, "", 8))
    unmatched.settled(subject, PATIENT, [ONE])
    assert [one.authority for one in unmatched.waiting(subject)] == ["RIVERBEND"]
