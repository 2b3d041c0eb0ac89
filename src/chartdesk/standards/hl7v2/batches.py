"""Many messages in one file: FHS and BHS batches, or one message after another (HL7 v2.5.1, section 2.10.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from chartdesk.standards.hl7v2.faults import SEQUENCE, Unreadable
from chartdesk.standards.hl7v2.separators import separators_of
from chartdesk.standards.hl7v2.times import written

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|$)")
_TRAILERS = (b"BTS", b"FTS")
_HEADERS = (b"FHS", b"BHS")


class Batch(NamedTuple):
    """The messages of a file, each as its bytes; ``faults`` are what is wrong with the counts, in words."""

    messages: list[bytes]
    faults: list[str]


def split(raw: bytes) -> Batch:
    """The messages of a file. Nothing of it is lost: what a count does not agree with is read and told.

    Raises Unreadable for a file with something else before its first message.
    """
    messages: list[bytes] = []
    faults: list[str] = []
    batch_start = batches = 0
    for line in _lines(raw.removeprefix(b"\xef\xbb\xbf")):
        name = line[:3]
        if name == b"MSH":
            messages.append(line)
        elif name in _HEADERS:
            batch_start = len(messages)
        elif name == b"BTS":
            batches += 1
            _count(line, len(messages) - batch_start, "messages", faults)
        elif name == b"FTS":
            _count(line, batches, "batches", faults)
        elif messages:
            messages[-1] += line
        elif line.strip(b"\r\n\t \x0b\x1c"):
            raise Unreadable(
                f"The file begins with {line[:20].decode('latin-1')!r}.",
                "It has to begin with FHS, BHS or MSH.",
                where="line 1",
                condition=SEQUENCE,
            )
    return Batch(messages, faults)


def join(messages: Iterable[bytes], *, sender: str, receiver: str, control_id: str, at: datetime) -> bytes:
    """A batch file of ``messages``, counted. Separators are the usual ones; the messages keep theirs."""
    header = f"|^~\\&|{sender}||{receiver}||{written(at)}||||{control_id}\r".encode()
    found = [message if message.endswith((b"\r", b"\n")) else message + b"\r" for message in messages]
    return b"".join([b"FHS", header, b"BHS", header, *found, f"BTS|{len(found)}\r".encode(), b"FTS|1\r"])


def _lines(raw: bytes) -> Iterator[bytes]:
    """Lines with their ends; the frames of MLLP, which some write into files, are no part of them."""
    for line in _LINE.findall(raw):
        yield line.lstrip(b"\x0b").replace(b"\x1c", b"") if b"\x0b" in line or b"\x1c" in line else line


def _count(line: bytes, here: int, what: str, faults: list[str]) -> None:
    fields = line.strip(b"\r\n").split(line[3:4]) if len(line) > 4 else []
    said = fields[1].strip() if len(fields) > 1 else b""
    if said.isdigit() and int(said) != here:
        faults.append(f"{line[:3].decode()} counts {int(said)} {what}, the file has {here}.")


def is_batch(raw: bytes) -> bool:
    """Whether ``raw`` begins like a batch rather than a message. Raises Unreadable for a header without separators."""
    start = raw.lstrip(b"\xef\xbb\xbf\r\n\t \x0b")[:200].decode("latin-1")
    if start[:3] in ("FHS", "BHS"):
        separators_of(start)
        return True
    return False
