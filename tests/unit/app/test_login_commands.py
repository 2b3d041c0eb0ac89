"""A practice of one's own, from the command line to the pages: the first manager, people, a forgotten password."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

import chartdesk.api.fhir  # noqa: F401  (the explorer tells what it offers)

OWN = "a-window-in-april"
#: What a manager sees on the first day, when there is nothing yet.
PAGES = (
    *("/", "/patients", "/patients/new", "/calendar", "/calendar/list", "/work", "/dashboard", "/claims", "/charges"),
    *("/remittances", "/denials", "/receivables", "/follow-up", "/statements", "/practice", "/practice/people"),
    *("/practice/people/new", "/practice/money", "/practice/schedule", "/practice/schedule/site/new"),
    *("/practice/schedule/provider/new", "/practice/payers"),
    *("/practice/payers/new", "/practice/fees", "/practice/tables", "/practice/contracts", "/practice/scrubbing"),
    *("/practice/splitting", "/practice/authorizations", "/practice/programs", "/practice/explorer", "/practice/audit"),
    "/practice/notifications",
)  # fmt: skip
_numbers = itertools.count(1)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "chartdesk.app", *arguments], capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The same without the start of a process."""
    from chartdesk.app.cli import entry

    def run_here(*arguments: str) -> subprocess.CompletedProcess[str]:
        capsys.readouterr()
        status = entry.main(arguments)
        return subprocess.CompletedProcess(arguments, status, *capsys.readouterr())

    return run_here


def _password(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    found = re.search(r"Password, shown this once .*: (\S+)", done.stdout)
    assert found, done.stdout
    return found[1]


@pytest.fixture(autouse=True)
def plain_files() -> Iterator[None]:
    """Files of the pages under their plain names: nothing was collected."""
    from django.conf import settings
    from django.test import override_settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield


@pytest.fixture(scope="module")
def slug(database: str) -> str:
    import os

    return f"own-{os.getpid()}-{next(_numbers)}"


@pytest.fixture(scope="module")
def opened(slug: str) -> str:
    """The password of the first manager of a practice that was opened just now."""
    return _password(
        run("open-practice", slug, "Own Practice", "--zone", "America/Chicago", "--manager", f"{slug}.boss",
            "--manager-name", "Maria Dunn")
    )  # fmt: skip


def _browser(username, given, own):
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.post("/accounts/login/", {"login": username, "password": given})
    if own:
        sent = {"oldpassword": given, "password1": own, "password2": own}
        assert client.post("/accounts/password/change/", sent)["Location"] == "/"
    return client


def test_the_first_manager_sees_every_page_of_an_empty_practice(slug, opened):
    client = _browser(f"{slug}.boss", opened, OWN)
    told = {path: client.get(path, follow=True).status_code for path in PAGES}
    assert {path: status for path, status in told.items() if status != 200} == {}


def test_opening_it_twice_is_refused_and_leaves_nothing(slug, opened, command):
    from chartdesk.record.access.models import Practice, User

    done = command("open-practice", slug, "Again", "--manager", "someone.else", "--manager-name", "Some One")
    assert done.returncode == 2 and "already" in done.stderr
    done = command("open-practice", f"{slug}-b", "Bad manager", "--manager", "B A D", "--manager-name", "Some One")
    assert done.returncode == 2 and "cannot be a user name" in done.stderr
    assert not Practice.objects.filter(slug=f"{slug}-b").exists()
    assert not User.objects.filter(username="someone.else").exists()


def test_a_place_and_a_new_password(slug, opened, command):
    from chartdesk.record.access.models import Membership

    added = ("staff-login", f"{slug}.desk", "--practice", slug, "--name", "Dee Desk", "--role", "front_desk")
    first = _password(command(*added))
    again = command(*added, "--role", "nurse")
    assert again.returncode == 0 and "The password is as it was." in again.stdout
    more = command("staff-login", f"{slug}.boss", "--practice", slug, "--name", "Maria Dunn", "--role", "biller")
    assert more.returncode == 0
    found = Membership.objects.filter(user__username=f"{slug}.boss", active=True)
    assert set(found.values_list("role", flat=True)) == {"manager", "biller"}
    renewed = _password(command("new-password", f"{slug}.desk", "--practice", slug))
    assert renewed != first
    assert _browser(f"{slug}.desk", first, "").get("/work")["Location"].startswith("/accounts/login/")
    assert _browser(f"{slug}.desk", renewed, "").get("/work")["Location"].startswith("/accounts/password/change/")
    assert command("new-password", "nobody.here", "--practice", slug).returncode == 2
    refused = command("staff-login", f"{slug}.doc", "--practice", slug, "--name", "Doc", "--role", "clinician")
    assert refused.returncode == 2 and "Practice → People" in refused.stderr
