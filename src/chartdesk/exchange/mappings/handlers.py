"""Data types whose map cannot be said in rows: what they make depends on which of their parts are there.

A filler writes an element of a text; a text handler gives one text. Both get the run and the level of the text (0: a
field, 1: a component).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chartdesk.exchange.mappings.systems import authority
from chartdesk.standards.hl7v2 import NULL
from chartdesk.standards.hl7v2.escapes import unescape

Filler = Callable[[dict[str, Any], str, Any, int], None]
TextHandler = Callable[[str, Any, int], str]

_PHYSICAL = "http://terminology.hl7.org/CodeSystem/location-physical-type"
#: Parts of PL from the widest to the narrowest, and the kind of place each is.
_WITHIN = ((4, "si"), (7, "bu"), (8, "lvl"), (1, ""), (2, "ro"), (3, "bd"))


def _parts(text: str, run: Any, level: int) -> list[str]:
    return text.split(run.marks[level]) if level < 2 else [text]


def _plain(text: str, run: Any) -> str:
    text = text.split(run.marks[1])[0]
    return "" if text == NULL else unescape(text, run.separators).strip()


def hd_uri(text: str, run: Any, level: int) -> str:
    """HD as the system of identifiers: the profile's address, else its OID or UUID, else one of its name."""
    parts = [*_parts(text, run, level), "", "", ""]
    namespace, universal, kind = (_plain(one, run) for one in parts[:3])
    return authority(namespace, universal, kind.upper(), run.profile.authorities)


def hd_name(into: dict[str, Any], text: str, run: Any, level: int) -> None:
    """HD as the name of who gives out an identifier."""
    if name := _plain(_parts(text, run, level)[0], run):
        into["display"] = name


def person_location(into: dict[str, Any], text: str, run: Any, level: int) -> None:
    """PL as a location: its narrowest part, within the wider ones or named by all of them."""
    parts = [*_parts(text, run, level), *[""] * 9]
    named = [(_plain(parts[at - 1], run), kind) for at, kind in _WITHIN]
    named = [(name, kind) for name, kind in named if name]
    description = _plain(parts[8], run)
    if not named:
        if description:
            into["description"] = description
        return
    if run.profile.locations == "one":
        _place(into, " ".join(name for name, kind in named if kind != "si") or named[0][0], named[-1][1])
        into["identifier"] = [{"value": "/".join(name for name, _ in named)}]
    else:
        wider = ""
        for name, kind in named[:-1]:
            made: dict[str, Any] = {}
            _place(made, name, kind)
            made["identifier"] = [{"value": name}]
            if wider:
                made["partOf"] = {"reference": wider}
            wider = run.refer("Location", made)
        name, kind = named[-1]
        _place(into, name, kind)
        into["identifier"] = [{"value": name}]
        if wider:
            into["partOf"] = {"reference": wider}
    if description:
        into["description"] = description


def _place(into: dict[str, Any], name: str, kind: str) -> None:
    into["name"], into["mode"] = name, "instance"
    if kind:
        into["physicalType"] = {"coding": [{"system": _PHYSICAL, "code": kind}]}


FILLERS: dict[str, Filler] = {"PL[Location]": person_location, "HD[Reference]": hd_name}
TEXTS: dict[str, TextHandler] = {"HD[uri]": hd_uri}
