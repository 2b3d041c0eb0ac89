"""``chartdesk ccda``: what is wrong with C-CDA documents, and what they say. Nothing is sent, no database is needed."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from chartdesk.app.cli import holding
from chartdesk.app.cli.holding import CLEAN, UNREADABLE
from chartdesk.kit.errors import Invalid
from chartdesk.standards import ccda
from chartdesk.standards.ccda.document import Document, Section
from chartdesk.standards.ccda.tables import TABLES


def add(commands: Any) -> None:
    """Declare the commands."""
    parts = commands.add_parser("ccda", help="check and show C-CDA documents").add_subparsers(
        dest="part", required=True, metavar="WHAT"
    )
    check = parts.add_parser("check", help=f"say what is wrong with documents; {holding.STATUS}")
    holding.files(check, _findings, "documents in XML")
    show = parts.add_parser("show", help="say in words what a document holds")
    show.add_argument("file", type=Path, metavar="FILE", help="a document in XML")
    show.set_defaults(run=_show)


def _findings(raw: bytes) -> list[tuple[int, object]]:
    return [(one.line, one) for one in ccda.check(raw)]


def _show(chosen: argparse.Namespace) -> int:
    try:
        document = ccda.read(chosen.file.read_bytes())
    except (Invalid, OSError) as fault:
        print(f"{chosen.file}: {fault}")
        return UNREADABLE
    for line in _lines(document):
        print(line)
    return CLEAN


def _lines(document: Document) -> Iterable[str]:
    patient = document.patient
    yield f"{document.title} of {document.at or 'an unknown day'}"
    yield f"Patient: {patient.name}, born {patient.birth_date or 'on an unknown day'}, {patient.gender}"
    yield f"From: {'; '.join(map(str, document.authors)) or 'nobody named'}; kept by {document.custodian}"
    yield from (f"Forgiven: {note}" for note in document.notes)
    if document.attached is not None:
        yield f"A file of {document.attached.media_type}, {len(document.attached.content):,} bytes"
    for section in document.sections:
        yield ""
        yield f"{section.title}{' (no information)' if section.null else ''}"
        yield from _items(section)


def _items(section: Section) -> Iterable[str]:
    table = TABLES.get(section.kind)
    if table is None:
        yield f"  {section.text}" if section.text else "  (empty)"
        return
    for item in section.items:
        for row in table.rows(item, ""):
            yield "  " + " | ".join(words for words, _ in row if words)
    if section.unread:
        yield f"  ({section.unread} entries could not be read as data)"
