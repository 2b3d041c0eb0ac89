"""Writing scrubbing rules: a draft is begun, changed, tried, and goes live; the version before it can come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, NotFound, Stale
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.scrubbing import queries, rules
from chartdesk.pms.scrubbing.models import ScrubVersion
from chartdesk.pms.scrubbing.rules import OwnRule, RuleSet, Setting
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject


def begin(subject: Subject) -> int:
    """Open a draft with what holds, or go on with the one that is open; returns its number."""
    subject.require(Role.MANAGER)
    with transaction(subject):
        advisory_lock("scrubbing rules", subject.practice)
        rows = ScrubVersion.objects.filter(practice=subject.practice)
        standing = rows.filter(state="draft").first()
        if standing is not None:
            return int(standing.number)
        last = rows.aggregate(last=Max("number"))["last"] or 0
        _, held = queries.live(subject)
        made = ScrubVersion.objects.create(
            practice=subject.practice, number=last + 1, state="draft", content=rules.kept(held), made_at=clock.now(),
            made_by=subject.name,
        )  # fmt: skip
        _audit(subject, "C", made)
        return int(made.number)


def put_setting(
    subject: Subject, setting: Setting, figures: Mapping[str, Any], *, fixed: bool = False, revision: int | None = None
) -> None:
    """Set something about a built-in rule in the draft; ``figures`` are those that the rule has.

    Raises Invalid with the faulty field, Conflict without a draft, Stale for an older ``revision``.
    """
    told = rules.checked_setting(setting, figures, fixed=fixed)
    with transaction(subject):
        draft = _draft(subject, revision)
        _keep(subject, draft, rules.with_setting(rules.restored(draft.content), told))


def put_own(subject: Subject, rule: OwnRule, *, revision: int | None = None) -> str:
    """Add a rule to the draft (one without ``id``), or change one; returns its id. Raises as ``put_setting``."""
    told = rules.checked_own(rule)
    with transaction(subject):
        draft = _draft(subject, revision)
        said = rules.restored(draft.content)
        if rule.id:
            _must_have(said, rule.id)
        _keep(subject, draft, rules.with_own(said, told))
        return told.id


def remove_own(subject: Subject, rule_id: str, *, revision: int | None = None) -> None:
    """Take a rule out of the draft. Raises NotFound, Conflict, Stale."""
    with transaction(subject):
        draft = _draft(subject, revision)
        said = rules.restored(draft.content)
        _must_have(said, rule_id)
        _keep(subject, draft, rules.without_own(said, rule_id))


def note_trial(subject: Subject, tried: RuleSet, counted: dict[str, Any]) -> None:
    """Note that this was tried, and what came of it. A draft that says something else stays untried."""
    subject.require(Role.MANAGER)
    with transaction(subject):
        for draft in ScrubVersion.objects.select_for_update().filter(practice=subject.practice, state="draft"):
            if rules.digest(rules.restored(draft.content)) == rules.digest(tried):
                draft.tried, draft.trial = rules.digest(tried), counted
                draft.save(update_fields=["tried", "trial"])


def go_live(subject: Subject, note: str = "", *, revision: int | None = None) -> int:
    """Let the draft hold from now on; returns its number. Raises Conflict for one that was not tried as it stands."""
    with transaction(subject):
        draft = _draft(subject, revision)
        if draft.tried != rules.digest(rules.restored(draft.content)):
            raise Conflict("The draft was not tried as it stands.", cure="Try it on past claims first.")
        draft.state, draft.note = "live", note.strip()
        draft.live_at, draft.live_by = clock.now(), subject.name
        draft.save()
        _audit(subject, "U", draft)
        return int(draft.number)


def discard(subject: Subject) -> None:
    """Throw the draft away. Raises Conflict where there is none."""
    with transaction(subject):
        draft = _draft(subject, None)
        _audit(subject, "D", draft)
        draft.delete()


def withdraw(subject: Subject, number: int) -> None:
    """Let a live version hold no longer: the one before it holds again. Raises NotFound, Conflict."""
    subject.require(Role.MANAGER)
    with transaction(subject):
        row = ScrubVersion.objects.select_for_update().filter(practice=subject.practice, number=number).first()
        if row is None:
            raise NotFound(f"There is no version {number} of the scrubbing rules.")
        if row.state != "live":
            raise Conflict(f"Version {number} is {row.state}.", cure="Only a live version is withdrawn.")
        row.state = "withdrawn"
        row.save(update_fields=["state"])
        _audit(subject, "U", row)


def _draft(subject: Subject, revision: int | None) -> ScrubVersion:
    subject.require(Role.MANAGER)
    draft: ScrubVersion | None
    draft = ScrubVersion.objects.select_for_update().filter(practice=subject.practice, state="draft").first()
    if draft is None:
        raise Conflict("No draft of the scrubbing rules is open.", cure="Begin one.")
    if revision is not None and revision != draft.revision:
        raise Stale("Somebody else changed the draft.", current=draft.revision, cure="Look at it again.")
    return draft


def _must_have(said: RuleSet, rule_id: str) -> None:
    if all(one.id != rule_id for one in said.own):
        raise NotFound("The draft has no such rule.", cure="Reload the page.")


def _keep(subject: Subject, draft: ScrubVersion, said: RuleSet) -> None:
    draft.content, draft.revision = rules.kept(said), draft.revision + 1
    draft.save(update_fields=["content", "revision"])
    _audit(subject, "U", draft)


def _audit(subject: Subject, action: str, row: ScrubVersion) -> None:
    audit.record(subject, action, "scrubbing rules", resource_id=str(row.number))
