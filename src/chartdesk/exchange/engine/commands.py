"""What people do with messages: send again, edited or as they are; replay; let go; deliver again; close.

What is sent again is a message of its own, at the end of its streams: it is applied after everything that came before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from chartdesk.exchange.engine import arrival, channels, notices, steering, streams, turns
from chartdesk.exchange.engine.channels import Plan
from chartdesk.exchange.engine.judging import UNREADABLE
from chartdesk.exchange.engine.models import Channel, InterfaceMessage
from chartdesk.exchange.engine.receiving import FRAGMENT, Entry, write
from chartdesk.exchange.engine.routing import TASK
from chartdesk.exchange.engine.steering import (
    pause,
    pause_destination,
    remove,
    resume,
    resume_destination,
    save,
)  # fmt: skip
from chartdesk.kit import clock, database, live, worklist
from chartdesk.kit.arrays import numbers
from chartdesk.kit.errors import Conflict, NotFound
from chartdesk.kit.transactions import advisory_lock, joined, transaction
from chartdesk.record import audit
from chartdesk.record.access.subject import CONNECTORS, Subject
from chartdesk.standards.hl7v2 import Message

__all__ = [
    "close", "deliver_again", "pause", "pause_destination", "release", "remove", "replay", "resend", "resume",
    "resume_destination", "save",
]  # fmt: skip

#: Messages that one transaction of a replay writes.
PART = 500
WHAT = "InterfaceMessage"

_KEPT = """
    SELECT m.id, m.direction, m.control_id, m.kind, m.sender, m.patient_key, m.status, c.raw
      FROM engine_interfacemessage m
      LEFT JOIN engine_messagecontent c ON c.practice = %(practice)s AND c.message = m.id
     WHERE m.practice = %(practice)s AND m.channel = %(channel)s AND m.id >= %(first)s AND m.id <= %(last)s
       AND (m.id = %(only)s OR (m.replay_of IS NULL AND m.kind <> ALL(%(no_messages)s::text[])
                                AND m.status <> ALL(%(under_way)s::text[]) AND c.raw IS NOT NULL))
     ORDER BY m.id LIMIT %(most)s
"""
_STATE = """
    UPDATE engine_interfacemessage SET status = %s, reason = %s, finished = %s
     WHERE practice = %s AND id = ANY(%s::int8[])
"""
_CLOSED = """
    INSERT INTO engine_messagetrouble (practice, message, channel, status, since)
    SELECT m.practice, m.id, m.channel, 'closed', %s FROM engine_interfacemessage m
     WHERE m.practice = %s AND m.id = ANY(%s::int8[])
        ON CONFLICT (message) DO UPDATE SET status = 'closed', since = excluded.since
"""
_WITHDRAW = """
    UPDATE engine_messagedelivery SET state = 'withdrawn'
     WHERE practice = %s AND message = ANY(%s::int8[]) AND state IN ('waiting', 'dead')
"""
_NO_TURN = "DELETE FROM engine_messageturn WHERE practice = %s AND message = ANY(%s::int8[])"
_HELD = """
    SELECT m.id, m.channel, m.patient_key, c.raw FROM engine_interfacemessage m
      JOIN engine_messagecontent c ON c.practice = %(practice)s AND c.message = m.id
     WHERE m.practice = %(practice)s AND m.id = ANY(%(ids)s::int8[]) AND m.status = 'held'
     ORDER BY m.id FOR UPDATE OF m
"""
_DEAD = """
    UPDATE engine_messagedelivery d SET state = 'waiting', attempts = 0, error = ''
      FROM engine_interfacemessage m, engine_messagecontent c
     WHERE d.practice = %(practice)s AND d.message = ANY(%(ids)s::int8[]) AND d.state IN ('dead', 'sent')
       AND (d.state = 'dead' OR %(sent)s) AND (%(destination)s = '' OR d.destination = %(destination)s)
       AND m.practice = %(practice)s AND m.id = d.message AND c.practice = %(practice)s AND c.message = d.message
    RETURNING d.message, d.channel, d.destination, m.patient_key, c.raw, m.outcome
"""
# Turns first, then the rest: whoever routes and delivers locks in that order too.
_LOCK_TURNS = """
    SELECT 1 FROM engine_messageturn WHERE practice = %s AND message = ANY(%s::int8[])
     ORDER BY message, stream FOR UPDATE
"""
_OPEN_TROUBLE = """
    SELECT count(*) FROM engine_messagetrouble WHERE practice = %s AND channel = %s AND status = %s
"""


def resend(subject: Subject, number: int, raw: bytes | None = None) -> int:
    """Put a message into its channel once more, edited where ``raw`` is given; gives the number of the new one.

    One that was in trouble is closed by it. Raises NotFound, Conflict for one that is under way or whose content is no
    longer kept, Unreadable where the edited bytes are no message, Forbidden.
    """
    subject.require(*CONNECTORS)
    with transaction(subject):
        database.execute(_LOCK_TURNS, [subject.practice, numbers([number])])
        one = _message(subject, number)
        if one.status in ("received", "queued"):
            raise Conflict(f"Message {number} is under way.", cure="Wait for it, or close it first.")
        plan = channels.plan(Channel.objects.get(pk=one.channel))
        if raw is not None:
            Message(raw, plan.judge.codec)
        advisory_lock("engine channel", one.channel)
        rows = _kept(plan, number, number, 1, only=number)
        if raw is None and (not rows or rows[0][-1] is None):
            raise Conflict(f"The content of message {number} is no longer kept.")
        made = write(
            plan, [_entry(plan, subject, rows[0], raw)], at=clock.now(), direction=one.direction, counting=False
        )[0]
        how = "edited" if raw is not None else "as it was"
        if one.status in ("refused", "held", "error", "dead"):
            _close(subject, one.channel, [number], f"Sent again {how} as message {made}.")
        audit.record(subject, "E", WHAT, resource_id=str(number), detail=f"sent again {how} as message {made}")
    return made


def replay(subject: Subject, channel_name: str, first: int, last: int) -> int:
    """Put the messages from one number to another into their channel once more, in their order; gives how many.

    Those that are under way, were no messages or are no longer kept are left out, and so are replays. Each part of it
    is a transaction of its own. Raises NotFound, Forbidden.
    """
    subject.require(*CONNECTORS)
    count, low = 0, first
    while low <= last:
        with steering.steered(subject, channel_name) as channel:
            plan = channels.plan(channel)
            advisory_lock("engine channel", channel.pk)
            rows = _kept(plan, low, last, PART)
            entries = [_entry(plan, subject, row, None) for row in rows]
            write(plan, entries, at=clock.now(), direction=plan.document.direction, counting=False)
            detail = f"{channel_name}: messages {low} to {rows[-1][0] if rows else last} replayed"
            audit.record(subject, "E", WHAT, resource_id=str(low), detail=detail)
        count += len(rows)
        if len(rows) < PART:
            break
        low = rows[-1][0] + 1
    return count


def release(subject: Subject, messages: Iterable[int]) -> int:
    """Let held messages take their turn again, in their old places: what they waited for is there. Gives how many."""
    given = numbers(messages)
    with joined(subject):
        database.execute(_LOCK_TURNS, [subject.practice, given])
        rows = database.rows(_HELD, {"practice": subject.practice, "ids": given})
        now = clock.now()
        for channel in sorted({row[1] for row in rows}):
            plan = channels.plan(Channel.objects.get(pk=channel))
            added = [
                (stream, number, "")
                for number, mine, key, raw in rows
                if mine == channel
                for stream in streams.numbers(channel, "", _patients(plan, key, raw))
            ]
            turns.add(subject.practice, channel, added, now)
        released = [row[0] for row in rows]
        if released:
            _calm(subject, released, "received", "")
            notices.tell(notices.ROUTING)
        for channel in {row[1] for row in rows}:
            _close_task(subject, channel, "held")
    return len(rows)


def deliver_again(subject: Subject, messages: Sequence[int], destination: str = "", *, sent: bool = False) -> int:
    """Set dead deliveries on their way again, in their old places; with ``sent`` those that were taken as well.

    Gives how many. Raises Forbidden.
    """
    subject.require(*CONNECTORS)
    with transaction(subject):
        values = {"practice": subject.practice, "ids": numbers(messages), "destination": destination, "sent": sent}
        rows = database.rows(_DEAD, values)
        now = clock.now()
        for channel in sorted({row[1] for row in rows}):
            plan = channels.plan(Channel.objects.get(pk=channel))
            added = [
                (stream, number, name)
                for number, mine, name, key, raw, _ in rows
                if mine == channel
                for stream in streams.numbers(channel, name, _patients(plan, key, raw))
            ]
            turns.add(subject.practice, channel, added, now)
        found = sorted({row[0] for row in rows})
        if found:
            # What the record could not take stays an error, whatever becomes of its deliveries.
            _calm(subject, sorted({row[0] for row in rows if row[5] != "error"}), "queued", "")
            notices.tell(notices.DELIVERIES)
            for number in found:
                audit.record(subject, "E", WHAT, resource_id=str(number), detail="delivered again")
        for channel in {row[1] for row in rows}:
            _close_task(subject, channel, "dead")
    return len(rows)


def close(subject: Subject, messages: Sequence[int], reason: str) -> int:
    """Do nothing more with messages in trouble or under way, for a reason; gives how many.

    What is behind them in their streams goes on. Raises Forbidden.
    """
    subject.require(*CONNECTORS)
    with transaction(subject):
        database.execute(_LOCK_TURNS, [subject.practice, numbers(messages)])
        open_ones = InterfaceMessage.objects.select_for_update().filter(
            practice=subject.practice, pk__in=list(messages),
            status__in=("received", "queued", "refused", "held", "error", "dead"),
        )  # fmt: skip
        found = sorted(open_ones.order_by("pk").values_list("pk", "channel"))
        for channel in {channel for _, channel in found}:
            mine = [number for number, other in found if other == channel]
            _close(subject, channel, mine, reason or "Closed.")
        for number, _ in found:
            audit.record(subject, "U", WHAT, resource_id=str(number), detail="closed")
    return len(found)


def _message(subject: Subject, number: int) -> InterfaceMessage:
    one = InterfaceMessage.objects.select_for_update().filter(practice=subject.practice, pk=number).first()
    if one is None:
        raise NotFound(f"There is no message {number}.")
    return one


def _kept(plan: Plan, first: int, last: int, most: int, only: int = 0) -> list[tuple[Any, ...]]:
    values = {
        "practice": plan.practice, "channel": plan.channel, "first": first, "last": last, "most": most, "only": only,
        "no_messages": [FRAGMENT, UNREADABLE], "under_way": ["received", "queued", "held"],
    }  # fmt: skip
    return database.rows(_KEPT, values)


def _entry(plan: Plan, subject: Subject, row: tuple[Any, ...], raw: bytes | None) -> Entry:
    number, _, control_id, kind, sender, key, _, kept = row
    content = raw if raw is not None else bytes(kept)
    message = Message(content, plan.judge.codec)
    if raw is not None:
        judged = plan.judge.judge(raw, clock.now())
        control_id, kind, sender = judged.control_id, judged.kind, judged.sender
        key = judged.patients[0] if judged.patients else ""
    return Entry(
        raw=content, answer=b"", control_id=control_id, kind=kind if kind != UNREADABLE else message.type,
        sender=sender, peer=subject.actor, digest=streams.digest(content), patients=_patients(plan, key, content),
        replay_of=number,
    )  # fmt: skip


def _patients(plan: Plan, key: str, raw: bytes) -> list[str]:
    return streams.together(key, Message(bytes(raw), plan.judge.codec))


def _close(subject: Subject, channel: int, messages: list[int], reason: str) -> None:
    given, now = numbers(messages), clock.now()
    database.execute(_NO_TURN, [subject.practice, given])
    database.execute(_WITHDRAW, [subject.practice, given])
    database.execute(_STATE, ["closed", reason, now, subject.practice, given])
    database.execute(_CLOSED, [now, subject.practice, given])
    for status in ("error", "held", "dead"):
        _close_task(subject, channel, status)
    notices.tell(notices.ROUTING)
    live.announce(subject, "interfaces", "")


def _calm(subject: Subject, messages: list[int], status: str, reason: str) -> None:
    given = numbers(messages)
    database.execute(_STATE, [status, reason, None, subject.practice, given])
    database.execute(arrival.CALM, [subject.practice, given])
    live.announce(subject, "interfaces", "")


def _close_task(subject: Subject, channel: int, status: str) -> None:
    """Take the work item away where no message of the channel stands so any more."""
    left = database.row(_OPEN_TROUBLE, [subject.practice, channel, status])
    if left and not left[0]:
        name = Channel.objects.get(pk=channel).name
        worklist.close_items(subject, TASK, [f"{name}/{status}"], by=subject.actor)
