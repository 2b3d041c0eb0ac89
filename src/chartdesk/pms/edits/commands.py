"""Importing a published table: recognized by its name or headings, copied in one transaction a file.

Importing a file again changes nothing. Lines that cannot be read are told one by one and left out; a file of which
most cannot be read is refused whole. Memory does not grow with the file: lines go to the server as they are read.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.db import transaction as django_transaction

from chartdesk.kit import clock, database
from chartdesk.kit.errors import Invalid
from chartdesk.pms.edits import cells, fixed, layouts
from chartdesk.pms.edits.layouts import LAYOUTS, Layout, Places, Reader
from chartdesk.pms.edits.models import SETTINGS, Import
from chartdesk.pms.edits.sources import Source, opened

#: Rows among which the headings must stand, and over how many they may spread.
_HEADINGS_WITHIN, _SPREAD = 60, 8
#: Characters sent to the server at once, and lines between two words about progress.
_BLOCK, _STEP = 1 << 17, 20_000
#: An edition of more rows than a few may lose no more than this leaves; against the edition before, of more than many.
_FEW, _MANY, _LEAST = 100, 1000, 0.8
#: What the file's name tells about its table.
_NAMES = (
    ("ccipra|ccioph|ptp", "pairs"), ("mue", "units"), ("aoc|add-?on|addon", "add-on"), ("mce", "diagnoses"),
    ("hcpc", "hcpcs"), ("pprrvu", "relative-values"), ("gpci", "localities"),
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """A line that was left out."""

    file: str
    line: int
    words: str
    text: str


@dataclass
class Report:
    """What became of one file: lines taken and refused, rows that are new or changed."""

    file: str
    table: str
    title: str
    setting: str
    effective: date | None
    taken: int = 0
    refused: int = 0
    changed: int = 0


@dataclass(frozen=True)
class Wish:
    """What the caller knows better than the file: its table, setting (P or O) and first day; that an edition may
    shrink (``anew``); and that of two relative value files the one for qualifying participants is meant.
    """

    table: str = ""
    setting: str = ""
    effective: date | None = None
    anew: bool = False
    qualifying: bool = False


Progress = Callable[[Report, float], None]
Refusal = Callable[[Fault], None]


def import_file(
    path: Path, wish: Wish | None = None, *, progress: Progress | None = None, refuse: Refusal | None = None
) -> list[Report]:
    """Import one downloaded file, or every table in a ZIP that is recognized; one report for each.

    ``progress`` is told the share that was read, ``refuse`` every line that was left out. Raises Invalid for a file
    that holds no known table; what was imported of other files stays.
    """
    wish = wish or Wish()
    if wish.table and wish.table not in LAYOUTS:
        raise Invalid(f"There is no table {wish.table!r}.", cure=f"Known: {', '.join(LAYOUTS)}.")
    if wish.setting and wish.setting not in SETTINGS:
        raise Invalid(f"There is no setting {wish.setting!r}.", cure="P is for practitioners, O for outpatients.")
    reports, unknown = [], []
    with opened(path) as sources:
        for source in _of_one_factor(list(sources), wish):
            candidates = _candidates(source.name, wish)
            found = _headed(source, candidates)
            if found is None:
                unknown.append(source.name)
                continue
            reports.append(_import(source, found, wish, progress or _silent, refuse or _silent))
    if not reports:
        wanted = (
            " or ".join(one.title for one in _candidates(path.name, wish)) if _named(path.name) else "a known table"
        )
        raise Invalid(
            f"No headings of {wanted} stand in {', '.join(unknown)}.",
            where=path.name,
            cure="Give the file as downloaded, or its CSV; --table names what it is.",
        )
    return reports


def _of_one_factor(sources: list[Source], wish: Wish) -> list[Source]:
    """From 2026 on an archive has the relative values twice, with the factor of qualifying participants and without:
    one of the two, as they are the same edition, and the second would replace the first."""
    twice = [one for one in sources if _named(one.name) == "relative-values" and "qpp" in one.name.lower()]
    if len({"nonqpp" in one.name.lower() for one in twice}) < 2:
        return sources
    return [one for one in sources if one not in twice or ("nonqpp" in one.name.lower()) is not wish.qualifying]


def _silent(*_: object) -> None:
    return None


@dataclass
class _Headed:
    """A source whose headings were found: its layout, columns, headings, and the rows below."""

    layout: Layout
    places: Places
    header: Sequence[str]
    rows: Iterator[tuple[int, list[str]]]


def _named(name: str) -> str:
    return next((table for pattern, table in _NAMES if re.search(pattern, name.lower())), "")


def _candidates(name: str, wish: Wish) -> list[Layout]:
    table = wish.table or _named(name)
    return [LAYOUTS[table]] if table else list(LAYOUTS.values())


def _headed(source: Source, candidates: list[Layout]) -> _Headed | None:
    """Find the headings: in one row, or spread over the last few."""
    rows = source.rows()
    first = next(rows, None)
    if first is None:
        raise Invalid(f"{source.name} is empty.", cure="Download it again.")
    rows = chain([first], rows)
    if source.fixed:
        reader = fixed.READERS.get(candidates[0].name) if len(candidates) == 1 else None
        if reader is None:
            return None
        rows = reader(rows)
    above: deque[list[str]] = deque(maxlen=_SPREAD)
    for _, (_, row) in zip(range(_HEADINGS_WITHIN), rows, strict=False):
        if sum(map(bool, map(str.strip, row))) < 2:
            continue
        above.append(row)
        for spread in range(1, len(above) + 1):
            header = _joined(list(above)[-spread:])
            for layout in candidates:
                places = layouts.find(layout, header)
                if not layouts.missing(layout, places):
                    return _Headed(layout, places, header, rows)
    return None


def _joined(rows: list[list[str]]) -> list[str]:
    width = max(map(len, rows))
    return [" ".join(row[at] for row in rows if at < len(row)) for at in range(width)]


def _import(source: Source, found: _Headed, wish: Wish, progress: Progress, refuse: Refusal) -> Report:
    layout = found.layout
    effective = None
    if layout.edition:
        effective = wish.effective or cells.edition_of(source.name) or _year(found.header)
        if effective is None:
            raise Invalid(
                f"{source.name} does not say from which day on it holds.",
                cure="Name its first day with --effective, such as 2026-04-01.",
            )
    setting = (wish.setting or ("O" if re.search("ccioph|outpatient", source.name.lower()) else "P")) * layout.settings
    report = Report(source.name, layout.name, layout.title, setting, effective)
    reader = layout.read(found.places, setting, effective)
    with django_transaction.atomic():
        _copy(source, found, reader, report, progress, refuse)
        if not report.taken or report.refused > report.taken:
            raise Invalid(
                f"{report.refused} lines of {source.name} cannot be read and {report.taken} can: this is not "
                f"{layout.title} as published.",
                cure="Look into the report, and give the file as downloaded; nothing was changed.",
            )
        if layout.edition and not wish.anew:
            _require_whole(layout, report)
        report.changed = _merge(layout, report)
        Import.objects.create(
            table=layout.name, setting=setting, file=source.name, effective=effective, rows=report.taken,
            changed=report.changed, refused=report.refused, at=clock.now(),
        )  # fmt: skip
    progress(report, 1.0)
    return report


def _require_whole(layout: Layout, report: Report) -> None:
    """Refuse a file that has much less than its own edition here, or than the edition before: half a download looks
    like that."""
    where, values = _edition(layout, report)
    before, which = _count(layout, where, values), "this edition of {title} has {before:,} here"
    if not before:
        newest = f"(SELECT max(effective) FROM {layout.table} WHERE effective < %s)"
        earlier = where.replace("known.effective = %s", f"known.effective = {newest}")
        before, which = _count(layout, earlier, values), "the edition of {title} before it has {before:,}"
        before = before if before > _MANY else 0
    if before > _FEW and report.taken < before * _LEAST:
        raise Invalid(
            f"{report.file} has {report.taken:,} lines, and {which.format(title=layout.title, before=before)}.",
            cure="Was it cut off? Download it again, or say --anew where so much is gone; nothing was changed.",
        )


def _count(layout: Layout, where: str, values: Sequence[Any]) -> int:
    row = database.row(f"SELECT count(*) FROM {layout.table} known WHERE {where}", list(values))
    return int(row[0]) if row else 0


def _edition(layout: Layout, report: Report) -> tuple[str, list[Any]]:
    if layout.settings:
        return "known.effective = %s AND known.setting = %s", [report.effective, report.setting]
    return "known.effective = %s", [report.effective]


def _year(header: Sequence[str]) -> date | None:
    found = re.search(r"\b(20\d\d) P[EW] GPCI", " ".join(header))
    return date(int(found[1]), 1, 1) if found else None


def _copy(source: Source, found: _Headed, reader: Reader, report: Report, progress: Progress, refuse: Refusal) -> None:
    layout = found.layout
    begins = found.places[layout.begins]
    connection.ensure_connection()
    cursor = psycopg.Cursor(connection.connection)
    cursor.execute(f"CREATE TEMPORARY TABLE incoming (LIKE {layout.table}, place integer) ON COMMIT DROP")
    names = ", ".join((*layout.columns, "place"))
    with cursor.copy(f"COPY incoming ({names}) FROM STDIN") as copy:
        block: list[str] = []
        size = 0
        for number, row in found.rows:
            try:
                made = reader(row)
            except cells.Refused as fault:
                if _belongs(row, begins, started=bool(report.taken)):
                    report.refused += 1
                    refuse(Fault(source.name, number, str(fault), " | ".join(row)[:200]))
                continue
            report.taken += 1
            line = f"{made if type(made) is str else _line(made)}\t{number}\n"
            block.append(line)
            size += len(line)
            if size > _BLOCK:
                copy.write("".join(block))
                block, size = [], 0
            if report.taken % _STEP == 0:
                progress(report, source.read / source.size if source.size else 1.0)
        copy.write("".join(block))


def _belongs(row: list[str], begins: int, *, started: bool) -> bool:
    """Whether a line that cannot be read is one of the table: no rest of the headings above it, no footnote below."""
    if started:
        return sum(map(bool, map(str.strip, row))) > 1
    first = row[begins].strip() if begins < len(row) else ""
    return bool(first) and " " not in first


def _line(row: Sequence[Any]) -> str:
    parts = []
    for value in row:
        if value is None:
            parts.append("\\N")
        elif type(value) is str:
            parts.append(layouts.escaped(value) if "\\" in value or not value.isprintable() else value)
        else:
            parts.append(str(value))
    return "\t".join(parts)


def _merge(layout: Layout, report: Report) -> int:
    """Bring what was copied into the table; returns how many rows are new or changed."""
    cursor = psycopg.Cursor(connection.connection)
    cursor.execute("ANALYZE incoming")
    same = " AND ".join(f"incoming.{one} = known.{one}" for one in layout.key)
    gone = 0
    if layout.edition:
        # What the earlier file of this edition had, and this one has not, goes.
        where, values = _edition(layout, report)
        cursor.execute(
            f"DELETE FROM {layout.table} known WHERE {where} AND NOT EXISTS (SELECT FROM incoming WHERE {same})", values
        )
        gone = cursor.rowcount
    try:
        with django_transaction.atomic():
            cursor.execute(_written(layout, same, "incoming"))
    except psycopg.errors.CardinalityViolation:
        # A key stands in the file twice: its last line holds.
        key = ", ".join(layout.key)
        cursor.execute(
            _written(layout, same, f"(SELECT DISTINCT ON ({key}) * FROM incoming ORDER BY {key}, place DESC) incoming")
        )
    return cursor.rowcount + gone


def _written(layout: Layout, same: str, source: str) -> str:
    """The statement that writes the rows of ``source`` that are new or differ, and touches no other."""
    names, key = ", ".join(layout.columns), ", ".join(layout.key)
    others = [one for one in layout.columns if one not in layout.key]
    equal = " AND ".join(f"incoming.{one} IS NOT DISTINCT FROM known.{one}" for one in others)
    news = ", ".join(f"{one} = excluded.{one}" for one in others)
    return (
        f"INSERT INTO {layout.table} ({names}) SELECT {names} FROM {source} "
        f"WHERE NOT EXISTS (SELECT FROM {layout.table} known WHERE {same} AND {equal}) "
        f"ON CONFLICT ({key}) DO UPDATE SET {news}"
    )
