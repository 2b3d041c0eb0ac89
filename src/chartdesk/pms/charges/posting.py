"""A superbill's lines in the ledger: posted when it is approved, reversed when it is taken back."""

from __future__ import annotations

from chartdesk.kit.errors import Conflict
from chartdesk.pms.charges import assessment
from chartdesk.pms.charges.models import ChargeLine, Superbill
from chartdesk.pms.ledger import commands as ledger
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.rules import Line
from chartdesk.record.access import Subject


def post(subject: Subject, bill: Superbill, line: ChargeLine) -> None:
    """Debit who owes the line, credit revenue; a line of zero is not posted."""
    if not line.amount:
        return
    owes = bill.payer_id if line.payer_id is None else line.payer_id
    reference, holder = f"charge:{line.pk}", f"payer:{owes}" if owes else "patient"
    line.posting = ledger.post(
        subject,
        "charge",
        f"{line.pk}/{bill.approvals}",
        [
            Line("ar", line.amount, patient=bill.patient, reference=reference, holder=holder),
            Line("revenue", -line.amount, patient=bill.patient, reference=reference),
        ],
        on=bill.service_date,
        memo=f"{line.code} on {bill.service_date}",
    )
    line.save(update_fields=["posting"])


def take_back(subject: Subject, bill: Superbill, reason: str) -> None:
    """Reverse the postings of every line. Raises Conflict where something was posted against one."""
    lines = [line for line in assessment.current_lines(bill) if line.posting is not None]
    owed = books.open_references(subject, bill.patient, references=[f"charge:{line.pk}" for line in lines])
    for line in lines:
        holders = owed.get(f"charge:{line.pk}", {})
        if list(holders.values()) != [line.amount] or line.posting is None:
            raise Conflict(
                f"Money was posted for {line.code}.",
                cure="Reverse the payment first.",
                where=f"line {line.position}",
            )
        ledger.reverse(subject, line.posting, on=bill.service_date, source=f"charge {line.posting}", memo=reason)
        line.posting = None
        line.save(update_fields=["posting"])
