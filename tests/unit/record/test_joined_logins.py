"""Two records are merged and parted again: who logs in for them, what their programs see, and who is told."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

_numbers = itertools.count(1)
OWN = "a-window-in-april"


@pytest.fixture
def two(subject):
    """Two records of one patient, registered twice."""
    from chartdesk.pms.registration import commands
    from chartdesk.pms.registration.people import Person, Registration

    def made():
        person = Person(given="Ana", family="Reed", birth_date=date(1990, 1, 2), sex="female")
        return commands.register(subject, Registration(person=person), confirmed_distinct=True).patient_id

    return made(), made()


@pytest.fixture
def login(practice):
    """Makes a login for a patient, or lets one see another patient as well."""
    from chartdesk.record.access import people
    from chartdesk.record.access.models import User

    def made(patient, user: User | None = None, name: str = "Ana Reed"):
        username = user.username if user else f"joined-{practice.pk}-{next(_numbers)}"
        return people.add_patient(practice, username, patient, password=OWN, name=name)

    return made


@pytest.fixture
def token(subject):
    """Makes a program that somebody allowed to see a patient; returns its token and the grant."""
    from chartdesk.kit import clock
    from chartdesk.kit.transactions import transaction
    from chartdesk.record.access import programs, tokens
    from chartdesk.record.access.models import Grant

    def made(user, patient):
        program = programs.Program(name=f"App {next(_numbers)}", scopes=("system/*.rs",))
        client, _ = programs.register(subject.practice, program)
        with transaction(subject):
            held = {"practice": subject.practice, "client": client, "user": user, "scopes": "patient/*.rs"}
            grant = Grant.objects.create(**held, patient=patient, created=clock.now(), used=clock.now())
            return tokens.issue(client, "patient/*.rs", grant=grant), grant

    return made


def _seen(user, practice):
    from chartdesk.record.access import people

    return people.own_patients(user, practice.pk)


def _patient_of(token):
    """The patient that the token is for; empty where it opens nothing."""
    from chartdesk.kit.errors import Forbidden
    from chartdesk.record.access import tokens

    tokens._remembered.clear()
    try:
        return tokens.subject_of_token(token).patient
    except Forbidden:
        return ""


def _merge(subject, source, target):
    from chartdesk.pms.registration import merging

    return merging.merge(subject, source, target).merge_id


def _undo(subject, number):
    from chartdesk.pms.registration import merging

    return merging.undo(subject, number)


def _end(subject, patient, user):
    from chartdesk.record.access import patient_logins

    patient_logins.end(subject, patient, user.pk)


def _warned(subject, source, target):
    from chartdesk.pms.registration import merging

    return " ".join(merging.preview(subject, source, target).warnings)


def _noted(subject, patient):
    from chartdesk.record import audit

    return [one.detail for one in reversed(audit.trail(subject, patient)) if one.what == "login" and one.action != "R"]


def _grant(subject, grant):
    from chartdesk.kit.transactions import transaction
    from chartdesk.record.access.models import Grant

    with transaction(subject):
        return Grant.objects.select_related("client").get(pk=grant.pk)


def _work(subject):
    from chartdesk.kit import worklist
    from chartdesk.kit.transactions import transaction

    with transaction(subject):
        return list(worklist.items(subject, kinds=["logins_joined"]))


def test_the_login_and_its_program_follow_and_go_back(subject, practice, two, login, token):
    source, target = two
    user = login(source)
    held, _ = token(user, source)
    warned = _warned(subject, source, target)
    assert f"({user.username})" in warned and "Programs" in warned and "Both see" not in warned
    number = _merge(subject, source, target)
    assert (_seen(user, practice), _patient_of(held), _work(subject)) == ([target], target, [])
    assert _undo(subject, number).changed == []
    assert (_seen(user, practice), _patient_of(held)) == ([source], source)
    assert _noted(subject, source) == [f"login goes on with Patient/{target}", "login is back: merge undone"]
    assert _noted(subject, target) == ["login came with a merge"]


def test_logins_of_two_people_are_told_before_and_looked_at_after(subject, practice, two, login):
    source, target = two
    goes, stays = login(source), login(target, name="Ben Moss")
    assert "Both see one record then" in _warned(subject, source, target)
    number = _merge(subject, source, target)
    assert _seen(goes, practice) == _seen(stays, practice) == [target]
    (item,) = _work(subject)
    assert goes.username in item.detail and "Ben Moss" in item.detail
    assert (item.about, item.link_kind, item.link_id) == (f"Patient/{target}", "patient_login", target)
    _undo(subject, number)
    assert (_seen(goes, practice), _seen(stays, practice), _work(subject)) == ([source], [target], [])


def test_one_login_for_both_sees_one_record_and_then_both_again(subject, practice, two, login, token):
    from chartdesk.record.access import patient_logins, people
    from chartdesk.record.merging import sweeping

    source, target = two
    user = login(source)
    login(target, user)
    held, _ = token(user, source)
    number = _merge(subject, source, target)
    assert (_seen(user, practice), _patient_of(held), _work(subject)) == ([target], target, [])
    assert people.subject_of(user, practice.pk).patient == target
    assert [one.others for one in patient_logins.of_patient(subject, target)] == [0]
    assert sweeping.sweep(subject) == 0
    _undo(subject, number)
    assert (_seen(user, practice), _patient_of(held)) == ([source, target], source)


def test_a_login_that_was_ended_is_not_let_in_by_the_other_record(subject, practice, two, login, token):
    from chartdesk.kit.errors import Forbidden
    from chartdesk.record.access import patient_logins, people

    source, target = two
    user = login(source)
    login(target, user)
    held, grant = token(user, source)
    _end(subject, target, user)
    assert "sees neither" in _warned(subject, source, target)
    number = _merge(subject, source, target)
    assert (_seen(user, practice), _patient_of(held)) == ([], "")
    with pytest.raises(Forbidden):
        people.subject_of(user, practice.pk)
    # Let in again on purpose it begins anew, and the program has to be allowed again.
    assert patient_logins.give(subject, target, "Ana Reed", user.username).token
    assert (_seen(user, practice), _patient_of(held)) == ([target], "")
    assert _grant(subject, grant).reason == "login ended for the record that stays"
    _undo(subject, number)
    assert _seen(user, practice) == [source, target]


def test_what_is_ended_or_allowed_in_between_holds_after_the_undo(subject, practice, two, login, token):
    source, target = two
    ended, both, follows = login(source), login(source), login(source)
    login(target, both)
    number = _merge(subject, source, target)
    since, grant = token(follows, target)
    _end(subject, target, ended)
    _end(subject, target, both)
    late = login(target, name="Late Comer")
    _undo(subject, number)
    assert (_seen(ended, practice), _seen(both, practice), _seen(follows, practice)) == ([], [], [source])
    assert _seen(late, practice) == [target]
    assert (_patient_of(since), _grant(subject, grant).reason) == ("", "merge undone")


def test_a_token_got_since_by_an_older_grant_ends_with_the_undo(subject, two, login, token):
    from chartdesk.kit.transactions import transaction
    from chartdesk.record.access import tokens

    source, target = two
    user = login(source)
    login(target, user)
    _, grant = token(user, source)
    number = _merge(subject, source, target)
    grant = _grant(subject, grant)
    with transaction(subject):
        since = tokens.issue(grant.client, "patient/*.rs", grant=grant)
    assert _patient_of(since) == target
    _undo(subject, number)
    assert _patient_of(since) == ""
