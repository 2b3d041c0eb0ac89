"""Delivering: what waits for a destination is handed over, one after another, in the order of each patient.

What is to go is read in one transaction, handed over outside of any, and what became of it written in another. Where
the worker dies in between, the same messages with the same control ids go again: partners know them by these. One
worker at a time is at one destination; none waits for another's.
"""

from __future__ import annotations

import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from django.db import DatabaseError, connection

from chartdesk.exchange.engine import arrival, channels, plans, transports, turns
from chartdesk.exchange.engine.channels import Plan, Route
from chartdesk.exchange.engine.models import DestinationState
from chartdesk.exchange.engine.transports import HL7, Content, Door, Gathering, Response, Transport
from chartdesk.exchange.engine.turns import Lane
from chartdesk.kit import clock, database
from chartdesk.kit.arrays import numbers
from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.transactions import transaction

#: Destinations served at the same time by one worker.
THREADS = 16
#: Messages read at once, and seconds after which what became of them is written down: what a kill may send again.
LOT, WRITE_AFTER = 50, 0.1
#: Seconds until a destination with nothing due is looked at again.
REST = 0.5
#: Turns that a message has at most, but for a rare one: where a batch is to be full, that many are looked at for each.
_TURNS = 4
#: Lots handed over before another destination gets the thread.
_IN_A_ROW = 20
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """One delivery: the message, its streams, how often it was tried, and what is to go."""

    id: int
    streams: list[int]
    attempts: int
    content: Content


_STATE = "SELECT state, version FROM engine_channel WHERE practice = %s AND id = %s"
_CONTENTS = """
    SELECT d.message, d.attempts, coalesce(d.content, c.mapped, c.raw),
           CASE WHEN d.content IS NOT NULL THEN d.media WHEN c.mapped IS NOT NULL THEN c.media ELSE '' END,
           m.control_id, m.kind
      FROM engine_messagedelivery d
      JOIN engine_interfacemessage m ON m.practice = %(practice)s AND m.id = d.message
      JOIN engine_messagecontent c ON c.practice = %(practice)s AND c.message = d.message
     WHERE d.practice = %(practice)s AND d.message = ANY(%(messages)s::int8[]) AND d.destination = %(queue)s
       AND d.state = 'waiting'
     ORDER BY d.message
"""


def visit(lane: Lane) -> int:
    """Hand over what waits for a destination; how many were tried. Nobody else may be at it (``Deliverer``)."""
    tried = 0
    for _ in range(_IN_A_ROW):
        lot = _lot(lane)
        if lot is None:
            break
        plan, route, waiting = lot
        found = _hand_over(plan, route, waiting)
        arrival.settle(lane, plan, route, found)
        tried += len(found)
        if found[-1][1].status == "unreachable":
            break
    return tried


def _lot(lane: Lane) -> tuple[Plan, Route, list[Waiting]] | None:
    """What to hand over next; None where nothing is due, or may go."""
    with transaction(lane.practice, lasting=False), plans.indexed():
        state = database.row(_STATE, [lane.practice, lane.channel])
        if state is None or state[0] != "running":
            return None
        plan = channels.plan_of(lane.practice, lane.channel, state[1], lambda: channels.content(lane.channel, state[1]))
        route = plan.route(lane.queue)
        if route is None:
            arrival.abandon(lane, plan, "The destination was taken out of the channel.")
            return None
        standing = DestinationState.objects.filter(channel=lane.channel, name=lane.queue).first()
        if standing and (standing.paused or (standing.due is not None and standing.due > clock.now())):
            return None
        batch = transports.batched(route.destination.transport)
        most = batch.batch_messages if batch else LOT
        taken = dict(turns.take(lane, most * _TURNS if batch else most)[:most])
        if batch and len(taken) < most and _too_early(standing, batch.batch_minutes):
            return None
        values = {"practice": lane.practice, "messages": numbers(taken), "queue": lane.queue}
        rows = database.rows(_CONTENTS, values) if taken else []
        gone = set(taken) - {row[0] for row in rows}
        turns.done(lane, gone)  # withdrawn, or pruned, since it was queued
    found = [
        Waiting(number, taken[number], attempts, Content(bytes(raw), media or HL7, control_id, kind, number))
        for number, attempts, raw, media, control_id, kind in rows
    ]
    return (plan, route, found) if found else None


def _too_early(standing: DestinationState | None, minutes: int) -> bool:
    """Whether the last batch is not that long ago: what waits may become more."""
    last = standing.reached if standing else None
    return last is not None and clock.now() < last + timedelta(minutes=minutes)


def _hand_over(plan: Plan, route: Route, waiting: list[Waiting]) -> list[tuple[Waiting, Response]]:
    """Hand them over until something else than a message is in the way, or it is time to write down what became."""
    settings = route.destination.transport
    door = Door(plan.practice, plan.channel, plan.document.name, route.name, settings)
    if transports.batched(settings):
        return list(zip(waiting, _handed_together(door, [one.content for one in waiting]), strict=False))
    blocked: set[int] = set()
    found: list[tuple[Waiting, Response]] = []
    until = time.monotonic() + WRITE_AFTER
    for one in waiting:
        if not blocked.isdisjoint(one.streams):
            blocked.update(one.streams)
            continue
        response = _handed(door, one.content)
        found.append((one, response))
        if response.status == "failed":
            blocked.update(one.streams)
        if response.status == "unreachable" or time.monotonic() > until:
            break
    return found


def _handed(door: Door, content: Content) -> Response:
    try:
        return _carrier(door).deliver(door, content)
    except Exception as fault:  # a transport that fails inside must not end the round
        return _stopped(door, fault)


def _handed_together(door: Door, contents: list[Content]) -> list[Response]:
    """One answer for each that has gone; where nothing can go, the one of the first."""
    try:
        return cast(Gathering, _carrier(door)).deliver_many(door, contents)
    except Exception as fault:
        return [_stopped(door, fault)]


def _carrier(door: Door) -> Transport:
    return transports.transport(str(type(door.settings).__struct_config__.tag))


def _stopped(door: Door, fault: Exception) -> Response:
    if isinstance(fault, ChartdeskError):
        return Response("unreachable", str(fault))
    _log.warning("delivery to %s: %s", door.name, type(fault).__name__, exc_info=fault)
    return Response("failed", f"The transport failed inside ({type(fault).__name__}); the place is in the log.")


class Deliverer:
    """Visits destinations with something to do, several at a time. Use it as a block; it waits for what is under way.

    A destination is locked as long as it is visited, by a connection of the deliverer's own that holds nothing else:
    a visit waits for partners, and must not keep a connection from those who work. ``round`` is for one thread.
    """

    def __init__(self, threads: int = THREADS) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="deliveries")
        self._room = threads
        self._locks = connection.copy()
        self._busy: dict[Lane, Future[int]] = {}
        self._resting: dict[Lane, float] = {}

    def __enter__(self) -> Deliverer:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        try:
            # The connection goes back to those that are shared: what it still held would never be given back.
            with self._locks.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock_all()")
        except DatabaseError:
            _log.warning("the locks of destinations ended with their connection")
        finally:
            self._locks.close()

    def round(self, practice: int | None = None) -> bool:
        """Begin with every destination where something is due; whether one of those that ended may have more."""
        more = False
        for lane in [lane for lane, future in self._busy.items() if future.done()]:
            tried = self._busy.pop(lane).result()
            self._lock("pg_advisory_unlock", lane)
            if tried:
                more = True
            else:
                # Paused, or not due: it was looked at in vain.
                self._resting[lane] = time.monotonic() + REST
        for lane in turns.lanes(practice):
            if len(self._busy) >= self._room:
                break
            if lane.queue and lane not in self._busy and self._resting.get(lane, 0) < time.monotonic():
                self._resting.pop(lane, None)
                if self._lock("pg_try_advisory_lock", lane):
                    self._busy[lane] = self._pool.submit(_visited, lane)
        return more

    def _lock(self, how: str, lane: Lane) -> bool:
        with self._locks.cursor() as cursor:
            cursor.execute(f"SELECT {how}(hashtextextended(%s, 3))", [f"engine/{lane.channel}/{lane.queue}"])
            return bool(cursor.fetchone()[0])


def _visited(lane: Lane) -> int:
    """``visit`` in a thread of its own: a fault ends this visit only."""
    try:
        return visit(lane)
    except Exception as fault:
        words = str(fault) if isinstance(fault, ChartdeskError) else type(fault).__name__
        _log.error("destination %s: %s", lane.queue, words, exc_info=not isinstance(fault, ChartdeskError))
        return 0
    finally:
        connection.close()


def deliver_all(practice: int) -> int:
    """Deliver, one destination after the other, until nothing is due in ``practice``; how many were tried.

    For programs that have no deliverer beside them, such as tests and the command line.
    """
    count = 0
    while tried := sum(visit(lane) for lane in turns.lanes(practice) if lane.queue):
        count += tried
    return count
