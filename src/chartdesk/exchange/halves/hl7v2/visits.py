"""SIU: a visit booked, moved, changed, cancelled, deleted or missed (HL7 v2.5.1, chapter 10)."""

from __future__ import annotations

from datetime import datetime

from chartdesk.exchange.halves.hl7v2 import parties, patients, segments
from chartdesk.exchange.halves.hl7v2.parties import Known
from chartdesk.handoff.contract import VisitAnnounced, VisitWithdrawn
from chartdesk.kit.errors import Gone, NotFound
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record.access import Subject
from chartdesk.standards.hl7v2.datatypes import CWE

BOOKED, MOVED, CHANGED, CANCELLED, DELETED, MISSED = "S12", "S13", "S14", "S15", "S17", "S26"
ATTENDING = "D^Attending^HL70286"
#: SCH-25 of each step.
STATUSES = {
    "booked": "Booked",
    "confirmed": "Confirmed",
    "arrived": "Arrived",
    "roomed": "Started",
    "departed": "Complete",
    "cancelled": "Cancelled",
    "noshow": "Noshow",
}


def told(
    subject: Subject,
    message: VisitAnnounced,
    before: VisitAnnounced | VisitWithdrawn | None,
    known: Known | None = None,
) -> tuple[str, bytes]:
    """Kind and message about a visit as it stands; ``before`` is what was told last, ``known`` the patient where they
    were read already. Raises NotFound, Gone.
    """
    event = _event(message, before)
    known = known or parties.patient(subject, message.patient.patient_id)
    envelope = parties.envelope(subject, f"Patient/{message.patient.patient_id}")
    numbers = parties.visit_numbers(subject, message.appointment_id)
    attending, scheduled = parties.seen(subject, message.practitioner)
    site = int(message.site) if message.site else None
    location = parties.location(subject, site, message.room)
    starts, ends = segments.moment(message.starts), segments.moment(message.ends)
    minutes = str(int((message.ends - message.starts).total_seconds() // 60))
    kind = CWE(code=message.visit_type, text=message.visit_type_name, system="L" if message.visit_type else "").er7()
    body = [
        _sch(numbers, message.status, reason=message.reason, kind=kind, minutes=minutes, span=(starts, ends)),
        segments.segment("TQ1", {1: "1", 7: starts, 8: ends}),
        patients.pid(known),
        segments.pv1(
            location=location,
            attending=attending,
            number=segments.cx(numbers[0]),
            arrived=message.arrived,
            departed=message.departed,
        ),
        "RGS|1|A",
        segments.segment("AIS", {1: "1", 2: "A", 3: kind, 4: starts, 7: minutes, 8: "MIN"}),
    ]
    # Some read who is seen from AIG, as whatever has a schedule, some from AIP.
    body.append(segments.segment("AIG", {1: "1", 2: "A", 3: scheduled, 4: ATTENDING, 8: starts}))
    if location:
        body.append(segments.segment("AIL", {1: "1", 2: "A", 3: location, 6: _roomed(message)}))
    body.append(segments.segment("AIP", {1: "1", 2: "A", 3: attending, 4: ATTENDING, 6: starts}))
    return f"SIU^{event}", segments.message(envelope, f"SIU^{event}", "SIU_S12", body)


def withdrawn(subject: Subject, message: VisitWithdrawn) -> tuple[str, bytes]:
    """Kind and message about a visit that does not take place. Raises NotFound, Gone for an unknown patient."""
    try:
        scheduling.appointment(subject, message.appointment_id)
        event = MISSED if message.status == "noshow" else CANCELLED
    except (NotFound, Gone):
        event = DELETED
    envelope = parties.envelope(subject, f"Patient/{message.patient_id}")
    numbers = parties.visit_numbers(subject, message.appointment_id)
    body = [_sch(numbers, message.status, cause=message.reason)]
    if message.patient_id:
        body.append(patients.who(parties.patient(subject, message.patient_id)))
    body.append(segments.pv1(number=segments.cx(numbers[0])))
    body.append("RGS|1|D")
    return f"SIU^{event}", segments.message(envelope, f"SIU^{event}", "SIU_S12", body)


def _event(message: VisitAnnounced, before: VisitAnnounced | VisitWithdrawn | None) -> str:
    if before is None or isinstance(before, VisitWithdrawn):
        return BOOKED
    where = (message.starts, message.ends, message.practitioner)
    return CHANGED if where == (before.starts, before.ends, before.practitioner) else MOVED


def _roomed(message: VisitAnnounced) -> str:
    """AIL-6: since when the room is taken."""
    at: datetime | None = message.roomed
    return segments.moment(at)


def _sch(
    numbers: list[segments.Identifier],
    status: str,
    *,
    cause: str = "",
    reason: str = "",
    kind: str = "",
    minutes: str = "",
    span: tuple[str, str] = ("", ""),
) -> str:
    placer = numbers[1:2] or numbers[:1]
    return segments.segment(
        "SCH",
        {
            1: segments.ei(placer[0]),
            2: segments.ei(numbers[0]),
            6: CWE(text=cause).er7(),
            7: CWE(text=reason).er7(),
            8: kind,
            9: minutes,
            10: "MIN" if minutes else "",
            11: f"^^^{span[0]}^{span[1]}" if span[0] else "",
            25: f"{STATUSES[status]}^^HL70278",
        },
    )
