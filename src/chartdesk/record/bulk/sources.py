"""The files of an import, and the parts they are cut into.

NDJSON (``.ndjson``, ``.jsonl``) is cut at the ends of lines, a JSON file (``.json``) is one part; either may be
packed (``.gz``). The same file is always cut at the same places, so that a part can be known again.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from chartdesk.kit.errors import Invalid

#: Bytes of NDJSON that are taken together: some six hundred resources.
PART = 512 * 1024
#: The longest line, and the largest JSON file, that is taken.
LARGEST_LINE = 16 * 1024 * 1024
LARGEST_FILE = 256 * 1024 * 1024
_LINES = (".ndjson", ".jsonl")
_ENDS = (*_LINES, ".json")
#: What others refer to is taken first, so that little has to wait.
_FIRST = ("hospital", "organization", "location", "practitioner", "patient", "medication.", "encounter")
_UNREADABLE = (OSError, EOFError, zlib.error)
_SAMPLE = 64 * 1024
Stream = IO[bytes] | gzip.GzipFile


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a file from byte ``place`` on; the first of its lines is number ``line``.

    ``data`` is the text where the file cannot be read from the middle, else None. ``fault`` says in a sentence why
    this piece cannot be taken at all.
    """

    place: int
    length: int
    line: int
    data: bytes | None = None
    fault: str = ""


def found(paths: Iterable[Path]) -> list[Path]:
    """The files named and those in the folders named, what others refer to first.

    Raises Invalid for a name that is nothing, and where there is no file at all.
    """
    files: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            files |= dict.fromkeys(one.resolve() for one in path.rglob("*") if _is_source(one))
        elif path.exists():
            files[path.resolve()] = None
        else:
            raise Invalid(f"There is no file {path}.", cure="Check its name.")
    if not files:
        raise Invalid("There is no file to import.", cure="Name .ndjson or .json files, packed or not, or a folder.")
    return sorted(files, key=lambda path: (_rank(path), str(path)))


def mark(path: Path) -> tuple[int, str]:
    """(size, a text that changes when the file does)."""
    about = path.stat()
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
        file.seek(max(0, about.st_size - _SAMPLE))
        sample = hashlib.sha256(head + file.read(_SAMPLE)).hexdigest()
    return about.st_size, f"{about.st_size}-{about.st_mtime_ns}-{sample}"


def parts(path: Path) -> Iterator[Part]:
    """The parts of a file, in order; the last one has a ``fault`` where the file breaks off."""
    if not _is_lines(path):
        yield Part(0, 0, 1)
        return
    packed = path.suffix == ".gz"
    place, line = 0, 1
    try:
        with _opened(path) as stream:
            for piece, length in _pieces(stream):
                fault = "" if piece is not None else f"The line is longer than {LARGEST_LINE:,} bytes."
                yield Part(place, length, line, piece if packed else None, fault)
                place += length
                line += piece.count(b"\n") if piece is not None else 1
    except _UNREADABLE as fault:
        # No part begins at a negative place, whatever was read before it.
        yield Part(-1, 0, line, fault=f"The file cannot be read to its end: {_words(fault)}.")


def text_of(path: Path, part: Part) -> bytes:
    """The text of a part. Raises Invalid where it cannot be read or is too large."""
    if part.data is not None:
        return part.data
    try:
        with _opened(path) as stream:
            if _is_lines(path):
                stream.seek(part.place)
                return stream.read(part.length)
            text = stream.read(LARGEST_FILE + 1)
    except _UNREADABLE as fault:
        raise Invalid(f"The file cannot be read: {_words(fault)}.") from fault
    if len(text) > LARGEST_FILE:
        raise Invalid(f"The file is larger than {LARGEST_FILE:,} bytes.", cure="Cut it, or give it as NDJSON.")
    return text


def is_whole(path: Path) -> bool:
    """Whether the file is one JSON text, and not lines of it."""
    return not _is_lines(path)


def _pieces(stream: Stream) -> Iterator[tuple[bytes | None, int]]:
    """(text that ends with a line, its length); None for a line that is too long."""
    rest = b""
    while block := stream.read(PART):
        end = block.rfind(b"\n") + 1
        if end:
            piece, rest = rest + block[:end], block[end:]
            yield piece, len(piece)
        else:
            rest += block
            if len(rest) > LARGEST_LINE:
                skipped, rest = _skip(stream, len(rest))
                yield None, skipped
    if rest:
        yield rest, len(rest)


def _skip(stream: Stream, length: int) -> tuple[int, bytes]:
    """Pass the rest of a line: (its whole length, what was read beyond it)."""
    while block := stream.read(PART):
        end = block.find(b"\n") + 1
        if end:
            return length + end, block[end:]
        length += len(block)
    return length, b""


@contextmanager
def _opened(path: Path) -> Iterator[Stream]:
    with path.open("rb") as raw:
        if path.suffix == ".gz":
            with gzip.GzipFile(fileobj=raw) as stream:
                yield stream
        else:
            yield raw


def _is_source(path: Path) -> bool:
    return path.is_file() and path.name.lower().removesuffix(".gz").endswith(_ENDS)


def _is_lines(path: Path) -> bool:
    return path.name.lower().removesuffix(".gz").endswith(_LINES)


def _rank(path: Path) -> int:
    name = re.sub(r"[^a-z.]", "", path.name.lower())
    return next((place for place, first in enumerate(_FIRST) if name.startswith(first)), len(_FIRST))


def _words(fault: BaseException) -> str:
    return str(fault).rstrip(".") or type(fault).__name__
