"""Writing splitting rules: a draft is made, changed, tried, and goes live from a date of service on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec
from django.db.models import Max

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, NotFound, Stale
from chartdesk.kit.ids import new_id
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.splits import queries, rules
from chartdesk.pms.splits.models import SplitVersion
from chartdesk.pms.splits.rules import Rule
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of


def begin(subject: Subject) -> int:
    """Open a draft with the rules that hold today, or go on with the one that is open; returns its number."""
    subject.require(Role.MANAGER)
    with transaction(subject):
        advisory_lock("splits", subject.practice)
        standing = SplitVersion.objects.filter(practice=subject.practice, state="draft").first()
        if standing is not None:
            return int(standing.number)
        last = SplitVersion.objects.filter(practice=subject.practice).aggregate(last=Max("number"))["last"] or 0
        held = queries.on(subject, clock.today(practice_of(subject).zone))
        made = SplitVersion.objects.create(
            practice=subject.practice, number=last + 1, state="draft", rules=rules.kept(held), made_at=clock.now(),
            made_by=subject.name,
        )  # fmt: skip
        _audit(subject, "C", made)
        return int(made.number)


def put(subject: Subject, rule: Rule, *, revision: int | None = None) -> str:
    """Add a rule to the draft (one without ``id``), or change one; returns its id.

    Raises Invalid with one issue for each faulty field, Conflict without a draft, Stale for an older ``revision``.
    """
    told = rules.checked(rule)
    with transaction(subject):
        draft = _draft(subject, revision)
        said = list(rules.restored(draft.rules))
        if not told.id:
            told = msgspec.structs.replace(told, id=new_id())
            said.append(told)
        else:
            place = _place(said, told.id)
            said[place] = told
        _keep(subject, draft, said)
        return told.id


def remove(subject: Subject, rule_id: str, *, revision: int | None = None) -> None:
    """Take a rule out of the draft. Raises NotFound, Conflict, Stale."""
    with transaction(subject):
        draft = _draft(subject, revision)
        said = list(rules.restored(draft.rules))
        del said[_place(said, rule_id)]
        _keep(subject, draft, said)


def move(subject: Subject, rule_id: str, by: int, *, revision: int | None = None) -> None:
    """Move a rule of the draft up (-1) or down (1). Raises NotFound, Conflict, Stale."""
    with transaction(subject):
        draft = _draft(subject, revision)
        said = list(rules.restored(draft.rules))
        rule = said.pop(place := _place(said, rule_id))
        said.insert(max(0, place + by), rule)
        _keep(subject, draft, said)


def drafted(subject: Subject) -> tuple[Rule, ...]:
    """What the draft says, locked until the transaction ends. Raises Conflict where there is none."""
    with transaction(subject):
        return rules.restored(_draft(subject, None).rules)


def note_trial(subject: Subject, tried: Iterable[Rule], counted: dict[str, Any]) -> None:
    """Note that these rules were tried, and what came of it. A draft that says something else stays untried."""
    subject.require(Role.MANAGER)
    with transaction(subject):
        digest = rules.digest(tried)
        for draft in SplitVersion.objects.select_for_update().filter(practice=subject.practice, state="draft"):
            if rules.digest(rules.restored(draft.rules)) == digest:
                draft.tried, draft.trial = digest, counted
                draft.save(update_fields=["tried", "trial"])


def go_live(subject: Subject, effective: date, note: str = "", *, revision: int | None = None) -> int:
    """Let the draft hold for dates of service from ``effective`` on; returns its number.

    Raises Conflict for a draft that was not tried as it stands, and for a day before today: what was billed stays.
    """
    with transaction(subject):
        draft = _draft(subject, revision)
        if draft.tried != rules.digest(rules.restored(draft.rules)):
            raise Conflict("The draft was not tried as it stands.", cure="Try it on past visits first.")
        today = clock.today(practice_of(subject).zone)
        if effective < today:
            raise Conflict(f"{effective} is over.", cure="Choose today or a later day.", where="effective")
        draft.state, draft.effective, draft.note = "live", effective, note.strip()
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
    """Let a live version hold no longer: the one before it holds again. Claims that were built stay as they are."""
    subject.require(Role.MANAGER)
    with transaction(subject):
        row = SplitVersion.objects.select_for_update().filter(practice=subject.practice, number=number).first()
        if row is None:
            raise NotFound(f"There is no version {number} of the splitting rules.")
        if row.state != "live":
            raise Conflict(f"Version {number} is {row.state}.", cure="Only a live version is withdrawn.")
        row.state = "withdrawn"
        row.save(update_fields=["state"])
        _audit(subject, "U", row)


def _draft(subject: Subject, revision: int | None) -> SplitVersion:
    subject.require(Role.MANAGER)
    draft = SplitVersion.objects.select_for_update().filter(practice=subject.practice, state="draft").first()
    if draft is None:
        raise Conflict("No draft of the splitting rules is open.", cure="Begin one.")
    if revision is not None and revision != draft.revision:
        raise Stale("Somebody else changed the draft.", current=draft.revision, cure="Look at it again.")
    return draft


def _keep(subject: Subject, draft: SplitVersion, said: list[Rule]) -> None:
    draft.rules, draft.revision = rules.kept(said), draft.revision + 1
    draft.save(update_fields=["rules", "revision"])
    _audit(subject, "U", draft)


def _place(said: list[Rule], rule_id: str) -> int:
    for place, rule in enumerate(said):
        if rule.id == rule_id:
            return place
    raise NotFound("The draft has no such rule.", cure="Reload the page.")


def _audit(subject: Subject, action: str, row: SplitVersion) -> None:
    audit.record(subject, action, "splitting rules", resource_id=str(row.number))
