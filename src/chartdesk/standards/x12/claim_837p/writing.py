"""Building an 837P: claims in, the interchange's bytes out.

Claims that share a billing provider and a subscriber, and follow each other, share their HL levels. A
patient who is the subscriber has no level of its own (005010X222A1, 2000C). Limits are checked before
anything is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from chartdesk.kit.errors import Invalid
from chartdesk.standards.x12.claim_837p.lines import attachment_segment, line_loop
from chartdesk.standards.x12.claim_837p.model import (
    BillingProvider,
    Claim,
    Interchange837P,
    OtherPayer,
    Patient,
    Payer,
    Receiver,
    Submitter,
    Subscriber,
)
from chartdesk.standards.x12.envelope import Envelope
from chartdesk.standards.x12.guides import CLAIM_837P
from chartdesk.standards.x12.parties import Dated, Party
from chartdesk.standards.x12.party_segments import (
    address_segments,
    adjustment_segments,
    nm1,
    party_segments,
    reference_segment,
)
from chartdesk.standards.x12.segments import Loop, Segment, Value, segment
from chartdesk.standards.x12.taking import node
from chartdesk.standards.x12.values import d8, dtp, number, t4
from chartdesk.standards.x12.writer import SetContent, compose, hl

_ROLE_LOOPS = {"DN": "2310A", "P3": "2310A", "82": "2310B", "77": "2310C", "DQ": "2310D"}


def write(interchange: Interchange837P, *, uppercase: bool = True) -> bytes:
    """The whole interchange, ISA to IEA, as ASCII bytes.

    Names, streets and notes are folded to ASCII, and to upper case unless told otherwise. Raises Invalid,
    with every fault in ``issues``, where a claim breaks a limit of the guide or says what cannot be sent.
    """
    contents = [
        SetContent(one.control, set_root(one, interchange.envelope, claim_loop), one.version)
        for one in interchange.sets
    ]
    return compose(interchange.envelope, CLAIM_837P, contents, uppercase=uppercase)


class Header(Protocol):
    """A set of claims of either kind."""

    submitter: Submitter
    receiver: Receiver
    claims: Any
    reference: str
    created: datetime | None
    purpose: str
    kind: str


def set_root(claim_set: Header, envelope: Envelope, make: Callable[[Any], Loop]) -> Loop:
    """A set of claims, professional or institutional: ``make`` makes loop 2300 of one."""
    created = claim_set.created or envelope.created
    begin = segment(
        "BHT", "0019", claim_set.purpose, claim_set.reference, d8(created.date()), t4(created), claim_set.kind
    )
    return node(
        "ST",
        [begin, _submitter(claim_set.submitter), _receiver(claim_set.receiver), *_levels(claim_set.claims, make)],
    )


def _submitter(submitter: Submitter) -> Loop:
    party = Party(
        last=submitter.name,
        first=submitter.first,
        middle=submitter.middle,
        person=submitter.person,
        id_qualifier="46",
        id=submitter.id,
        contacts=submitter.contacts,
    )
    return node("1000A", party_segments("41", party))


def _receiver(receiver: Receiver) -> Loop:
    return node("1000B", [nm1("40", Party(last=receiver.name, id_qualifier="46", id=receiver.id))])


def _levels(claims: list[Claim], make: Callable[[Any], Loop]) -> list[Loop]:
    """The 2000A loops: billing provider, subscriber, patient levels in the order of the claims."""
    made: list[Loop] = []
    billing: BillingProvider | None = None
    subscriber: Subscriber | None = None
    payer: Payer | None = None
    patient: Patient | None = None
    top, level, below = Loop(""), Loop(""), Loop("")
    for claim in claims:
        # The same object is the same, and need not be compared.
        if claim.billing is not billing and claim.billing != billing:
            billing, subscriber = claim.billing, None
            top = _billing_level(billing)
            made.append(top)
        after_patient = patient is not None and claim.patient is None
        other = claim.payer is not payer and claim.payer != payer
        if other or claim.subscriber != subscriber or after_patient:
            subscriber, payer, patient = claim.subscriber, claim.payer, None
            level = _subscriber_level(subscriber, payer)
            top.loops.append(level)
        if claim.patient is not None and claim.patient != patient:
            patient = claim.patient
            below = _patient_level(patient)
            level.loops.append(below)
        (level if claim.patient is None else below).loops.append(make(claim))
    return made


def _billing_level(billing: BillingProvider) -> Loop:
    party = Party(
        last=billing.name,
        first=billing.first,
        middle=billing.middle,
        suffix=billing.suffix,
        person=billing.person,
        id_qualifier="XX",
        id=billing.npi,
        address=billing.address,
        contacts=billing.contacts,
    )
    tax = segment("REF", billing.tax_id_kind, billing.tax_id) if billing.tax_id else None
    references = [reference_segment(one) for one in billing.references]
    pay_to = None
    if billing.pay_to is not None:
        kind = segment("NM1", "87", "1" if billing.pay_to_person else "2")
        pay_to = node("2010AB", [kind, *address_segments(billing.pay_to)])
    specialty = segment("PRV", "BI", "PXC", billing.taxonomy) if billing.taxonomy else None
    name = node("2010AA", [*party_segments("85", party), tax, *references])
    return node("2000A", [hl("20"), specialty, name, pay_to], billing.extras)


def _subscriber_level(subscriber: Subscriber, payer: Payer) -> Loop:
    cover = segment(
        "SBR",
        subscriber.sequence,
        subscriber.relationship,
        subscriber.group_number,
        subscriber.group_name,
        subscriber.insurance_type,
        "",
        "",
        "",
        subscriber.filing_indicator,
    )
    party = Party(
        last=subscriber.last,
        first=subscriber.first,
        middle=subscriber.middle,
        suffix=subscriber.suffix,
        person=subscriber.person,
        id_qualifier=subscriber.member_id_qualifier,
        id=subscriber.member_id,
        address=subscriber.address,
        references=subscriber.references,
    )
    birth = _dmg(subscriber)
    name = node("2010BA", [*party_segments("IL", party), birth])
    return node("2000B", [hl("22"), cover, name, node("2010BB", _payer(payer), payer.extras)], subscriber.extras)


def _patient_level(patient: Patient) -> Loop:
    party = Party(
        last=patient.last,
        first=patient.first,
        middle=patient.middle,
        suffix=patient.suffix,
        person=True,
        address=patient.address,
        references=patient.references,
    )
    name = node("2010CA", [*party_segments("QC", party), _dmg(patient)])
    return node("2000C", [hl("23"), segment("PAT", patient.relationship), name], patient.extras)


def _dmg(person: Subscriber | Patient) -> Segment | None:
    if person.birth is None and not person.gender:
        return None
    return segment("DMG", "D8", d8(person.birth), person.gender)


def _payer(payer: Payer) -> list[Segment]:
    name = nm1("PR", Party(last=payer.name, id_qualifier=payer.id_qualifier, id=payer.id))
    return [name, *address_segments(payer.address), *(reference_segment(one) for one in payer.references)]


def claim_loop(claim: Claim) -> Loop:
    """Loop 2300 of a claim, with everything inside it."""
    parts: list[Segment | Loop | None] = [_clm(claim)]
    parts += [dtp(one.qualifier, one.start, one.end) for one in _dates(claim)]
    parts += [attachment_segment(one.report, one.transmission, one.control) for one in claim.attachments]
    if claim.patient_paid is not None:
        parts.append(segment("AMT", "F5", number(claim.patient_paid)))
    named = (
        ("9F", claim.referral_number),
        ("G1", claim.prior_authorization),
        ("F8", claim.payer_claim_number),
    )
    parts += [segment("REF", qualifier, value) for qualifier, value in named if value]
    parts += [reference_segment(one) for one in claim.references]
    parts += [segment("NTE", note.kind, note.text) for note in claim.notes]
    parts += _health_codes(claim)
    parts += [node(_ROLE_LOOPS[role], party_segments(role, party)) for role, party in claim.providers]
    parts += [other_payer_loop(one) for one in claim.other_payers]
    parts += [line_loop(line, place) for place, line in enumerate(claim.lines, 1)]
    return node("2300", parts, claim.extras)


def _clm(claim: Claim) -> Segment:
    causes: Value = ""
    if claim.accident is not None:
        first, second, *more = [*claim.accident.causes, "", ""]
        if any(more):
            raise Invalid(f"Claim {claim.pcn} names more than two causes.", where="CLM11", cure="Name two.")
        causes = (first, second, "", claim.accident.state, claim.accident.country)
    return segment(
        "CLM",
        claim.pcn,
        number(claim.total),
        "",
        "",
        (claim.place_of_service, "B", claim.frequency),
        "Y" if claim.signature else "N",
        claim.assignment,
        claim.benefits_assigned,
        claim.release,
        claim.signature_source,
        causes,
        claim.special_program,
        *[""] * 7,
        claim.delay_reason,
    )


def _dates(claim: Claim) -> list[Dated]:
    if claim.accident is None or claim.accident.day is None:
        return claim.dates
    return [*claim.dates, Dated(qualifier="439", start=claim.accident.day)]


def _health_codes(claim: Claim) -> list[Segment]:
    first, other = ("ABK", "ABF") if claim.icd_version == "10" else ("BK", "BF")
    codes = [(first if n == 0 else other, _bare(code)) for n, code in enumerate(claim.diagnoses)]
    made = [segment("HI", *codes)] if codes else []
    conditions = [("BG", code) for code in claim.condition_codes]
    return [*made, *(segment("HI", *conditions[n : n + 12]) for n in range(0, len(conditions), 12))]


def _bare(code: str) -> str:
    return code.replace(".", "").upper()


def other_payer_loop(other: OtherPayer) -> Loop:
    """Loop 2320: another payer, and what it decided."""
    cover = segment(
        "SBR",
        other.sequence,
        other.relationship,
        other.group_number,
        other.group_name,
        other.insurance_type,
        "",
        "",
        "",
        other.filing_indicator,
    )
    amounts = (("D", other.paid), ("A8", other.noncovered), ("EAF", other.remaining))
    payer = node(
        "2330B",
        [
            *_payer(other.payer),
            dtp("573", other.adjudicated),
            segment("REF", "F8", other.payer_claim_number) if other.payer_claim_number else None,
        ],
        other.payer.extras,
    )
    return node(
        "2320",
        [
            cover,
            *adjustment_segments(other.adjustments),
            *(segment("AMT", kind, number(amount)) for kind, amount in amounts if amount is not None),
            segment("OI", "", "", other.benefits_assigned, other.signature_source, "", other.release),
            node("2330A", party_segments("IL", other.subscriber)),
            payer,
        ],
        other.extras,
    )
