"""Writing versions: a draft is begun, changed, tried, and goes live; the version before it can come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Max, QuerySet

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, NotFound, Stale
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.versions import rules
from chartdesk.pms.versions.models import RuleVersion
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject

S = TypeVar("S")
R = TypeVar("R", bound=RuleVersion)


@dataclass(frozen=True)
class Versions(Generic[S, R]):
    """The versions of one room. ``what`` is what they are called, ``past`` what a draft is tried on; ``restored`` makes
    the rules from their JSON data."""

    model: type[R]
    what: str
    past: str
    restored: Callable[[Any], S]

    def begin(self, subject: Subject, held: Callable[[], S]) -> int:
        """Open a draft with what ``held`` says, or go on with the one that is open; returns its number."""
        subject.require(Role.MANAGER)
        with transaction(subject):
            advisory_lock(self.what, subject.practice)
            standing = self._rows(subject).filter(state="draft").first()
            if standing is not None:
                return int(standing.number)
            last = self._rows(subject).aggregate(last=Max("number"))["last"] or 0
            made = self.model(
                practice=subject.practice, number=last + 1, state="draft", content=rules.kept(held()),
                made_at=clock.now(), made_by=subject.name,
            )  # fmt: skip
            made.save()
            self._audit(subject, "C", made)
            return int(made.number)

    def draft(self, subject: Subject, revision: int | None = None) -> R:
        """The draft, locked till the transaction ends. Raises Conflict without one, Stale for another ``revision``."""
        subject.require(Role.MANAGER)
        draft = self._rows(subject).select_for_update().filter(state="draft").first()
        if draft is None:
            raise Conflict(f"No draft of the {self.what} is open.", cure="Begin one.")
        if revision is not None and revision != draft.revision:
            raise Stale("Somebody else changed the draft.", current=draft.revision, cure="Look at it again.")
        return draft

    def said(self, row: R) -> S:
        """What a version says."""
        return self.restored(row.content)

    def keep(self, subject: Subject, draft: R, said: S) -> None:
        """Let the draft say this."""
        draft.content, draft.revision = rules.kept(said), draft.revision + 1
        draft.save(update_fields=["content", "revision"])
        self._audit(subject, "U", draft)

    def note_trial(self, subject: Subject, tried: S, counted: dict[str, Any]) -> None:
        """Note that this was tried, and what came of it. A draft that says something else stays untried."""
        subject.require(Role.MANAGER)
        with transaction(subject):
            digest = rules.digest(tried)
            for draft in self._rows(subject).select_for_update().filter(state="draft"):
                if rules.digest(self.said(draft)) == digest:
                    draft.tried, draft.trial = digest, counted
                    draft.save(update_fields=["tried", "trial"])

    def tried(self, subject: Subject, revision: int | None) -> R:
        """The draft, as ``draft`` gives it. Raises Conflict for one that was not tried as it stands."""
        draft = self.draft(subject, revision)
        if draft.tried != rules.digest(self.said(draft)):
            raise Conflict("The draft was not tried as it stands.", cure=f"Try it on {self.past} first.")
        return draft

    def release(self, subject: Subject, draft: R, note: str) -> int:
        """Let the draft hold; returns its number."""
        draft.state, draft.note = "live", note.strip()
        draft.live_at, draft.live_by = clock.now(), subject.name
        draft.save()
        self._audit(subject, "U", draft)
        return int(draft.number)

    def discard(self, subject: Subject) -> None:
        """Throw the draft away. Raises Conflict where there is none."""
        with transaction(subject):
            draft = self.draft(subject)
            self._audit(subject, "D", draft)
            draft.delete()

    def withdraw(self, subject: Subject, number: int) -> None:
        """Let a live version hold no longer: the one before it holds again. Raises NotFound, Conflict."""
        subject.require(Role.MANAGER)
        with transaction(subject):
            row = self._rows(subject).select_for_update().filter(number=number).first()
            if row is None:
                raise NotFound(f"There is no version {number} of the {self.what}.")
            if row.state != "live":
                raise Conflict(f"Version {number} is {row.state}.", cure="Only a live version is withdrawn.")
            row.state = "withdrawn"
            row.save(update_fields=["state"])
            self._audit(subject, "U", row)

    def _rows(self, subject: Subject) -> QuerySet[R]:
        return self.model._default_manager.filter(practice=subject.practice)

    def _audit(self, subject: Subject, action: str, row: R) -> None:
        audit.record(subject, action, self.what, resource_id=str(row.number))
