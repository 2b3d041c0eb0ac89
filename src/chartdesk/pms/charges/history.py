"""Earlier charges: the patient's, which review must know, with the policies of codes; a visit type's, for estimates."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from chartdesk.kit import database
from chartdesk.kit.transactions import reading
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
#: Visits of a type are looked at for so long, the last so many, and from so few nothing is said.
_LATELY, _MANY, _FEW = timedelta(days=90), 50, 5
_USUAL = """
    WITH lately AS MATERIALIZED (
        SELECT appointment FROM scheduling_appointmentindex
         WHERE practice = %s AND visit_type = %s AND status = 'departed' AND starts >= %s AND starts < %s
         ORDER BY starts DESC LIMIT %s),
    bills AS MATERIALIZED (
        SELECT b.id FROM charges_superbill b JOIN lately USING (appointment)
         WHERE b.practice = %s AND b.status <> 'void')
    SELECT l.code FROM charges_chargeline l JOIN bills ON bills.id = l.superbill_id
     WHERE l.practice = %s AND NOT l.superseded AND (SELECT count(*) FROM bills) >= %s
     GROUP BY l.code HAVING count(DISTINCT l.superbill_id) * 2 > (SELECT count(*) FROM bills)
     ORDER BY min(l.position), l.code
"""


def usual_codes(subject: Subject, visit_type: str, on: date) -> list[str]:
    """The codes that more than half of the latest visits of a type before a day were charged with; none where there
    were few.

    Only codes are read, no patient: there is nothing to audit.
    """
    with reading(subject):
        given = [subject.practice, visit_type, on - _LATELY, on, _MANY]
        return [code for (code,) in database.rows(_USUAL, [*given, subject.practice, subject.practice, _FEW])]


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
