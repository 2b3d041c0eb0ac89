"""Reading what a practice has set about scrubbing: what holds, the draft, and every version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chartdesk.kit import database, fetching
from chartdesk.kit.transactions import reading
from chartdesk.pms.scrubbing import rules
from chartdesk.pms.scrubbing.models import ScrubVersion
from chartdesk.pms.scrubbing.rules import RuleSet
from chartdesk.pms.versions.rules import digest
from chartdesk.record.access import Subject

_LIVE = """
    SELECT number, content FROM scrubbing_scrubversion WHERE practice = %s AND state = 'live'
     ORDER BY number DESC LIMIT 1
"""


@dataclass(frozen=True)
class VersionView:
    """A version. ``stands`` is draft, live, past or withdrawn; ``tried`` says that it was tried as it stands."""

    number: int
    state: str
    stands: str
    said: RuleSet
    note: str
    made_at: datetime
    made_by: str
    live_at: datetime | None
    live_by: str
    revision: int
    tried: bool
    trial: dict[str, Any]


def live(subject: Subject) -> tuple[int, RuleSet]:
    """The version that holds and what it says; 0 and nothing before the first one."""
    with reading(subject):
        found = database.row(_LIVE, [subject.practice])
    return (found[0], rules.restored(found[1])) if found else (0, RuleSet())


def versions(subject: Subject) -> list[VersionView]:
    """Every version, the newest first."""
    with reading(subject):
        rows = fetching.fetch(ScrubVersion, "practice = %s ORDER BY number DESC", [subject.practice])
    holding = max((row.number for row in rows if row.state == "live"), default=0)
    return [_view(row, holding) for row in rows]


def draft(subject: Subject) -> VersionView | None:
    """The version that is being written, or None."""
    return next((one for one in versions(subject) if one.state == "draft"), None)


def _view(row: ScrubVersion, holding: int) -> VersionView:
    said = rules.restored(row.content)
    stands = "past" if row.state == "live" and row.number != holding else row.state
    return VersionView(
        number=row.number, state=row.state, stands=stands, said=said, note=row.note, made_at=row.made_at,
        made_by=row.made_by, live_at=row.live_at, live_by=row.live_by, revision=row.revision,
        tried=bool(row.tried) and row.tried == digest(said), trial=dict(row.trial),
    )  # fmt: skip
