"""Subscribers, dependents and traces, both ways, as the 270 and the 271 say them alike (005010X279A1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chartdesk.standards.x12.parties import Party
from chartdesk.standards.x12.party_segments import party_segments, take_party
from chartdesk.standards.x12.segments import Loop, Segment, segment
from chartdesk.standards.x12.taking import Extra, Taking
from chartdesk.standards.x12.values import d8, day_at


@dataclass(slots=True, kw_only=True)
class Trace:
    """TRN: ``kind`` 1 (ours) or 2 (the other side's own, echoed), the number, who assigned it (ten
    characters: 1 + EIN, 3 + D-U-N-S or 9 + own id), and a division of theirs."""

    number: str
    originator: str
    kind: str = "1"
    division: str = ""


@dataclass(slots=True, kw_only=True)
class Insured:
    """A subscriber or dependent, loops 2100C and 2100D. ``party.id`` under MI is the member number.

    ``relationship`` is INS02 (18 self, 01 spouse, 19 child, 34 other adult); ``changed`` says that the
    payer knows the person under other data than were asked for (INS03 001, INS04 25); ``birth_sequence``
    tells twins.
    """

    party: Party
    birth: date | None = None
    gender: str = ""
    relationship: str = ""
    changed: bool = False
    birth_sequence: str = ""


def insured_segments(role: str, insured: Insured) -> list[Segment]:
    """NM1 of a subscriber (IL) or dependent (03) with address, birth and relationship."""
    made = party_segments(role, insured.party)
    if insured.birth is not None or insured.gender:
        form = "D8" if insured.birth else ""
        made.append(segment("DMG", form, d8(insured.birth), insured.gender))
    if insured.relationship:
        changed = ("001", "25") if insured.changed else ("", "")
        member = "Y" if role == "IL" else "N"
        relation = ["INS", member, insured.relationship, *changed, *[""] * 12, insured.birth_sequence]
        made.append(segment(*relation))
    return made


def take_insured(taking: Taking) -> Insured:
    """The person of a 2100C or 2100D loop."""
    party = take_party(taking)
    birth, relation = taking.one("DMG"), taking.one("INS")
    return Insured(
        party=party,
        birth=day_at(birth, 2),
        gender=birth[3],
        relationship=relation[2],
        changed=relation[3] == "001",
        birth_sequence=relation[17],
    )


def trace_segment(trace: Trace) -> Segment:
    """The TRN of a trace."""
    return segment("TRN", trace.kind, trace.number, trace.originator, trace.division)


def trace_of(trn: Segment) -> Trace:
    """The trace of a TRN."""
    return Trace(kind=trn[1], number=trn[2], originator=trn[3], division=trn[4])


def extras_of(extras: Iterable[Extra], id: str) -> list[Extra]:
    """What such a rest holds for the loop of that id."""
    return [part for one in extras if isinstance(one, Loop) and one.id == id for part in one.content()]
