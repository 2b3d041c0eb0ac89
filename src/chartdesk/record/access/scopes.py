"""What the scopes of a token allow.

Guide section: SMART App Launch 2.2, scopes for requesting FHIR resources
(https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html). Both versions are read:
``system/Patient.read`` and ``patient/Observation.rs``. A scope with search parameters behind a question mark
(``patient/Observation.rs?category=laboratory``) grants what meets them; ``record.reach`` holds reads, searches
and writes to that. What does not know filters asks ``confine`` and ``allows``, to which such a scope grants nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, quote

from chartdesk.kit.errors import Forbidden, Invalid
from chartdesk.record.access.subject import Role, Subject
from chartdesk.standards.fhir.facts import resource_types
from chartdesk.standards.fhir.search import parameters

CREATE, READ, UPDATE, DELETE, SEARCH = "c", "r", "u", "d", "s"
LETTERS = "cruds"
#: Scopes that are not about resources: who logged in, what is open, how long.
CONTEXT = (
    *("openid", "fhirUser", "profile", "launch", "launch/patient", "launch/encounter"),
    *("offline_access", "online_access"),
)
_WORDS = {CREATE: "create", READ: "read", UPDATE: "update", DELETE: "delete", SEARCH: "search"}
_SCOPE = re.compile(r"(patient|user|system)/(\*|[A-Z][A-Za-z]+)\.(read|write|\*|(?=[cruds])c?r?u?d?s?)(?:\?(.+))?")
_OLD_FORMS = {"read": "rs", "write": "cud", "*": "cruds"}
#: Kinds of search parameters that a scope may name: what is in the index as it stands.
_FILTERS = ("token", "uri")
#: Columns of the resource's own row, which are not in that index.
_COLUMNS = ("_id",)

Filters = tuple[tuple[str, str], ...]


class Scope(NamedTuple):
    """One scope: level, type or ``*``, letters of ``cruds``, and the (parameter, value) pairs that must all hold."""

    level: str
    type: str
    letters: str
    filters: Filters = ()

    @property
    def text(self) -> str:
        """The scope as version 2 writes it."""
        query = "&".join(f"{name}={quote(value, safe=':/|,.-')}" for name, value in self.filters)
        return f"{self.level}/{self.type}.{self.letters}{'?' if query else ''}{query}"


@lru_cache(maxsize=4096)
def parse(scope: str) -> Scope:
    """The scope, read. Raises Invalid for anything that Chartdesk does not grant."""
    found = _SCOPE.fullmatch(scope)
    if found is None or found.group(2) not in ("*", *resource_types()):
        raise Invalid(f"{scope!r} is not a scope that Chartdesk grants.", cure="For example system/Patient.rs.")
    level, type, letters, query = found.groups()
    return Scope(level, type, _OLD_FORMS.get(letters, letters), _filters(scope, type, query) if query else ())


def _filters(scope: str, type: str, query: str) -> Filters:
    known = parameters("Resource" if type == "*" else type)
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=20)
    except (ValueError, UnicodeDecodeError) as fault:
        raise Invalid(
            f"{scope!r} cannot be read.", cure="Write it like patient/Observation.rs?category=a|b."
        ) from fault
    for name, value in pairs:
        if name not in known or known[name].kind not in _FILTERS or name in _COLUMNS or not value.strip(","):
            raise Invalid(
                f"{scope!r} narrows by {name}, which is not possible.",
                cure="Scopes can be narrowed by codes and URIs, such as category or _security, without modifiers.",
            )
    return tuple(pairs)


def is_context(scope: str) -> bool:
    """Whether the scope is about log-in, launch or life time and not about resources."""
    return scope in CONTEXT


@lru_cache(maxsize=1024)
def alternatives(scopes: frozenset[str], type: str, interaction: str) -> tuple[tuple[str, Filters], ...]:
    """The (level, filters) under which the scopes allow the interaction: one of them must hold.

    An alternative that another one includes is left out. Unreadable scopes grant nothing.
    """
    found: set[tuple[str, Filters]] = set()
    for text in scopes:
        scope = _readable(text)
        if scope is not None and scope.type in ("*", type) and interaction in scope.letters:
            found.add((scope.level, scope.filters))
    wide = any(level != "patient" and not filters for level, filters in found)
    confined = ("patient", ()) in found
    return tuple(
        sorted(
            (level, filters)
            for level, filters in found
            if (not filters or not (wide or (confined and level == "patient"))) and not (wide and level == "patient")
        )
    )


def _readable(scope: str) -> Scope | None:
    try:
        return parse(scope)
    except Invalid:
        return None


def covers(granted: Iterable[str], asked: str) -> bool:
    """Whether what was ``granted`` includes the scope ``asked``: ``system/*.cruds`` covers ``system/Patient.rs``.

    Raises Invalid when ``asked`` is not a scope.
    """
    if is_context(asked):
        return asked in set(granted)
    wanted = parse(asked)
    held: set[str] = set()
    for text in granted:
        scope = _readable(text)
        if (
            scope is not None
            and (scope.level, scope.type) in ((wanted.level, wanted.type), (wanted.level, "*"))
            and set(scope.filters) <= set(wanted.filters)
        ):
            held.update(scope.letters)
    return set(wanted.letters) <= held


def narrowed(allowed: Iterable[str], asked: Iterable[str]) -> list[str]:
    """What of ``asked`` lies within ``allowed``, in the order asked; each scope as it was asked for where it is whole.

    ``patient/*.rs`` asked of one who may have ``patient/Observation.cruds`` gives ``patient/Observation.rs``.
    What cannot be read gives nothing.
    """
    may = list(allowed)
    held = [scope for scope in map(_readable, may) if scope is not None]
    found: list[str] = []
    for text in asked:
        if is_context(text):
            found += [text] if text in may else []
            continue
        wanted = _readable(text)
        if wanted is None:
            continue
        if covers(may, text):
            found.append(text)
        else:
            found += [both.text for scope in held if (both := _both(scope, wanted)) is not None]
    return _simple(found)


def _both(one: Scope, other: Scope) -> Scope | None:
    """What both scopes allow."""
    letters = "".join(letter for letter in one.letters if letter in other.letters)
    if one.level != other.level or not letters or (one.type != other.type and "*" not in (one.type, other.type)):
        return None
    filters = (*one.filters, *(pair for pair in other.filters if pair not in one.filters))
    return Scope(one.level, other.type if one.type == "*" else one.type, letters, filters)


def _simple(found: list[str]) -> list[str]:
    """Each once, without those that one other includes."""
    once = list(dict.fromkeys(found))
    kept: list[str] = []
    for place, text in enumerate(once):
        others = kept + once[place + 1 :]
        if is_context(text) or not any(not is_context(other) and covers([other], text) for other in others):
            kept.append(text)
    return kept


def is_person(subject: Subject) -> bool:
    """Whether the subject is a person or Chartdesk itself, and not a program with a token."""
    return not subject.scopes and Role.CLIENT not in subject.roles


def confine(subject: Subject, type: str, interaction: str) -> str | None:
    """The patient whose compartment the subject is held to for this interaction; None for no such limit.

    People are held by the pages and commands they may use, not here. Raises Forbidden where no scope allows
    the interaction, where a patient-level scope is bound to no patient, and where only scopes with search
    parameters allow it: who asks here cannot hold to those.
    """
    if is_person(subject):
        return subject.patient or None
    levels = {level for level, filters in alternatives(subject.scopes, type, interaction) if not filters}
    if not levels:
        raise refusal(subject, type, interaction)
    if levels != {"patient"}:
        return None
    return own_patient(subject)


def own_patient(subject: Subject) -> str:
    """The patient that the patient-level scopes are bound to. Raises Forbidden where the token names none."""
    if not subject.patient:
        raise Forbidden("The token's scopes are for one patient, but it names none.")
    return subject.patient


def refusal(subject: Subject, type: str, interaction: str) -> Forbidden:
    """Why the scopes do not allow the interaction, and what to ask for."""
    if alternatives(subject.scopes, type, interaction):
        return Forbidden(
            f"The token may {_WORDS[interaction]} only some {type}; that cannot be done with a narrowed scope.",
            cure=f"Use plain reads and searches, or ask for the scope {type}.{interaction} without search parameters.",
        )
    return Forbidden(
        f"The token does not allow to {_WORDS[interaction]} {type}.",
        cure=f"Ask for a scope such as {_level(subject)}/{type}.{interaction}.",
    )


def _level(subject: Subject) -> str:
    return "patient" if subject.patient else "system"


def allows(subject: Subject, type: str, interaction: str) -> bool:
    """Whether some scope without search parameters allows the interaction, for every patient or for one."""
    if is_person(subject):
        return True
    return any(not filters for _, filters in alternatives(subject.scopes, type, interaction))


def reaches(subject: Subject, type: str, interaction: str) -> bool:
    """Whether some scope allows the interaction at all, perhaps for some resources only."""
    return is_person(subject) or bool(alternatives(subject.scopes, type, interaction))
