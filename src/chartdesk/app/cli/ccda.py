"""``chartdesk ccda``: what is wrong with C-CDA documents, and what they say. Nothing is sent, no database is needed."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from chartdesk.kit.errors import Invalid
from chartdesk.standards import ccda
from chartdesk.standards.ccda.document import Document, Section
from chartdesk.standards.ccda.tables import TABLES

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2


def add(commands: Any) -> None:
    """Declare the commands."""
    parts = commands.add_parser("ccda", help="check and show C-CDA documents").add_subparsers(
        dest="part", required=True, metavar="WHAT"
    )
    check = parts.add_parser(
        "check", help="say what is wrong with documents; exit status 0 clean, 1 findings, 2 unreadable"
    )
    check.add_argument("files", nargs="+", type=Path, metavar="FILE", help="documents in XML")
    check.set_defaults(run=_check)
    show = parts.add_parser("show", help="say in words what a document holds")
    show.add_argument("file", type=Path, metavar="FILE", help="a document in XML")
    show.set_defaults(run=_show)


def _check(chosen: argparse.Namespace) -> int:
    return max(_check_one(file) for file in chosen.files)


def _check_one(file: Path) -> int:
    try:
        findings = ccda.check(file.read_bytes())
    except (Invalid, OSError) as fault:
        print(f"{file}: {fault}")
        return UNREADABLE
    for finding in findings:
        print(f"{file}:{finding.line}: {finding}")
    print(f"{file}: {f'{len(findings)} findings' if findings else 'clean'}")
    return FINDINGS if findings else CLEAN


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
