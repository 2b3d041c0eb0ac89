"""Value sets and code systems as a practice sees them: those loaded from the start, and those stored in its record.

What comes with Chartdesk goes first: a practice cannot change what a URL of HL7 means, but may store another version
of it and ask for that version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chartdesk.kit.errors import Invalid
from chartdesk.record import rules, search
from chartdesk.record.access.subject import Subject
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology import loaded
from chartdesk.standards.terminology.concepts import ABSTRACT, RETIRED, USABLE, CodeSystem, Concept, Table
from chartdesk.standards.terminology.expansion import Expansion, Member, NotLoaded, Source, require
from chartdesk.standards.terminology.value_sets import Part, ValueSet

__all__ = ["Member", "NotLoaded", "code_system", "expand", "members", "source", "value_set"]

#: Codes of a value set that a search may look for.
MOST_SEARCHED = 10_000


def expand(subject: Subject, url: str) -> set[tuple[str, str]]:
    """The (system, code) pairs of the value set at ``url``, which may carry a version after a bar.

    For a search with ``:in``. Raises NotLoaded where it, or a system it needs, is not loaded, and Invalid where it
    has more than ``MOST_SEARCHED`` codes.
    """
    with rules.trusted():
        found = members(source(subject), url)
    if len(found) > MOST_SEARCHED:
        raise Invalid(
            f"{url} has {len(found)} codes, more than the {MOST_SEARCHED} that a search can look for.",
            cure="Search with a smaller value set.",
        )
    return {(one.system, one.code) for one in found}


def members(of: Source, url: str, text: str = "") -> list[Member]:
    """The members of the value set at ``url``; with ``text`` those that it finds. Raises NotLoaded and Invalid."""
    return Expansion(of).members(require(of, url), text)


def source(subject: Subject) -> Source:
    """Where this subject's systems and value sets come from; each stored one is read once, under its scopes."""
    return _Source(subject)


class _Source:
    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._systems: dict[tuple[str, str], CodeSystem | None] = {}
        self._sets: dict[tuple[str, str], ValueSet | None] = {}

    def system(self, url: str, version: str = "") -> CodeSystem | None:
        """The code system; of one that comes with Chartdesk only in part, a stored whole one goes first."""
        if (url, version) not in self._systems:
            built_in = loaded.system(url, version)
            if built_in is None or not built_in.complete:
                stored = next(self._stored("CodeSystem", url, version), None)
                built_in = code_system(stored) if isinstance(stored, r4.CodeSystem) else built_in
            self._systems[url, version] = built_in
        return self._systems[url, version]

    def value_set(self, url: str, version: str = "") -> ValueSet | None:
        """The value set; ``<system>?fhir_vs`` stands for all codes of a stored system too."""
        if (url, version) not in self._sets:
            self._sets[url, version] = loaded.value_set(url, version) or self._stored_set(url, version)
        return self._sets[url, version]

    def _stored_set(self, url: str, version: str) -> ValueSet | None:
        for one in self._stored("ValueSet", url, version):
            if isinstance(one, r4.ValueSet):
                return value_set(one)
        system = url.removesuffix("?fhir_vs")
        if system != url and self.system(system, version) is not None:
            return ValueSet(url, include=(Part(system),))
        return None

    def _stored(self, type: str, url: str, version: str) -> Iterator[r4.Resource]:
        asked = [("url", url.replace("\\", "\\\\").replace(",", "\\,")), ("_sort", "-_lastUpdated")]
        if version:
            asked.append(("version", version.replace("\\", "\\\\").replace(",", "\\,").replace("|", "\\|")))
        for stored in search.find(self._subject, type, asked, count=10):
            if getattr(stored.resource, "status", "") != "retired":
                yield stored.resource


def code_system(resource: r4.CodeSystem) -> CodeSystem:
    """A stored CodeSystem as one to ask. Raises Invalid for a supplement, which is none by itself."""
    if resource.content in ("supplement", "not-present"):
        raise Invalid(
            f"The CodeSystem {resource.url or resource.id} holds no codes of its own.", where="CodeSystem.content"
        )
    return Table(
        resource.url or "",
        _concepts(resource.concept, ()),
        version=resource.version or "",
        name=resource.title or resource.name or "",
        complete=resource.content in ("complete", "example"),
        case_sensitive=resource.caseSensitive is not False,
    )


def value_set(resource: r4.ValueSet) -> ValueSet:
    """A stored ValueSet, or one that came with a request; one without a definition is what its expansion says."""
    url = resource.url or f"ValueSet/{resource.id or 'of the request'}"
    if resource.compose is None:
        listed = list(_listed(resource.expansion.contains)) if resource.expansion else []
        include: Iterable[Part] = [Part(system, concepts=((code, display),)) for system, code, display in listed]
        return ValueSet(url, resource.version or "", resource.title or resource.name or "", tuple(include))
    return ValueSet(
        url,
        resource.version or "",
        resource.title or resource.name or "",
        tuple(map(_part, resource.compose.include)),
        tuple(map(_part, resource.compose.exclude)),
    )


def _part(part: r4.ValueSetComposeInclude) -> Part:
    return Part(
        part.system or "",
        part.version or "",
        tuple((one.code or "", one.display or "") for one in part.concept),
        tuple((one.property or "", one.op or "", one.value or "") for one in part.filter),
        tuple(url for url in part.valueSet if url),
    )


def _listed(contains: Iterable[r4.ValueSetExpansionContains]) -> Iterator[tuple[str, str, str]]:
    for one in contains:
        if one.code and one.system and not one.abstract:
            yield one.system, one.code, one.display or ""
        yield from _listed(one.contains)


def _concepts(concepts: Iterable[r4.CodeSystemConcept], above: tuple[str, ...]) -> Iterator[Concept]:
    for one in concepts:
        properties: dict[str, tuple[str, ...]] = {}
        for item in one.property:
            name, text = item.code or "", _text(item)
            properties[name] = (*properties.get(name, ()), text)
        status = ABSTRACT if properties.get("notSelectable") == ("true",) else USABLE
        if properties.get("inactive") == ("true",) or properties.get("status", ("",))[0] in ("retired", "deprecated"):
            status = RETIRED
        parents = tuple(dict.fromkeys((*above, *properties.get("parent", ()))))
        code = one.code or ""
        yield Concept(code, one.display or "", parents, status, one.definition or "", properties)
        yield from _concepts(one.concept, (code,))


def _text(item: r4.CodeSystemConceptProperty) -> str:
    coding = item.valueCoding
    if coding is not None:
        return coding.code or ""
    values = (item.valueCode, item.valueString, item.valueInteger, item.valueBoolean, item.valueDateTime)
    value = next((one for one in (*values, item.valueDecimal) if one is not None), "")
    return str(value).lower() if isinstance(value, bool) else str(value)
