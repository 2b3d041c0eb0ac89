"""The life of an export: what it notes, its end, its limits, attempts that were cut off, writers, its files."""

from __future__ import annotations

import gzip
import json
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.unit.api.exported import ASYNC, asked, carried_out, fetched, fill, held, job_of

from chartdesk.kit import clock
from chartdesk.kit.transactions import transaction
from chartdesk.record import audit
from chartdesk.record.access.subject import system
from chartdesk.record.bulk import exporting, exports, shelf
from chartdesk.record.bulk.models import ExportJob


def test_everything_is_noted(api: Any, practice: Any) -> None:
    fill(api)
    manifest = carried_out(api, practice, "$export")
    held(api, manifest)
    job = manifest["output"][0]["url"].partition("job=")[2].partition("&")[0]
    who = system(practice.pk, "test")
    rows = audit.trail(who, "a")
    assert {(row.action, row.what, row.version) for row in rows if row.detail == f"bulk export {job}"} == {
        ("R", "Patient", 1),
        ("R", "Observation", 2),
    }
    general = [(row.action, row.detail) for row in audit.trail(who, "") if row.what == "bulk export"]
    assert sum(action == "R" for action, _ in general) == len(manifest["output"])
    assert next(detail for action, detail in general if action == "E").startswith("asked for: ")


def test_an_export_can_be_given_up(api: Any, practice: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it begins, in the middle, and when it is done; nothing of it stays."""
    fill(api)
    place = asked(api, "$export")
    assert api.send("DELETE", place).status == 202
    assert api.send("GET", place).status == 404
    exporting.run(practice.pk, job_of(place))

    place = asked(api, "$export")
    write = shelf.Writer.keep

    def disturbed(self: Any) -> None:
        exports.cancel(exports.subject_of(job), job.pk)
        write(self)

    with transaction(practice.pk):
        job = ExportJob.objects.get(pk=job_of(place))
    with monkeypatch.context() as patched:
        patched.setattr(shelf.Writer, "keep", disturbed)
        exporting.run(practice.pk, job.pk)
    assert api.send("GET", place).status == 404

    place = asked(api, "$export")
    exporting.run(practice.pk, job_of(place))
    assert api.send("DELETE", place).status == 202
    folder = shelf.folder(practice.pk, "x").parent
    assert [path for one in folder.iterdir() for path in one.iterdir()] == []


def test_files_expire(api: Any, practice: Any) -> None:
    fill(api)
    place = asked(api, "$export")
    exporting.run(practice.pk, job_of(place))
    with clock.at(clock.now() + timedelta(hours=25)):
        assert exports.prune() >= 1
    assert api.send("GET", place).status == 404
    assert not (shelf.folder(practice.pk, "x").parent / job_of(place)).exists()


def test_a_client_has_few_exports_under_way(api: Any) -> None:
    for _ in range(exports.MOST):
        asked(api, "$export")
    response = api.send("GET", "$export", **ASYNC)
    assert response.status == 429
    assert response.headers["Retry-After"]


def test_a_section_that_was_cut_off_is_done_again(api: Any, practice: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(api)
    monkeypatch.setattr(exporting, "FILE", 2)
    monkeypatch.setattr("chartdesk.record.bulk.reader.BATCH", 2)
    place = asked(api, "$export")
    kept: list[str] = []
    keep = shelf.Writer.keep

    def killed(self: Any) -> None:
        keep(self)
        kept.append(self._path.stem)
        if len(kept) == 3:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(shelf.Writer, "keep", killed)
        with pytest.raises(KeyboardInterrupt):
            exporting.run(practice.pk, job_of(place))
    assert api.send("GET", place).status == 202
    assert (practice.pk, job_of(place)) in exports.under_way()
    exporting.run(practice.pk, job_of(place))
    manifest = json.loads(api.send("GET", place).body)
    assert held(api, manifest)["Observation"] == ["a1", "a2", "b1", "b2", "c1", "c2"]
    assert [one["count"] for one in manifest["output"] if one["type"] == "Observation"] == [2, 2, 2]
    names = {path.stem for path in shelf.folder(practice.pk, job_of(place)).iterdir()}
    assert names == {parse_qs(urlsplit(one["url"]).query)["name"][0] for one in manifest["output"]}


def test_a_client_that_is_shut_out_gets_nothing(api: Any, practice: Any) -> None:
    from chartdesk.record.access.models import ApiClient

    fill(api)
    place = asked(api, "$export")
    ApiClient.objects.filter(practice=practice.pk).update(active=False)
    exporting.run(practice.pk, job_of(place))
    with transaction(practice.pk):
        job = ExportJob.objects.get(pk=job_of(place))
    assert (job.state, "no longer" in job.error) == ("failed", True)


def test_a_failed_export_says_why(api: Any, practice: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(api)
    place = asked(api, "$export")
    monkeypatch.setattr(shelf.Writer, "write", lambda *given: (_ for _ in ()).throw(OSError(28, "No space left")))
    exporting.run(practice.pk, job_of(place))
    response = api.send("GET", place)
    assert response.status == 500
    assert "OSError" in json.loads(response.body)["issue"][0]["diagnostics"]


def test_packed_and_unpacked_are_the_same(api: Any, practice: Any) -> None:
    fill(api)
    url = carried_out(api, practice, "$export?_type=Observation")["output"][0]["url"]
    response = api.send("GET", url.partition("/fhir/")[2], accept_encoding="gzip")
    assert response.headers["Content-Encoding"] == "gzip"
    packed = b"".join(shelf.pieces(response.file, packed=response.packed))
    assert int(response.headers["Content-Length"]) == len(packed)
    assert gzip.decompress(packed) == fetched(api, url)
    assert response.file.stat().st_mode & 0o777 == 0o600
    assert response.file.parent.stat().st_mode & 0o777 == 0o700


def test_who_writes_at_the_kick_off_is_waited_for(api: Any, practice: Any, subject: Any) -> None:
    """A write that was under way bears an earlier time than the export, so the export must hold it."""
    from django.db import connection

    from chartdesk.record import store

    begun, go = threading.Event(), threading.Event()

    def write() -> None:
        with transaction(subject):
            store.put(subject, b'{"resourceType":"Patient","id":"late"}')
            begun.set()
            go.wait(60)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert begun.wait(60)
    place = asked(api, "$export?_type=Patient")
    runner = threading.Thread(target=lambda: (exporting.run(practice.pk, job_of(place)), connection.close()))
    runner.start()
    time.sleep(0.5)
    assert api.send("GET", place).status == 202
    go.set()
    writer.join()
    runner.join()
    assert held(api, json.loads(api.send("GET", place).body)) == {"Patient": ["late"]}


def test_large_files_unpack_in_pieces(tmp_path: Path) -> None:
    writer = shelf.Writer(tmp_path, "x")
    text = b"".join(b'{"n":%d}\n' % n for n in range(200_000))
    writer.write(text)
    writer.keep()
    pieces = list(shelf.pieces(tmp_path / "x.gz", packed=False))
    assert b"".join(pieces) == text
    assert max(map(len, pieces)) <= 256 * 1024
