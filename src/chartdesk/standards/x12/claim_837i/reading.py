"""Reading an 837I: bytes in, typed claims out, one claim at a time where the file is long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal

from chartdesk.standards.x12.claim_837i.model import (
    Coded,
    InstitutionalClaim,
    InstitutionalLine,
    InstitutionalSet,
    Interchange837I,
    Occurrence,
    Procedure,
    Span,
    Value,
)
from chartdesk.standards.x12.claim_837p.lines import read_adjudication, read_attachments, read_drug
from chartdesk.standards.x12.claim_837p.model import BillingProvider, Note, Payer, SetHeader, Subscriber
from chartdesk.standards.x12.claim_837p.reading import SetReader, read_other_payer
from chartdesk.standards.x12.envelope import Envelope, day_of, stamp
from chartdesk.standards.x12.guides import CLAIM_837I
from chartdesk.standards.x12.parties import Address, Party
from chartdesk.standards.x12.party_segments import reference_of, take_references, whole_party
from chartdesk.standards.x12.reader import Source
from chartdesk.standards.x12.segments import Loop, Segment
from chartdesk.standards.x12.taking import Taking
from chartdesk.standards.x12.transactions import Transaction, of_guide
from chartdesk.standards.x12.values import (
    amount_at,
    decimal_at,
    dollars_at,
    modifiers_at,
    span_at,
    unreadable,
)

_PROVIDER_LOOPS = ("2310A", "2310B", "2310C", "2310D", "2310E", "2310F")
_LINE_PROVIDER_LOOPS = ("2420A", "2420B", "2420C", "2420D")


def read(source: Source) -> list[Interchange837I]:
    """Every group of institutional claims in the file. Raises Invalid where it cannot be read, or holds none."""
    found: list[Interchange837I] = []
    for transaction in of_guide(source, CLAIM_837I):
        reader = _reader(transaction)
        read_claims = list(reader.claims())
        if not found or found[-1].envelope != transaction.envelope:
            found.append(Interchange837I(envelope=transaction.envelope, sets=[]))
        found[-1].sets.append(_set(reader, read_claims))
    return found


def claims(source: Source) -> Iterator[tuple[Envelope, InstitutionalSet, InstitutionalClaim]]:
    """Claim by claim with its envelope and set header (whose own list stays empty), for long files."""
    for transaction in of_guide(source, CLAIM_837I):
        reader = _reader(transaction)
        for claim in reader.claims():
            yield transaction.envelope, _set(reader, []), claim


def _reader(transaction: Transaction) -> SetReader[InstitutionalClaim]:
    return SetReader(transaction, CLAIM_837I, read_claim)


def _set(reader: SetReader[InstitutionalClaim], found: list[InstitutionalClaim]) -> InstitutionalSet:
    known = {name: getattr(reader.header, name) for name in SetHeader.__dataclass_fields__}
    return InstitutionalSet(claims=found, **known)


def read_claim(loop: Loop) -> InstitutionalClaim:
    """A 2300 loop as a claim; its billing provider, subscriber and payer are still blank."""
    taking = Taking(loop)
    clm, cl1 = taking.one("CLM"), taking.one("CL1")
    covered, admitted = taking.one("DTP", "434"), taking.one("DTP", "435")
    start, end = span_at(covered, 2, 3) if covered.tag else (None, None)
    claim = InstitutionalClaim(
        pcn=clm[1],
        total=dollars_at(clm, 2),
        billing=BillingProvider(name="", npi="", tax_id="", address=Address()),
        subscriber=Subscriber(last="", member_id=""),
        payer=Payer(name="", id=""),
        bill_type=clm.part(5, 1),
        frequency=clm.part(5, 3),
        assignment=clm[7],
        benefits_assigned=clm[8],
        release=clm[9],
        delay_reason=clm[20],
        statement_from=start,
        statement_to=end or start,
        discharge_hour=taking.one("DTP", "096")[3],
        admitted=_moment(admitted),
        admission_type=cl1[1],
        admission_source=cl1[2],
        patient_status=cl1[3],
        principal=Coded(code=""),
        lines=[_read_line(one) for one in taking.each("2400")],
        attachments=read_attachments(taking),
        patient_estimate=amount_at(taking.one("AMT", "F3"), 2),
        referral_number=taking.one("REF", "9F")[2],
        prior_authorization=taking.one("REF", "G1")[2],
        payer_claim_number=taking.one("REF", "F8")[2],
        references=take_references(taking),
        notes=[Note(kind=one[1], text=one[2]) for one in taking.every("NTE")],
        providers=[_provider(one) for one in taking.each(*_PROVIDER_LOOPS)],
        other_payers=[read_other_payer(one) for one in taking.each("2320")],
    )
    _read_health_codes(claim, taking)
    claim.extras = taking.rest()
    return claim


def _moment(admitted: Segment) -> date | datetime | None:
    if not admitted.tag:
        return None
    if admitted[2] == "DT":
        found = stamp(admitted[3][:8], admitted[3][8:])
        if found is None:
            raise unreadable(admitted, 3, "date and time")
        return found
    return span_at(admitted, 2, 3)[0]


def _provider(loop: Loop) -> tuple[str, Party]:
    role = loop.segments[0][1]
    return role, whole_party(loop, "AT" if role == "71" else "PE")


#: One code of an HI: its components, with empty ones where they were not sent.
Parts = list[str]


def _day(parts: Parts, hi: Segment, place: int) -> date:
    day = day_of(parts[3])
    if day is None:
        raise unreadable(hi, place, "code with a date")
    return day


def _span(parts: Parts, hi: Segment, place: int) -> Span:
    first, _, last = parts[3].partition("-")
    start, end = day_of(first), day_of(last)
    if start is None or end is None:
        raise unreadable(hi, place, "code with a span of days")
    return Span(code=parts[1], start=start, end=end)


def _value(parts: Parts, hi: Segment, place: int) -> Value:
    amount = decimal_at(Segment(["HI", parts[4]], hi.number), 1)
    if amount is None:
        raise unreadable(hi, place, "code with an amount")
    return Value(code=parts[1], amount=Decimal(amount))


def _read_health_codes(claim: InstitutionalClaim, taking: Taking) -> None:
    """Every HI into its list; a segment of a kind we have no list for stays among the extras."""
    takers: dict[str, Callable[[Parts, Segment, int], None]] = {
        "K": lambda one, hi, n: _set_principal(claim, one),
        "J": lambda one, hi, n: setattr(claim, "admitting", one[1]),
        "PR": lambda one, hi, n: claim.visit_reasons.append(one[1]),
        "N": lambda one, hi, n: claim.external_causes.append(Coded(code=one[1], present=one[8])),
        "DR": lambda one, hi, n: setattr(claim, "drg", one[1]),
        "F": lambda one, hi, n: claim.diagnoses.append(Coded(code=one[1], present=one[8])),
        "R": lambda one, hi, n: setattr(claim, "principal_procedure", Procedure(code=one[1], day=_day(one, hi, n))),
        "Q": lambda one, hi, n: claim.procedures.append(Procedure(code=one[1], day=_day(one, hi, n))),
        "BI": lambda one, hi, n: claim.spans.append(_span(one, hi, n)),
        "BH": lambda one, hi, n: claim.occurrences.append(Occurrence(code=one[1], day=_day(one, hi, n))),
        "BE": lambda one, hi, n: claim.values.append(_value(one, hi, n)),
        "BG": lambda one, hi, n: claim.condition_codes.append(one[1]),
        "TC": lambda one, hi, n: claim.treatments.append(one[1]),
    }
    old = {"BK": "K", "BJ": "J", "PR": "PR", "BN": "N", "DR": "DR", "BF": "F", "BR": "R", "BQ": "Q"}
    new = {"ABK": "K", "ABJ": "J", "APR": "PR", "ABN": "N", "ABF": "F", "BBR": "R", "BBQ": "Q"}
    kinds = old | new | {code: code for code in ("BI", "BH", "BE", "BG", "TC")}
    kept = []
    for hi in taking.segments:
        kind = kinds.get(hi.part(1, 1), "") if hi.tag == "HI" else ""
        if not kind:
            kept.append(hi)
            continue
        for place in range(1, len(hi.elements)):
            if hi[place]:
                takers[kind]([*hi.parts(place), *[""] * 9], hi, place)
        if hi.part(1, 1) == "BK":
            claim.icd_version = "9"
    taking.segments = kept


def _set_principal(claim: InstitutionalClaim, parts: Parts) -> None:
    claim.principal = Coded(code=parts[1], present=parts[8])


def _read_line(loop: Loop) -> InstitutionalLine:
    """A line as its loop says it. Raises Invalid where an amount or date cannot be read."""
    taking = Taking(loop)
    taking.one("LX")
    service, served = taking.one("SV2"), taking.one("DTP", "472")
    start, end = span_at(served, 2, 3) if served.tag else (None, None)
    line = InstitutionalLine(
        revenue_code=service[1],
        code_qualifier=service.part(2, 1) or "HC",
        code=service.part(2, 2),
        modifiers=modifiers_at(service, 2),
        description=service.part(2, 7),
        charge=dollars_at(service, 3),
        unit=service[4],
        units=decimal_at(service, 5) or Decimal(0),
        noncovered=amount_at(service, 7),
        day=start,
        end=end,
        control=taking.one("REF", "6R")[2],
        references=[reference_of(one) for one in taking.every("REF")],
        notes=[Note(kind=one[1], text=one[2]) for one in taking.every("NTE")],
        attachments=read_attachments(taking),
        drug=read_drug(taking.inner("2410")),
        providers=[_provider(one) for one in taking.each(*_LINE_PROVIDER_LOOPS)],
        adjudications=[read_adjudication(one) for one in taking.each("2430")],
    )
    line.extras = taking.rest()
    return line
