"""What pages and the command line read: channels and how they fare, one message with everything about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chartdesk.exchange.engine import channels
from chartdesk.exchange.engine.documents import ChannelDocument, RecordTarget
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
from chartdesk.kit.arrays import Texts, numbers
from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import reading
from chartdesk.record import audit
from chartdesk.record.access.subject import CONNECTORS, Subject

__all__ = ["ChannelView", "MessageView", "Page", "Row", "Wanted", "channel", "every_channel", "message", "search"]

#: Counting what waits stops here: a page says "more than".
COUNTED = 10_000

# Each of these looks at many channels, and into the index for each of them.
_WAITING = """
    SELECT g.channel, g.queue, w.waiting, o.received
      FROM unnest(%(channels)s::int8[], %(queues)b::text[]) AS g(channel, queue)
     CROSS JOIN LATERAL (
        SELECT count(*) AS waiting FROM (
            SELECT 1 FROM engine_messageturn t
             WHERE t.practice = %(practice)s AND t.channel = g.channel AND t.queue = g.queue LIMIT %(most)s) AS counted
     ) AS w
      LEFT JOIN LATERAL (
        SELECT m.received FROM engine_interfacemessage m WHERE m.practice = %(practice)s AND m.id = (
            SELECT t.message FROM engine_messageturn t
             WHERE t.practice = %(practice)s AND t.channel = g.channel AND t.queue = g.queue
             ORDER BY t.message LIMIT 1)
     ) AS o ON true
"""
_TROUBLE = """
    SELECT g.channel, t.status, count(*)
      FROM unnest(%(channels)s::int8[]) AS g(channel)
     CROSS JOIN LATERAL (
        SELECT status FROM engine_messagetrouble
         WHERE practice = %(practice)s AND channel = g.channel AND status <> 'closed' LIMIT %(most)s
     ) AS t
     GROUP BY g.channel, t.status
"""
_LAST = """
    SELECT g.channel, m.received
      FROM unnest(%(channels)s::int8[]) AS g(channel)
     CROSS JOIN LATERAL (
        SELECT received FROM engine_interfacemessage
         WHERE practice = %(practice)s AND channel = g.channel ORDER BY id DESC LIMIT 1
     ) AS m
"""
_COUNTS = """
    SELECT channel, what, sum(count)::int8, coalesce(sum(count) FILTER (WHERE at >= %(hour)s), 0)::int8
      FROM engine_channelcount
     WHERE practice = %(practice)s AND channel = ANY(%(channels)s::int8[]) AND at >= %(day)s GROUP BY channel, what
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
        return _views(subject, list(Channel.objects.filter(practice=subject.practice).order_by("name")))


def titles(subject: Subject) -> dict[int, tuple[str, str]]:
    """By its number, the name of each channel and what people call it, in the order of the names. Raises Forbidden."""
    subject.require(*CONNECTORS)
    with reading(subject):
        rows = Channel.objects.filter(practice=subject.practice).order_by("name")
        return {pk: (name, title or name) for pk, name, title in rows.values_list("pk", "name", "document__title")}


def channel(subject: Subject, name: str) -> ChannelView:
    """One channel. Raises NotFound, Forbidden."""
    subject.require(*CONNECTORS)
    with reading(subject):
        return _views(subject, [_channel(subject, name)])[0]


def versions(subject: Subject, name: str, *, most: int, before: int | None = None) -> list[ChannelVersion]:
    """A channel's documents as they were, the newest first; those before a version. Raises NotFound, Forbidden."""
    subject.require(*CONNECTORS)
    with reading(subject):
        rows = ChannelVersion.objects.filter(channel=_channel(subject, name))
        rows = rows.filter(version__lt=before) if before is not None else rows
        return list(rows.order_by("-version")[:most])


def version(subject: Subject, name: str, number: int) -> ChannelVersion | None:
    """One of them; None where there is none. Raises NotFound for the channel, Forbidden."""
    subject.require(*CONNECTORS)
    with reading(subject):
        found: ChannelVersion | None = ChannelVersion.objects.filter(
            channel=_channel(subject, name), version=number
        ).first()
    return found


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


def _views(subject: Subject, rows: Sequence[Channel]) -> list[ChannelView]:
    """How channels fare: each figure of all of them at once."""
    documents = {one.pk: channels.document(one.document) for one in rows}
    lanes = {number: ["", *_destinations(document)] for number, document in documents.items()}
    queues = _queues(subject, lanes)
    values = {"practice": subject.practice, "channels": numbers(documents), "most": COUNTED}
    trouble: dict[int, dict[str, int]] = defaultdict(dict)
    for number, status, count in database.rows(_TROUBLE, values):
        trouble[number][status] = int(count)
    last = dict(database.rows(_LAST, values))
    hours, days = _counts(values)
    return [
        ChannelView(
            id=one.pk, name=one.name, document=documents[one.pk], state=one.state, version=one.version,
            changed=one.changed, changed_by=one.changed_by, routing=queues[one.pk, ""],
            destinations=[queues[one.pk, name] for name in lanes[one.pk] if name],
            trouble=trouble[one.pk], last=last.get(one.pk), hour=hours[one.pk], day=days[one.pk],
        )
        for one in rows
    ]  # fmt: skip


def _destinations(document: ChannelDocument) -> list[str]:
    """The names of those that messages are delivered to."""
    return [one.name for one in document.destinations if not isinstance(one.transport, RecordTarget)]


def _counts(values: dict[str, Any]) -> tuple[dict[int, dict[str, int]], dict[int, dict[str, int]]]:
    """By channel, how many messages met with what in the last hour and in the last day, in whole ten minutes."""
    now = clock.now()
    since = {"hour": bucket(now - timedelta(hours=1)), "day": bucket(now - timedelta(days=1))}
    hours: dict[int, dict[str, int]] = defaultdict(dict)
    days: dict[int, dict[str, int]] = defaultdict(dict)
    for number, what, day, hour in database.rows(_COUNTS, values | since):
        days[number][what] = int(day)
        if hour:
            hours[number][what] = int(hour)
    return hours, days


def _queues(subject: Subject, lanes: dict[int, list[str]]) -> dict[tuple[int, str], Queue]:
    """What waits in each lane of these channels."""
    pairs = [(number, name) for number, names in lanes.items() for name in names]
    values = {
        "practice": subject.practice, "most": COUNTED, "channels": numbers(number for number, _ in pairs),
        "queues": Texts([name for _, name in pairs]),
    }  # fmt: skip
    states = {(one.channel_id, one.name): one for one in DestinationState.objects.filter(channel__in=list(lanes))}
    found = {}
    for number, name, waiting, oldest in database.rows(_WAITING, values):
        state = states.get((number, name))
        found[number, name] = Queue(
            name=name, waiting=int(waiting), oldest=oldest, paused=bool(state and state.paused),
            error=state.error if state else "", due=state.due if state else None,
            reached=state.reached if state else None,
        )  # fmt: skip
    return found
