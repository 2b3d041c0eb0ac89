"""The search for free times: across providers, and around a time that was refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chartdesk.kit import clock
from chartdesk.pms.scheduling.availability import (
    Span,
    Taken,
    free_starts,
    has_free_lane,
    in_part,
    windows,
    working,
)
from chartdesk.pms.scheduling.conflicts import OFFERED, Opening
from chartdesk.pms.scheduling.models import Resource, Site
from chartdesk.pms.scheduling.objections import closed
from chartdesk.pms.scheduling.timetable import (
    Timetable,
    days,
    days_span,
    patient_taken,
    slot_minutes,
    taken,
    timetable,
)
from chartdesk.record.access import people
from chartdesk.record.access.subject import Subject

#: Days that are searched around a refused time: the day and the next; then these before and after it.
_NEAR, _BEFORE, _AFTER = 1, 3, 21
#: How much farther away another provider's time seems than one of the same provider.
_OTHER_PROVIDER = timedelta(hours=3)


@dataclass(frozen=True)
class Search:
    """A visit of ``minutes`` of one type, with one of ``providers``, at ``site`` or anywhere.

    ``room`` is the room that was asked for, if any; ``but`` an appointment whose own time counts as free.
    """

    visit_type: str
    minutes: int
    providers: Sequence[Resource]
    site: int | None = None
    part: str = "any"
    patient: str = ""
    room: int | None = None
    but: str = ""


@dataclass(frozen=True)
class _Known:
    """What was read for a stretch of days."""

    table: Timetable
    taken: dict[int, list[Taken]]
    patient: list[Taken]
    rooms: Sequence[Resource]
    sites: dict[int, str]
    step: int
    now: datetime


def openings(subject: Subject, search: Search, first: date, last: date, limit: int) -> list[Opening]:
    """The first ``limit`` free times from ``first`` to ``last`` (local dates), by time, then by provider."""
    known = _known(subject, search, first, last)
    found: list[Opening] = []
    for day in days(first, last):
        found += sorted(_of_day(search, known, day), key=lambda item: (item.starts, item.provider_name))
        if len(found) >= limit:
            break
    return found[:limit]


def alternatives(subject: Subject, search: Search, wanted: Span, provider: int) -> list[Opening]:
    """The free times nearest to ``wanted``, those of ``provider`` first where others are hardly nearer."""
    zone = people.practice_of(subject).zone
    day = max(wanted.starts.astimezone(ZoneInfo(zone)).date(), clock.today(zone))
    found: list[Opening] = []
    for first, last in ((0, _NEAR), (-_BEFORE, _AFTER)):
        start = max(day + timedelta(days=first), clock.today(zone))
        known = _known(subject, search, start, day + timedelta(days=last))
        found = _nearest(search, known, day, wanted, provider)
        if len(found) >= OFFERED:
            break
    return found[:OFFERED]


def _nearest(search: Search, known: _Known, day: date, wanted: Span, provider: int) -> list[Opening]:
    def distance(item: Opening) -> tuple[timedelta, str]:
        farther = timedelta() if item.provider_id == provider else _OTHER_PROVIDER
        return abs(item.starts - wanted.starts) + farther, item.provider_name

    found: dict[tuple[int, datetime], Opening] = {}
    # By growing distance, until the next day cannot be nearer than what was found.
    for away in range(_AFTER + 1):
        for near in {day - timedelta(days=away), day + timedelta(days=away)}:
            found |= {(item.provider_id, item.starts): item for item in _of_day(search, known, near, wanted)}
        if len(found) >= OFFERED * 2:
            break
    return sorted(found.values(), key=distance)


def _known(subject: Subject, search: Search, first: date, last: date) -> _Known:
    practice = people.practice_of(subject)
    span = days_span(first, last, practice.zone)
    rooms = _rooms(subject) if search.room is not None else []
    providers = [item.pk for item in search.providers]
    everything = [*providers, *(item.pk for item in rooms)]
    return _Known(
        table=timetable(subject, everything, first, last, practice.zone),
        taken=taken(subject, everything, span, but=search.but),
        patient=patient_taken(subject, search.patient, span, but=search.but) if search.patient else [],
        rooms=rooms,
        sites=dict(Site.objects.filter(practice=subject.practice).values_list("pk", "name")),
        step=slot_minutes(practice),
        now=clock.now(),
    )


def _rooms(subject: Subject) -> list[Resource]:
    rows = Resource.objects.filter(practice=subject.practice, kind="room", active=True)
    return list(rows.order_by("name"))


def _of_day(search: Search, known: _Known, day: date, wanted: Span | None = None) -> Iterator[Opening]:
    """The free times of one local day, provider by provider; ``wanted`` itself counts where it is free."""
    holiday = day in known.table.holidays
    for provider in search.providers:
        stretches = working(known.table.week(provider.pk), day, known.table.zone, holiday=holiday)
        for site, window in windows(stretches, search.visit_type, search.site):
            for span in _free(search, known, provider, window, wanted):
                opening = Opening(
                    provider.pk,
                    provider.name,
                    site,
                    span.starts,
                    span.ends,
                    site_name=known.sites.get(site, ""),
                )
                placed = opening if search.room is None else _with_room(search, known, opening)
                if placed is not None and in_part(span.starts, search.part, known.table.zone):
                    yield placed


def _free(search: Search, known: _Known, provider: Resource, window: Span, wanted: Span | None) -> Iterator[Span]:
    booked = known.taken[provider.pk]

    def fits(span: Span) -> bool:
        return has_free_lane(span, booked, provider.lanes) and has_free_lane(span, known.patient, 1)

    if wanted and window.holds(wanted) and wanted.starts >= known.now and fits(wanted):
        yield wanted
    for span in free_starts(
        window,
        booked,
        lanes=provider.lanes,
        minutes=search.minutes,
        step=known.step,
        not_before=known.now,
    ):
        if has_free_lane(span, known.patient, 1):
            yield span


def _with_room(search: Search, known: _Known, opening: Opening) -> Opening | None:
    """The opening with the room that was asked for, else with a free one of its site; None without any."""
    span = Span(opening.starts, opening.ends)
    here = [room for room in known.rooms if room.site_id == opening.site_id]
    for room in sorted(here, key=lambda room: room.pk != search.room):
        if has_free_lane(span, known.taken[room.pk], room.lanes) and not _closed(known, room, span):
            return replace(opening, room_id=room.pk, room_name=room.name)
    return None


def _closed(known: _Known, room: Resource, span: Span) -> bool:
    return closed(room.name, span, known.table.week(room.pk), known.table.zone) is not None


def providers(subject: Subject, ids: Collection[int] | None = None) -> list[Resource]:
    """The active providers, all or those with one of ``ids``."""
    rows = Resource.objects.filter(practice=subject.practice, kind="provider", active=True)
    return list((rows if ids is None else rows.filter(pk__in=ids)).order_by("name"))
