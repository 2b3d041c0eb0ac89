"""Taking a claim up: owner, due date, next action and notes, for one claim or many at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chartdesk.kit import clock, database, live
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.pms.follow_up import rules
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject

BILLING = (Role.BILLER, Role.MANAGER)
LONGEST_NOTE = 4000
#: Claims that one bulk change takes at most.
LARGEST = 20_000

_PURSUE = """
    INSERT INTO follow_up_case (practice, claim, patient, owner, due, next_action, kept, changed, changed_by)
    SELECT c.practice, c.id, c.patient, COALESCE(%(owner)s::text, ''), %(due)s::date,
           COALESCE(%(action)s::text, ''),
           %(due)s::date IS NOT NULL AND c.status IN ('paid', 'partly_paid', 'denied'), %(now)s::timestamptz, %(actor)s
      FROM claims_claim c
     WHERE c.practice = %(practice)s AND c.id = ANY(%(claims)s::int8[])
     ORDER BY c.id
    ON CONFLICT (practice, claim) DO UPDATE
       SET owner = COALESCE(%(owner)s::text, follow_up_case.owner),
           due = CASE WHEN %(dated)s::boolean THEN EXCLUDED.due ELSE follow_up_case.due END,
           kept = CASE WHEN %(dated)s::boolean THEN EXCLUDED.kept ELSE follow_up_case.kept END,
           next_action = COALESCE(%(action)s::text, follow_up_case.next_action),
           changed = EXCLUDED.changed, changed_by = EXCLUDED.changed_by
    RETURNING claim, patient
"""
_NOTE = """
    INSERT INTO follow_up_note (practice, claim, patient, at, name, actor, text)
    SELECT practice, id, patient, %s::timestamptz, %s, %s, %s
      FROM claims_claim WHERE practice = %s AND id = ANY(%s::int8[])
    RETURNING claim, patient
"""


@dataclass(frozen=True)
class Change:
    """What is changed of a case. None leaves a thing as it is; ``dated`` says that ``due`` is meant, also None."""

    owner: str | None = None
    next_action: str | None = None
    due: date | None = None
    dated: bool = False
    note: str = ""

    @property
    def steers(self) -> bool:
        """Whether more than a note is changed."""
        return self.owner is not None or self.next_action is not None or self.dated


def pursue(subject: Subject, claims: Iterable[int], change: Change) -> int:
    """Change the cases of the claims alike, and add the note to each; returns how many claims there are.

    Raises Invalid for an unknown action, an empty change or too many claims, NotFound where there is none.
    """
    subject.require(*BILLING)
    wanted = sorted(set(claims))
    _check(wanted, change)
    with transaction(subject):
        touched: list[tuple[int, str]] = []
        if change.steers:
            touched = database.rows(_PURSUE, {
                "owner": change.owner, "due": change.due, "dated": change.dated, "action": change.next_action,
                "now": clock.now(), "actor": subject.actor, "practice": subject.practice, "claims": wanted,
            })  # fmt: skip
        if change.note.strip():
            values = [clock.now(), subject.name, subject.actor, change.note.strip(), subject.practice, wanted]
            touched = database.rows(_NOTE, values)
        if not touched:
            raise NotFound("None of these claims is here.", cure="Reload the list.")
        rows = [audit.Touched("U", "claim follow-up", str(claim), 0, patient) for claim, patient in touched]
        audit.record_many(subject, rows)
        live.announce(subject, "follow-up")
        return len(touched)


def _check(claims: list[int], change: Change) -> None:
    if not claims:
        raise Invalid("No claim is chosen.", cure="Tick the claims that are meant.", where="claim")
    if len(claims) > LARGEST:
        raise Invalid(f"{len(claims)} claims are more than {LARGEST} at once.", cure="Narrow the filter.")
    if change.next_action and change.next_action not in rules.ACTIONS:
        raise Invalid(f"{change.next_action!r} is no action.", where="next_action", cure="Choose one of the list.")
    if not change.steers and not change.note.strip():
        raise Invalid("Nothing is to be changed.", cure="Set an owner, an action or a day, or write a note.")
    if len(change.note) > LONGEST_NOTE:
        raise Invalid(f"A note has at most {LONGEST_NOTE} characters.", where="note", cure="Shorten it.")
