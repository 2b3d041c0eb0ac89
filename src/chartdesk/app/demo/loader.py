"""Loading the demo practice once, with progress, whole or not at all.

The past is lived through by two processes, each with every second patient; they meet every evening. A load
that was cut off leaves a practice without the mark ``demo_loaded``; the next start says so and asks for
``--reset`` instead of showing half a practice.
"""

from __future__ import annotations

import gc
import multiprocessing
import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from chartdesk.app import configuration
from chartdesk.app.demo import drawers, laboratory, papers, pursuit, setup, share, story
from chartdesk.app.demo.people import Maker
from chartdesk.app.demo.plan import PAST_WEEKS, diary, rural
from chartdesk.app.demo.replay import Replay
from chartdesk.app.demo.setup import Place
from chartdesk.exchange.sandbox.program import Sandbox
from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Unavailable
from chartdesk.pms.coverage import connections
from chartdesk.record.access.models import Practice

SEED, PATIENTS, SHARES = 20_260, 200, 2
#: Seconds that one share waits for the other in the evening before it gives up.
PATIENCE = 300
Progress = Callable[[str], None]


class InProcessPayer:
    """The sandbox payer asked without a network, at the hour of the replay."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def ask(self, request: bytes, *, payer_id: str) -> bytes:
        """The 271 for a 270."""
        return self._sandbox.answer_eligibility(request, clock.now())


def load(progress: Progress) -> None:
    """Load both practices where there are none. Raises Conflict after a load that was cut off."""
    known = Practice.objects.filter(slug=story.SLUG).first()
    if known is not None:
        if not known.settings.get("demo_loaded"):
            raise Conflict("The demo practice was loaded only in part.", cure="Run `chartdesk demo --reset`.")
        progress(f"{story.NAME} is there already")
        return
    now = clock.now()
    first = _first(now)
    _hurry()
    with clock.at(first):
        progress("opening the practice: people, places, hours, payers, fees")
        place = setup.open_demo(first.date())
    progress(f"living through {PAST_WEEKS} weeks with {PATIENTS} patients")
    _live(place, now)
    drawers.close_days(place, now)
    with clock.at(now):
        pursuit.pursue(place, now, configuration.home() / "gateway")
        laboratory.report(place, now)
        papers.receive(place, now)
    with clock.at(first):
        setup.open_second()
    practice = Practice.objects.get(pk=place.practice.pk)
    practice.settings = {**practice.settings, "demo_loaded": f"{now:%Y-%m-%d}"}
    practice.save(update_fields=["settings"])
    progress("the demo practice is ready")


def _live(place: Place, now: datetime) -> None:
    """Let every share of the patients live through the weeks, each in a process of its own."""
    context = multiprocessing.get_context("spawn")
    evening = context.Barrier(SHARES)
    plain = (place.practice.pk, place.sites, place.providers, place.practitioners, place.rooms)
    shares = [
        context.Process(target=share.live, args=(number, plain, now, evening), daemon=True) for number in range(SHARES)
    ]
    connection.close()
    for one in shares:
        one.start()
    for one in shares:
        one.join()
    if any(one.exitcode for one in shares):
        raise Unavailable("The demo's weeks could not be lived through; the fault stands above.")


def live_share(
    number: int, plain: tuple[int, list[int], list[int], list[str], list[tuple[int, int]]], now: datetime, evening: Any
) -> None:
    """One share, in its own process."""
    _hurry()
    practice, sites, providers, practitioners, rooms = plain
    place = Place(Practice.objects.get(pk=practice), sites, providers, practitioners, rooms)
    today = now.astimezone(ZoneInfo(story.ZONE)).date()
    people, visits = _diary(today)
    mine = {id(person) for person in people[number::SHARES]}
    sandbox = Sandbox(configuration.clearinghouse_folder(), days_to_pay=None)
    connections.use(InProcessPayer(sandbox))
    first = _first(now)
    replay = Replay(
        place, sandbox, random.Random(SEED + number), now, together=lambda: evening.wait(PATIENCE), leads=number == 0
    )
    try:
        for visit in visits:
            if id(visit.invented) in mine:
                replay.add(visit)
        seen = {id(visit.invented) for visit in visits}
        for days, person in enumerate(people[number::SHARES]):
            if id(person) not in seen:
                replay.enrol(person, first + timedelta(days=days, hours=4))
        replay.evenings(first)
        replay.run(_by_week(first, now) if number == 0 else lambda moment: None)
    except BaseException:
        evening.abort()
        raise
    finally:
        sandbox.close()


def _diary(today: date) -> tuple[list[Any], list[Any]]:
    """The people and their visits: the same for every share."""
    chance = random.Random(SEED)
    people = Maker(chance, today).households(PATIENTS)
    planned = diary(chance, people, today)
    return people, [*planned, *rural(planned, today)]


def _first(now: datetime) -> datetime:
    """When the practice opens: three weeks before the first visit."""
    zone = ZoneInfo(story.ZONE)
    day = now.astimezone(zone).date() - timedelta(weeks=PAST_WEEKS, days=21)
    return datetime.combine(day, time(7, 0), zone)


def _hurry() -> None:
    """A load that is cut off is thrown away whole, so it need not wait for the disk at every commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)


def _by_week(first: datetime, until: datetime) -> Callable[[datetime], None]:
    """Says a line each time another week has been lived through."""
    weeks = (until - first).days // 7 + 1
    said = 0

    def note(moment: datetime) -> None:
        nonlocal said
        week = (moment - first).days // 7 + 1
        if week > said:
            said = week
            print(f"· week {week} of {weeks}: {moment:%b %-d}", flush=True)

    return note
