"""The questions of an inspected 270 (005010X279A1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from chartdesk.exchange.sandbox.claims import Person
from chartdesk.exchange.sandbox.inspection import as_date
from chartdesk.exchange.sandbox.wire import Segment, TransactionSet


class Inquiry(msgspec.Struct, frozen=True):
    """One patient asked about: who asks whom, about which day and service types."""

    payer_id: str
    payer_name: str
    provider: Segment
    member_id: str
    insured: Person
    patient: Person | None
    trace: Segment | None
    day: date | None
    service_types: tuple[str, ...]


def reference(one: TransactionSet) -> str:
    """BHT03, which the answer repeats."""
    return next((segment[3] for segment in one.segments if segment.name == "BHT"), "")


def inquiries(one: TransactionSet) -> Iterator[Inquiry]:
    """Every subscriber without dependents, and every dependent, in order."""
    held: dict[str, list[Segment]] = {}
    level = ""
    for segment in [*one.segments, Segment("HL", ("", "", "20"), 0)]:
        if segment.name != "HL":
            held.setdefault(level, []).append(segment)
            continue
        asked = level == "23" or (level == "22" and held[level][0][4] != "1")
        if asked and _find(held["22"], "NM1", "IL"):
            yield _inquiry(held)
        level = segment[3]
        held[level] = [segment]
        for lower in ("23",) if level == "22" else ():
            held.pop(lower, None)


def _find(segments: list[Segment], name: str, qualifier: str = "") -> Segment | None:
    matches = (one for one in segments if one.name == name and (not qualifier or one[1] == qualifier))
    return next(matches, None)


def _inquiry(held: dict[str, list[Segment]]) -> Inquiry:
    subscriber, dependent = held["22"], held.get("23")
    asked = dependent or subscriber
    payer = _find(held["20"], "NM1") or Segment("NM1", (), 0)
    named = _find(subscriber, "NM1", "IL") or Segment("NM1", (), 0)
    day = _find(asked, "DTP", "291") or _find(subscriber, "DTP", "291")
    types = [kind for one in asked if one.name == "EQ" for kind in one.repeats(1)]
    return Inquiry(
        payer_id=payer[9],
        payer_name=payer[3],
        provider=_find(held["21"], "NM1") or Segment("NM1", ("1P", "2"), 0),
        member_id=named[9].upper(),
        insured=_person(subscriber, "IL"),
        patient=_person(dependent, "03") if dependent else None,
        trace=_find(asked, "TRN") or _find(subscriber, "TRN"),
        day=as_date(day[3].split("-")[0]) if day else None,
        service_types=tuple(types) or ("30",),
    )


def _person(segments: list[Segment], qualifier: str) -> Person:
    name, born = _find(segments, "NM1", qualifier), _find(segments, "DMG")
    if name is None:
        return Person()
    return Person(name[3], name[4], name[5], as_date(born[2]) if born else None)
