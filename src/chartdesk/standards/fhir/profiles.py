"""US Core 6.1 and 7.0: whether a resource keeps a profile, and what is missing.

`named` lists the profiles that a resource claims and that are known here; `faults` checks one of them. Cardinality,
slices, fixed values and patterns, required value sets, types, targets of references and the rules of the profile are
checked; mustSupport asks nothing of a resource. Guide section: https://hl7.org/fhir/R4/profiling.html.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from chartdesk.kit import typed

from . import r4
from .facts import Concepts
from .issues import Issue
from .profile_nodes import Node, Row, made

VERSIONS = ("7.0.0", "6.1.0")


class _Tables(msgspec.Struct):
    profiles: dict[str, Row]
    codes: dict[str, dict[str, list[str]]]


@cache
def _tables() -> _Tables:
    text = files(__package__).joinpath("_generated/us_core.json").read_bytes()
    return typed.decode(text, _Tables)


@cache
def _concepts(name: str) -> Concepts:
    return frozenset((system, code) for system, codes in _tables().codes[name].items() for code in codes)


@cache
def _node(profile: str) -> Node:
    row = _tables().profiles[profile]
    return made(row, row.type, _node_of_extension, _concepts)


def _node_of_extension(profile: str) -> Node:
    return _node(profile)


@cache
def versions(profile: str) -> tuple[str, ...]:
    """The known profiles that a canonical address means: the one it names, or all versions where it names none."""
    known = _tables().profiles
    if "|" in profile:
        return (profile,) if profile in known else ()
    return tuple(name for version in VERSIONS if (name := f"{profile}|{version}") in known)


def known(type: str) -> list[str]:
    """The profiles of a resource type, with their versions."""
    return [name for name, row in _tables().profiles.items() if row.type == type]


def named(resource: r4.Resource) -> tuple[str, ...]:
    """The profiles in `meta.profile` that are known here."""
    meta = resource.meta
    if meta is None or not meta.profile:
        return ()
    return tuple(profile for profile in meta.profile if profile and versions(profile))


def faults(resource: r4.Resource, profile: str) -> list[Issue]:
    """What is wrong with a valid `resource` by a known `profile`; issues of severity warning are advice.

    Where the address names no version, a resource is in order by either version; the faults are those of the newer.
    """
    first: list[Issue] | None = None
    for name in versions(profile):
        found = _by(resource, name)
        if not any(issue.severity == "error" for issue in found):
            return found
        first = first or found
    return first or []


def _by(resource: r4.Resource, name: str) -> list[Issue]:
    row = _tables().profiles[name]
    if row.type != resource.resourceType:
        words = f"{name} is for {row.type}, but this is a {resource.resourceType}."
        return [Issue("error", "value", "resourceType", words)]
    contained: dict[Any, str] = {inner.id: inner.resourceType for inner in getattr(resource, "contained", ())}
    title = name.rpartition("/")[2].replace("|", " ")
    return list(_node(name).within(resource, row.type, title, contained))
