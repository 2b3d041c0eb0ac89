"""Gathering what a claim says from the rows as they stand: charges, patient, coverage, payer, practice, provider."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import msgspec

from chartdesk.kit import fetching
from chartdesk.kit.errors import Gone, NotFound
from chartdesk.kit.money import money, total
from chartdesk.kit.transactions import once
from chartdesk.pms.authorizations import queries as authorizations
from chartdesk.pms.charges import queries as charges
from chartdesk.pms.charges.circumstances import Circumstances
from chartdesk.pms.charges.queries import SuperbillView
from chartdesk.pms.claims import attachments, revenue, splitting
from chartdesk.pms.claims.content import (
    Billing,
    ClaimContent,
    Facility,
    Human,
    Institutional,
    Insured,
    Line,
    PayerFacts,
    Place,
    Prior,
    Provider,
)
from chartdesk.pms.claims.splitting import Part
from chartdesk.pms.coverage import parties
from chartdesk.pms.coverage import queries as coverages
from chartdesk.pms.coverage.queries import CoverageView
from chartdesk.pms.registration.named import Named
from chartdesk.pms.registration.people import Address, Person
from chartdesk.pms.scheduling.models import Resource, Site
from chartdesk.pms.splits import queries as splits
from chartdesk.pms.splits.bill_types import STAYS
from chartdesk.record import store
from chartdesk.record.access import Subject
from chartdesk.record.access.models import Practice
from chartdesk.record.access.people import practice_of
from chartdesk.standards.fhir import r4


def parts_of(subject: Subject, bill: SuperbillView) -> list[Part]:
    """How the charges of a superbill are shared out over claims, by the practice's rules of its date of service."""
    held = once(("splitting rules", subject.practice), lambda: splits.timetable(subject))
    return splitting.parts_of(bill, splits.in_force(held, bill.service_date))


def content(
    subject: Subject,
    bill: SuperbillView,
    policy: CoverageView,
    part: Part,
    *,
    number: str,
    controls: list[str],
    rank: int = 1,
    frequency: str = "1",
    payer_claim_number: str = "",
    prior: tuple[Prior, ...] = (),
) -> ClaimContent:
    """The claim for one part of a superbill to one payer. ``controls`` are the lines' control numbers."""
    return said(
        subject, splitting.portion(bill, part), policy, number=number, controls=controls, rank=rank,
        frequency=frequency, payer_claim_number=payer_claim_number, prior=prior,
    )  # fmt: skip


def said(
    subject: Subject,
    bill: SuperbillView,
    policy: CoverageView,
    *,
    number: str,
    controls: Sequence[str],
    rank: int = 1,
    frequency: str = "1",
    payer_claim_number: str = "",
    prior: tuple[Prior, ...] = (),
) -> ClaimContent:
    """The claim for a superbill that holds no more than fits: a ``portion``."""
    practice = practice_of(subject)
    patient = coverages.patient(subject, bill.patient_id)
    permitted = authorizations.numbers(
        subject, bill.patient_id, policy.payer_id, bill.service_date, appointment_id=bill.appointment_id,
        codes=[line.code for line in bill.lines],
    )  # fmt: skip
    rendering = _provider(subject, bill.practitioner)
    circumstances = _circumstances(bill.circumstances, permitted.referred_by)
    table = revenue.table_of(practice.settings) if bill.bill_type else ()
    lines = tuple(
        Line(
            charge_line=line.id,
            control=control,
            code=line.code,
            units=line.units,
            amount=money(line.amount or 0),
            modifiers=tuple(line.modifiers),
            pointers=tuple(line.pointers),
            description=line.description,
            day=line.service_date if line.service_date != bill.service_date else None,
            revenue=revenue.of_charge(line.revenue, line.code, bill.place_of_service, table, bill.revenue)
            if bill.bill_type
            else "",
            rendering=_provider(subject, line.practitioner)
            if bill.bill_type and line.practitioner not in ("", bill.practitioner)
            else None,
        )
        for line, control in zip(bill.lines, controls, strict=True)
    )
    return ClaimContent(
        number=number,
        service_date=bill.service_date,
        superbill=bill.id,
        patient_id=bill.patient_id,
        patient=_human(patient),
        billing=_billing(practice),
        payer=payer_facts(subject, policy.payer_id, policy.payer_name),
        insured=insured(policy),
        diagnoses=tuple(bill.diagnoses),
        lines=lines,
        total=total(line.amount for line in lines),
        rank=rank,
        frequency=frequency,
        payer_claim_number=payer_claim_number,
        place_of_service=bill.place_of_service,
        rendering=rendering,
        facility=_facility(subject, bill.site, practice),
        referral_number=permitted.referral,
        prior_authorization=permitted.authorization,
        wants=permitted.wanted,
        prior=prior,
        visited=bill.visited,
        circumstances=circumstances,
        attachments=attachments.named(subject, bill),
        institutional=_institutional(bill, circumstances, rendering),
    )


def _institutional(bill: SuperbillView, said: Circumstances, rendering: Provider | None) -> Institutional | None:
    """Type of bill, days and who attended; None where the charges go on a professional claim."""
    if not bill.bill_type:
        return None
    days = [bill.service_date, *(line.service_date for line in bill.lines if line.service_date is not None)]
    if bill.bill_type in STAYS:
        days += [one for one in (said.admitted, said.discharged) if one is not None]
    attending = rendering
    if (named := said.attending) is not None:
        attending = Provider(family=named.family, given=named.given, npi=named.npi)
    return Institutional(bill.bill_type, min(days), max(days), attending)


def _circumstances(said: Circumstances, referred_by: Named | None) -> Circumstances:
    """What was said of the visit; who referred the patient is else the one whom the referral names."""
    if said.referring is not None or referred_by is None:
        return said
    return msgspec.structs.replace(said, referring=referred_by)


def policies_of(subject: Subject, portions: Sequence[SuperbillView]) -> list[CoverageView | None]:
    """The policy that is billed first for each portion, in a few statements; patients are read with them.

    None where a portion names no policy, or one that is gone: ``policy_for`` looks for another.
    """
    held = coverages.policies(subject, ((one.coverage_id, one.service_date) for one in portions if one.coverage_id))
    coverages.hold_patients(subject, {one.patient_id for one in portions})
    attachments.hold(subject, (one.id for one in portions))
    authorizations.hold(subject, (one.patient_id for one in portions))
    return [held.get((one.coverage_id, one.service_date)) for one in portions]


def policy_for(subject: Subject, bill: SuperbillView, rank: int) -> CoverageView:
    """The coverage that is billed at ``rank``. Raises NotFound where the patient has none."""
    if rank == 1 and bill.coverage_id:
        # Gone, where somebody deleted the card: another one may have taken its place.
        with suppress(Gone):
            return coverages.coverage(subject, bill.coverage_id, bill.service_date)
    held = coverages.coverages(subject, bill.patient_id, on=bill.service_date)
    found = next((one for one in held if one.rank == rank), None)
    if found is None:
        raise NotFound(
            f"The patient has no coverage of rank {rank} on {bill.service_date:%b %-d, %Y}.",
            cure="Add the card, or bill the patient.",
        )
    return found


def payer_facts(subject: Subject, payer_id: str, name: str = "") -> PayerFacts:
    """The payer as a claim needs it; ``known`` is false where the practice has none of that id."""
    row = parties.known(subject, payer_id)
    if row is None:
        return PayerFacts(payer_id=payer_id, name=name, known=False)
    settings = row.settings or {}
    return PayerFacts(
        payer_id=row.payer_id,
        name=row.name,
        filing_indicator=row.filing_indicator,
        address=Place(row.line1, row.line2, row.city, row.state, row.postal_code),
        timely_filing_days=row.timely_filing_days,
        needs_taxonomy=bool(settings.get("needs_taxonomy")),
        needs_referral=bool(settings.get("needs_referral")),
        needs_referring=bool(settings.get("needs_referring")),
        needs_ordering=bool(settings.get("needs_ordering")),
        active=row.active,
    )


def insured(policy: CoverageView) -> Insured:
    """The coverage and its subscriber."""
    return Insured(
        coverage_id=policy.coverage_id,
        member_id=policy.member_id,
        group_number=policy.group_number,
        plan_name=policy.plan_name,
        relationship=policy.relationship,
        person=_human(policy.subscriber),
        effective=policy.effective,
        ends=policy.ends,
        medicare_second=policy.medicare_second,
    )


def superbill(subject: Subject, superbill_id: int) -> SuperbillView:
    """The charges a claim is built from. Raises NotFound."""
    return charges.superbill(subject, superbill_id)


def _human(person: Person) -> Human:
    return Human(
        family=person.family,
        given=person.given,
        middle=person.middle,
        suffix=person.suffix,
        birth_date=person.birth_date,
        sex=person.sex,
        address=_place(person.address),
    )


def _place(address: Address) -> Place:
    return Place(address.line1, address.line2, address.city, address.state, address.postal_code)


def _billing(practice: Practice) -> Billing:
    return Billing(
        name=practice.name,
        npi=practice.npi,
        tax_id=practice.tax_id,
        taxonomy=practice.taxonomy,
        phone=practice.phone,
        address=Place(practice.line1, practice.line2, practice.city, practice.state, practice.postal_code),
    )


def _provider(subject: Subject, practitioner: str) -> Provider | None:
    if not practitioner:
        return None
    return once(("claim provider", practitioner), lambda: _read_provider(subject, practitioner))


def _read_provider(subject: Subject, practitioner: str) -> Provider | None:
    wanted = "practice = %s AND kind = 'provider' AND practitioner = %s ORDER BY id LIMIT 1"
    row = fetching.first(Resource, wanted, [subject.practice, practitioner])
    try:
        known = store.read(subject, r4.Practitioner, practitioner, why="claim")
    except (NotFound, Gone):
        return None
    name = known.name[0] if known.name else r4.HumanName()
    npi = next((one.value or "" for one in known.identifier or [] if (one.system or "").endswith("us-npi")), "")
    return Provider(
        practitioner=practitioner,
        family=name.family or "",
        given=(name.given or [""])[0] or "",
        npi=npi or (row.npi if row else ""),
        taxonomy=row.taxonomy if row else "",
    )


def _facility(subject: Subject, site: str, practice: Practice) -> Facility | None:
    """The place of service, named only where it is not the billing address."""
    return once(("claim facility", site), lambda: _read_facility(subject, site, practice))


def _read_facility(subject: Subject, site: str, practice: Practice) -> Facility | None:
    row = Site.objects.filter(practice=subject.practice, pk=int(site)).first() if site.isdigit() else None
    if row is None or not row.line1 or row.line1.casefold() == practice.line1.casefold():
        return None
    return Facility(row.name, Place(row.line1, row.line2, row.city, row.state, row.postal_code))
