"""Building an 837I: claims in, the interchange's bytes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from chartdesk.standards.x12.claim_837i.model import (
    Coded,
    InstitutionalClaim,
    InstitutionalLine,
    Interchange837I,
    Procedure,
)
from chartdesk.standards.x12.claim_837p.lines import adjudication_loop, attachment_segment, drug_loop
from chartdesk.standards.x12.claim_837p.writing import other_payer_loop, set_root
from chartdesk.standards.x12.guides import CLAIM_837I
from chartdesk.standards.x12.party_segments import party_segments, reference_segment
from chartdesk.standards.x12.segments import Loop, Segment, Value, segment
from chartdesk.standards.x12.taking import node
from chartdesk.standards.x12.values import d8, dtp, number, procedure
from chartdesk.standards.x12.writer import SetContent, compose

ROLE_LOOPS = {"71": "2310A", "72": "2310B", "ZZ": "2310C", "82": "2310D", "77": "2310E", "DN": "2310F"}
LINE_LOOPS = {"72": "2420A", "ZZ": "2420B", "82": "2420C", "DN": "2420D"}
Part = Segment | Loop | None


def write(interchange: Interchange837I, *, uppercase: bool = True) -> bytes:
    """The whole interchange, ISA to IEA. Raises Invalid, with every fault in ``issues``, where a claim breaks a limit
    of the guide or says what cannot be sent."""
    envelope = interchange.envelope
    contents = [SetContent(one.control, set_root(one, envelope, claim_loop), one.version) for one in interchange.sets]
    return compose(envelope, CLAIM_837I, contents, uppercase=uppercase)


def claim_loop(claim: InstitutionalClaim) -> Loop:
    """Loop 2300 of a claim, with everything inside it."""
    named = (("9F", claim.referral_number), ("G1", claim.prior_authorization), ("F8", claim.payer_claim_number))
    parts: list[Part] = [
        _clm(claim),
        *_dates(claim),
        segment("CL1", claim.admission_type, claim.admission_source, claim.patient_status),
        *(attachment_segment(one.report, one.transmission, one.control) for one in claim.attachments),
        segment("AMT", "F3", number(claim.patient_estimate)) if claim.patient_estimate is not None else None,
        *(segment("REF", qualifier, value) for qualifier, value in named if value),
        *(reference_segment(one) for one in claim.references),
        *(segment("NTE", note.kind, note.text) for note in claim.notes),
        *_health_codes(claim),
        *(
            node(ROLE_LOOPS[role], party_segments(role, party, "AT" if role == "71" else "PE"))
            for role, party in claim.providers
        ),
        *(other_payer_loop(one) for one in claim.other_payers),
        *(_line_loop(line, place) for place, line in enumerate(claim.lines, 1)),
    ]
    return node("2300", parts, claim.extras)


def _clm(claim: InstitutionalClaim) -> Segment:
    head = ("CLM", claim.pcn, number(claim.total), "", "", (claim.bill_type, "A", claim.frequency), "")
    return segment(*head, claim.assignment, claim.benefits_assigned, claim.release, *[""] * 10, claim.delay_reason)


def _dates(claim: InstitutionalClaim) -> list[Part]:
    covered = f"{d8(claim.statement_from)}-{d8(claim.statement_to)}"
    made: list[Part] = [segment("DTP", "434", "RD8", covered)]
    if claim.discharge_hour:
        made.append(segment("DTP", "096", "TM", claim.discharge_hour))
    if isinstance(claim.admitted, datetime):
        made.append(segment("DTP", "435", "DT", claim.admitted.strftime("%Y%m%d%H%M")))
    else:
        made.append(dtp("435", claim.admitted))
    return made


def _health_codes(claim: InstitutionalClaim) -> list[Segment]:
    new = claim.icd_version == "10"

    def kind(code: str) -> str:
        """The ICD-10 qualifier of a list, or that of ICD-9 which lacks its letter."""
        return code if new else code[1:]

    def day(one: date | None) -> tuple[str, str]:
        return ("D8", d8(one))

    procedures = [_procedure(kind("BBQ"), one) for one in claim.procedures]
    first = [_procedure(kind("BBR"), claim.principal_procedure)] if claim.principal_procedure is not None else []
    lists: list[Iterable[tuple[str, ...]]] = [
        [_diagnosis(kind("ABK"), claim.principal)],
        [(kind("ABJ"), _bare(claim.admitting))] if claim.admitting else [],
        [(kind("APR"), _bare(code)) for code in claim.visit_reasons],
        [_diagnosis(kind("ABN"), one) for one in claim.external_causes],
        [("DR", claim.drg)] if claim.drg else [],
        [_diagnosis(kind("ABF"), one) for one in claim.diagnoses],
        first,
        procedures,
        [("BI", one.code, "RD8", f"{d8(one.start)}-{d8(one.end)}") for one in claim.spans],
        [("BH", one.code, *day(one.day)) for one in claim.occurrences],
        [("BE", one.code, "", "", number(one.amount)) for one in claim.values],
        [("BG", code) for code in claim.condition_codes],
        [("TC", code) for code in claim.treatments],
    ]
    return [one for codes in lists for one in _hi(list(codes))]


def _hi(codes: Sequence[Value]) -> list[Segment]:
    """Twelve codes to a segment."""
    return [segment("HI", *codes[n : n + 12]) for n in range(0, len(codes), 12)]


def _diagnosis(kind: str, one: Coded) -> tuple[str, ...]:
    return (kind, _bare(one.code), *[""] * 6, one.present)


def _procedure(kind: str, one: Procedure) -> tuple[str, ...]:
    return (kind, _bare(one.code), "D8", d8(one.day))


def _bare(code: str) -> str:
    return code.replace(".", "").upper()


def _line_loop(line: InstitutionalLine, place: int) -> Loop:
    service = segment(
        "SV2",
        line.revenue_code,
        procedure(line.code_qualifier, line.code, line.modifiers, line.description),
        number(line.charge),
        line.unit,
        number(line.units),
        "",
        number(line.noncovered),
    )
    parts: list[Part] = [
        segment("LX", str(place)),
        service,
        *(attachment_segment(one.report, one.transmission, one.control) for one in line.attachments),
        dtp("472", line.day, line.end),
        segment("REF", "6R", line.control) if line.control else None,
        *(reference_segment(one) for one in line.references),
        *(segment("NTE", note.kind, note.text) for note in line.notes),
        drug_loop(line.drug) if line.drug is not None else None,
        *(node(LINE_LOOPS[role], party_segments(role, party)) for role, party in line.providers),
        *(adjudication_loop(one) for one in line.adjudications),
    ]
    return node("2400", parts, line.extras)
