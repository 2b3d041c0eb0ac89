"""Reading the splitting rules: what holds on a day, the draft, and every version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chartdesk.kit import database, fetching
from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import reading
from chartdesk.pms.splits import rules
from chartdesk.pms.splits.models import SplitVersion
from chartdesk.pms.splits.rules import BUILT_IN, Rule
from chartdesk.pms.versions.rules import digest
from chartdesk.record.access import Subject

#: Versions that went live, the one that holds longest first: (first date of service, rules).
Timetable = Sequence[tuple[date, tuple[Rule, ...]]]
_LIVE = """
    SELECT effective, content FROM splits_splitversion WHERE practice = %s AND state = 'live'
     ORDER BY effective, number
"""


@dataclass(frozen=True)
class VersionView:
    """A version of the rules. ``stands`` is draft, live, coming, past or withdrawn, as of a day."""

    id: int
    number: int
    state: str
    stands: str
    effective: date | None
    rules: tuple[Rule, ...]
    note: str
    made_at: datetime
    made_by: str
    live_at: datetime | None
    live_by: str
    revision: int
    tried: bool
    trial: dict[str, Any]


def timetable(subject: Subject) -> Timetable:
    """Every live version in the order in which they hold; ask it with ``in_force``."""
    with reading(subject):
        return [(effective, rules.restored(plain)) for effective, plain in database.rows(_LIVE, [subject.practice])]


def in_force(versions: Timetable, day: date) -> tuple[Rule, ...]:
    """The rules for a date of service; the built-in ones before the practice's first version."""
    held: tuple[Rule, ...] = BUILT_IN
    for effective, said in versions:
        if effective <= day:
            held = said
    return held


def on(subject: Subject, day: date) -> tuple[Rule, ...]:
    """The rules for one date of service."""
    return in_force(timetable(subject), day)


def versions(subject: Subject, today: date) -> list[VersionView]:
    """Every version, the newest first."""
    with reading(subject):
        rows = fetching.fetch(SplitVersion, "practice = %s ORDER BY number DESC", [subject.practice])
        live = [row for row in rows if row.state == "live" and row.effective is not None and row.effective <= today]
        holding = max(live, key=lambda row: (row.effective, row.number)).pk if live else None
        return [_view(row, today, holding) for row in rows]


def version(subject: Subject, number: int, today: date) -> VersionView:
    """One version by its number. Raises NotFound."""
    found = next((one for one in versions(subject, today) if one.number == number), None)
    if found is None:
        raise NotFound(f"There is no version {number} of the splitting rules.", cure="Choose one of the list.")
    return found


def draft(subject: Subject, today: date) -> VersionView | None:
    """The version that is being written, or None."""
    return next((one for one in versions(subject, today) if one.state == "draft"), None)


def _view(row: SplitVersion, today: date, holding: int | None) -> VersionView:
    stands = row.state
    if row.state == "live":
        assert row.effective is not None
        stands = "coming" if row.effective > today else "live" if row.pk == holding else "past"
    said = rules.restored(row.content)
    return VersionView(
        id=row.pk, number=row.number, state=row.state, stands=stands, effective=row.effective, rules=said,
        note=row.note, made_at=row.made_at, made_by=row.made_by, live_at=row.live_at, live_by=row.live_by,
        revision=row.revision, tried=bool(row.tried) and row.tried == digest(said), trial=dict(row.trial),
    )  # fmt: skip
