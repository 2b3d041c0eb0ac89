"""What review must know beside the superbill: the patient's earlier charges, and what a code's policies are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from chartdesk.kit import database
from chartdesk.pms.charges.bill import Past, Policy
from chartdesk.pms.charges.models import Superbill
from chartdesk.pms.edits import queries as edits
from chartdesk.record.access import Subject

#: How far back a charge can matter: three years, after which a patient counts as new.
_DAYS = 3 * 366
_PAST = """
    SELECT coalesce(l.service_date, b.service_date), l.code, l.modifiers, l.practitioner
      FROM charges_superbill b JOIN charges_chargeline l ON l.superbill_id = b.id AND l.practice = b.practice
     WHERE b.practice = %s AND b.patient = %s AND b.service_date BETWEEN %s AND %s
       AND b.id <> %s AND b.status <> 'void' AND NOT l.superseded
     ORDER BY b.service_date DESC, b.id DESC, l.position LIMIT 400
"""
_ALIKE = """
    SELECT DISTINCT practitioner FROM scheduling_resource
     WHERE practice = %s AND kind = 'provider' AND practitioner = ANY(%s) AND taxonomy = (
           SELECT taxonomy FROM scheduling_resource
            WHERE practice = %s AND kind = 'provider' AND practitioner = %s ORDER BY id LIMIT 1)
"""


def past(subject: Subject, bill: Superbill) -> list[Past]:
    """The patient's other charges of the last three years, until the day after the visit, the newest first."""
    first, last = bill.service_date - timedelta(days=_DAYS), bill.service_date + timedelta(days=1)
    found = database.rows(_PAST, [subject.practice, bill.patient, first, last, bill.pk])
    return [Past(day, code, tuple(modifiers), by) for day, code, modifiers, by in found]


def policies(codes: Collection[str], on: date) -> dict[str, Policy]:
    """The payment policies by code on a day, as far as the fee schedule of Medicare was imported."""
    if not codes:
        return {}
    found = edits.relative_values(codes, on)
    return {
        code: Policy(one.global_days, one.multiple, one.bilateral, one.assistant)
        for (code, modifier), one in found.items()
        if not modifier
    }


def alike(subject: Subject, practitioner: str, others: Collection[str]) -> frozenset[str]:
    """Those of ``others`` who have the same specialty as ``practitioner``, and the practitioner too."""
    if not set(others) - {practitioner}:
        return frozenset({practitioner})
    values = [subject.practice, sorted(others), subject.practice, practitioner]
    return frozenset({practitioner, *(one for (one,) in database.rows(_ALIKE, values))})
