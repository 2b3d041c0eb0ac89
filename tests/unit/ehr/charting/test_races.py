"""Two at once: one draft, one visit, one signature."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from django.db import connection

from chartdesk.ehr.charting import commands, queries
from chartdesk.ehr.charting.models import DayVisit, Note
from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.models import OutboxEvent
from chartdesk.kit.transactions import transaction
from chartdesk.record import search

AT_ONCE = 8


def _race(act: Callable[[int], object]) -> Counter[str]:
    """Let many do the same at the same moment; how often it went well, and how often each error came."""
    start = threading.Barrier(AT_ONCE)
    ends: Counter[str] = Counter()

    def run(number: int) -> None:
        start.wait()
        try:
            act(number)
            ends["done"] += 1
        except ChartdeskError as refused:
            ends[type(refused).__name__] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_one_of_many_writers_saves_the_draft(clinician, encounter, content):
    note_id = queries.note(clinician, encounter).note_id

    def save(number: int) -> None:
        commands.save_note(clinician, note_id, replace(content, minutes=number), version=0)

    assert _race(save) == {"done": 1, "Stale": AT_ONCE - 1}
    assert queries.note(clinician, encounter).version == 1


def test_a_notice_that_comes_many_times_at_once_is_one_visit(subject, notice):
    assert _race(lambda _: commands.expect_visit(subject, notice)) == {"done": AT_ONCE}
    with transaction(subject):
        assert DayVisit.objects.count() == Note.objects.count() == 1
    assert len(list(search.all(subject, "Encounter", [("patient", notice.patient_id)]))) == 1


def test_a_note_is_signed_and_announced_once(clinician, encounter, content):
    note_id = queries.note(clinician, encounter).note_id
    commands.save_note(clinician, note_id, content, version=0)
    assert _race(lambda _: commands.sign(clinician, note_id, version=1)) == {
        "done": 1,
        "Conflict": AT_ONCE - 1,
    }
    assert OutboxEvent.objects.filter(practice=clinician.practice, kind="EncounterSigned").count() == 1
    assert len(list(search.all(clinician, "DocumentReference", [("encounter", encounter)]))) == 1
