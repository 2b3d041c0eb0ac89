"""What pages and the command line read: channels and how they fare, one message with everything about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chartdesk.exchange.engine import channels
from chartdesk.exchange.engine.documents import ChannelDocument
from chartdesk.exchange.engine.models import (
    Channel,
    ChannelVersion,
    DestinationState,
    InterfaceMessage,
    MessageContent,
    MessageDelivery,
    MessageEffect,
    MessagePatient,
)
from chartdesk.exchange.engine.receiving import bucket
from chartdesk.exchange.engine.searching import Page, Row, Wanted, search
from chartdesk.kit import clock, database
from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import reading
from chartdesk.record import audit
from chartdesk.record.access.subject import CONNECTORS, Subject

__all__ = ["ChannelView", "MessageView", "Page", "Row", "Wanted", "channel", "every_channel", "message", "search"]

#: Counting what waits stops here: a page says "more than".
COUNTED = 10_000

_WAITING = """
    SELECT count(*), min(due), bool_or(held) FROM (
        SELECT due, held FROM engine_messageturn WHERE practice = %s AND channel = %s AND queue = %s LIMIT %s) AS t
"""
_OLDEST = """
    SELECT m.received FROM engine_interfacemessage m WHERE m.practice = %(practice)s AND m.id = (
        SELECT message FROM engine_messageturn
         WHERE practice = %(practice)s AND channel = %(channel)s AND queue = %(queue)s ORDER BY message LIMIT 1)
"""
_TROUBLE = """
    SELECT status, count(*) FROM (
        SELECT status FROM engine_messagetrouble WHERE practice = %s AND channel = %s AND status <> 'closed' LIMIT %s
    ) AS t GROUP BY status
"""
_LAST = "SELECT received FROM engine_interfacemessage WHERE practice = %s AND channel = %s ORDER BY id DESC LIMIT 1"
_COUNTS = """
    SELECT what, sum(count)::int8 FROM engine_channelcount
     WHERE practice = %s AND channel = %s AND at >= %s GROUP BY what
"""
_BEFORE = """
    SELECT t.queue, min(e.message), bool_or(e.held) FROM engine_messageturn t
      LEFT JOIN engine_messageturn e ON e.stream = t.stream AND e.message < t.message
     WHERE t.message = %s AND t.practice = %s GROUP BY t.queue
"""


@dataclass(frozen=True)
class Queue:
    """What waits somewhere: how many (at most COUNTED), and since when the oldest does."""

    name: str
    waiting: int
    oldest: datetime | None
    paused: bool = False
    error: str = ""
    due: datetime | None = None
    reached: datetime | None = None


@dataclass(frozen=True)
class ChannelView:
    """A channel and how it fares. ``routing`` is what waits for its turn, ``trouble`` messages by status."""

    id: int
    name: str
    document: ChannelDocument
    state: str
    version: int
    changed: datetime
    changed_by: str
    routing: Queue
    destinations: list[Queue]
    trouble: dict[str, int]
    last: datetime | None
    #: Of the last hour and of the last day, by what the messages met with.
    hour: dict[str, int]
    day: dict[str, int]


@dataclass(frozen=True)
class MessageView:
    """Everything about a message. ``why`` says in words why it stands where it does."""

    row: InterfaceMessage
    channel: Channel
    document: ChannelDocument
    raw: bytes | None
    answer: bytes
    mapped: bytes | None
    media: str
    deliveries: list[MessageDelivery]
    effects: list[MessageEffect]
    patients: list[str]
    replays: list[int]
    why: str


def every_channel(subject: Subject) -> list[ChannelView]:
    """The channels of the practice by name. Raises Forbidden."""
    subject.require(*CONNECTORS)
    with reading(subject):
        rows = Channel.objects.filter(practice=subject.practice).order_by("name")
        return [_view(subject, one) for one in rows]


def channel(subject: Subject, name: str) -> ChannelView:
    """One channel. Raises NotFound, Forbidden."""
    subject.require(*CONNECTORS)
    with reading(subject):
        return _view(subject, _channel(subject, name))


def versions(subject: Subject, name: str) -> list[ChannelVersion]:
    """A channel's documents as they were, the newest first. Raises NotFound, Forbidden."""
    subject.require(*CONNECTORS)
    with reading(subject):
        one = _channel(subject, name)
        return list(ChannelVersion.objects.filter(channel=one).order_by("-version"))


def message(subject: Subject, number: int) -> MessageView:
    """One message with its contents, leaving a note that they were read. Raises NotFound, Forbidden."""
    subject.require(*CONNECTORS)
    with reading(subject):
        row = InterfaceMessage.objects.filter(practice=subject.practice, pk=number).first()
        if row is None:
            raise NotFound(f"There is no message {number}.")
        one = Channel.objects.get(pk=row.channel)
        content = MessageContent.objects.filter(practice=subject.practice, message=number).first()
        patients = list(MessagePatient.objects.filter(message=number).values_list("patient", flat=True))
        for patient in patients or [""]:
            audit.record(subject, "R", "InterfaceMessage", patient=patient, resource_id=str(number))
        deliveries = list(MessageDelivery.objects.filter(message=number).order_by("pk"))
        return MessageView(
            row=row,
            channel=one,
            document=channels.document(channels.content(one.pk, row.version)),
            raw=bytes(content.raw) if content else None,
            answer=bytes(content.answer) if content else b"",
            mapped=bytes(content.mapped) if content and content.mapped is not None else None,
            media=content.media if content else "",
            deliveries=deliveries,
            effects=list(MessageEffect.objects.filter(message=number).order_by("pk")),
            patients=patients,
            replays=_replays(subject, row),
            why=_why(subject, row, one, deliveries),
        )


def _replays(subject: Subject, row: InterfaceMessage) -> list[int]:
    """The messages that were made of it: they have its control id, or stand in its reason."""
    found = InterfaceMessage.objects.filter(
        practice=subject.practice, channel=row.channel, control_id=row.control_id, replay_of=row.pk
    )
    return list(found.order_by("pk").values_list("pk", flat=True)[:50])


def _why(subject: Subject, row: InterfaceMessage, one: Channel, deliveries: Sequence[MessageDelivery]) -> str:
    """Why it stands where it does."""
    if row.status not in ("received", "queued"):
        return str(row.reason)
    if one.state == "paused":
        return f"The channel {one.name} is paused."
    for queue, before, held in database.rows(_BEFORE, [row.pk, subject.practice]):
        if before is not None:
            stays = ", which is held" if held else ""
            where = f" for {queue}" if queue else ""
            return f"It waits{where} behind message {before} of the same patient{stays}."
    states = {one.name: one for one in DestinationState.objects.filter(channel=one.pk)}
    for delivery in deliveries:
        state = states.get(delivery.destination)
        if delivery.state != "waiting":
            continue
        if state is not None and state.paused:
            return f"The destination {state.name} is paused."
        if state is not None and state.error:
            return f"{state.name} is not reached: {state.error} It is tried again {_at(state.due)}."
        if delivery.error:
            return f"{delivery.destination} did not take it: {delivery.error} It is tried again."
    return str(row.reason) or "Its turn comes next."


def _at(due: datetime | None) -> str:
    return f"at {due:%H:%M:%S} UTC" if due else "at once"


def _channel(subject: Subject, name: str) -> Channel:
    one = Channel.objects.filter(practice=subject.practice, name=name).first()
    if one is None:
        raise NotFound(f"There is no channel {name}.", cure="See `chartdesk channels list`.")
    return one


def _view(subject: Subject, one: Channel) -> ChannelView:
    document = channels.document(one.document)
    states = {state.name: state for state in DestinationState.objects.filter(channel=one.pk)}
    names = [route.name for route in document.destinations if route.transport.__struct_config__.tag != "record"]
    now = clock.now()
    trouble = database.rows(_TROUBLE, [subject.practice, one.pk, COUNTED])
    last = database.row(_LAST, [subject.practice, one.pk])
    return ChannelView(
        id=one.pk, name=one.name, document=document, state=one.state, version=one.version, changed=one.changed,
        changed_by=one.changed_by, routing=_queue(subject, one, ""),
        destinations=[_queue(subject, one, name, states.get(name)) for name in names],
        trouble={status: int(count) for status, count in trouble}, last=last[0] if last else None,
        hour=counts(subject, one.pk, now - timedelta(hours=1)), day=counts(subject, one.pk, now - timedelta(days=1)),
    )  # fmt: skip


def counts(subject: Subject, channel_id: int, since: datetime) -> dict[str, int]:
    """How many messages met with what since a moment, in whole ten minutes."""
    rows: list[tuple[Any, ...]] = database.rows(_COUNTS, [subject.practice, channel_id, bucket(since)])
    return {what: int(count) for what, count in rows}


def _queue(subject: Subject, one: Channel, name: str, state: DestinationState | None = None) -> Queue:
    waiting, _, _ = database.row(_WAITING, [subject.practice, one.pk, name, COUNTED]) or (0, None, None)
    oldest = (
        database.row(_OLDEST, {"practice": subject.practice, "channel": one.pk, "queue": name}) if waiting else None
    )
    return Queue(
        name=name, waiting=int(waiting), oldest=oldest[0] if oldest else None,
        paused=bool(state and state.paused), error=state.error if state else "", due=state.due if state else None,
        reached=state.reached if state else None,
    )  # fmt: skip
