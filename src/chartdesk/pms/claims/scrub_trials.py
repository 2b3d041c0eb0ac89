"""Trying scrubbing rules on claims that were built: which would be held newly, which no longer. Nothing is written to
the claims.

Both rule sets look at the same facts: those of the day on which the claim was built, the published tables as they are
now, and the other claims of the patient and day that were built before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import msgspec

from chartdesk.kit import fetching
from chartdesk.kit.transactions import transaction
from chartdesk.pms.claims import facts, rules, scrubbing
from chartdesk.pms.claims.content import ClaimContent, told
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.claims.rules import Finding
from chartdesk.pms.scrubbing import commands, queries
from chartdesk.pms.scrubbing.rules import RuleSet
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of

#: Claims that a trial looks at, the newest ones.
LOOKED_AT = 1000
#: Claims that are read and judged together.
_PART = 200
_NEWEST = "practice = %s AND id < %s AND content <> '{}'::jsonb ORDER BY id DESC LIMIT %s"


@dataclass(frozen=True)
class Difference:
    """A claim that would be held and was not, or the other way round; ``findings`` are those that make it so."""

    claim: int
    number: str
    patient_id: str
    payer: str
    held: bool
    findings: list[Finding]


@dataclass
class Trial:
    """What a trial found. ``rules`` counts, by rule, the claims it would hold, before and after."""

    looked_at: int = 0
    held_before: int = 0
    held_after: int = 0
    rules: dict[str, tuple[int, int]] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    @property
    def newly(self) -> int:
        """Claims that would be held and were not."""
        return sum(one.held for one in self.differences)

    @property
    def no_longer(self) -> int:
        """Claims that were held and would not be."""
        return len(self.differences) - self.newly

    @property
    def counted(self) -> dict[str, int]:
        """What is kept with the draft."""
        return {
            "looked_at": self.looked_at, "held_before": self.held_before, "held_after": self.held_after,
            "newly": self.newly, "no_longer": self.no_longer,
        }  # fmt: skip


def attempt(subject: Subject, count: int = LOOKED_AT) -> Trial:
    """Try the draft on the newest ``count`` claims, against what is live. Raises Conflict without a draft."""
    subject.require(Role.MANAGER)
    with transaction(subject):
        draft = queries.draft(subject)
        said = draft.said if draft else RuleSet()
        found = compare(subject, scrubbing.of_practice(subject), scrubbing.active(said), count)
        commands.note_trial(subject, said, found.counted)
    return found


def compare(
    subject: Subject, before: Sequence[scrubbing.Active], after: Sequence[scrubbing.Active], count: int = LOOKED_AT
) -> Trial:
    """What two sets of rules hold of the newest ``count`` claims."""
    trial, last = Trial(), 2**62
    old, new = Counter[str](), Counter[str]()
    with transaction(subject):
        while trial.looked_at < count:
            claims = fetching.fetch(Claim, _NEWEST, [subject.practice, last, min(_PART, count - trial.looked_at)])
            if not claims:
                break
            last = claims[-1].pk
            audit.record_many(
                subject,
                [audit.Touched("R", "claim", str(one.pk), 0, one.patient) for one in claims],
                detail="trial of scrubbing rules",
            )
            for claim, content in zip(claims, _as_built(subject, claims), strict=True):
                was, would = (rules.errors(scrubbing.scrub(content, by)) for by in (before, after))
                old.update({one.rule for one in was})
                new.update({one.rule for one in would})
                _count(trial, claim, content, was, would)
    names = [one.rule.id for one in (*before, *after)]
    trial.rules = {one: (old[one], new[one]) for one in dict.fromkeys(names) if old[one] or new[one]}
    return trial


def _count(
    trial: Trial, claim: Claim, content: ClaimContent, was: list[Finding], would: list[Finding]
) -> None:  # fmt: skip
    trial.looked_at += 1
    trial.held_before += bool(was)
    trial.held_after += bool(would)
    if bool(was) != bool(would):
        payer = content.payer.name or content.payer.payer_id
        made = Difference(claim.pk, claim.number, claim.patient, payer, bool(would), would or was)
        trial.differences.append(made)


def _as_built(subject: Subject, claims: Sequence[Claim]) -> list[ClaimContent]:
    """What the claims say, with the facts of the day on which each was built."""
    zone = ZoneInfo(practice_of(subject).zone)
    found = []
    for claim, content in zip(claims, facts.beside(subject, [told(one) for one in claims], new=False), strict=True):
        assert content.facts is not None
        others = facts.built_before(content.facts.beside, claim.number)
        day = claim.built_at.astimezone(zone).date()
        then = msgspec.structs.replace(
            content.facts, today=day, beside=others, duplicates=facts.duplicates(content, others)
        )
        found.append(msgspec.structs.replace(content, facts=then))
    return found
