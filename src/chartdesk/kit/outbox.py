"""The outbox: what happened, delivered after the commit, to whoever subscribed.

``emit`` writes the event and one delivery per subscriber in the transaction of the command, so an event
exists exactly when its cause does. ``deliver`` runs a subscriber's handler and marks the delivery done in one
transaction: a handler that only writes to this database takes effect once, whatever is killed when. A handler
that talks to the outside may run again after a crash and must be idempotent.

Deliveries of one stream reach a subscriber in the order of the commits. A delivery that fails waits and is
tried again (1 s, doubling, 10 minutes at most); after ``ATTEMPTS`` tries it is stuck, a work item says why,
and its stream waits behind it. Other streams are not held up.

A subscriber may take several events at once, the next of each stream. Where that fails they are parted, half by half,
each in a transaction of its own, until the one that cannot be handled stands alone: it is set back as if it had come
alone, and the others are delivered together.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db import transaction as django_transaction

from chartdesk.kit import clock, database, worklist
from chartdesk.kit.arrays import Texts
from chartdesk.kit.errors import ChartdeskError, NotFound
from chartdesk.kit.models import OutboxDelivery, OutboxEvent
from chartdesk.kit.transactions import HasPractice, transaction

CHANNEL = "chartdesk_outbox"
ATTEMPTS = 8
#: Events that a subscriber is given at once, where it takes several: their streams wait as long as it works.
ROUND = 100
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Event:
    """What a handler receives. ``payload`` holds identifiers; content is read from its room."""

    id: int
    practice: int
    stream: str
    kind: str
    payload: Mapping[str, Any]
    actor: str
    happened: datetime


Handler = Callable[[Event], None]
Several = Callable[[list[Event]], None]
_subscribers: dict[str, dict[str, Handler]] = {}
_several: dict[tuple[str, str], tuple[Several, int]] = {}


def subscribe(
    kind: str, subscriber: str, handler: Handler, *, several: Several | None = None, most: int = ROUND
) -> None:
    """Let ``handler`` be called, under the stable name ``subscriber``, for every event of ``kind``.

    ``several`` is called instead where more than one waits: with events of one practice, each of another stream, in
    their order, ``most`` at once. Kinds of one subscriber that name the same ``several`` come together.
    """
    _subscribers.setdefault(kind, {})[subscriber] = handler
    if several is not None:
        _several[kind, subscriber] = (several, most)


# Two writers of one stream wait for each other at the lock, so that order of numbers is order of commits.
_EMIT = """
    WITH turn AS MATERIALIZED (
        SELECT pg_advisory_xact_lock(hashtextextended(%(lock)s, 0))
    ), event AS (
        INSERT INTO kit_outboxevent (practice, stream, kind, payload, actor, happened)
        SELECT %(practice)s::int4, %(stream)s, %(kind)s, %(payload)s::text::jsonb, %(actor)s, %(moment)s::timestamptz
          FROM turn
        RETURNING id
    ), sent AS (
        INSERT INTO kit_outboxdelivery (practice, event_id, subscriber, stream, state, attempts, due, error)
        SELECT %(practice)s::int4, event.id, subscriber, %(stream)s, 'waiting', 0, %(moment)s::timestamptz, ''
          FROM event, unnest(%(subscribers)b::text[]) AS subscriber
    )
    SELECT id, pg_notify(%(channel)s, '') FROM event
"""


def emit(scope: HasPractice, kind: str, stream: str, payload: Mapping[str, Any], *, actor: str) -> int:
    """Record that ``kind`` happened. Call it inside the transaction of the command that made it happen."""
    values = {
        "lock": "/".join(("outbox", str(scope.practice), stream)),
        "practice": scope.practice,
        "stream": stream,
        "kind": kind,
        "payload": json.dumps(dict(payload)),
        "actor": actor,
        "moment": clock.now(),
        "subscribers": list(_subscribers.get(kind, {})),
        "channel": CHANNEL,
    }
    found = database.row(_EMIT, values)
    assert found is not None
    return int(found[0])


_EMIT_MANY = """
    WITH given AS MATERIALIZED (
        SELECT * FROM unnest(%(streams)b::text[], %(payloads)b::text[]) WITH ORDINALITY AS g(stream, payload, place)
    ), turn AS MATERIALIZED (
        SELECT pg_advisory_xact_lock(hashtextextended(%(lock)s || stream, 0))
          FROM (SELECT DISTINCT stream FROM given ORDER BY stream) AS streams
    ), event AS (
        INSERT INTO kit_outboxevent (practice, stream, kind, payload, actor, happened)
        SELECT %(practice)s::int4, stream, %(kind)s, payload::jsonb, %(actor)s, %(moment)s::timestamptz
          FROM given WHERE (SELECT count(*) FROM turn) > 0 ORDER BY place
        RETURNING id, stream
    ), sent AS (
        INSERT INTO kit_outboxdelivery (practice, event_id, subscriber, stream, state, attempts, due, error)
        SELECT %(practice)s::int4, event.id, subscriber, stream, 'waiting', 0, %(moment)s::timestamptz, ''
          FROM event, unnest(%(subscribers)b::text[]) AS subscriber ORDER BY event.id
    )
    SELECT count(*), pg_notify(%(channel)s, '') FROM event
"""


def emit_many(scope: HasPractice, kind: str, events: Sequence[tuple[str, Mapping[str, Any]]], *, actor: str) -> None:
    """Record that ``kind`` happened several times, in this order: (stream, payload) each. One statement."""
    if not events:
        return
    values = {
        "lock": f"outbox/{scope.practice}/",
        "practice": scope.practice,
        "streams": Texts([stream for stream, _ in events]),
        "payloads": Texts([json.dumps(dict(payload)) for _, payload in events]),
        "kind": kind,
        "actor": actor,
        "moment": clock.now(),
        "subscribers": Texts(_subscribers.get(kind, {})),
        "channel": CHANNEL,
    }
    database.execute(_EMIT_MANY, values)


_NEXT = """
    SELECT d.id
      FROM kit_outboxdelivery d
     WHERE d.state = 'waiting' AND d.due <= %s AND (%s::integer IS NULL OR d.practice = %s)
       AND NOT EXISTS (SELECT 1 FROM kit_outboxdelivery e
                        WHERE e.subscriber = d.subscriber AND e.practice = d.practice
                          AND e.stream = d.stream AND e.state <> 'done' AND e.id < d.id)
     ORDER BY d.id
       FOR UPDATE SKIP LOCKED
     LIMIT 1
"""
# Others of the same subscriber that may go with it: first tries, the next of their streams, not of its own stream.
_BESIDE = """
    SELECT d.id
      FROM kit_outboxdelivery d
      JOIN kit_outboxevent v ON v.id = d.event_id AND v.kind = ANY(%s)
     WHERE d.state = 'waiting' AND d.attempts = 0 AND d.due <= %s AND d.subscriber = %s AND d.practice = %s
       AND d.stream <> %s
       AND NOT EXISTS (SELECT 1 FROM kit_outboxdelivery e
                        WHERE e.subscriber = d.subscriber AND e.practice = d.practice
                          AND e.stream = d.stream AND e.state <> 'done' AND e.id < d.id)
     ORDER BY d.id
       FOR UPDATE OF d SKIP LOCKED
     LIMIT %s
"""
# What was the next of its stream stays so until it is done: nothing is written before it.
_AGAIN = (
    "SELECT id FROM kit_outboxdelivery WHERE id = ANY(%s) AND state = 'waiting' AND attempts = 0 FOR UPDATE SKIP LOCKED"
)


def deliver(practice: int | None = None, *, replay: bool = False) -> int:
    """Deliver the next event that is due, of ``practice`` or of any, or several; how many, 0 when none is.

    With ``replay`` the handler works at the hour of its event instead of now, and each event is delivered alone.
    """

    def pick() -> list[OutboxDelivery]:
        first = _locked(_NEXT, [clock.now(), practice, practice])
        return first if not first or replay or first[0].attempts else first + _beside(first[0])

    return _deliver(pick, replay=replay)


def _deliver(pick: Callable[[], list[OutboxDelivery]], *, replay: bool = False) -> int:
    """Deliver what ``pick`` locks, all in one transaction; where several fail, half by half."""
    taken: list[OutboxDelivery] = []
    try:
        with django_transaction.atomic():
            taken = pick()
            if not taken:
                return 0
            first, events = taken[0], [_event(one.event) for one in taken]
            hour = clock.at(events[0].happened) if replay else nullcontext()
            # A handler's own transactions become savepoints of this one.
            with hour, transaction(first.practice):
                if len(events) > 1:
                    several, _ = _several[events[0].kind, first.subscriber]
                    several(events)
                else:
                    _handler(events[0].kind, first.subscriber)(events[0])
            done = OutboxDelivery.objects.filter(pk__in=[one.pk for one in taken])
            done.update(state="done", done=clock.now(), error="")
    except Exception as fault:
        if not taken:
            raise
        if len(taken) > 1:
            return _part(taken, fault)
        _set_back(taken[0], fault)
    return len(taken)


def _beside(first: OutboxDelivery) -> list[OutboxDelivery]:
    """Others that its subscriber may be given together with it, locked, in their order."""
    kind, subscriber = first.event.kind, first.subscriber
    taking = _several.get((kind, subscriber))
    if taking is None:
        return []
    kinds = [one for (one, name), other in _several.items() if name == subscriber and other == taking]
    return _locked(_BESIDE, [kinds, clock.now(), subscriber, first.practice, first.stream, taking[1] - 1])


def _locked(statement: str, values: list[Any]) -> list[OutboxDelivery]:
    """The deliveries that a statement locks, with their events, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        numbers = [number for (number,) in cursor.fetchall()]
    found = OutboxDelivery.objects.select_related("event").filter(pk__in=numbers)
    return list(found.order_by("pk")) if numbers else []


def _part(taken: list[OutboxDelivery], fault: Exception) -> int:
    """Several failed together: deliver each half of them by itself; how many were delivered or set back."""
    _log.warning("%s deliveries to %s failed together: %s", len(taken), taken[0].subscriber, type(fault).__name__)
    middle = len(taken) // 2
    return sum(_again(one.pk for one in half) for half in (taken[:middle], taken[middle:]))


def _again(wanted: Iterable[int]) -> int:
    """Deliver those of ``wanted`` that still wait; another worker may have come to some of them before us."""
    numbers = list(wanted)
    return _deliver(lambda: _locked(_AGAIN, [numbers]))


def deliver_all(practice: int | None = None, *, limit: int = 100_000, replay: bool = False) -> int:
    """Deliver until nothing is due; returns how many were delivered or set back."""
    count = 0
    while count < limit:
        delivered = deliver(practice, replay=replay)
        if not delivered:
            break
        count += delivered
    return count


def retry(scope: HasPractice, delivery_id: int) -> None:
    """Set a stuck delivery on its way again. Raises NotFound when it is not stuck."""
    moved = OutboxDelivery.objects.filter(practice=scope.practice, pk=delivery_id, state="stuck").update(
        state="waiting", attempts=0, due=clock.now()
    )
    if not moved:
        raise NotFound(f"Delivery {delivery_id} is not stuck.")


def _event(row: OutboxEvent) -> Event:
    return Event(row.pk, row.practice, row.stream, row.kind, row.payload, row.actor, row.happened)


def _handler(kind: str, subscriber: str) -> Handler:
    try:
        return _subscribers[kind][subscriber]
    except KeyError:
        raise NotFound(
            f"No handler named {subscriber} for {kind} in this process.",
            cure="Run a worker of the version that subscribed it.",
        ) from None


def _set_back(delivery: OutboxDelivery, fault: Exception) -> None:
    """Note the failure; try again later, or give up with a work item."""
    attempts = delivery.attempts + 1
    stuck = attempts >= ATTEMPTS
    # Only our own errors are written without patient data; of others the type is all we may keep.
    reason = str(fault) if isinstance(fault, ChartdeskError) else type(fault).__name__
    # The message of a foreign error may quote a row; its frames do not.
    frames = "" if isinstance(fault, ChartdeskError) else "".join(traceback.format_tb(fault.__traceback__))
    _log.warning(
        "delivery %s to %s failed (%s of %s): %s\n%s",
        delivery.pk,
        delivery.subscriber,
        attempts,
        ATTEMPTS,
        type(fault).__name__,
        frames,
    )
    pause = timedelta(seconds=min(2 ** (attempts - 1), 600))
    OutboxDelivery.objects.filter(pk=delivery.pk).update(
        attempts=attempts, state="stuck" if stuck else "waiting", due=clock.now() + pause, error=reason
    )
    if stuck:
        worklist.raise_item(
            delivery,
            worklist.Task(
                kind="delivery_stuck",
                key=str(delivery.pk),
                role="manager",
                title=f"{delivery.event.kind} could not be delivered to {delivery.subscriber}",
                detail=reason,
                cure="Mend the cause, then deliver it again.",
                about=delivery.stream,
                link=("delivery", str(delivery.pk)),
            ),
        )
