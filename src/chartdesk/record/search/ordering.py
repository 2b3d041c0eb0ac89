"""The order of the results, and pages that survive writes.

A page ends at a row, not at a number of rows: the next one asks for what comes after the last row's sort
values and id. Nothing is shown twice or left out when rows come and go in between.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chartdesk.kit.errors import Invalid
from chartdesk.record.indexing import is_patient
from chartdesk.record.search.where import Where, array
from chartdesk.standards.fhir import search
from chartdesk.standards.fhir.search import EARLIEST, LATEST, Place, Query, shared

_LAST_TEXT = "\U0010ffff"
#: What of a value is compared, by its type: the first path that leads to something.
_COMPARED = {
    "CodeableConcept": ('."coding"."code"', '."text"'),
    "Coding": ('."code"', '."display"'),
    "Identifier": ('."value"',),
    "ContactPoint": ('."value"',),
    "Reference": ('."reference"', '."identifier"."value"', '."display"'),
}


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        raise ValueError("not a number")
    return float(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("not a text")
    return value


def _instant(value: Any) -> datetime:
    found = datetime.fromisoformat(_text(value))
    if found.tzinfo is None:
        raise ValueError("no zone")
    return found


@dataclass(frozen=True)
class Key:
    """One sort key: an SQL expression with its values, its direction, and how a cursor's value of it is read."""

    expression: str
    values: tuple[Any, ...]
    descending: bool
    read: Callable[[Any], Any] = _text


def keys(query: Query, where: Where) -> list[Key]:
    """The sort keys of a search; the id comes last and settles ties.

    Without ``_sort``: a patient's resources by their date, newest first, and so where the rows are found by their
    dates; others by id, newest first.
    """
    found = [_key(query, where, code, descending) for code, descending in query.sort]
    if where.newest is not None:
        found = [Key(where.newest[0], tuple(where.newest[1]), True, _instant)]
    elif not found and where.patient is not None:
        found = [Key("r.date", (), True, _instant)]
    last = Key("r.id", (), found[-1].descending if found else True)
    several = [] if where.type else [Key("r.type", (), last.descending)]
    return [*found, last, *several]


def looks_inside(query: Query, code: str) -> bool:
    """Whether to sort by it means to look into every resource that is found."""
    return code != "_id" and shared(query.types)[code].kind in ("token", "uri", "reference")


def _key(query: Query, where: Where, code: str, descending: bool) -> Key:
    if code == "_id":
        return Key("r.id", (), descending)
    if code == "_lastUpdated":
        return Key("r.updated", (), descending, _instant)
    kind = shared(query.types)[code].kind
    if kind == "reference" and all(is_patient(type, code) for type in query.types):
        return Key("r.patient", (), descending)
    if descending and where.patient is not None and where.type and search.dating(where.type) == code:
        # The index of a chart has them in this order: by their beginnings.
        return Key("r.date", (), True, _instant)
    if kind == "date":
        column, absent = ("high", EARLIEST) if descending else ("low", LATEST)
        return _narrow("record_date", column, "timestamptz", absent, where.keys(code), descending, _instant)
    if kind == "string":
        absent_text = "" if descending else _LAST_TEXT
        return _narrow("record_string", "value", 'text COLLATE "C"', absent_text, where.keys(code), descending, _text)
    if kind in ("number", "quantity"):
        least = -math.inf if descending else math.inf
        return _narrow("record_number", "value", "float8", least, where.keys(code), descending, _number)
    paths = [path for type in query.types for place in search.locations(type, code) for path in _paths(place)]
    return Key(
        'COALESCE(record_first(r.body, %s::text[]::jsonpath[], %s), %s) COLLATE "C"',
        (list(dict.fromkeys(paths)), descending, "" if descending else _LAST_TEXT),
        descending,
    )


def _paths(place: Place) -> list[str]:
    return [f"{place.path}{step}" for step in _COMPARED.get(place.kind, ("",))]


def _narrow(
    table: str, column: str, cast: str, absent: Any, hashes: list[int], descending: bool, read: Callable[[Any], Any]
) -> Key:
    picked = f"SELECT {'max' if descending else 'min'}(x.{column}) FROM {table} x WHERE x.serial = r.serial"
    one = "x.key = %s" if len(hashes) == 1 else "x.key = ANY(%s::int8[])"
    key = hashes[0] if len(hashes) == 1 else array(hashes)
    return Key(f"COALESCE(({picked} AND {one}), %s::{cast})", (key, absent), descending, read)


def after(found: list[Key], cursor: str) -> tuple[str, list[Any]]:
    """The condition that a row comes after the one that ``cursor`` names, over the columns k0, k1, ….

    Raises Invalid for a cursor that does not belong to the query.
    """
    last = _read(found, cursor)
    alternatives, values = [], []
    for position, key in enumerate(found):
        equal = [f"k{before} = %s" for before in range(position)]
        alternatives.append(" AND ".join([*equal, f"k{position} {'<' if key.descending else '>'} %s"]))
        values += last[: position + 1]
    # Said for the first key alone too: an index that knows only that one can begin there.
    first = f"k0 {'<=' if found[0].descending else '>='} %s"
    if len({key.descending for key in found}) == 1:
        # One direction throughout: a row comparison, which an index can serve.
        names, marks = ", ".join(f"k{i}" for i in range(len(found))), ", ".join(["%s"] * len(found))
        return f"{first} AND ({names}) {'<' if found[0].descending else '>'} ({marks})", [last[0], *last]
    return f"{first} AND ({' OR '.join(f'({one})' for one in alternatives)})", [last[0], *values]


def cursor_of(values: list[Any]) -> str:
    """The cursor that names the row with these sort values."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def _read(found: list[Key], cursor: str) -> list[Any]:
    try:
        given = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(given, list) or len(given) != len(found):
            raise ValueError("another question's")
        return [key.read(one) for one, key in zip(given, found, strict=True)]
    except (ValueError, OverflowError, RecursionError, binascii.Error, UnicodeDecodeError) as fault:
        raise Invalid(
            "The page cursor cannot be read.", cure="Follow the next link as it was given.", where="_cursor"
        ) from fault
