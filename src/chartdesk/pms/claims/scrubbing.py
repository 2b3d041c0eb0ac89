"""The whole list of rules, what the practice has set about them, and running them over claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import once
from chartdesk.pms.claims import (
    circumstance_rules,
    coding_rules,
    conditions,
    edit_rules,
    facility_rules,
    filing_rules,
    party_rules,
)
from chartdesk.pms.claims.content import ClaimContent
from chartdesk.pms.claims.rules import Finding, ScrubRule, place_of
from chartdesk.pms.scrubbing import commands, queries
from chartdesk.pms.scrubbing.rules import RuleSet, Setting
from chartdesk.record.access import Subject

#: Every rule, in the order in which findings are shown.
RULES: tuple[ScrubRule, ...] = (
    *party_rules.RULES, *coding_rules.RULES, *circumstance_rules.RULES, *facility_rules.RULES, *edit_rules.RULES,
    *filing_rules.RULES,
)  # fmt: skip


@dataclass(frozen=True)
class Active:
    """A rule as a practice has set it: its severity, its figures, and the payers and dates of service it is for."""

    rule: ScrubRule
    severity: str
    payers: frozenset[str] = frozenset()
    first: date | None = None
    last: date | None = None
    figures: Mapping[str, Decimal] = field(default_factory=dict)

    @cached_property
    def limited(self) -> bool:
        """Whether it is for some claims only."""
        return bool(self.payers or self.first or self.last)

    def means(self, claim: ClaimContent) -> bool:
        """Whether it is for ``claim``."""
        return (
            (not self.payers or claim.payer.payer_id in self.payers)
            and (self.first is None or claim.service_date >= self.first)
            and (self.last is None or claim.service_date <= self.last)
        )


def rule(rule_id: str) -> ScrubRule:
    """A built-in rule by its id. Raises NotFound."""
    found = next((one for one in RULES if one.id == rule_id), None)
    if found is None:
        raise NotFound(f"There is no scrubbing rule {rule_id!r}.", cure="Choose one of the list.")
    return found


def set_rule(subject: Subject, setting: Setting, *, revision: int | None = None) -> None:
    """Set something about a built-in rule in the practice's draft. Raises NotFound and as ``put_setting``."""
    known = rule(setting.rule)
    commands.put_setting(subject, setting, known.figures, fixed=known.fixed, revision=revision)


def active(said: RuleSet) -> tuple[Active, ...]:
    """The rules that look for anything under this rule set: the built-in ones, then the practice's own."""
    settings = {one.rule: one for one in said.settings}
    built_in = (_set(one, settings.get(one.id) or Setting(one.id)) for one in RULES)
    own = (
        Active(conditions.rule_of(one), one.severity, frozenset(one.payers), one.first, one.last) for one in said.own
    )
    return tuple(one for one in (*built_in, *own) if one.severity != "off")


def _set(rule: ScrubRule, said: Setting) -> Active:
    figures = {name: said.figures.get(name, figure.usual) for name, figure in rule.figures.items()}
    return Active(rule, said.severity or rule.severity, frozenset(said.payers), said.first, said.last, figures)


BUILT_IN = active(RuleSet())
#: Rules of practices, by practice and number of the version, as this process has put them together.
_known: dict[tuple[int, int], tuple[Active, ...]] = {}
_MOST_KNOWN = 500


def of_practice(subject: Subject) -> tuple[Active, ...]:
    """The rules as the practice has set them, read once in a transaction."""
    return once(("scrubbing rules", subject.practice), lambda: _read(subject))


def _read(subject: Subject) -> tuple[Active, ...]:
    number, said = queries.live(subject)
    if not number:
        return BUILT_IN
    # What was live once never changes, so its number says what it is.
    key = subject.practice, number
    if key not in _known:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[key] = active(said)
    return _known[key]


def scrub(claim: ClaimContent, by: Sequence[Active] = BUILT_IN) -> list[Finding]:
    """Everything the rules find in ``claim``; facts of the moment are in ``claim.facts``."""
    found = []
    for one in by:
        if not one.limited or one.means(claim):
            rule = one.rule
            # Written out: most rules find nothing, and there are many of them for many claims.
            for line, message in rule.faults(claim, **one.figures) if one.figures else rule.faults(claim):
                found.append(Finding(rule.id, one.severity, message, rule.cure, place_of(rule.place, claim), line))
    return found


def scrub_many(subject: Subject, claims: Sequence[ClaimContent]) -> list[list[Finding]]:
    """The same for several claims, by the rules as the practice has set them."""
    by = of_practice(subject)
    return [scrub(claim, by) for claim in claims]
