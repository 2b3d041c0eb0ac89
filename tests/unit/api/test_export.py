"""``$export``: kick-off, status, files, what scopes hold back, cancelling, expiry, killed jobs."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from chartdesk.kit import clock
from chartdesk.kit.transactions import transaction
from chartdesk.record import audit
from chartdesk.record.access.subject import system
from chartdesk.record.bulk import exporting, exports, shelf
from chartdesk.record.bulk.models import ExportJob

ASYNC = {"prefer": "respond-async"}


def observation(id: str, patient: str, category: str = "laboratory", **more: Any) -> dict[str, Any]:
    system = "http://terminology.hl7.org/CodeSystem/observation-category"
    return {"resourceType": "Observation", "id": id, "status": "final", "subject": {"reference": f"Patient/{patient}"},
            "category": [{"coding": [{"system": system, "code": category}]}],
            "code": {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]}, **more}  # fmt: skip


def fill(api: Any) -> None:
    """Three patients, two observations each, a practitioner, and a group of the first two patients."""
    for id in "abc":
        put(api, {"resourceType": "Patient", "id": id, "gender": "female"})
        put(api, observation(f"{id}1", id))
        put(api, observation(f"{id}2", id, "vital-signs"))
    put(api, {"resourceType": "Practitioner", "id": "doc"})
    put(api, {"resourceType": "ValueSet", "id": "set", "status": "active"})
    members = [{"entity": {"reference": f"Patient/{id}"}} for id in "ab"]
    gone = {"entity": {"reference": "Patient/c"}, "inactive": True}
    put(api, {"resourceType": "Group", "id": "g", "type": "person", "actual": True, "member": [*members, gone]})


def put(api: Any, resource: dict[str, Any]) -> None:
    address = f"{resource['resourceType']}/{resource['id']}"
    assert api.send("PUT", address, resource).status in (200, 201)


def asked(api: Any, address: str, **more: Any) -> str:
    """Kick off; the address of the status, below /fhir/."""
    response = api.send(more.pop("method", "GET"), address, more.pop("body", None), **{**ASYNC, **more})
    assert response.status == 202, response.body
    place: str = response.headers["Content-Location"]
    return place.partition("/fhir/")[2]


def job_of(place: str) -> str:
    return parse_qs(urlsplit(place).query)["job"][0]


def carried_out(api: Any, practice: Any, address: str, **more: Any) -> dict[str, Any]:
    """Kick off, let it be carried out as the worker does, and give the manifest."""
    place = asked(api, address, **more)
    assert api.send("GET", place).status == 202
    exporting.run(practice.pk, job_of(place))
    response = api.send("GET", place)
    assert response.status == 200, response.body
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Expires"].endswith("GMT")
    manifest: dict[str, Any] = json.loads(response.body)
    assert manifest["requiresAccessToken"] is True
    return manifest


def fetched(api: Any, url: str, **headers: str) -> bytes:
    """A file as the server sends it, to one who does not take gzip."""
    response = api.send("GET", url.partition("/fhir/")[2], accept="application/fhir+ndjson", **headers)
    assert response.status == 200, response.body
    assert response.headers["Content-Type"] == "application/fhir+ndjson"
    return b"".join(shelf.pieces(response.file, packed=response.packed))


def held(api: Any, manifest: dict[str, Any], part: str = "output") -> dict[str, list[str]]:
    """type → ids of what the files hold, after comparing the counts."""
    found: dict[str, list[str]] = {}
    for one in manifest[part]:
        lines = fetched(api, one["url"]).splitlines()
        assert len(lines) == one["count"]
        for line in lines:
            resource = json.loads(line)
            assert resource["resourceType"] == one["type"]
            found.setdefault(one["type"], []).append(resource.get("id", ""))
    return {type: sorted(ids) for type, ids in found.items()}


def test_the_system_level_gives_everything_as_it_is_stored(api: Any, practice: Any) -> None:
    fill(api)
    put(api, observation("digits", "a", valueQuantity={"value": 1, "unit": "kg"}))
    body = (
        json.dumps(observation("lines", "a", note=[{"text": "x"}]), indent=2).replace('"x"', '"two\\nlines"').encode()
    )
    assert api.send("PUT", "Observation/lines", body).status == 201
    before = clock.now()
    manifest = carried_out(api, practice, "$export")
    assert manifest["request"] == "http://127.0.0.1:8000/fhir/$export"
    assert manifest["transactionTime"] >= before.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert held(api, manifest) == {
        "Group": ["g"],
        "Observation": ["a1", "a2", "b1", "b2", "c1", "c2", "digits", "lines"],
        "Patient": ["a", "b", "c"],
        "Practitioner": ["doc"],
        "ValueSet": ["set"],
    }
    url = next(one["url"] for one in manifest["output"] if one["type"] == "Observation")
    lines = {json.loads(line)["id"]: line for line in fetched(api, url).splitlines()}
    assert lines["a1"] == api.send("GET", "Observation/a1").body
    assert json.loads(lines["lines"])["note"] == [{"text": "two\nlines"}]


@pytest.mark.parametrize(
    ("address", "types"),
    [
        ("Patient/$export", {"Patient": "a b c", "Observation": "a1 a2 b1 b2 c1 c2", "Practitioner": "doc"}),
        ("Patient/$export?_type=Patient", {"Patient": "a b c"}),
        ("Group/g/$export", {"Patient": "a b", "Observation": "a1 a2 b1 b2", "Practitioner": "doc"}),
        ("Group/g/$export?_type=Observation&_typeFilter=Observation?category=vital-signs", {"Observation": "a2 b2"}),
        ("$export?_type=Observation,Patient&_typeFilter=Observation?category=vital-signs",
         {"Observation": "a2 b2 c2", "Patient": "a b c"}),
        ("$export?_type=Observation&_typeFilter=Observation?category=vital-signs&_typeFilter=Observation?patient=a",
         {"Observation": "a1 a2 b2 c2"}),
        ("$export?_type=Observation&_typeFilter=Observation%3Fcategory%3Dvital-signs%26patient%3Da",
         {"Observation": "a2"}),
    ],
)  # fmt: skip
def test_levels_types_and_filters(api: Any, practice: Any, address: str, types: dict[str, str]) -> None:
    fill(api)
    assert held(api, carried_out(api, practice, address)) == {type: ids.split() for type, ids in types.items()}


def test_a_kick_off_may_be_a_post(api: Any, practice: Any) -> None:
    fill(api)
    body = {"resourceType": "Parameters", "parameter": [
        {"name": "_type", "valueString": "Patient,Observation"},
        {"name": "_typeFilter", "valueString": "Observation?category=vital-signs"},
        {"name": "patient", "valueReference": {"reference": "Patient/b"}},
        {"name": "_outputFormat", "valueString": "ndjson"},
    ]}  # fmt: skip
    manifest = carried_out(api, practice, "Group/g/$export", method="POST", body=body)
    assert held(api, manifest) == {"Patient": ["b"], "Observation": ["b2"]}
    body["parameter"][2] = {"name": "patient", "valueReference": {"reference": "Patient/c"}}
    assert api.send("POST", "Group/g/$export", body, **ASYNC).status == 400


def test_since_gives_what_changed_and_what_was_deleted(api: Any, practice: Any) -> None:
    fill(api)
    first = carried_out(api, practice, "Patient/$export?_type=Patient,Observation")
    since = first["transactionTime"]
    put(api, observation("a1", "a", "survey"))
    for id in ("b1", "c1"):
        assert api.send("DELETE", f"Observation/{id}").status == 204
    for address, gone in (
        ("$export", ["Observation/b1", "Observation/c1"]),
        ("Patient/$export", ["Observation/b1", "Observation/c1"]),
        ("Group/g/$export", ["Observation/b1"]),
    ):
        manifest = carried_out(api, practice, f"{address}?_since={since}")
        assert held(api, manifest) == {"Observation": ["a1"]}
        (deleted,) = manifest["deleted"]
        bundle = json.loads(fetched(api, deleted["url"]))
        assert deleted["type"] == bundle["resourceType"] == "Bundle"
        assert [entry["request"]["url"] for entry in bundle["entry"]] == gone
        assert {entry["request"]["method"] for entry in bundle["entry"]} == {"DELETE"}


@pytest.mark.parametrize(
    ("address", "headers", "status", "said"),
    [
        ("$export", {"prefer": ""}, 400, "respond-async"),
        ("$export?_type=Nothing", {}, 400, "Nothing"),
        ("Patient/$export?_type=ValueSet", {}, 400, "no patient"),
        ("$export?_outputFormat=text/csv", {}, 400, "ndjson"),
        ("$export?_elements=id", {}, 400, "_elements"),
        ("$export?_since=yesterday", {}, 400, "instant"),
        ("$export?_typeFilter=Observation", {}, 400, "filter"),
        ("$export?_type=Patient&_typeFilter=Observation?code=1", {}, 400, "filter"),
        ("$export?_typeFilter=Observation?colour=red", {}, 400, "colour"),
        ("$export?_typeFilter=Observation?_include=*", {}, 400, "_include"),
        ("$export?patient=Patient/a", {}, 400, "patient"),
        ("Patient/$export?patient=a", {}, 400, "Patient/1"),
        ("Group/none/$export", {}, 404, "Group/none"),
        ("$export", {"accept": "text/html"}, 406, "text/html"),
    ],
)
def test_what_makes_no_sense_is_refused(
    api: Any, address: str, headers: dict[str, str], status: int, said: str
) -> None:
    response = api.send("GET", address, **{**ASYNC, **headers})
    assert response.status == status
    assert said in json.loads(response.body)["issue"][0]["diagnostics"]


def test_lenient_leaves_out_and_says_so(api: Any, practice: Any) -> None:
    fill(api)
    address = "Patient/$export?_type=Patient,ValueSet&_elements=id"
    manifest = carried_out(api, practice, address, prefer="respond-async, handling=lenient")
    assert held(api, manifest) == {"Patient": ["a", "b", "c"]}
    (error,) = manifest["error"]
    assert "ValueSet" in fetched(api, error["url"]).decode()


def test_scopes_hold(api: Any, practice: Any, client_of: Callable[..., Any]) -> None:
    fill(api)
    narrow = client_of(practice, "system/Observation.rs?category=vital-signs", "system/Patient.r", "system/Group.r")
    assert held(narrow, carried_out(narrow, practice, "$export")) == {
        "Group": ["g"],
        "Observation": ["a2", "b2", "c2"],
        "Patient": ["a", "b", "c"],
    }
    assert held(narrow, carried_out(narrow, practice, "Group/g/$export"))["Observation"] == ["a2", "b2"]
    assert narrow.send("GET", "$export?_type=Practitioner", **ASYNC).status == 403
    writer = client_of(practice, "system/Patient.c")
    assert writer.send("GET", "$export", **ASYNC).status == 403


def test_nobody_else_sees_an_export(api: Any, practice: Any, client_of: Callable[..., Any], database: str) -> None:
    fill(api)
    place = asked(api, "$export")
    exporting.run(practice.pk, job_of(place))
    url = json.loads(api.send("GET", place).body)["output"][0]["url"].partition("/fhir/")[2]
    other = client_of(practice, "system/*.cruds")
    for method, address in (("GET", place), ("DELETE", place), ("GET", url)):
        assert other.send(method, address).status == 404
    assert api.send("GET", place).status == 200
    assert api.send("GET", url, authorization="Bearer nothing").status == 401
    assert api.send("GET", url.replace("name=", "name=../")).status == 404


def test_another_practice_is_out_of_sight(api: Any, practice: Any, client_of: Callable[..., Any]) -> None:
    from chartdesk.record.access import people

    fill(api)
    other = people.open_practice(f"{practice.slug}-2", "Other")
    stranger = client_of(other, "system/*.cruds")
    assert held(stranger, carried_out(stranger, other, "$export")) == {}
    assert stranger.send("GET", asked(api, "$export")).status == 404


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
    import gzip

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
            go.wait(20)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert begun.wait(20)
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
