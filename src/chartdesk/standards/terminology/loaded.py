"""The code systems and value sets that are there from the start.

Those of R4, of HL7 v2 and v3, and of US Core come from tables that ``tools/generate_terminology.py`` writes; each row
is decoded when it is first asked for. ICD-10-CM has its own. Of a system that is nowhere loaded (LOINC, UCUM, and so
on) the codes that the value sets name, and those of the vital signs, are known: such a system is not ``complete``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from chartdesk.standards.terminology import icd10, vitals
from chartdesk.standards.terminology.concepts import ABSTRACT, CodeSystem, Concept, Table
from chartdesk.standards.terminology.value_sets import Part, ValueSet, whole

#: Systems of which not even single codes are known here although value sets name them.
SNOMED = "http://snomed.info/sct"


class _Head(msgspec.Struct):
    url: str
    version: str
    value_set: str = ""


class _Row(msgspec.Struct):
    url: str
    version: str
    name: str
    complete: bool
    concepts: list[list[str | int | list[str]]]


_head, _row = msgspec.json.Decoder(_Head), msgspec.json.Decoder(_Row)
_value_set = msgspec.json.Decoder(ValueSet)
#: (URL, version) → the row's text; the newest of several versions also under an empty version.
_Rows = dict[tuple[str, str], bytes]


def system(url: str, version: str = "") -> CodeSystem | None:
    """The code system, whole or in part; None where nothing of it is known in that version."""
    if url == icd10.SYSTEM:
        known = IcdSystem()
        return known if version in ("", known.version) else None
    if (url, version) in _rows("code_systems")[0]:
        return _table(url, version)
    return _fragment(url) if not version else None


def value_set(url: str, version: str = "") -> ValueSet | None:
    """The value set; ``<system>?fhir_vs`` and what a system calls its own stand for all codes of the system."""
    text = _rows("value_sets")[0].get((url, version))
    if text is not None:
        return _decoded(text)
    of = url.removesuffix("?fhir_vs") if url.endswith("?fhir_vs") else _rows("code_systems")[1].get(url, "")
    found = system(of, version) if of else None
    return whole(of, found.name) if found is not None else None


def urls() -> list[str]:
    """The URLs of every value set, in order."""
    return sorted({url for url, _ in _rows("value_sets")[0]})


class IcdSystem:
    """ICD-10-CM: the billable codes, and the categories above them, which only group."""

    def __init__(self) -> None:
        self.url, self.name, self.complete = icd10.SYSTEM, "ICD-10-CM", True
        #: The fiscal year of the release.
        self.version = str(icd10.release_year())

    def find(self, code: str) -> Concept | None:
        """The concept with that code, written with its dot."""
        if code in _categories():
            return Concept(code, _categories()[code], _above(code), ABSTRACT)
        if not icd10.is_billable(code) or icd10.lookup(code).code != code:
            return None
        return Concept(code, icd10.lookup(code).description, _above(code))

    def all(self) -> Iterator[Concept]:
        """Every code, in the order of the tabular list."""
        return self.part(0, self.size())

    def size(self) -> int:
        """How many codes there are."""
        return len(_codes())

    def part(self, offset: int, count: int) -> Iterator[Concept]:
        """Some codes, in the order of the tabular list."""
        categories = _categories()
        for code in _codes()[offset : offset + count]:
            name = categories.get(code)
            if name is not None:
                yield Concept(code, name, _above(code), ABSTRACT)
            else:
                yield Concept(code, icd10.lookup(code).description, _above(code))

    def below(self, code: str) -> set[str]:
        """The codes that begin with ``code``."""
        return {one for one in _codes() if one != code and one.startswith(code)}

    def matching(self, text: str) -> Iterable[Concept]:
        """Billable codes for a clinician's words."""
        return [Concept(code, name, _above(code)) for code, name in icd10.search(text, 4000)]


@cache
def _codes() -> tuple[str, ...]:
    """Every code of ICD-10-CM in order; the dot does not count."""
    every = {*_categories(), *(one.code for one in icd10.every())}
    return tuple(sorted(every, key=lambda code: code.replace(".", "")))


def _above(code: str) -> tuple[str, ...]:
    """The category right above a code: one letter shorter."""
    return (code[:-1].removesuffix("."),) if len(code) > 3 else ()


@cache
def _categories() -> dict[str, str]:
    text = files(__package__).joinpath("_generated/icd10cm_categories.tsv").read_text(encoding="utf-8")
    pairs = (line.partition("\t") for line in text.splitlines())
    return {code: description for code, _, description in pairs}


@cache
def _rows(kind: str) -> tuple[_Rows, dict[str, str]]:
    """The rows of one table, and for systems the URL that each gives to the value set of all its codes."""
    rows: _Rows = {}
    own: dict[str, str] = {}
    for line in files(__package__).joinpath(f"_generated/{kind}.jsonl").read_bytes().splitlines():
        head = _head.decode(line)
        # Rows are in the order of their versions: the last one is the newest.
        rows[head.url, head.version] = rows[head.url, ""] = line
        if head.value_set:
            own[head.value_set] = head.url
    return rows, own


@lru_cache(maxsize=256)
def _table(url: str, version: str) -> CodeSystem:
    row = _row.decode(_rows("code_systems")[0][url, version])
    return Table(row.url, map(_concept, row.concepts), version=row.version, name=row.name, complete=row.complete)


def _concept(row: list[str | int | list[str]]) -> Concept:
    full = [*row, *("", [], 0)[len(row) - 1 :]]
    parents, status = full[2], full[3]
    assert isinstance(parents, list) and isinstance(status, int)
    return Concept(str(full[0]), str(full[1]), tuple(parents), status)


@lru_cache(maxsize=512)
def _decoded(text: bytes) -> ValueSet:
    return _value_set.decode(text)


@lru_cache(maxsize=64)
def _fragment(url: str) -> CodeSystem | None:
    """What the value sets and the vital signs say of a system that is not loaded; SNOMED CT: nothing."""
    if url == SNOMED:
        return None
    found = {code: display for part in _enumerated().get(url, ()) for code, display in _named(part)}
    if url == vitals.LOINC:
        found |= {code: one.label for one in (*vitals.MEASURES.values(), vitals.BMI) for code in (one.loinc, *one.also)}
    known = [Concept(code, display) for code, display in found.items() if display]
    return Table(url, known, name=url, complete=False) if known else None


@cache
def _enumerated() -> dict[str, list[Part]]:
    """The parts that name codes one by one, by system."""
    found: dict[str, list[Part]] = {}
    for text in dict.fromkeys(_rows("value_sets")[0].values()):
        one = _value_set.decode(text)
        for part in (*one.include, *one.exclude):
            if part.system and part.concepts:
                found.setdefault(part.system, []).append(part)
    return found


def _named(part: Part) -> Iterator[tuple[str, str]]:
    for code, *display in part.concepts:
        yield code, display[0] if display else ""
