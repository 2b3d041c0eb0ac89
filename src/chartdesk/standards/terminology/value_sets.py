"""What a value set is made of.

Guide section: composition rules (https://hl7.org/fhir/R4/valueset.html#compositions).
"""

from __future__ import annotations

import msgspec


class Part(msgspec.Struct, frozen=True):
    """One include or exclude: codes of a system and of other value sets, all of which must agree.

    ``concepts`` are (code) or (code, display), ``filters`` (property, operator, value). A system without either
    stands for all of its codes.
    """

    system: str = ""
    version: str = ""
    concepts: tuple[tuple[str, ...], ...] = ()
    filters: tuple[tuple[str, str, str], ...] = ()
    value_sets: tuple[str, ...] = ()


class ValueSet(msgspec.Struct, frozen=True):
    """One value set."""

    url: str
    version: str = ""
    name: str = ""
    include: tuple[Part, ...] = ()
    exclude: tuple[Part, ...] = ()


def whole(system: str, name: str = "") -> ValueSet:
    """The value set of all codes of a system."""
    return ValueSet(f"{system}?fhir_vs", name=name, include=(Part(system),))
