"""The CapabilityStatement in words, type by type."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from chartdesk.record import capabilities
from chartdesk.record.search.conditions import MODIFIERS
from chartdesk.standards.fhir.facts import resource_types
from chartdesk.standards.fhir.search import parameters

#: What an interaction is called here, in the order in which they are said.
_INTERACTIONS = {
    "read": "read one",
    "vread": "read an old version",
    "search-type": "search",
    "create": "create",
    "update": "replace",
    "patch": "change a part",
    "delete": "delete",
    "history-instance": "history of one",
    "history-type": "history of all",
}
_PREFIXES = "eq ne gt ge lt le sa eb ap"
#: How the values of each kind of parameter are written.
KINDS = {
    "token": ("code", "code, system|code, |code or system|"),
    "string": ("text", "the beginning of a word, in any case"),
    "date": ("date", f"2026, 2026-03 or 2026-03-01T09:30:00Z; before it one of {_PREFIXES}"),
    "reference": ("reference", "id, Type/id or an address; a chain with .name"),
    "uri": ("URI", "the whole URI"),
    "number": ("number", f"5.4; before it one of {_PREFIXES}"),
    "quantity": ("quantity", f"5.4, 5.4|system|code; before it one of {_PREFIXES}"),
    "composite": ("pair", "both values, joined with $"),
}


@dataclass(frozen=True)
class Parameter:
    """A search parameter: its name, kind in words, how values are written, modifiers."""

    name: str
    kind: str
    form: str
    modifiers: str


@dataclass(frozen=True)
class Kind:
    """What the server does with one resource type."""

    name: str
    interactions: tuple[str, ...]
    owner: str
    parameters: tuple[Parameter, ...]
    includes: tuple[str, ...]
    revincludes: tuple[str, ...]
    operations: tuple[str, ...]

    @property
    def writable(self) -> bool:
        """Whether it may be written from outside."""
        return not self.owner


@dataclass(frozen=True)
class Server:
    """What the server does as a whole."""

    version: str
    formats: tuple[str, ...]
    interactions: tuple[str, ...]
    operations: tuple[str, ...]
    types: tuple[Kind, ...]

    def type(self, name: str) -> Kind | None:
        """One type; None where there is no such."""
        return next((one for one in self.types if one.name == name), None)


def server(base: str) -> Server:
    """What the server at ``base`` does. Raises Unavailable."""
    told = capabilities.statement(base)
    rest = told["rest"][0]
    return Server(
        told["fhirVersion"],
        tuple(dict.fromkeys((*told["format"], *told.get("patchFormat", ())))),
        tuple(one["code"].replace("-", " ") for one in rest["interaction"]),
        tuple(f"${one['name']}" for one in rest.get("operation", ())),
        tuple(_kind(one) for one in rest["resource"]),
    )


@cache
def _pointing() -> dict[str, list[str]]:
    """From a type to the parameters of others that may name it."""
    found: dict[str, list[str]] = {}
    for type in sorted(resource_types()):
        for one in parameters(type).values():
            for target in one.targets:
                found.setdefault(target, []).append(f"{type}:{one.code}")
    return found


def _kind(one: dict[str, Any]) -> Kind:
    name = one["type"]
    offered = {said["code"] for said in one["interaction"]}
    return Kind(
        name,
        tuple(words for code, words in _INTERACTIONS.items() if code in offered),
        str(one.get("documentation", "")).removeprefix("Read-only: "),
        tuple(_parameter(said) for said in one.get("searchParam", ())),
        tuple(said for said in one.get("searchInclude", ()) if said != "*"),
        tuple(_pointing().get(name, ())),
        tuple(f"${said['name']}" for said in one.get("operation", ())),
    )


def _parameter(said: dict[str, Any]) -> Parameter:
    kind = said["type"]
    words, form = KINDS.get(kind, (kind, ""))
    served = [*(() if kind == "composite" else ("missing",)), *MODIFIERS.get(kind, ())]
    if said["name"] == "_id":
        # A column of the row itself, not of the index.
        served = ["missing", "not"]
    if kind == "reference":
        served.append("[type]")
    return Parameter(said["name"], words, form, " ".join(f":{one}" for one in sorted(served)))
