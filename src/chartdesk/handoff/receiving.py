"""Acting on a message that arrived, by whichever carrier: the commands of the half it is meant for."""

from __future__ import annotations

from collections.abc import Sequence

from chartdesk.ehr.charting import commands as charting
from chartdesk.ehr.charting import content as visits
from chartdesk.handoff.contract import (
    CoverageAnnounced,
    Demographics,
    DemographicsChanged,
    EncounterCharges,
    Message,
    PatientsMerged,
    ProceduresOffered,
    VisitAnnounced,
    VisitWithdrawn,
)
from chartdesk.handoff.wording import insurance_line
from chartdesk.pms.charges import commands as charges
from chartdesk.record.access import Subject


def receive(subject: Subject, message: Message) -> None:
    """Let the half that ``message`` is meant for take it in. Raises what its command raises."""
    match message:
        case VisitAnnounced():
            charting.expect_visit(subject, _notice(message))
        case VisitWithdrawn():
            charting.visit_cancelled(subject, message.appointment_id, status=message.status)
        case DemographicsChanged():
            charting.demographics_changed(subject, _demographics(message.patient))
        case PatientsMerged():
            pass  # the two halves have one record here, in which everything was moved already
        case CoverageAnnounced():
            line = insurance_line(message.insurance)
            charting.coverage_changed(subject, message.patient_id, line, appointment_id=message.appointment_id)
        case ProceduresOffered():
            charting.offer_procedures(subject, [(item.code, item.description) for item in message.procedures])
        case EncounterCharges():
            charges.capture(subject, _charges(message))


def receive_many(subject: Subject, messages: Sequence[Message]) -> None:
    """The same for messages of different patients: what changed about their persons and insurance goes in together."""
    people = [one for one in messages if isinstance(one, DemographicsChanged)]
    insured = [one for one in messages if isinstance(one, CoverageAnnounced) and not one.appointment_id]
    if people:
        charting.demographics_changed(subject, *(_demographics(one.patient) for one in people))
    if insured:
        charting.coverages_changed(subject, {one.patient_id: insurance_line(one.insurance) for one in insured})
    taken = {id(one) for one in (*people, *insured)}
    for message in messages:
        if id(message) not in taken:
            receive(subject, message)


def _notice(message: VisitAnnounced) -> visits.VisitNotice:
    patient = message.patient
    return visits.VisitNotice(
        appointment_id=message.appointment_id,
        patient_id=patient.patient_id,
        practitioner=message.practitioner,
        starts=message.starts,
        ends=message.ends,
        visit_type=message.visit_type,
        visit_type_name=message.visit_type_name,
        template=message.template,
        status=message.status,
        room=message.room,
        reason=message.reason,
        coverage_summary=None if message.insurance is None else insurance_line(message.insurance),
        site=message.site,
        site_name=message.site_name,
        location=message.location,
        place_of_service=message.place_of_service,
        arrived=message.arrived,
        roomed=message.roomed,
        departed=message.departed,
        patient_name=patient.name,
        birth_date=patient.birth_date,
        sex=patient.sex,
        mrn=patient.mrn,
        alerts=patient.alerts,
    )


def _demographics(patient: Demographics) -> visits.Demographics:
    return visits.Demographics(
        patient.patient_id, patient.name, patient.birth_date, patient.sex, patient.mrn, patient.alerts
    )


def _charges(message: EncounterCharges) -> charges.EncounterCharges:
    return charges.EncounterCharges(
        source_id=message.encounter_id,
        encounter_id=message.encounter_id,
        appointment_id=message.appointment_id,
        patient_id=message.patient_id,
        practitioner=message.practitioner,
        service_date=message.service_date,
        place_of_service=message.place_of_service,
        signed_at=message.signed_at,
        minutes=message.minutes,
        diagnoses=list(message.diagnoses),
        procedures=[
            charges.Procedure(item.code, list(item.modifiers), item.units, list(item.pointers), item.description)
            for item in message.procedures
        ],
        site=message.site,
        documented=message.documented,
        circumstances=message.circumstances,
    )
