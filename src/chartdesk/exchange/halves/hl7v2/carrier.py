"""The carrier ``hl7v2`` of the handoff: each message of the contract becomes one of HL7 v2 on the practice's channel.

It is queued in the transaction of the delivery, so it is sent once for each message of the handoff, and messages of one
patient keep their order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from chartdesk.exchange.engine import sending, streams
from chartdesk.exchange.engine.sending import Outgoing
from chartdesk.exchange.halves.hl7v2 import charges, parties, patients, visits
from chartdesk.exchange.halves.hl7v2.parties import Known
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
_VISITS = ("VisitAnnounced", "VisitWithdrawn")


@dataclass(frozen=True)
class _Read:
    """What was read at once for many messages."""

    #: The patients as registered; those deleted or merged are left out.
    people: Mapping[str, Known]
    #: ``Patient/<id>`` of those of whom it was told that they were merged into another.
    given_up: Collection[str]
    #: The keys of patients of whom anything was told, and what was last told of visits.
    told: Collection[str]
    before: Mapping[str, VisitAnnounced | VisitWithdrawn]


class Hl7v2:
    """Sends what the other half is told as ADT, SIU, DFT, MDM and MFN."""

    def carry(self, subject: Subject, message: Message) -> str:
        """Queue one message. Raises NotFound where the practice has no such channel."""
        return self.carry_many(subject, [message])[0]

    def carry_many(self, subject: Subject, messages: Sequence[Message]) -> list[str]:
        """Queue messages of different patients: read for and written in a few statements. Raises as ``carry``."""
        if len(messages) > 1 and any(isinstance(one, PatientsMerged) for one in messages):
            return [self.carry(subject, one) for one in messages]  # what one of them tells, another may ask for
        channel = str(practice_of(subject).settings.get(CHANNEL) or USUAL_CHANNEL)
        read = _read(subject, messages)
        states, outgoing = [], []
        for message in messages:
            patients_of = _patients(message)
            if not all(one in read.people or _is_there(subject, one) for one in patients_of):
                states.append("dropped")  # the patient was deleted since: nothing can be said of them any more
                continue
            for kind, raw in [*_parted_before(subject, message, read), *_made(subject, message, read)]:
                keys = tuple(streams.keys(hl7v2.Message(raw)))
                patient = patients_of[0] if patients_of else ""
                outgoing.append(Outgoing(raw, kind, keys, patient, contract.subject_of(message)))
            states.append("waiting")
        sending.send_many(subject, channel, outgoing)
        return states


def register() -> None:
    """Make the carrier known. Called once, when the program starts."""
    carriers.register(NAME, Hl7v2())


def _read(subject: Subject, messages: Sequence[Message]) -> _Read:
    named = {id for one in messages for id in _patients(one)}
    people = [contract.subject_of(one) for one in messages if isinstance(one, DemographicsChanged)]
    visits_ = [contract.subject_of(one) for one in messages if isinstance(one, VisitAnnounced)]
    log = HandoffMessage.objects.filter(practice=subject.practice, carrier=NAME)
    told = set(log.filter(key__in=people).values_list("key", flat=True)) if people else set()
    last = log.filter(key__in=visits_, kind__in=_VISITS).order_by("key", "-pk").distinct("key") if visits_ else ()
    before = {one.key: contract.from_plain(one.body) for one in last}
    return _Read(
        parties.people(subject, named) if named else {},
        telling.noted(subject, _GIVEN_UP, [f"Patient/{one}" for one in named]),
        told,
        {key: one for key, one in before.items() if isinstance(one, VisitAnnounced | VisitWithdrawn)},
    )


def _made(subject: Subject, message: Message, read: _Read) -> list[tuple[str, bytes]]:
    key = contract.subject_of(message)
    match message:
        case DemographicsChanged():
            id = message.patient.patient_id
            return [patients.told(subject, id, new=key not in read.told, known=read.people.get(id))]
        case CoverageAnnounced():
            id = message.patient_id
            return [patients.told(subject, id, new=False, known=read.people.get(id))]
        case PatientsMerged():
            return _merged(subject, message)
        case VisitAnnounced():
            known = read.people.get(message.patient.patient_id)
            return [visits.told(subject, message, read.before.get(key), known)]
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


def _parted_before(subject: Subject, message: Message, read: _Read) -> list[tuple[str, bytes]]:
    """That a merge is undone, where the message is about the one who is back and the other half has not heard of it."""
    if isinstance(message, PatientsMerged):
        return []
    made: list[tuple[str, bytes]] = []
    for one in _patients(message):
        if f"Patient/{one}" not in read.given_up:
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
