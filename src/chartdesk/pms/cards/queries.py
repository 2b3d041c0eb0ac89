"""Cards on file and what was charged."""

from __future__ import annotations

from chartdesk.kit.transactions import reading
from chartdesk.pms.cards.models import CardOperation, StoredCard
from chartdesk.pms.statements.models import Payment
from chartdesk.record import audit
from chartdesk.record.access import Subject


def cards(subject: Subject, patient_id: str) -> list[StoredCard]:
    """The cards a patient keeps on file, the newest first."""
    with reading(subject):
        audit.record(subject, "R", "card", patient=patient_id, detail="list")
        rows = StoredCard.objects.filter(practice=subject.practice, patient=patient_id, kept=True, removed=None)
        return list(rows.order_by("-pk"))


def operations(subject: Subject, patient_id: str, limit: int = 30) -> list[CardOperation]:
    """What was asked of the gateway for a patient, the newest first; cards never typed are left out."""
    with reading(subject):
        audit.record(subject, "R", "card charge", patient=patient_id, detail="list")
        rows = CardOperation.objects.filter(practice=subject.practice, patient=patient_id).exclude(state="card")
        return list(rows.select_related("card").order_by("-pk")[:limit])


def used(subject: Subject, key: str) -> bool:
    """Whether a payment form with this key was sent before: then it is the same payment, whatever came of it."""
    with reading(subject):
        return (
            CardOperation.objects.filter(practice=subject.practice, key=key).exists()
            or Payment.objects.filter(practice=subject.practice, idempotency_key=key).exists()
        )


def refundable(subject: Subject, patient_id: str) -> set[int]:
    """The payments of a patient that can be given back to their card."""
    with reading(subject):
        rows = CardOperation.objects.filter(
            practice=subject.practice, patient=patient_id, kind="charge", state="succeeded"
        )
        return {one for one in rows.values_list("payment", flat=True) if one is not None}
