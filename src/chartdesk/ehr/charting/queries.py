"""Reading the day, the note with its chart, and what was signed."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from chartdesk.ehr.charting import allergies, document, notes, problems, rules, templates, vitals
from chartdesk.ehr.charting.allergies import Allergy
from chartdesk.ehr.charting.content import (
    WITHDRAWN,
    AddendumView,
    Diagnosis,
    NoteContent,
    Procedure,
    SignedEncounter,
)
from chartdesk.ehr.charting.models import DayVisit, Note, OfferedProcedure
from chartdesk.ehr.charting.problems import Problem
from chartdesk.ehr.charting.vitals import VitalsView
from chartdesk.ehr.medications import queries as medications
from chartdesk.ehr.medications.queries import Medication
from chartdesk.kit.errors import Conflict, NotFound
from chartdesk.kit.transactions import reading
from chartdesk.record import audit, store
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of
from chartdesk.standards.fhir import r4

#: Who may read notes. The front desk sees that a visit is, not what was said in it.
READERS = (Role.CLINICIAN, Role.NURSE, Role.BILLER, Role.MANAGER)


@dataclass(frozen=True)
class DayVisitView:
    """A visit on the day list.

    ``note_status`` is draft, signed or empty; ``note_started`` is a touched draft.
    """

    appointment_id: str
    encounter_id: str
    patient_id: str
    patient_name: str
    birth_date: date | None
    sex: str
    mrn: str
    alerts: str
    practitioner: str
    starts: datetime
    ends: datetime
    visit_type: str
    visit_type_name: str
    status: str
    room: str
    reason: str
    coverage_summary: str
    site: str
    site_name: str
    place_of_service: str
    arrived: datetime | None
    roomed: datetime | None
    departed: datetime | None
    note_id: int | None
    note_status: str
    note_started: bool
    signed: datetime | None


@dataclass(frozen=True)
class SectionView:
    """A section of the note with its heading, what to think of, and its text."""

    key: str
    title: str
    questions: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Chart:
    """The patient's lists and last vital signs."""

    problems: list[Problem]
    allergies: list[Allergy]
    medications: list[Medication]
    vitals: VitalsView | None


@dataclass(frozen=True)
class NoteView:
    """A note with its visit and the patient's chart. ``issues`` stand against the signature of a draft."""

    note_id: int
    version: int
    status: str
    visit: DayVisitView
    template: str
    template_name: str
    sections: list[SectionView]
    diagnoses: list[Diagnosis]
    procedures: list[Procedure]
    minutes: int | None
    decision: dict[str, str]
    author_name: str
    saved: datetime | None
    signed: datetime | None
    signed_name: str
    digest: str
    document_id: str
    addenda: list[AddendumView]
    problems: list[Problem]
    allergies: list[Allergy]
    medications: list[Medication]
    vitals: list[VitalsView]
    last_vitals: VitalsView | None
    issues: list[rules.Issue]


def day(
    subject: Subject, practitioner: str, on: date, zone: str = "", *, withdrawn: bool = False
) -> list[DayVisitView]:
    """The visits of a day in ``zone`` (the practice's) by time; of every clinician when ``practitioner`` is
    empty.

    Cancelled visits and no-shows are left out unless ``withdrawn``.
    """
    place = ZoneInfo(zone or practice_of(subject).zone)
    first = datetime.combine(on, time(), place)
    last = datetime.combine(on + timedelta(days=1), time(), place)
    with reading(subject):
        rows = DayVisit.objects.filter(practice=subject.practice, starts__gte=first, starts__lt=last)
        if practitioner:
            rows = rows.filter(practitioner=practitioner)
        if not withdrawn:
            rows = rows.exclude(status__in=WITHDRAWN)
        return _views(subject, list(rows.order_by("starts", "pk")))


def of_patient(subject: Subject, patient_id: str) -> list[DayVisitView]:
    """Every visit of a patient, the newest first, with what did not take place."""
    with reading(subject):
        rows = DayVisit.objects.filter(practice=subject.practice, patient=patient_id)
        return _views(subject, list(rows.order_by("-starts", "-pk")))


def unsigned(subject: Subject, practitioner: str = "") -> list[DayVisitView]:
    """Visits that took place and whose note is not signed, the oldest first."""
    with reading(subject):
        drafts = Note.objects.filter(practice=subject.practice, status="draft").values("encounter")
        rows = DayVisit.objects.filter(practice=subject.practice, status__in=["roomed", "departed"])
        rows = rows.filter(encounter__in=drafts)
        if practitioner:
            rows = rows.filter(practitioner=practitioner)
        return _views(subject, list(rows.order_by("starts", "pk")))


def of_appointment(subject: Subject, appointment_id: str) -> DayVisitView:
    """One visit by the scheduler's key. Raises NotFound."""
    with reading(subject):
        row = DayVisit.objects.filter(practice=subject.practice, appointment=appointment_id).first()
        if row is None:
            raise NotFound(f"No visit is expected for Appointment/{appointment_id}.", where="appointment")
        return _views(subject, [row])[0]


def note(subject: Subject, encounter_id: str) -> NoteView:
    """The note of an encounter with everything that its page shows. Raises NotFound, Forbidden."""
    subject.require(*READERS)
    with reading(subject):
        row, found = _visit_and_note(subject, encounter_id)
        content = notes.content_of(found)
        template = templates.template_of(subject, found.template)
        lists = chart(subject, row.patient)
        audit.record(subject, "R", "note", patient=row.patient, resource_id=str(found.pk))
        draft = found.status == "draft"
        return NoteView(
            note_id=found.pk,
            version=found.version,
            status=found.status,
            visit=_view(row, found),
            template=template.code,
            template_name=template.name,
            sections=[
                SectionView(part.key, part.title, part.questions, content.sections.get(part.key, ""))
                for part in template.sections
            ],
            diagnoses=content.diagnoses,
            procedures=content.procedures,
            minutes=found.minutes,
            decision=content.decision,
            author_name=found.author_name,
            saved=found.saved,
            signed=found.signed,
            signed_name=found.signed_name,
            digest=found.digest,
            document_id=found.document,
            addenda=_addenda(found),
            problems=lists.problems,
            allergies=lists.allergies,
            medications=lists.medications,
            vitals=vitals.of_encounter(subject, row.patient, encounter_id),
            last_vitals=lists.vitals,
            issues=notes.issues_of(subject, row, found, content) if draft else [],
        )


def chart(subject: Subject, patient_id: str) -> Chart:
    """The patient's problems, allergies, medicines and last vital signs."""
    with reading(subject):
        return Chart(
            problems=problems.active(subject, patient_id),
            allergies=allergies.active(subject, patient_id),
            medications=medications.active(subject, patient_id),
            vitals=vitals.last(subject, patient_id),
        )


def search_procedures(subject: Subject, text: str, *, limit: int = 20) -> list[OfferedProcedure]:
    """Offered procedures whose code begins with ``text`` or whose description holds all its words."""
    words = text.replace("\x00", "").split()[:8]
    if not words:
        return []
    with reading(subject):
        rows = OfferedProcedure.objects.filter(practice=subject.practice, active=True)
        described = Q()
        for word in words:
            described &= Q(description__icontains=word)
        hits = rows.filter(described | Q(code__istartswith=words[0])) if len(words) == 1 else rows.filter(described)
        return list(hits.order_by("code")[:limit])


def signed(subject: Subject, encounter_id: str) -> SignedEncounter:
    """What was signed, as it is charged. Raises NotFound, Conflict while the note is a draft."""
    with reading(subject):
        row, found = _visit_and_note(subject, encounter_id)
        if found.status != "signed" or found.signed is None:
            raise Conflict(f"The note of Encounter/{encounter_id} is not signed.", cure="Sign it first.")
        content: NoteContent = notes.content_of(found)
        audit.record(subject, "R", "note", patient=row.patient, resource_id=str(found.pk), detail="charges")
        return SignedEncounter(
            encounter_id=encounter_id,
            appointment_id=row.appointment,
            patient_id=row.patient,
            practitioner=found.practitioner,
            site=row.site,
            location=row.location,
            service_date=row.starts.astimezone(ZoneInfo(practice_of(subject).zone)).date(),
            signed_at=found.signed,
            signed_name=found.signed_name,
            minutes=content.minutes,
            decision=content.decision,
            place_of_service=row.place_of_service,
            diagnoses=content.diagnoses,
            procedures=content.procedures,
            addenda=_addenda(found),
        )


def is_intact(subject: Subject, encounter_id: str) -> bool:
    """Whether the document of the signed note still is the text that was signed, by its digest."""
    subject.require(*READERS)
    with reading(subject):
        _, found = _visit_and_note(subject, encounter_id)
        if found.status != "signed":
            raise Conflict(f"The note of Encounter/{encounter_id} is not signed.")
        stored = store.read(subject, r4.DocumentReference, found.document, why="proof of the signature")
        attachment = stored.content[0].attachment
        text = base64.b64decode((attachment.data or "") if attachment else "").decode()
        return bool(document.digest(text) == found.digest)


def _visit_and_note(subject: Subject, encounter_id: str) -> tuple[DayVisit, Note]:
    row = DayVisit.objects.filter(practice=subject.practice, encounter=encounter_id).first()
    found = Note.objects.filter(practice=subject.practice, encounter=encounter_id).first()
    if row is None or found is None:
        raise NotFound(f"There is no note of Encounter/{encounter_id}.", where="encounter")
    return row, found


def _addenda(found: Note) -> list[AddendumView]:
    return [AddendumView(row.text, row.author_name, row.at) for row in found.addenda.order_by("pk")]


def _views(subject: Subject, rows: list[DayVisit]) -> list[DayVisitView]:
    found = Note.objects.filter(practice=subject.practice, encounter__in=[row.encounter for row in rows])
    by_encounter = {row.encounter: row for row in found}
    audit.record_many(subject, [audit.Touched("R", "visit", row.appointment, 0, row.patient) for row in rows])
    return [_view(row, by_encounter.get(row.encounter)) for row in rows]


def _view(row: DayVisit, found: Note | None) -> DayVisitView:
    return DayVisitView(
        appointment_id=row.appointment,
        encounter_id=row.encounter,
        patient_id=row.patient,
        patient_name=row.patient_name,
        birth_date=row.birth_date,
        sex=row.sex,
        mrn=row.mrn,
        alerts=row.alerts,
        practitioner=row.practitioner,
        starts=row.starts,
        ends=row.ends,
        visit_type=row.visit_type,
        visit_type_name=row.visit_type_name,
        status=row.status,
        room=row.room,
        reason=row.reason,
        coverage_summary=row.coverage_summary,
        site=row.site,
        site_name=row.site_name,
        place_of_service=row.place_of_service,
        arrived=row.arrived,
        roomed=row.roomed,
        departed=row.departed,
        note_id=found.pk if found else None,
        note_status=found.status if found else "",
        note_started=bool(found and found.version),
        signed=found.signed if found else None,
    )
