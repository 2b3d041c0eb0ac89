"""Scopes in the words of the person who is asked: what may be seen, added, changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chartdesk.kit.errors import Invalid
from chartdesk.record.access.scopes import Scope, is_context, parse

_THINGS = {
    "*": "everything in the record",
    "AllergyIntolerance": "allergies",
    "Appointment": "appointments",
    "CarePlan": "care plans",
    "CareTeam": "the care team",
    "Claim": "claims sent to insurers",
    "Condition": "problems and diagnoses",
    "Coverage": "insurance cards",
    "Device": "implants and devices",
    "DiagnosticReport": "reports of tests",
    "DocumentReference": "notes and documents",
    "Encounter": "visits",
    "ExplanationOfBenefit": "what insurers decided",
    "Goal": "goals",
    "Immunization": "vaccinations",
    "Location": "places of the practice",
    "Medication": "medicines",
    "MedicationRequest": "prescribed medicines",
    "MedicationStatement": "medicines taken",
    "Observation": "vital signs, results and observations",
    "Organization": "organizations",
    "Patient": "name, address, birth date and other personal details",
    "Practitioner": "clinicians",
    "Procedure": "procedures",
    "QuestionnaireResponse": "answers to questionnaires",
    "RelatedPerson": "relatives and contacts",
    "ServiceRequest": "orders and referrals",
}
_VERBS = {"c": "add", "u": "change", "d": "delete"}
_WHOSE = {"patient": "", "user": ", of every patient you may see yourself", "system": ", of every patient"}
_CONTEXT = {
    "openid": "Know who you are",
    "fhirUser": "Know who you are",
    "profile": "Know your name",
    "launch": "Know which patient and visit is open",
    "launch/patient": "Know which patient is chosen",
    "launch/encounter": "Know which visit is open",
    "offline_access": "Keep this access when you are logged out, until you take it back",
    "online_access": "Keep this access while you are logged in here",
}


@dataclass(frozen=True)
class Line:
    """One thing that is asked for. ``optional`` ones may be left out; ``writes`` says that it changes the record."""

    scopes: str
    words: str
    optional: bool
    writes: bool = False


def lines(scopes: Iterable[str]) -> list[Line]:
    """What the scopes ask for, one line each; those that say the same to a person together."""
    found: dict[str, Line] = {}
    for scope in scopes:
        line = _line(scope)
        known = found.get(line.words)
        found[line.words] = Line(f"{known.scopes} {scope}", line.words, line.optional, line.writes) if known else line
    return sorted(found.values(), key=lambda line: (not _is_data(line), line.optional))


def _is_data(line: Line) -> bool:
    return not is_context(line.scopes.split()[0])


def sentences(scopes: Iterable[str]) -> list[str]:
    """The same as sentences only."""
    return [line.words for line in lines(scopes)]


def _line(scope: str) -> Line:
    if is_context(scope):
        return Line(scope, _CONTEXT[scope], scope == "offline_access")
    try:
        read = parse(scope)
    except Invalid:
        return Line(scope, scope, True)
    return Line(scope, _words(read), True, bool(set(read.letters) & set("cud")))


def _words(scope: Scope) -> str:
    verbs = ["see"] if set(scope.letters) & set("rs") else []
    verbs += [word for letter, word in _VERBS.items() if letter in scope.letters]
    listed = verbs[0] if len(verbs) == 1 else f"{', '.join(verbs[:-1])} and {verbs[-1]}"
    thing = _THINGS.get(scope.type, f"{scope.type} resources")
    narrow = "; ".join(f"{name} {value.rpartition('|')[2] or value}" for name, value in scope.filters)
    return f"{listed.capitalize()} {thing}{f' (only {narrow})' if narrow else ''}{_WHOSE[scope.level]}"
