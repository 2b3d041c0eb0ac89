"""Conditions: writes that name their resource by a search.

Whoever writes under a condition first takes a lock that stands for it and holds it until the transaction ends;
the search comes after the lock. So of two who create under one condition at the same moment one creates, and the
other finds. Guide section: conditional create (https://hl7.org/fhir/R4/http.html#ccreate).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import parse_qsl

from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.record import database, search
from chartdesk.record.access.subject import Subject
from chartdesk.record.stored import Stored

#: Above so many conditions on one type a bundle locks the type: the database has room for so many locks only.
_MOST_LOCKS = 200
#: Parameters that say how to answer; in a condition they would change what is found.
_NO_CONDITIONS = frozenset(
    {
        *("_count", "_sort", "_include", "_revinclude", "_summary", "_elements", "_total", "_cursor", "_offset"),
        *("_contained", "_containedType", "_format", "_pretty", "_type"),
    }
)
_SHARED = "SELECT pg_advisory_xact_lock_shared(k) FROM unnest(%s::int8[]) AS k"
_ALONE = "SELECT pg_advisory_xact_lock(k) FROM unnest(%s::int8[]) AS k"


class SeveralMatch(Conflict):
    """A condition that must name one resource at most matches more."""


@dataclass(frozen=True)
class Condition:
    """What a resource of ``type`` must meet. Two that differ in the order of their parameters only are equal."""

    type: str
    pairs: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The condition as it is written in an address."""
        return f"{self.type}?{'&'.join(f'{name}={value}' for name, value in self.pairs)}"


def read(type: str, query: str | Iterable[tuple[str, str]]) -> Condition:
    """The condition in a query, text or pairs. Raises Invalid where it is empty or says how to answer."""
    try:
        pairs = parse_qsl(query, errors="strict", max_num_fields=50) if isinstance(query, str) else list(query)
    except ValueError as fault:
        raise Invalid("The condition cannot be read.", cure="Write it like identifier=system|value.") from fault
    pairs = [(name, value) for name, value in pairs if value]
    if not pairs:
        raise Invalid("The condition is empty.", cure="Write it like identifier=system|value.")
    for name, _ in pairs:
        if name.partition(":")[0] in _NO_CONDITIONS:
            raise Invalid(f"{name} cannot be part of a condition.", cure="Leave it out.")
    return Condition(type, tuple(sorted(pairs)))


def lock(subject: Subject, conditions: Iterable[Condition]) -> None:
    """Wait until nobody else writes under one of ``conditions``; holds until the transaction ends.

    Taken in one order by everybody, so that two bundles never wait for each other.
    """
    wanted = set(conditions)
    if not wanted:
        return
    several: dict[str, list[int]] = {}
    for condition in wanted:
        several.setdefault(condition.type, []).append(_key(subject, condition.type, repr(condition.pairs)))
    whole = {type for type, keys in several.items() if len(keys) > _MOST_LOCKS}
    for type in sorted(several):
        database.execute(_ALONE if type in whole else _SHARED, [[_key(subject, type, "")]])
    single = sorted(key for type, keys in several.items() if type not in whole for key in keys)
    if single:
        database.execute(_ALONE, [single])


def matches(subject: Subject, condition: Condition, most: int = 2) -> list[Stored]:
    """What meets the condition, ``most`` resources of it. Raises Invalid where it cannot be searched by."""
    return search.find(subject, condition.type, condition.pairs, count=most, strict=True).entries


def match(subject: Subject, condition: Condition) -> Stored | None:
    """The one resource that meets it, None where none does. Raises SeveralMatch."""
    found = matches(subject, condition)
    if len(found) > 1:
        raise SeveralMatch(
            f"Several {condition.type} resources match the condition.", cure="Use a narrower one.", where=""
        )
    return found[0] if found else None


def _key(subject: Subject, type: str, text: str) -> int:
    digest = blake2b(f"condition\0{subject.practice}\0{type}\0{text}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
