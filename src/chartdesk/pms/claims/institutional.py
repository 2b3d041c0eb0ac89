"""A claim's snapshot as the typed claim of an 837I (005010X223A2), for a practice that bills as a facility.

Diagnoses stand for the whole claim, without pointers. What is known of an accident stands in condition, occurrence
and value codes (UB-04 items 18 to 41) and in the state (REF*LU).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from chartdesk.kit.money import total
from chartdesk.pms.charges.admissions import FROM_HOME, PLANNED, WENT_HOME
from chartdesk.pms.claims import composing, told
from chartdesk.pms.claims.content import ClaimContent, Institutional, Line, Provider
from chartdesk.pms.splits.bill_types import DEPARTMENTS, STAYS
from chartdesk.standards.x12 import claim_837i as x12
from chartdesk.standards.x12.parties import Party, Reference

#: States whose car insurance pays for the injured whoever was at fault.
_NO_FAULT = frozenset({"FL", "HI", "KS", "KY", "MA", "MI", "MN", "ND", "NJ", "NY", "PA", "UT"})
#: Occurrence codes: an accident with car or other medical cover, under no-fault law, at work, without any cover.
_COVERED, _BY_LAW, _AT_WORK, _OTHER = "01", "02", "04", "05"
_LAST_PERIOD, _ONSET = "10", "11"
#: Condition code: what is billed comes from work.
_EMPLOYMENT = "02"
#: Value codes of what a payer before Medicare paid are, but for one, the reasons of SBR05.
_BEFORE_MEDICARE = frozenset({"12", "13", "14", "15", "16", "41", "42", "43", "47"})
#: Kinds of visit that were not planned (CL101).
_UNPLANNED = frozenset({"1", "2", "5"})
_MOST_EXTERNAL = 12


def claim(content: ClaimContent) -> x12.InstitutionalClaim:
    """The whole claim. What is missing was found by scrubbing; what cannot be sent, the writer refuses."""
    facility, said = content.institutional, content.circumstances
    assert facility is not None
    own = content.insured.relationship == "self"
    stay = facility.bill_type in STAYS
    principal, others, causes = diagnoses(content)
    return x12.InstitutionalClaim(
        pcn=content.number,
        total=content.total,
        billing=composing.billing(content.billing),
        subscriber=composing.subscriber(content, own),
        payer=composing.payer(content.payer),
        patient=None if own else composing.patient(content),
        bill_type=facility.bill_type,
        frequency=content.frequency,
        payer_claim_number=content.payer_claim_number,
        prior_authorization=content.prior_authorization,
        referral_number=content.referral_number,
        statement_from=facility.first,
        statement_to=facility.last,
        admitted=_admitted(content) if stay else None,
        discharge_hour=said.discharged_at if stay else "",
        admission_type=said.admission_type or PLANNED,
        admission_source=said.admission_source or FROM_HOME,
        patient_status=said.patient_status or WENT_HOME,
        principal=x12.Coded(code=principal),
        admitting=principal if stay else "",
        visit_reasons=[principal] if facility.bill_type in DEPARTMENTS and said.admission_type in _UNPLANNED else [],
        diagnoses=[x12.Coded(code=code) for code in others],
        external_causes=[x12.Coded(code=code) for code in causes],
        condition_codes=[_EMPLOYMENT] if "employment" in said.causes else [],
        occurrences=occurrences(content),
        values=values(content),
        references=_references(content),
        attachments=composing.attachments(content),
        providers=_providers(content, facility),
        other_payers=[composing.other_payer(one, content) for one in content.prior],
        lines=[_line(content, line) for line in content.lines],
    )


def diagnoses(content: ClaimContent) -> tuple[str, list[str], list[str]]:
    """The principal diagnosis, the others, and what caused an injury, which has a list of its own (HI*ABN)."""
    codes = [code.replace(".", "") for code in content.diagnoses]
    causes = [code for code in codes[1:] if code[0] in "VWXY"][:_MOST_EXTERNAL]
    return codes[0] if codes else "", [code for code in codes[1:] if code not in causes], causes


def occurrences(content: ClaimContent) -> list[x12.Occurrence]:
    """HI*BH: the accident, the onset of the illness, the last menstrual period, each with its day."""
    said = content.circumstances
    found: list[tuple[str, date | None]] = []
    if "employment" in said.causes:
        found.append((_AT_WORK, said.accident_on))
    elif "auto" in said.causes:
        found.append((_BY_LAW if said.accident_state in _NO_FAULT else _COVERED, said.accident_on))
    elif "other" in said.causes:
        found.append((_OTHER, said.accident_on))
    found += [(_LAST_PERIOD, said.last_period), (_ONSET, said.onset)]
    return [x12.Occurrence(code=code, day=day) for code, day in found if day is not None]


def values(content: ClaimContent) -> list[x12.Value]:
    """HI*BE: what the payer before Medicare paid, under the reason for which Medicare comes second."""
    if content.payer.filing_indicator not in ("MA", "MB") or not content.prior:
        return []
    reason = content.insured.medicare_second or "12"
    paid = total(one.paid for one in content.prior)
    return [x12.Value(code=reason, amount=paid)] if reason in _BEFORE_MEDICARE else []


def _admitted(content: ClaimContent) -> date | datetime | None:
    """The day of admission, with its hour where it is known (DTP*435)."""
    said = content.circumstances
    if said.admitted is None or not said.admitted_at:
        return said.admitted
    hour, minute = int(said.admitted_at[:2]), int(said.admitted_at[2:])
    return datetime.combine(said.admitted, time(hour, minute), UTC)


def _references(content: ClaimContent) -> list[Reference]:
    """The state of a car accident."""
    said = content.circumstances
    stated = said.accident_state if "auto" in said.causes else ""
    return [Reference(qualifier="LU", value=stated)] if stated else []


def _providers(content: ClaimContent, facility: Institutional) -> list[tuple[str, Party]]:
    """Who attended, who rendered where that is somebody else, where it was, and who referred."""
    said, attending, found = content.circumstances, facility.attending, []
    if attending is not None:
        found.append(("71", composing.rendering(attending)))
    if content.rendering is not None and not _same(content.rendering, attending):
        found.append(("82", _bare(content.rendering)))
    if content.facility is not None:
        place = content.facility
        found.append(("77", Party(last=place.name, address=composing.address(place.address))))
    if said.referring is not None and (attending is None or said.referring.npi != attending.npi):
        found.append(("DN", told.party(said.referring)))
    return found


def _same(one: Provider, other: Provider | None) -> bool:
    return other is not None and one.npi == other.npi


def _bare(provider: Provider) -> Party:
    """A clinician without the taxonomy, which only who attended says here."""
    return Party(last=provider.family, first=provider.given, person=True, id_qualifier="XX", id=provider.npi)


def _line(content: ClaimContent, line: Line) -> x12.InstitutionalLine:
    return x12.InstitutionalLine(
        revenue_code=line.revenue,
        code=line.code,
        modifiers=list(line.modifiers),
        charge=line.amount,
        units=line.units,
        day=line.day or content.service_date,
        control=line.control,
        attachments=composing.attachments(content, line.charge_line),
        providers=[("82", _bare(line.rendering))] if line.rendering is not None else [],
        adjudications=composing.adjudications(content, line),
    )
