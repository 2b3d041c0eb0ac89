"""A claim's snapshot as the typed claim of an 837P (005010X222A1)."""

from __future__ import annotations

from functools import lru_cache

from chartdesk.pms.claims import told
from chartdesk.pms.claims.content import (
    Billing,
    ClaimContent,
    Human,
    Insured,
    Line,
    PayerFacts,
    Place,
    Prior,
    PriorLine,
    Provider,
)
from chartdesk.standards.x12 import claim_837p as x12
from chartdesk.standards.x12.parties import Address, Adjustment, Contact, Party

_SEQUENCE = {1: "P", 2: "S", 3: "T"}
_GENDER = {"female": "F", "male": "M"}
#: Relationship of the patient to the subscriber, PAT01 and SBR02.
_RELATIONSHIP = {"self": "18", "spouse": "01", "child": "19", "other": "G8"}


def claim(content: ClaimContent) -> x12.Claim:
    """The whole claim. What is missing was found by scrubbing; what cannot be sent, the writer refuses."""
    own = content.insured.relationship == "self"
    said = content.circumstances
    return x12.Claim(
        pcn=content.number,
        total=content.total,
        billing=_billing(content.billing),
        subscriber=_subscriber(content, own),
        payer=_payer(content.payer),
        patient=None if own else _patient(content),
        place_of_service=content.place_of_service,
        frequency=content.frequency,
        payer_claim_number=content.payer_claim_number,
        prior_authorization=content.prior_authorization,
        referral_number=content.referral_number,
        diagnoses=[code.replace(".", "") for code in content.diagnoses],
        accident=told.accident(said),
        dates=told.dates(said, content.service_date),
        attachments=[
            x12.Attachment(report=one.report, transmission=one.transmission, control=one.control)
            for one in content.attachments
        ],
        providers=_providers(content),
        other_payers=[_other(one, content) for one in content.prior],
        lines=[_line(content, place) for place in range(len(content.lines))],
    )


def _providers(content: ClaimContent) -> list[tuple[str, Party]]:
    """Who is named for the whole claim, in the order of the guide's loops."""
    said, providers = content.circumstances, []
    if said.referring is not None:
        providers.append(("DN", told.party(said.referring)))
    if content.rendering is not None:
        providers.append(("82", _rendering(content.rendering)))
    if content.facility is not None:
        providers.append(("77", Party(last=content.facility.name, address=_address(content.facility.address))))
    if said.supervising is not None:
        providers.append(("DQ", told.party(said.supervising)))
    return providers


# Practice, payers and providers are the same on claim after claim: made once, and told apart from others at a glance.
@lru_cache(maxsize=64)
def _payer(payer: PayerFacts) -> x12.Payer:
    return x12.Payer(name=payer.name, id=payer.payer_id, address=_some(payer.address))


@lru_cache(maxsize=256)
def _rendering(provider: Provider) -> Party:
    return Party(
        last=provider.family, first=provider.given, person=True, id_qualifier="XX", id=provider.npi,
        taxonomy=provider.taxonomy,
    )  # fmt: skip


@lru_cache(maxsize=64)
def _billing(billing: Billing) -> x12.BillingProvider:
    return x12.BillingProvider(
        name=billing.name,
        npi=billing.npi,
        tax_id=billing.tax_id.replace("-", ""),
        taxonomy=billing.taxonomy,
        address=_address(billing.address),
        contacts=[Contact(name=billing.name, phone=billing.phone)],
    )


def _subscriber(content: ClaimContent, own: bool) -> x12.Subscriber:
    person, insured = content.insured.person, content.insured
    return x12.Subscriber(
        last=person.family,
        first=person.given,
        middle=person.middle,
        suffix=person.suffix,
        member_id=_member_id(insured, content.payer.filing_indicator),
        sequence=_SEQUENCE[content.rank],
        relationship="18" if own else "",
        group_number=insured.group_number,
        filing_indicator=content.payer.filing_indicator,
        # Medicare behind another payer wants to know why (SBR05): 12, working aged, unless told otherwise.
        insurance_type=(insured.medicare_second or "12")
        if content.rank > 1 and content.payer.filing_indicator == "MB"
        else "",
        address=_some(person.address),
        birth=person.birth_date,
        gender=_GENDER.get(person.sex, "U"),
    )


def _member_id(insured: Insured, filing_indicator: str) -> str:
    """The number on the card; Medicare's is printed with dashes and sent without."""
    number = insured.member_id.strip()
    return number.replace("-", "") if filing_indicator == "MB" else number


def _patient(content: ClaimContent) -> x12.Patient:
    person: Human = content.patient
    return x12.Patient(
        last=person.family,
        first=person.given,
        middle=person.middle,
        suffix=person.suffix,
        relationship=_RELATIONSHIP.get(content.insured.relationship, "G8"),
        address=_some(person.address),
        birth=person.birth_date,
        gender=_GENDER.get(person.sex, "U"),
    )


def _line(content: ClaimContent, place: int) -> x12.ServiceLine:
    line = content.lines[place]
    return x12.ServiceLine(
        code=line.code,
        charge=line.amount,
        units=line.units,
        pointers=list(line.pointers),
        day=line.day or content.service_date,
        control=line.control,
        modifiers=list(line.modifiers),
        providers=told.ordering(content, line),
        adjudications=[
            _adjudication(one, line, prior)
            for prior in content.prior
            for one in prior.lines
            if one.charge_line == line.charge_line
        ],
    )


def _adjudication(decided: PriorLine, line: Line, prior: Prior) -> x12.LineAdjudication:
    """SVD and CAS. The payer decided about the line as it was sent, unless it is said to have changed the code."""
    return x12.LineAdjudication(
        payer_id=prior.payer.payer_id,
        paid=decided.paid,
        code=decided.code or line.code,
        units=decided.units or line.units,
        modifiers=list(decided.modifiers if decided.code else line.modifiers),
        adjustments=[Adjustment(group=one.group, reason=one.reason, amount=one.amount) for one in decided.adjustments],
        adjudicated=prior.adjudicated,
    )


def _other(prior: Prior, content: ClaimContent) -> x12.OtherPayer:
    insured: Insured = prior.insured
    return x12.OtherPayer(
        payer=x12.Payer(name=prior.payer.name, id=prior.payer.payer_id),
        subscriber=Party(
            last=insured.person.family,
            first=insured.person.given,
            person=True,
            id_qualifier="MI",
            id=_member_id(insured, prior.payer.filing_indicator),
        ),
        sequence=_SEQUENCE[prior.rank],
        relationship=_RELATIONSHIP.get(insured.relationship, "G8"),
        group_number=insured.group_number,
        filing_indicator=prior.payer.filing_indicator,
        adjustments=[Adjustment(group=one.group, reason=one.reason, amount=one.amount) for one in prior.adjustments],
        paid=prior.paid,
        adjudicated=None if any(prior.lines) else prior.adjudicated,
        payer_claim_number=prior.payer_claim_number,
    )


def _address(place: Place) -> Address:
    return Address(
        line1=place.line1,
        line2=place.line2,
        city=place.city,
        state=place.state,
        postal=place.postal_code.replace("-", ""),
    )


def _some(place: Place) -> Address | None:
    return _address(place) if place.line1 or place.city else None
