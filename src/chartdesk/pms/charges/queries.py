"""Reading charges: the review list, one superbill, prices and contract rates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from chartdesk.kit import fetching
from chartdesk.kit.arrays import numbers
from chartdesk.kit.errors import NotFound
from chartdesk.kit.money import money
from chartdesk.kit.transactions import reading
from chartdesk.pms.charges import assessment, circumstances, contracts
from chartdesk.pms.charges.circumstances import NOTHING, Circumstances
from chartdesk.pms.charges.models import ChargeLine, Fee, Superbill
from chartdesk.pms.charges.rules import Finding
from chartdesk.record import audit
from chartdesk.record.access import Subject

_STANDING = "practice = %s AND superbill_id = ANY(%s::int8[]) AND NOT superseded ORDER BY superbill_id, position"


@dataclass(frozen=True)
class LineView:
    """A line of a superbill; ``amount`` in dollars for all units, None while it has no price.

    ``service_date`` is None where it is the superbill's; ``payer_id`` is None where the superbill's payer owes the
    line, empty where a splitting rule lets the patient owe it. ``claim`` is the claim it was put on by hand.
    ``revenue`` is its revenue code on an institutional claim, empty where it is the usual one.
    """

    id: int
    position: int
    code: str
    modifiers: list[str]
    units: Decimal
    amount: Decimal | None
    pointers: list[int]
    description: str
    practitioner: str
    service_date: date | None = None
    payer_id: str | None = None
    coverage_id: str = ""
    claim: int | None = None
    revenue: str = ""


@dataclass(frozen=True)
class SuperbillView:
    """A superbill with its lines and what review found."""

    id: int
    version: int
    status: str
    source_id: str
    patient_id: str
    encounter_id: str
    appointment_id: str
    service_date: date
    practitioner: str
    site: str
    place_of_service: str
    diagnoses: list[str]
    minutes: int | None
    lines: list[LineView]
    findings: list[Finding]
    coverage_id: str
    payer_id: str
    self_pay: bool
    total: Decimal
    signed_at: datetime | None
    captured_at: datetime
    approved_at: datetime | None
    approved_by: str
    documented: dict[str, str] = field(default_factory=dict)
    split_reason: str = ""
    origin: str = ""
    split_by: str = ""
    circumstances: Circumstances = NOTHING
    #: Whether the clinician saw the patient or signed for it, and did not only test what somebody else ordered.
    visited: bool = False
    #: Of a share that goes on an institutional claim: the type of bill and the usual revenue code.
    bill_type: str = ""
    revenue: str = ""
    #: Why it was taken back.
    void_reason: str = ""


def superbill(subject: Subject, superbill_id: int) -> SuperbillView:
    """One superbill. Raises NotFound."""
    with reading(subject):
        bill = fetching.first(Superbill, "practice = %s AND id = %s", [subject.practice, superbill_id])
        if bill is None:
            raise NotFound(f"There is no superbill {superbill_id}.")
        audit.record(subject, "R", "superbill", patient=bill.patient, resource_id=str(bill.pk))
        return _view(bill, assessment.current_lines(bill))


def superbills(subject: Subject, superbill_ids: Iterable[int]) -> dict[int, SuperbillView]:
    """Several superbills by their numbers, in a few statements; those that are not there are left out."""
    with reading(subject):
        values = [subject.practice, numbers(superbill_ids)]
        bills = fetching.fetch(Superbill, "practice = %s AND id = ANY(%s::int8[])", values)
        values = [subject.practice, numbers(bill.pk for bill in bills)]
        lines = fetching.fetch(ChargeLine, _STANDING, values)
        _audit(subject, "superbill", [(bill.patient, str(bill.pk)) for bill in bills])
    of_bill: dict[int, list[ChargeLine]] = {bill.pk: [] for bill in bills}
    for line in lines:
        of_bill[line.superbill_id].append(line)
    return {bill.pk: _view(bill, of_bill[bill.pk]) for bill in bills}


def review_list(subject: Subject, *, limit: int = 500) -> list[SuperbillView]:
    """The superbills that wait in review, oldest date of service first."""
    with reading(subject):
        bills = Superbill.objects.filter(practice=subject.practice, status="review")
        return _views(subject, list(bills.order_by("service_date", "pk")[:limit]))


def of_patient(subject: Subject, patient_id: str) -> list[SuperbillView]:
    """Every superbill of a patient, newest date of service first."""
    with reading(subject):
        bills = Superbill.objects.filter(practice=subject.practice, patient=patient_id)
        return _views(subject, list(bills.order_by("-service_date", "-pk")))


def of_encounter(subject: Subject, encounter_id: str) -> SuperbillView | None:
    """The newest superbill of an encounter, or None."""
    with reading(subject):
        bills = Superbill.objects.filter(practice=subject.practice, encounter=encounter_id)
        found = _views(subject, list(bills.order_by("-pk")[:1]))
        return found[0] if found else None


def fee(subject: Subject, code: str, on: date, modifiers: list[str] | None = None) -> Decimal | None:
    """What one unit of ``code`` costs on a day, in dollars; None where it has no price."""
    with reading(subject):
        found = assessment.price(assessment.prices(subject, [code], on), code, modifiers or [])
        return None if found is None else money(found.amount)


def offered(subject: Subject, on: date) -> list[tuple[str, str]]:
    """The procedures that have a price on a day: (code, description), by code."""
    with reading(subject):
        fees = Fee.objects.filter(practice=subject.practice, schedule__effective__lte=on, modifier="")
        latest = {fee.code: fee.description for fee in fees.order_by("schedule__effective", "pk")}
        return sorted(latest.items())


def allowed(subject: Subject, payer_id: str, code: str, on: date, modifiers: list[str] | None = None) -> Decimal | None:
    """What the contract with a payer allows for one unit of ``code`` on a day; None where it does not say."""
    asked = contracts.Asked(payer_id, code, on, tuple(modifiers or ()))
    return contracts.expected(subject, [asked])[0].amount


def _views(subject: Subject, bills: list[Superbill]) -> list[SuperbillView]:
    lines: dict[int, list[ChargeLine]] = {bill.pk: [] for bill in bills}
    standing = ChargeLine.objects.filter(practice=subject.practice, superbill__in=bills, superseded=False)
    for line in standing.order_by("position"):
        lines[line.superbill_id].append(line)
    _audit(subject, "superbill", [(bill.patient, str(bill.pk)) for bill in bills])
    return [_view(bill, lines[bill.pk]) for bill in bills]


def _audit(subject: Subject, what: str, seen: list[tuple[str, str]]) -> None:
    audit.record_many(subject, [audit.Touched("R", what, number, 0, patient) for patient, number in seen])


def _view(bill: Superbill, lines: list[ChargeLine]) -> SuperbillView:
    return SuperbillView(
        id=bill.pk,
        version=bill.version,
        status=bill.status,
        source_id=bill.source_id,
        patient_id=bill.patient,
        encounter_id=bill.encounter,
        appointment_id=bill.appointment,
        service_date=bill.service_date,
        practitioner=bill.practitioner,
        site=bill.site,
        place_of_service=bill.place_of_service,
        diagnoses=list(bill.diagnoses),
        minutes=bill.minutes,
        lines=[
            LineView(
                id=line.pk,
                position=line.position,
                code=line.code,
                modifiers=list(line.modifiers),
                units=line.units,
                amount=None if line.amount is None else money(line.amount),
                pointers=list(line.pointers),
                description=line.description,
                practitioner=line.practitioner,
                service_date=line.service_date,
                payer_id=line.payer_id,
                coverage_id=line.coverage,
                claim=line.claim,
                revenue=line.revenue,
            )
            for line in lines
        ],
        findings=[Finding(**finding) for finding in bill.findings],
        coverage_id=bill.coverage,
        payer_id=bill.payer_id,
        self_pay=bill.self_pay,
        total=money(bill.total),
        signed_at=bill.signed_at,
        captured_at=bill.captured_at,
        approved_at=bill.approved_at,
        approved_by=bill.approved_by,
        origin=bill.origin,
        documented=dict(bill.documented or {}),
        split_reason=bill.split_reason,
        split_by=bill.split_by,
        void_reason=bill.void_reason,
        circumstances=circumstances.restored(bill.circumstances),
        visited=bill.signed_at is not None or any(circumstances.seen(line.code) for line in lines),
    )
