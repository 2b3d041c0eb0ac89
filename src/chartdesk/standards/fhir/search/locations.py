"""Where in a resource's JSON the values of a parameter lie, as SQL/JSON paths.

For what the index does not hold because it is asked for rarely: the text beside a code, the kind of an identifier,
which element of a list a value belongs to, and the value to sort by. Guide section: search
(https://hl7.org/fhir/R4/search.html).
"""

from __future__ import annotations

import json
from functools import cache
from typing import NamedTuple

from . import values
from .expression import parse
from .parameters import SearchParameter, by_url, parameters
from .paths import Member, places

_WHOLE = "%resource."
# Where the definition has the expressions of its parts the wrong way round.
_CORRECTED = {"http://hl7.org/fhir/SearchParameter/DocumentReference-relationship": ("target", "code")}


class Place(NamedTuple):
    """A path, and the type of the values it leads to."""

    path: str
    kind: str


class Inner(NamedTuple):
    """One place of a composite: the path of the element, whether there may be several of it, and its parts.

    The parts' paths begin at the element (``@``) or, where the definition says so, at the resource (``$``).
    """

    path: str
    many: bool
    parts: tuple[tuple[Place, ...], ...]


@cache
def locations(type: str, code: str) -> tuple[Place, ...]:
    """The places of a parameter's values; none where its expression is not a path. Raises KeyError."""
    if code in values.SPECIAL.get(type, ()):
        return ()
    return _places(type, parameters(type)[code].expression, "$")


@cache
def components(type: str, code: str) -> tuple[SearchParameter, ...]:
    """The parameters that a composite is made of, in their order. Raises KeyError."""
    return tuple(by_url(type)[url] for url, _ in parameters(type)[code].components)


@cache
def composite(type: str, code: str) -> tuple[Inner, ...]:
    """The places of a composite parameter."""
    parameter = parameters(type)[code]
    found = []
    for path in parse(parameter.expression):
        for members, _ in places(type, path):
            kind = members[-1].kind if members else type
            expressions = _CORRECTED.get(parameter.url) or [expression for _, expression in parameter.components]
            parts = tuple(
                _places(type, expression.removeprefix(_WHOLE), "$")
                if expression.startswith(_WHOLE)
                else _places(kind, expression, "@")
                for expression in expressions
            )
            found.append(Inner(_path(members, "$"), any(member.many for member in members), parts))
    return tuple(found)


def _places(type: str, expression: str, start: str) -> tuple[Place, ...]:
    found = {
        Place(_path(members, start), members[-1].kind if members else type): None
        for path in parse(expression)
        for members, _ in places(type, path)
    }
    return tuple(found)


def _path(members: tuple[Member, ...], start: str) -> str:
    return start + "".join(_step(member) for member in members)


def _step(member: Member) -> str:
    # The structs put an underscore behind names that are words of Python; no name of FHIR ends in one.
    step = f'."{member.name.rstrip("_")}"'
    if member.first:
        step += "[0]"
    for name, text in member.equals:
        step += f' ? (@."{name.rstrip("_")}" == {json.dumps(text)})'
    return step
