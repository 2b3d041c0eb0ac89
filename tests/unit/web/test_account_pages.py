"""Logging in: what is closed here, and who helps where a password is forgotten."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def anybody(staff):
    """A browser in which nobody is logged in; ``staff`` serves files under their plain names."""
    return Client(SERVER_NAME="localhost")


def test_who_has_forgotten_the_password_is_told_whom_to_ask(anybody):
    assert 'href="/accounts/password/reset/"' in anybody.get("/accounts/login/").content.decode()
    page = anybody.get("/accounts/password/reset/")
    assert page.status_code == 200 and "ask your manager" in page.content.decode()


@pytest.mark.parametrize(
    "address",
    ["signup/", "email/", "password/set/", "password/reset/done/", "password/reset/key/1-abc/", "confirm-email/",
     "confirm-email/abc/", "login/code/confirm/"],
)  # fmt: skip
@pytest.mark.parametrize("logged_in", [False, True])
def test_pages_that_would_send_mail_or_sign_up_are_closed(anybody, staff, address, logged_in):
    client = staff("nurse") if logged_in else anybody
    for answer in (client.get(f"/accounts/{address}"), client.post(f"/accounts/{address}", {"email": "a@b.example"})):
        assert answer.status_code == 404 and "There is no page at this address" in answer.content.decode()


def test_the_pages_about_logging_in_are_all_there(anybody, staff):
    for address in ("login/", "reauthenticate/", "password/change/", "2fa/", "2fa/totp/activate/"):
        assert staff("nurse").get(f"/accounts/{address}", follow=True).status_code == 200
    assert anybody.get("/accounts/login/").status_code == 200
