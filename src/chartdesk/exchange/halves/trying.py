"""Testing the connection to the other half with a test patient, one step at a time.

Each step says in words what it found. Steps that wait for the other side are looked at again by the page until they are
done or have waited too long. The test patient is removed in the end, whatever came of the test.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from chartdesk.exchange.engine import sending, streams
from chartdesk.exchange.engine.models import (
    Channel,
    DestinationState,
    InterfaceMessage,
    MessageDelivery,
    MessagePatient,
)
from chartdesk.exchange.halves.fhir import connecting, following
from chartdesk.exchange.halves.fhir.client import Server
from chartdesk.exchange.halves.fhir.models import Peer, Trial
from chartdesk.exchange.halves.hl7v2 import deletions
from chartdesk.exchange.halves.hl7v2.carrier import CHANNEL, USUAL_CHANNEL
from chartdesk.handoff import carriers
from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Conflict, Gone, Invalid, NotFound
from chartdesk.kit.transactions import alone, reading, transaction
from chartdesk.pms.registration import commands as registration
from chartdesk.pms.registration.people import Person, Registration
from chartdesk.record import store
from chartdesk.record.access import modes
from chartdesk.record.access.people import practice_of
from chartdesk.record.access.subject import Role, Subject
from chartdesk.record.identities import identifiers
from chartdesk.standards.hl7v2 import Message

#: How long a step may wait for the other side.
PATIENCE = timedelta(seconds=90)
#: The test patient. Born before anybody who lives.
TEST = Person(family="Connection-Test", given="Ignore", birth_date=date(1900, 1, 1), sex="unknown")
WAITING, DONE, FAILED, OPEN = "waiting", "done", "failed", "open"


@dataclass(frozen=True)
class Found:
    """What a step found: done, or still waiting, and its words."""

    words: str
    done: bool = True


Step = Callable[[Subject, Trial], Found]


def last(subject: Subject) -> Trial | None:
    """The last test of the practice; None where there was none."""
    with reading(subject):
        found: Trial | None = Trial.objects.filter(practice=subject.practice).first()
    return found


def begin(subject: Subject) -> Trial:
    """Begin a test, in place of the last one. Raises Forbidden, Conflict where both halves run here."""
    subject.require(Role.MANAGER)
    plan = _plan(subject)
    former = last(subject)
    if former is not None:
        _remove(subject, former)
    with transaction(subject):
        Trial.objects.filter(practice=subject.practice).delete()
        now = clock.now()
        return Trial.objects.create(
            practice=subject.practice,
            carrier=carrier_of(subject),
            steps=[{"name": name, "title": title, "state": OPEN, "words": ""} for name, title, _ in plan],
            waits=now,
            started=now,
            by_name=subject.name,
        )


def advance(subject: Subject) -> Trial:
    """Do the next step, or look again at the one that waits. Raises Forbidden, NotFound where no test was begun."""
    subject.require(Role.MANAGER)
    with alone("connection test", subject.practice) as taken:
        trial = last(subject)
        if trial is None:
            raise NotFound("No test was begun.", cure="Begin one.")
        # Two pages that show the test ask for its next step at the same time: it is done once.
        return trial if not taken or trial.state != "running" else _advanced(subject, trial)


def _advanced(subject: Subject, trial: Trial) -> Trial:
    todo = {name: step for name, _, step in _plan(subject)}
    place = next((n for n, one in enumerate(trial.steps) if one["state"] in (OPEN, WAITING)), None)
    if place is None:
        return _settle(subject, trial, "passed")
    one = trial.steps[place]
    try:
        found = todo[one["name"]](subject, trial)
    except ChartdeskError as fault:
        one["state"], one["words"] = FAILED, str(fault)
    except KeyError:
        one["state"], one["words"] = FAILED, "The connection was set otherwise meanwhile. Begin again."
    else:
        one["state"], one["words"] = DONE if found.done else WAITING, found.words
        if not found.done and clock.now() - trial.waits > PATIENCE:
            one["state"] = FAILED
            one["words"] += f" Nothing came within {PATIENCE.seconds} seconds."
    if one["state"] == DONE:
        trial.waits = clock.now()
    if one["state"] == FAILED:
        _remove(subject, trial)
        return _settle(subject, trial, "failed")
    if place == len(trial.steps) - 1 and one["state"] == DONE:
        return _settle(subject, trial, "passed")
    return _settle(subject, trial, "running")


def carrier_of(subject: Subject) -> str:
    """The carrier that the practice has set."""
    return str(practice_of(subject).settings.get(carriers.SETTING) or "in_process")


def _settle(subject: Subject, trial: Trial, state: str) -> Trial:
    trial.state = state
    with transaction(subject):
        trial.save()
    return trial


def _plan(subject: Subject) -> list[tuple[str, str, Step]]:
    """The steps of the test: name, title, what is done. Raises Conflict where there is nothing to test."""
    mode, carrier = modes.mode_of(subject), carrier_of(subject)
    if mode == modes.UNIFIED or carrier == "in_process":
        raise Conflict("Both halves run here: there is no connection to test.", cure="Choose another mode first.")
    patient: list[tuple[str, str, Step]] = []
    if carrier == "fhir":
        if mode == modes.PMS:
            patient = [
                ("send", "A test patient is registered here", _register),
                ("answer", "The other half has the test patient", _answered_fhir),
                ("remove", "The test patient is removed here", _take_away),
                ("gone", "The test patient is gone there too", _gone_fhir),
            ]
        else:
            patient = [("read", "We can read what is kept there", _read)]
        return [
            ("reach", "The other half's server answers", _reach),
            ("token", "It lets us in", _token),
            ("subscribe", "It will tell us what changes", _subscribe),
            ("greeted", "It has greeted us", _greeted),
            *patient,
        ]
    if mode == modes.PMS:
        patient = [
            ("send", "A test patient is registered here", _register),
            ("answer", "The other half has acknowledged the test patient", _answered_hl7),
            ("remove", "The test patient is removed here", _take_away),
            ("gone", "The other half has acknowledged that too", _gone_hl7),
        ]
    return [
        ("channel", "There is a channel to the other half", _channel),
        ("incoming", "There is a channel from the other half", _incoming),
        *patient,
    ]


# ------------------------------------------------------------------------------------------------ FHIR


def _server(subject: Subject) -> Server:
    return Server(_peer(subject))


def _peer(subject: Subject) -> Peer:
    peer = connecting.peer_of(subject)
    if peer is None:
        raise NotFound("Nobody has written down where the other half is.", cure="Fill in its address and save.")
    return peer


def _reach(subject: Subject, trial: Trial) -> Found:
    said = _server(subject).capabilities()
    name = (said.get("software") or {}).get("name") or said.get("publisher") or "A server"
    version = said.get("fhirVersion") or "an unknown version"
    if not str(version).startswith("4.0"):
        raise Conflict(f"It speaks FHIR {version}.", cure="Only R4 (4.0.1) is spoken here: ask for its R4 address.")
    return Found(f"{name} answers with FHIR {version}.")


def _token(subject: Subject, trial: Trial) -> Found:
    _server(subject).token(fresh=True)
    return Found("It gave us a token.")


def _subscribe(subject: Subject, trial: Trial) -> Found:
    made = connecting.subscribe(subject)
    known = [ear.topic for ear in connecting.ears_of(subject)]
    return Found(f"Subscribed to {', '.join(made)}." if made else f"We are subscribed to {', '.join(known)}.")


def _greeted(subject: Subject, trial: Trial) -> Found:
    ears = connecting.ears_of(subject)
    broken = [ear for ear in ears if ear.status in ("error", "off")]
    if broken:
        raise Conflict(f"It does not deliver: {broken[0].error or broken[0].status}.", cure="Ask who runs it.")
    silent = [ear.topic for ear in ears if ear.heard is None]
    if silent:
        # A handshake may have come before we knew the subscription by its name: it says so itself.
        server = _server(subject)
        for ear in ears:
            if ear.heard is None:
                following.ask_about(server, ear)
        silent = [ear.topic for ear in connecting.ears_of(subject) if ear.status != "active"]
    return Found(f"Waiting for {', '.join(silent)}." if silent else "Every subscription is active.", not silent)


def _answered_fhir(subject: Subject, trial: Trial) -> Found:
    found = _there(subject, trial)
    return Found(f"It is kept there as Patient/{found}.", True) if found else Found("Waiting until it is there.", False)


def _gone_fhir(subject: Subject, trial: Trial) -> Found:
    there = _there(subject, trial)
    return Found("Waiting until it is gone there.", False) if there else Found("Nobody of that name is left.")


def _there(subject: Subject, trial: Trial) -> str:
    """The id of the test patient at the other half; empty where it is not there."""
    system = identifiers.system_of(identifiers.own_authority(subject))
    found = _server(subject).search("Patient", identifier=f"{system}|{trial.tester}")
    return next((one.id or "" for one in found), "")


def _read(subject: Subject, trial: Trial) -> Found:
    first = next(_server(subject).search("Patient", _count="1"), None)
    return Found("We can read its patients." if first is not None else "We may read; there are no patients yet.")


# --------------------------------------------------------------------------------------------- HL7 v2


def _channel(subject: Subject, trial: Trial) -> Found:
    name = _name(subject)
    with reading(subject):
        channel = Channel.objects.filter(practice=subject.practice, name=name).first()
        states = list(DestinationState.objects.filter(channel=channel)) if channel else []
    if channel is None:
        raise NotFound(
            f"There is no channel {name}.", cure="Add an outgoing channel of that name with its destination."
        )
    if channel.state != "running":
        raise Conflict(f"The channel {name} is {channel.state}.", cure="Resume it.")
    broken = next((one for one in states if one.error and one.attempts), None)
    if broken is not None:
        raise Conflict(f"{broken.name} is not reached: {broken.error}", cure="See to it that it can be reached.")
    return Found(f"The channel {name} runs.")


def _name(subject: Subject) -> str:
    """The outgoing channel."""
    return str(practice_of(subject).settings.get(CHANNEL) or USUAL_CHANNEL)


def _incoming(subject: Subject, trial: Trial) -> Found:
    with reading(subject):
        rows = list(Channel.objects.filter(practice=subject.practice))
    coming = [
        one
        for one in rows
        if one.document.get("direction", "in") == "in"
        and any(
            (each.get("transport") or {}).get("type") == "record" for each in one.document.get("destinations") or ()
        )
    ]
    if not coming:
        raise NotFound(
            "No channel brings messages into the record.",
            cure="Add an incoming channel with the record as destination.",
        )
    running = [one.name for one in coming if one.state == "running"]
    if not running:
        raise Conflict(f"The channel {coming[0].name} is {coming[0].state}.", cure="Resume it.")
    return Found(f"{', '.join(running)} {'runs' if len(running) == 1 else 'run'}.")


def _answered_hl7(subject: Subject, trial: Trial) -> Found:
    return _acknowledged(subject, trial, told=False)


def _gone_hl7(subject: Subject, trial: Trial) -> Found:
    return _acknowledged(subject, trial, told=True)


def _acknowledged(subject: Subject, trial: Trial, *, told: bool) -> Found:
    """How the message about the test patient fares: the first one, or the one that says they were deleted."""
    with reading(subject):
        about = MessagePatient.objects.filter(practice=subject.practice, patient=trial.tester)
        numbers = list(about.values_list("message", flat=True))
        rows = InterfaceMessage.objects.filter(practice=subject.practice, direction="out", pk__in=numbers)
        row = (rows.filter(kind=deletions.KIND) if told else rows).order_by("id").first()
        sent = MessageDelivery.objects.filter(message=row.pk).first() if row is not None else None
    if row is None or sent is None:
        return Found("Waiting until it is sent.", False)
    if sent.state == "dead" or row.status in ("error", "dead"):
        raise Conflict(f"The other half refused it: {sent.error or row.reason}", cure="Ask who runs it.")
    if sent.state != "sent":
        return Found(f"Waiting for its answer. {sent.error}".strip(), False)
    return Found(f"It acknowledged {row.kind}.")


# -------------------------------------------------------------------------------------- the test patient


def _register(subject: Subject, trial: Trial) -> Found:
    made = registration.register(subject, Registration(TEST), confirmed_distinct=True)
    trial.tester = made.patient_id
    return Found(f"{TEST.list_name}, record number {made.mrn}.")


def _take_away(subject: Subject, trial: Trial) -> Found:
    told = _remove(subject, trial)
    return Found("It is deleted." + (" The other half is told so with ADT^A29." if told else ""))


def _remove(subject: Subject, trial: Trial) -> bool:
    """Delete the test patient; whether the other half is told so by a message.

    It is told also where the test failed: what was said of the patient may reach it later than we waited.
    """
    if not trial.tester or trial.removed:
        return False
    with transaction(subject):
        told = trial.carrier == "hl7v2" and _tell_deleted(subject, trial.tester)
        with suppress(NotFound, Gone):
            store.delete(subject, "Patient", trial.tester, why="test of the connection")
    trial.removed = True
    return told


def _tell_deleted(subject: Subject, patient: str) -> bool:
    """Queue the message behind all that was said of the patient; whether there is a channel for it."""
    try:
        kind, raw = deletions.told(subject, patient)
        keys = streams.keys(Message(raw))
        sending.send(subject, _name(subject), raw, kind=kind, streams=keys, patient=patient, cause=f"Patient/{patient}")
    except (NotFound, Gone, Invalid):
        return False
    return True
