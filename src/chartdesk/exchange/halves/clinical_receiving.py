"""Taking clinical messages into the record: results, documents, and what partners say of our orders.

Results go into a chart and an in-box even where nobody knows the clinician who is named: they then lie in nobody's
in-box, where every clinician sees them, until somebody says whose they are. A patient whom nobody knows holds the
message. Nothing is matched by name, but for one thing: a result that names an order of ours, and the name and birth
date of its patient, is that patient's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from chartdesk.ehr.orders import documents, results
from chartdesk.ehr.orders import queries as orders
from chartdesk.ehr.orders.commands import progress
from chartdesk.ehr.orders.content import Received, ReportIn
from chartdesk.exchange.engine.documents import ChannelDocument
from chartdesk.exchange.engine.receivers import Incoming, Outcome
from chartdesk.exchange.halves import clinical_documents, clinical_results
from chartdesk.exchange.halves.clinical_reading import Sender, patient_numbers, patient_words, sender
from chartdesk.kit.errors import Invalid
from chartdesk.record import store
from chartdesk.record.access import Subject
from chartdesk.record.identities import queries, unmatched
from chartdesk.record.identities.identifiers import PATIENT, PRACTITIONER, Identifier
from chartdesk.record.identities.queries import Ambiguous
from chartdesk.record.identities.unmatched import Missing
from chartdesk.standards.fhir import r4
from chartdesk.standards.hl7v2 import Message
from chartdesk.standards.hl7v2.clinical_views import ORC
from chartdesk.standards.hl7v2.views import PID

RESULTS = ("ORU^R01", "ORU^R32", "ORU^R40")
DOCUMENTS = tuple(f"MDM^T{number:02}" for number in range(1, 12))
PROGRESS = ("ORL^O22", "ORR^O02", "OSR^Q06")
#: Order control codes by which a partner answers an order → what the order becomes; "" leaves it as it is.
_CONTROLS = {"OK": "", "SC": "", "UA": "revoked", "CR": "revoked", "OC": "revoked", "OH": "on-hold", "HR": "on-hold",
             "DR": "revoked", "DE": ""}  # fmt: skip
#: Called with (subject, patient, DocumentReference id, media type, content) for each document that was stored.
Follower = Callable[[Subject, str, str, str, bytes], None]
_followers: list[Follower] = []


def follow(follower: Follower) -> None:
    """Let ``follower`` look at each document that comes by message, in the transaction that stores it."""
    if follower not in _followers:
        _followers.append(follower)


# Results ----------------------------------------------------------------------------------------------


def take_results(subject: Subject, channel: ChannelDocument, incoming: Sequence[Incoming]) -> list[Outcome]:
    """Take ORU messages: their reports are stored together."""
    read = [_read(subject, one) for one in incoming]
    told = [clinical_results.reports(message, sent) for message, sent in read]
    patients = _patients(subject, channel, incoming, read, [_numbers(one) for one in told])
    people = _practitioners(subject, [report.orderer for one in told for report in one])
    outcomes: dict[int, Outcome] = {}
    reports: list[ReportIn] = []
    of: list[int] = []
    for place, (patient, one) in enumerate(zip(patients, told, strict=True)):
        if isinstance(patient, Outcome):
            outcomes[place] = patient
            continue
        for report in one:
            practitioner = people.get(_key(report.orderer), "")
            reports.append(
                replace(report.report, patient_id=patient, practitioner_id=practitioner, orderer=_key(report.orderer))
            )
            of.append(place)
    received = results.receive(subject, reports)
    _note_unknown(subject, reports)
    for place, patient in enumerate(patients):
        if place not in outcomes:
            mine = [one for at, one in zip(of, received, strict=True) if at == place]
            outcomes[place] = _outcome(mine, str(patient))
    return [outcomes[place] for place in range(len(incoming))]


def _numbers(reports: Sequence[clinical_results.Reported]) -> list[str]:
    return [one.report.order_number for one in reports if one.report.order_number]


def _note_unknown(subject: Subject, reports: Sequence[ReportIn]) -> None:
    """Ask the manager whose numbers these are, so that the next result finds its clinician."""
    asked = {one.orderer: one for one in reports if one.orderer and not one.practitioner_id}
    for key, one in asked.items():
        authority, _, value = key.partition("|")
        number = Identifier(authority, value)
        if not unmatched.dismissed(subject, PRACTITIONER, number):
            unmatched.note(subject, Missing(PRACTITIONER, number, one.orderer_name))


# Documents --------------------------------------------------------------------------------------------


def take_documents(subject: Subject, channel: ChannelDocument, incoming: Sequence[Incoming]) -> list[Outcome]:
    """Take MDM messages."""
    read = [_read(subject, one) for one in incoming]
    told = [clinical_documents.told(message, sent) for message, sent in read]
    patients = _patients(subject, channel, incoming, read, [[] for _ in incoming])
    people = _practitioners(subject, [one.provider for one in told])
    # Notes of the practice's own other half: their clinicians have signed them there.
    halves = channel.options.get("halves")
    own = isinstance(halves, dict) and bool(halves.get("own_half"))
    return [
        patient if isinstance(patient, Outcome) else _document(subject, patient, one, people, own=own)
        for patient, one in zip(patients, told, strict=True)
    ]


def _document(
    subject: Subject, patient: str, told: clinical_documents.Told, people: dict[str, str], *, own: bool
) -> Outcome:
    if told.withdrawn:
        return _outcome([documents.withdraw(subject, told.key, patient)], patient)
    if not told.documents:
        return Outcome("ignored", reason="The notice brings no content.", patient=patient)
    key = _key(told.provider)
    received = []
    for one in told.documents:
        given = replace(one, patient_id=patient, practitioner_id=people.get(key, ""), orderer=key, read=own)
        done = documents.receive(subject, given)
        received.append(done)
        if done.what == "stored":
            id = done.resource.partition("/")[2]
            for follower in _followers:
                follower(subject, patient, id, one.attachment.media_type, one.attachment.content)
    return _outcome(received, patient)


# Answers to our orders --------------------------------------------------------------------------------


def take_progress(subject: Subject, channel: ChannelDocument, incoming: Sequence[Incoming]) -> list[Outcome]:
    """Take what partners say of our orders: taken, refused, put off."""
    return [_progress(subject, one.message) for one in incoming]


def _progress(subject: Subject, message: Message) -> Outcome:
    effects: list[tuple[str, int, str]] = []
    for orc in ORC.all(message):
        control = orc.control.upper()
        if control not in _CONTROLS or not orc.placer_id.id:
            continue
        request = progress(subject, orc.placer_id.id, filler=orc.filler_id.id, status=_CONTROLS[control])
        if request:
            version = store.get(subject, "ServiceRequest", request, why="order progress").version
            effects.append((f"ServiceRequest/{request}", version, _CONTROLS[control] or "taken"))
    if not effects:
        return Outcome("ignored", reason="It speaks of no order of ours.")
    return Outcome("applied", effects)


# Whose ------------------------------------------------------------------------------------------------


def _read(subject: Subject, one: Incoming) -> tuple[Message, Sender]:
    return one.message, sender(subject, one.message, one.received)


def _patients(
    subject: Subject,
    channel: ChannelDocument,
    incoming: Sequence[Incoming],
    read: Sequence[tuple[Message, Sender]],
    order_numbers: Sequence[Sequence[str]],
) -> list[str | Outcome]:
    """Our patient of each message, or what becomes of the message without one."""
    numbers = [patient_numbers(message, sent) for message, sent in read]
    found = queries.resolve_many(subject, PATIENT, numbers)
    made: list[str | Outcome] = []
    for one, known, id, named in zip(incoming, numbers, found, order_numbers, strict=True):
        if isinstance(id, Ambiguous):
            made.append(Outcome("error", reason=f"{id.message} {id.cure}"))
            continue
        made.append(id or _by_order(subject, one.message, named) or _nobody(subject, channel, one, known))
    return made


def _by_order(subject: Subject, message: Message, named: Sequence[str]) -> str:
    """The patient of the order of ours that a result names, where name and birth date say the same."""
    pid = PID.first(message)
    if pid is None or not pid.names or pid.birth is None:
        return ""
    for patient in orders.patients_of(subject, named):
        found = store.read(subject, r4.Patient, patient, why="result without a known number")
        families = {(name.family or "").casefold() for name in found.name}
        if pid.names[0].family.surname.casefold() in families and found.birthDate == f"{pid.birth.at:%Y-%m-%d}":
            return patient
    return ""


def _nobody(subject: Subject, channel: ChannelDocument, one: Incoming, known: Sequence[Identifier]) -> Outcome:
    """A message about nobody we know: held until somebody says who it is, or refused, as the channel says."""
    if not known:
        raise Invalid("The message has no number for its patient.", where="PID-3", cure="Ask the sender for one.")
    reason = f"Nobody here has the number {known[0].shown}."
    if channel.unknown_patient == "refuse" or unmatched.dismissed(subject, PATIENT, known[0]):
        return Outcome("error", reason=reason)
    # A result makes nobody a patient: also where the channel would create one, somebody looks first.
    unmatched.note(subject, Missing(PATIENT, known[0], patient_words(one.message), one.id))
    return Outcome("held", reason=f"{reason} It waits on the work list for somebody to say who it is.")


def _practitioners(subject: Subject, asked: Sequence[Sequence[Identifier]]) -> dict[str, str]:
    """Our Practitioner for each set of numbers, by the key of the set; one who is not known for sure is left out."""
    given = {_key(numbers): numbers for numbers in asked if numbers}
    found = queries.resolve_many(subject, PRACTITIONER, list(given.values()))
    return {key: id for key, id in zip(given, found, strict=True) if isinstance(id, str) and id}


def _key(numbers: Sequence[Identifier]) -> str:
    """What names a provider for all time: the NPI where there is one, else the first number."""
    one = next((one for one in numbers if one.authority == "NPI"), next(iter(numbers), None))
    return f"{one.authority}|{one.value}" if one is not None else ""


def _outcome(received: Sequence[Received], patient: str) -> Outcome:
    effects = [fact for one in received for fact in one.written]
    if effects:
        return Outcome("applied", effects, patient=patient)
    reason = next((one.reason for one in received if one.reason), "Everything in it is here already.")
    return Outcome("ignored", reason=reason, patient=patient)
