"""Pages asked as a browser would ask them, without a server: a client logged in to the practice of the test."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from tests.money.office import office

__all__ = ["office"]

PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
_numbers = itertools.count(1)
#: From a role to somebody of that role at a browser.
Staff = Callable[..., Any]


@cache
def _password() -> str:
    """How the password of everybody here is kept: made once, for it is slow to make on purpose."""
    from django.contrib.auth.hashers import make_password

    return make_password("a-long-password")


@pytest.fixture
def staff(practice: Any) -> Iterator[Staff]:
    """Gives a client for a role; ``staff("biller")`` is logged in. Files are served under their plain names."""
    from django.conf import settings
    from django.test import Client, override_settings

    from chartdesk.record.access import people
    from chartdesk.record.access.models import User
    from chartdesk.record.access.subject import Role

    def log_in(*roles: str) -> Client:
        name = f"user-{practice.pk}-{next(_numbers)}"
        User.objects.create(username=name, password=_password(), first_name="Pat", last_name=roles[0])
        for role in roles:
            user = people.add_member(practice, name, Role(role), password="a-long-password", name=f"Pat {role}")
        client = Client(SERVER_NAME="localhost")
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN}}):
        yield log_in
