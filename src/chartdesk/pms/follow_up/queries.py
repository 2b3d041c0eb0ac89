"""Reading follow-up: the list, one claim's case with its notes, and who may own a case."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import reading
from chartdesk.pms.claims.content import restored
from chartdesk.pms.claims.models import Claim, Rejection
from chartdesk.pms.follow_up import letters
from chartdesk.pms.follow_up.listing import ORDERS, Filter, Pursued, Share, Sums, fitting, listed, page, sums
from chartdesk.pms.follow_up.models import PENDING_APPEALS, Appeal, Case, Inquiry, Note
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.models import Membership

__all__ = [
    "ORDERS",
    "AppealView",
    "CaseView",
    "Filter",
    "Pursued",
    "Share",
    "Sums",
    "appeal",
    "appeals",
    "case",
    "fitting",
    "letter_pdf",
    "listed",
    "owners",
    "page",
    "rejections",
    "said",
    "sums",
]


@dataclass(frozen=True)
class CaseView:
    """What the office knows about pursuing a claim. ``case`` is None while nobody has decided anything."""

    case: Case | None
    notes: list[Note]
    inquiries: list[Inquiry]
    appeals: list[Appeal]
    rejections: list[Rejection]


@dataclass(frozen=True)
class AppealView:
    """An appeal with the number of its claim."""

    appeal: Appeal
    claim_number: str


def case(subject: Subject, claim_id: int, patient_id: str) -> CaseView:
    """The case of a claim, the newest of everything first."""
    with reading(subject):
        of_claim = {"practice": subject.practice, "claim": claim_id}
        audit.record(subject, "R", "claim follow-up", patient=patient_id, resource_id=str(claim_id))
        return CaseView(
            case=Case.objects.filter(**of_claim).first(),
            notes=list(Note.objects.filter(**of_claim).order_by("-at", "-pk")),
            inquiries=list(Inquiry.objects.filter(**of_claim).order_by("-asked", "-pk")),
            appeals=list(Appeal.objects.filter(**of_claim).order_by("-pk")),
            rejections=list(Rejection.objects.filter(**of_claim).order_by("-at", "pk")),
        )


def rejections(subject: Subject) -> list[tuple[str, str, int]]:
    """Why claims are rejected now: (code, words, how many claims), the commonest first."""
    with reading(subject):
        rows = Rejection.objects.filter(practice=subject.practice, current=True, claim__status="rejected")
        found = rows.values("code", "words").annotate(count=Count("claim", distinct=True)).order_by("-count", "code")
        return [(row["code"], row["words"], row["count"]) for row in found]


def owners(subject: Subject) -> list[str]:
    """The names of those who may own a case: billers and managers."""
    with reading(subject):
        rows = Membership.objects.filter(
            practice=subject.practice, active=True, role__in=(Role.BILLER, Role.MANAGER)
        ).select_related("user")
        return sorted({row.user.get_full_name() or row.user.username for row in rows})


def said(subject: Subject, claims: list[int]) -> dict[int, list[tuple[str, str]]]:
    """What payers last said about each of the claims: (code, words) of its rejection, or of the last answer."""
    made: dict[int, list[tuple[str, str]]] = {}
    if not claims:
        return made
    with reading(subject):
        of_claims = Inquiry.objects.filter(practice=subject.practice, claim__in=claims, state="answered")
        for one in of_claims.order_by("claim", "-asked").distinct("claim"):
            made[one.claim] = [(f"{one.category}:{one.code}".strip(":"), one.words)]
        refused: dict[int, list[tuple[str, str]]] = {}
        rows = Rejection.objects.filter(practice=subject.practice, claim__in=claims, current=True)
        for claim, code, words in rows.order_by("pk").values_list("claim_id", "code", "words"):
            refused.setdefault(claim, []).append((code, words))
    return {**made, **refused}


def appeals(subject: Subject, *, states: tuple[str, ...] = PENDING_APPEALS, limit: int = 500) -> list[AppealView]:
    """Appeals in those states, the nearest deadline first."""
    with reading(subject):
        rows = Appeal.objects.filter(practice=subject.practice, state__in=states).defer("letter", "body")
        found = list(rows.order_by("deadline", "pk")[:limit])
        numbers = dict(
            Claim.objects.filter(practice=subject.practice, pk__in={one.claim for one in found}).values_list(
                "pk", "number"
            )
        )
        audit.record_many(
            subject, [audit.Touched("R", "appeal", str(one.pk), 0, one.patient) for one in found], detail="list"
        )
        return [AppealView(one, numbers.get(one.claim, "")) for one in found]


def appeal(subject: Subject, appeal_id: int) -> Appeal:
    """One appeal. Raises NotFound."""
    with reading(subject):
        row = Appeal.objects.filter(practice=subject.practice, pk=appeal_id).first()
        if row is None:
            raise NotFound(f"There is no appeal {appeal_id}.")
        audit.record(subject, "R", "appeal", patient=row.patient, resource_id=str(row.pk))
        return row


def letter_pdf(subject: Subject, appeal_id: int) -> bytes:
    """The letter of an appeal: as it was sent, or a draft as it stands. Raises NotFound."""
    with reading(subject):
        row = appeal(subject, appeal_id)
        if row.letter:
            return letters.pdf(row.letter)
        claim = Claim.objects.get(practice=subject.practice, pk=row.claim)
        return letters.pdf(letters.printed(subject, row, claim, restored(claim.content)))
