"""The visits to expect: the day list, their Encounters and their prepared notes follow what scheduling says.

Every notice carries the whole truth of the moment, so a notice that comes twice changes nothing, and a
later one mends whatever an earlier one got wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields

from msgspec.json import encode as json_encode

from chartdesk.ehr.charting import preparing, resources, rules
from chartdesk.ehr.charting.content import STEPS, WITHDRAWN, Demographics, VisitNotice
from chartdesk.ehr.charting.models import DayVisit, Note, OfferedProcedure
from chartdesk.kit import clock, database, live, worklist
from chartdesk.kit.arrays import Texts
from chartdesk.kit.errors import Conflict, Invalid
from chartdesk.kit.ids import new_id
from chartdesk.kit.transactions import advisory_lock, joined, transaction
from chartdesk.record import store
from chartdesk.record.access import Subject
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4

#: What stays as it was once the note is signed: the visit as it was charged.
_SIGNED_KEEPS = frozenset({"practitioner", "starts", "ends", "visit_type", "visit_type_name", "template", "status"})
# Rows in their order, so that two who change the same visits never wait for each other.
_DEMOGRAPHICS = """
    WITH given AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(%(rows)s::text::jsonb)
            AS g(patient_id text, patient_name text, birth_date date, sex text, mrn text, alerts text)
    ), held AS MATERIALIZED (
        SELECT d.id, g.* FROM charting_dayvisit d JOIN given g ON g.patient_id = d.patient
         WHERE d.practice = %(practice)s::int4 ORDER BY d.id FOR UPDATE OF d
    )
    UPDATE charting_dayvisit d SET (patient_name, birth_date, sex, mrn, alerts) =
           (h.patient_name, h.birth_date, h.sex, h.mrn, h.alerts)
      FROM held h WHERE d.id = h.id
"""
_COVERAGES = """
    WITH held AS MATERIALIZED (
        SELECT d.id, g.summary FROM charting_dayvisit d
          JOIN unnest(%(patients)b::text[], %(summaries)b::text[]) AS g(patient, summary) ON g.patient = d.patient
         WHERE d.practice = %(practice)s::int4 AND d.ends >= %(now)s AND d.coverage_summary <> g.summary
         ORDER BY d.id FOR UPDATE OF d
    )
    UPDATE charting_dayvisit d SET coverage_summary = h.summary FROM held h WHERE d.id = h.id
"""


def expect_visit(subject: Subject, notice: VisitNotice) -> str:
    """Put the visit on the day list as the notice says, with its Encounter and a prepared note.

    Returns the Encounter's id. Idempotent: the same notice again changes nothing. A signed visit keeps its
    time, clinician and type. Raises Invalid for an unknown status, Conflict when the visit was another
    patient's.
    """
    if notice.status not in STEPS:
        raise Invalid(f"{notice.status!r} is no step of a visit.", where="status", cure=f"One of {', '.join(STEPS)}.")
    with transaction(subject):
        visit = _locked(subject, notice.appointment_id)
        if visit is not None and visit.patient != notice.patient_id:
            raise Conflict(
                f"Appointment/{notice.appointment_id} is a visit of Patient/{visit.patient}.",
                cure="Cancel it and book a new one for the other patient.",
                where="patient_id",
            )
        if visit is None:
            visit = DayVisit(practice=subject.practice, encounter=new_id(), appointment=notice.appointment_id)
        note = Note.objects.filter(practice=subject.practice, encounter=visit.encounter).first()
        signed = note is not None and note.status == "signed"
        before = _state(visit)
        stale = note is None or notice.status == "arrived" or visit.reason != notice.reason
        _take(visit, notice, keep=_SIGNED_KEEPS if signed else frozenset())
        if _state(visit) != before or visit.pk is None:
            visit.save()
        put_encounter(subject, visit, signed=signed)
        if stale:
            preparing.prepare(subject, visit, note)
        _announce(subject, visit)
    return str(visit.encounter)


def visit_cancelled(subject: Subject, appointment_id: str, *, status: str = "cancelled") -> None:
    """Take a visit off the day list; ``status`` is cancelled or noshow. A visit never heard of is no error.

    What was written into its note stays. A visit with a signed note stays on the list, and a work item asks
    why.
    """
    if status not in WITHDRAWN:
        raise Invalid(f"{status!r} does not withdraw a visit.", where="status", cure="cancelled or noshow.")
    with transaction(subject):
        visit = _locked(subject, appointment_id)
        if visit is None or visit.status == status:
            return
        if Note.objects.filter(practice=subject.practice, encounter=visit.encounter, status="signed").exists():
            _ask_about_signed(subject, visit, status)
            return
        visit.status = status
        visit.arrived = visit.roomed = visit.departed = None
        visit.save()
        put_encounter(subject, visit, signed=False)
        _announce(subject, visit)


def demographics_changed(subject: Subject, *patients: Demographics) -> int:
    """Show patients' changed names, birth dates, sex and alerts on their visits; returns on how many."""
    rows = json_encode([asdict(one) for one in patients]).decode()
    with joined(subject):
        changed = database.execute(_DEMOGRAPHICS, {"rows": rows, "practice": subject.practice}).rowcount
        if changed:
            live.announce(subject, "day", "")
    return changed


def coverages_changed(subject: Subject, summaries: Mapping[str, str]) -> int:
    """Show the changed insurance of several patients on their visits that are not over; returns on how many."""
    values = {
        "practice": subject.practice,
        "patients": Texts(summaries),
        "summaries": Texts(summaries.values()),
        "now": clock.now(),
    }
    with joined(subject):
        changed = database.execute(_COVERAGES, values).rowcount
        if changed:
            live.announce(subject, "day", "")
    return changed


def coverage_changed(subject: Subject, patient_id: str, summary: str, *, appointment_id: str = "") -> int:
    """Show a changed insurance on the patient's visits that are not over, or on one; returns on how many."""
    with transaction(subject):
        rows = DayVisit.objects.filter(practice=subject.practice, patient=patient_id)
        if appointment_id:
            rows = rows.filter(appointment=appointment_id)
        else:
            rows = rows.filter(ends__gte=clock.now())
        changed: int = rows.exclude(coverage_summary=summary).update(coverage_summary=summary)
        if changed:
            live.announce(subject, "day", appointment_id)
    return changed


def offer_procedures(subject: Subject, offered: list[tuple[str, str]]) -> int:
    """Make (code, description) pairs the list to choose procedures from; returns how many there are.

    What is no longer on it is kept and not offered. Raises Invalid for a code that is none.
    """
    wrong = [code for code, _ in offered if not rules.is_procedure_code(code)]
    if wrong:
        raise Invalid(f"{wrong[0][:10]!r} is no CPT or HCPCS code.", where="code", cure="Five letters or digits.")
    with transaction(subject):
        advisory_lock("offered procedures", subject.practice)
        rows = OfferedProcedure.objects.filter(practice=subject.practice)
        rows.exclude(code__in=[code for code, _ in offered]).filter(active=True).update(active=False)
        OfferedProcedure.objects.bulk_create(
            [
                OfferedProcedure(practice=subject.practice, code=code, description=description, active=True)
                for code, description in dict(offered).items()
            ],
            update_conflicts=True,
            unique_fields=["practice", "code"],
            update_fields=["description", "active"],
        )
    return len(dict(offered))


def put_encounter(subject: Subject, visit: DayVisit, *, signed: bool) -> r4.Encounter:
    """Write the visit's Encounter where it differs from what the record has; returns it."""
    found = store.lock(subject, "Encounter", visit.encounter)
    old = found[1].resource if found and not found[1].deleted else None
    assert old is None or isinstance(old, r4.Encounter)
    new = resources.encounter(visit, rules.encounter_status(visit.status, signed=signed), old)
    if old is None or fhir.encode(old) != fhir.encode(new):
        store.put(subject, new)
    return new


def _locked(subject: Subject, appointment_id: str) -> DayVisit | None:
    """The visit, locked; two notices of one visit wait for each other also while there is no row yet."""
    advisory_lock("visit", subject.practice, appointment_id)
    rows = DayVisit.objects.select_for_update()
    found: DayVisit | None = rows.filter(practice=subject.practice, appointment=appointment_id).first()
    return found


def _take(visit: DayVisit, notice: VisitNotice, *, keep: frozenset[str]) -> None:
    names = {"patient_id": "patient", "appointment_id": "appointment"}
    told = {field.name for field in fields(notice)} - keep
    if notice.coverage_summary is None:
        told.discard("coverage_summary")
    for name in told:
        setattr(visit, names.get(name, name), getattr(notice, name))
    if "status" in keep and notice.status == "departed":
        visit.status = notice.status


def _state(visit: DayVisit) -> dict[str, object]:
    return {field.attname: getattr(visit, field.attname) for field in DayVisit._meta.concrete_fields}


def _announce(subject: Subject, visit: DayVisit) -> None:
    live.announce(subject, "day", visit.appointment)


def _ask_about_signed(subject: Subject, visit: DayVisit, status: str) -> None:
    word = "cancelled" if status == "cancelled" else "marked as a no-show"
    worklist.raise_item(
        subject,
        worklist.Task(
            kind="signed_visit_withdrawn",
            key=visit.appointment,
            role="clinician",
            title=f"A visit with a signed note was {word}",
            detail=f"The visit of {visit.starts:%b %-d, %Y} stays as it was signed.",
            cure="If it did take place, have the front desk take the step back.",
            about=f"Patient/{visit.patient}",
            link=("encounter", visit.encounter),
        ),
    )
