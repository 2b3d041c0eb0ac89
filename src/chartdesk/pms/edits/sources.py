"""Opening what a customer downloaded: text, CSV, XLSX, or the ZIP they came in. Read row by row, never whole.

Files come with tabs, commas or fixed columns, in UTF-8 or a Windows code page, with copyright lines before the header.
A row is a list of cells; a file of fixed columns has rows of one cell.
"""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from chartdesk.kit.errors import Invalid
from chartdesk.pms.edits import sheets

#: Bytes at the beginning that tell how a file is written.
_LOOK = 1 << 16
_READABLE = (".txt", ".csv", ".tsv", ".prn", ".xlsx")
#: A cell may hold a long text, such as the description of a procedure, and not much more.
csv.field_size_limit(1 << 20)


def _windows(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return fault.object[fault.start : fault.end].decode("cp1252", "replace"), fault.end


codecs.register_error("chartdesk-windows", _windows)


@dataclass
class Source:
    """One file to read. ``read`` of ``size`` bytes have been taken so far."""

    name: str
    size: int
    stream: IO[bytes]
    fixed: bool = False
    _counted: _Counted = field(init=False)

    def __post_init__(self) -> None:
        self._counted = _Counted(self.stream)

    @property
    def read(self) -> int:
        """Bytes that were read."""
        return min(self._counted.count, self.size)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row with the number of its line. Raises Invalid for a file that is no table."""
        if self.name.lower().endswith(".xlsx"):
            yield from sheets.rows(self.stream, self.name)
            return
        buffered = io.BufferedReader(self._counted, _LOOK)
        start = buffered.peek(_LOOK)[:_LOOK]
        if b"\0" in start:
            raise Invalid(f"{self.name} is not a text file.", cure="Give the .txt, .csv, .xlsx or .zip as downloaded.")
        text = io.TextIOWrapper(buffered, encoding="utf-8-sig", errors="chartdesk-windows")
        separator = _separator(start)
        if separator == "\t":
            for number, line in enumerate(text, start=1):
                yield number, line.rstrip("\n").split("\t")
        elif separator == ",":
            reader = csv.reader(text)
            for row in reader:
                yield reader.line_num, row
        else:
            self.fixed = True
            for number, line in enumerate(text, start=1):
                yield number, [line.rstrip("\n")]


class _Counted(io.RawIOBase):
    """A stream that counts what is read of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the parent takes any buffer
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


@contextmanager
def opened(path: Path) -> Iterator[Iterator[Source]]:
    """The tables in a file: itself, or those of a ZIP. Raises Invalid where there is none."""
    if not path.is_file():
        raise Invalid(f"There is no file {path}.", cure="Give the path of a file as downloaded.")
    if path.suffix.lower() == ".zip" and not zipfile.is_zipfile(path):
        raise _no_archive(path.name, "its directory is missing")
    if not zipfile.is_zipfile(path) or path.suffix.lower() == ".xlsx":
        with path.open("rb") as stream:
            yield iter([Source(path.name, path.stat().st_size, stream)])
        return
    with zipfile.ZipFile(path) as archive:
        members = _members(archive)
        if not members:
            names = ", ".join(archive.namelist()[:5])
            raise Invalid(f"{path.name} holds no .txt, .csv or .xlsx: {names}.", cure="Unpack it and give the table.")
        try:
            yield (_member(archive, info) for info in members)
        except (zipfile.BadZipFile, zlib.error, EOFError) as fault:
            raise _no_archive(path.name, str(fault)) from fault


def _no_archive(name: str, why: str) -> Invalid:
    return Invalid(f"{name} is not a ZIP that can be read: {why}.", cure="Was it cut off? Download it again.")


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Source:
    try:
        return Source(Path(info.filename).name, info.file_size, archive.open(info))
    except RuntimeError as fault:  # locked by a password, or packed in a way that is not known
        raise _no_archive(info.filename, str(fault)) from fault


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """One for each table: of the same table in several formats the CSV, then the spreadsheet, then the text."""
    best: dict[str, zipfile.ZipInfo] = {}
    order = (".csv", ".xlsx", ".tsv", ".txt", ".prn")
    for info in archive.infolist():
        suffix = Path(info.filename).suffix.lower()
        if info.is_dir() or suffix not in _READABLE:
            continue
        stem = Path(info.filename).stem.lower()
        known = best.get(stem)
        if known is None or order.index(suffix) < order.index(Path(known.filename).suffix.lower()):
            best[stem] = info
    return list(best.values())


def _separator(start: bytes) -> str:
    lines = start.splitlines()[:400]
    tabs, commas = (sum(line.count(sign) >= 2 for line in lines) for sign in (b"\t", b","))
    if tabs and tabs >= commas:
        return "\t"
    return "," if commas * 2 >= len(lines) or commas > 50 else ""
