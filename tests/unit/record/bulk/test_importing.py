"""Import: what is taken, what is refused and where it says so, what waits, and going on after a kill."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from chartdesk.app import wiring
from chartdesk.kit.errors import Forbidden, Invalid, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.record import importing, search, store
from chartdesk.record.access.subject import Role, Subject
from chartdesk.record.bulk import intake, sources
from chartdesk.record.bulk.models import ImportRun

MRN = "http://hospital.example.org"


def patient(id: str = "a", **more: Any) -> dict[str, Any]:
    return {"resourceType": "Patient", "id": id, "gender": "female", **more}


def observation(id: str, subject: str = "Patient/a", **more: Any) -> dict[str, Any]:
    code = {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]}
    return {"resourceType": "Observation", "id": id, "status": "final", "code": code,
            "subject": {"reference": subject}, **more}  # fmt: skip


def lines(path: Path, *resources: Any) -> Path:
    """An NDJSON file; bytes are put in as they are."""
    texts = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in resources]
    text = b"".join(text + b"\n" for text in texts)
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return path


def bundle(path: Path, *resources: Any, type: str = "collection") -> Path:
    """A bundle whose entries have temporary addresses: ``urn:uuid:`` and the id."""
    entries = [{"fullUrl": f"urn:uuid:{one.get('id', 'x')}", "resource": one} for one in resources]
    path.write_text(json.dumps({"resourceType": "Bundle", "type": type, "entry": entries}))
    return path


def refused(subject: Any, report: importing.Report, folder: Path) -> list[list[str]]:
    """The report's rows, without its head and with the files' names alone."""
    path = folder / "refused.csv"
    count = importing.write_report(subject, report.run, path)
    if not count:
        assert not path.exists()
        return []
    assert path.stat().st_mode & 0o777 == 0o600
    head, *rows = list(csv.reader(path.open()))
    assert head == ["file", "line", "expression", "reason"]
    assert len(rows) == count
    return [[Path(row[0]).name, *row[1:]] for row in rows]


def test_a_refused_line_is_named_and_the_others_are_taken(subject: Any, tmp_path: Path) -> None:
    path = lines(
        tmp_path / "some.ndjson",
        patient("a"),
        b"",
        patient("b", birthDate="2021-02-30"),
        b"{not json",
        observation("o", color="red"),
        b"\xff\xfe",
        patient("c"),
    )
    report = importing.import_files(subject, [path])
    assert (report.tally.created, report.tally.refused, report.imported) == (2, 4, 2)
    assert store.get(subject, "Patient", "c").version == 1
    with pytest.raises(NotFound):
        store.get(subject, "Patient", "b")
    rows = refused(subject, report, tmp_path)
    assert [row[:3] for row in rows] == [
        ["some.ndjson", "3", "Patient.birthDate"],
        ["some.ndjson", "4", ""],
        ["some.ndjson", "5", "Observation.color"],
        ["some.ndjson", "6", ""],
    ]
    assert "2021-02-30" in rows[0][3]
    assert "UTF-8" in rows[3][3]


def test_what_is_imported_is_found_audited_and_projected(subject: Any, tmp_path: Path) -> None:
    from chartdesk.pms.registration import queries
    from chartdesk.record import audit

    path = lines(
        tmp_path / "some.ndjson",
        observation("o"),
        patient("a", name=[{"family": "Moss", "given": ["Ada"]}], birthDate="1984-05-17"),
    )
    importing.import_files(subject, [path])
    found = search.find(subject, "Observation", [("patient", "a"), ("code", "http://loinc.org|8867-4")])
    assert [one.id for one in found] == ["o"]
    assert [one.patient_id for one in queries.find(subject, "moss")] == ["a"]
    trail = [(row.action, row.what) for row in audit.trail(subject, "a") if row.detail == "import of some.ndjson"]
    assert sorted(trail) == [("C", "Observation"), ("C", "Patient")]


@pytest.mark.parametrize("name", ["x.ndjson", "x.ndjson.gz", "x.json", "x.json.gz"])
def test_files_may_be_lines_or_bundles_packed_or_not(subject: Any, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if ".json" in name:
        bundle(path, patient("a"), observation("o", "urn:uuid:a"))
        if path.suffix == ".gz":
            path.write_bytes(gzip.compress(path.read_bytes()))
    else:
        lines(path, patient("a"), observation("o"))
    report = importing.import_files(subject, [tmp_path])
    assert report.tally.created == 2
    assert store.get(subject, "Observation", "o").patient == "a"


def test_decimals_keep_their_digits(subject: Any, tmp_path: Path) -> None:
    text = json.dumps(observation("o", valueQuantity={"value": 1, "unit": "kg"})).replace("1,", "72.500,")
    importing.import_files(subject, [lines(tmp_path / "x.ndjson", text.encode())])
    assert b"72.500" in store.get(subject, "Observation", "o").body


@pytest.mark.parametrize(
    ("policy", "counts", "version", "gender"),
    [
        ("update", (0, 1, 1, 0), 2, "male"),
        ("skip", (0, 0, 2, 0), 1, "female"),
        ("refuse", (0, 0, 0, 2), 1, "female"),
    ],
)
def test_what_is_there_already(
    subject: Any, tmp_path: Path, policy: str, counts: tuple[int, ...], version: int, gender: str
) -> None:
    importing.import_files(subject, [lines(tmp_path / "1.ndjson", patient("a"), patient("same"))])
    path = lines(tmp_path / "2.ndjson", patient("a", gender="male"), patient("same"))
    report = importing.import_files(subject, [path], policy=policy)
    done = report.tally
    assert (done.created, done.updated, done.kept, done.refused) == counts
    stored = store.get(subject, "Patient", "a")
    assert stored.version == version
    assert json.loads(stored.body)["gender"] == gender
    assert store.get(subject, "Patient", "same").version == 1
    if policy == "refuse":
        assert "already" in refused(subject, report, tmp_path)[0][3]


def test_the_same_id_twice_in_a_file_is_an_update(subject: Any, tmp_path: Path) -> None:
    path = lines(tmp_path / "x.ndjson", patient("a"), patient("a", gender="male"), patient("a", gender="male"))
    report = importing.import_files(subject, [path])
    assert (report.tally.created, report.tally.updated, report.tally.kept) == (1, 1, 1)
    assert store.get(subject, "Patient", "a").version == 2


def test_what_was_deleted_comes_back(subject: Any, tmp_path: Path) -> None:
    path = lines(tmp_path / "x.ndjson", patient("a"))
    importing.import_files(subject, [path])
    store.delete(subject, "Patient", "a")
    assert importing.import_files(subject, [path], anew=True).tally.created == 1
    assert store.get(subject, "Patient", "a").version == 3


def test_a_bundle_is_taken_whole_or_not_at_all(subject: Any, tmp_path: Path) -> None:
    bundle(tmp_path / "bad.json", patient("a"), patient("b", birthDate="2021-02-30"), observation("o", status="x"))
    bundle(tmp_path / "good.json", patient("c"))
    (tmp_path / "none.json").write_text("[]")
    (tmp_path / "single.json").write_text(json.dumps(patient("d")))
    (tmp_path / "strange.json").write_text('{"resourceType": "Bundle", "type": "collection", "entries": []}')
    report = importing.import_files(subject, [tmp_path])
    assert (report.tally.created, report.tally.refused) == (2, 3)
    with pytest.raises(NotFound):
        store.get(subject, "Patient", "a")
    rows = refused(subject, report, tmp_path)
    assert [row[:3] for row in rows[:2]] == [
        ["bad.json", "1", "Bundle.entry[1].resource.birthDate"],
        ["bad.json", "1", "Bundle.entry[2].resource.status"],
    ]
    assert rows[2][0] == "none.json"
    assert rows[3][:3] == ["strange.json", "1", "Bundle"] and "'entries'" in rows[3][3]


def test_references_may_point_at_what_comes_later(subject: Any, tmp_path: Path) -> None:
    """By condition in lines and bundles, and by temporary addresses between bundles, also in a circle."""
    doctor = {"resourceType": "Practitioner", "id": "doc", "identifier": [{"system": MRN, "value": "7"}]}
    lines(tmp_path / "1.ndjson", observation("o", performer=[{"reference": f"Practitioner?identifier={MRN}|7"}]))
    bundle(tmp_path / "2.json", patient("a", generalPractitioner=[{"reference": f"Practitioner?identifier={MRN}|7"}],
                                        link=[{"other": {"reference": "urn:uuid:b"}, "type": "seealso"}]))  # fmt: skip
    bundle(tmp_path / "3.json", patient("b", link=[{"other": {"reference": "urn:uuid:a"}, "type": "seealso"}]))
    lines(tmp_path / "4.ndjson", doctor)
    report = importing.import_files(subject, [tmp_path])
    assert (report.tally.created, report.tally.refused) == (4, 0)
    assert json.loads(store.get(subject, "Observation", "o").body)["performer"] == [{"reference": "Practitioner/doc"}]
    a, b = (json.loads(store.get(subject, "Patient", id).body) for id in "ab")
    assert a["generalPractitioner"] == [{"reference": "Practitioner/doc"}]
    assert (a["link"][0]["other"], b["link"][0]["other"]) == ({"reference": "Patient/b"}, {"reference": "Patient/a"})


def test_what_never_comes_is_refused_or_left_as_it_is(subject: Any, tmp_path: Path) -> None:
    lines(tmp_path / "1.ndjson", observation("o", performer=[{"reference": "Practitioner?identifier=none"}]))
    bundle(tmp_path / "2.json", observation("p", "urn:uuid:nobody"))
    report = importing.import_files(subject, [tmp_path])
    assert (report.tally.created, report.tally.refused) == (1, 1)
    assert b"urn:uuid:nobody" in store.get(subject, "Observation", "p").body
    (row,) = refused(subject, report, tmp_path)
    assert row[:2] == ["1.ndjson", "1"]
    assert "Practitioner?identifier=none matches no resource" in row[3]


def test_a_rule_that_objects_is_laid_to_its_own_line(subject: Any, tmp_path: Path) -> None:
    """Of two patients with one record number the database takes one, and the others of the part."""
    number = {"type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}}
    system = "urn:chartdesk:mrn"
    from chartdesk.pms.registration import resources

    number = [{"system": getattr(resources, "MRN", system), "value": "5550001"}]
    people = [patient(f"p{place}") for place in range(20)]
    people[3]["identifier"] = people[17]["identifier"] = number
    report = importing.import_files(subject, [lines(tmp_path / "x.ndjson", *people)])
    assert (report.tally.created, report.tally.refused) == (19, 1)
    (row,) = refused(subject, report, tmp_path)
    assert "5550001" in row[3]


def test_values_the_database_cannot_hold_are_refused(subject: Any, tmp_path: Path) -> None:
    text = json.dumps(patient("b", name=[{"family": "x"}])).replace('"x"', '"a\\u0000b"').encode()
    report = importing.import_files(subject, [lines(tmp_path / "x.ndjson", patient("a"), text, patient("c"))])
    assert report.tally.created >= 2
    assert report.tally.created + report.tally.refused == 3


def test_a_broken_packed_file_is_taken_as_far_as_it_goes(subject: Any, tmp_path: Path) -> None:
    path = lines(tmp_path / "x.ndjson.gz", *(observation(f"o{n}", note=[{"text": "x" * 500}]) for n in range(3000)))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - 300])
    report = importing.import_files(subject, [path])
    assert 0 < report.tally.created < 3000
    assert report.tally.refused == 1
    assert "end" in refused(subject, report, tmp_path)[0][3]


def test_a_line_that_is_too_long_is_passed(subject: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "PART", 1000)
    monkeypatch.setattr(sources, "LARGEST_LINE", 5000)
    long = observation("long", note=[{"text": "x" * 20_000}])
    path = lines(tmp_path / "x.ndjson", patient("a"), long, *(observation(f"o{n}") for n in range(20)))
    report = importing.import_files(subject, [path])
    assert (report.tally.created, report.tally.refused) == (21, 1)
    assert refused(subject, report, tmp_path)[0][:2] == ["x.ndjson", "2"]
    assert "longer than 5,000 bytes" in refused(subject, report, tmp_path)[0][3]


@pytest.mark.parametrize("size", [1, 7, 100, 1000, 10**6])
def test_parts_are_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(sources, "PART", size)
    text = b"".join(b"%d %s\n" % (n, b"x" * (n % 40)) for n in range(200)) + b"the end"
    for name in ("x.ndjson", "x.ndjson.gz"):
        path = tmp_path / name
        path.write_bytes(gzip.compress(text) if name.endswith("gz") else text)
        parts = list(sources.parts(path))
        texts = [sources.text_of(path, part) for part in parts]
        assert b"".join(texts) == text
        assert [part.place for part in parts] == [sum(map(len, texts[:n])) for n in range(len(texts))]
        assert [part.line for part in parts] == [1 + sum(t.count(b"\n") for t in texts[:n]) for n in range(len(texts))]


def test_an_import_goes_on_where_it_was(subject: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also for resources without an id, which would come twice otherwise."""
    monkeypatch.setattr(sources, "PART", 1000)
    nameless = [{"resourceType": "Basic", "code": {"text": f"number {n}"}} for n in range(100)]
    path = lines(tmp_path / "x.ndjson", *nameless, patient("b", birthDate="x"))
    take, seen = intake.take, []

    def stopping(*given: Any) -> Any:
        seen.append(given)
        if len(seen) == 4:
            raise KeyboardInterrupt
        return take(*given)

    monkeypatch.setattr(intake, "take", stopping)
    with pytest.raises(KeyboardInterrupt):
        importing.import_files(subject, [path])
    before = len(list(search.all(subject, "Basic", [])))
    assert 0 < before < 100
    monkeypatch.setattr(intake, "take", take)
    told: list[int] = []
    report = importing.import_files(subject, [path], progress=lambda at: told.append(at.tally.imported))
    assert report.resumed
    assert told[0] > before and told[-1] == 100
    assert (report.tally.created, report.tally.refused) == (100, 1)
    assert len(list(search.all(subject, "Basic", []))) == 100
    again = importing.import_files(subject, [path])
    assert again.finished is not None and again.tally == report.tally
    assert len(list(search.all(subject, "Basic", []))) == 100
    anew = importing.import_files(subject, [path], anew=True)
    assert (anew.resumed, anew.finished, anew.tally.created) == (False, None, 100)


def test_a_changed_file_is_another_file(subject: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = lines(tmp_path / "x.ndjson", patient("a"))
    with monkeypatch.context() as patched:
        patched.setattr(intake, "take", lambda *given: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            importing.import_files(subject, [path])
    lines(path, patient("a", gender="male"), patient("b"))
    assert not importing.import_files(subject, [path]).resumed
    assert store.get(subject, "Patient", "b")


def test_synthea_bundles_come_whole(subject: Any, shared: Path) -> None:
    """All files at once, with two processes: nothing is refused, and no reference is left without an address."""
    from chartdesk.app import wiring

    folder = shared / "samples" / "fhir" / "synthea"
    report = importing.import_files(subject, [folder], processes=2, prepare=wiring.set_up)
    assert report.tally.refused == 0
    entries = [entry for path in folder.glob("*.json") for entry in json.loads(path.read_bytes())["entry"]]
    keys = {(entry["resource"]["resourceType"], entry["resource"]["id"]) for entry in entries}
    assert report.imported == len(entries)
    for type, id in list(keys)[::20]:
        assert b"urn:uuid" not in store.get(subject, type, id).body


def test_only_a_manager_may(practice: Any, tmp_path: Path) -> None:
    nurse = Subject(practice.pk, "user:1", "Nurse", frozenset({Role.NURSE}))
    with pytest.raises(Forbidden):
        importing.import_files(nurse, [tmp_path])


def test_names_that_are_nothing_are_refused(subject: Any, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="no file"):
        importing.import_files(subject, [tmp_path / "nothing.json"])
    with pytest.raises(Invalid, match="no file to import"):
        importing.import_files(subject, [tmp_path])
    with pytest.raises(Invalid, match="policy"):
        importing.import_files(subject, [tmp_path], policy="perhaps")


def test_an_import_that_was_killed_at_its_very_end_is_ended(subject: Any, tmp_path: Path) -> None:
    """All parts are done and nobody has said so: there is nothing to wait for."""
    path = lines(tmp_path / "x.ndjson", patient("a"), patient("b"))
    first = importing.import_files(subject, [path])
    with transaction(subject):
        ImportRun.objects.filter(practice=subject.practice, pk=first.run).update(finished=None)
    again = importing.import_files(subject, [path], processes=2, prepare=wiring.set_up)
    assert (again.run, again.resumed, again.finished, again.tally) == (first.run, True, None, first.tally)
