"""Every write of charting by its name; the modules named here hold them.

The chart lists have their own verbs: ``problems.add``, ``problems.resolve``, ``allergies.add``,
``allergies.record_none``, ``allergies.withdraw``, ``vitals.record``, ``vitals.withdraw``.
"""

from chartdesk.ehr.charting.content import Demographics, Diagnosis, NoteContent, Procedure, VisitNotice
from chartdesk.ehr.charting.notes import addend, save_note, sign
from chartdesk.ehr.charting.templates import set_template
from chartdesk.ehr.charting.visits import (
    coverage_changed,
    coverages_changed,
    demographics_changed,
    expect_visit,
    offer_procedures,
    visit_cancelled,
)

__all__ = [
    "Demographics",
    "Diagnosis",
    "NoteContent",
    "Procedure",
    "VisitNotice",
    "addend",
    "coverage_changed",
    "coverages_changed",
    "demographics_changed",
    "expect_visit",
    "offer_procedures",
    "save_note",
    "set_template",
    "sign",
    "visit_cancelled",
]
