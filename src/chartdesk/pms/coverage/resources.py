"""Policies and payers as FHIR resources, to plain data and back.

Guide section: Coverage (https://hl7.org/fhir/R4/coverage.html). A change keeps what it does not understand.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from chartdesk.kit.money import money
from chartdesk.pms.coverage.cards import MEDICARE_SECOND, Card, PayerDetails
from chartdesk.standards.fhir import r4

PAYER = "urn:chartdesk:payer"
_RELATIONSHIP = "http://terminology.hl7.org/CodeSystem/subscriber-relationship"
_CLASS = "http://terminology.hl7.org/CodeSystem/coverage-class"
_OWN_CLASS, _SECOND = "urn:chartdesk:coverage-class", "medicare-second"
_COPAY = "http://terminology.hl7.org/CodeSystem/coverage-copay-type"
_IDENTIFIER = "http://terminology.hl7.org/CodeSystem/v2-0203"
_ORGANIZATION = "http://terminology.hl7.org/CodeSystem/organization-type"
#: What a partner may call a relationship, in our words.
_KNOWN = {"self": "self", "spouse": "spouse", "common": "spouse", "child": "child"}


def coverage(
    card: Card,
    *,
    patient_id: str,
    organization: str,
    payer_name: str,
    subscriber: str,
    old: r4.Coverage | None = None,
) -> r4.Coverage:
    """The Coverage of a card. ``subscriber`` is a reference: the Patient, or a RelatedPerson."""
    number = r4.Identifier(type=_concept(_IDENTIFIER, "MB", "Member Number"), value=card.member_id)
    others = [one for one in (old.identifier if old else ()) if not _is_member(one)]
    return msgspec.structs.replace(
        old or r4.Coverage(),
        status="active",
        identifier=[number, *others],
        subscriber=r4.Reference(reference=subscriber),
        subscriberId=card.member_id,
        beneficiary=r4.Reference(reference=f"Patient/{patient_id}"),
        policyHolder=_holder(card.employer or "", old),
        relationship=_concept(_RELATIONSHIP, card.relationship),
        period=_period(card.effective, card.ends),
        payor=[r4.Reference(reference=f"Organization/{organization}", display=payer_name)],
        class_=_classes(card, old),
        order=card.rank,
        costToBeneficiary=_costs(card.printed_copay, old),
    )


def organization(details: PayerDetails, old: r4.Organization | None = None) -> r4.Organization:
    """The Organization of a payer."""
    telecom = [r4.ContactPoint(system="phone", value=details.phone, use="work")] if details.phone else []
    lines = [line for line in (details.line1, details.line2) if line]
    address = r4.Address(
        line=lines,
        city=details.city or None,
        state=details.state or None,
        postalCode=details.postal_code or None,
        country="US",
    )
    return msgspec.structs.replace(
        old or r4.Organization(),
        identifier=[r4.Identifier(system=PAYER, value=details.payer_id)],
        active=True,
        type=[_concept(_ORGANIZATION, "pay", "Payer")],
        name=details.name,
        telecom=telecom,
        address=[address] if lines or details.city else [],
    )


def payer_reference(resource: r4.Coverage) -> tuple[str, str]:
    """The id of the payer's Organization (empty where it is none of ours to know) and its display."""
    first = resource.payor[0] if resource.payor else None
    reference = (first.reference or "") if first else ""
    kind, _, id = reference.rpartition("/")
    return (id if kind.endswith("Organization") else ""), (first.display or "") if first else ""


def member_id(resource: r4.Coverage) -> str:
    """The number on the card."""
    if resource.subscriberId:
        return resource.subscriberId
    return next((one.value for one in resource.identifier if one.value), "")


def class_value(resource: r4.Coverage, kind: str, *, name: bool = False) -> str:
    """The value (or name) of the class of ``kind``, such as group or plan; empty where there is none."""
    for one in resource.class_:
        if any(coding.code == kind for coding in (one.type.coding if one.type else ())):
            return ((one.name or one.value) if name else one.value) or ""
    return ""


def medicare_second(resource: r4.Coverage) -> str:
    """Why Medicare pays behind another payer, as a claim says it; empty where nobody said what a claim can say."""
    told = class_value(resource, _SECOND)
    return told if told in MEDICARE_SECOND else ""


def employer(resource: r4.Coverage) -> str:
    """Whose group it is, by name; empty where the policy is nobody's group, or a person's."""
    holder = resource.policyHolder
    if holder is None or (holder.reference and "Organization/" not in holder.reference):
        return ""
    return holder.display or ""


def relationship(resource: r4.Coverage) -> str:
    """What the patient is to the subscriber: self, spouse, child or other."""
    if resource.relationship is None:
        return "self"
    codes = [coding.code for coding in resource.relationship.coding if coding.code]
    return _KNOWN.get(codes[0], "other") if codes else "other"


def period(resource: r4.Coverage) -> tuple[date | None, date | None]:
    """First and last day of the policy; None where they are open."""
    if resource.period is None:
        return None, None
    return _day(resource.period.start), _day(resource.period.end)


def printed_copay(resource: r4.Coverage) -> Decimal | None:
    """The copay that the card names; None where it names none."""
    for one in resource.costToBeneficiary:
        if one.valueMoney is not None and one.valueMoney.value is not None and _is_copay(one):
            return money(one.valueMoney.value)
    return None


def subscriber_reference(resource: r4.Coverage) -> str:
    """``Patient/<id>`` or ``RelatedPerson/<id>``; empty where it is not said."""
    return (resource.subscriber.reference or "") if resource.subscriber else ""


def _period(first: date | None, last: date | None) -> r4.Period | None:
    if first is None and last is None:
        return None
    return r4.Period(start=first.isoformat() if first else None, end=last.isoformat() if last else None)


def _holder(name: str, old: r4.Coverage | None) -> r4.Reference | None:
    """The policy's holder, where that is an employer; another one that a partner named stays."""
    held = old.policyHolder if old else None
    if old is not None and employer(old) == name:
        return held
    return r4.Reference(type="Organization", display=name) if name else None


def _classes(card: Card, old: r4.Coverage | None) -> list[r4.CoverageClass]:
    ours = {"group", "plan"} | ({_SECOND} if card.medicare_second is not None else set())
    kept = [
        one
        for one in (old.class_ if old else ())
        if not ours & {coding.code for coding in (one.type.coding if one.type else ())}
    ]
    made = []
    if card.group_number:
        made.append(r4.CoverageClass(type=_concept(_CLASS, "group"), value=card.group_number))
    if card.plan_name:
        made.append(r4.CoverageClass(type=_concept(_CLASS, "plan"), value=card.plan_name, name=card.plan_name))
    if card.medicare_second:
        because = r4.Coding(system=_OWN_CLASS, code=_SECOND, display="Why Medicare pays second")
        name = MEDICARE_SECOND[card.medicare_second]
        made.append(r4.CoverageClass(type=r4.CodeableConcept(coding=[because]), value=card.medicare_second, name=name))
    return made + kept


def _costs(copay: Decimal | None, old: r4.Coverage | None) -> list[r4.CoverageCostToBeneficiary]:
    kept = [one for one in (old.costToBeneficiary if old else ()) if not _is_copay(one)]
    if copay is None:
        return kept
    amount = r4.Money(value=money(copay), currency="USD")
    return [
        r4.CoverageCostToBeneficiary(type=_concept(_COPAY, "gpvisit", "GP Office Visit"), valueMoney=amount),
        *kept,
    ]


def _is_copay(one: r4.CoverageCostToBeneficiary) -> bool:
    return any(coding.code in ("gpvisit", "copay") for coding in (one.type.coding if one.type else ()))


def _is_member(one: r4.Identifier) -> bool:
    return any(coding.code == "MB" for coding in (one.type.coding if one.type else ()))


def _concept(system: str, code: str, display: str | None = None) -> r4.CodeableConcept:
    return r4.CodeableConcept(coding=[r4.Coding(system=system, code=code, display=display)])


def _day(text: str | None) -> date | None:
    """The day of a FHIR dateTime; a month or year alone says nothing exact and counts as open."""
    return date.fromisoformat(text[:10]) if text and len(text) >= 10 else None
