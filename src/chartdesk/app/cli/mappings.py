"""``chartdesk mappings``: try mappings before they go live, and see what made each value. No database is needed."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from chartdesk.app.cli import holding
from chartdesk.app.cli.holding import CLEAN, FINDINGS, UNREADABLE
from chartdesk.kit.errors import ChartdeskError


def add(commands: Any) -> None:
    """Declare the commands."""
    parts = commands.add_parser("mappings", help="check and try mappings of HL7 v2 messages").add_subparsers(
        dest="part", required=True, metavar="WHAT"
    )
    check = parts.add_parser("check", help=f"say what is wrong with mappings, their samples tried; {holding.STATUS}")
    holding.files(check, _findings, "mapping documents in JSON")
    convert = parts.add_parser("convert", help="show what becomes of a message, and what made each value")
    convert.add_argument("message", type=Path, metavar="MESSAGE", help="a message of HL7 v2")
    convert.add_argument("--mapping", type=Path, metavar="FILE", help="by this mapping; otherwise by the tables alone")
    convert.add_argument("--rows", action="store_true", help="with the rows of the tables")
    convert.set_defaults(run=_convert)
    parts.add_parser("presets", help="list the presets").set_defaults(run=_presets)


def _findings(raw: bytes) -> list[tuple[int, object]]:
    from chartdesk.exchange.mappings import documents
    from chartdesk.exchange.mappings.mapping import check

    return [(0, one) for one in check(documents.read(raw))]


def _convert(chosen: argparse.Namespace) -> int:
    from chartdesk.exchange.mappings import documents
    from chartdesk.exchange.mappings.documents import MappingDocument
    from chartdesk.exchange.mappings.showing import shown
    from chartdesk.standards.hl7v2 import Message

    try:
        document = MappingDocument(makes="fhir")
        if chosen.mapping:
            document = documents.read(chosen.mapping.read_bytes())
        told = shown(document, Message(chosen.message.read_bytes(), "utf-8"))
    except (ChartdeskError, OSError) as fault:
        print(fault)
        return UNREADABLE
    for line in _lines(told, chosen.rows):
        print(line)
    return FINDINGS if told.problems else CLEAN


def _lines(told: Any, rows: bool) -> Iterable[str]:
    if not told.values:
        yield told.text
    for value in told.values:
        yield f"{value.resource}.{value.path} = {value.value}  <- {value.source}"
        if rows:
            yield from (f"    {name}: {text}" for name, text in value.rows)
    yield from (f"could not be read: {problem}" for problem in told.problems)
    yield from (f"to be deleted: {place}" for place in told.deleted)
    yield from (f"no table knows {segment}" for segment in told.unmapped)


def _presets(chosen: argparse.Namespace) -> int:
    from chartdesk.exchange.mappings.presets import presets

    for one in presets():
        print(f"{one.name:28} {one.words}")
    return CLEAN
