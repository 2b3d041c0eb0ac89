"""Messages as facts: ADT, SIU, DFT and MFN of either half, as partners write them.

Where each number stands is the channel's option (``options``). What a message does not say is not told; charges and
lists never change the patient.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from chartdesk.exchange.halves import patients
from chartdesk.exchange.halves.facts import Fact, MergeIn, Numbers, PatientIn, ProceduresIn
from chartdesk.exchange.halves.hl7v2 import fields, reading_charges, reading_insurance, reading_visits
from chartdesk.exchange.halves.hl7v2.fields import Saying
from chartdesk.exchange.halves.hl7v2.options import Options
from chartdesk.exchange.halves.hl7v2.segments import ALERT
from chartdesk.kit import clock
from chartdesk.pms.registration.people import Address, Contact, Guarantor
from chartdesk.record.identities.identifiers import Identifier, authority, system_of
from chartdesk.standards.hl7v2 import NULL, Message, Segment, Unreadable
from chartdesk.standards.hl7v2.datatypes import XPN
from chartdesk.standards.hl7v2.faults import EVENT, MISSING

#: Events of ADT that tell of a patient, and those that merge and part.
TELLING = ("A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A13", "A14", "A28", "A31")
MERGING, PARTING = ("A18", "A30", "A34", "A36", "A39", "A40", "A46", "A47"), ("A37",)
#: Events of wards and beds, and plans that come to nothing: they change nothing in a practice.
PASSING = ("A09", "A10", "A11", "A12", "A15", "A16", "A17", "A20", "A21", "A22", "A25", "A26", "A27", "A32", "A33")
_GUARANTORS = {"SEL": "self", "PAR": "parent", "MTH": "parent", "FTH": "parent", "SPO": "spouse"}


@dataclass(frozen=True)
class Sender:
    """What is known of a message before it is read."""

    options: Options
    zone: tzinfo
    #: Who assigned numbers that do not say it.
    authority: str


def sender(message: Message, options: Options, zone: tzinfo) -> Sender:
    """Who sent it, as an authority."""
    header = message.header
    facility = authority(header.get(4, 1), header.get(4, 2))
    application = authority(header.get(3, 1), header.get(3, 2))
    return Sender(options, zone, options.authority.upper() or facility or application or "UNKNOWN")


def facts(message: Message, known: Sender) -> list[Fact]:
    """What a message says; nothing for an event that changes nothing here.

    Raises Unreadable for a field that cannot be read, and for an event that is not taken.
    """
    kind, event = message.header.get(9, 1), message.header.get(9, 2)
    at = fields.happened(message, known.zone) or clock.now()
    if kind == "ADT" and event in MERGING:
        return _merged(message, known, at)
    if kind == "ADT" and event in PARTING:
        return _parted(message, known, at)
    if kind == "ADT" and event in TELLING:
        told = _patient(message, known, at)
        return [*told, *_insurance(message, known, at, patients.numbers_of(told[0]))]
    if kind == "ADT" and event in PASSING:
        return []
    if kind == "SIU":
        patient = numbers(message, known) if message.first("PID") is not None else ()
        visit = reading_visits.visit(message, known, at, patient)
        return [*_patient(message, known, at), visit, *_insurance(message, known, at, patient)]
    if kind == "DFT":
        return reading_charges.charges(message, known, at, numbers(message, known))
    if kind == "MFN":
        return _procedures(message, at)
    raise Unreadable(f"{message.type} is not taken here.", "Leave it out on this channel.", "MSH-9.2", EVENT)


def numbers(message: Message, known: Sender, pid: Segment | None = None) -> Numbers:
    """The patient's numbers, from the places that the channel names. Raises Unreadable where there is none."""
    found: list[Identifier] = []
    for named in known.options.patient_numbers:
        segment = pid if pid is not None and named.startswith("PID") else message.first(named[:3])
        found += fields.identifiers(segment, int(named[4:]), known.authority)
    if not found:
        places = " or ".join(known.options.patient_numbers)
        raise Unreadable("The message has no number for its patient.", "Send one.", places.split(" ")[0], MISSING)
    return fields.distinct(found)


def _patient(message: Message, known: Sender, at: datetime, pid: Segment | None = None) -> list[Fact]:
    segment = pid or message.first("PID")
    if segment is None:
        if message.header.get(9, 1) == "SIU":
            return []
        raise Unreadable("The message has no PID.", "Send one.", "PID", MISSING)
    said = Saying()
    _say_person(said, segment)
    died = fields.day(segment, 29)
    return [
        PatientIn(
            numbers=numbers(message, known, segment),
            at=at,
            person=said.person,
            told=frozenset(said.values),
            contacts=_contacts(message),
            guarantor=_guarantor(message, known),
            alerts=_alert(message),
            died=died,
        )
    ]


def _say_person(said: Saying, pid: Segment) -> None:
    """The fields of PID."""
    said.say(pid, 5, fields.name(pid, 5), {})
    said.say(pid, 7, {"birth_date": fields.day(pid, 7)}, {"birth_date": None})
    said.say(pid, 8, {"sex": fields.sex(pid.get(8, 1, 1))}, {"sex": "unknown"})
    said.say(pid, 10, {"race": fields.coded(pid, 10)}, {"race": ""})
    said.say(pid, 11, {"address": fields.address(pid, 11)}, {"address": Address()})
    said.say(pid, 13, fields.phones(pid, 13), {"phone_home": "", "phone_mobile": "", "email": ""})
    said.say(pid, 14, {"phone_work": fields.phone(pid, 14)}, {"phone_work": ""})
    said.say(pid, 15, {"language": _language(fields.code(pid, 15))}, {"language": ""})
    said.say(pid, 16, {"marital_status": fields.code(pid, 16)}, {"marital_status": ""})
    said.say(pid, 19, {"ssn": "".join(filter(str.isdigit, pid.get(19, 1, 1)))}, {"ssn": ""})
    said.say(pid, 22, {"ethnicity": fields.coded(pid, 22)}, {"ethnicity": ""})
    if said.values.get("birth_date", "") is None and pid.raw(7) != NULL:
        del said.values["birth_date"]  # a year alone says no birth date


def _language(code: str) -> str:
    """A code of BCP 47; three letters of table 0296 as they are."""
    return code.lower() if len(code) in (2, 3) else code


def _contacts(message: Message) -> tuple[Contact, ...] | None:
    segments = message.all("NK1")
    if not segments:
        return None
    found = []
    for segment in segments:
        raws = [raw for raw in segment.repetitions(2) if raw != NULL]
        if raws:
            one = XPN.read(raws[0], segment.separators)
            found.append(Contact(fields.whole_name(one), fields.coded(segment, 3), fields.phone(segment, 5)))
    return tuple(found)


def _alert(message: Message) -> str | None:
    """The front desk's alert, where the sender is one of us; None where nothing is said of it."""
    segment = message.first(ALERT)
    if segment is None:
        return None
    said = segment.get(2, 1)
    return "" if said == NULL else said.strip()


def _guarantor(message: Message, known: Sender) -> Guarantor | None:
    segment = message.first("GT1")
    if segment is None or not segment.raw(11):
        return None
    relationship = _GUARANTORS.get(segment.get(11, 1, 1).strip().upper(), "other")
    if relationship == "self":
        return Guarantor()
    said = Saying()
    said.say(segment, 3, fields.name(segment, 3), {})
    said.say(segment, 5, {"address": fields.address(segment, 5)}, {})
    said.say(segment, 6, fields.phones(segment, 6), {})
    said.say(segment, 7, {"phone_work": fields.phone(segment, 7)}, {})
    said.say(segment, 8, {"birth_date": fields.day(segment, 8)}, {})
    said.say(segment, 9, {"sex": fields.sex(segment.get(9, 1, 1))}, {})
    said.say(segment, 12, {"ssn": "".join(filter(str.isdigit, segment.get(12, 1, 1)))}, {})
    if not (said.person.family or said.person.given):
        return None
    numbers = fields.distinct(fields.identifiers(segment, 2, known.authority))
    told = tuple((system_of(one.authority), one.value, one.type) for one in numbers)
    return Guarantor(relationship, said.person, identifiers=told)


def _insurance(message: Message, known: Sender, at: datetime, patient: Numbers) -> list[Fact]:
    return reading_insurance.coverage(message, known, at, patient) if patient else []


def _merged(message: Message, known: Sender, at: datetime) -> list[Fact]:
    """A PID with its MRG, as often as there are."""
    found: list[Fact] = []
    for group in fields.sections(message, "PID", "MRG"):
        mrg = next((one for one in group if one.name == "MRG"), None)
        if mrg is None:
            raise Unreadable("The merge does not say who is given up.", "Send MRG-1.", "MRG", MISSING)
        prior = fields.identifiers(mrg, 1, known.authority)
        if not prior:
            raise Unreadable("The merge does not say who is given up.", "Send MRG-1.", "MRG-1", MISSING)
        [person] = _patient(message, known, at, group[0])
        assert isinstance(person, PatientIn)
        found.append(MergeIn(survivor=person.numbers, prior=tuple(prior), at=at, person=person))
    if not found:
        raise Unreadable("The message has no PID.", "Send one.", "PID", MISSING)
    return found


def _parted(message: Message, known: Sender, at: datetime) -> list[Fact]:
    """Two PIDs that are not one patient."""
    pids = message.all("PID")
    if len(pids) < 2:
        raise Unreadable("The message does not name two patients.", "Send two PID.", "PID[2]", MISSING)
    first, second = (numbers(message, known, pid) for pid in pids[:2])
    return [MergeIn(survivor=first, prior=second, at=at, undo=True)]


def _procedures(message: Message, at: datetime) -> list[Fact]:
    """MFN^M04: the whole list of what is charged for."""
    head = message.first("MFI")
    if head is None or head.get(1, 1) != "CDM" or head.get(3, 1) != "REP":
        raise Unreadable("Only a whole list of charges (CDM, REP) is taken.", "Send the whole list.", "MFI-3", EVENT)
    listed: dict[str, str] = {}
    for group in fields.sections(message, "MFE", "CDM"):
        code = group[0].get(4, 1)
        words = next((one.get(3, 1) for one in group if one.name == "CDM"), "") or group[0].get(4, 2)
        if code and group[0].get(1, 1) not in ("MDL", "MDC"):
            listed[code] = words
    return [ProceduresIn(procedures=listed, at=at)]
