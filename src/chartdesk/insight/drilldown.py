"""The rows behind each figure: what a person opens when a number looks wrong. All of them, which add up to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from chartdesk.insight import kpis, receivables, wording
from chartdesk.insight.figures import MEASURES, Ratio, Rows
from chartdesk.kit.errors import Invalid
from chartdesk.kit.transactions import transaction
from chartdesk.record import audit
from chartdesk.record.access import Subject

_KNOWN = {one.name: one for one in MEASURES}
_RECEIVABLES = {
    "days_in_ar": (receivables.OWED, receivables.CHARGED),
    "ar_total": (receivables.OWED,),
    "ar_over_90": (receivables.OWED_LONG, receivables.OWED),
}

_NEWEST = "day DESC, id DESC, amount DESC, text"
_LARGEST = "amount DESC, day, id, text"


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


@dataclass(frozen=True)
class Side:
    """One kind of rows of a figure, by its ``title``. ``unit`` is that of their amounts, ``shape`` how the figure sums
    them up (share, average, median or total), ``order`` how they are listed."""

    title: str
    unit: str
    shape: str
    statement: str
    order: str


@dataclass(frozen=True)
class Counted:
    """Some rows; ``count`` and ``amount`` are of all there are."""

    rows: list[Row]
    count: int
    amount: Decimal


def sides(figure: str) -> list[Side]:
    """The kinds of rows of a figure: of its numerator, then of its denominator where that has rows of its own.

    Raises NotFound for a figure that the dashboard does not have.
    """
    kpis.check_name(figure)
    if figure in _RECEIVABLES:
        return [_summed(one) for one in _RECEIVABLES[figure]]
    one = _KNOWN[figure]
    if isinstance(one, Ratio):
        return [side for name in (one.amount, one.base) for side in sides(name)]
    if one.opened:
        return [_summed(rows) for rows in one.opened]
    # The amounts of a median are fractions, which are shown with two places.
    amount = "round(amount::numeric, 2) AS amount" if one.shape == "median" else "amount"
    statement = f"SELECT kind, id, patient, day, text, {amount} FROM ({one.statement}) AS item"
    return [Side(one.title, one.unit, one.shape, statement, _NEWEST)]


def _summed(rows: Rows) -> Side:
    return Side(rows.title, "dollars", "total", rows.statement, _LARGEST if rows.largest else _NEWEST)


def opened(
    subject: Subject, figure: str, first: date, last: date, *, side: int = 0, skip: int = 0, limit: int = 50
) -> Counted:
    """What a figure of the dashboard counts, the newest first (what is owed: the largest first), with the sum of all.

    ``side`` is a place in ``sides``. Raises NotFound for a figure that the dashboard does not have, Invalid for a side
    that it does not have. Each patient's row is noted as read.
    """
    known = sides(figure)
    if not 0 <= side < len(known):
        raise Invalid(f"{figure} has no rows number {side}.", where="side", cure="Open its first rows.")
    with transaction(subject):
        given, _ = kpis.period(subject, first, last)
        asked = known[side]
        return counted(subject, asked.statement, asked.order, given, skip, limit, f"figure {figure}")


def counted(
    subject: Subject, statement: str, order: str, given: dict[str, Any], skip: int, limit: int, why: str
) -> Counted:
    """The rows of a statement from ``skip`` on, at most ``limit``, in words, and how many there are with their sum.

    In a transaction; ``why`` is written to the audit trail with each row of a patient.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), COALESCE(sum(amount), 0) FROM ({statement}) AS item", given)
        count, amount = cursor.fetchone()
        page = f"SELECT kind, id, patient, day, text, amount FROM ({statement}) AS item ORDER BY {order}"
        cursor.execute(f"{page} LIMIT %(limit)s OFFSET %(skip)s", given | {"limit": limit, "skip": skip})
        found = cursor.fetchall()
    said = wording.said(subject, [(kind, number, text) for kind, number, _, _, text, _ in found])
    rows = [
        Row((kind, number), patient, on, words, Decimal(added))
        for (kind, number, patient, on, _, added), words in zip(found, said, strict=True)
    ]
    touched = [audit.Touched("R", one.link[0], one.link[1], 0, one.patient_id) for one in rows if one.patient_id]
    audit.record_many(subject, touched, detail=why)
    return Counted(rows, count, Decimal(amount))


def rows(subject: Subject, figure: str, first: date, last: date, *, side: int = 0, limit: int = 500) -> list[Row]:
    """The first ``limit`` rows of ``opened``."""
    return opened(subject, figure, first, last, side=side, limit=limit).rows


def check_count(count: int, most: int) -> None:
    """Raise Invalid where a file would not hold all rows: what does not add up to the figure is no answer."""
    if count > most:
        raise Invalid(f"{count:,} rows are more than a file holds.", where="first", cure="Choose a shorter period.")
