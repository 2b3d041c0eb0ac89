"""ADT^A29: a patient whose record was deleted (HL7 v2.5.1, section 3.3.29)."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from chartdesk.exchange.engine import receivers
from chartdesk.exchange.engine.documents import ChannelDocument
from chartdesk.exchange.engine.receivers import Incoming, Outcome
from chartdesk.exchange.halves import letting_go
from chartdesk.exchange.halves.hl7v2 import fields, parties, patients, reading, segments
from chartdesk.exchange.halves.hl7v2.options import options_of
from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of
from chartdesk.record.identities import queries as identities
from chartdesk.record.identities import telling
from chartdesk.record.identities.identifiers import PATIENT

KIND = "ADT^A29"


def register() -> None:
    """Take these messages from the engine. Called once, at the start."""
    receivers.register([KIND], several)


def told(subject: Subject, patient_id: str) -> tuple[str, bytes]:
    """Kind and message about a patient who is about to be deleted. Raises NotFound, Gone."""
    known = parties.patient(subject, patient_id)
    envelope = parties.envelope(subject, f"Patient/{patient_id}")
    body = [segments.evn("A29", envelope), patients.who(known), segments.pv1()]
    return KIND, segments.message(envelope, KIND, "ADT_A21", body)


def several(subject: Subject, channel: ChannelDocument, messages: list[Incoming]) -> list[Outcome]:
    """Let patients go; one outcome for each message."""
    return [_one(subject, channel, one) for one in messages]


def _one(subject: Subject, channel: ChannelDocument, one: Incoming) -> Outcome:
    try:
        known = reading.sender(one.message, options_of(channel), ZoneInfo(practice_of(subject).zone))
        at = fields.happened(one.message, known.zone) or clock.now()
        numbers = reading.numbers(one.message, known)
        held = identities.resolve(subject, PATIENT, numbers)
        if held and not telling.newer(subject, telling.DEMOGRAPHICS, f"Patient/{held}", at):
            words = f"Newer news of Patient/{held} than of {at:%Y-%m-%d %H:%M:%S} is here."
            return Outcome("ignored", reason=words, patient=held)
        patient, gone = letting_go.let_go(subject, numbers)
        if gone or not patient:
            letting_go.note(subject, numbers, at)
    except ChartdeskError as fault:
        return Outcome("error", reason=str(fault))
    if not patient:
        return Outcome("ignored", reason="Nobody here has these numbers.")
    if not gone:
        return Outcome("ignored", reason="Something is written about the patient here, who stays.", patient=patient)
    return Outcome("applied", [(f"Patient/{patient}", 0, "deleted")])
