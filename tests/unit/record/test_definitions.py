"""The index of a practice after its search parameters have changed: what is said, and how it is built anew."""

from __future__ import annotations

import json
import threading
from typing import Any

import msgspec
import pytest
from django.db import connection
from tests.unit.record import library

from chartdesk.kit.errors import Unavailable
from chartdesk.kit.transactions import transaction
from chartdesk.record import database, definitions, history, search, store
from chartdesk.record.access.subject import Subject
from chartdesk.record.definitions import building, state, versions


class Killed(Exception):
    """Stands for a process that is killed between two batches."""


def outdate(subject: Subject, *left_out: tuple[str, str]) -> None:
    """Leave the index as an older version would have left it: without some parameters, and without their values."""
    old: versions.Parameters = json.loads(json.dumps(versions.present()))
    for type, code in left_out:
        del old[type][code]
    with transaction(subject):
        version = f"older-{subject.practice}"
        database.execute(state._KEEP, [version, msgspec.json.encode(old).decode()])
        database.execute("UPDATE definitions_indexstate SET version = %s", [version])
        database.execute("UPDATE record_resource SET tokens = '{}', marks = '{}'")
        database.execute("DELETE FROM record_date")
        database.execute("DELETE FROM record_string")
    state.forget(subject.practice)


def ids(subject: Subject, type: str, *pairs: tuple[str, str]) -> str:
    return " ".join(sorted(one.id for one in search.find(subject, type, pairs)))


def warned(subject: Subject, type: str, *pairs: tuple[str, str]) -> list[str]:
    return search.find(subject, type, pairs).query.warnings


def test_the_index_of_a_new_practice_is_complete(subject: Subject) -> None:
    library.fill(subject)
    assert definitions.progress(subject.practice).finished
    assert definitions.build(subject.practice)
    assert warned(subject, "Observation", ("code", "29463-7")) == []
    assert search.find(subject, "Observation", [("code", "29463-7")], strict=True).total == 2


def test_a_search_says_what_is_still_being_built(subject: Subject) -> None:
    library.fill(subject)
    outdate(subject, ("Observation", "code"), ("Patient", "family"))
    (sentence,) = warned(subject, "Observation", ("code", "29463-7"))
    assert sentence.startswith("The index of Observation:code is being built (0 % done)")
    assert warned(subject, "Observation", ("_id", "w1")) == []
    assert "Patient:family" in warned(subject, "Observation", ("patient.family", "moss"))[0]
    assert "Observation:code" in warned(subject, "Patient", ("_has:Observation:patient:code", "1"))[0]
    assert "Patient:family" in warned(subject, "Patient", ("_sort", "family"))[0]
    with pytest.raises(Unavailable, match="Observation:code"):
        search.find(subject, "Observation", [("code", "29463-7")], strict=True)


def test_the_build_finds_everything_again_and_changes_no_version(subject: Subject) -> None:
    library.fill(subject)
    outdate(subject, ("Observation", "code"), ("Observation", "date"), ("Patient", "family"))
    assert ids(subject, "Observation", ("code", "29463-7")) == ""
    heard: list[definitions.Progress] = []
    assert definitions.build(subject.practice, said=heard.append)
    assert heard[0].types == ("Observation", "Patient")
    assert definitions.progress(subject.practice).per_cent == 100
    assert ids(subject, "Observation", ("code", "29463-7"), ("date", "2024-03-01")) == "w1"
    assert ids(subject, "Patient", ("family", "moss")) == "ada"
    assert warned(subject, "Observation", ("code", "29463-7")) == []
    assert [one.version for one in history.versions(subject, "Observation", "w1")] == [1]
    # The types whose parameters had not changed were left alone.
    assert ids(subject, "Condition", ("code", "I10")) == ""
    assert definitions.build(subject.practice, everything=True)
    assert ids(subject, "Condition", ("code", "I10")) == "pressure"


def test_a_killed_build_goes_on_where_it_was(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    library.fill(subject)
    outdate(subject, ("Observation", "code"))
    monkeypatch.setattr(building, "BATCH", 2)
    heard: list[int] = []

    def kill(now: definitions.Progress) -> None:
        heard.append(now.done)
        if len(heard) == 3:
            raise Killed

    with pytest.raises(Killed):
        definitions.build(subject.practice, said=kill)
    state.forget(subject.practice)
    assert len(search.find(subject, "Observation", [("code:missing", "false")])) == 4
    (sentence,) = warned(subject, "Observation", ("code", "29463-7"))
    assert "(0 % done)" not in sentence
    seen: list[int] = []
    definitions.build(subject.practice, said=lambda now: seen.append(now.done))
    assert seen[0] == heard[2] > heard[1] > heard[0]
    assert len(search.find(subject, "Observation", [("code:missing", "false")])) == 7


def test_others_write_while_it_is_built(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(60):
        one = library.observation(f"o{number}", "29463-7", "ada", "2024-03-01")
        store.put(subject, json.dumps(one).encode())
    outdate(subject, ("Observation", "code"))
    monkeypatch.setattr(building, "BATCH", 7)
    faults: list[Exception] = []
    stopping = threading.Event()

    def write(first: int) -> None:
        number = first
        try:
            while not stopping.is_set():
                one = library.observation(f"o{number % 60}", "8302-2", "ada", "2024-03-02")
                store.put(subject, json.dumps(one).encode())
                number += 7
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(first,)) for first in (0, 31)]
    for writer in writers:
        writer.start()
    assert definitions.build(subject.practice)
    stopping.set()
    for writer in writers:
        writer.join()
    assert faults == []
    stored = {one.id: codes(one.resource) for one in search.all(subject, "Observation", [])}
    for code in ("29463-7", "8302-2"):
        found = {one.id for one in search.all(subject, "Observation", [("code", code)])}
        assert found == {id for id, of in stored.items() if of == code}
        found = {one.id for one in search.all(subject, "Observation", [("code", code), ("date", "ge2024")])}
        assert found == {id for id, of in stored.items() if of == code}


def codes(resource: Any) -> str:
    return str(resource.code.coding[0].code)


def test_one_process_at_a_time(subject: Subject) -> None:
    library.fill(subject)
    outdate(subject, ("Observation", "code"))
    answers: list[bool] = []

    def other() -> None:
        answers.append(definitions.build(subject.practice))
        connection.close()

    def meanwhile(_: definitions.Progress) -> None:
        if not answers:
            thread = threading.Thread(target=other)
            thread.start()
            thread.join()

    assert definitions.build(subject.practice, said=meanwhile)
    assert answers == [False]
