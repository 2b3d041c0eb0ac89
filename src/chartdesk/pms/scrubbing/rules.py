"""What a practice sets about a built-in rule, what a rule of its own says, and both together. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from chartdesk.kit import typed
from chartdesk.kit.errors import Invalid
from chartdesk.kit.ids import new_id
from chartdesk.pms.scrubbing import conditions
from chartdesk.pms.scrubbing.conditions import Condition

#: What a finding does to its claim.
SEVERITIES = {"error": "holds the claim", "warning": "is shown and holds nothing", "off": "is not looked for"}
#: Where what an own rule finds is mended.
PLACES = {
    "superbill": "the charges", "patient": "the patient", "coverage": "the coverage", "payer": "the payer",
    "provider": "the provider", "claim": "the claim",
}  # fmt: skip
#: Characters that the words of a rule may have: they stand in lists and on the work list.
LONGEST = {"name": 80, "message": 300, "cure": 300}
#: Conditions that a rule may have of each kind.
MOST_CONDITIONS = 12


class Setting(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is set about a built-in rule: a severity (empty: its own), only these payers, only these dates of service
    from ``first`` to ``last``, and figures of the rule by their names."""

    rule: str
    severity: str = ""
    payers: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    figures: dict[str, Decimal] = {}

    @property
    def says(self) -> bool:
        """Whether it sets anything at all."""
        return bool(self.severity or self.payers or self.first or self.last or self.figures)


class OwnRule(msgspec.Struct, frozen=True, omit_defaults=True):
    """A rule of the practice: whatever meets every condition of ``when`` must meet every one of ``must``.

    Without ``must`` it is at fault at once. Where a condition asks of lines, each line is looked at by itself.
    """

    id: str
    name: str
    message: str
    cure: str
    severity: str = "error"
    place: str = "superbill"
    payers: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    when: tuple[Condition, ...] = ()
    must: tuple[Condition, ...] = ()

    @property
    def of_lines(self) -> bool:
        """Whether it looks at each line by itself."""
        return any(conditions.of_line(one) for one in (*self.when, *self.must))


class RuleSet(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything that a practice has set."""

    settings: tuple[Setting, ...] = ()
    own: tuple[OwnRule, ...] = ()

    def setting(self, rule: str) -> Setting:
        """What is set about a built-in rule."""
        return next((one for one in self.settings if one.rule == rule), Setting(rule))


def restored(plain: dict[str, Any]) -> RuleSet:
    """A rule set from its JSON data."""
    return typed.convert(plain, RuleSet, strict=False)


def with_setting(said: RuleSet, setting: Setting) -> RuleSet:
    """The rule set with this setting; one that sets nothing is taken out."""
    others = tuple(one for one in said.settings if one.rule != setting.rule)
    return msgspec.structs.replace(said, settings=(*others, setting) if setting.says else others)


def with_own(said: RuleSet, rule: OwnRule) -> RuleSet:
    """The rule set with this rule, at the end or in its place."""
    if all(one.id != rule.id for one in said.own):
        return msgspec.structs.replace(said, own=(*said.own, rule))
    return msgspec.structs.replace(said, own=tuple(rule if one.id == rule.id else one for one in said.own))


def without_own(said: RuleSet, rule_id: str) -> RuleSet:
    """The rule set without a rule."""
    return msgspec.structs.replace(said, own=tuple(one for one in said.own if one.id != rule_id))


def checked_setting(setting: Setting, figures: Collection[str], *, fixed: bool) -> Setting:
    """A setting in form. Raises Invalid, as where a rule cannot be set because a file would be refused without it."""
    if setting.severity not in ("", *SEVERITIES):
        raise Invalid("Choose what a finding does.", where="severity")
    if fixed and (setting.severity or setting.payers or setting.first or setting.last):
        raise Invalid(
            "This rule always holds: a claim against it cannot be written.", where="severity", cure="Leave it as it is."
        )
    unknown = sorted(set(setting.figures) - set(figures))
    if unknown:
        raise Invalid(f"The rule has no figure {unknown[0]!r}.", where=unknown[0])
    for name, figure in setting.figures.items():
        if not figure.is_finite() or not 0 <= figure <= 1_000_000:
            raise Invalid(f"{figure} is not possible.", where=name, cure="Give a figure from 0 to 1,000,000.")
    _check_dates(setting.first, setting.last)
    return setting


def checked_own(rule: OwnRule) -> OwnRule:
    """An own rule in form, with an id. Raises Invalid with one issue for the first faulty field."""
    for name, what in (("name", "a name"), ("message", "what it finds, in words"), ("cure", "what to do about it")):
        if not getattr(rule, name).strip():
            raise Invalid(f"Give the rule {what}.", where=name)
        if len(getattr(rule, name)) > LONGEST[name]:
            raise Invalid(f"This has at most {LONGEST[name]} characters.", where=name, cure="Shorten it.")
    if rule.severity not in SEVERITIES:
        raise Invalid("Choose what a finding does.", where="severity")
    if rule.place not in PLACES:
        raise Invalid("Choose where it is mended.", where="place")
    _check_dates(rule.first, rule.last)
    if not rule.when and not rule.must:
        raise Invalid("The rule would find fault with every claim.", where="when0", cure="Give it a condition.")
    if max(len(rule.when), len(rule.must)) > MOST_CONDITIONS:
        raise Invalid(f"A rule has at most {MOST_CONDITIONS} conditions.", where="when0")
    return msgspec.structs.replace(
        rule,
        id=rule.id or f"own_{new_id()[:12]}",
        name=" ".join(rule.name.split()), message=" ".join(rule.message.split()), cure=" ".join(rule.cure.split()),
        when=_checked(rule.when, "when"), must=_checked(rule.must, "must"),
    )  # fmt: skip


def said_of(rule: OwnRule) -> str:
    """An own rule in a sentence."""
    when = " and ".join(map(conditions.words, rule.when))
    must = " and ".join(map(conditions.words, rule.must))
    if not rule.must:
        return f"At fault where {when}."
    return f"Where {when}: {must}." if when else f"Always: {must}."


def _checked(given: Sequence[Condition], kind: str) -> tuple[Condition, ...]:
    return tuple(conditions.checked(one, f"{kind}{place}") for place, one in enumerate(given))


def _check_dates(first: date | None, last: date | None) -> None:
    if first and last and last < first:
        raise Invalid("The last date of service lies before the first.", where="last")


#: The names of own rules that may stand in a finding begin so.
OWN = re.compile(r"own_[0-9a-zA-Z-]+")
