"""The demo's diary: who comes when, to whom, with what, and how it goes. Pure: a seed and a day make a plan."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chartdesk.app.demo import cases, story
from chartdesk.app.demo.cases import Case
from chartdesk.app.demo.people import Invented

PAST_WEEKS, COMING_WEEKS = 12, 4
#: Share of past visits that end this way; the rest take place.
NO_SHOW, CANCELLED = 0.05, 0.06
#: Weeks before and after today in which the rural clinic has its morning with one visit.
RURAL_WEEKS = (-7, -5, -4, -2, -1, 1, 2)
#: How many visits a clinician has in a half day: in the past, and from today on.
HALF_DAY, COMING_HALF_DAY = (0, 1, 1, 1), (1, 1, 2)


@dataclass
class Planned:
    """One visit of the diary. ``outcome`` is kept, noshow or cancelled; times are aware."""

    invented: Invented
    clinician: int
    site: int
    case: Case
    starts: datetime
    booked: datetime
    outcome: str
    signed: bool = True
    appointment_id: str = ""


def diary(chance: random.Random, people: list[Invented], today: date) -> list[Planned]:
    """Every visit from twelve weeks ago to four weeks ahead, in order of booking."""
    zone = ZoneInfo(story.ZONE)
    free = {day for day, _ in story.holidays(today.year) + story.holidays(today.year + 1)}
    seen: set[int] = set()
    plan: list[Planned] = []
    first = today - timedelta(weeks=PAST_WEEKS)
    for offset in range((PAST_WEEKS + COMING_WEEKS) * 7):
        day = first + timedelta(days=offset)
        if day not in free:
            plan.extend(_day(chance, people, day, today, zone, seen))
    return sorted(plan, key=lambda visit: visit.booked)


def rural(plan: list[Planned], today: date) -> list[Planned]:
    """Visits to the rural clinic beside the ``plan``: adults known by then, of payers that its rule is for, in turn."""
    zone, known, made = ZoneInfo(story.ZONE), [one for one in plan if one.outcome == "kept"], list[Planned]()
    closed = {day for day, _ in story.holidays(today.year) + story.holidays(today.year + 1)}
    for number, week in enumerate(RURAL_WEEKS):
        day = today + timedelta(weeks=week, days=story.RURAL_WEEKDAY - today.weekday())
        payer = story.RURAL_PAYERS[number % len(story.RURAL_PAYERS)]
        busy = {id(one.invented) for one in plan if one.starts.date() == day} | {id(one.invented) for one in made}
        fitting = [
            one.invented for one in known
            if one.starts.date() < day and id(one.invented) not in busy and 40 <= one.invented.age <= 85
            and any(card.payer_id == payer and card.member_id[-1].isdigit() for card in one.invented.cards[:1])
        ]  # fmt: skip
        if day in closed or not fitting:
            continue
        # Blood pressure, a knee, diabetes: the clinic's own services, and tests that it bills as any office does.
        case = (cases.fitting("followup", fitting[0].age) + cases.fitting("procedure", fitting[0].age))[number % 3]
        starts = datetime.combine(day, story.RURAL_HOURS[0], zone) + timedelta(minutes=20 * (number % 3))
        booked = datetime.combine(min(day - timedelta(days=8), today - timedelta(days=1)), time(8, 10), zone)
        made.append(Planned(fitting[0], story.RURAL_CLINICIAN, story.RURAL, case, starts, booked, "kept"))
    return made


def _day(
    chance: random.Random, people: list[Invented], day: date, today: date, zone: ZoneInfo, seen: set[int]
) -> list[Planned]:
    visits: list[Planned] = []
    busy: set[int] = set()
    for who, weekday, site, starts, ends in story.HOURS:
        if weekday != day.weekday():
            continue
        at = datetime.combine(day, starts, zone)
        close = datetime.combine(day, ends, zone)
        for _ in range(chance.choice(HALF_DAY if day < today else COMING_HALF_DAY)):
            at += timedelta(minutes=5 * chance.randint(0, 9))
            visit = _visit(chance, people, who, site, at, close, today, seen, busy)
            if visit is None:
                break
            visits.append(visit)
            at += timedelta(minutes=_minutes(visit.case.kind))
    return visits


def _minutes(kind: str) -> int:
    return next(one.minutes for one in story.KINDS if one.code == kind)


def _visit(
    chance: random.Random, people: list[Invented], who: int, site: int, at: datetime, close: datetime, today: date,
    seen: set[int], busy: set[int],
) -> Planned | None:  # fmt: skip
    number = chance.choice([n for n in range(len(people)) if n not in busy])
    invented = people[number]
    kinds = (
        ["new"] if number not in seen else ["followup", "office", "sick", "sick", "wellness", "procedure", "followup"]
    )
    fitting = [case for kind in kinds for case in cases.fitting(kind, invented.age)]
    case = chance.choice(fitting or cases.fitting("sick", invented.age))
    if at + timedelta(minutes=_minutes(case.kind)) > close:
        return None
    seen.add(number)
    busy.add(number)
    lead = 0 if case.kind == "sick" else chance.randint(2, 16)
    booked = datetime.combine(at.date() - timedelta(days=lead), time(8, chance.randint(0, 29)), at.tzinfo)
    if at.date() > today:
        booked = min(booked, datetime.combine(today, time(7, chance.randint(0, 59)), at.tzinfo))
    outcome = chance.choices(("kept", "noshow", "cancelled"), (1 - NO_SHOW - CANCELLED, NO_SHOW, CANCELLED))[0]
    # A note or two of the last days is still open, as it would be.
    signed = not (timedelta(0) <= today - at.date() <= timedelta(days=4) and chance.random() < 0.12)
    return Planned(invented, who, site, case, at, booked, outcome, signed)
