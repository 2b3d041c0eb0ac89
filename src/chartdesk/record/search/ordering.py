"""The order of the results, and pages that survive writes.

A page ends at a row, not at a number of rows: the next one asks for what comes after the last row's sort
values and id. Nothing is shown twice or left out when rows come and go in between.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chartdesk.kit.errors import Invalid
from chartdesk.record.search.conditions import Where
from chartdesk.standards.fhir.search import EARLIEST, LATEST, Query, parameters

_LAST_TEXT = "\U0010ffff"


@dataclass(frozen=True)
class Key:
    """One sort key: an SQL expression with its values, and its direction."""

    expression: str
    values: tuple[Any, ...]
    descending: bool
    instant: bool = False


def keys(query: Query, where: Where) -> list[Key]:
    """The sort keys of a search; the id comes last and settles ties. What cannot be sorted by is ignored.

    Without ``_sort``: a patient's resources by their date, newest first; others by id, newest first.
    """
    found = []
    for code, descending in query.sort:
        key = _key(query.type, where, code, descending)
        if key is None:
            query.ignored.append(f"_sort={code}")
        else:
            found.append(key)
    if found:
        return [*found, Key("r.id", (), found[-1].descending)]
    if where.patient is not None:
        return [Key("r.date", (), True, instant=True), Key("r.id", (), True)]
    return [Key("r.id", (), True)]


def _key(type: str, where: Where, code: str, descending: bool) -> Key | None:
    if code == "_id":
        return Key("r.id", (), descending)
    if code == "_lastUpdated":
        return Key("r.updated", (), descending, instant=True)
    parameter = parameters(type).get(code)
    table = {"date": "record_date", "string": "record_string"}.get(parameter.kind) if parameter else None
    if table is None:
        return None
    absent: datetime | str
    if table == "record_date":
        column, cast, absent = ("x.high", "timestamptz", EARLIEST) if descending else ("x.low", "timestamptz", LATEST)
    else:
        column, cast, absent = "x.value", 'text COLLATE "C"', "" if descending else _LAST_TEXT
    picked = f"SELECT {'max' if descending else 'min'}({column}) FROM {table} x"
    expression = f"COALESCE(({picked} WHERE x.serial = r.serial AND x.key = %s), %s::{cast})"
    return Key(expression, (where.key(code), absent), descending, instant=table == "record_date")


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
    if len({key.descending for key in found}) == 1:
        # One direction throughout: a row comparison, which an index can serve.
        names, marks = ", ".join(f"k{i}" for i in range(len(found))), ", ".join(["%s"] * len(found))
        return f"({names}) {'<' if found[0].descending else '>'} ({marks})", last
    return "(" + " OR ".join(f"({one})" for one in alternatives) + ")", values


def cursor_of(values: list[Any]) -> str:
    """The cursor that names the row with these sort values."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def _read(found: list[Key], cursor: str) -> list[Any]:
    try:
        given = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(given, list) or [type(one) for one in given] != [str] * len(found):
            raise ValueError("another question's")
        return [datetime.fromisoformat(one) if key.instant else one for one, key in zip(given, found, strict=True)]
    except (ValueError, binascii.Error, UnicodeDecodeError) as fault:
        raise Invalid(
            "The page cursor cannot be read.", cure="Follow the next link as it was given.", where="_cursor"
        ) from fault
