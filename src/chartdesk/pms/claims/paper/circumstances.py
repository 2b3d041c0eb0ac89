"""Items 10, 14 to 19 of the CMS-1500: cause, dates, who is named, and the documents that go with the claim."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chartdesk.pms.charges.circumstances import Circumstances
from chartdesk.pms.claims.content import ClaimContent

#: Item → the cause that it asks for.
_CAUSES = {"10a": "employment", "10b": "auto", "10c": "other"}
#: Item 17's qualifier by role; of several the first one is named.
_QUALIFIERS = {"referring": "DN", "ordering": "DK", "supervising": "DQ"}

Boxes = Iterator[tuple[str, str]]


def boxes(content: ClaimContent) -> Boxes:
    """Place → text of these items."""
    said = content.circumstances
    for item, cause in _CAUSES.items():
        yield f"{item} {'yes' if cause in said.causes else 'no'}", "X"
    if "auto" in said.causes:
        yield "10b state", said.accident_state
    yield from _illness(said)
    for item, first, last in (("16", said.unable_from, said.unable_to), ("18", said.admitted, said.discharged)):
        if first is not None:
            yield from _day(item, first)
        if last is not None:
            yield from _day(f"{item} to", last)
    yield from _named(said)
    documents = [f"PWK{one.report}{one.transmission}{one.control}" for one in content.attachments]
    yield "19", "   ".join(documents)


def _illness(said: Circumstances) -> Boxes:
    """Item 14, the onset, which for an injury is the accident; item 15 what else there is."""
    began = [("431", said.onset), ("431", said.accident_on), ("484", said.last_period)]
    first = next(((code, on) for code, on in began if on is not None), None)
    if first is not None:
        yield "14 qualifier", first[0]
        yield from _day("14", first[1])
    accident = said.accident_on if said.onset is not None else None
    other = next(((code, on) for code, on in (("439", accident), ("454", said.first_treated)) if on is not None), None)
    if other is not None:
        yield "15 qualifier", other[0]
        yield from _day("15", other[1])


def _named(said: Circumstances) -> Boxes:
    found = next((one for one in said.people() if one[0] in _QUALIFIERS), None)
    if found is None:
        return
    role, one = found
    yield "17 qualifier", _QUALIFIERS[role]
    yield "17", one.name
    yield "17b", one.npi
    if one.license:
        yield "17a qualifier", "0B"
        yield "17a", one.license


def _day(item: str, on: date) -> Boxes:
    yield f"{item} month", f"{on:%m}"
    yield f"{item} day", f"{on:%d}"
    yield f"{item} year", f"{on:%Y}"
