"""What a mapping made, ready for its page: the message in parts that have a place, the resources in lines with a path.

A value and its place are joined by what the page's script reads: ``data-place`` (``PID-5[2].1``) and ``data-made``
(``Patient/p1.name[0].family``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from chartdesk.exchange.mappings.showing import Line, Shown


class Part(msgspec.Struct, frozen=True):
    """A piece of a message's text. ``place`` is empty for a delimiter. ``state``: made, idle, changed or empty."""

    text: str
    place: str = ""
    state: str = ""


class Made(msgspec.Struct, frozen=True):
    """A line of the resources in JSON; ``at`` is its value's path, where the mapping made it."""

    text: str
    at: str = ""


class View(msgspec.Struct, frozen=True):
    """``sent`` is the message the rows read; ``after`` what came of edits (empty where resources came of it)."""

    sent: list[list[Part]]
    after: list[list[Part]]
    made: list[Made]


def view(shown: Shown) -> View:
    """Both sides of the page."""
    mark = next((field.text for line in shown.before for field in line.fields if field.place == "MSH-1"), "|")
    if shown.structure or shown.values:
        known = {f"{one.resource}.{one.path}" for one in shown.values}
        return View(parts(shown.after, mark, traced=True), [], list(made(json.loads(shown.text), known)))
    before = {field.place: field.text for line in shown.before for field in line.fields}
    after = {field.place: field.text for line in shown.after for field in line.fields}
    return View(parts(shown.before, mark, other=after), parts(shown.after, mark, other=before), [])


def parts(
    lines: tuple[Line, ...], mark: str, *, traced: bool = False, other: dict[str, str] | None = None
) -> list[list[Part]]:
    """The lines of a message in parts. ``traced``: whether a value was made of each; else whether ``other`` differs."""
    found = []
    for line in lines:
        row = [Part(line.segment.partition("[")[0])]
        header = line.segment in ("MSH", "FHS", "BHS")
        last = 1 if header else 0
        for field in line.fields:
            number = int(field.place.rpartition("-")[2])
            if header and number == 1:
                continue
            row.append(Part(mark * (number - last)))
            last = number
            idle = header and number == 2
            state = (
                ""
                if idle
                else ("made" if field.made else "idle")
                if traced
                else _changed(field.place, field.text, other)
            )
            row.append(Part(field.text, field.place, state))
        found.append(row)
    return found


def _changed(place: str, text: str, other: dict[str, str] | None) -> str:
    return "changed" if other is not None and other.get(place) != text else ""


def made(resources: list[dict[str, Any]], known: set[str]) -> Iterator[Made]:
    """The resources as indented JSON, each line with the path of its value where that is ``known``."""
    for resource in resources:
        name = f"{resource.get('resourceType')}/{resource.get('id')}"
        yield from _lines(resource, name, "", "", known)


def _lines(value: Any, at: str, head: str, indent: str, known: set[str], tail: str = "") -> Iterator[Made]:
    opened, closed = ("{", "}") if isinstance(value, dict) else ("[", "]")
    if not isinstance(value, dict | list) or not value:
        yield Made(f"{indent}{head}{json.dumps(value, ensure_ascii=False)}{tail}", at if at in known else "")
        return
    yield Made(f"{indent}{head}{opened}", at if at in known else "")
    inner = (
        [(f'"{key}": ', f"{at}.{key}", one) for key, one in value.items()]
        if isinstance(value, dict)
        else [("", f"{at}[{number}]", one) for number, one in enumerate(value)]
    )
    for number, (name, path, one) in enumerate(inner, start=1):
        yield from _lines(one, path, name, indent + "  ", known, "," if number < len(inner) else "")
    yield Made(f"{indent}{closed}{tail}")
