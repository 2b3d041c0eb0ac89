"""Places in a FHIR resource as the tables write them, held against what R4 knows.

``name[1].family`` names the family name of the first name that a row makes; ``performer[2](Organization.address)`` an
address in an Organization that ``performer`` refers to; ``birthDate.extension[1].url`` what stands beside a primitive.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from chartdesk.standards.fhir.facts import is_extensible, members_of, type_facts

_STEP = re.compile(r"(?P<name>\$this|\$value|[A-Za-z][A-Za-z0-9]*)(?:\[(?P<index>\d+|each|n)\])?")


#: The index of ``component[each]``: an element for each repetition of the field that most of its rows come from.
EACH = 0


class Step(NamedTuple):
    """One member on the way. ``resource`` names the resource that is made and referred to there."""

    name: str
    kind: str
    many: bool
    number: int
    resource: str = ""


class Path(NamedTuple):
    """The way to a place and the FHIR type of what stands there."""

    steps: tuple[Step, ...]
    kind: str

    def __str__(self) -> str:
        return ".".join(step.name for step in self.steps)


class UnknownPathError(ValueError):
    """R4 has no such place. The message says which part of it is wrong."""


@lru_cache(maxsize=8192)
def path(root: str, text: str) -> Path:
    """``text`` as a way from a value of type ``root``. Raises UnknownPathError."""
    text = text.strip()
    if text in ("", "$this", "$value"):
        return Path((), root)
    if type_facts(root) is None:
        raise UnknownPathError(f"R4 has no type {root}")
    steps: list[Step] = []
    kind = _walk(root, text, steps)
    return Path(tuple(steps), kind)


def _walk(kind: str, text: str, steps: list[Step]) -> str:
    while text:
        found = _STEP.match(text)
        if found is None:
            raise UnknownPathError(f"{text!r} cannot be read")
        text = text[found.end() :]
        step = _step(kind, found["name"], _index(found["index"] or "1"))
        if text.startswith("("):
            inside, text = _inside(text)
            if step.kind != "Reference":
                raise UnknownPathError(f"{step.name} is no reference")
            return _referred(step, inside, steps)
        steps.append(step)
        kind = step.kind
        if text and not text.startswith("."):
            raise UnknownPathError(f"{text!r} cannot be read")
        text = text[1:]
    return kind


def _index(text: str) -> int:
    return EACH if text == "each" else int(text) if text.isdigit() else 1


def _step(kind: str, name: str, index: int) -> Step:
    if kind[0].islower():
        # What stands beside a primitive: its extensions.
        if name != "extension" or not is_extensible(kind):
            raise UnknownPathError(f"a {kind} has no {name}")
        return Step("extension", "Extension", True, index)
    members = members_of(kind)
    if name in members:
        element, found = members[name]
        return Step(name, found, element.many, index)
    raise UnknownPathError(f"{kind} has no {name}")


def _referred(step: Step, inside: str, steps: list[Step]) -> str:
    """A reference and the way in the resource that it refers to."""
    head, _, rest = inside.partition(".")
    resource = re.sub(r"\[.*?\]", "", head).strip()
    if type_facts(resource) is None:
        raise UnknownPathError(f"R4 has no resource {resource}")
    steps.append(step._replace(resource=resource))
    return _walk(resource, rest, steps) if rest else resource


def _inside(text: str) -> tuple[str, str]:
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return text[1:at], text[at + 1 :]
    raise UnknownPathError(f"{text!r} has a bracket that is not closed")
