"""Scrubbing: what must be right before a claim is sent. Rules as data, checks as pure functions.

A rule has an id, a severity, the reason it exists, the cure, and the place where it is mended: the superbill,
the patient, the coverage, the payer, the provider, the practice, or the claim itself. An ``error`` holds the
claim; a ``warning`` is shown and holds nothing. The checks live in ``party_rules`` (who), ``coding_rules``
(what), ``facility_rules`` (institutional claims), ``edit_rules`` (by the published tables) and ``filing_rules`` (when,
to whom, after whom); ``scrubbing`` lists them all and puts in what the practice has set. Many are there because
validators of the format do not look for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from chartdesk.pms.claims.content import ClaimContent


@dataclass(frozen=True)
class Finding:
    """One thing that scrubbing found. ``where`` is (kind of thing, its id), where it is mended."""

    rule: str
    severity: str
    message: str
    cure: str
    where: tuple[str, str]
    line: int = 0


#: What a check yields: (line number or 0, message).
Faults = Iterator[tuple[int, str]]


@dataclass(frozen=True)
class Figure:
    """A figure of a rule that a practice may set: what it is, and what it is unless set."""

    words: str
    usual: Decimal


@dataclass(frozen=True)
class ScrubRule:
    """A rule of scrubbing. ``faults`` yields (line number or 0, message) for each fault it sees.

    Its ``figures`` are given to ``faults`` by their names. Rules that are ``fixed`` say what no 837P can say, so
    nobody can switch them off. The ``name`` of a practice's own rule is the practice's.
    """

    id: str
    severity: str
    place: str
    reason: str
    cure: str
    faults: Callable[..., Faults] = field(compare=False)
    figures: Mapping[str, Figure] = field(default_factory=dict, compare=False)
    fixed: bool = False
    name: str = ""


def place_of(kind: str, claim: ClaimContent) -> tuple[str, str]:
    """The link to where something of ``claim`` is mended."""
    identifiers = {
        "superbill": str(claim.superbill),
        "circumstances": str(claim.superbill),
        "documents": str(claim.superbill),
        "patient": claim.patient_id,
        "authorizations": claim.patient_id,
        "coverage": claim.insured.coverage_id,
        "payer": claim.payer.payer_id,
        "provider": claim.rendering.practitioner if claim.rendering else "",
        "practice": "",
        "splits": "",
        "claim": claim.number,
    }
    if kind == "coverage" and not identifiers["coverage"]:
        return "patient", claim.patient_id
    return kind, identifiers[kind]


def errors(findings: list[Finding]) -> list[Finding]:
    """Those that hold a claim."""
    return [finding for finding in findings if finding.severity == "error"]


def plain(finding: Finding) -> dict[str, Any]:
    """A finding as JSON data."""
    return asdict(finding)


def finding_of(data: dict[str, Any]) -> Finding:
    """A finding from its JSON data."""
    return Finding(**{**data, "where": tuple(data["where"])})
