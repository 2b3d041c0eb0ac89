"""Requests that share rounds: one thread while rounds are quick, help where one is slow, an answer for each."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from threading import Event, Lock

import pytest

from chartdesk.api.fhir import Request, Response
from chartdesk.app import lanes
from chartdesk.app.lanes import MOST, Lane


def _request(number: int) -> Request:
    return Request("GET", f"/fhir/Patient/{number}", "", {}, b"", "192.0.2.1")


class _Work:
    """Answers with the path; counts who works at the same time. A path in ``held`` waits until it may go on."""

    def __init__(self, held: str = "") -> None:
        self.held, self.free = held, Event()
        self.rounds: list[int] = []
        self.at_once = self._now = 0
        self._lock = Lock()

    def __call__(self, requests: Sequence[Request]) -> list[Response]:
        with self._lock:
            self._now += 1
            self.at_once = max(self.at_once, self._now)
            self.rounds.append(len(requests))
        if any(request.path == self.held for request in requests):
            assert self.free.wait(120)
        time.sleep(0.002)
        with self._lock:
            self._now -= 1
        return [Response(200, request.path.encode()) for request in requests]


def test_quick_rounds_have_one_thread_and_every_request_its_own_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "SLOW", 3600)  # no round of these is slow, however long the machine rests

    async def scenario() -> None:
        work = _Work()
        lane, loop = Lane(work), asyncio.get_running_loop()
        asked = []
        for number in range(300):
            asked.append(lane.join(_request(number), loop))
            if number % 7 == 0:
                await asyncio.sleep(0.001)
        answers = await asyncio.gather(*asked)
        assert [answer.body.decode() for answer in answers] == [f"/fhir/Patient/{number}" for number in range(300)]
        assert work.at_once == 1
        assert sum(work.rounds) == 300
        assert max(work.rounds) <= MOST

    asyncio.run(scenario())


def test_those_behind_a_slow_round_are_answered_before_it_ends() -> None:
    async def scenario() -> None:
        work = _Work(held="/fhir/Patient/0")
        lane, loop = Lane(work), asyncio.get_running_loop()
        slow = lane.join(_request(0), loop)
        while not work.rounds:
            await asyncio.sleep(0.001)
        behind = [lane.join(_request(number), loop) for number in range(1, 100)]
        await asyncio.wait_for(asyncio.gather(*behind), timeout=60)
        assert not slow.done()
        work.free.set()
        assert (await slow).body == b"/fhir/Patient/0"
        later = await asyncio.wait_for(lane.join(_request(7), loop), timeout=60)
        assert later.body == b"/fhir/Patient/7"

    asyncio.run(scenario())


def test_a_round_that_fails_says_so_to_all_of_it_and_the_lane_goes_on() -> None:
    def handle(requests: Sequence[Request]) -> list[Response]:
        if any(request.path.endswith("/13") for request in requests):
            raise RuntimeError("the database is away")
        return [Response(200, b"") for _ in requests]

    async def scenario() -> None:
        lane, loop = Lane(handle), asyncio.get_running_loop()
        with pytest.raises(RuntimeError, match="away"):
            await lane.join(_request(13), loop)
        assert (await lane.join(_request(1), loop)).status == 200

    asyncio.run(scenario())
