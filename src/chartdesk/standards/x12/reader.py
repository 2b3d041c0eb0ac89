"""The streaming reader: bytes in, segments out, whatever separators and line breaks the sender used.

X12.6 and the ISA of 005010. Reads block by block and holds one block. A byte order mark, text before ISA,
line breaks after the terminator, an ISA of the wrong width and lower-case tags are read and reported. A file
without ISA, or one that ends inside a segment, is refused with Invalid that names the place.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import msgspec

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12.findings import Finding, Report, ignore
from chartdesk.standards.x12.segments import Segment, Separators

Source = bytes | Path | BinaryIO

BLOCK = 1 << 18
_ISA = re.compile(r"ISA(?=[^A-Za-z0-9\s])", re.IGNORECASE)
_ISA_WIDTHS = (3, 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1)


class Batch(msgspec.Struct):
    """Segments as lists of elements, the number of the first in the file, and their separators."""

    rows: list[list[str]]
    number: int
    separators: Separators


def _latin(fault: UnicodeError) -> tuple[str, int]:
    """Bytes that are not UTF-8 are read as Windows Latin, which is what senders mean by them."""
    assert isinstance(fault, UnicodeDecodeError)
    return fault.object[fault.start : fault.end].decode("cp1252", "replace"), fault.end


codecs.register_error("x12-latin", _latin)


def segments(source: Source, report: Report = ignore) -> Iterator[Segment]:
    """Every segment of the file, numbered from 1. Raises Invalid where it cannot be read at all."""
    for batch in batches(source, report):
        marks, number = batch.separators, batch.number
        for row in batch.rows:
            yield Segment(row, number, marks)
            number += 1


def batches(source: Source, report: Report = ignore) -> Iterator[Batch]:
    """The file as batches of split segments: the fast road, with nothing made per segment but its list."""
    text = _Window(_blocks(source))
    number = 1
    while text.find_interchange():
        _notice_leading(text.skipped, number, report)
        separators = _separators(text.ahead(400), number, report)
        for rows in _interchange(text, separators, number):
            yield Batch(rows, number, separators)
            number += len(rows)
    if number == 1:
        raise Invalid(_headless(text.skipped), where="ISA", cure="Ask the sender for the whole file.")
    if text.skipped.strip():
        report(
            Finding(
                rule="text-after",
                level="warning",
                scope="file",
                message="There is text after the last IEA.",
                number=number,
            )
        )


class _Window:
    """The block of text at hand: everything before ``at`` is done with."""

    def __init__(self, blocks: Iterator[str]) -> None:
        self.blocks = blocks
        self.text = ""
        self.at = 0
        self.skipped = ""

    def more(self) -> bool:
        """Drop what is done with and take in another block; False at the end of the file."""
        block = next(self.blocks, None)
        if block is None:
            return False
        self.text = self.text[self.at :] + block
        self.at = 0
        return True

    def ahead(self, size: int) -> str:
        return self.text[self.at : self.at + size]

    def find_interchange(self) -> bool:
        """Move to the next ISA with enough text behind it; what was passed over is in ``skipped``."""
        self.skipped = ""
        while True:
            found = _ISA.search(self.text, self.at)
            if found is not None:
                self.skipped += self.text[self.at : found.start()]
                self.at = found.start()
                while len(self.text) < self.at + 400 and self.more():
                    pass
                return True
            keep = max(self.at, len(self.text) - 4)
            self.skipped = (self.skipped + self.text[self.at : keep])[:200]
            self.at = keep
            if not self.more():
                self.skipped += self.text[self.at :]
                return False


@lru_cache(maxsize=64)
def _control(separators: Separators) -> re.Pattern[str]:
    """Where an interchange ends: at an IEA, or before an ISA that follows without one."""
    term, mark = re.escape(separators.segment), re.escape(separators.element)
    return re.compile(term + r"\s*(IEA|ISA)" + mark, re.IGNORECASE)


def _interchange(text: _Window, separators: Separators, number: int) -> Iterator[list[list[str]]]:
    """The rows of one interchange, block by block; the window is left behind its last segment."""
    control, term = _control(separators), separators.segment
    lower = not text.ahead(3).isupper()
    start = text.at + 4
    while True:
        found = control.search(text.text, start)
        if found is not None and found[1].upper() == "ISA":
            yield _rows(text.text[text.at : found.start()], separators, lower)
            text.at = found.start(1)
            return
        end = text.text.find(term, found.end()) if found else -1
        if end < 0:
            # The end is not in sight, or not whole: take what is.
            end = found.start() if found else text.text.rfind(term, text.at)
            found = None
        if end >= 0:
            rows = _rows(text.text[text.at : end], separators, lower)
            number += len(rows)
            yield rows
            text.at = end + 1 if found else end
            if found:
                return
        if not text.more():
            yield _last(text.ahead(100_000).removeprefix(term), number, separators, lower)
            text.at = len(text.text)
            return
        start = text.at


def _rows(text: str, separators: Separators, lower: bool) -> list[list[str]]:
    mark = separators.element
    rows = [part.lstrip().split(mark) for part in text.split(separators.segment) if part and not part.isspace()]
    if lower:
        for row in rows:
            row[0] = row[0].upper()
    return rows


def _last(rest: str, number: int, separators: Separators, lower: bool) -> list[list[str]]:
    """What stands after the last terminator: nothing, an IEA without one, or a cut-off segment."""
    rows = _rows(rest, separators, lower)
    if not rows or (rows[0][0] == "IEA" and len(rows[0]) > 2):
        return [[*row[:-1], row[-1].rstrip()] for row in rows]
    raise Invalid(
        f"The file ends inside segment {number}, {rows[0][0][:3]}.",
        where=f"segment {number}",
        cure="It was cut off on its way: ask for it again.",
    )


def _separators(text: str, number: int, report: Report) -> Separators:
    """The separators that an ISA at the start of ``text`` declares; its element widths are checked."""
    mark = text[3]
    fields = text.split(mark, 16)
    if len(fields) < 17 or len(fields[16]) < 2:
        raise Invalid(
            f"The ISA (segment {number}) has {len(fields) - 1} elements instead of 16.",
            where=f"segment {number}",
            cure="The file is cut off or not X12: ask for it again.",
        )
    if any(len(one) != width for one, width in zip(fields[:16], _ISA_WIDTHS, strict=True)):
        report(
            Finding(
                rule="isa-width",
                scope="interchange",
                code="022",
                message="The ISA is not 106 characters: an element has the wrong width.",
                cure="Pad every ISA element to its fixed width.",
                segment="ISA",
                number=number,
            )
        )
    repetition = fields[11] if len(fields[11]) == 1 and not fields[11].isalnum() else ""
    component, terminator = fields[16][0], fields[16][1]
    if len({mark, component, terminator}) < 3 or terminator.isalnum():
        raise Invalid(
            "The ISA does not tell its separators.",
            where=f"segment {number}",
            cure="Mend ISA16 and what follows.",
        )
    return Separators(mark, repetition, component, terminator)


def _notice_leading(text: str, number: int, report: Report) -> None:
    if text.startswith("\ufeff"):
        report(
            Finding(
                rule="byte-order-mark",
                level="warning",
                scope="file",
                message="The file begins with a byte order mark.",
            )
        )
        text = text[1:]
    if text.strip():
        where = "before the first ISA" if number == 1 else "between two interchanges"
        report(
            Finding(
                rule="text-before",
                level="warning",
                scope="file",
                message=f"There is text {where}.",
                number=number,
            )
        )


def _headless(text: str) -> str:
    if not text.strip():
        return "The file is empty."
    return f"The file has no ISA segment; it begins with {text.strip()[:12]!r}."


def _blocks(source: Source) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("x12-latin")
    if isinstance(source, bytes):
        yield from _decoded(io.BytesIO(source), decoder)
    elif isinstance(source, Path):
        with source.open("rb") as file:
            yield from _decoded(file, decoder)
    else:
        yield from _decoded(source, decoder)


def _decoded(file: BinaryIO, decoder: codecs.IncrementalDecoder) -> Iterator[str]:
    while block := file.read(BLOCK):
        yield decoder.decode(block)
    yield decoder.decode(b"", True)
