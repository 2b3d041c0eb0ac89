"""Remittances as PaymentReconciliation resources: what a payer sent, and what became of each part of it.

While a remittance is being posted its resource says ``queued`` and nothing of its claims: a file of a thousand claims
is one new version when it is through, not a thousand.
"""

from __future__ import annotations

from collections.abc import Sequence

from chartdesk.kit import database
from chartdesk.pms.charges import elements
from chartdesk.pms.coverage import parties
from chartdesk.pms.remittance.models import ProviderAdjustment, Remittance
from chartdesk.record import projected
from chartdesk.record.access import Subject
from chartdesk.record.projected import Key
from chartdesk.standards.fhir import r4
from chartdesk.standards.x12.codes import payments

NUMBER = "urn:chartdesk:remittance"
_KIND = "http://terminology.hl7.org/CodeSystem/payment-type"
_PLB = "https://x12.org/codes/provider-adjustment-reason-codes"
#: FHIR's status and outcome by the status of a remittance.
_STATES = {
    "received": ("active", "queued"),
    "review": ("active", "queued"),
    "unposted": ("active", "queued"),
    "posted": ("active", "complete"),
    "partly_posted": ("active", "partial"),
    "refused": ("cancelled", "error"),
    "duplicate": ("cancelled", "complete"),
}
#: Statuses in which the parts are shown.
_THROUGH = ("posted", "partly_posted")
#: The claim payments of remittances with their claims; one without its snapshot shows nothing.
_PAID = """
    SELECT p.remittance_id, p.id, p.claim, p.claim_number, p.paid, r.paid_on::text, c.payer_id,
           coalesce(c.content ->> 'number', '') <> ''
      FROM remittance_claimpayment p
      JOIN remittance_remittance r ON r.practice = p.practice AND r.id = p.remittance_id
      LEFT JOIN claims_claim c ON c.practice = p.practice AND c.id = p.claim
     WHERE p.practice = %s AND p.remittance_id = ANY(%s::int8[])
     ORDER BY p.remittance_id, p.position
"""


def register() -> None:
    """Tell the record who keeps PaymentReconciliation."""
    operation = "Take in the payer's remittance (835)."
    projected.register(projected.Projection("PaymentReconciliation", "remittance-", operation, _render, _keys))


def project(subject: Subject, remittance: Remittance) -> None:
    """A remittance came in, was posted or changed: its resource shows it."""
    projected.follow(subject, "PaymentReconciliation", remittance.pk)


def _keys(subject: Subject, after: Key | None, count: int) -> list[Key]:
    return projected.numbered(Remittance.objects.filter(practice=subject.practice), after, count)


def _render(subject: Subject, keys: Sequence[Key]) -> list[r4.Resource]:
    rows = list(Remittance.objects.filter(practice=subject.practice, pk__in=keys).order_by("pk"))
    through = [one.pk for one in rows if one.status in _THROUGH]
    parts: dict[int, list[r4.PaymentReconciliationDetail]] = {}
    issuers: dict[int, str] = {}
    if through:
        _claims(subject, through, parts, issuers)
        _adjustments(subject, through, parts)
    return [_resource(subject, one, parts.get(one.pk, []), issuers.get(one.pk, "")) for one in rows]


def _claims(
    subject: Subject,
    through: list[int],
    parts: dict[int, list[r4.PaymentReconciliationDetail]],
    issuers: dict[int, str],
) -> None:
    """A detail for each claim payment; the claims say which payer of ours it is that paid."""
    kind, practice = elements.concept(_KIND, "payment"), parties.practice(subject)
    rows = database.rows(_PAID, [subject.practice, through])
    for remittance, number, claim, claim_number, paid, day, payer, shown in rows:
        issuers.setdefault(remittance, payer or "")
        parts.setdefault(remittance, []).append(
            r4.PaymentReconciliationDetail(
                identifier=r4.Identifier(value=claim_number),
                type=kind,
                request=r4.Reference(reference=f"Claim/claim-{claim}") if shown else None,
                submitter=practice,
                response=r4.Reference(reference=f"ClaimResponse/response-{number}") if shown else None,
                date=day,
                payee=practice,
                amount=elements.dollars(paid),
            )
        )


def _adjustments(subject: Subject, through: list[int], parts: dict[int, list[r4.PaymentReconciliationDetail]]) -> None:
    """A detail for each adjustment of the payment as a whole: what lowers the payment is negative."""
    rows = ProviderAdjustment.objects.filter(practice=subject.practice, remittance__in=through)
    for one in rows.order_by("remittance", "position"):
        codings = [r4.Coding(system=_KIND, code="adjustment"), r4.Coding(system=_PLB, code=one.code)]
        parts.setdefault(one.remittance_id, []).append(
            r4.PaymentReconciliationDetail(
                identifier=r4.Identifier(value=one.reference) if one.reference else None,
                type=r4.CodeableConcept(coding=codings, text=payments.provider_adjustment(one.code)),
                amount=elements.dollars(-one.amount),
            )
        )


def _resource(
    subject: Subject, row: Remittance, parts: list[r4.PaymentReconciliationDetail], payer_id: str
) -> r4.PaymentReconciliation:
    status, outcome = _STATES[row.status]
    found = [one for one in row.findings if one]
    return r4.PaymentReconciliation(
        id=f"remittance-{row.pk}",
        identifier=[r4.Identifier(system=NUMBER, value=str(row.pk))],
        status=status,
        created=row.received.isoformat(timespec="seconds"),
        paymentIssuer=parties.payer(subject, payer_id or row.payer_id, row.payer_name),
        requestor=parties.practice(subject),
        outcome=outcome,
        disposition=found[0] if found else row.status.replace("_", " ").capitalize(),
        paymentDate=(row.paid_on or row.received.date()).isoformat(),
        paymentAmount=elements.dollars(row.amount),
        paymentIdentifier=r4.Identifier(value=row.trace) if row.trace else None,
        detail=parts or (),
        processNote=[r4.PaymentReconciliationProcessNote(type="print", text=one) for one in found] or (),
    )
