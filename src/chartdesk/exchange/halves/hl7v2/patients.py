"""ADT: patients with their contacts, guarantor and insurance, and their merges (HL7 v2.5.1, section 3.3)."""

from __future__ import annotations

from chartdesk.exchange.halves.hl7v2 import parties, segments
from chartdesk.exchange.halves.hl7v2.parties import Known
from chartdesk.handoff.contract import PatientsMerged
from chartdesk.pms.coverage import queries as coverage
from chartdesk.record.access import Subject
from chartdesk.record.identities.identifiers import PAYER_ID

REGISTER, UPDATE, MERGE, UNLINK = "A04", "A08", "A40", "A37"


def told(subject: Subject, patient_id: str, *, new: bool, known: Known | None = None) -> tuple[str, bytes]:
    """Kind and message about a patient as registered now, with all insurance; ``known`` where they were read already.

    Raises NotFound, Gone.
    """
    known = known or parties.patient(subject, patient_id)
    about = f"Patient/{known.view.patient_id}"
    envelope = parties.envelope(subject, about)
    event = REGISTER if new else UPDATE
    policies = [one for one in coverage.coverages(subject, known.view.patient_id) if not one.expired]
    payers = {one.payer_id: coverage.payer(subject, one.payer_id) for one in policies if one.payer_id}
    body = [
        segments.evn(event, envelope),
        pid(known),
        *segments.nk1(known.view.contacts),
        segments.pv1(),
        segments.gt1(known.view.guarantor, known.view.person, parties.guarantor_numbers(subject, known)),
        *segments.in1(policies, PAYER_ID, payers),
        segments.alert(known.view.alerts),
    ]
    return f"ADT^{event}", segments.message(envelope, f"ADT^{event}", "ADT_A01", body)


def merged(subject: Subject, message: PatientsMerged) -> tuple[str, bytes]:
    """Kind and message about two records that became one, or are two again."""
    target = parties.patient(subject, message.target_id)
    if message.undone:
        source = parties.patient(subject, message.source_id)
        envelope = parties.envelope(subject, f"Patient/{message.target_id}")
        body = [segments.evn(UNLINK, envelope), pid(target), pid(source)]
        return f"ADT^{UNLINK}", segments.message(envelope, f"ADT^{UNLINK}", "ADT_A37", body)
    envelope = parties.envelope(subject, f"Patient/{message.target_id}")
    body = [segments.evn(MERGE, envelope), pid(target), mrg(subject, message.source_id)]
    return f"ADT^{MERGE}", segments.message(envelope, f"ADT^{MERGE}", "ADT_A39", body)


def pid(known: Known, *, whole: bool = True) -> str:
    """The patient; ``whole`` as registration knows them, else what is needed to see who it is."""
    view = known.view
    died = segments.written(view.deceased_on) if view.deceased_on else ""
    return segments.pid(known.numbers, view.person, died=died, whole=whole)


def mrg(subject: Subject, source_id: str) -> str:
    """The record that is given up."""
    return segments.segment("MRG", {1: segments.cxs(parties.numbers_given_up(subject, source_id))})


def who(known: Known) -> str:
    """PID of a message that is not about the patient: their numbers and name."""
    person = known.view.person
    short = type(person)(
        family=person.family, given=person.given, middle=person.middle, birth_date=person.birth_date, sex=person.sex
    )
    return segments.pid(known.numbers, short, whole=False)
