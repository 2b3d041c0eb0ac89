"""The note: saved as a draft, signed once, added to afterwards.

A draft is saved whatever it lacks, so that nothing written is lost; the signature is what is refused. It
writes the text of the note as a document into the record, with a digest, and from then on the database
itself refuses any change.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from chartdesk.ehr.charting import document, events, preparing, resources, rules, visits, vitals
from chartdesk.ehr.charting.content import Diagnosis, NoteContent, Procedure
from chartdesk.ehr.charting.models import (
    Addendum,
    DayVisit,
    Note,
    NoteDiagnosis,
    NoteProcedure,
    OfferedProcedure,
)
from chartdesk.ehr.charting.templates import KEYS, template_of
from chartdesk.ehr.elements import clinician
from chartdesk.kit import clock, live
from chartdesk.kit.errors import Conflict, Invalid, NotFound, Stale
from chartdesk.kit.ids import new_id
from chartdesk.kit.transactions import transaction
from chartdesk.record import audit, store
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of
from chartdesk.standards.terminology import icd10
from chartdesk.standards.terminology.decision_making import ELEMENTS, LEVELS

#: More entries than any visit has; a note with more is a mistake.
_MOST_ENTRIES = 50


def save_note(subject: Subject, note_id: int, content: NoteContent, *, version: int) -> int:
    """Save the draft; ``version`` is the one that the writer began from. Returns the new version.

    Raises Stale, saying who saved it since, Conflict when it is signed, Invalid for what cannot be stored.
    """
    subject.require(Role.CLINICIAN, Role.NURSE)
    tidy = _tidied(content)
    with transaction(subject):
        note = _locked(subject, note_id, version)
        note.sections, note.minutes, note.decision = tidy.sections, tidy.minutes, tidy.decision
        note.author, note.author_name, note.saved = subject.actor, subject.name, clock.now()
        note.version += 1
        note.save()
        _put_codes(subject, note, tidy)
        audit.record(subject, "U", "note", patient=note.patient, resource_id=str(note.pk))
        live.announce(subject, "notes", note.encounter)
    return int(note.version)


def sign(subject: Subject, note_id: int, *, version: int) -> str:
    """Sign the note as it stands at ``version``; returns the SHA-256 digest of its text.

    Writes the document, the diagnoses and the finished Encounter, and announces ``EncounterSigned``. Raises
    Invalid with every issue that stands against it, Stale, and Conflict when it is signed already.
    """
    subject.require(Role.CLINICIAN)
    with transaction(subject):
        note = _locked(subject, note_id, version)
        visit = DayVisit.objects.get(practice=subject.practice, encounter=note.encounter)
        content = content_of(note)
        refused = [issue for issue in issues_of(subject, visit, note, content) if issue.severity == "error"]
        if refused:
            raise Invalid(
                "The note cannot be signed yet: " + " ".join(issue.message for issue in refused),
                where=refused[0].where,
                cure=refused[0].cure,
                issues=refused,
            )
        moment = clock.now()
        text = _text(subject, visit, note, content, moment)
        note.digest, note.document = document.digest(text), new_id()
        note.status, note.signed, note.signed_by, note.signed_name = (
            "signed",
            moment,
            subject.actor,
            subject.name,
        )
        note.practitioner = subject.practitioner or visit.practitioner
        signed = resources.Signed(note.pk, _title(visit), text, note.digest, clinician(subject), moment)
        store.put(subject, resources.document(note.document, visit, signed), create=True)
        _finish_encounter(subject, visit, note, content, moment)
        note.save()
        audit.record(subject, "E", "note signature", patient=note.patient, resource_id=str(note.pk))
        _announce(subject, events.SIGNED, visit)
        live.announce(subject, "charges", note.encounter)
    return str(note.digest)


def addend(subject: Subject, note_id: int, text: str) -> int:
    """Add ``text`` to a signed note; returns the addendum's number. The note itself stays as it is.

    Raises Invalid for an empty text, Conflict while the note is a draft.
    """
    subject.require(Role.CLINICIAN)
    words = text.strip()
    if not words or len(words) > rules.LONGEST_SECTION:
        raise Invalid("An addendum needs a text.", where="text", cure="Write what is to be added.")
    with transaction(subject):
        note = _note(subject, note_id)
        if note.status != "signed":
            raise Conflict("The note is not signed.", cure="Change the note itself.", where="status")
        visit = DayVisit.objects.get(practice=subject.practice, encounter=note.encounter)
        moment, title = clock.now(), f"Addendum to: {_title(visit)}"
        whole = document.addendum(words, subject.name, moment, practice_of(subject).zone)
        signed = resources.Signed(note.pk, title, whole, document.digest(whole), clinician(subject), moment)
        stored = store.put(subject, resources.document(new_id(), visit, signed, appends=note.document), create=True)
        added = Addendum.objects.create(
            practice=subject.practice,
            note=note,
            text=words,
            author=subject.actor,
            author_name=subject.name,
            at=moment,
            document=stored.id,
        )
        audit.record(subject, "C", "addendum", patient=note.patient, resource_id=str(note.pk))
        _announce(subject, events.ADDENDED, visit)
    return int(added.pk)


def issues_of(subject: Subject, visit: DayVisit, note: Note, content: NoteContent) -> list[rules.Issue]:
    """What stands between the draft and its signature, errors and warnings."""
    codes = [procedure.code for procedure in content.procedures]
    offered = OfferedProcedure.objects.filter(practice=subject.practice, active=True, code__in=codes)
    template = template_of(subject, note.template)
    draft = rules.Draft(
        content=content,
        titles={section.key: section.title for section in template.sections},
        prepared=note.prepared,
        offered=set(offered.values_list("code", flat=True)),
        step=visit.status,
    )
    return rules.sign_issues(draft)


def content_of(note: Note) -> NoteContent:
    """What the note holds, as plain data."""
    return NoteContent(
        sections=dict(note.sections),
        diagnoses=[Diagnosis(row.code, row.description) for row in note.diagnoses.order_by("position")],
        procedures=[
            Procedure(row.code, list(row.modifiers), row.units, list(row.pointers), row.description)
            for row in note.procedures.order_by("position")
        ],
        minutes=note.minutes,
        decision=dict(note.decision),
    )


def _note(subject: Subject, note_id: int) -> Note:
    note: Note | None = Note.objects.select_for_update().filter(practice=subject.practice, pk=note_id).first()
    if note is None:
        raise NotFound(f"There is no note {note_id}.", where="note")
    return note


def _locked(subject: Subject, note_id: int, version: int) -> Note:
    """The draft at ``version``, locked."""
    note = _note(subject, note_id)
    if note.status == "signed":
        raise Conflict(f"{note.signed_name} has signed this note.", cure="Add an addendum.", where="status")
    if note.version != version:
        when = ""
        if note.saved:
            when = f" at {note.saved.astimezone(ZoneInfo(practice_of(subject).zone)):%-I:%M %p on %b %-d, %Y}"
        raise Stale(
            f"{note.author_name or 'Somebody else'} saved this note{when} (version {note.version}); "
            f"you began from version {version}.",
            current=note.version,
            cure="Read the newer version, then repeat your change.",
            where="version",
        )
    return note


def _tidied(content: NoteContent) -> NoteContent:
    """The content as it is stored: codes in capitals, descriptions filled in.

    Raises Invalid for the impossible.
    """
    unknown = sorted(set(content.sections) - set(KEYS))
    if unknown:
        raise Invalid(f"There is no section {unknown[0]!r}.", where="sections", cure=f"One of {', '.join(KEYS)}.")
    for key, text in content.sections.items():
        if len(text) > rules.LONGEST_SECTION or "\x00" in text:
            cure = f"A section holds up to {rules.LONGEST_SECTION:,} characters of text."
            raise Invalid("This text cannot be stored.", where=f"sections.{key}", cure=cure)
    if max(len(content.diagnoses), len(content.procedures)) > _MOST_ENTRIES:
        raise Invalid("There are too many diagnoses or procedures.", cure=f"At most {_MOST_ENTRIES} of each.")
    if content.minutes is not None and not 0 <= content.minutes <= 24 * 60:
        raise Invalid(f"{content.minutes} minutes is not a time.", where="minutes", cure="Give 0 to 1440.")
    sections = {key: content.sections.get(key, "").replace("\r\n", "\n").strip() for key in KEYS}
    return replace(
        content,
        sections=sections,
        decision=_tidy_decision(content.decision),
        diagnoses=[_tidy_diagnosis(item, f"diagnoses[{n}]") for n, item in enumerate(content.diagnoses)],
        procedures=[_tidy_procedure(item, f"procedures[{n}]") for n, item in enumerate(content.procedures)],
    )


def _tidy_decision(given: dict[str, str]) -> dict[str, str]:
    """The elements that a level is named for."""
    for name, level in given.items():
        if name not in ELEMENTS or level not in ("", *LEVELS):
            raise Invalid(
                f"{level[:20]!r} is no level of {name[:20]}.", where=name, cure=f"One of {', '.join(LEVELS)}."
            )
    return {name: given[name] for name in ELEMENTS if given.get(name)}


def _tidy_diagnosis(item: Diagnosis, where: str) -> Diagnosis:
    if icd10.is_billable(item.code):
        return Diagnosis(*icd10.lookup(item.code))
    code = item.code.strip().upper()
    if not 0 < len(code) <= 10:
        raise Invalid(f"{code[:20]!r} is no diagnosis code.", where=where, cure="Choose one from the search.")
    return Diagnosis(code, item.description[:300])


def _tidy_procedure(item: Procedure, where: str) -> Procedure:
    code = item.code.strip().upper()
    if not 0 < len(code) <= 5:
        raise Invalid(f"{code[:20]!r} is no procedure code.", where=where, cure="Choose one from the list.")
    units = Decimal(item.units)
    if not units.is_finite() or not -1000 < units < 100_000:
        raise Invalid(f"{units} is no number of units.", where=where, cure="Give a number such as 1.")
    modifiers = [modifier.strip().upper()[:4] for modifier in item.modifiers if modifier.strip()]
    return replace(item, code=code, modifiers=modifiers, units=units, description=item.description[:300])


def _put_codes(subject: Subject, note: Note, content: NoteContent) -> None:
    """The note's diagnoses and procedures as they are now."""
    descriptions = dict(
        OfferedProcedure.objects.filter(
            practice=subject.practice, code__in=[procedure.code for procedure in content.procedures]
        ).values_list("code", "description")
    )
    note.diagnoses.all().delete()
    note.procedures.all().delete()
    NoteDiagnosis.objects.bulk_create(
        NoteDiagnosis(
            practice=subject.practice,
            note=note,
            position=position,
            code=item.code,
            description=item.description,
        )
        for position, item in enumerate(content.diagnoses, 1)
    )
    NoteProcedure.objects.bulk_create(
        NoteProcedure(
            practice=subject.practice,
            note=note,
            position=position,
            code=item.code,
            modifiers=item.modifiers,
            units=item.units,
            pointers=item.pointers,
            description=item.description or descriptions.get(item.code, ""),
        )
        for position, item in enumerate(content.procedures, 1)
    )


def _text(subject: Subject, visit: DayVisit, note: Note, content: NoteContent, moment: datetime) -> str:
    practice = practice_of(subject)
    known = preparing.known(subject, visit)
    today = vitals.of_encounter(subject, visit.patient, visit.encounter)
    heading = document.Heading(
        practice=practice.name,
        zone=practice.zone,
        patient_name=visit.patient_name or f"Patient/{visit.patient}",
        mrn=visit.mrn,
        birth_date=visit.birth_date,
        visit=visit.visit_type_name,
        starts=visit.starts,
        clinician=subject.name,
    )
    chart = document.Chart(known.problems, known.allergies, known.medications, today[-1].line if today else "")
    titles = {section.key: section.title for section in template_of(subject, note.template).sections}
    return document.text(heading, titles, content, chart, moment)


def _finish_encounter(subject: Subject, visit: DayVisit, note: Note, content: NoteContent, moment: datetime) -> None:
    """The diagnoses as Conditions of the visit, and the Encounter that names them, finished."""
    conditions = []
    for item in content.diagnoses:
        condition = resources.diagnosis(new_id(), visit, item, recorder=clinician(subject), at=moment)
        conditions.append(store.put(subject, condition, create=True).id)
    found = visits.put_encounter(subject, visit, signed=True)
    store.put(subject, resources.with_diagnoses(found, conditions))


def _title(visit: DayVisit) -> str:
    return f"{visit.visit_type_name or 'Visit'}, {visit.starts:%b %-d, %Y}"


def _announce(subject: Subject, kind: str, visit: DayVisit) -> None:
    events.announce(
        subject,
        kind,
        encounter_id=visit.encounter,
        patient_id=visit.patient,
        appointment_id=visit.appointment,
    )
    for topic, reference in (("notes", visit.encounter), ("day", visit.appointment)):
        live.announce(subject, topic, reference)
