"""Reading remittances, what they pay, and the list of denials."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Concat

from chartdesk.kit.errors import NotFound
from chartdesk.kit.money import dollars, money, summed, total
from chartdesk.kit.transactions import reading
from chartdesk.pms.claims.models import Claim
from chartdesk.pms.coverage.models import Payer
from chartdesk.pms.registration.models import PatientIndex
from chartdesk.pms.remittance.denials import PENDING
from chartdesk.pms.remittance.models import (
    ClaimPayment,
    Denial,
    PaymentLine,
    ProviderAdjustment,
    Remittance,
)
from chartdesk.record import audit
from chartdesk.record.access import Subject
from chartdesk.standards.x12.codes import adjustment_reasons, payments, remarks


def _of_practice(rows: QuerySet[Any], column: str, **found_by: str) -> Subquery:
    mine = {name: OuterRef(outer) for name, outer in found_by.items()}
    return Subquery(rows.filter(practice=OuterRef("practice"), **mine).values(column)[:1])


_NAMED = PatientIndex.objects.annotate(plain=Concat("family_key", Value(" "), "given_key"))
#: The column behind each order of denials, and what stands in another table.
_ORDERS = {"deadline": "deadline", "amount": "amount", "patient": "family", "payer": "payer_name", "service": "served"}
_SORTABLE = {
    "family": {"family": _of_practice(_NAMED, "plain", patient="patient")},
    "payer_name": {"payer_name": _of_practice(Payer.objects.all(), "name", payer_id="payer_id")},
    "served": {"served": _of_practice(Claim.objects.all(), "service_date", pk="claim")},
}


@dataclass(frozen=True)
class AdjustmentView:
    """An adjustment in words: ``group`` and ``reason`` are its codes, ``text`` what the reason says."""

    group: str
    reason: str
    amount: Decimal
    text: str


@dataclass
class LineView:
    """A service line of a claim payment."""

    row: PaymentLine
    adjustments: list[AdjustmentView]
    remarks: list[tuple[str, str]]


@dataclass
class ClaimPaymentView:
    """A claim payment with its lines; ``status`` is CLP02 in words."""

    row: ClaimPayment
    status: str
    adjustments: list[AdjustmentView]
    lines: list[LineView] = field(default_factory=list)


@dataclass
class ProviderAdjustmentView:
    """A PLB, its reason in words."""

    row: ProviderAdjustment
    text: str


@dataclass
class RemittanceView:
    """A remittance with all that it pays. ``claims_paid`` less ``adjusted`` is what was sent."""

    row: Remittance
    method: str
    claims: list[ClaimPaymentView]
    provider_adjustments: list[ProviderAdjustmentView]
    claims_paid: Decimal
    adjusted: Decimal


@dataclass(frozen=True)
class DenialView:
    """A denial on the list. ``reason`` is the CARC in words, ``remarks`` the remark codes in words."""

    id: int
    claim_id: int
    claim_number: str
    patient_id: str
    payer_id: str
    service_date: date
    charge_line: int | None
    group: str
    carc: str
    reason: str
    rarc: list[str]
    remarks: list[str]
    amount: Decimal
    state: str
    raised: datetime
    deadline: date
    owner: str
    note: str


def remittances(
    subject: Subject, *, status: str = "", first: date | None = None, last: date | None = None, limit: int = 200
) -> list[Remittance]:
    """Remittances, newest first; narrowed to a status and to days on which they were paid."""
    with reading(subject):
        rows = Remittance.objects.filter(practice=subject.practice)
        if status:
            rows = rows.filter(status=status)
        if first is not None:
            rows = rows.filter(paid_on__gte=first)
        if last is not None:
            rows = rows.filter(paid_on__lte=last)
        audit.record(subject, "R", "remittance", detail="list")
        return list(rows.order_by("-received", "-pk")[:limit])


def of_interchange(subject: Subject, interchange_id: int) -> list[Remittance]:
    """The remittances that a file brought, in its order."""
    with reading(subject):
        rows = Remittance.objects.filter(practice=subject.practice, interchange=interchange_id)
        return list(rows.order_by("position"))


def remittance(subject: Subject, remittance_id: int) -> RemittanceView:
    """One remittance with its claims, lines and provider adjustments. Raises NotFound."""
    with reading(subject):
        rows = Remittance.objects.select_related("deposit").filter(practice=subject.practice, pk=remittance_id)
        row = rows.first()
        if row is None:
            raise NotFound(f"There is no remittance {remittance_id}.")
        paid = list(row.claim_payments.order_by("position"))
        plb = list(row.provider_adjustments.order_by("position"))
        views = _claim_views(subject, paid)
        audit.record(subject, "R", "remittance", resource_id=str(row.pk))
    return RemittanceView(
        row=row,
        method=payments.METHODS.get(row.method, row.method),
        claims=views,
        provider_adjustments=[ProviderAdjustmentView(one, payments.provider_adjustment(one.code)) for one in plb],
        claims_paid=total(one.paid for one in paid),
        adjusted=total(one.amount for one in plb),
    )


def of_claim(subject: Subject, claim_id: int) -> list[ClaimPaymentView]:
    """What payers have decided about a claim, in order."""
    with reading(subject):
        rows = ClaimPayment.objects.filter(practice=subject.practice, claim=claim_id).order_by("pk")
        return _claim_views(subject, list(rows.select_related("remittance")))


def denials(
    subject: Subject,
    *,
    state: str = "pending",
    payer_id: str = "",
    carc: str = "",
    claim_id: int | None = None,
    owner: str = "",
    order: str = "deadline",
    skip: int = 0,
    limit: int = 500,
) -> list[DenialView]:
    """Denials, the nearest deadline first or in another ``order``: amount, patient, payer, service, each with a minus
    the other way round. ``state``: one of theirs, ``pending`` (still worked on), or ``all``."""
    column, back = _ORDERS.get(order.removeprefix("-"), "deadline"), "-" if order.startswith("-") else ""
    with reading(subject):
        rows = Denial.objects.filter(_wanted(subject, state, payer_id, carc, claim_id, owner)).annotate(
            **_SORTABLE.get(column, {})
        )
        found = list(rows.order_by(back + column, "-amount", "pk")[skip : skip + limit])
        claims = Claim.objects.filter(practice=subject.practice, pk__in={row.claim for row in found})
        known = claims.only("number", "service_date").in_bulk()
        audit.record_many(
            subject, [audit.Touched("R", "denial", str(row.pk), 0, row.patient) for row in found], detail="list"
        )
        return [_denial(row, known[row.claim]) for row in found]


def denied(subject: Subject, *, state: str = "pending", payer_id: str = "", carc: str = "") -> tuple[int, Decimal]:
    """How many denials fit, and their dollars."""
    with reading(subject):
        rows = Denial.objects.filter(_wanted(subject, state, payer_id, carc, None, ""))
        found = rows.aggregate(count=Count("pk"), sum=Sum("amount"))
        return found["count"], summed(found["sum"])


def _wanted(subject: Subject, state: str, payer_id: str, carc: str, claim_id: int | None, owner: str) -> Q:
    wanted = Q(practice=subject.practice)
    if state == "pending":
        wanted &= Q(state__in=PENDING)
    elif state != "all":
        wanted &= Q(state=state)
    given: dict[str, Any] = {"payer_id": payer_id, "carc": carc, "owner": owner, "claim": claim_id}
    return wanted & Q(**{name: value for name, value in given.items() if value})


def denial(subject: Subject, denial_id: int) -> DenialView:
    """One denial. Raises NotFound."""
    with reading(subject):
        row = Denial.objects.filter(practice=subject.practice, pk=denial_id).first()
        if row is None:
            raise NotFound(f"There is no denial {denial_id}.")
        audit.record(subject, "R", "denial", patient=row.patient, resource_id=str(row.pk))
        return _denial(row, Claim.objects.get(practice=subject.practice, pk=row.claim))


def denial_reasons(subject: Subject) -> list[tuple[str, str, int, Decimal]]:
    """Pending denials by reason: (CARC, its words, how many, dollars), the largest sum first."""
    with reading(subject):
        rows = Denial.objects.filter(practice=subject.practice, state__in=PENDING).values("carc")
        found = rows.annotate(count=Count("*"), sum=Sum("amount")).order_by("-sum")
        return [(row["carc"], adjustment_reasons.label(row["carc"]), row["count"], summed(row["sum"])) for row in found]


def postable(subject: Subject, remittance_id: int) -> list[Remittance]:
    """The payer's remittances up to this one that balanced and are not posted in full yet, the oldest first."""
    with reading(subject):
        rows = Remittance.objects.filter(practice=subject.practice)
        this = rows.filter(pk=remittance_id).first()
        if this is None:
            return []
        return list(rows.filter(payer_key=this.payer_key, pk__lte=this.pk, status="received").order_by("pk"))


def summary(subject: Subject, numbers: list[int]) -> str:
    """What became of a file's remittances, in a sentence."""
    with reading(subject):
        rows = Remittance.objects.filter(practice=subject.practice, pk__in=numbers).order_by("pk")
        return "; ".join(
            f"payment {row.trace or 'unread'} of {dollars(row.amount)}: {row.status.replace('_', ' ')}" for row in rows
        )


def _claim_views(subject: Subject, rows: list[ClaimPayment]) -> list[ClaimPaymentView]:
    views = {
        row.pk: ClaimPaymentView(row, payments.claim_status(row.status_code), _adjustments(row.adjustments))
        for row in rows
    }
    lines = PaymentLine.objects.filter(practice=subject.practice, claim_payment__in=list(views))
    for line in lines.order_by("claim_payment", "position"):
        views[line.claim_payment_id].lines.append(
            LineView(line, _adjustments(line.adjustments), [(code, remarks.label(code)) for code in line.remarks])
        )
    audit.record_many(
        subject, [audit.Touched("R", "claim payment", str(row.pk), 0, row.patient) for row in rows if row.patient]
    )
    return list(views.values())


def _adjustments(plain: list[dict[str, Any]]) -> list[AdjustmentView]:
    return [
        AdjustmentView(one["group"], one["reason"], money(one["amount"]), adjustment_reasons.label(one["reason"]))
        for one in plain
    ]


def _denial(row: Denial, claim: Claim) -> DenialView:
    return DenialView(
        id=row.pk,
        claim_id=claim.pk,
        claim_number=claim.number,
        patient_id=row.patient,
        payer_id=row.payer_id,
        service_date=claim.service_date,
        charge_line=row.charge_line,
        group=row.group,
        carc=row.carc,
        reason=adjustment_reasons.label(row.carc),
        rarc=row.rarc,
        remarks=[remarks.label(code) for code in row.rarc],
        amount=money(row.amount),
        state=row.state,
        raised=row.raised,
        deadline=row.deadline,
        owner=row.owner,
        note=row.note,
    )
