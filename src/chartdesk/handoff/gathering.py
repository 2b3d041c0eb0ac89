"""Messages from the rooms' queries: what either half would say if it were asked now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from chartdesk.ehr.charting import queries as charting
from chartdesk.handoff.contract import (
    CoverageAnnounced,
    Demographics,
    DemographicsChanged,
    EncounterCharges,
    Insurance,
    Offered,
    Procedure,
    ProceduresOffered,
    VisitAnnounced,
    VisitWithdrawn,
)
from chartdesk.kit import clock
from chartdesk.kit.errors import Gone, NotFound
from chartdesk.pms.charges import circumstances, stating
from chartdesk.pms.charges import queries as charges
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.coverage.cards import CoverageView
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of

_NOBODY: Mapping[str, Demographics] = {}
_NOT_TAKING_PLACE = ("cancelled", "noshow")


def visit(
    subject: Subject,
    appointment_id: str,
    patient_id: str,
    *,
    insured: bool = True,
    people: Mapping[str, Demographics] = _NOBODY,
) -> VisitAnnounced | VisitWithdrawn:
    """A visit as it stands; withdrawn also when it or its patient was deleted, or it has no clinician any more.

    ``insured`` says whether to tell of the patient's insurance too; ``people`` are patients that were read already.
    """
    try:
        view = scheduling.appointment(subject, appointment_id)
    except (NotFound, Gone):
        return VisitWithdrawn(appointment_id, patient_id, "cancelled", "The appointment was deleted.")
    if view.status in _NOT_TAKING_PLACE:
        return VisitWithdrawn(appointment_id, view.patient_id, view.status, view.cancel_reason)
    if not view.practitioner:
        return VisitWithdrawn(appointment_id, view.patient_id, "cancelled", "The appointment names no provider.")
    try:
        patient = people.get(view.patient_id) or demographics(subject, view.patient_id)
    except (NotFound, Gone):
        return VisitWithdrawn(appointment_id, view.patient_id, "cancelled", "The patient's record was deleted.")
    site = next((row for row in scheduling.sites(subject, active=False) if row.pk == view.site_id), None)
    on = view.starts.astimezone(ZoneInfo(practice_of(subject).zone)).date()
    return VisitAnnounced(
        appointment_id=appointment_id,
        patient=patient,
        practitioner=view.practitioner,
        starts=view.starts,
        ends=view.ends,
        status=view.status,
        insurance=insurance(subject, view.patient_id, on, appointment_id) if insured else None,
        visit_type=view.visit_type,
        visit_type_name=view.visit_type_name,
        template=view.note_template,
        room=view.room_name,
        reason=view.reason,
        site=str(site.pk) if site else "",
        site_name=view.site_name,
        location=site.location if site else "",
        place_of_service=view.place_of_service or "11",
        arrived=view.arrived,
        roomed=view.roomed,
        departed=view.departed,
    )


def demographics(subject: Subject, patient_id: str) -> Demographics:
    """A patient as registered. Raises NotFound, Gone."""
    return _demographics(patient_id, registration.patient(subject, patient_id))


def demographics_of(subject: Subject, patient_ids: Iterable[str]) -> dict[str, Demographics]:
    """Several patients as registered, in a few statements; those deleted or merged are left out."""
    return {id: _demographics(id, view) for id, view in registration.patients(subject, patient_ids).items()}


def _demographics(patient_id: str, view: registration.PatientView) -> Demographics:
    return Demographics(
        patient_id=patient_id,
        name=view.full_name,
        mrn=view.mrn,
        birth_date=view.person.birth_date,
        sex=view.person.sex,
        phone=next(iter(view.person.phones), ""),
        alerts=view.alerts,
    )


def demographics_changed(subject: Subject, patient_id: str) -> DemographicsChanged:
    """The message about a patient as registered now. Raises NotFound, Gone."""
    return DemographicsChanged(demographics(subject, patient_id))


def insurance(subject: Subject, patient_id: str, on: date, appointment_id: str = "") -> tuple[Insurance, ...]:
    """The patient's policies as they stand on a day, with the payer's last answer for each."""
    found = []
    for policy in coverage.coverages(subject, patient_id, on):
        standing = coverage.standing(subject, patient_id, appointment_id=appointment_id, coverage_id=policy.coverage_id)
        found.append(_insurance(policy, standing))
    return tuple(found)


def insurance_of(subject: Subject, patient_ids: Iterable[str]) -> dict[str, tuple[Insurance, ...]]:
    """The policies of several patients as they stand today, in a few statements; those without any are left out."""
    policies = coverage.coverages_of(subject, patient_ids)
    standings = coverage.standings(subject, (one for views in policies.values() for one in views))
    return {
        patient: tuple(_insurance(one, standings[one.coverage_id]) for one in views)
        for patient, views in policies.items()
    }


def _insurance(policy: CoverageView, standing: coverage.Standing) -> Insurance:
    answer = standing.answered
    status = standing.latest.status if standing.latest else "unknown"
    return Insurance(
        payer_id=policy.payer_id,
        payer_name=policy.payer_name,
        rank=policy.rank,
        member_id=policy.member_id,
        plan_name=policy.plan_name,
        expired=policy.expired,
        standing=answer.status if answer else status,
        copay=answer.copay if answer and answer.copay is not None else policy.printed_copay,
    )


def coverage_announced(subject: Subject, patient_id: str, appointment_id: str = "") -> CoverageAnnounced:
    """The message about a patient's insurance, for one visit or for all that are to come."""
    zone = practice_of(subject).zone
    on = clock.today(zone)
    if appointment_id:
        try:
            on = scheduling.appointment(subject, appointment_id).starts.astimezone(ZoneInfo(zone)).date()
        except (NotFound, Gone):
            appointment_id = ""
    return CoverageAnnounced(patient_id, insurance(subject, patient_id, on, appointment_id), appointment_id)


def procedures(subject: Subject) -> ProceduresOffered:
    """Everything that has a price today."""
    today = clock.today(practice_of(subject).zone)
    return ProceduresOffered(tuple(Offered(code, words) for code, words in charges.offered(subject, today)))


def charges_of(subject: Subject, encounter_id: str) -> EncounterCharges:
    """A signed encounter as it is charged. Raises NotFound, Conflict while it is not signed."""
    signed = charting.signed(subject, encounter_id)
    return EncounterCharges(
        encounter_id=encounter_id,
        appointment_id=signed.appointment_id,
        patient_id=signed.patient_id,
        practitioner=signed.practitioner,
        service_date=signed.service_date,
        signed_at=signed.signed_at,
        diagnoses=tuple(item.code for item in signed.diagnoses),
        procedures=tuple(
            Procedure(item.code, tuple(item.modifiers), item.units, tuple(item.pointers), item.description)
            for item in signed.procedures
        ),
        minutes=signed.minutes,
        documented={**signed.decision, "by": signed.signed_name} if signed.decision else {},
        place_of_service=signed.place_of_service,
        site=signed.site,
        circumstances=circumstances.kept(stating.at_capture(subject, signed.appointment_id, {})),
    )
