"""Alerts: somebody is told where messages wait too long, where none come, and where too many go wrong; and pruning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from chartdesk.exchange.engine import answering, channels, queries, words
from chartdesk.exchange.engine.documents import ChannelDocument
from chartdesk.exchange.engine.models import Channel, ChannelCount
from chartdesk.exchange.engine.queries import ChannelView
from chartdesk.kit import clock, database, worklist
from chartdesk.kit.arrays import numbers
from chartdesk.kit.transactions import transaction
from chartdesk.record.access.subject import Subject, system

TASK = "interface_alert"
#: Fewer messages than this in an hour say nothing about a share.
FEWEST = 20
#: Messages that one transaction of the pruning takes.
PART = 2000
#: Days that the figures of channels are kept.
FIGURES = 400
_WATCHED = ("age", "silence", "errors", "answers")

_OLD = """
    SELECT id, received FROM engine_interfacemessage
     WHERE practice = %s AND channel = %s AND id > %s ORDER BY id LIMIT %s
"""
_FIRST_OPEN = """
    SELECT least((SELECT min(message) FROM engine_messageturn WHERE practice = %(practice)s AND channel = %(channel)s),
                 (SELECT min(message) FROM engine_messagetrouble
                   WHERE practice = %(practice)s AND channel = %(channel)s AND status IN ('held', 'error', 'dead')))
"""
_CONTENTS = "DELETE FROM engine_messagecontent WHERE practice = %s AND message = ANY(%s::int8[])"
_COPIES = """
    UPDATE engine_messagedelivery SET content = NULL, response = ''::bytea
     WHERE practice = %s AND message = ANY(%s::int8[])
"""
_EVERYTHING = (
    "DELETE FROM engine_messagecontent WHERE practice = %s AND message = ANY(%s::int8[])",
    "DELETE FROM engine_messagedelivery WHERE practice = %s AND message = ANY(%s::int8[])",
    "DELETE FROM engine_messageeffect WHERE practice = %s AND message = ANY(%s::int8[])",
    "DELETE FROM engine_messagepatient WHERE practice = %s AND message = ANY(%s::int8[])",
    "DELETE FROM engine_messagetrouble WHERE practice = %s AND message = ANY(%s::int8[])",
    "DELETE FROM engine_interfacemessage WHERE practice = %s AND id = ANY(%s::int8[])",
)


def watch(practice: int) -> None:
    """Look at every channel of a practice; raise what is amiss, close what is not any more."""
    subject = system(practice, "interfaces")
    with transaction(practice):
        unanswered = answering.faults(subject)
        for view in queries.every_channel(subject):
            said = dict(alerts(view, clock.now())) if view.state == "running" else {}
            if view.name in unanswered:
                said["answers"] = unanswered[view.name]
            for what in _WATCHED:
                key = f"{view.name}/{what}"
                if what in said:
                    _tell(subject, view, key, said[what])
                else:
                    worklist.close_items(subject, TASK, [key], by=subject.actor)


def forget(subject: Subject, name: str) -> None:
    """Take what was raised about a channel off the work list: it is no more."""
    worklist.close_items(subject, TASK, [f"{name}/{what}" for what in _WATCHED], by=subject.actor)


def alerts(view: ChannelView, now: datetime) -> Iterator[tuple[str, str]]:
    """What is amiss with a channel: the kind of alert, and a sentence. Pure."""
    limits = view.document.alerts
    for queue in (view.routing, *view.destinations):
        waited = now - queue.oldest if queue.oldest else timedelta()
        if limits.age_minutes and waited > timedelta(minutes=limits.age_minutes):
            where = f"for {queue.name}" if queue.name else "to be taken"
            yield "age", f"The oldest of {queue.waiting:,} messages has waited {where} for {_long(waited)}."
            break
    silent = now - (view.last or view.changed)
    if limits.silence_minutes and silent > timedelta(minutes=limits.silence_minutes):
        yield "silence", f"No message has come for {_long(silent)}."
    came = view.hour.get("received", 0)
    wrong = sum(view.hour.get(status, 0) for status in ("refused", "error", "dead"))
    if limits.error_percent and came >= FEWEST and wrong * 100 > limits.error_percent * came:
        yield "errors", f"Of {came:,} messages of the last hour {wrong:,} went wrong."


def _long(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"


def _tell(subject: Subject, view: ChannelView, key: str, detail: str) -> None:
    task = worklist.Task(
        kind=TASK, key=key, role="manager", title=f"The channel {view.document.title or view.name} needs a look",
        detail=detail, cure="See what waits and why under Practice → Interfaces.", link=("interface", view.name),
    )  # fmt: skip
    worklist.raise_item(subject, task)


def prune(practice: int) -> int:
    """Drop the contents of old messages, and later what is known of them; gives how many lost either.

    A message in trouble or under way keeps both, and so do the later ones of its channel: they come with it.
    """
    count = 0
    with transaction(practice):
        every = list(Channel.objects.filter(practice=practice))
    for one in every:
        document = channels.document(one.document)
        count += _prune_contents(practice, one, document)
        count += _prune_messages(practice, one, document)
    with transaction(practice):
        limit = clock.now() - timedelta(days=FIGURES)
        ChannelCount.objects.filter(practice=practice, at__lt=limit).delete()
        (first,) = database.row("SELECT min(id) FROM engine_interfacemessage WHERE practice = %s", [practice]) or (
            None,
        )
    words.forget_old(practice, first if first is not None else 0)
    return count


def _prune_contents(practice: int, one: Channel, document: ChannelDocument) -> int:
    limit = clock.now() - timedelta(days=document.retention.content_days)
    count, above = 0, one.pruned
    while True:
        with transaction(practice):
            found = _old(practice, one, above, limit)
            if not found:
                return count
            given = numbers(found)
            database.execute(_CONTENTS, [practice, given])
            database.execute(_COPIES, [practice, given])
            above = found[-1]
            Channel.objects.filter(pk=one.pk).update(pruned=above)
        count += len(found)


def _prune_messages(practice: int, one: Channel, document: ChannelDocument) -> int:
    limit = clock.now() - timedelta(days=document.retention.metadata_days)
    count = 0
    while True:
        with transaction(practice):
            found = _old(practice, one, 0, limit)
            if not found:
                return count
            for statement in _EVERYTHING:
                database.execute(statement, [practice, numbers(found)])
        count += len(found)


def _old(practice: int, one: Channel, above: int, limit: datetime) -> list[int]:
    """The next messages from before a moment, up to the first that is not done with."""
    (stop,) = database.row(_FIRST_OPEN, {"practice": practice, "channel": one.pk}) or (None,)
    rows = database.rows(_OLD, [practice, one.pk, above, PART])
    return [number for number, received in rows if received < limit and (stop is None or number < stop)]
