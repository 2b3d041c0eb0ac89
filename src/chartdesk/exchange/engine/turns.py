"""Whose turn it is: the oldest messages of a queue whose streams nobody is before them in.

A stream is a patient's messages in one queue of one channel. Rows that are taken are locked until the transaction ends;
another worker passes them over, and everything behind them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from chartdesk.kit import clock, database
from chartdesk.kit.arrays import Texts, numbers


class Lane(NamedTuple):
    """A queue with open work: the routing of a channel (empty), or one of its destinations."""

    practice: int
    channel: int
    queue: str


# One look into the index for each lane that has open work, however long it is.
_LANES = """
    WITH RECURSIVE lane AS (
        (SELECT practice, channel, queue FROM engine_messageturn WHERE practice >= %(low)s AND practice <= %(high)s
          ORDER BY practice, channel, queue LIMIT 1)
        UNION ALL
        SELECT n.* FROM lane l CROSS JOIN LATERAL (
            SELECT t.practice, t.channel, t.queue FROM engine_messageturn t
             WHERE (t.practice, t.channel, t.queue) > (l.practice, l.channel, l.queue) AND t.practice <= %(high)s
             ORDER BY t.practice, t.channel, t.queue LIMIT 1) AS n
    )
    SELECT practice, channel, queue FROM lane
"""
_TAKE = """
    SELECT t.stream, t.message FROM engine_messageturn t
     WHERE t.practice = %(practice)s AND t.channel = %(channel)s AND t.queue = %(queue)s
       AND NOT t.held AND t.due <= %(now)s
       AND NOT EXISTS (SELECT 1 FROM engine_messageturn e
                        WHERE e.stream = t.stream AND e.message < t.message AND (e.held OR e.due > %(now)s))
     ORDER BY t.message
     LIMIT %(most)s
       FOR UPDATE SKIP LOCKED
"""
# Asked after the locks are held: what others hold, or what came meanwhile, is seen here.
_AROUND = """
    SELECT e.stream, e.message FROM engine_messageturn e
     WHERE e.stream = ANY(%(streams)s::int8[]) AND e.message <= %(last)s
    UNION
    SELECT e.stream, e.message FROM engine_messageturn e
     WHERE e.message = ANY(%(messages)s::int8[]) AND e.channel = %(channel)s AND e.queue = %(queue)s
"""
_DONE = "DELETE FROM engine_messageturn WHERE message = ANY(%s::int8[]) AND channel = %s AND queue = %s"
_PUT_OFF = """
    UPDATE engine_messageturn t SET due = g.due
      FROM unnest(%s::int8[], %s::timestamptz[]) AS g(message, due)
     WHERE t.message = g.message AND t.channel = %s AND t.queue = %s
"""
_HOLD = "UPDATE engine_messageturn SET held = true WHERE message = ANY(%s::int8[]) AND channel = %s AND queue = %s"
_ADD = """
    INSERT INTO engine_messageturn (practice, stream, message, channel, queue, due, held)
    SELECT %(practice)s, g.stream, g.message, %(channel)s, g.queue, %(due)s, false
      FROM unnest(%(streams)s::int8[], %(messages)s::int8[], %(queues)b::text[]) AS g(stream, message, queue)
        ON CONFLICT (stream, message) DO UPDATE SET held = false, due = excluded.due
"""


def lanes(practice: int | None = None) -> list[Lane]:
    """The lanes with open work, of ``practice`` or of all."""
    low, high = (practice, practice) if practice is not None else (-(2**31), 2**31 - 1)
    return [Lane(*row) for row in database.rows(_LANES, {"low": low, "high": high})]


def take(lane: Lane, most: int) -> list[tuple[int, list[int]]]:
    """The next messages of a lane in their order, each with its streams; locked. At most ``most`` turns are read."""
    place = {"practice": lane.practice, "channel": lane.channel, "queue": lane.queue}
    taken = database.rows(_TAKE, {**place, "now": clock.now(), "most": most})
    if not taken:
        return []
    mine = set(taken)
    around = database.rows(
        _AROUND,
        {
            **place,
            "streams": numbers({stream for stream, _ in taken}),
            "messages": numbers({message for _, message in taken}),
            "last": max(message for _, message in taken),
        },
    )
    return _first(around, mine)


def _first(around: Iterable[tuple[int, int]], mine: set[tuple[int, int]]) -> list[tuple[int, list[int]]]:
    """Of all open turns, the messages whose every turn is ours and behind nothing that is not."""
    held: dict[int, list[int]] = defaultdict(list)
    for stream, message in around:
        held[message].append(stream)
    blocked: set[int] = set()
    found = []
    for message in sorted(held):
        streams = held[message]
        if all((stream, message) in mine for stream in streams) and blocked.isdisjoint(streams):
            found.append((message, sorted(streams)))
        else:
            blocked.update(streams)
    return found


def waves(messages: Iterable[tuple[int, list[int]]]) -> list[list[int]]:
    """Messages in lots that may be worked on together: in each, none of a stream of another; in order."""
    made: list[list[int]] = []
    place: dict[int, int] = {}
    for message, streams in messages:
        at = max((place.get(stream, 0) for stream in streams), default=0)
        if at == len(made):
            made.append([])
        made[at].append(message)
        for stream in streams:
            place[stream] = at + 1
    return made


def done(lane: Lane, messages: Iterable[int]) -> None:
    """They are out of the lane."""
    given = numbers(messages)
    if given != "{}":
        database.execute(_DONE, [given, lane.channel, lane.queue])


def put_off(lane: Lane, messages: dict[int, timedelta]) -> None:
    """Try them again so much later; what is behind them waits."""
    if messages:
        now = clock.now()
        moments = "{" + ",".join(f'"{(now + wait).isoformat()}"' for wait in messages.values()) + "}"
        database.execute(_PUT_OFF, [numbers(messages), moments, lane.channel, lane.queue])


def hold(lane: Lane, messages: Iterable[int]) -> None:
    """Let them stay until somebody lets them go; what is behind them waits."""
    given = numbers(messages)
    if given != "{}":
        database.execute(_HOLD, [given, lane.channel, lane.queue])


def add(practice: int, channel: int, rows: Iterable[tuple[int, int, str]], due: datetime) -> None:
    """Let messages wait: stream, message and queue of each. One that waits already may go at once."""
    given = sorted(set(rows))
    if given:
        values = {
            "practice": practice,
            "channel": channel,
            "due": due,
            "streams": numbers(stream for stream, _, _ in given),
            "messages": numbers(message for _, message, _ in given),
            "queues": Texts([queue for _, _, queue in given]),
        }
        database.execute(_ADD, values)
