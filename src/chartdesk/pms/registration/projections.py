"""The index follows every write of a Patient, whoever writes it: front desk, FHIR client, interface, import.

A patient who comes without a medical record number of ours gets one here. It stands in the index, and in the
resource from the front desk's first change on: what a partner sent stays as it was sent.
"""

from __future__ import annotations

from django.db import connection

from chartdesk.kit import live, outbox
from chartdesk.kit.errors import Conflict
from chartdesk.kit.numbers import next_number, reserve
from chartdesk.pms.registration import events, indexing, resources
from chartdesk.pms.registration.models import PatientIndex, PatientWord
from chartdesk.record import rules
from chartdesk.record.access import Subject
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4

FIRST_MRN = 100_001
_FIRST_FREE = """
    WITH taken AS MATERIALIZED (
        SELECT mrn::bigint AS number FROM registration_patientindex
         WHERE practice = %(practice)s AND mrn ~ '^[1-9][0-9]{0,17}$'
    )
    SELECT min(number) + 1 FROM taken
     WHERE number >= %(taken)s AND NOT EXISTS (SELECT 1 FROM taken AS next WHERE next.number = taken.number + 1)
"""
_ADD_WORDS = """
    INSERT INTO registration_patientword (practice, word, entry)
    SELECT %s, word, %s FROM unnest(%s::text[]) AS word ON CONFLICT DO NOTHING
"""
_ADD_NAMES = """
    INSERT INTO registration_nameword (practice, word)
    SELECT %s, word FROM unnest(%s::text[]) AS word ORDER BY word ON CONFLICT DO NOTHING
"""


def register() -> None:
    """Follow the writes of Patients. Called once, when the program starts."""
    rules.after_write("Patient", project)


def project(subject: Subject, old: Stored | None, new: Stored | None) -> None:
    """Bring the index in line with a written Patient (``new`` None: deleted) and announce it."""
    if new is None or new.deleted:
        if old is not None:
            _remove(subject, old.id)
        return
    patient = new.resource
    assert isinstance(patient, r4.Patient)
    _index(subject, new.id, patient)
    created = old is None or old.deleted
    kind = events.REGISTERED if created else events.AMENDED
    outbox.emit(subject, kind, events.stream(new.id), {"patient_id": new.id}, actor=subject.actor)
    live.announce(subject, "patients", new.id)


def take_mrn(subject: Subject) -> str:
    """A medical record number that nobody in the practice has."""
    number = next_number(subject, "mrn", first=FIRST_MRN)
    if PatientIndex.objects.filter(practice=subject.practice, mrn=str(number)).exists():
        # Numbers that came with another system's patients: pass the whole run of them at once.
        with connection.cursor() as cursor:
            cursor.execute(_FIRST_FREE, {"practice": subject.practice, "taken": number})
            number = reserve(subject, "mrn", cursor.fetchone()[0] - number)[-1]
    return str(number)


def _index(subject: Subject, patient_id: str, patient: r4.Patient) -> None:
    known = PatientIndex.objects.filter(practice=subject.practice, patient=patient_id).first()
    said = resources.identifier(patient.identifier, resources.MRN)
    mrn = said or (known.mrn if known else take_mrn(subject))
    if said and (known is None or known.mrn != said):
        _check_free(subject, said, patient_id)
    row, _ = PatientIndex.objects.update_or_create(
        practice=subject.practice,
        patient=patient_id,
        defaults={**indexing.columns(patient), "mrn": mrn},
    )
    wanted = indexing.words(patient)
    held = set(PatientWord.objects.filter(practice=subject.practice, entry=row.pk).values_list("word", flat=True))
    if held - wanted:
        PatientWord.objects.filter(practice=subject.practice, entry=row.pk, word__in=held - wanted).delete()
    with connection.cursor() as cursor:
        if wanted - held:
            cursor.execute(_ADD_WORDS, [subject.practice, row.pk, sorted(wanted - held)])
            cursor.execute(_ADD_NAMES, [subject.practice, sorted(indexing.name_words(patient) - held)])


def _check_free(subject: Subject, mrn: str, patient_id: str) -> None:
    other = PatientIndex.objects.filter(practice=subject.practice, mrn=mrn).exclude(patient=patient_id).first()
    if other is not None:
        raise Conflict(
            f"Record number {mrn} belongs to Patient/{other.patient}.",
            where="Patient.identifier",
            cure="Leave the number out to get a new one, or amend that patient.",
        )


def _remove(subject: Subject, patient_id: str) -> None:
    rows = PatientIndex.objects.filter(practice=subject.practice, patient=patient_id)
    for row in rows:
        PatientWord.objects.filter(practice=subject.practice, entry=row.pk).delete()
    rows.delete()
