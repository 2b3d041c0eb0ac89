"""Writing splitting rules: a draft is made, changed, tried, and goes live from a date of service on."""

from __future__ import annotations

from datetime import date

import msgspec

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, NotFound
from chartdesk.kit.ids import new_id
from chartdesk.kit.transactions import transaction
from chartdesk.pms.splits import queries, rules
from chartdesk.pms.splits.models import SplitVersion
from chartdesk.pms.splits.rules import Rule
from chartdesk.pms.versions.commands import Versions
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of

_VERSIONS = Versions(SplitVersion, "splitting rules", "past visits", rules.restored)
note_trial, discard, withdraw = _VERSIONS.note_trial, _VERSIONS.discard, _VERSIONS.withdraw


def begin(subject: Subject) -> int:
    """Open a draft with the rules that hold today, or go on with the one that is open; returns its number."""
    return _VERSIONS.begin(subject, lambda: queries.on(subject, clock.today(practice_of(subject).zone)))


def put(subject: Subject, rule: Rule, *, revision: int | None = None) -> str:
    """Add a rule to the draft (one without ``id``), or change one; returns its id.

    Raises Invalid with one issue for each faulty field, Conflict without a draft, Stale for an older ``revision``.
    """
    told = rules.checked(rule)
    with transaction(subject):
        draft = _VERSIONS.draft(subject, revision)
        said = list(_VERSIONS.said(draft))
        if not told.id:
            told = msgspec.structs.replace(told, id=new_id())
            said.append(told)
        else:
            place = _place(said, told.id)
            said[place] = told
        _VERSIONS.keep(subject, draft, tuple(said))
        return told.id


def remove(subject: Subject, rule_id: str, *, revision: int | None = None) -> None:
    """Take a rule out of the draft. Raises NotFound, Conflict, Stale."""
    with transaction(subject):
        draft = _VERSIONS.draft(subject, revision)
        said = list(_VERSIONS.said(draft))
        del said[_place(said, rule_id)]
        _VERSIONS.keep(subject, draft, tuple(said))


def move(subject: Subject, rule_id: str, by: int, *, revision: int | None = None) -> None:
    """Move a rule of the draft up (-1) or down (1). Raises NotFound, Conflict, Stale."""
    with transaction(subject):
        draft = _VERSIONS.draft(subject, revision)
        said = list(_VERSIONS.said(draft))
        rule = said.pop(place := _place(said, rule_id))
        said.insert(max(0, place + by), rule)
        _VERSIONS.keep(subject, draft, tuple(said))


def drafted(subject: Subject) -> tuple[Rule, ...]:
    """What the draft says, locked until the transaction ends. Raises Conflict where there is none."""
    with transaction(subject):
        return _VERSIONS.said(_VERSIONS.draft(subject))


def go_live(subject: Subject, effective: date, note: str = "", *, revision: int | None = None) -> int:
    """Let the draft hold for dates of service from ``effective`` on; returns its number.

    Raises Conflict for a draft that was not tried as it stands, and for a day before today: what was billed stays.
    """
    with transaction(subject):
        draft = _VERSIONS.tried(subject, revision)
        today = clock.today(practice_of(subject).zone)
        if effective < today:
            raise Conflict(f"{effective:%b %-d, %Y} is over.", cure="Choose today or a later day.", where="effective")
        draft.effective = effective
        return _VERSIONS.release(subject, draft, note)


def _place(said: list[Rule], rule_id: str) -> int:
    for place, rule in enumerate(said):
        if rule.id == rule_id:
            return place
    raise NotFound("The draft has no such rule.", cure="Reload the page.")
