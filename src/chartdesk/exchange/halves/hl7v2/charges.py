"""DFT, MDM and MFN: a signed encounter's charges, its note, and what the practice charges for.

HL7 v2.5.1, sections 6.3.3 (DFT), 9.6.2 (MDM), 8.10.4 (MFN^M04).
"""

from __future__ import annotations

import base64
from zoneinfo import ZoneInfo

from chartdesk.ehr.charting import queries as charting
from chartdesk.exchange.halves.hl7v2 import circumstances as why
from chartdesk.exchange.halves.hl7v2 import parties, patients, segments
from chartdesk.exchange.halves.hl7v2.segments import segment, text
from chartdesk.handoff.contract import EncounterCharges, Procedure, ProceduresOffered
from chartdesk.pms.charges import circumstances
from chartdesk.record import store
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of
from chartdesk.standards.fhir import r4
from chartdesk.standards.hl7v2.datatypes import CWE
from chartdesk.standards.hl7v2.times import written
from chartdesk.standards.terminology.decision_making import ELEMENTS

#: What the note shows for the level of a visit, as codes of ours in OBX-3.
MINUTES, DOCUMENTED_BY = "MINUTES", "DOCUMENTED-BY"


def charged(subject: Subject, message: EncounterCharges) -> tuple[str, bytes]:
    """Kind and message about a signed encounter: FT1 for each procedure, DG1 for each diagnosis, in their order.

    FT1-2 is the encounter and the number of the line, so that the same charge is known when it comes again.
    """
    known = parties.patient(subject, message.patient_id)
    envelope = parties.envelope(subject, f"Patient/{message.patient_id}")
    attending = parties.provider(subject, message.practitioner)
    place = parties.location(subject, int(message.site) if message.site else None)
    visit = parties.visit_numbers(subject, message.appointment_id) if message.appointment_id else []
    said = circumstances.restored(message.circumstances)
    number = segments.cx(visit[0]) if visit else ""
    body = [
        segments.evn("P03", envelope),
        patients.who(known),
        segments.pv1(location=place, attending=attending, referring=why.person(said.referring), number=number),
        *_documented(message),
    ]
    body += why.observations(said, len(body) - 2)
    where = segments.placed(place, message.place_of_service)
    for line, one in enumerate(message.procedures, 1):
        body.append(_ft1(message, line, one, where, attending, why.person(said.ordering)))
    body += [
        segment("DG1", {1: str(line), 3: f"{text(code)}^^I10", 6: "F"})
        for line, code in enumerate(message.diagnoses, 1)
    ]
    body += why.accident(said)
    return "DFT^P03", segments.message(envelope, "DFT^P03", "DFT_P03", body)


def note(subject: Subject, message: EncounterCharges) -> tuple[str, bytes] | None:
    """Kind and message with the text of the signed note; None where there is no text."""
    view = charting.note(subject, message.encounter_id)
    if not view.document_id:
        return None
    stored = store.read(subject, r4.DocumentReference, view.document_id, why="message")
    attachment = stored.content[0].attachment if stored.content else None
    written_text = base64.b64decode((attachment.data or "") if attachment else "").decode()
    known = parties.patient(subject, message.patient_id)
    envelope = parties.envelope(subject, f"Patient/{message.patient_id}")
    attending = parties.provider(subject, message.practitioner)
    visit = parties.visit_numbers(subject, message.appointment_id) if message.appointment_id else []
    number = segments.Identifier(envelope.sender, view.document_id)
    zone = ZoneInfo(practice_of(subject).zone)
    txa = {
        1: "1",
        2: "PN^Progress note^HL70270",
        3: "TX",
        4: segments.moment(message.signed_at.astimezone(zone)),
        5: attending,
        12: segments.ei(number),
        17: "LA",
        19: "AV",
        22: attending,
    }
    body = [
        segments.evn("T02", envelope),
        patients.who(known),
        segments.pv1(attending=attending, number=segments.cx(visit[0]) if visit else ""),
        segment("TXA", txa),
        segment("OBX", {1: "1", 2: "TX", 3: "11506-3^Progress note^LN", 5: text(written_text), 11: "F"}),
    ]
    return "MDM^T02", segments.message(envelope, "MDM^T02", "MDM_T02", body)


def offered(subject: Subject, message: ProceduresOffered) -> tuple[str, bytes]:
    """Kind and message about everything that is charged for: the receiver's list is replaced."""
    envelope = parties.envelope(subject, "Procedures")
    moment = segments.moment(envelope.at)
    body = [segment("MFI", {1: "CDM^Charge description master^HL70175", 3: "REP", 4: moment, 6: "NE"})]
    for one in message.procedures:
        key = CWE(code=one.code, text=one.description, system="C4").er7()
        body.append(segment("MFE", {1: "MAD", 3: moment, 4: key, 5: "CE"}))
        body.append(segment("CDM", {1: key, 3: text(one.description)}))
    return "MFN^M04", segments.message(envelope, "MFN^M04", "MFN_M04", body)


def _documented(message: EncounterCharges) -> list[str]:
    """OBX for the minutes of the visit and for what the note shows of its level."""
    said: list[tuple[str, str, str]] = []
    if message.minutes is not None:
        said.append((MINUTES, "Time of the visit in minutes", str(message.minutes)))
    for name, level in message.documented.items():
        code, words = (DOCUMENTED_BY, "Documented by") if name == "by" else (name.upper(), ELEMENTS[name][0])
        said.append((code, words, level))
    return [
        segment(
            "OBX",
            {1: str(n), 2: "NM" if code == MINUTES else "ST", 3: f"{code}^{text(words)}^L", 5: text(value), 11: "F"},
        )
        for n, (code, words, value) in enumerate(said, 1)
    ]


def _ft1(message: EncounterCharges, number: int, one: Procedure, where: str, attending: str, ordering: str) -> str:
    code = CWE(code=one.code, text=one.description, system="C4").er7()
    pointed = [message.diagnoses[place - 1] for place in one.pointers if 0 < place <= len(message.diagnoses)]
    return segment(
        "FT1",
        {
            1: str(number),
            2: f"{message.encounter_id}.{number}",
            4: written(message.service_date),
            5: segments.moment(message.signed_at),
            6: "CG",
            7: code,
            10: f"{one.units.normalize():f}",
            16: where,
            19: "~".join(f"{text(diagnosis)}^^I10" for diagnosis in pointed),
            20: attending,
            21: ordering,
            25: code,
            26: "~".join(text(modifier) for modifier in one.modifiers),
        },
    )
