"""What the scopes of a token allow.

Guide section: SMART App Launch 2.2, scopes for requesting FHIR resources
(https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html). Both versions are read:
``system/Patient.read`` and ``patient/Observation.rs``. A scope with search parameters behind a question
mark grants less than its type; until such filters are enforced it grants nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from chartdesk.kit.errors import Forbidden, Invalid
from chartdesk.record.access.subject import Role, Subject

CREATE, READ, UPDATE, DELETE, SEARCH = "c", "r", "u", "d", "s"
_WORDS = {CREATE: "create", READ: "read", UPDATE: "update", DELETE: "delete", SEARCH: "search"}
_SCOPE = re.compile(r"(patient|user|system)/(\*|[A-Z][A-Za-z]+)\.(read|write|\*|(?=[cruds])c?r?u?d?s?)")
_OLD_FORMS = {"read": "rs", "write": "cud", "*": "cruds"}


def parse(scope: str) -> tuple[str, str, str]:
    """(level, resource type or ``*``, letters of ``cruds``) of a scope. Raises Invalid for anything else."""
    found = _SCOPE.fullmatch(scope)
    if found is None:
        raise Invalid(f"{scope!r} is not a scope that Chartdesk grants.", cure="For example system/Patient.rs.")
    return found.group(1), found.group(2), _OLD_FORMS.get(found.group(3), found.group(3))


@lru_cache(maxsize=1024)
def _levels(scopes: frozenset[str], type: str, interaction: str) -> frozenset[str]:
    levels = set()
    for scope in scopes:
        if not _SCOPE.fullmatch(scope):
            continue
        level, granted, letters = parse(scope)
        if granted in ("*", type) and interaction in letters:
            levels.add(level)
    return frozenset(levels)


def covers(granted: Iterable[str], asked: str) -> bool:
    """Whether what was ``granted`` includes the scope ``asked``: ``system/*.cruds`` covers ``system/Patient.rs``.

    Raises Invalid when ``asked`` is not a scope.
    """
    level, type, letters = parse(asked)
    held: set[str] = set()
    for scope in granted:
        if _SCOPE.fullmatch(scope):
            its_level, its_type, its_letters = parse(scope)
            if its_level == level and its_type in ("*", type):
                held.update(its_letters)
    return set(letters) <= held


def confine(subject: Subject, type: str, interaction: str) -> str | None:
    """The patient whose compartment the subject is held to for this interaction; None for no such limit.

    People are held by the pages and commands they may use, not here. Raises Forbidden where no scope allows
    the interaction, or where a patient-level scope is bound to no patient.
    """
    if not subject.scopes and Role.CLIENT not in subject.roles:
        return subject.patient or None
    levels = _levels(subject.scopes, type, interaction)
    if not levels:
        raise Forbidden(
            f"The token does not allow to {_WORDS[interaction]} {type}.",
            cure=f"Ask for a scope such as system/{type}.{interaction}.",
        )
    if levels != {"patient"}:
        return None
    if not subject.patient:
        raise Forbidden("The token's scopes are for one patient, but it names none.")
    return subject.patient


def allows(subject: Subject, type: str, interaction: str) -> bool:
    """Whether some scope allows the interaction, for every patient or for one."""
    if not subject.scopes and Role.CLIENT not in subject.roles:
        return True
    return bool(_levels(subject.scopes, type, interaction))
