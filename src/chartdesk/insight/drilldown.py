"""The rows behind each figure: what a person opens when a number looks wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from chartdesk.insight import receivables
from chartdesk.insight.figures import MEASURES, Measure, Ratio
from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.record import audit
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of

_ROWS = {one.name: one.rows for one in MEASURES if isinstance(one, Measure)}
_STATEMENTS = {
    **_ROWS,
    **{one.name: _ROWS[one.amount] for one in MEASURES if isinstance(one, Ratio)},
    "days_in_ar": receivables.OWED,
    "ar_total": receivables.OWED,
    "ar_over_90": receivables.OWED_LONG,
}


@dataclass(frozen=True)
class Row:
    """One thing that a figure counts. ``link`` is (kind, id): claim, superbill, appointment, posting or patient.

    ``amount`` is what it adds: minutes, days, dollars, or in a share 1 for a hit and 0 for none.
    """

    link: tuple[str, str]
    patient_id: str
    on: date
    text: str
    amount: Decimal


def rows(subject: Subject, figure: str, first: date, last: date, *, limit: int = 500) -> list[Row]:
    """What a figure of the dashboard counts, newest first (receivables: the largest first), at most ``limit``.

    Raises NotFound for a figure that the dashboard does not have. Each patient's row is noted as read.
    """
    subject.require(Role.MANAGER, Role.BILLER)
    if figure not in _STATEMENTS:
        raise NotFound(f"There is no figure {figure!r}.", cure=f"One of {', '.join(sorted(_STATEMENTS))}.")
    with transaction(subject):
        given: dict[str, Any] = {
            "practice": subject.practice,
            "zone": practice_of(subject).zone,
            "first": first,
            "last": last,
            "old": receivables.OLD,
            "limit": limit,
        }
        with connection.cursor() as cursor:
            cursor.execute(f"{_STATEMENTS[figure]} LIMIT %(limit)s", given)
            found = [
                Row((kind, number), patient, on, text, Decimal(amount))
                for kind, number, patient, on, text, amount in cursor.fetchall()
            ]
        audit.record_many(
            subject,
            [audit.Touched("R", row.link[0], row.link[1], 0, row.patient_id) for row in found if row.patient_id],
            detail=f"figure {figure}",
        )
    return found
