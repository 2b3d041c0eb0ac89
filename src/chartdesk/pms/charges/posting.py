"""A superbill's lines in the ledger: posted when it is approved, reversed when it is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from chartdesk.kit import database
from chartdesk.kit.arrays import numbers
from chartdesk.kit.errors import Conflict
from chartdesk.pms.charges import assessment
from chartdesk.pms.charges.models import ChargeLine, Superbill
from chartdesk.pms.ledger import commands as ledger
from chartdesk.pms.ledger import queries as books
from chartdesk.pms.ledger.commands import Draft
from chartdesk.pms.ledger.rules import Line
from chartdesk.record.access import Subject

_POSTED = """
    UPDATE charges_chargeline l SET posting = g.posting
      FROM unnest(%s::int8[], %s::int8[]) AS g(id, posting) WHERE l.practice = %s AND l.id = g.id
"""


def post(subject: Subject, bill: Superbill, lines: Sequence[ChargeLine]) -> None:
    """Debit who owes each line, credit revenue, all by one statement; a line of zero is not posted."""
    given = [(line, line.amount) for line in lines if line.amount]
    if not given:
        return
    drafts = [_draft(bill, line, amount) for line, amount in given]
    made = ledger.post_many(subject, drafts, on=bill.service_date)
    database.execute(_POSTED, [numbers(line.pk for line, _ in given), numbers(made), subject.practice])
    for (line, _), number in zip(given, made, strict=True):
        line.posting = number


def _draft(bill: Superbill, line: ChargeLine, amount: Decimal) -> Draft:
    owes = bill.payer_id if line.payer_id is None else line.payer_id
    reference, holder = f"charge:{line.pk}", f"payer:{owes}" if owes else "patient"
    return Draft(
        "charge",
        f"{line.pk}/{bill.approvals}",
        [
            Line("ar", amount, patient=bill.patient, reference=reference, holder=holder),
            Line("revenue", -amount, patient=bill.patient, reference=reference),
        ],
        memo=f"{line.code} on {bill.service_date:%b %-d, %Y}",
    )


def take_back(subject: Subject, bill: Superbill, reason: str) -> None:
    """Reverse the postings of every line. Raises Conflict where something was posted against one."""
    lines = [line for line in assessment.current_lines(bill) if line.posting is not None]
    owed = books.open_references(subject, bill.patient, references=[f"charge:{line.pk}" for line in lines])
    for line in lines:
        holders = owed.get(f"charge:{line.pk}", {})
        if list(holders.values()) != [line.amount] or line.posting is None:
            raise Conflict(
                f"Money was posted for {line.code}.",
                cure="Correct codes changes what moves no money. Else void the claim: the payer takes its money back.",
                where=f"line {line.position}",
            )
        ledger.reverse(subject, line.posting, on=bill.service_date, source=f"charge {line.posting}", memo=reason)
        line.posting = None
        line.save(update_fields=["posting"])
