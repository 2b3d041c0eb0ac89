"""Reading claims: the list, one claim with its time line, counts, lags, files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet, Sum

from chartdesk.kit.errors import NotFound
from chartdesk.kit.money import summed
from chartdesk.kit.transactions import reading
from chartdesk.pms.claims.content import ClaimContent, restored
from chartdesk.pms.claims.models import STATUSES, Claim, ClaimEvent, ClaimLine, Interchange, Rejection, Tally
from chartdesk.pms.claims.rules import Finding, finding_of
from chartdesk.pms.registration import queries as registration
from chartdesk.record import audit
from chartdesk.record.access import Subject

#: Above every letter, so that ``prefix + _LAST`` ends the range of a prefix.
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class ClaimView:
    """One claim with everything its page shows."""

    claim: Claim
    content: ClaimContent
    lines: list[ClaimLine]
    events: list[ClaimEvent]
    findings: list[Finding]
    files: list[Interchange]
    replaced_by: Claim | None
    rejections: list[Rejection]

    @property
    def lag(self) -> timedelta | None:
        """From the signature to the submission; None before."""
        if self.claim.signed_at is None or self.claim.submitted_at is None:
            return None
        return self.claim.submitted_at - self.claim.signed_at


@dataclass(frozen=True)
class StatusCount:
    """How many claims have a status, and their dollars."""

    status: str
    count: int
    total: Decimal


@dataclass(frozen=True)
class ListedClaim:
    """A row of the claim list."""

    claim: Claim
    patient_name: str


def claim(subject: Subject, claim_id: int) -> ClaimView:
    """One claim. Raises NotFound."""
    with reading(subject):
        row = Claim.objects.select_related("replaces").filter(practice=subject.practice, pk=claim_id).first()
        if row is None:
            raise NotFound(f"There is no claim {claim_id}.")
        audit.record(subject, "R", "claim", patient=row.patient, resource_id=str(row.pk))
        entries = list(ClaimEvent.objects.select_related("interchange").filter(claim=row).order_by("at", "pk"))
        files = {entry.interchange.pk: entry.interchange for entry in entries if entry.interchange}
        return ClaimView(
            claim=row,
            content=restored(row.content),
            lines=list(ClaimLine.objects.filter(claim=row).order_by("position")),
            events=entries,
            findings=[finding_of(one) for one in row.findings],
            files=list(files.values()),
            replaced_by=Claim.objects.filter(practice=subject.practice, replaces=row).first(),
            rejections=list(Rejection.objects.filter(claim=row, current=True).order_by("pk")),
        )


def claims(
    subject: Subject,
    *,
    status: str = "",
    payer_id: str = "",
    patient_id: str = "",
    since: date | None = None,
    until: date | None = None,
    order: str = "-service_date",
) -> QuerySet[Claim]:
    """The claims that fit, for a list that pages; read it inside ``transaction(subject)``, then ``listed``."""
    rows = Claim.objects.filter(practice=subject.practice)
    if status:
        rows = rows.filter(status=status)
    if payer_id:
        rows = rows.filter(payer_id=payer_id)
    if patient_id:
        rows = rows.filter(patient=patient_id)
    if since:
        rows = rows.filter(service_date__gte=since)
    if until:
        rows = rows.filter(service_date__lte=until)
    orders = {
        "service_date",
        "-service_date",
        "total",
        "-total",
        "built_at",
        "-built_at",
        "number",
        "-number",
    }
    return rows.order_by(order if order in orders else "-service_date", "-pk")


def these(subject: Subject, numbers: list[int]) -> list[Claim]:
    """Claims by their numbers, in that order, without their snapshots."""
    with reading(subject):
        rows = Claim.objects.filter(practice=subject.practice).defer("content", "findings").in_bulk(numbers)
    return [rows[one] for one in numbers if one in rows]


def listed(subject: Subject, rows: list[Claim]) -> list[ListedClaim]:
    """Rows of a list with the patients' names; each patient's is noted as read."""
    with reading(subject):
        names = registration.names(subject, sorted({row.patient for row in rows}))
        touched = [audit.Touched("R", "claim", str(row.pk), 0, row.patient) for row in rows]
        audit.record_many(subject, touched)
    return [ListedClaim(row, names[row.patient].name if row.patient in names else "") for row in rows]


def of_file(subject: Subject, interchange_id: int, *, limit: int = 100) -> list[ListedClaim]:
    """The claims that a file carried or spoke of, the first ``limit`` of them."""
    with reading(subject):
        told = ClaimEvent.objects.filter(practice=subject.practice, interchange=interchange_id)
        numbers = list(told.order_by("claim").values_list("claim", flat=True).distinct()[:limit])
        return listed(subject, these(subject, numbers))


def of_patient(subject: Subject, patient_id: str) -> list[Claim]:
    """The claims of a patient, newest first."""
    with reading(subject):
        audit.record(subject, "R", "claim", patient=patient_id)
        rows = Claim.objects.filter(practice=subject.practice, patient=patient_id)
        return list(rows.order_by("-service_date", "-pk"))


def of_superbill(subject: Subject, superbill_id: int) -> list[Claim]:
    """The claims of a superbill, newest first."""
    with reading(subject):
        rows = Claim.objects.filter(practice=subject.practice, superbill=superbill_id)
        return list(rows.order_by("-pk"))


def by_number(subject: Subject, text: str, *, limit: int = 8) -> list[Claim]:
    """Claims whose number, or number at the payer, begins with ``text``."""
    wanted = text.strip().upper()
    if len(wanted) < 3 or "\x00" in wanted:
        return []
    with reading(subject):
        rows = Claim.objects.filter(practice=subject.practice)
        # A range and not LIKE, which uses no index under row-level security; two queries, so that each has its own.
        ours = rows.filter(number__gte=wanted, number__lt=wanted + _LAST)
        theirs = rows.exclude(payer_claim_number="").filter(
            payer_claim_number__gte=wanted, payer_claim_number__lt=wanted + _LAST
        )
        found = {row.pk: row for one in (ours, theirs) for row in one.order_by("-pk")[:limit]}
        return [found[pk] for pk in sorted(found, reverse=True)[:limit]]


def by_status(subject: Subject) -> list[StatusCount]:
    """How many claims stand where, in the order of their life."""
    with reading(subject):
        rows = Tally.objects.filter(practice=subject.practice).values("status")
        kept = rows.annotate(count=Sum("claims"), sum=Sum("total"))
        found = {row["status"]: row for row in kept if row["count"]}
    return [StatusCount(name, found[name]["count"], summed(found[name]["sum"])) for name in STATUSES if name in found]


def interchanges(subject: Subject, *, limit: int = 200) -> list[Interchange]:
    """The files sent and received, newest first, without their content."""
    with reading(subject):
        return list(Interchange.objects.filter(practice=subject.practice).defer("content").order_by("-pk")[:limit])


def came_before(subject: Subject, content: bytes) -> Interchange | None:
    """The received file with just this content, or None."""
    with reading(subject):
        rows = Interchange.objects.filter(practice=subject.practice, direction="in").defer("content")
        return rows.filter(digest=hashlib.sha256(content).hexdigest()).first()


def interchange(subject: Subject, interchange_id: int) -> Interchange:
    """One file with its content. Raises NotFound. The read is noted: a file is full of patients."""
    with reading(subject):
        row = Interchange.objects.filter(practice=subject.practice, pk=interchange_id).first()
        if row is None:
            raise NotFound(f"There is no file {interchange_id}.")
        audit.record(subject, "R", "interchange", resource_id=str(row.pk), detail=row.kind)
        return row
