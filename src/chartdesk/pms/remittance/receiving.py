"""Taking in an 835: kept, read, balanced, and laid out as rows that wait to be posted.

005010X221A1, 1.10.2: what does not add up at line, claim or payment level is refused whole, with its figures.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from chartdesk.kit import clock, live, worklist
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.kit.money import ZERO, dollars, total
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.claims.models import Interchange
from chartdesk.pms.remittance import deposits, events, reconciliations, rules
from chartdesk.pms.remittance.models import ClaimPayment, PaymentLine, ProviderAdjustment, Remittance
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.standards.x12 import remittance_835
from chartdesk.standards.x12.parties import Adjustment

BILLING = (Role.BILLER, Role.MANAGER)
REFUSED = "remittance_refused"
REPEATED = "remittance_repeated"
#: Figures shown in a refusal; the rest are counted.
_SHOWN = 20


def receive_all(subject: Subject, content: bytes, *, interchange_id: int | None = None) -> list[int]:
    """Take in an 835 file; returns the number of the remittance that each of its payments became.

    The file is kept first. A payment that does not balance, or a file that cannot be read, becomes a refused
    remittance with a work item. The same file again gives the same numbers. Raises NotFound for an unknown
    ``interchange_id``.
    """
    subject.require(*BILLING)
    number, content = _keep(subject, content, interchange_id)
    digest = hashlib.sha256(content).hexdigest()
    known = _known(subject, digest)
    if known:
        return known
    try:
        payments = remittance_835.read(content)
    except Invalid as fault:
        return [_refuse_unread(subject, number, digest, fault)]
    return [_take(subject, number, digest, position, payment) for position, payment in enumerate(payments, start=1)]


def _keep(subject: Subject, content: bytes, interchange_id: int | None) -> tuple[int, bytes]:
    """The file's row among the interchanges, made where it is not there yet, and its bytes."""
    with transaction(subject):
        if interchange_id is not None:
            row = Interchange.objects.filter(practice=subject.practice, pk=interchange_id).first()
            if row is None:
                raise NotFound(f"There is no file {interchange_id}.")
            return row.pk, bytes(row.content)
        digest = hashlib.sha256(content).hexdigest()
        row, _ = Interchange.objects.get_or_create(
            practice=subject.practice,
            direction="in",
            digest=digest,
            defaults={
                "kind": "835",
                "name": f"{digest[:12]}.835",
                "content": content,
                "status": "received",
                "at": clock.now(),
            },
        )
        return row.pk, content


def _known(subject: Subject, digest: str) -> list[int]:
    with transaction(subject):
        rows = Remittance.objects.filter(practice=subject.practice, digest=digest).order_by("position")
        return list(rows.values_list("pk", flat=True))


def _refuse_unread(subject: Subject, interchange: int, digest: str, fault: Invalid) -> int:
    with transaction(subject):
        made, new = Remittance.objects.get_or_create(
            practice=subject.practice,
            digest=digest,
            position=1,
            defaults={
                "interchange": interchange,
                "received": clock.now(),
                "status": "refused",
                "findings": [str(fault)],
            },
        )
        if new:
            reconciliations.project(subject, made)
            _raise_refusal(subject, made, "A remittance file cannot be read")
        return made.pk


def _take(subject: Subject, interchange: int, digest: str, position: int, payment: remittance_835.Remittance) -> int:
    """One payment of the file, in one transaction; two that take the same one in agree on one row."""
    payer_key = rules.payer_form(payment.payer_trace_id, payment.payer.last)
    with transaction(subject):
        advisory_lock("remittance", subject.practice, payer_key)
        known = Remittance.objects.filter(practice=subject.practice, digest=digest, position=position).first()
        if known is not None:
            return known.pk
        faults = _faults(payment)
        made = Remittance.objects.create(
            practice=subject.practice,
            interchange=interchange,
            digest=digest,
            position=position,
            payer_key=payer_key,
            payer_id=_payer_number(payment),
            payer_name=payment.payer.last,
            trace=payment.trace,
            trace_key=rules.one_form(payment.trace),
            method=payment.method,
            amount=-payment.total if payment.credit == "D" else payment.total,
            paid_on=payment.paid_on,
            received=clock.now(),
            status="refused" if faults else "received",
            claims=len(payment.claims),
            findings=faults,
        )
        reconciliations.project(subject, made)
        audit.record(subject, "C", "remittance", resource_id=str(made.pk))
        if faults:
            _raise_refusal(subject, made, f"A remittance of {payment.payer.last} does not balance")
        else:
            _lay_out(subject, made, payment)
            deposits.arrived(subject, made)
            events.announce_received(subject, made.pk, made.payer_key)
        live.announce(subject, "remittances", str(made.pk))
        return made.pk


def _faults(payment: remittance_835.Remittance) -> list[str]:
    found = [str(one) for one in remittance_835.balance(payment)]
    if not payment.trace.strip():
        found.append("The payment has no trace number (TRN02): it could not be told from another.")
    if len(found) > _SHOWN:
        found[_SHOWN:] = [f"And {len(found) - _SHOWN} more places."]
    return found


def _payer_number(payment: remittance_835.Remittance) -> str:
    given = [one.value for one in payment.payer.references if one.qualifier == "2U"]
    return payment.payer.id or (given[0] if given else "")


def _raise_refusal(subject: Subject, made: Remittance, title: str) -> None:
    worklist.raise_item(
        subject,
        worklist.Task(
            kind=REFUSED,
            key=str(made.pk),
            role=Role.BILLER,
            title=title,
            detail="\n".join([*_head(made), *made.findings]),
            cure="Nothing was posted. Ask the payer for a corrected file.",
            link=("remittance", str(made.pk)),
            amount=made.amount or None,
        ),
    )


def _head(made: Remittance) -> list[str]:
    return [f"Payment {made.trace} of {dollars(made.amount)}."] if made.trace else []


def _lay_out(subject: Subject, made: Remittance, payment: remittance_835.Remittance) -> None:
    """Write what waits to be posted. What came before, by payer, trace, claim and occurrence, is left out."""
    rows, lines_of = _claim_rows(made, payment)
    ClaimPayment.objects.bulk_create(rows, ignore_conflicts=True)
    ours = dict(made.claim_payments.values_list("position", "pk"))
    PaymentLine.objects.bulk_create(
        line for position, pk in ours.items() for line in _line_rows(made.practice, pk, lines_of[position].lines)
    )
    plb = _adjustment_rows(made, payment)
    ProviderAdjustment.objects.bulk_create(plb, ignore_conflicts=True)
    kept = made.provider_adjustments.count()
    made.duplicates = len(rows) - len(ours)
    if made.duplicates or kept < len(plb):
        _note_repetition(subject, made, rows, fresh=len(ours) + kept)


def _claim_rows(
    made: Remittance, payment: remittance_835.Remittance
) -> tuple[list[ClaimPayment], dict[int, remittance_835.ClaimPayment]]:
    seen: Counter[str] = Counter()
    rows, sources = [], {}
    for position, claim in enumerate(payment.claims, start=1):
        number = claim.pcn.strip()
        seen[number.upper()] += 1
        sources[position] = claim
        patient = claim.patient
        rows.append(
            ClaimPayment(
                practice=made.practice,
                remittance=made,
                position=position,
                payer_key=made.payer_key,
                trace_key=made.trace_key,
                claim_number=number.upper(),
                occurrence=seen[number.upper()],
                patient_name=", ".join(part for part in (patient.last, patient.first) if part) if patient else "",
                payer_claim_number=claim.payer_claim_number,
                status_code=claim.status,
                service_date=_service_date(claim),
                charged=claim.charge,
                paid=claim.paid,
                patient_responsibility=claim.patient_responsibility,
                adjustments=_plain(claim.adjustments),
                remarks=claim.remarks,
            )
        )
    return rows, sources


def _service_date(claim: remittance_835.ClaimPayment) -> date | None:
    stated = [one.start for one in claim.dates if one.qualifier == "232"]
    return next((day for day in [*stated, *(line.day for line in claim.lines)] if day), None)


def _line_rows(practice: int, claim_payment: int, lines: Iterable[remittance_835.ServicePayment]) -> list[PaymentLine]:
    return [
        PaymentLine(
            practice=practice,
            claim_payment_id=claim_payment,
            position=position,
            code=line.code,
            modifiers=line.modifiers,
            submitted_code=line.submitted_code,
            units=line.units,
            service_date=line.day,
            line_control=line.line_control,
            charged=line.charge,
            paid=line.paid,
            allowed=line.allowed,
            adjustments=_plain(line.adjustments),
            remarks=line.remarks,
        )
        for position, line in enumerate(lines, start=1)
    ]


def _adjustment_rows(made: Remittance, payment: remittance_835.Remittance) -> list[ProviderAdjustment]:
    seen: Counter[tuple[Any, ...]] = Counter()
    rows = []
    for position, one in enumerate(payment.provider_adjustments, start=1):
        key = (one.reason, one.reference, one.amount)
        seen[key] += 1
        rows.append(
            ProviderAdjustment(
                practice=made.practice,
                remittance=made,
                position=position,
                payer_key=made.payer_key,
                trace_key=made.trace_key,
                code=one.reason.strip().upper(),
                reference=one.reference.strip(),
                amount=one.amount,
                occurrence=seen[key],
            )
        )
    return rows


def _note_repetition(subject: Subject, made: Remittance, rows: list[ClaimPayment], *, fresh: int) -> None:
    """Answer what was sent before. Silent where it says the same; a work item where it does not."""
    made.status = "received" if fresh else "duplicate"
    made.findings = [f"{made.duplicates} of {len(rows)} claim payments came before under payment {made.trace}."]
    made.save(update_fields=["duplicates", "status", "findings"])
    before = ClaimPayment.objects.filter(
        practice=subject.practice, payer_key=made.payer_key, trace_key=made.trace_key
    ).exclude(remittance=made)
    known = {(one.claim_number, one.occurrence): (one.charged, one.paid) for one in before}
    other = [
        row.claim_number
        for row in rows
        if known.get((row.claim_number, row.occurrence), (row.charged, row.paid)) != (row.charged, row.paid)
    ]
    if not other and not fresh:
        return
    worklist.raise_item(
        subject,
        worklist.Task(
            kind=REPEATED,
            key=str(made.pk),
            role=Role.BILLER,
            title=f"Payment {made.trace} of {made.payer_name} came again and says something else",
            detail=f"{made.findings[0]} Of those, {len(other)} carry other figures: {', '.join(other[:_SHOWN])}.",
            cure="What came before stays as posted. Compare both files, and ask the payer.",
            link=("remittance", str(made.pk)),
            amount=total(row.paid for row in rows) or ZERO,
        ),
    )


def _plain(adjustments: Iterable[Adjustment]) -> list[dict[str, str]]:
    return [{"group": one.group, "reason": one.reason, "amount": str(one.amount)} for one in adjustments]
