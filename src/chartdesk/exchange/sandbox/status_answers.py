"""Questions where a claim stands (276, 005010X212), and what the payers answer (277).

Read and written here with this program's own means. A payer answers from what it remembers: a claim that waits is in
process, a decided one tells what was paid and with which trace, one it does not know is not found. The scenarios
RECORDS, LOST and NOSTATUS have answers of their own; their claims are never paid. Those of DOCUMENTS wait for
a document.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec

from chartdesk.exchange.sandbox.inspection import CHECKS, Fault, as_date, hierarchy_faults
from chartdesk.exchange.sandbox.rulebook import Rulebook
from chartdesk.exchange.sandbox.store import Store, Stored, iso_day
from chartdesk.exchange.sandbox.wire import Envelope, Segment, TransactionSet, interchange_text, segment_text
from chartdesk.kit.money import ZERO

VERSION_276 = "005010X212"
PARENTS = {"20": ("",), "21": ("20",), "19": ("21",), "22": ("19",), "23": ("22",)}
#: Scenarios whose claims are taken in and never decided.
HELD = frozenset({"PEND", "RECORDS", "LOST", "NOSTATUS", "DOCUMENTS"})
_NAMES = {"20": "PR", "21": "41", "19": "1P", "22": "IL", "23": "QC"}


class Asked(msgspec.Struct, frozen=True):
    """One claim that is asked about, with the segments of everybody above it, outermost first."""

    people: tuple[tuple[str, Segment], ...]
    trace: str
    pcn: str
    number: str
    charge: str
    day: date | None

    def name(self, level: str) -> Segment:
        """The NM1 of a level."""
        return next((one for code, one in self.people if code == level), Segment("NM1", (), 0))


def faults(one: TransactionSet) -> Iterator[Fault]:
    """The faults of a 276's form: its header, its hierarchy, the names of its levels, a trace for each claim."""
    bht = next((segment for segment in one.segments if segment.name == "BHT"), None)
    if bht is None:
        yield Fault("BHT", 2, "", "3")
    elif bht[1] != "0010" or bht[2] != "13":
        yield Fault("BHT", bht.place, "", "8", 1, 0, "1005", "7", bht[1])
    yield from hierarchy_faults(one.segments, PARENTS)
    names = {segment[1] for segment in one.segments if segment.name == "NM1"}
    for level, loop in (("20", "2100A"), ("21", "2100B"), ("19", "2100C"), ("22", "2100D")):
        if _NAMES[level] not in names:
            yield Fault("NM1", len(one.segments), loop, "3")
    if not any(segment.name == "TRN" and segment[2] for segment in one.segments):
        yield Fault("TRN", len(one.segments), "2200D", "3")
    for segment in one.segments:
        if segment.name == "DTP" and segment[2] == "D8" and as_date(segment[3]) is None:
            yield Fault("DTP", segment.place, "2200D", "8", 3, 0, "1251", "8", segment[3])


CHECKS["276"] = faults


def questions(one: TransactionSet) -> Iterator[Asked]:
    """Every claim asked about, in order."""
    above: list[tuple[str, Segment]] = []
    level = ""
    held: list[Segment] = []
    for segment in [*one.segments, Segment("HL", ("", "", "20"), 0)]:
        if segment.name in ("HL", "TRN") and held:
            yield _asked(above, held)
            held = []
        if segment.name == "HL":
            level = segment[3]
            order = list(PARENTS)
            above = [pair for pair in above if order.index(pair[0]) < order.index(level)]
        elif segment.name == "NM1" and _NAMES.get(level) == segment[1]:
            above.append((level, segment))
        elif segment.name == "TRN" or held:
            held.append(segment)


def _asked(above: list[tuple[str, Segment]], held: list[Segment]) -> Asked:
    def reference(qualifier: str) -> str:
        return next((one[2] for one in held if one.name == "REF" and one[1] == qualifier), "")

    served = next((one[3] for one in held if one.name == "DTP" and one[1] == "472"), "")
    charge = next((one[2] for one in held if one.name == "AMT"), "")
    return Asked(tuple(above), held[0][2], reference("EJ"), reference("1K"), charge, as_date(served.split("-")[0]))


def status_reply(envelope: Envelope, rules: Rulebook, store: Store, sets: list[TransactionSet]) -> str:
    """The 277 interchange: one transaction set for each 276."""
    return interchange_text(envelope, "HN", VERSION_276, [_body(envelope, rules, store, one) for one in sets])


def _body(envelope: Envelope, rules: Rulebook, store: Store, one: TransactionSet) -> list[str]:
    bht = next(segment for segment in one.segments if segment.name == "BHT")
    moment = envelope.moment
    body = [segment_text("BHT", "0010", "08", bht[3], moment, f"{moment:%H%M}", "DG")]
    open_levels: list[tuple[str, Segment, int]] = []
    count = 0
    asked = list(questions(one))
    for place, question in enumerate(asked):
        shared = 0
        for (code, name, _), (other, its) in zip(open_levels, question.people, strict=False):
            # Patients share nothing; a payer, a receiver and a provider go on while they are the same.
            if (code, name.elements) != (other, its.elements) or code in ("22", "23"):
                break
            shared += 1
        del open_levels[shared:]
        for depth, (code, name) in enumerate(question.people[shared:], start=shared):
            count += 1
            parent = open_levels[-1][2] if open_levels else ""
            last = depth == len(question.people) - 1
            body.append(segment_text("HL", count, parent, code, *(() if code == "23" else ("0" if last else "1",))))
            body.append(segment_text("NM1", *name.elements))
            open_levels.append((code, name, count))
        body += _answer(moment.date(), rules, store, asked[place])
    return body


def _answer(today: date, rules: Rulebook, store: Store, asked: Asked) -> Iterator[str]:
    payer = rules.payer(asked.name("20")[9])
    found = _find(store, asked) if payer else None
    yield segment_text("TRN", "2", asked.trace)
    charge = Decimal(asked.charge or "0")
    if payer is None:
        yield segment_text("STC", ("E0", "116", "PR"), today, "", charge)
    elif found is None or found.scenario == "LOST":
        yield segment_text("STC", ("A4", "35"), today, "", charge)
    elif found.scenario == "NOSTATUS":
        yield segment_text("STC", ("E1", "0"), today, "", charge)
    else:
        yield _status(found, today, store)
        yield segment_text("REF", "1K", found.number)
    if asked.pcn:
        yield segment_text("REF", "EJ", asked.pcn)
    if asked.day:
        yield segment_text("DTP", "472", "D8", asked.day)


def _find(store: Store, asked: Asked) -> Stored | None:
    """The claim: by the payer's number, else by member and our number, the youngest first."""
    payer, member, npi = asked.name("20")[9], asked.name("22")[9].upper(), asked.name("19")[9]
    known = store.claim(asked.number) if asked.number else None
    if known is not None and (known.payer, known.payee) == (payer, npi):
        return known
    return store.of_patient_control(payer, npi, member, asked.pcn)


def _status(found: Stored, today: date, store: Store) -> str:
    charge, received = found.claim.charge, iso_day(found.received)
    if found.scenario == "RECORDS" or (found.scenario == "DOCUMENTS" and found.state == "held"):
        return segment_text("STC", ("R4", "297", "82"), today, "", charge)
    if found.state in ("pending", "held"):
        return segment_text("STC", ("P1", "20"), received, "", charge)
    if found.state in ("reversed", "voided"):
        return segment_text("STC", ("F3", "101"), today, "", charge)
    decided, paid = found.decided, store.payment_of(found.number)
    if found.state == "denied":
        return segment_text("STC", ("F2", "1"), today, "", charge, ZERO, today)
    if decided.paid <= ZERO or paid is None:
        why = "98" if decided.deductible else "107"
        return segment_text("STC", ("F4", why), today, "", charge, ZERO, today)
    trace, method, day = paid
    return segment_text("STC", ("F1", "65"), today, "", charge, decided.paid, day, method, day, trace)
