"""The people of a practice as its manager keeps them: logins, roles, passwords, the end of a place."""

from __future__ import annotations

import itertools
import re

import pytest

OWN = "a-window-in-april"
_numbers = itertools.count(1)


@pytest.fixture
def username(practice):
    return f"new-{practice.pk}-{next(_numbers)}"


def _given(page):
    return re.search(r'id="given-password">([^<]+)<', page.content.decode())[1]


@pytest.fixture
def add(staff, username):
    """Adds somebody on the page as a manager; gives the manager's browser, the login's number and its password."""

    def made(**sent):
        manager = sent.pop("manager", None) or staff("manager")
        page = manager.post("/practice/people/new", {"name": "Nora Quinn", "username": username, **sent})
        assert page.status_code == 200, page.content
        from chartdesk.record.access.models import User

        return manager, User.objects.get(username=username).pk, _given(page)

    return made


def _browser():
    from django.test import Client

    return Client(SERVER_NAME="localhost")


def _log_in(username, password, client=None):
    client = client or _browser()
    client.post("/accounts/login/", {"login": username, "password": password})
    return client


def _choose(client, old, new):
    return client.post(
        "/accounts/password/change/", {"oldpassword": old, "password1": new, "password2": new, "next": "/patients"}
    )


def test_a_given_password_opens_the_door_once(add, username):
    _, _, given = add(**{"role-front_desk": "1"})
    desk = _log_in(username, given)
    sent = desk.get("/patients?q=smith")
    assert sent.status_code == 302 and sent["Location"].startswith("/accounts/password/change/?next=/patients")
    part = desk.get("/patients", headers={"HX-Request": "true"})
    assert part.status_code == 401 and part["HX-Redirect"].startswith("/accounts/password/change/")
    assert "Choose another password" in _choose(desk, given, given).content.decode()
    done = _choose(desk, given, OWN)
    assert done.status_code == 302 and done["Location"] == "/patients"
    assert desk.get("/patients").status_code == 200
    assert _log_in(username, OWN).get("/patients").status_code == 200
    assert _log_in(username, given).get("/patients").status_code == 302


def test_roles_open_pages_and_close_them(add, username):
    manager, user, given = add(**{"role-front_desk": "1"})
    client = _log_in(username, given)
    _choose(client, given, OWN)
    assert client.get("/practice").status_code == 403
    saved = manager.post(f"/practice/people/{user}", {"name": "Nora Quinn-Hall", "role-manager": "1"})
    assert saved.status_code == 302
    assert client.get("/practice").status_code == 200
    listed = client.get("/practice/people").content.decode()
    assert "Nora Quinn-Hall" in listed and username in listed


def test_somebody_who_leaves_is_out_at_once(add, username, subject):
    from chartdesk.kit import database
    from chartdesk.kit.transactions import reading

    manager, user, given = add(**{"role-biller": "1"})
    client = _log_in(username, given)
    _choose(client, given, OWN)
    assert manager.post(f"/practice/people/{user}/end").status_code == 302
    assert client.get("/work").status_code == 302
    assert _log_in(username, OWN).get("/work").status_code == 302
    # They can come back, with the password they have.
    assert manager.post(f"/practice/people/{user}", {"name": "Nora Quinn", "role-biller": "1"}).status_code == 302
    assert _log_in(username, OWN).get("/work").status_code == 200
    with reading(subject):
        told = [
            row[0]
            for row in database.rows(
                "SELECT detail FROM record_audit WHERE practice = %s AND what = 'membership' ORDER BY id",
                [subject.practice],
            )
        ]
    assert [one.split(" user")[0] for one in told] == ["biller given to", "every place of", "biller given to"]


def test_a_new_password_ends_where_they_are_logged_in(add, username):
    from allauth.mfa.models import Authenticator

    manager, user, given = add(**{"role-nurse": "1"})
    client = _log_in(username, given)
    _choose(client, given, OWN)
    Authenticator.objects.create(user_id=user, type="totp", data={"secret": "x"})
    again = _given(manager.post(f"/practice/people/{user}/password"))
    assert client.get("/patients").status_code == 302
    assert Authenticator.objects.filter(user=user).exists()
    last = _given(manager.post(f"/practice/people/{user}/password", {"telephone": "1"}))
    assert again != last and not Authenticator.objects.filter(user=user).exists()
    assert _log_in(username, again).get("/patients")["Location"].startswith("/accounts/login/")
    assert _log_in(username, last).get("/patients")["Location"].startswith("/accounts/password/change/")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"role-nurse": "1", "name": " "}, "has no name"),
        ({"role-nurse": "1", "username": "No Spaces"}, "cannot be a user name"),
        ({"role-nurse": "1", "username": "ab"}, "cannot be a user name"),
        ({}, "works as nothing"),
        ({"role-clinician": "1"}, "Which clinician is it"),
        ({"role-clinician": "1", "practitioner": "nobody"}, "There is no such clinician"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(staff, username, sent, words):
    from chartdesk.record.access.models import User

    page = staff("manager").post("/practice/people/new", {"name": "Nora Quinn", "username": username, **sent})
    assert page.status_code == 422 and words in page.content.decode()
    assert not User.objects.filter(username=username).exists()


def test_the_practice_keeps_a_manager(staff, practice):
    from chartdesk.record.access.models import Membership

    manager = staff("manager")
    places = Membership.objects.filter(practice=practice.pk, role="manager")
    mine = places.last().user_id
    places.exclude(user=mine).update(active=False)
    refused = manager.post(f"/practice/people/{mine}", {"name": "Pat manager", "role-nurse": "1"})
    assert refused.status_code == 422 and "would have no manager" in refused.content.decode()
    assert manager.post(f"/practice/people/{mine}/end").status_code == 409
    assert manager.get("/practice/people").status_code == 200


def test_a_login_of_another_practice_is_not_taken_over(add, staff, username, practice):
    from chartdesk.record.access import people, staffing
    from chartdesk.record.access.subject import Role, system

    manager, user, _ = add(**{"role-nurse": "1"})
    taken = manager.post("/practice/people/new", {"name": "Else", "username": username, "role-nurse": "1"})
    assert taken.status_code == 422 and "is taken" in taken.content.decode()
    far = system(people.open_practice(f"far-{username}", "Far away").pk, "test")
    staffing.hire(far, staffing.Person("Nora Quinn", username, frozenset({Role.BILLER})), known=True)
    assert manager.post(f"/practice/people/{user}/password").status_code == 403
    renamed = manager.post(f"/practice/people/{user}", {"name": "Some Body", "role-nurse": "1"})
    assert renamed.status_code == 302
    assert staffing.worker(far, user).name == "Nora Quinn"


def test_a_patients_login_is_none_of_the_staff(staff, practice, username):
    from chartdesk.record.access import people

    user = people.add_patient(practice, username, "ada", password="x" * 12, name="Ada Moss")
    manager = staff("manager")
    assert username not in manager.get("/practice/people").content.decode()
    assert manager.get(f"/practice/people/{user.pk}").status_code == 404
    assert manager.post(f"/practice/people/{user.pk}/password").status_code == 404
    joined = manager.post("/practice/people/new", {"name": "Ada Moss", "username": username, "role-nurse": "1"})
    assert joined.status_code == 422
