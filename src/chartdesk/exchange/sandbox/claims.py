"""The claims of an inspected 837, as the payer understands them.

Call only with a transaction set whose form was accepted: numbers are numbers and required segments are
there. Amounts are dollars.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec

from chartdesk.exchange.sandbox.inspection import as_date
from chartdesk.exchange.sandbox.loops import LEVELS, Loop, is_institutional, loops
from chartdesk.exchange.sandbox.wire import Segment, TransactionSet
from chartdesk.kit.money import ZERO, money, total

SEQUENCE = "PSTABCDEFGH"


class Person(msgspec.Struct, frozen=True):
    """A name, as written on the claim."""

    last: str = ""
    first: str = ""
    middle: str = ""
    birth: date | None = None


class Provider(msgspec.Struct, frozen=True):
    """A provider: name, NPI, and for the billing provider the tax id and address."""

    last: str = ""
    first: str = ""
    kind: str = "2"
    npi: str = ""
    tax_id: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""


class Prior(msgspec.Struct, frozen=True):
    """What an earlier payer did with a line or a whole claim: its turn, what it paid, what it left."""

    turn: str
    payer_id: str
    paid: Decimal
    patient_share: Decimal
    adjusted: Decimal


class Line(msgspec.Struct, frozen=True):
    """A service line."""

    number: int
    qualifier: str
    code: str
    modifiers: tuple[str, ...]
    charge: Decimal
    unit: str
    units: Decimal
    pointers: tuple[int, ...]
    first_day: date
    last_day: date
    control: str = ""
    authorization: str = ""
    priors: tuple[Prior, ...] = ()
    ordered_by: str = ""
    #: SV201 of an institutional claim.
    revenue: str = ""
    attachments: tuple[str, ...] = ()


class Claim(msgspec.Struct, frozen=True):
    """A claim with its lines, the insured and the patient."""

    patient_control: str
    charge: Decimal
    place: str
    frequency: str
    turn: str
    filing: str
    payer_id: str
    payer_name: str
    member_id: str
    insured: Person
    patient: Person
    dependent: bool
    billing: Provider
    rendering: Provider | None
    diagnoses: tuple[str, ...]
    lines: tuple[Line, ...]
    original: str = ""
    authorization: str = ""
    trace: str = ""
    priors: tuple[Prior, ...] = ()
    #: CLM11 and DTP*439; NPIs of who referred and supervised; PWK06 of what comes in a 275.
    causes: tuple[str, ...] = ()
    accident_day: date | None = None
    referred_by: str = ""
    supervised_by: str = ""
    attachments: tuple[str, ...] = ()
    #: An institutional claim, whose ``place`` is the type of bill; the NPI of who attended.
    institutional: bool = False
    attended_by: str = ""

    @property
    def first_day(self) -> date:
        """The first date of service."""
        return min(line.first_day for line in self.lines)

    @property
    def last_day(self) -> date:
        """The last date of service."""
        return max(line.last_day for line in self.lines)


class Batch(msgspec.Struct, frozen=True):
    """One transaction set: who submitted it, under which reference, and its claims."""

    reference: str
    submitter: str
    submitter_id: str
    claims: tuple[Claim, ...]


def batch(one: TransactionSet) -> Batch:
    """Read an accepted 837."""
    found, institutional = loops(one.segments), is_institutional(one.segments)
    head = next(loop for loop in found if loop.id == "head").first("BHT")
    submitter = next(loop for loop in found if loop.id == "1000A").segments[0]
    name = " ".join(part for part in (submitter[4], submitter[3]) if part)
    return Batch(head[3] if head else "", name, submitter[9], tuple(_claims(found, institutional)))


def _claims(found: list[Loop], institutional: bool) -> Iterator[Claim]:
    """Walk the loops, keeping the billing provider, subscriber and patient in force."""
    held: dict[str, Loop] = {}
    for number, loop in enumerate(found):
        if loop.id in ("2000A", "2000B"):
            for gone in ("2000C", "2010CA", *(("2010BA", "2010BB") if loop.id == "2000A" else ())):
                held.pop(gone, None)
        held[loop.id] = loop
        if loop.id == "2300":
            yield _claim(loop, held, _own_loops(found[number + 1 :]), institutional)


def _own_loops(after: list[Loop]) -> list[Loop]:
    own: list[Loop] = []
    for loop in after:
        if loop.id in LEVELS or loop.id == "2300":
            break
        own.append(loop)
    return own


def _claim(head: Loop, held: dict[str, Loop], own: list[Loop], institutional: bool) -> Claim:
    clm = head.segments[0]
    subscriber, insured, payer = held["2000B"].first("SBR"), held["2010BA"], held["2010BB"].segments[0]
    patient = held.get("2010CA") if "2000C" in held else None
    lines_from = next((at for at, loop in enumerate(own) if loop.id == "2400"), len(own))
    # Who attended stands for who rendered, where nobody else did.
    people = ("2310D", "2310A") if institutional else ("2310B",)
    rendering = next((loop for id in people for loop in own[:lines_from] if loop.id == id), None)
    others = _other_payers(own[:lines_from])
    turns = {prior.payer_id: prior.turn for prior in others}
    happened = head.first("DTP", "439")
    lines = tuple(_lines(own[lines_from:], turns, head.first("DTP", "434")))
    return Claim(
        patient_control=clm[1],
        charge=money(clm[2]),
        place=clm.parts(5)[0],
        frequency=clm.parts(5)[2],
        turn=subscriber[1] if subscriber else "P",
        filing=subscriber[9] if subscriber else "",
        payer_id=payer[9],
        payer_name=payer[3],
        member_id=insured.segments[0][9].upper(),
        insured=_person(insured),
        patient=_person(patient or insured),
        dependent=patient is not None,
        billing=_provider(held["2010AA"]),
        rendering=_provider(rendering) if rendering else None,
        diagnoses=tuple(_diagnoses(head)),
        lines=lines,
        original=_reference(head, "F8"),
        authorization=_reference(head, "G1"),
        trace=_reference(head, "D9"),
        priors=tuple(others),
        causes=tuple(one for one in clm.parts(11)[:3] if one),
        accident_day=as_date(happened[3]) if happened else None,
        referred_by=_npi(own[:lines_from], "2310F" if institutional else "2310A"),
        supervised_by="" if institutional else _npi(own[:lines_from], "2310D"),
        attachments=(*_coming(head), *(control for line in lines for control in line.attachments)),
        institutional=institutional,
        attended_by=_npi(own[:lines_from], "2310A") if institutional else "",
    )


def _coming(loop: Loop) -> tuple[str, ...]:
    """The control numbers of what comes in a 275 about this loop."""
    return tuple(one[6] for one in loop.every("PWK") if one[2] == "EL")


def _npi(own: list[Loop], id: str) -> str:
    """The number in such a loop: ``none`` where somebody is named without one, empty where nobody is."""
    found = next((loop.segments[0] for loop in own if loop.id == id), None)
    return "" if found is None else found[9] or "none"


def _reference(loop: Loop, qualifier: str) -> str:
    found = loop.first("REF", qualifier)
    return found[2] if found else ""


def _person(loop: Loop) -> Person:
    name, born = loop.segments[0], loop.first("DMG")
    return Person(name[3], name[4], name[5], as_date(born[2]) if born else None)


def _provider(loop: Loop) -> Provider:
    name, street, town = loop.segments[0], loop.first("N3"), loop.first("N4")
    tax = loop.first("REF", ("EI", "SY"))
    return Provider(
        last=name[3],
        first=name[4],
        kind=name[2],
        npi=name[9] if name[8] == "XX" else "",
        tax_id=tax[2] if tax else "",
        street=street[1] if street else "",
        city=town[1] if town else "",
        state=town[2] if town else "",
        zip=town[3] if town else "",
    )


def _diagnoses(head: Loop) -> Iterator[str]:
    for segment in head.every("HI"):
        for number in range(1, len(segment.elements) + 1):
            kind, *rest = segment.parts(number)
            if kind in ("ABK", "ABF", "BK", "BF") and rest:
                yield rest[0]


def _shares(adjustments: list[Segment]) -> tuple[Decimal, Decimal]:
    """Patient responsibility, and all adjustments, of a run of CAS segments."""
    patient, everything = [], []
    for segment in adjustments:
        for at in range(3, len(segment.elements) + 1, 3):
            if segment[at]:
                everything.append(money(segment[at]))
                patient += [money(segment[at])] if segment[1] == "PR" else []
    return total(patient), total(everything)


def _other_payers(own: list[Loop]) -> list[Prior]:
    """The 2320 loops with their payer's id: what each earlier payer says of the whole claim."""
    priors = []
    for at, loop in enumerate(own):
        if loop.id == "2320":
            payer = next((later.segments[0][9] for later in own[at:] if later.id == "2330B"), "")
            paid = loop.first("AMT", "D")
            share, adjusted = _shares(loop.every("CAS"))
            turn = loop.segments[0][1]
            priors.append(Prior(turn, payer, money(paid[2]) if paid else ZERO, share, adjusted))
    return priors


def _lines(own: list[Loop], turns: dict[str, str], covered: Segment | None) -> Iterator[Line]:
    number = 0
    for at, loop in enumerate(own):
        if loop.id != "2400":
            continue
        number += 1
        end = next((later for later in range(at + 1, len(own)) if own[later].id == "2400"), len(own))
        inside = own[at:end]
        line = _line(number, loop, [one for one in inside if one.id == "2430"], turns, covered)
        yield msgspec.structs.replace(line, ordered_by=_npi(inside, "2420E"))


def _line(number: int, loop: Loop, adjudications: list[Loop], turns: dict[str, str], covered: Segment | None) -> Line:
    """A service line; one of an institutional claim begins with its revenue code, and may have the bill's days."""
    service, day = loop.first("SV1") or loop.first("SV2"), loop.first("DTP", "472") or covered
    if service is None or day is None:
        raise ValueError("a service line without SV1 or SV2, or without a date, passed inspection")
    after = 1 if service.name == "SV2" else 0
    procedure = [*service.parts(1 + after), ""]
    days = [as_date(text) for text in day[3].split("-")]
    first, last = days[0], days[-1]
    if first is None or last is None:
        raise ValueError("a service line without a date passed inspection")
    priors = []
    for other in adjudications:
        svd = other.segments[0]
        share, adjusted = _shares(other.every("CAS"))
        priors.append(Prior(turns.get(svd[1], "P"), svd[1], money(svd[2]), share, adjusted))
    return Line(
        number=number,
        qualifier=procedure[0],
        code=procedure[1].upper(),
        modifiers=tuple(part.upper() for part in procedure[2:6] if part),
        charge=money(service[2 + after]),
        unit=service[3 + after],
        units=Decimal(service[4 + after]),
        pointers=() if after else tuple(int(part) for part in service.parts(7) if part.isdigit()),
        revenue=service[1] if after else "",
        attachments=_coming(loop),
        first_day=first,
        last_day=last,
        control=_reference(loop, "6R"),
        authorization=_reference(loop, "G1"),
        priors=tuple(priors),
    )
