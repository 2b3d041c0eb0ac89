"""The carrier ``hl7v2`` of the handoff: each message of the contract becomes one of HL7 v2 on the practice's channel.

It is queued in the transaction of the delivery, so it is sent once for each message of the handoff, and messages of one
patient keep their order.
"""

from __future__ import annotations

from chartdesk.exchange.engine import sending, streams
from chartdesk.exchange.halves.hl7v2 import charges, patients, visits
from chartdesk.handoff import carriers, contract
from chartdesk.handoff.contract import (
    CoverageAnnounced,
    DemographicsChanged,
    EncounterCharges,
    Message,
    PatientsMerged,
    ProceduresOffered,
    VisitAnnounced,
    VisitWithdrawn,
)
from chartdesk.handoff.models import HandoffMessage
from chartdesk.kit import clock
from chartdesk.kit.errors import Gone, NotFound
from chartdesk.pms.registration import merging
from chartdesk.pms.registration import queries as registration
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of
from chartdesk.record.identities import telling
from chartdesk.standards import hl7v2

NAME = "hl7v2"
#: Noted of a patient whom the other half was told to be merged into another.
_GIVEN_UP = "given up"
#: The setting that names the outgoing channel.
CHANNEL, USUAL_CHANNEL = "handoff_channel", "handoff"
#: The setting that says whether the signed note goes along with the charges.
NOTES = "handoff_notes"


class Hl7v2:
    """Sends what the other half is told as ADT, SIU, DFT, MDM and MFN."""

    def carry(self, subject: Subject, message: Message) -> str:
        """Queue one message. Raises NotFound where the practice has no such channel."""
        channel = str(practice_of(subject).settings.get(CHANNEL) or USUAL_CHANNEL)
        patients_of = _patients(message)
        if not all(_is_there(subject, one) for one in patients_of):
            return "dropped"  # the patient was deleted since: nothing can be said of them any more
        for kind, raw in [*_parted_before(subject, message), *_made(subject, message)]:
            sending.send(
                subject,
                channel,
                raw,
                kind=kind,
                streams=streams.keys(hl7v2.Message(raw)),
                patient=patients_of[0] if patients_of else "",
                cause=contract.subject_of(message),
            )
        return "waiting"


def register() -> None:
    """Make the carrier known. Called once, when the program starts."""
    carriers.register(NAME, Hl7v2())


def _made(subject: Subject, message: Message) -> list[tuple[str, bytes]]:
    match message:
        case DemographicsChanged():
            id = message.patient.patient_id
            return [patients.told(subject, id, new=not _told_before(subject, f"Patient/{id}"))]
        case CoverageAnnounced():
            return [patients.told(subject, message.patient_id, new=False)]
        case PatientsMerged():
            return _merged(subject, message)
        case VisitAnnounced():
            return [visits.told(subject, message, _before(subject, message))]
        case VisitWithdrawn():
            return [visits.withdrawn(subject, message)]
        case ProceduresOffered():
            return [charges.offered(subject, message)]
        case EncounterCharges():
            made = [charges.charged(subject, message)]
            if practice_of(subject).switched(NOTES, True):
                made += [one for one in [charges.note(subject, message)] if one is not None]
            return made


def _is_there(subject: Subject, patient_id: str) -> bool:
    try:
        registration.patient(subject, patient_id)
    except (NotFound, Gone):
        return False
    return True


def _merged(subject: Subject, message: PatientsMerged) -> list[tuple[str, bytes]]:
    """The merge, or that it is undone, and then both as they are now: what was said of them before may be mixed up."""
    about = f"Patient/{message.source_id}"
    if not message.undone:
        telling.newer(subject, _GIVEN_UP, about, clock.now())
        return [patients.merged(subject, message), patients.told(subject, message.target_id, new=False)]
    if not telling.forget(subject, _GIVEN_UP, about):
        return []  # told already, before the first message about the one who is back
    both = (message.target_id, message.source_id)
    return [patients.merged(subject, message), *(patients.told(subject, one, new=False) for one in both)]


def _parted_before(subject: Subject, message: Message) -> list[tuple[str, bytes]]:
    """That a merge is undone, where the message is about the one who is back and the other half has not heard of it."""
    if isinstance(message, PatientsMerged):
        return []
    made: list[tuple[str, bytes]] = []
    for one in _patients(message):
        if not telling.is_noted(subject, _GIVEN_UP, f"Patient/{one}"):
            continue
        last = merging.merges(subject, one)
        undone = next((merge for merge in last if merge.source == one), None)
        if undone is not None and undone.state == "undone":
            made += _merged(subject, PatientsMerged(one, undone.target, undone=True))
    return made


def _patients(message: Message) -> list[str]:
    match message:
        case DemographicsChanged() | VisitAnnounced():
            return [message.patient.patient_id]
        case PatientsMerged():
            return [message.target_id, message.source_id]
        case CoverageAnnounced() | VisitWithdrawn() | EncounterCharges():
            return [message.patient_id] if message.patient_id else []
        case ProceduresOffered():
            return []


def _told_before(subject: Subject, key: str) -> bool:
    return bool(HandoffMessage.objects.filter(practice=subject.practice, key=key, carrier=NAME).exists())


def _before(subject: Subject, message: VisitAnnounced) -> VisitAnnounced | VisitWithdrawn | None:
    """What was told of the visit last."""
    kinds = ("VisitAnnounced", "VisitWithdrawn")
    rows = HandoffMessage.objects.filter(
        practice=subject.practice, key=contract.subject_of(message), carrier=NAME, kind__in=kinds
    )
    found = rows.order_by("-pk").first()
    told = contract.from_plain(found.body) if found is not None else None
    return told if isinstance(told, VisitAnnounced | VisitWithdrawn) else None
