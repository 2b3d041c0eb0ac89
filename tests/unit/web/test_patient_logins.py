"""A patient is given a login on their page: the link that sets the password, once; another one; the end of it."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta

import pytest

OWN = "a-window-in-april"
_numbers = itertools.count(1)


@pytest.fixture
def username(practice):
    return f"patient-{practice.pk}-{next(_numbers)}"


@pytest.fixture
def register(subject):
    from chartdesk.pms.registration import commands
    from chartdesk.pms.registration.people import Person, Registration

    def made(given: str, family: str) -> str:
        person = Person(given=given, family=family, birth_date=date(1990, 1, next(_numbers) % 28 + 1), sex="female")
        return commands.register(subject, Registration(person=person), confirmed_distinct=True).patient_id

    return made


def _browser():
    from django.test import Client

    return Client(SERVER_NAME="localhost")


def _link(page):
    assert page.status_code == 200, page.content
    return re.search(r'id="given-link">http://localhost([^<]+)<', page.content.decode())[1]


def _give(desk, patient, username, **sent):
    return desk.post(f"/patients/{patient}/login", {"name": "Ana Reed", "username": username, **sent})


def _choose(link, password=OWN, again=None):
    return _browser().post(link, {"password": password, "again": password if again is None else again})


def _log_in(username, password=OWN):
    client = _browser()
    client.post("/accounts/login/", {"login": username, "password": password})
    return client


def _is_in(client):
    return client.get("/access/allowed").status_code == 200


def _noted(subject, patient):
    from chartdesk.record import audit

    rows = audit.trail(subject, patient)
    return [one.detail for one in reversed(rows) if one.what == "login" and one.action != "R"]


def test_the_link_sets_one_password_and_the_patient_logs_in(staff, register, subject, username):
    patient = register("Ana", "Reed")
    desk = staff("front_desk")
    link = _link(_give(desk, patient, username))
    assert "No password yet" in desk.get(f"/patients/{patient}/login").content.decode()
    page = _browser().get(link)
    assert page.status_code == 200 and username in page.content.decode()
    for sent, words in (
        ({"password": OWN, "again": "other"}, "are not the same"),
        ({"password": "short", "again": "short"}, "too short"),
    ):
        refused = _browser().post(link, sent)
        assert refused.status_code == 422 and words in refused.content.decode()
    assert _choose(link)["Location"] == "/accounts/login/"
    assert _browser().get(link).status_code == 410
    assert _choose(link, "another-window-in-may").status_code == 410
    patients = _log_in(username)
    assert _is_in(patients)
    assert patients.get(f"/patients/{patient}")["Location"] == "/access/allowed", "the staff's pages are not theirs"
    assert "Last log-in" in desk.get(f"/patients/{patient}/login").content.decode()
    assert _noted(subject, patient) == ["login given", "password set by the patient"]


def test_a_link_grows_old_and_cannot_be_made_up(staff, register, username):
    from chartdesk.kit import clock

    link = _link(_give(staff("front_desk"), register("Ana", "Reed"), username))
    with clock.at(clock.now() + timedelta(days=3, minutes=1)):
        assert _browser().get(link).status_code == 410
        assert _choose(link).status_code == 410
    assert _browser().get(link[:-1] + ("A" if link[-1] != "A" else "B")).status_code == 410
    assert _browser().get("/accounts/begin/anything").status_code == 410
    assert _browser().get(link).status_code == 200


def test_another_link_ends_the_password_and_the_link_before(staff, register, subject, username):
    from chartdesk.record.access.models import User

    patient = register("Ana", "Reed")
    desk = staff("front_desk")
    first = _link(_give(desk, patient, username))
    user = User.objects.get(username=username).pk
    second = _link(desk.post(f"/patients/{patient}/login/{user}/link"))
    assert _browser().get(first).status_code == 410
    _choose(second)
    patients = _log_in(username)
    third = _link(desk.post(f"/patients/{patient}/login/{user}/link"))
    assert not _is_in(patients) and not _is_in(_log_in(username))
    _choose(third, "another-window-in-may")
    assert _is_in(_log_in(username, "another-window-in-may"))


def test_the_end_closes_the_record_to_the_login_and_its_programs(staff, register, subject, username):
    from chartdesk.kit import clock
    from chartdesk.kit.transactions import transaction
    from chartdesk.record.access import programs
    from chartdesk.record.access.models import Grant, User

    patient = register("Ana", "Reed")
    desk = staff("manager")
    link = _link(_give(desk, patient, username))
    _choose(link)
    patients = _log_in(username)
    user = User.objects.get(username=username)
    client, _ = programs.register(subject.practice, programs.Program(name="An app", scopes=("system/*.rs",)))
    with transaction(subject):
        held = {"practice": subject.practice, "client": client, "user": user, "scopes": "patient/*.rs"}
        Grant.objects.create(**held, patient=patient, created=clock.now(), used=clock.now())
    assert desk.post(f"/patients/{patient}/login/{user.pk}/end").status_code == 302
    assert not _is_in(patients) and not _is_in(_log_in(username))
    with transaction(subject):
        assert Grant.objects.get(user=user).reason == "login ended"
    assert "Nobody yet" in desk.get(f"/patients/{patient}/login").content.decode()
    assert desk.post(f"/patients/{patient}/login/{user.pk}/link").status_code == 404
    # Given again it begins anew: the password of before opens nothing.
    again = _link(_give(desk, patient, username))
    assert not _is_in(_log_in(username))
    _choose(again)
    assert _is_in(_log_in(username))
    told = ["login given", "password set by the patient", "login ended", "login given", "password set by the patient"]
    assert _noted(subject, patient) == told


def test_a_parent_sees_a_second_child_when_that_is_said(staff, register, subject, username):
    from chartdesk.record.access import people
    from chartdesk.record.access.models import User

    older, younger = register("Ana", "Reed"), register("Ben", "Reed")
    desk = staff("front_desk")
    _link(_give(desk, older, username))
    refused = _give(desk, younger, username)
    assert refused.status_code == 422 and "who sees another patient here" in refused.content.decode()
    assert _give(desk, younger, username, also="1").status_code == 302
    assert people.own_patients(User.objects.get(username=username), subject.practice) == [older, younger]
    assert "sees this patient already" in _give(desk, younger, username, also="1").content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [({"name": " "}, "There is no name"), ({"username": "No Spaces"}, "cannot be a user name"),
     ({"username": "ab"}, "cannot be a user name")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_stays_typed(staff, register, username, sent, words):
    from chartdesk.record.access.models import User

    patient = register("Ana", "Reed")
    page = staff("front_desk").post(f"/patients/{patient}/login", {"name": "Nora Kept", "username": username, **sent})
    assert page.status_code == 422 and words in page.content.decode()
    assert "Nora Kept" in page.content.decode() or "name" in sent
    assert not User.objects.filter(username=username).exists()


def test_logins_of_the_staff_and_of_other_practices_are_taken(staff, register, practice, username):
    from chartdesk.record.access import people
    from chartdesk.record.access.subject import Role

    patient = register("Ana", "Reed")
    other = people.open_practice(f"elsewhere-{practice.pk}-{next(_numbers)}", "Elsewhere")
    people.add_member(practice, f"{username}-s", Role.NURSE, password=OWN, name="Nora Quinn")
    people.add_patient(other, f"{username}-o", "somebody", password=OWN, name="Olga Other")
    for taken in (f"{username}-s", f"{username}-o"):
        page = _give(staff("manager"), patient, taken, also="1").content.decode()
        assert "is taken" in page and "Olga" not in page and people.own_patients(_user(taken), practice.pk) == []


def _user(username):
    from chartdesk.record.access.models import User

    return User.objects.get(username=username)


@pytest.mark.parametrize("role", ["nurse", "clinician", "biller"])
def test_others_give_no_logins(staff, register, role, username):
    patient = register("Ana", "Reed")
    client = staff(role)
    assert client.get(f"/patients/{patient}/login").status_code == 403
    assert _give(client, patient, username).status_code == 403
    assert "/login" not in client.get(f"/patients/{patient}").content.decode()
