"""The command line, run as a program against the running database."""

from __future__ import annotations

import json
import subprocess
import sys

import psycopg
import pytest

BUNDLE = {
    "resourceType": "Bundle",
    "type": "transaction",
    "entry": [
        {
            "fullUrl": "urn:uuid:6f2a1c7e-0d7c-4f1c-9d3e-0f5a3b1c2d4e",
            "resource": {
                "resourceType": "Patient",
                "name": [{"family": "Import", "given": ["Ida"]}],
                "birthDate": "1970-01-02",
            },
            "request": {"method": "POST", "url": "Patient"},
        }
    ],
}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "chartdesk.app", *arguments], capture_output=True, text=True, check=False, timeout=250
    )


def test_help_lists_every_command():
    done = run("--help")
    assert done.returncode == 0
    for command in ("demo", "serve", "worker", "migrate", "import", "eligibility", "claims", "remittance", "doctor"):
        assert f"\n    {command}" in done.stdout


def test_import_of_a_bundle_and_of_nonsense(practice, tmp_path):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(BUNDLE))
    bad.write_text('{"resourceType": "Bundle", "type": "transaction", "entry": [{"resource": {"resourceType": "Pat')
    done = run("import", "--practice", practice.slug, str(good))
    assert done.returncode == 0, done.stderr
    assert "1 created, 0 updated, 0 kept, 0 refused." in done.stdout
    done = run("import", "--practice", practice.slug, str(bad))
    assert done.returncode == 1
    assert "bad.json" in done.stdout


def test_fees_are_imported_or_every_bad_line_is_named(practice, tmp_path):
    good, bad = tmp_path / "fees.csv", tmp_path / "wrong.csv"
    good.write_text("code,description,amount\n99213,Office visit,135.00\n")
    bad.write_text("code,description,amount\n99213,Office visit,many\nX,No code,1\n")
    done = run("import-fees", "--practice", practice.slug, str(good))
    assert done.returncode == 0, done.stderr
    assert "1 prices" in done.stdout
    done = run("import-fees", "--practice", practice.slug, str(bad))
    assert done.returncode == 2
    assert "2" in done.stderr and "3" in done.stderr


def test_an_unknown_practice_is_named_with_the_known_ones(practice):
    done = run("claims", "list", "--practice", "nowhere")
    assert done.returncode == 2
    assert "nowhere" in done.stderr and practice.slug in done.stderr


@pytest.mark.parametrize(("content", "status"), [(b"ISA*00*          *00", 2), (b"not X12 at all", 2)])
def test_a_file_that_is_no_x12_exits_with_2(tmp_path, content, status):
    file = tmp_path / "file.x12"
    file.write_bytes(content)
    assert run("x12", "check", str(file)).returncode == status


def test_the_doctor_names_an_open_fence_and_its_cure(practice, database):
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("ALTER TABLE kit_counter NO FORCE ROW LEVEL SECURITY")
        try:
            done = run("doctor")
        finally:
            connection.execute("ALTER TABLE kit_counter FORCE ROW LEVEL SECURITY")
    assert done.returncode == 1
    assert "BAD  fence between practices" in done.stdout
    assert "chartdesk migrate" in done.stdout
