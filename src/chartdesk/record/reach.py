"""How far a subject reaches: which resources of a type its scopes let it read, find or write.

A reach is a list of alternatives, each a patient's compartment, or conditions on codes, or both. Searches carry it
in their SQL, single reads and writes are compared with it. Guide section: SMART App Launch 2.2, scopes
(https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#finer-grained-resource-constraints-using-search-parameters).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from chartdesk.record import rules, tokens
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import Subject
from chartdesk.record.indexing import Index, index, parts
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir.search import criteria, parameters

if TYPE_CHECKING:
    from chartdesk.record.search.conditions import Where

#: Types that belong to no patient and hold nothing of one: a patient's scopes may read all of them.
SHARED = frozenset(
    {
        *("ActivityDefinition", "CatalogEntry", "ChargeItemDefinition", "CodeSystem", "ConceptMap", "DeviceDefinition"),
        *("Endpoint", "HealthcareService", "InsurancePlan", "Library", "Location", "Measure", "Medication"),
        *("MedicationKnowledge", "NamingSystem", "ObservationDefinition", "OperationDefinition", "Organization"),
        *("OrganizationAffiliation", "PlanDefinition", "Practitioner", "PractitionerRole", "Questionnaire", "Schedule"),
        *("SearchParameter", "Slot", "SpecimenDefinition", "StructureDefinition", "Substance", "ValueSet"),
    }
)


@dataclass(frozen=True, slots=True)
class Condition:
    """Search values of which the resource must have one: its hashes among the tokens, or among the marks."""

    tokens: tuple[int, ...]
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to be within reach: the patient it must belong to (None: anybody), and what it must meet."""

    patient: str | None
    conditions: tuple[Condition, ...]

    def admits(self, patient: str, found: Collection[int], marks: Collection[int]) -> bool:
        """Whether a resource with these search values is within."""
        return (self.patient is None or self.patient == patient) and all(
            any(one in found for one in condition.tokens) or any(one in marks for one in condition.marks)
            for condition in self.conditions
        )


@dataclass(frozen=True, slots=True)
class Reach:
    """What a subject may touch: one of the alternatives. ``patient`` is the one patient that all of them name."""

    practice: int
    alternatives: tuple[Alternative, ...]
    patient: str | None
    filtered: bool

    def admits(self, made: Index) -> bool:
        """Whether the resource with this index is within reach."""
        return any(one.admits(made.patient, made.tokens, made.marks) for one in self.alternatives)

    def admits_stored(self, stored: Stored) -> bool:
        """Whether this version is within reach. One that says it was deleted has only its patient left."""
        if not self.filtered or stored.deleted:
            return self.patient is None or stored.patient == self.patient
        return self.admits(index(self.practice, stored.resource))

    def hold(self, where: Where) -> None:
        """Add to a search that what it finds must be within reach."""
        if self.patient is not None:
            where.of_patient(self.patient)
        if not self.filtered:
            return
        if len(self.alternatives) == 1:
            for condition in self.alternatives[0].conditions:
                if condition.marks:
                    where.add(*_flat(_condition(condition)))
                else:
                    where.has_token(condition.tokens)
        else:
            where.add(*self.condition())

    def condition(self) -> tuple[Any, ...]:
        """The same as ``test``, flat: the text and its values one after the other."""
        return _flat(self.test())

    def test(self) -> tuple[str, list[Any]]:
        """The SQL text that row ``r`` of ``record_resource`` is within reach, and its values."""
        texts, values = [], []
        for one in self.alternatives:
            parts = [_condition(condition) for condition in one.conditions]
            if one.patient is not None:
                parts.append(("r.patient = %s", [one.patient]))
            texts.append(" AND ".join(text for text, _ in parts) or "true")
            values += [value for _, given in parts for value in given]
        return "(" + " OR ".join(f"({text})" for text in texts) + ")", values


def of(subject: Subject, type: str, interaction: str) -> Reach | None:
    """How far the subject reaches for this interaction; None for every resource of the type. Raises Forbidden."""
    if rules.is_trusted():
        return None
    if scopes.is_person(subject):
        return _of_patient(subject.practice, _within(subject.patient, type, interaction)) if subject.patient else None
    found = scopes.alternatives(subject.scopes, type, interaction)
    if not found:
        raise scopes.refusal(subject, type, interaction)
    patient = scopes.own_patient(subject) if any(level == "patient" for level, _ in found) else ""
    within = _within(patient, type, interaction)
    if any(not filters and (level != "patient" or within is None) for level, filters in found):
        return None
    return _made(subject.practice, type, found, within)


def readable(subject: Subject, type: str, interaction: str) -> bool:
    """Whether the subject reaches any resource of the type for this interaction."""
    return rules.is_trusted() or scopes.reaches(subject, type, interaction)


def _within(patient: str, type: str, interaction: str) -> str | None:
    """The patient whose compartment counts; None for what is nobody's and may be read by all."""
    if not patient or (type in SHARED and interaction in (scopes.READ, scopes.SEARCH)):
        return None
    return patient


def _of_patient(practice: int, patient: str | None) -> Reach | None:
    return None if patient is None else Reach(practice, (Alternative(patient, ()),), patient, False)


@lru_cache(maxsize=4096)
def _made(practice: int, type: str, found: tuple[tuple[str, scopes.Filters], ...], within: str | None) -> Reach:
    made = tuple(
        Alternative(
            within if level == "patient" else None,
            tuple(_hashed(practice, type, name, value) for name, value in filters),
        )
        for level, filters in found
    )
    patients = {one.patient for one in made}
    filtered = any(one.conditions for one in made)
    return Reach(practice, made, patients.pop() if len(patients) == 1 else None, filtered or len(patients) > 1)


def _hashed(practice: int, type: str, name: str, value: str) -> Condition:
    """The hashes of a search parameter's values as they are in the index."""
    given = [part for part in criteria.split(value, ",") if part]
    if parameters(type)[name].kind == "uri":
        return Condition(tuple(tokens.token(practice, type, name, criteria.unescape(part)) for part in given), ())
    forms: list[str] = []
    marks: list[str] = []
    for part in given:
        token = criteria.token(part)
        if token.code is None:
            marks.append(tokens.of_system(token.system or ""))
        else:
            forms += tokens.wanted(token.system, token.code)
    stored = parts(type, name)
    return Condition(
        tuple(tokens.token(practice, type, part, form) for part in stored for form in forms),
        tuple(tokens.token(practice, type, part, mark) for part in stored for mark in marks),
    )


def _condition(condition: Condition) -> tuple[str, list[Any]]:
    texts, values = [], []
    for column, hashes in (("tokens", condition.tokens), ("marks", condition.marks)):
        if hashes:
            texts.append(f"r.{column} && %s::int8[]")
            values.append("{" + ",".join(map(str, hashes)) + "}")
    return (texts[0] if len(texts) == 1 else f"({' OR '.join(texts)})"), values


def _flat(test: tuple[str, list[Any]]) -> tuple[Any, ...]:
    return (test[0], *test[1])
