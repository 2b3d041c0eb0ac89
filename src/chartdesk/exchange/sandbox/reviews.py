"""Services review (278, 005010X217): what the payers decide when a service is to be authorized.

Read and written here with this program's own means. The word at the end of a member id decides; an ordinary member's
request is authorized as asked. What a payer pended it decides when it is asked again (UM02 6).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

import msgspec

from chartdesk.exchange.sandbox.acceptance import coverage_end, luhn_npi
from chartdesk.exchange.sandbox.inspection import CHECKS, Fault, as_date, hierarchy_faults
from chartdesk.exchange.sandbox.rulebook import Rulebook, member
from chartdesk.exchange.sandbox.store import Store
from chartdesk.exchange.sandbox.wire import (
    Envelope,
    Repetition,
    Segment,
    TransactionSet,
    interchange_text,
    segment_text,
)

VERSION_278 = "005010X217"
PARENTS = {"20": ("",), "21": ("20",), "22": ("21",), "23": ("22",), "EV": ("22", "23"), "SS": ("EV",)}
_NAMES = {"20": "X3", "21": "1P", "22": "IL", "23": "QC"}
#: For how long an authorization holds, from the first day asked about.
DAYS, SHORT_DAYS = 90, 7
#: Kinds of request (UM02).
CANCEL, EXTEND, VERIFY = "3", "4", "6"


class Level(msgspec.Struct):
    """One HL with its segments."""

    code: str
    segments: list[Segment]

    def find(self, name: str, qualifier: str = "") -> Segment | None:
        """The first segment of a name, and of a qualifier where one is wanted."""
        matches = (one for one in self.segments if one.name == name and (not qualifier or one[1] == qualifier))
        return next(matches, None)


class Answer(msgspec.Struct, frozen=True):
    """HCR, and for how long and for how many visits it holds."""

    action: str
    number: str = ""
    reasons: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    visits: Decimal | None = None
    message: str = ""


def faults(one: TransactionSet) -> Iterator[Fault]:
    """The faults of a request's form: its header, its hierarchy, the names of its levels, and that it asks."""
    bht = next((segment for segment in one.segments if segment.name == "BHT"), None)
    if bht is None:
        yield Fault("BHT", 2, "", "3")
    elif bht[1] != "0007":
        yield Fault("BHT", bht.place, "", "8", 1, 0, "1005", "7", bht[1])
    yield from hierarchy_faults(one.segments, PARENTS)
    names = {segment[1] for segment in one.segments if segment.name == "NM1"}
    for level, loop in (("20", "2010A"), ("21", "2010B"), ("22", "2010C")):
        if _NAMES[level] not in names:
            yield Fault("NM1", len(one.segments), loop, "3")
    if not any(segment.name == "UM" for segment in one.segments):
        yield Fault("UM", len(one.segments), "2000E", "3")
    for segment in one.segments:
        if segment.name == "DTP" and segment[2] == "D8" and as_date(segment[3]) is None:
            yield Fault("DTP", segment.place, "2000E", "8", 3, 0, "1251", "8", segment[3])


CHECKS["278"] = faults


def levels(one: TransactionSet) -> dict[str, list[Level]]:
    """The levels of a request by their codes."""
    found: dict[str, list[Level]] = {}
    current: Level | None = None
    for segment in one.segments:
        if segment.name == "HL":
            current = Level(segment[3], [])
            found.setdefault(segment[3], []).append(current)
        elif current is not None and segment.name != "SE":
            current.segments.append(segment)
    return found


def review_reply(envelope: Envelope, rules: Rulebook, store: Store, sets: list[TransactionSet]) -> str:
    """The interchange of answers: one transaction set for each request."""
    return interchange_text(envelope, "HI", VERSION_278, [_body(envelope, rules, store, one) for one in sets])


def member_of(one: TransactionSet) -> tuple[str, str]:
    """The payer's id and the member id of a request."""
    held = levels(one)
    return _identifier(held, "20"), _identifier(held, "22").upper()


def _identifier(held: dict[str, list[Level]], level: str) -> str:
    named = held[level][0].find("NM1") if level in held else None
    return named[9] if named else ""


def _body(envelope: Envelope, rules: Rulebook, store: Store, one: TransactionSet) -> list[str]:
    held, moment = levels(one), envelope.moment
    bht = next(segment for segment in one.segments if segment.name == "BHT")
    level, refusal = _refusal(held, rules, moment.date())
    answer = None if refusal else _decided(held, rules, store, moment.date())
    kind = "19" if answer is not None and answer.action == "A4" else "18"
    body = [segment_text("BHT", "0007", "11", bht[3], moment, f"{moment:%H%M}", kind)]
    order = [code for code in _NAMES if code in held]
    if level:
        order = order[: order.index(level) + 1]
    for number, code in enumerate(order, start=1):
        last = number == len(order)
        body.append(segment_text("HL", number, number - 1 or "", code, 0 if last and answer is None else 1))
        named = held[code][0].find("NM1")
        assert named is not None  # a set without it was refused
        body.append(segment_text("NM1", *named.elements))
        body += [segment_text("AAA", *refusal)] if code == level else []
        body += [segment_text("DMG", *one.elements) for one in held[code][0].segments if one.name == "DMG"]
    if answer is not None:
        body += _event(held, answer, len(order), moment.date())
    return body


def _refusal(held: dict[str, list[Level]], rules: Rulebook, today: date) -> tuple[str, tuple[str, ...]]:
    """The level and the elements of the AAA of a request that is not looked at; empty where it is."""
    payer = rules.payer(_identifier(held, "20"))
    if payer is None:
        return "20", ("N", "", "79", "C")
    if not luhn_npi(_identifier(held, "21")):
        return "21", ("N", "", "43", "C")
    number = _identifier(held, "22").upper()
    found = member(payer, number)
    if found is None or found.scenario == "UNKNOWN":
        return "22", ("N", "", "75", "C")
    if found.scenario == "NAMEDIFF":
        return "22", ("N", "", "73", "C")
    if found.scenario == "NOREPLY":
        return "20", ("Y", "", "42", "R")
    end = coverage_end(found.scenario, today)
    return ("22", ("N", "", "95", "C")) if end and today > end else ("", ())


def _decided(held: dict[str, list[Level]], rules: Rulebook, store: Store, today: date) -> Answer:
    payer = rules.payer(_identifier(held, "20"))
    found = member(payer, _identifier(held, "22").upper()) if payer else None
    scenario = found.scenario if found else ""
    event = held["EV"][0]
    um = event.find("UM")
    kind = um[2] if um else "I"
    visits, first = _visits(event), _first(held, today)
    if kind == CANCEL:
        earlier = event.find("REF", "BB")
        return Answer("C", earlier[2] if earlier else "")
    if scenario == "AUTHDENY":
        return Answer("A3", "", ("0F",), message="Conservative care was not documented.")
    if scenario == "AUTHPEND" and kind != VERIFY:
        return Answer("A4", "", ("0V",))
    if scenario == "AUTHCALL":
        return Answer("CT", "", ("0U",))
    if scenario == "AUTHNONE":
        return Answer("NA", "", ("0H",))
    number = f"AU{today:%y%j}{store.next('authorization'):05d}"
    if scenario == "AUTHLESS":
        half = max(Decimal(1), (visits or Decimal(2)) // 2)
        return Answer("A6", number, ("0L",), first, first + timedelta(days=DAYS), half)
    last = first + timedelta(days=SHORT_DAYS if scenario == "AUTHSHORT" else DAYS)
    return Answer("A1", number, (), first, last, visits)


def _visits(event: Level) -> Decimal | None:
    asked = event.find("HSD", "VS")
    try:
        return Decimal(asked[2]) if asked and asked[2] else None
    except InvalidOperation:
        return None


def _first(held: dict[str, list[Level]], today: date) -> date:
    """The first day asked about: of the event, of a service, or today."""
    for level in (*held.get("EV", ()), *held.get("SS", ())):
        for code in ("472", "AAH"):
            when = level.find("DTP", code)
            day = as_date(when[3].split("-")[0]) if when else None
            if day is not None:
                return day
    return today


def _event(held: dict[str, list[Level]], answer: Answer, parent: int, today: date) -> Iterator[str]:
    event = held["EV"][0]
    services = held.get("SS", [])
    yield segment_text("HL", parent + 1, parent, "EV", 1 if services else 0)
    trace, um = event.find("TRN"), event.find("UM")
    if trace is not None:
        yield segment_text("TRN", "2", *trace.elements[1:])
    if um is not None:
        yield segment_text("UM", *um.elements[:3])
    yield segment_text("HCR", answer.action, answer.number, Repetition(answer.reasons))
    if answer.number and answer.last is not None:
        yield segment_text("DTP", "102", "D8", today)
        yield segment_text("DTP", "036", "D8", answer.last)
        yield segment_text("DTP", "007", "RD8", f"{answer.first:%Y%m%d}-{answer.last:%Y%m%d}")
    if answer.visits is not None:
        yield segment_text("HSD", "VS", answer.visits)
    if answer.message:
        yield segment_text("MSG", answer.message)
    for number, service in enumerate(services, start=parent + 2):
        yield segment_text("HL", number, parent + 1, "SS", 0)
        code = service.find("SV1")
        if code is not None:
            yield segment_text("SV1", tuple(code.parts(1)))
