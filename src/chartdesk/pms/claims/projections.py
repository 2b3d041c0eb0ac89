"""Claims as Claim resources in the record: written with their cause, read-only outside.

Guide section: Claim (https://hl7.org/fhir/R4/claim.html). The content is the snapshot that the 837P is made of. What is
empty is the empty tuple that the types begin with: an empty list would have to be looked for and taken out.
"""

from __future__ import annotations

from collections.abc import Sequence

from chartdesk.pms.charges import elements
from chartdesk.pms.charges.circumstances import Circumstances
from chartdesk.pms.claims import elements as parts
from chartdesk.pms.claims import holding
from chartdesk.pms.claims.content import ClaimContent, told
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.coverage import parties
from chartdesk.record import projected
from chartdesk.record.access import Subject
from chartdesk.record.projected import Key
from chartdesk.standards.fhir import r4

NUMBER = "urn:chartdesk:claim"
_ROLE = elements.concept("http://terminology.hl7.org/CodeSystem/claimcareteamrole", "primary", text="rendering")
_INFORMATION = elements.concept("http://terminology.hl7.org/CodeSystem/claiminformationcategory", "info")
_INCIDENT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
_INCIDENTS = {
    "auto": elements.concept(_INCIDENT, "MVA", "Motor vehicle accident"),
    "employment": elements.concept(_INCIDENT, "WPA", "Workplace accident"),
}
_FREQUENCY = "urn:chartdesk:claim-frequency"
_FREQUENCIES = {"7": "Replacement of a prior claim", "8": "Void of a prior claim"}


def register() -> None:
    """Tell the record who keeps Claim, and how a claim is shown."""
    operation = "Approve the charges of a visit: its claim is built from them."
    projected.register(projected.Projection("Claim", "claim-", operation, _claims, _keys))


def resource_id(claim_id: int) -> str:
    """The id of a claim's Claim resource."""
    return f"claim-{claim_id}"


def project(subject: Subject, claim: Claim) -> None:
    """The claim changed: its resource shows it."""
    projected.follow(subject, "Claim", claim.pk)


def project_many(subject: Subject, claims: Sequence[Claim]) -> None:
    """Claims changed: their resources show it."""
    projected.follow(subject, "Claim", *(claim.pk for claim in claims))


def status(claim: Claim) -> str:
    """Draft until it is sent, then active; cancelled once it is closed."""
    if claim.status == "closed":
        return "cancelled"
    return "draft" if claim.submitted_at is None else "active"


def _keys(subject: Subject, after: Key | None, count: int) -> list[Key]:
    return projected.numbered(Claim.objects.filter(practice=subject.practice), after, count)


def _claims(subject: Subject, keys: Sequence[Key]) -> list[r4.Resource]:
    rows = sorted(holding.these(subject, keys).values(), key=lambda one: one.pk)
    visits = parts.visits(subject, {one.superbill for one in rows})
    # A claim that was copied in without its snapshot says nothing.
    shown = [one for one in rows if one.content]
    return [_resource(subject, one, told(one), *visits.get(one.superbill, ("", ""))) for one in shown]


def _resource(subject: Subject, claim: Claim, content: ClaimContent, encounter: str, location: str) -> r4.Claim:
    practice = parties.practice(subject)
    related = parts.related(claim.replaces_id, content.payer_claim_number)
    return r4.Claim(
        id=resource_id(claim.pk),
        identifier=[r4.Identifier(system=NUMBER, value=claim.number)],
        status=status(claim),
        type=parts.kind(content),
        subType=parts.bill_type(content),
        use="claim",
        patient=r4.Reference(reference=f"Patient/{claim.patient}"),
        billablePeriod=parts.period(content),
        created=claim.built_at.isoformat(timespec="seconds"),
        insurer=parties.payer(subject, claim.payer_id, content.payer.name),
        provider=practice,
        priority=parts.PRIORITY,
        related=[r4.ClaimRelated(**related)] if related else (),
        payee=r4.ClaimPayee(type=parts.PAYEE, party=practice),
        referral=_numbered(content.referral_number),
        facility=parts.facility(content, location),
        careTeam=[r4.ClaimCareTeam(**one) for one in parts.care_team(content, _ROLE)] or (),
        supportingInfo=_information(claim),
        diagnosis=[r4.ClaimDiagnosis(**one) for one in parts.diagnoses(content)] or (),
        insurance=_insurance(claim, content),
        item=[r4.ClaimItem(**one) for one in parts.items(content, encounter)],
        accident=_accident(content.circumstances),
        total=elements.dollars(claim.total),
    )


def _accident(said: Circumstances) -> r4.ClaimAccident | None:
    """The accident that led to the visit; one at work of which nobody knows the day is left out."""
    if not said.accident or said.accident_on is None:
        return None
    state = r4.Address(state=said.accident_state, country="US") if said.accident_state else None
    kind = next((_INCIDENTS[one] for one in said.causes if one in _INCIDENTS), None)
    return r4.ClaimAccident(date=said.accident_on.isoformat(), type=kind, locationAddress=state)


def _numbered(number: str) -> r4.Reference | None:
    return r4.Reference(identifier=r4.Identifier(value=number)) if number else None


def _information(claim: Claim) -> Sequence[r4.ClaimSupportingInfo]:
    words = _FREQUENCIES.get(claim.frequency)
    if words is None:
        return ()
    code = elements.concept(_FREQUENCY, claim.frequency, words)
    return [r4.ClaimSupportingInfo(sequence=1, category=_INFORMATION, code=code)]


def _insurance(claim: Claim, content: ClaimContent) -> list[r4.ClaimInsurance]:
    """The coverage that is billed, after those that have decided before it."""
    before = [one.insured.coverage_id for one in content.prior if one.insured.coverage_id]
    return [
        r4.ClaimInsurance(
            sequence=place,
            focal=place == len(before) + 1,
            coverage=r4.Reference(reference=f"Coverage/{coverage}"),
            preAuthRef=[content.prior_authorization] if focal and content.prior_authorization else (),
        )
        for place, (coverage, focal) in enumerate([*((one, False) for one in before), (claim.coverage, True)], start=1)
    ]
