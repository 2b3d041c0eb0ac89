"""The streaming reader: bytes in, segments out, whatever separators and line breaks the sender used.

X12.6 and the ISA of 005010. Reads block by block and holds one block. A byte order mark, text before ISA,
line breaks after the terminator, an ISA of the wrong width and lower-case tags are read and reported. A file
without ISA, or one that ends inside a segment, is refused with Invalid that names the place.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import msgspec

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12 import noticing
from chartdesk.standards.x12.findings import Report, ignore
from chartdesk.standards.x12.segments import Segment, Separators

Source = bytes | Path | BinaryIO

BLOCK = 1 << 17
#: The longest segment that is read, in characters, and the longest data that its segment declares, in bytes.
LONGEST, LONGEST_DATA = 1_000_000, 100_000_000
_ISA = re.compile(r"ISA(?=[^A-Za-z0-9\s])", re.IGNORECASE)
_ISA_WIDTHS = (3, 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1)


class Batch(msgspec.Struct):
    """Segments as they stand in the file and as lists of elements, the number of the first in the file, their
    separators, and the line of the file on which the first begins."""

    raws: list[str]
    rows: list[list[str]]
    number: int
    separators: Separators
    text: str
    line: int

    def lines(self) -> Iterator[int]:
        """The line of the file on which each segment begins, from 1."""
        line = self.line
        binary = len(self.rows) == 1 and self.rows[0][0] in _BINARY
        for part in (self.text,) if binary else self.text.split(self.separators.segment):
            if part and not part.isspace():
                lead = part[: len(part) - len(part.lstrip())]
                yield line + lead.count("\n")
            line += part.count("\n")


#: Segments that hold data of a declared length, and how many of a file may be of another.
_BINARY, _ASTRAY = ("BIN", "BDS"), 20
#: Bytes that are not UTF-8, as Python keeps them in text.
_STRAY = re.compile("[\udc80-\udcff]+")


def _latin(stray: re.Match[str]) -> str:
    """Bytes that are not UTF-8 are read as Windows Latin, which is what senders mean by them."""
    return stray[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")


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
    number = line = 1
    while text.find_interchange():
        line += text.lines
        noticing.leading(text.skipped, number, report)
        separators = _separators(text.ahead(400), number, report)
        lower = not text.ahead(3).isupper()
        if lower:
            noticing.lower_case(number, report)
        for part in _interchange(text, separators, report):
            if isinstance(part, str):
                raws = _raws(part, separators)
                rows = _rows(raws, separators, lower)
            else:
                raws, rows, part = [part[0]], [part], separators.element.join(part)
            yield Batch(raws, rows, number, separators, part, line)
            number += len(rows)
            text.number = number
            line += part.count("\n")
    if number == 1:
        raise Invalid(noticing.headless(text.skipped), where="ISA", cure="Ask the sender for the whole file.")
    if text.skipped.strip():
        noticing.trailing(number, report)


def line_numbers(source: Source, numbers: Iterable[int]) -> dict[int, int]:
    """The line of the file on which each of those segments begins. A file that ends too early tells what it can."""
    wanted = sorted({one for one in numbers if one > 0})
    found: dict[int, int] = {}
    try:
        for batch in batches(source):
            if not wanted or wanted[-1] < batch.number:
                break
            inside = {one for one in wanted if batch.number <= one < batch.number + len(batch.rows)}
            if inside:
                found |= {number: line for number, line in enumerate(batch.lines(), batch.number) if number in inside}
    except Invalid:
        pass
    return found


class _Window:
    """The block of text at hand: everything before ``at`` is done with."""

    def __init__(self, blocks: Iterator[str]) -> None:
        self.blocks = blocks
        self.text = ""
        self.at = 0
        self.skipped = ""
        self.lines = 0
        #: The number of the segment that comes next, and how many binary ones were not as long as they said.
        self.number, self.astray = 1, 0

    def more(self) -> bool:
        """Drop what is done with and take in another block; False at the end of the file."""
        block = next(self.blocks, None)
        if block is None:
            return False
        self.text = self.text[self.at :] + block
        self.at = 0
        return True

    def fill(self, size: int) -> None:
        """Take in blocks until so much text is ahead, or the file ends."""
        parts, have = [self.text[self.at :]], len(self.text) - self.at
        while have < size and (block := next(self.blocks, None)) is not None:
            parts.append(block)
            have += len(block)
        self.text, self.at = "".join(parts), 0

    def ahead(self, size: int) -> str:
        return self.text[self.at : self.at + size]

    def find_interchange(self) -> bool:
        """Move to the next ISA with enough text behind it; what was passed over is in ``skipped``, up to a limit, and
        its lines in ``lines``."""
        self.skipped, self.lines = "", 0
        while True:
            found = _ISA.search(self.text, self.at)
            if found is not None:
                self.skipped += self.text[self.at : found.start()]
                self.lines += self.text.count("\n", self.at, found.start())
                self.at = found.start()
                while len(self.text) < self.at + 400 and self.more():
                    pass
                return True
            keep = max(self.at, len(self.text) - 4)
            self.skipped = (self.skipped + self.text[self.at : keep])[:200]
            self.lines += self.text.count("\n", self.at, keep)
            self.at = keep
            if not self.more():
                self.skipped += self.text[self.at :]
                return False


@lru_cache(maxsize=64)
def _control(separators: Separators) -> re.Pattern[str]:
    """Where reading segment by segment ends: at an IEA, before an ISA that follows without one, at binary data."""
    term, mark = re.escape(separators.segment), re.escape(separators.element)
    return re.compile(term + r"\s*(IEA|ISA|BIN|BDS)" + mark, re.IGNORECASE)


def _interchange(text: _Window, separators: Separators, report: Report) -> Iterator[str | list[str]]:
    """One interchange, block by block: text of whole segments, and binary segments as they were taken apart. The
    window is left behind its last segment."""
    control, term = _control(separators), separators.segment
    start = text.at + 4
    while True:
        found = control.search(text.text, start)
        kind = found[1].upper() if found is not None else ""
        if found is not None and kind == "ISA":
            yield text.text[text.at : found.start()]
            text.at = found.start(1)
            return
        if found is not None and kind in _BINARY:
            yield text.text[text.at : found.start()]
            text.at = found.start(1)
            taken = _binary(text, kind, separators, report)
            if taken is not None:
                yield taken
            # Where its length was wrong it is read as what it looks like.
            start = text.at if taken is not None else text.at + 4
            continue
        end = text.text.find(term, found.end()) if found else -1
        if end < 0:
            # The end is not in sight, or not whole: take what is.
            end = found.start() if found else text.text.rfind(term, text.at)
            found = None
        if end >= 0:
            yield text.text[text.at : end]
            text.at = end + 1 if found else end
            if found:
                return
        if len(text.text) - text.at > LONGEST:
            raise noticing.endless(text.number, LONGEST)
        if not text.more():
            yield _last(text.ahead(100_000).removeprefix(term), text.number, separators, report)
            text.at = len(text.text)
            return
        start = text.at


def _binary(text: _Window, tag: str, separators: Separators, report: Report) -> list[str] | None:
    """A BIN or BDS at the window's place, by the length it declares; None where that is not its length.

    The window is left before its terminator. Its data may hold any byte, also those that are separators.
    """
    mark, places = separators.element, 2 if tag == "BIN" else 3
    while len(text.ahead(80)) < 80 and text.more():
        pass
    head = [*text.ahead(80).split(mark, places), "", "", ""]
    length = head[places - 1].strip()
    if length.isdecimal() and len(length) <= 15 and int(length) <= LONGEST_DATA:
        offset = sum(len(one) + 1 for one in head[:places])
        data = _bytes_ahead(text, offset, int(length))
        following = text.text[text.at + offset + len(data) :].lstrip()[:1] if data is not None else ""
        if data is not None and following == separators.segment:
            text.at += offset + len(data)
            return [tag, *head[1:places], data]
    noticing.binary_length(tag, length, places - 1, text.number, report)
    text.astray += 1
    if text.astray > _ASTRAY:
        raise noticing.astray(text.number, tag)
    return None


def _bytes_ahead(text: _Window, offset: int, size: int) -> str | None:
    """So many bytes of the file from a place in the window on, as text; None where the file ends before."""
    text.fill(offset + size + 1)
    start = text.at + offset
    taken = text.text[start : start + size]
    if not taken.isascii():
        taken = taken.encode("utf-8", "surrogateescape")[:size].decode("utf-8", "surrogateescape")
    # Each character has a byte at least, so a file that is shorter than this ended before.
    whole = len(taken.encode("utf-8", "surrogateescape")) == size and len(text.text) > start + len(taken)
    return taken if whole else None


def _raws(text: str, separators: Separators) -> list[str]:
    """The segments of whole text, without the line breaks before them."""
    if not text.isascii():
        text = _STRAY.sub(_latin, text)
    term = separators.segment
    if not (text[:1].isspace() or "\n" in text or "\r" in text or f"{term} " in text or f"{term}\t" in text):
        return [part for part in text.split(term) if part]
    return [part.lstrip() for part in text.split(separators.segment) if part and not part.isspace()]


def _rows(raws: list[str], separators: Separators, lower: bool) -> list[list[str]]:
    mark = separators.element
    rows = [one.split(mark) for one in raws]
    if lower:
        for row in rows:
            row[0] = row[0].upper()
    return rows


def _last(rest: str, number: int, separators: Separators, report: Report) -> str:
    """What stands after the last terminator: nothing, an IEA without one, or a cut-off segment."""
    raws = _raws(rest, separators)
    row = raws[0].split(separators.element) if raws else []
    if not raws:
        return ""
    if row[0].upper() == "IEA" and len(row) > 2:
        noticing.terminator(number, report)
        return rest.rstrip()
    raise Invalid(
        f"The file ends inside segment {number}, {row[0][:3]}.",
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
        noticing.isa_width(number, report)
    repetition = fields[11] if len(fields[11]) == 1 and not fields[11].isalnum() else ""
    component, terminator = fields[16][0], fields[16][1]
    if repetition and repetition in (component, terminator):
        noticing.separators(repetition, "ISA16" if repetition == component else "the terminator", number, report)
        repetition = ""
    if len({mark, component, terminator}) < 3 or terminator.isalnum():
        raise Invalid(
            "The ISA does not tell its separators.",
            where=f"segment {number}",
            cure="Mend ISA16 and what follows.",
        )
    return Separators(mark, repetition, component, terminator)


def _blocks(source: Source) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
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
