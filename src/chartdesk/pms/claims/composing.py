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
        billing=billing(content.billing),
        subscriber=subscriber(content, own),
        payer=payer(content.payer),
        patient=None if own else patient(content),
        place_of_service=content.place_of_service,
        frequency=content.frequency,
        payer_claim_number=content.payer_claim_number,
        prior_authorization=content.prior_authorization,
        referral_number=content.referral_number,
        diagnoses=[code.replace(".", "") for code in content.diagnoses],
        accident=told.accident(said),
        dates=told.dates(said, content.service_date),
        attachments=attachments(content),
        providers=_providers(content),
        other_payers=[other_payer(one, content) for one in content.prior],
        lines=[_line(content, place) for place in range(len(content.lines))],
    )


def attachments(content: ClaimContent, line: int = 0) -> list[x12.Attachment]:
    """The documents (PWK) that the claim, or one of its charge lines, names."""
    return [
        x12.Attachment(report=one.report, transmission=one.transmission, control=one.control)
        for one in content.attachments
        if one.line == line
    ]


def _providers(content: ClaimContent) -> list[tuple[str, Party]]:
    """Who is named for the whole claim, in the order of the guide's loops."""
    said, providers = content.circumstances, []
    if said.referring is not None:
        providers.append(("DN", told.party(said.referring)))
    if content.rendering is not None:
        providers.append(("82", rendering(content.rendering)))
    if content.facility is not None:
        providers.append(("77", Party(last=content.facility.name, address=address(content.facility.address))))
    if said.supervising is not None:
        providers.append(("DQ", told.party(said.supervising)))
    return providers


# Practice, payers and providers are the same on claim after claim: made once, and told apart from others at a glance.
@lru_cache(maxsize=64)
def payer(facts: PayerFacts) -> x12.Payer:
    """The payer that the claim goes to."""
    return x12.Payer(name=facts.name, id=facts.payer_id, address=_some(facts.address))


@lru_cache(maxsize=256)
def rendering(provider: Provider) -> Party:
    """A clinician of the practice, with the taxonomy where one is known."""
    return Party(
        last=provider.family, first=provider.given, person=True, id_qualifier="XX", id=provider.npi,
        taxonomy=provider.taxonomy,
    )  # fmt: skip


@lru_cache(maxsize=64)
def billing(who: Billing) -> x12.BillingProvider:
    """The practice."""
    return x12.BillingProvider(
        name=who.name,
        npi=who.npi,
        tax_id=who.tax_id.replace("-", ""),
        taxonomy=who.taxonomy,
        address=address(who.address),
        contacts=[Contact(name=who.name, phone=who.phone)],
    )


def subscriber(content: ClaimContent, own: bool) -> x12.Subscriber:
    """The insured person, who is the patient where ``own``."""
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
        filing_indicator=_indicator(content.payer, content),
        # Medicare behind another payer wants to know why (SBR05): 12, working aged, unless told otherwise. An
        # institutional claim says it by a value code.
        insurance_type=(insured.medicare_second or "12")
        if content.rank > 1 and content.payer.filing_indicator == "MB" and content.institutional is None
        else "",
        address=_some(person.address),
        birth=person.birth_date,
        gender=_GENDER.get(person.sex, "U"),
        references=told.casualty_number(content) if own else [],
    )


def _indicator(facts: PayerFacts, content: ClaimContent) -> str:
    """SBR09: what a facility bills to Medicare is Part A's to pay, whatever the list of payers says."""
    return "MA" if facts.filing_indicator == "MB" and content.institutional else facts.filing_indicator


def _member_id(insured: Insured, filing_indicator: str) -> str:
    """The number on the card; Medicare's is printed with dashes and sent without."""
    number = insured.member_id.strip()
    return number.replace("-", "") if filing_indicator in ("MA", "MB") else number


def patient(content: ClaimContent) -> x12.Patient:
    """The patient where that is not the insured person."""
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
        references=told.casualty_number(content),
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
        attachments=attachments(content, line.charge_line),
        providers=told.ordering(content, line),
        adjudications=adjudications(content, line),
    )


def adjudications(content: ClaimContent, line: Line) -> list[x12.LineAdjudication]:
    """What the payers before decided about a line."""
    return [
        _adjudication(one, line, prior)
        for prior in content.prior
        for one in prior.lines
        if one.charge_line == line.charge_line
    ]


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
        revenue_code=line.revenue,
    )


def other_payer(prior: Prior, content: ClaimContent) -> x12.OtherPayer:
    """A payer before, and what it decided."""
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
        filing_indicator=_indicator(prior.payer, content),
        adjustments=[Adjustment(group=one.group, reason=one.reason, amount=one.amount) for one in prior.adjustments],
        paid=prior.paid,
        adjudicated=None if any(prior.lines) else prior.adjudicated,
        payer_claim_number=prior.payer_claim_number,
    )


def address(place: Place) -> Address:
    """An address as X12 has it."""
    return Address(
        line1=place.line1,
        line2=place.line2,
        city=place.city,
        state=place.state,
        postal=place.postal_code.replace("-", ""),
    )


def _some(place: Place) -> Address | None:
    return address(place) if place.line1 or place.city else None
