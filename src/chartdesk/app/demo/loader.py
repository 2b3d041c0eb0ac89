"""Loading the demo practice once, with progress, whole or not at all.

A load that was cut off leaves a practice without the mark ``demo_loaded``; the next start says so and asks
for ``--reset`` instead of showing half a practice.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from chartdesk.app import configuration
from chartdesk.app.demo import setup, story
from chartdesk.app.demo.people import Maker
from chartdesk.app.demo.plan import PAST_WEEKS, diary
from chartdesk.app.demo.replay import Replay
from chartdesk.exchange.sandbox.program import Sandbox
from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict
from chartdesk.pms.coverage import connections
from chartdesk.record.access.models import Practice

SEED, PATIENTS = 20_260, 200


class InProcessPayer:
    """The sandbox payer asked without a network, at the hour of the replay."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def ask(self, request: bytes, *, payer_id: str) -> bytes:
        """The 271 for a 270."""
        return self._sandbox.answer_eligibility(request, clock.now())


def load(progress: Callable[[str], None]) -> None:
    """Load both practices where there are none. Raises Conflict after a load that was cut off."""
    known = Practice.objects.filter(slug=story.SLUG).first()
    if known is not None:
        if not known.settings.get("demo_loaded"):
            raise Conflict("The demo practice was loaded only in part.", cure="Run `chartdesk demo --reset`.")
        progress(f"{story.NAME} is there already")
        return
    with connection.cursor() as cursor:
        # A load that is cut off is thrown away whole, so it need not wait for the disk at every commit.
        cursor.execute("SET synchronous_commit TO off")
    now = clock.now()
    zone = ZoneInfo(story.ZONE)
    today = now.astimezone(zone).date()
    first = datetime.combine(today - timedelta(weeks=PAST_WEEKS, days=21), time(7, 0), zone)
    chance = random.Random(SEED)
    with clock.at(first):
        progress("opening the practice: people, places, hours, payers, fees")
        place = setup.open_demo(first.date())
    people = Maker(chance, today).households(PATIENTS)
    visits = diary(chance, people, today)
    before = connections.current()
    sandbox = Sandbox(configuration.clearinghouse_folder(), days_to_pay=None)
    connections.use(InProcessPayer(sandbox))
    try:
        replay = Replay(place, sandbox, chance, now)
        for visit in visits:
            replay.add(visit)
        replay.evenings(first)
        progress(f"living through {PAST_WEEKS} weeks: {len(people)} patients, {len(visits)} visits")
        replay.run(_by_week(first, now, progress))
    finally:
        connections.use(before)
        sandbox.close()
    with clock.at(first):
        setup.open_second()
    practice = Practice.objects.get(pk=place.practice.pk)
    practice.settings = {**practice.settings, "demo_loaded": f"{now:%Y-%m-%d}"}
    practice.save(update_fields=["settings"])
    progress("the demo practice is ready")


def _by_week(first: datetime, until: datetime, progress: Callable[[str], None]) -> Callable[[datetime], None]:
    """Says a line each time another week has been lived through."""
    weeks = (until - first).days // 7 + 1
    said = 0

    def note(moment: datetime) -> None:
        nonlocal said
        week = (moment - first).days // 7 + 1
        if week > said:
            said = week
            progress(f"week {week} of {weeks}: {moment:%b %-d}")

    return note
