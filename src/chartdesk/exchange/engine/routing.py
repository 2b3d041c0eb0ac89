"""Routing: those whose turn it is are filtered, mapped, applied to the record and queued for their destinations.

A round of a channel is one transaction: what it did to the record, to the log and to the queues is there together or
not at all, whatever is killed when. Several workers may be at it; a patient's messages are never with two of them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from chartdesk.exchange.engine import applying, channels, notices, plans, receivers, sending, settling, streams, turns
from chartdesk.exchange.engine.applying import Failed, Result
from chartdesk.exchange.engine.channels import Plan
from chartdesk.exchange.engine.mappers import Mapped
from chartdesk.exchange.engine.models import Channel
from chartdesk.exchange.engine.receivers import Incoming, Several
from chartdesk.exchange.engine.settling import Parcel, Settled
from chartdesk.exchange.engine.transports import HL7
from chartdesk.exchange.engine.turns import Lane
from chartdesk.kit import apart, database, live, worklist
from chartdesk.kit.arrays import numbers
from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.transactions import transaction
from chartdesk.record.access.subject import Subject, system
from chartdesk.standards.hl7v2 import Message, acknowledgements

#: Turns looked at in one round, and bytes of messages read into memory.
ROUND, BYTES = 200, 32_000_000
#: How often a message is tried that fails for a reason of ours.
ATTEMPTS = 5
TASK = "interface_messages"
_log = logging.getLogger(__name__)


class _Loaded(NamedTuple):
    """A message whose turn it is."""

    id: int
    received: datetime
    attempts: int
    size: int
    streams: list[int]
    key: str


_STATE = f"SELECT state, version, {plans.OFF} FROM engine_channel WHERE practice = %s AND id = %s"
_METADATA = """
    SELECT id, received, attempts, size, patient_key FROM engine_interfacemessage
     WHERE practice = %s AND id = ANY(%s::int8[]) ORDER BY id
"""
_CONTENTS = "SELECT message, raw FROM engine_messagecontent WHERE practice = %s AND message = ANY(%s::int8[])"


def work(practice: int | None = None) -> int:
    """Take the messages whose turn it is, of ``practice`` or of any, once round all channels; how many were taken.

    A channel that cannot be worked at all keeps no other waiting; what it failed with is raised after the round.
    """
    lanes = [lane for lane in turns.lanes(practice) if not lane.queue]
    return apart.each(lanes, _route, lambda fault: applying.log("a channel", 0, fault))


def work_all(practice: int | None = None) -> int:
    """The same until there is nothing whose turn it is."""
    count = 0
    while taken := work(practice):
        count += taken
    return count


def _route(lane: Lane) -> int:
    """A round of a lane. Where it fails as a whole, its messages are taken one by one."""
    try:
        return _round(lane, ROUND, [])
    except Exception as fault:
        if database.is_away(fault):
            raise
        applying.log("round of channel", lane.channel, fault)
    count = 0
    for _ in range(ROUND):
        met: list[_Loaded] = []
        try:
            taken = _round(lane, 1, met)
        except Exception as fault:
            if database.is_away(fault) or not met:
                raise
            _fail(lane, met[0], fault)
            taken = 1
        if not taken:
            break
        count += taken
    return count


def _round(lane: Lane, most: int, met: list[_Loaded]) -> int:
    with transaction(lane.practice):
        state = database.row(_STATE, [lane.practice, lane.channel])
        if state is None or state[0] != "running":
            return 0
        plan = channels.plan_of(lane.practice, lane.channel, state[1], lambda: channels.content(lane.channel, state[1]))
        met += _load(lane, turns.take(lane, most))
        if not met:
            return 0
        plans.as_usual()
        settled = _decide(plan, system(lane.practice, f"channel {plan.document.name}"), met)
        plans.by_index()
        _finish(lane, settled, plan.document.behind_held)
        settling.settle(lane.practice, lane.channel, settled)
        _tell(plan, settled)
    return len(settled)


def _load(lane: Lane, taken: list[tuple[int, list[int]]]) -> list[_Loaded]:
    """What is known of them; no more of them than fit into memory."""
    if not taken:
        return []
    rows = database.rows(_METADATA, [lane.practice, numbers(number for number, _ in taken)])
    known = {row[0]: row for row in rows}
    found: list[_Loaded] = []
    held = 0
    for number, mine in taken:
        _, received, attempts, size, key = known[number]
        held += size
        if found and held > BYTES:
            break
        found.append(_Loaded(number, received, attempts, size, mine, key))
    return found


def _decide(plan: Plan, subject: Subject, met: list[_Loaded]) -> list[Settled]:
    """What becomes of each message; those behind one that waits are left out."""
    rows = database.rows(_CONTENTS, [plan.practice, numbers(one.id for one in met)])
    raws = {number: bytes(raw) for number, raw in rows}
    drafts = {one.id: _Draft(plan, one, raws[one.id]) for one in met}
    lots = [
        [(draft.incoming, draft.several) for number in lot if (draft := drafts[number]).incoming and draft.several]
        for lot in turns.waves((one.id, one.streams) for one in met)
    ]
    held_wait = plan.document.behind_held == "wait"

    def waits(result: Result) -> bool:
        return isinstance(result, Failed) or (result.status == "held" and held_wait)

    results = applying.apply(subject, plan.document, lots, {one.id: one.streams for one in met}, waits)
    found = []
    blocked: set[int] = set()
    for one in met:
        draft = drafts[one.id]
        result = results.get(one.id)
        if not blocked.isdisjoint(one.streams) or (draft.incoming and draft.several and result is None):
            blocked.update(one.streams)
            continue
        if result is not None and waits(result):
            blocked.update(one.streams)
        found.append(draft.settled(result))
    _answer(plan, subject, [(drafts[one.id], one) for one in found])
    return found


class _Draft:
    """A message on its way through filter and mapping, before the record was asked."""

    def __init__(self, plan: Plan, loaded: _Loaded, raw: bytes) -> None:
        self._plan, self._loaded = plan, loaded
        self.incoming: Incoming | None = None
        self.several: Several | None = None
        self.message: Message | None = None
        #: What destinations' own mappings begin with: what the channel's made, where that is HL7 v2.
        self._passed: Message | None = None
        self.patients: list[str] = []
        self._reason = self._fault = ""
        self._mapped: Mapped | None = None
        try:
            self.message = Message(raw, plan.judge.codec)
            self.patients = streams.together(loaded.key, self.message)
            self._prepare(plan, self.message)
        except ChartdeskError as fault:
            self._fault = str(fault)
        except Exception as fault:  # a mapping that fails inside is this message's trouble
            applying.log("mapping of message", loaded.id, fault)
            self._fault = f"The mapping failed inside ({type(fault).__name__}); the place is in the log."

    def _prepare(self, plan: Plan, message: Message) -> None:
        if plan.test is not None and (reason := plan.test(message)):
            self._reason = reason
            return
        came = self._passed = message
        if plan.mapping is not None:
            self._mapped = plan.mapping(message)
            if self._mapped.media == HL7:
                message = self._passed = Message(self._mapped.raw, plan.judge.codec)
        if plan.record is None or (plan.record.test is not None and plan.record.test(came)):
            return
        if plan.record.mapping is not None:
            message = Message(plan.record.mapping(message).raw, plan.judge.codec)
        self.several = receivers.receiver(message.type)
        if self.several is None and not plan.routes:
            self._fault = f"Nobody here takes {message.type} into the record."
        key = self.patients[0] if self.patients else ""
        self.incoming = Incoming(self._loaded.id, message, self._loaded.received, plan.document, key)

    def settled(self, result: Result | None) -> Settled:
        """What becomes of it, with what the record said."""
        made = Settled(self._loaded.id, "filtered", attempts=self._loaded.attempts, patients=self.patients)
        if self._fault:
            made.status, made.outcome, made.reason = "error", "error", self._fault
            return made
        if self._reason:
            made.reason = self._reason
            return made
        made.mapped = self._mapped
        if isinstance(result, Failed):
            return self._failed(made, result.reason)
        if result is not None:
            made.outcome, made.reason = result.status, result.reason
            made.patient, made.effects = result.patient, result.effects
            if result.status == "held":
                made.status, made.outcome, made.mapped = "held", "", None
                return made
        made.parcels = self._parcels()
        made.status = standing(made.outcome, [parcel.fault for parcel in made.parcels])
        if made.status == "dead":
            made.reason = next(f"{one.destination}: {one.fault}" for one in made.parcels if one.fault)
        elif made.status == "filtered":
            made.reason = made.reason or "No destination wanted it."
        return made

    def _failed(self, made: Settled, reason: str) -> Settled:
        made.attempts += 1
        made.mapped = None
        if made.attempts >= ATTEMPTS:
            made.status, made.outcome, made.reason = "error", "error", reason
        else:
            made.status, made.reason = "received", f"{reason} It is tried again."
            made.wait = timedelta(seconds=2 ** (made.attempts - 1))
        return made

    def _parcels(self) -> list[Parcel]:
        assert self.message is not None and self._passed is not None
        found = []
        for route in self._plan.routes:
            if route.test is not None and route.test(self.message):
                continue
            try:
                found.append(Parcel(route.name, route.mapping(self._passed) if route.mapping else None))
            except ChartdeskError as fault:
                found.append(Parcel(route.name, fault=str(fault)))
            except Exception as fault:
                applying.log("mapping of message", self._loaded.id, fault)
                found.append(Parcel(route.name, fault=f"The mapping failed inside ({type(fault).__name__})."))
        return found


def standing(outcome: str, faults: list[str] | None) -> str:
    """Where a message stands by what the record said and by its parcels (a fault each, empty for one that waits)."""
    if outcome == "error":
        return "error"
    if faults:
        return "queued" if "" in faults else "dead"
    return "applied" if outcome == "applied" else "filtered"


def _finish(lane: Lane, settled: list[Settled], behind_held: str = "wait") -> None:
    """Take out of the lane what is done; what waits stays in its place, unless others may pass it."""
    turns.put_off(lane, {one.id: one.wait for one in settled if one.wait is not None})
    held = {one.id for one in settled if one.status == "held"} if behind_held == "wait" else set()
    turns.hold(lane, held)
    turns.done(lane, [one.id for one in settled if one.wait is None and one.id not in held])


def _tell(plan: Plan, settled: list[Settled]) -> None:
    """Wake the deliverers, tell open pages, and put what needs a person on the list."""
    scope = system(plan.practice, "interfaces")
    if any(one.parcels for one in settled):
        notices.tell(notices.DELIVERIES)
    live.announce(scope, "interfaces", plan.document.name)
    for status in _CURES:
        found = [one for one in settled if one.status == status]
        if found:
            raise_trouble(scope, plan.document.name, plan.document.title, status, found[-1].reason)


_CURES = {
    "error": "Look at the messages: mend the cause, then send them again, edited or as they are, or close them.",
    "held": "Match what they wait for; they go on by themselves then.",
    "dead": "Look at the messages: mend the cause, then deliver them again, or close them.",
}


def raise_trouble(scope: Subject, name: str, title: str, status: str, reason: str) -> None:
    """One work item for all messages of a channel that stand alike; the last one's reason is told."""
    said = {"error": "could not be applied", "held": "are held", "dead": "could not be delivered"}[status]
    task = worklist.Task(
        kind=TASK, key=f"{name}/{status}", role="manager", title=f"Messages of {title or name} {said}",
        detail=reason, cure=_CURES[status], link=("interface", name),
    )  # fmt: skip
    worklist.raise_item(scope, task)


def _fail(lane: Lane, one: _Loaded, fault: Exception) -> None:
    """The transaction of a message alone failed: it waits, and after some times it is an error."""
    applying.log("message", one.id, fault)
    reason = str(fault) if isinstance(fault, ChartdeskError) else f"Chartdesk failed inside ({type(fault).__name__})."
    made = Settled(one.id, "received", reason=f"{reason} It is tried again.", attempts=one.attempts + 1)
    if made.attempts >= ATTEMPTS:
        made.status, made.outcome, made.reason = "error", "error", reason
    else:
        made.wait = timedelta(seconds=2 ** (made.attempts - 1))
    with transaction(lane.practice):
        _finish(lane, [made])
        settling.settle(lane.practice, lane.channel, [made])
        _tell(channels.plan(Channel.objects.get(pk=lane.channel)), [made])


def _answer(plan: Plan, subject: Subject, found: list[tuple[_Draft, Settled]]) -> None:
    """Application acknowledgements of the enhanced mode, to whoever asked for them."""
    if not plan.document.answers_to:
        return
    answers = []
    for draft, settled in found:
        if draft.message is None or settled.status == "held" or settled.wait is not None:
            continue
        ok = settled.status not in ("error", "dead")
        if not acknowledgements.wanted(acknowledgements.asked(draft.message).application, ok):
            continue
        answers.append(sending.acknowledgement(draft.message, ok, settled.reason, settled.id, draft.patients))
    sending.send_many(subject, plan.document.answers_to, answers)


def release(subject: Subject, messages: Iterable[int]) -> int:
    """Let held messages take their turn again, in their old places: what they waited for is there. Gives how many."""
    from chartdesk.exchange.engine import commands

    return commands.release(subject, messages)
