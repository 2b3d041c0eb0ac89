"""What became of deliveries: written down for many at once, with what follows for their messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chartdesk.exchange.engine import plans, routing, settling, turns
from chartdesk.exchange.engine.channels import Plan, Route
from chartdesk.exchange.engine.documents import Retries
from chartdesk.exchange.engine.models import DestinationState
from chartdesk.exchange.engine.settling import Settled
from chartdesk.exchange.engine.transports import Response
from chartdesk.exchange.engine.turns import Lane
from chartdesk.kit import clock, database, live, worklist
from chartdesk.kit.arrays import Blobs, Texts, numbers
from chartdesk.kit.transactions import transaction
from chartdesk.record.access.subject import system

if TYPE_CHECKING:
    from chartdesk.exchange.engine.delivery import Waiting

#: How often in a row a destination is not reached before somebody is told.
TELL_AFTER = 5
TASK = "interface_unreachable"

_DELIVERIES = """
    UPDATE engine_messagedelivery d
       SET state = g.state, attempts = d.attempts + g.tries, tried = %(at)s, error = g.error, response = g.response
      FROM unnest(%(ids)s::int8[], %(states)b::text[], %(tries)s::int4[], %(errors)b::text[], %(responses)b::bytea[])
           AS g(message, state, tries, error, response)
     WHERE d.practice = %(practice)s AND d.message = g.message AND d.destination = %(queue)s AND d.state = 'waiting'
"""
# Two destinations of a message may be done at the same moment: the later one waits here, and sees the other's end.
_LOCK = """
    SELECT id FROM engine_interfacemessage WHERE practice = %s AND id = ANY(%s::int8[]) ORDER BY id FOR UPDATE
"""
_STANDING = """
    SELECT m.id, m.status, m.outcome, m.reason, m.attempts, bool_or(d.state = 'waiting'),
           min(d.destination || ': ' || d.error) FILTER (WHERE d.state = 'dead')
      FROM engine_interfacemessage m
      JOIN engine_messagedelivery d ON d.practice = %(practice)s AND d.message = m.id
     WHERE m.practice = %(practice)s AND m.id = ANY(%(ids)s::int8[])
     GROUP BY m.id, m.status, m.outcome, m.reason, m.attempts
"""
_ABANDON = """
    UPDATE engine_messagedelivery SET state = 'dead', error = %s
     WHERE practice = %s AND channel = %s AND destination = %s AND state = 'waiting'
       AND message = ANY(%s::int8[])
"""
_LANE = "SELECT DISTINCT message FROM engine_messageturn WHERE practice = %s AND channel = %s AND queue = %s LIMIT 1000"
CALM = "DELETE FROM engine_messagetrouble WHERE practice = %s AND message = ANY(%s::int8[])"


def settle(lane: Lane, plan: Plan, route: Route, found: Sequence[tuple[Waiting, Response]]) -> None:
    """Write down what became of deliveries; what failed is tried again later, or is dead with its reason."""
    now, retries = clock.now(), route.destination.retries
    ended: list[int] = []
    later: dict[int, timedelta] = {}
    rows: list[tuple[int, str, int, Response]] = []
    for one, response in found:
        state = _state(one.attempts, response, retries)
        rows.append((one.id, state, int(response.status != "unreachable"), response))
        if state != "waiting":
            ended.append(one.id)
        elif response.status == "failed":
            later[one.id] = pause(retries, one.attempts + 1)
    with transaction(lane.practice), plans.indexed():
        _destination(lane, plan, retries, found[-1][1], len(found) > 1, now)
        values = {
            "practice": lane.practice,
            "queue": lane.queue,
            "at": now,
            "ids": numbers(number for number, _, _, _ in rows),
            "states": Texts([state for _, state, _, _ in rows]),
            "tries": numbers(tries for _, _, tries, _ in rows),
            "errors": Texts([_words(response) for _, _, _, response in rows]),
            "responses": Blobs([response.answer for _, _, _, response in rows]),
        }
        turns.put_off(lane, later)
        turns.done(lane, ended)
        database.execute(_DELIVERIES, values)
        standing(lane.practice, lane.channel, ended, plan.document.name, plan.document.title)
        live.announce(system(lane.practice, "interfaces"), "interfaces", plan.document.name)


def pause(retries: Retries, attempts: int) -> timedelta:
    """How long to wait after so many failures in a row."""
    return timedelta(seconds=min(retries.first_seconds * 2 ** min(attempts - 1, 30), retries.longest_seconds))


def _state(attempts: int, response: Response, retries: Retries) -> str:
    if response.status == "taken":
        return "sent"
    dead = response.status == "refused" or (response.status == "failed" and attempts + 1 >= retries.attempts)
    return "dead" if dead else "waiting"


def _words(response: Response) -> str:
    return "" if response.status == "taken" else response.words.replace("\x00", "")[:2000]


def _destination(
    lane: Lane, plan: Plan, retries: Retries, last: Response, several: bool, now: datetime
) -> None:  # fmt: skip
    """Whether the destination is there, and when it is tried again if not."""
    one, _ = DestinationState.objects.select_for_update().get_or_create(
        channel_id=lane.channel, name=lane.queue, defaults={"practice": lane.practice}
    )
    scope, key = system(lane.practice, "interfaces"), f"{plan.document.name}/{lane.queue}"
    if last.status != "unreachable":
        if one.attempts:
            worklist.close_items(scope, TASK, [key], by=scope.actor)
        one.attempts, one.due, one.error, one.reached = 0, None, "", now
        one.save(update_fields=["attempts", "due", "error", "reached"])
        return
    one.attempts = 1 if several else one.attempts + 1
    one.reached = now if several else one.reached
    one.due, one.error = now + pause(retries, one.attempts), _words(last)
    one.save(update_fields=["attempts", "due", "error", "reached"])
    if one.attempts >= TELL_AFTER:
        task = worklist.Task(
            kind=TASK, key=key, role="manager",
            title=f"{plan.document.title or plan.document.name}: {lane.queue} cannot be reached",
            detail=one.error, cure="Ask who runs it. What waits is sent by itself when it is back.",
            link=("interface", plan.document.name),
        )  # fmt: skip
        worklist.raise_item(scope, task)


def standing(practice: int, channel: int, messages: Sequence[int], name: str, title: str) -> None:
    """Where messages stand now that some of their deliveries ended. In the open transaction."""
    if not messages:
        return
    given = numbers(messages)
    database.execute(_LOCK, [practice, given])
    changed, calm = [], []
    for number, status, outcome, reason, attempts, waiting, dead in database.rows(
        _STANDING, {"practice": practice, "ids": given}
    ):
        now = "error" if outcome == "error" else "dead" if dead else "queued" if waiting else "sent"
        if now == "sent" and outcome == "applied":
            now = "applied"
        if status not in ("queued", "dead") or now == status:
            continue
        changed.append(Settled(number, now, outcome, dead or ("" if status == "dead" else reason), attempts))
        if status == "dead":
            calm.append(number)
    if calm:
        database.execute(CALM, [practice, numbers(calm)])
    settling.settle(practice, channel, changed)
    dead_ones = [one for one in changed if one.status == "dead"]
    if dead_ones:
        routing.raise_trouble(system(practice, "interfaces"), name, title, "dead", dead_ones[-1].reason)


def abandon(lane: Lane, plan: Plan, reason: str) -> None:
    """A destination is no more: what waits for it is dead, with the reason. In the open transaction."""
    scope = system(lane.practice, "interfaces")
    worklist.close_items(scope, TASK, [f"{plan.document.name}/{lane.queue}"], by=scope.actor)
    waiting = [number for (number,) in database.rows(_LANE, list(lane))]
    database.execute(_ABANDON, [reason, lane.practice, lane.channel, lane.queue, numbers(waiting)])
    turns.done(lane, waiting)
    standing(lane.practice, lane.channel, waiting, plan.document.name, plan.document.title)
