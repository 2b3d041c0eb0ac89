"""Writers at the same moment: one wins, the others are told, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from chartdesk.kit.errors import ChartdeskError, Conflict, Stale
from chartdesk.record import history, store
from chartdesk.record.access.subject import Subject
from chartdesk.standards.fhir import r4

WRITERS = 6


def race(attempt: Callable[[int], object]) -> list[object]:
    """What each of the writers got: a result, or the refusal."""

    def run(number: int) -> object:
        try:
            return attempt(number)
        except ChartdeskError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


def test_one_of_many_writers_of_a_version_wins(subject: Subject) -> None:
    store.put(subject, r4.Patient(id="p"))
    got = race(lambda n: store.put(subject, r4.Patient(id="p", birthDate=f"200{n}-01-01"), expect=1))
    assert sum(not isinstance(one, Stale) for one in got) == 1
    assert [one.version for one in history.versions(subject, "Patient", "p")] == [2, 1]


def test_one_of_many_creators_of_an_id_wins(subject: Subject) -> None:
    got = race(lambda n: store.put(subject, r4.Patient(id="p"), create=True))
    assert sum(not isinstance(one, Conflict) for one in got) == 1


def test_writers_who_expect_nothing_all_leave_their_version(subject: Subject) -> None:
    store.put(subject, r4.Patient(id="p"))
    race(lambda n: store.put(subject, r4.Patient(id="p", birthDate=f"200{n}-01-01")))
    versions = history.versions(subject, "Patient", "p")
    assert [one.version for one in versions] == list(range(WRITERS + 1, 0, -1))
    assert len({one.body for one in versions}) == WRITERS + 1
