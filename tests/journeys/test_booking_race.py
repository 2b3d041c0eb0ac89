"""64 clients want one slot, each with a connection of its own, in two processes.

One gets it, 63 are told what is free instead. Nobody waits for ever, nobody gets an error, nothing is left.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("booking_clients.py")
PROCESSES, EACH = 2, 32
NOW = datetime(2026, 2, 27, 17, tzinfo=UTC)
SLOT = datetime(2026, 3, 2, 14, tzinfo=UTC)


@pytest.fixture
def clinic(subject):
    """A provider, a room and 64 patients; returns a function that makes requests of them."""
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.registration.commands import register
    from chartdesk.pms.registration.people import Guarantor, Person, Registration
    from chartdesk.pms.scheduling import setup

    site = setup.add_site(subject, name="Main Street")
    setup.add_visit_type(subject, "office", "Office visit", 30)
    room = setup.add_room(subject, "Room 1", site_id=site)
    with transaction(subject):  # all at once: what was looked up is remembered to its end
        providers = []
        for family in ("Reed", "Park"):
            made = setup.add_provider(subject, family=family, given="Ana", credential="MD")
            for weekday in range(5):
                setup.set_hours(subject, made.resource_id, site_id=site, weekday=weekday, starts=wall(8), ends=wall(17))
            providers.append(made.resource_id)
        patients = []
        for number in range(PROCESSES * EACH):
            person = Person(f"Racer{number}", f"Number{number}", birth_date=date(1950, 1, 1) + timedelta(31 * number))
            registration = Registration(person, [], Guarantor("self", None))
            patients.append(register(subject, registration, confirmed_distinct=True).patient_id)

    def request(number: int, starts: datetime = SLOT, provider: int = 0, room_id: int | None = room) -> dict:
        return {
            "patient_id": patients[number],
            "provider_id": providers[provider],
            "site_id": site,
            "visit_type": "office",
            "starts": starts.isoformat(),
            "room_id": room_id,
        }

    return request


def race(subject, requests: list[dict]) -> list[dict]:
    """Let all requests run at the same moment, over two processes; the answers in order."""
    shares = [requests[number::PROCESSES] for number in range(PROCESSES)]
    with ExitStack() as stack:
        racers = [stack.enter_context(_racer()) for _ in shares]
        for racer, share in zip(racers, shares, strict=True):
            _say(racer, json.dumps({"practice": subject.practice, "requests": share, "now": NOW.isoformat()}))
        assert [racer.stdout.readline() for racer in racers] == ["ready\n"] * PROCESSES
        for racer in racers:
            _say(racer, "go")
        answers = [json.loads(racer.stdout.readline()) for racer in racers]
    return [answers[number % PROCESSES][number // PROCESSES] for number in range(len(requests))]


def _racer() -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, str(SCRIPT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "CHARTDESK_DB_POOL": "0"},
    )


def _say(racer: subprocess.Popen, line: str) -> None:
    racer.stdin.write(line + "\n")
    racer.stdin.flush()


def held(subject) -> list[tuple]:
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.scheduling.models import Booking

    with transaction(subject):
        rows = Booking.objects.filter(practice=subject.practice).order_by("resource", "starts")
        return list(rows.values_list("resource", "lane", "starts", "ends", "appointment"))


def test_one_of_64_gets_the_slot(subject, clinic):
    answers = race(subject, [clinic(number) for number in range(PROCESSES * EACH)])
    assert [answer["fault"] for answer in answers if "fault" in answer] == []
    winners = [answer for answer in answers if "booked" in answer]
    losers = [answer for answer in answers if "booked" not in answer]
    assert (len(winners), len(losers)) == (1, 63)
    for loser in losers:
        assert loser["conflicts"] == ["Ana Reed, MD", "Room 1"]
        assert len(loser["alternatives"]) == 5
        assert SLOT.isoformat() not in loser["alternatives"]
    assert [row[-1] for row in held(subject)] == [winners[0]["booked"]] * 2
    assert max(answer["seconds"] for answer in answers) < 120, "somebody waited for a lock"


def test_crossing_wishes_do_not_block_each_other(subject, clinic):
    """Overlapping times, two providers, one room: whoever wins, no two visits overlap and nobody is stuck."""
    requests = [
        clinic(number, SLOT + timedelta(minutes=10 * (number % 7)), number % 2) for number in range(PROCESSES * EACH)
    ]
    answers = race(subject, requests)
    assert [answer["fault"] for answer in answers if "fault" in answer] == []
    rows = held(subject)
    for one in rows:
        for other in rows:
            same = one[:2] == other[:2] and one is not other
            assert not (same and one[2] < other[3] and other[2] < one[3])
    assert sum("booked" in answer for answer in answers) * 2 == len(rows)


def test_64_clients_with_64_wishes_all_get_theirs(subject, clinic):
    """What does not conflict is not refused: 32 slots over two days, two providers, no room."""
    requests = []
    for number in range(PROCESSES * EACH):
        slot = number // 2
        starts = SLOT + timedelta(days=slot // 16, minutes=30 * (slot % 16))
        requests.append(clinic(number, starts, number % 2, None))
    answers = race(subject, requests)
    assert [answer for answer in answers if "booked" not in answer] == []
    assert len(held(subject)) == 64
