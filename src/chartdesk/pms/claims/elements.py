"""What a Claim and the ExplanationOfBenefit about it say alike: diagnoses, people, items.

The two have types of their own for the same things; here are the members that both take.
"""

from __future__ import annotations

from typing import Any

from chartdesk.kit import database
from chartdesk.kit.transactions import once
from chartdesk.pms.charges import elements
from chartdesk.pms.claims.content import ClaimContent
from chartdesk.pms.scheduling.models import Site
from chartdesk.record.access import Subject
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology import icd10

_TYPES = "http://terminology.hl7.org/CodeSystem/claim-type"
_PROFESSIONAL, _INSTITUTIONAL = (elements.concept(_TYPES, one) for one in ("professional", "institutional"))
_BILL_TYPE, _REVENUE = "https://www.nubc.org/CodeSystem/TypeOfBill", "https://www.nubc.org/CodeSystem/RevenueCodes"
PRIORITY = elements.concept("http://terminology.hl7.org/CodeSystem/processpriority", "normal")
PAYEE = elements.concept("http://terminology.hl7.org/CodeSystem/payeetype", "provider")
_DIAGNOSIS = "http://terminology.hl7.org/CodeSystem/ex-diagnosistype"
_SECONDARY = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimDiagnosisType"
_TAXONOMY = "http://nucc.org/provider-taxonomy"
_PRIOR = elements.concept("http://terminology.hl7.org/CodeSystem/ex-relatedclaimrelationship", "prior")

_VISITS = "SELECT id, encounter, site FROM charges_superbill WHERE practice = %s AND id = ANY(%s::int8[])"


def visits(subject: Subject, superbills: set[int]) -> dict[int, tuple[str, str]]:
    """Superbill → the Encounter's id and the site's Location; empty where there is none."""
    found = database.rows(_VISITS, [subject.practice, list(superbills)])
    sited = any(site for _, _, site in found)
    places = once(("site locations", subject.practice), lambda: _locations(subject)) if sited else {}
    return {number: (encounter, places.get(site, "")) for number, encounter, site in found}


def _locations(subject: Subject) -> dict[str, str]:
    rows = Site.objects.filter(practice=subject.practice).values_list("pk", "location")
    return {str(number): location for number, location in rows}


def kind(content: ClaimContent) -> r4.CodeableConcept:
    """Professional or institutional."""
    return _PROFESSIONAL if content.institutional is None else _INSTITUTIONAL


def bill_type(content: ClaimContent) -> r4.CodeableConcept | None:
    """The type of bill of an institutional claim, four digits."""
    facility = content.institutional
    return elements.concept(_BILL_TYPE, f"0{facility.bill_type}{content.frequency}") if facility else None


def period(content: ClaimContent) -> r4.Period:
    """The days that are billed."""
    facility = content.institutional
    first, last = (facility.first, facility.last) if facility else (content.service_date, content.service_date)
    return r4.Period(start=first.isoformat(), end=last.isoformat())


def facility(content: ClaimContent, location: str) -> r4.Reference | None:
    """Where the service was rendered."""
    name = content.facility.name if content.facility else None
    if location:
        return r4.Reference(reference=f"Location/{location}", display=name)
    return r4.Reference(display=name) if name else None


def diagnoses(content: ClaimContent) -> list[dict[str, Any]]:
    """The diagnoses in the order of the claim, the first one as the principal one."""
    principal, secondary = elements.concept(_DIAGNOSIS, "principal"), elements.concept(_SECONDARY, "secondary")
    return [
        {
            "sequence": place,
            "diagnosisCodeableConcept": elements.concept(icd10.SYSTEM, code),
            "type": [principal if place == 1 else secondary],
        }
        for place, code in enumerate(content.diagnoses, start=1)
    ]


def care_team(content: ClaimContent, role: r4.CodeableConcept) -> list[dict[str, Any]]:
    """Who rendered the service, in that role."""
    who = content.rendering
    if who is None:
        return []
    name = " ".join(part for part in (who.given, who.family) if part)
    return [
        {
            "sequence": 1,
            "provider": r4.Reference(reference=f"Practitioner/{who.practitioner}", display=name or None),
            "responsible": True,
            "role": role,
            "qualification": elements.concept(_TAXONOMY, who.taxonomy) if who.taxonomy else None,
        }
    ]


def items(content: ClaimContent, encounter: str) -> list[dict[str, Any]]:
    """The service lines."""
    team = [1] if content.rendering is not None else ()
    place = elements.concept(elements.PLACE, content.place_of_service)
    visit = [r4.Reference(reference=f"Encounter/{encounter}")] if encounter else ()
    return [
        {
            "sequence": number,
            "careTeamSequence": team or (),
            "diagnosisSequence": [one for one in line.pointers if 0 < one <= len(content.diagnoses)] or (),
            "revenue": elements.concept(_REVENUE, line.revenue) if line.revenue else None,
            "productOrService": elements.procedure(line.code, line.description),
            "modifier": elements.modifiers(line.modifiers) or (),
            "servicedDate": (line.day or content.service_date).isoformat(),
            "locationCodeableConcept": place,
            "quantity": elements.quantity(line.units),
            "net": elements.dollars(line.amount),
            "encounter": visit or (),
        }
        for number, line in enumerate(content.lines, start=1)
    ]


def related(replaces: int | None, payer_claim_number: str) -> dict[str, Any] | None:
    """The claim that this one follows, by our number and the payer's."""
    if replaces is None:
        return None
    reference = r4.Identifier(value=payer_claim_number) if payer_claim_number else None
    return {
        "claim": r4.Reference(reference=f"Claim/claim-{replaces}"), "relationship": _PRIOR, "reference": reference
    }  # fmt: skip
