"""The whole list of rules, and running it over a claim."""

from __future__ import annotations

from collections.abc import Sequence

from chartdesk.pms.claims import coding_rules, filing_rules, party_rules
from chartdesk.pms.claims.content import ClaimContent
from chartdesk.pms.claims.rules import Finding, ScrubRule
from chartdesk.record.access import Subject

#: Every rule, in the order in which findings are shown.
RULES: tuple[ScrubRule, ...] = (*party_rules.RULES, *coding_rules.RULES, *filing_rules.RULES)


def scrub(claim: ClaimContent) -> list[Finding]:
    """Everything the rules find in ``claim``; facts of the moment are in ``claim.facts``."""
    return [finding for rule in RULES for finding in rule.check(claim)]


def scrub_many(subject: Subject, claims: Sequence[ClaimContent]) -> list[list[Finding]]:
    """The same for several claims, by the rules as the practice has set them."""
    return [scrub(claim) for claim in claims]
