"""Imports and exports that are killed at random moments, and exports over real HTTP with a real worker.

An import must take every line exactly once, also lines without an id, which a second taking would double. An export
must hold everything exactly once.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.ports import free_port
from tests.unit.api.conftest import client_of

from chartdesk.kit.transactions import transaction
from chartdesk.record import database as record_database
from chartdesk.record import importing, search
from chartdesk.record.bulk import exporting, exports
from chartdesk.record.bulk.models import ImportPart
from chartdesk.record.bulk.plans import SYSTEM, Wish

__all__ = ["client_of"]
SEED = 20260518
KILLS = 4
FILES, LINES = 3, 4000
#: Seconds after which something does not move on.
LIMIT = 120
EXPORTER = """
import sys
from chartdesk.app import wiring
wiring.set_up()
from chartdesk.record.bulk import exporting
print("ready", flush=True)
exporting.run(int(sys.argv[1]), sys.argv[2])
"""


def write(folder: Path) -> tuple[int, int]:
    """Files of nameless lines, faulty lines, lines and bundles that refer to what comes later: (sound, faulty)."""
    folder.mkdir()
    padding = "x" * 1500
    for number in range(FILES):
        lines = []
        for place in range(LINES):
            basic: dict[str, Any] = {"resourceType": "Basic", "code": {"text": f"{number}/{place}"}}
            basic["text"] = {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{padding}</div>'}
            if place % 300 == 7:
                basic["created"] = "2021-02-30"
            elif place % 100 == 3:
                basic["author"] = {"reference": "Practitioner?identifier=urn:test|late"}
            lines.append(json.dumps(basic))
        text = "\n".join(lines).encode()
        name = folder / (f"basic{number}.ndjson" if number else "basic0.ndjson.gz")
        name.write_bytes(text if number else gzip.compress(text))
    doctor = {"resourceType": "Practitioner", "identifier": [{"system": "urn:test", "value": "late"}]}
    (folder / "zz.ndjson").write_text(json.dumps(doctor))
    for number in range(4):
        patient = {"resourceType": "Patient", "gender": "male"}
        other = {"resourceType": "Basic", "code": {"text": f"bundle {number}"}}
        other["subject"] = {"reference": f"urn:uuid:00000000-0000-4000-8000-00000000000{(number + 1) % 4}"}
        entries = [
            {"fullUrl": f"urn:uuid:00000000-0000-4000-8000-00000000000{number}", "resource": patient},
            {"resource": other},
        ]
        bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
        (folder / f"bundle{number}.json").write_text(json.dumps(bundle))
    faulty = FILES * len(range(7, LINES, 300))
    return FILES * LINES - faulty + 1 + 4 * 2, faulty


def start(practice: Any, folder: Path, report: Path) -> subprocess.Popen[bytes]:
    """``chartdesk import`` with two processes."""
    command = [sys.executable, "-m", "chartdesk.app", "import", str(folder), "--practice", practice.slug]
    command += ["--processes", "2", "--report", str(report)]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)


def parts_done(practice: Any) -> int:
    with transaction(practice.pk):
        return ImportPart.objects.filter(practice=practice.pk).count()


def wait_for_the_end_of(group: int) -> None:
    """The processes whose parent was killed end by themselves, after the part they have in hand."""
    limit = time.monotonic() + LIMIT
    while True:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        assert time.monotonic() < limit, "processes of a killed import are still there"
        time.sleep(0.1)


@pytest.mark.timeout(900)
def test_an_import_that_is_killed_takes_every_line_once(practice: Any, subject: Any, tmp_path: Path) -> None:
    """Killed alone, so that its processes are left behind, and together with them; each time begun again at once."""
    sound, faulty = write(tmp_path / "files")
    chance, report = random.Random(SEED), tmp_path / "refused.csv"
    seen: list[int] = []
    orphans: list[int] = []
    for kill in range(KILLS):
        before = parts_done(practice)
        process = start(practice, tmp_path / "files", report)
        limit = time.monotonic() + LIMIT
        while parts_done(practice) <= before and process.poll() is None:
            assert time.monotonic() < limit, "the import does not move on"
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.15))
        if process.poll() is None:
            seen.append(parts_done(practice))
            if kill % 2:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
                orphans.append(process.pid)
        process.wait(60)
    assert len(seen) >= 2, "the import was over before it could be killed"
    for group in orphans:
        wait_for_the_end_of(group)
    final = importing.import_files(subject, [tmp_path / "files"])
    # Also where the last attempt had come to its end: what is done is not done again.
    assert final.resumed
    assert (final.tally.created, final.tally.refused) == (sound, faulty)
    assert importing.write_report(subject, final.run, report) == faulty
    lines = {(Path(row["file"]).name, int(row["line"])) for row in csv.DictReader(report.open())}
    names = ["basic0.ndjson.gz", *(f"basic{number}.ndjson" for number in range(1, FILES))]
    assert lines == {(name, place + 1) for name in names for place in range(7, LINES, 300)}

    stored = [json.loads(one.body) for one in search.all(subject, "Basic", [])]
    texts = Counter(one["code"]["text"] for one in stored)
    assert max(texts.values()) == 1
    assert len(texts) == sound - 1 - 4
    (doctor,) = search.all(subject, "Practitioner", [])
    waited = {one["author"]["reference"] for one in stored if "author" in one}
    assert waited == {doctor.reference}
    patients = {one.reference for one in search.all(subject, "Patient", [])}
    assert {one["subject"]["reference"] for one in stored if "subject" in one} == patients
    assert len(patients) == 4


def test_an_export_that_is_killed_holds_everything_once(
    practice: Any, subject: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "files")
    importing.import_files(subject, [tmp_path / "files"])
    job = exports.ask(subject, Wish(SYSTEM, types=["Basic", "Patient", "Practitioner"]), "test")
    chance, killed = random.Random(SEED), 0
    for _ in range(3):
        exporter = [sys.executable, "-c", EXPORTER, str(practice.pk), job]
        process = subprocess.Popen(exporter, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.15))
        killed += process.poll() is None
        process.kill()
        process.wait(60)
        process.stdout.close()
    exporting.run(practice.pk, job)
    found = exports.standing(subject, job)
    assert (found.state, killed > 0) == ("done", True)
    lines = [
        json.loads(line)
        for one in found.files
        for line in gzip.decompress(exports.file_of(subject, job, one.name).read_bytes()).splitlines()
    ]
    held = Counter((one["resourceType"], one["id"]) for one in lines)
    statement = "SELECT type, id FROM record_resource WHERE practice = %s AND type <> 'Bundle'"
    with transaction(subject):
        there = record_database.rows(statement, [practice.pk])
    assert held == Counter(there)
    assert {path.stem for path in exports.file_of(subject, job, found.files[0].name).parent.iterdir()} == {
        one.name for one in found.files
    }


@pytest.fixture
def served(database: str) -> Iterator[str]:
    """A real server and a real worker; the address."""
    port = free_port()
    environment = {**os.environ, "PORT": str(port)}
    parts = [
        subprocess.Popen([sys.executable, "-m", "chartdesk.app", name], env=environment, start_new_session=True)
        for name in ("serve", "worker")
    ]
    address, limit = f"http://127.0.0.1:{port}", time.monotonic() + 120
    while True:
        try:
            if httpx.get(f"{address}/health", timeout=10).status_code == 200:
                break
        except httpx.TransportError:
            assert time.monotonic() < limit, "the server did not start"
            time.sleep(0.05)
    yield address
    for part in parts:
        os.killpg(part.pid, signal.SIGKILL)
        part.wait(60)


def test_an_export_over_http(served: str, practice: Any, subject: Any, client_of: Any, tmp_path: Path) -> None:
    """Kick-off, the worker, the list, the files packed and not, and clients that break off in the middle of one."""
    texts = [random.Random(number).randbytes(400).hex() for number in range(6000)]
    basics = [{"resourceType": "Basic", "id": f"b{place}", "code": {"text": text}} for place, text in enumerate(texts)]
    (tmp_path / "x.ndjson").write_text("\n".join(map(json.dumps, basics)))
    importing.import_files(subject, [tmp_path / "x.ndjson"])
    token = client_of(practice, "system/*.rs").token
    with httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=60) as client:
        kicked = client.get(f"{served}/fhir/$export", headers={"Prefer": "respond-async"})
        assert kicked.status_code == 202
        place, limit = kicked.headers["Content-Location"], time.monotonic() + LIMIT
        while (status := client.get(place)).status_code == 202:
            assert time.monotonic() < limit, "the worker does not carry the export out"
            assert status.headers["X-Progress"] and status.headers["Retry-After"]
            time.sleep(0.1)
        manifest = status.json()
        (one,) = manifest["output"]
        assert (one["type"], one["count"]) == ("Basic", 6000)
        accept = {"Accept": "application/fhir+ndjson"}
        whole = client.get(one["url"], headers={**accept, "Accept-Encoding": "identity"})
        assert "content-encoding" not in whole.headers
        ids = [json.loads(line)["id"] for line in whole.text.splitlines()]
        assert sorted(ids) == sorted(f"b{n}" for n in range(6000))
        packed = client.get(one["url"], headers={**accept, "Accept-Encoding": "gzip"})
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.content == whole.content
        for coding in ("gzip", "identity"):
            with client.stream("GET", one["url"], headers={**accept, "Accept-Encoding": coding}) as broken:
                next(broken.iter_raw(1000))
        head = client.head(one["url"], headers=accept)
        assert (head.status_code, head.content) == (200, b"")
        assert client.get(one["url"], headers={"Authorization": "Bearer nobody"}).status_code == 401
        assert client.delete(place).status_code == 202
        assert client.get(one["url"]).status_code == 404
