"""The transaction sets of a file, one after the other, each with the envelope it came in.

Tolerant: wrong counts and numbers are the check's business. A file that ends before SE is refused with
Invalid.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import msgspec

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12.envelope import Envelope, read_envelope
from chartdesk.standards.x12.findings import Report, ignore
from chartdesk.standards.x12.guides.model import Guide
from chartdesk.standards.x12.reader import Source, segments
from chartdesk.standards.x12.segments import Segment


class Transaction(msgspec.Struct):
    """One ST. ``body`` is everything between ST and SE and must be read before the next set is asked for."""

    envelope: Envelope
    st: Segment
    body: Iterator[Segment]

    @property
    def set_code(self) -> str:
        """ST01."""
        return self.st[1]

    @property
    def control(self) -> str:
        """ST02."""
        return self.st[2]

    @property
    def version(self) -> str:
        """ST03, or GS08 where it was not sent."""
        return self.st[3] or self.envelope.version


def transactions(source: Source, report: Report = ignore) -> Iterator[Transaction]:
    """Every transaction set of the file, of whatever kind. Raises Invalid where the file is cut off."""
    stream = segments(source, report)
    isa = gs = None
    last: Segment | None = None
    for one in stream:
        tag, last = one.tag, one
        if tag == "ISA":
            isa, gs = one, None
        elif tag == "GS":
            gs = one
        elif tag == "ST" and isa is not None:
            found = Transaction(read_envelope(isa, gs), one, _body(stream, one))
            yield found
            for _ in found.body:
                pass
    if last is not None and last.tag != "IEA":
        raise Invalid(
            f"The file ends after segment {last.number}, {last.tag}, without an IEA.",
            where=f"segment {last.number}",
            cure="It was cut off on its way: ask for it again.",
        )


def _body(stream: Iterator[Segment], st: Segment) -> Iterator[Segment]:
    last = st
    for one in stream:
        if one.tag == "SE":
            return
        if one.tag in ("ST", "GE", "IEA", "ISA", "GS"):
            raise Invalid(
                f"Segment {one.number}, {one.tag}, stands where the SE of set {st[2]} should be.",
                where=f"segment {one.number}",
                cure="The set was cut off: ask the sender for it again.",
            )
        last = one
        yield one
    raise Invalid(
        f"The file ends after segment {last.number}, {last.tag}, inside set {st[2]}.",
        where=f"segment {last.number}",
        cure="It was cut off on its way: ask for it again.",
    )


def of_guide(source: Source, guide: Guide) -> Iterator[Transaction]:
    """The transaction sets that ``guide`` describes. Raises Invalid where the file has none of them."""
    others: list[str] = []
    found = False
    for transaction in transactions(source):
        name = f"{transaction.set_code} {transaction.version}".strip()
        if transaction.set_code != guide.set_code or transaction.version not in guide.versions:
            others.append(name)
        elif purpose := _other_purpose(transaction, guide):
            others.append(f"{name} with BHT02 {purpose!r}")
        else:
            found = True
            yield transaction
    if not found:
        what = f"It holds {', '.join(sorted(set(others)))}." if others else "It holds no transaction set."
        raise Invalid(f"The file is no {guide.name} {guide.version}.", where="ST", cure=what)


def _other_purpose(transaction: Transaction, guide: Guide) -> str:
    """BHT02 where it says that the set is not the guide's, else empty; the body stays whole."""
    if not guide.purposes:
        return ""
    begin = next(transaction.body, None)
    if begin is None:
        return ""
    transaction.body = chain((begin,), transaction.body)
    return "" if guide.begins(begin) else begin[2]
