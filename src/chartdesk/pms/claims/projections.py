"""Claims as Claim resources in the record: written with their cause, read-only outside."""

from __future__ import annotations

from chartdesk.pms.claims.content import ClaimContent, restored
from chartdesk.pms.claims.models import Claim
from chartdesk.record import rules, store
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology import icd10

NUMBER = "urn:chartdesk:claim"
_TYPE = "http://terminology.hl7.org/CodeSystem/claim-type"
_PRIORITY = "http://terminology.hl7.org/CodeSystem/processpriority"
_PROCEDURES = "http://www.ama-assn.org/go/cpt"
_HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
_PLACE = "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"


def register() -> None:
    """Tell the record who keeps Claim."""
    rules.owned("Claim", "Approve the charges of a visit: its claim is built from them.")


def resource_id(claim: Claim) -> str:
    """The id of a claim's Claim resource."""
    return f"claim-{claim.pk}"


def project(subject: Subject, claim: Claim) -> None:
    """Write the Claim resource as the claim now stands."""
    store.put(subject, _resource(subject, claim, restored(claim.content)), projection=True)


def _resource(subject: Subject, claim: Claim, content: ClaimContent) -> r4.Claim:
    practice = practice_of(subject)
    organization = f"Organization/{practice.organization}" if practice.organization else None
    return r4.Claim(
        id=resource_id(claim),
        identifier=[r4.Identifier(system=NUMBER, value=claim.number)],
        status=_status(claim),
        type=_concept(_TYPE, "professional"),
        use="claim",
        patient=r4.Reference(reference=f"Patient/{claim.patient}"),
        billablePeriod=r4.Period(start=claim.service_date.isoformat(), end=claim.service_date.isoformat()),
        created=claim.built_at.isoformat(),
        insurer=r4.Reference(display=content.payer.name or claim.payer_id),
        provider=r4.Reference(reference=organization, display=practice.name),
        priority=_concept(_PRIORITY, "normal"),
        related=_related(claim),
        diagnosis=[
            r4.ClaimDiagnosis(sequence=place, diagnosisCodeableConcept=_concept(icd10.SYSTEM, code))
            for place, code in enumerate(content.diagnoses, start=1)
        ],
        insurance=[
            r4.ClaimInsurance(sequence=1, focal=True, coverage=r4.Reference(reference=f"Coverage/{claim.coverage}"))
        ],
        item=[_item(content, place) for place in range(1, len(content.lines) + 1)],
        total=r4.Money(value=claim.total, currency="USD"),
    )


def _status(claim: Claim) -> str:
    if claim.status == "closed":
        return "cancelled"
    return "draft" if claim.submitted_at is None else "active"


def _related(claim: Claim) -> list[r4.ClaimRelated]:
    if claim.replaces_id is None:
        return []
    return [r4.ClaimRelated(claim=r4.Reference(reference=f"Claim/claim-{claim.replaces_id}"))]


def _item(content: ClaimContent, place: int) -> r4.ClaimItem:
    line = content.lines[place - 1]
    system = _PROCEDURES if line.code[:1].isdigit() else _HCPCS
    return r4.ClaimItem(
        sequence=place,
        diagnosisSequence=[pointer for pointer in line.pointers if pointer > 0],
        productOrService=r4.CodeableConcept(
            coding=[r4.Coding(system=system, code=line.code)], text=line.description or None
        ),
        modifier=[r4.CodeableConcept(coding=[r4.Coding(code=one)]) for one in line.modifiers],
        servicedDate=content.service_date.isoformat(),
        locationCodeableConcept=_concept(_PLACE, content.place_of_service),
        quantity=r4.Quantity(value=line.units.normalize()),
        net=r4.Money(value=line.amount, currency="USD"),
    )


def _concept(system: str, code: str) -> r4.CodeableConcept:
    return r4.CodeableConcept(coding=[r4.Coding(system=system, code=code)])
