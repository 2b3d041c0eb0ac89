"""Preparing notes: the draft of each expected visit holds what is known, until somebody writes into it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from chartdesk.ehr.charting import allergies, prepared, problems, vital_signs
from chartdesk.ehr.charting.models import DayVisit, Note
from chartdesk.ehr.charting.prepared import Known
from chartdesk.ehr.medications import queries as medications
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of


def known(subject: Subject, visit: DayVisit) -> Known:
    """What is known before the visit: the reason, and the chart lists of this moment."""
    last = vital_signs.last(subject, visit.patient)
    zone = ZoneInfo(practice_of(subject).zone)
    return Known(
        reason=visit.reason,
        problems=[item.text for item in problems.active(subject, visit.patient)],
        allergies=[item.text for item in allergies.active(subject, visit.patient)],
        medications=[item.text for item in medications.active(subject, visit.patient)],
        vitals=f"{last.line} ({last.taken.astimezone(zone):%b %-d, %Y})" if last else "",
    )


def prepare(subject: Subject, visit: DayVisit, note: Note | None) -> None:
    """Make the draft, or bring it up to date while nobody has touched it. Call it with the visit locked."""
    if note is not None and (note.version or note.status == "signed" or visit.status == "departed"):
        return
    texts = prepared.sections(known(subject, visit))
    if note is None:
        Note.objects.create(
            practice=subject.practice,
            encounter=visit.encounter,
            patient=visit.patient,
            template=visit.template,
            sections=texts,
            prepared=texts,
        )
        return
    # Version 0 in the condition: whoever saves the note at this moment wins.
    Note.objects.filter(pk=note.pk, version=0, status="draft").update(
        template=visit.template, sections=texts, prepared=texts
    )


def prepare_again(subject: Subject, encounter_id: str) -> None:
    """Bring the untouched draft of one visit up to date, after its vital signs or lists changed."""
    visit = DayVisit.objects.filter(practice=subject.practice, encounter=encounter_id).first()
    note = Note.objects.filter(practice=subject.practice, encounter=encounter_id).first()
    if visit is not None and note is not None:
        prepare(subject, visit, note)
