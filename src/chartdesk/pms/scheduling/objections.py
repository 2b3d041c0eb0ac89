"""Why a visit may not be at a time that may be free: hours, absences, holidays, visit types. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from chartdesk.pms.scheduling.availability import Span, Week, Working, absence, windows, working
from chartdesk.pms.scheduling.rules import clock_time, spoken, when


@dataclass(frozen=True)
class Wanted:
    """A visit at a time: who, where, what, when. Names are for the sentences; ``site`` is its number."""

    provider: str
    site: int | None
    site_name: str
    visit_type: str
    visit_type_name: str
    span: Span


def objection(wanted: Wanted, week: Week, holiday: str | None, zone: str) -> str | None:
    """One sentence why ``wanted`` is outside of the hours of ``week``; None where it is inside.

    ``holiday`` is the name of the holiday that day, or None.
    """
    day = wanted.span.starts.astimezone(ZoneInfo(zone)).date()
    stretches = working(week, day, zone, holiday=holiday is not None)
    fitting = windows(stretches, wanted.visit_type, wanted.site)
    if any(window.holds(wanted.span) for _, window in fitting):
        return None
    if holiday is not None and not stretches:
        return f"The practice is closed on {spoken(day)}: {holiday}."
    away = absence(week, wanted.span, day, zone)
    if away:
        why = f" ({away[1]})" if away[1] else ""
        return f"{wanted.provider} is away {when(away[0].starts, away[0].ends, zone)}{why}."
    return _outside(wanted, stretches, day, zone)


def _outside(wanted: Wanted, stretches: Sequence[Working], day: date, zone: str) -> str:
    who, on = wanted.provider, f"on {spoken(day)}"
    if not stretches:
        return f"{who} has no hours {on}."
    here = [item for item in stretches if wanted.site is None or item.site == wanted.site]
    if not here:
        return f"{who} has no hours at {wanted.site_name} {on}."
    if any(item.span.holds(wanted.span) for item in here):
        return f"{who} does not offer {wanted.visit_type_name} at that time {on}."
    hours = " and ".join(f"{clock_time(item.span.starts, zone)} to {clock_time(item.span.ends, zone)}" for item in here)
    return f"{who} works {hours} {on}."


def closed(name: str, span: Span, week: Week, zone: str) -> str | None:
    """One sentence why a room cannot be used, or None: rooms are open unless an absence says otherwise."""
    away = absence(week, span, span.starts.astimezone(ZoneInfo(zone)).date(), zone)
    if away is None:
        return None
    why = f" ({away[1]})" if away[1] else ""
    return f"{name} cannot be used {when(away[0].starts, away[0].ends, zone)}{why}."
