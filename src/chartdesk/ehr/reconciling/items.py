"""The items of a document and of our chart in the shape in which they are compared. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from chartdesk.ehr.charting.allergies import NONE_KNOWN as NO_ALLERGY
from chartdesk.ehr.charting.allergies import SNOMED, Allergy
from chartdesk.ehr.charting.problems import ACTIVE, Problem
from chartdesk.ehr.medications.queries import ACTIVE as TAKEN
from chartdesk.ehr.medications.queries import Medication
from chartdesk.ehr.reconciling.rules import ALLERGIES, MEDICATIONS, PROBLEMS, Ours, Theirs
from chartdesk.standards.ccda import document
from chartdesk.standards.ccda.tables import NONE_KNOWN, days
from chartdesk.standards.terminology import icd10, substances

_MOST = 400


def theirs(kind: str, given: document.Document) -> list[Theirs]:
    """The items of the document's list."""
    return [_READERS[kind](item) for item in given.items(kind)]


def _problem(item: document.Problem) -> Theirs:
    billable = next(
        (code for system, code in item.what.codings if system == icd10.SYSTEM and icd10.is_billable(code)), ""
    )
    return Theirs(
        _short(item.what.words),
        _codes(item.what),
        item.status == "active",
        item.negated,
        item.span.low,
        (("status", _over(item)),),
        (("code", billable), ("onset", item.span.low[:10]), ("ended", item.span.high[:10])),
    )


def _over(item: document.Problem) -> str:
    until = f" ({days(item.span)})" if item.span.high else ""
    return "" if item.status == "active" else f"{item.status}{until}"


def _codes(what: document.Coded) -> frozenset[tuple[str, str]]:
    """The codes as ours are written: those of ICD-10-CM with their dot."""
    return frozenset((system, icd10.dotted(code) if system == icd10.SYSTEM else code) for system, code in what.codings)


def _allergy(item: document.Allergy) -> Theirs:
    felt = ", ".join(reaction.what.words for reaction in item.reactions if reaction.what.words)
    severity = next((reaction.severity for reaction in item.reactions if reaction.severity), item.severity)
    words = NONE_KNOWN[item.category] if item.none_known else item.substance.words
    category = item.category if item.none_known else item.category or _category(words)
    return Theirs(
        _short(words),
        frozenset() if item.none_known else _codes(item.substance),
        item.status == "active",
        item.negated,
        item.span.low,
        (("reaction", felt), ("severity", severity), ("status", "" if item.status == "active" else item.status)),
        (("category", category), ("reaction", _short(felt)), ("severity", severity), ("onset", item.span.low[:10])),
        none_known=item.none_known,
    )


def _category(words: str) -> str:
    """The category of a common allergen of food or surroundings; empty where the name says nothing."""
    said = words.casefold()
    for category in ("food", "environment"):
        named = [one.name.removesuffix(" venom") for one in substances.allergens(category)]
        if any(re.search(rf"\b{re.escape(name)}", said) for name in named):
            return category
    return ""


def _medication(item: document.Medication) -> Theirs:
    active = item.status in ("active", "on-hold")
    return Theirs(
        _short(item.drug.words),
        _codes(item.drug),
        active,
        item.negated,
        item.span.low,
        (("dosage", item.instruction), ("status", "" if active else f"{item.status} {days(item.span)}".strip())),
        (("dosage", item.instruction[:_MOST]), ("reason", item.reason.words[:_MOST])),
    )


_READERS: dict[str, Callable[[Any], Theirs]] = {
    PROBLEMS: _problem,
    ALLERGIES: _allergy,
    MEDICATIONS: _medication,
}


def _short(words: str) -> str:
    """As long as a chart takes it; the document itself keeps the rest."""
    return " ".join(words.split())[:200]


def our_problems(found: Iterable[Problem]) -> list[Ours]:
    """Our problem list with what is over."""
    return [
        Ours(
            item.condition_id,
            item.version,
            item.description,
            frozenset({(icd10.SYSTEM, item.code)}) if item.code else frozenset(),
            item.status in ACTIVE,
        )
        for item in found
    ]


def our_allergies(found: Sequence[Allergy]) -> list[Ours]:
    """Our active allergies, and that none is known."""
    made = []
    for item in found:
        codes = (
            {(SNOMED, NO_ALLERGY)} if item.none_known else {(substances.RXNORM, item.rxnorm)} if item.rxnorm else set()
        )
        facts = (("reaction", item.reaction), ("severity", item.severity))
        words = item.substance
        extra = (("category", item.category), ("onset", item.onset))
        made.append(Ours(item.allergy_id, item.version, words, frozenset(codes), True, item.none_known, facts, extra))
    return made


def our_medications(found: Iterable[Medication]) -> list[Ours]:
    """Our medication list with what was stopped."""
    return [
        Ours(
            item.request_id,
            item.version,
            item.name,
            frozenset({(substances.RXNORM, item.rxnorm)}) if item.rxnorm else frozenset(),
            item.status in TAKEN,
            False,
            (("dosage", item.dosage),),
        )
        for item in found
    ]
