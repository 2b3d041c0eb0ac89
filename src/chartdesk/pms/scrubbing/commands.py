"""Writing scrubbing rules: a draft is begun, changed, tried, and goes live; the version before it can come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.pms.scrubbing import queries, rules
from chartdesk.pms.scrubbing.models import ScrubVersion
from chartdesk.pms.scrubbing.rules import OwnRule, RuleSet, Setting
from chartdesk.pms.versions.commands import Versions
from chartdesk.record.access import Subject

_VERSIONS = Versions(ScrubVersion, "scrubbing rules", "past claims", rules.restored)
note_trial, discard, withdraw = _VERSIONS.note_trial, _VERSIONS.discard, _VERSIONS.withdraw


def begin(subject: Subject) -> int:
    """Open a draft with what holds, or go on with the one that is open; returns its number."""
    return _VERSIONS.begin(subject, lambda: queries.live(subject)[1])


def put_setting(
    subject: Subject, setting: Setting, figures: Mapping[str, Any], *, fixed: bool = False, revision: int | None = None
) -> None:
    """Set something about a built-in rule in the draft; ``figures`` are those that the rule has.

    Raises Invalid with the faulty field, Conflict without a draft, Stale for an older ``revision``.
    """
    told = rules.checked_setting(setting, figures, fixed=fixed)
    with transaction(subject):
        draft = _VERSIONS.draft(subject, revision)
        _VERSIONS.keep(subject, draft, rules.with_setting(_VERSIONS.said(draft), told))


def put_own(subject: Subject, rule: OwnRule, *, revision: int | None = None) -> str:
    """Add a rule to the draft (one without ``id``), or change one; returns its id. Raises as ``put_setting``."""
    told = rules.checked_own(rule)
    with transaction(subject):
        draft = _VERSIONS.draft(subject, revision)
        said = _VERSIONS.said(draft)
        if rule.id:
            _must_have(said, rule.id)
        _VERSIONS.keep(subject, draft, rules.with_own(said, told))
        return told.id


def remove_own(subject: Subject, rule_id: str, *, revision: int | None = None) -> None:
    """Take a rule out of the draft. Raises NotFound, Conflict, Stale."""
    with transaction(subject):
        draft = _VERSIONS.draft(subject, revision)
        said = _VERSIONS.said(draft)
        _must_have(said, rule_id)
        _VERSIONS.keep(subject, draft, rules.without_own(said, rule_id))


def go_live(subject: Subject, note: str = "", *, revision: int | None = None) -> int:
    """Let the draft hold from now on; returns its number. Raises Conflict for one that was not tried as it stands."""
    with transaction(subject):
        return _VERSIONS.release(subject, _VERSIONS.tried(subject, revision), note)


def _must_have(said: RuleSet, rule_id: str) -> None:
    if all(one.id != rule_id for one in said.own):
        raise NotFound("The draft has no such rule.", cure="Reload the page.")
