"""Delivering: one look at one subscriber, and the loop that looks at whoever's turn has come.

What is to be sent is read in one transaction, sent outside of any, and its result written in another. Where the
worker dies in between, the same events with the same numbers are sent again. One worker at a time is at one
subscriber, so notifications keep their order; others wait for nobody.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import connection

from chartdesk.exchange.subscriptions import caller, commands, notifications, owners, rules
from chartdesk.exchange.subscriptions.caller import Answer
from chartdesk.exchange.subscriptions.distribution import distribute
from chartdesk.exchange.subscriptions.models import Event, Subscriber, Turn
from chartdesk.exchange.subscriptions.rules import Step
from chartdesk.kit import clock, live, worklist
from chartdesk.kit.errors import ChartdeskError, Forbidden, NotFound
from chartdesk.kit.transactions import alone, transaction

#: Subscribers served at the same time by one worker, and deliveries to one before another gets its place.
THREADS = 8
_IN_A_ROW = 20
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Parcel:
    """What is about to be sent: to which edition of the subscriber, up to which event."""

    one: Subscriber
    step: Step
    body: bytes
    last: int


def visit(practice: int, number: int) -> int:
    """Do what is due for a subscriber; returns how many notifications were sent. Nobody else may be at it."""
    sent = 0
    with alone("subscriber", number) as taken:
        while taken and sent < _IN_A_ROW:
            parcel = _parcel(practice, number)
            if parcel is None:
                break
            one = parcel.one
            _finish(parcel, caller.post(one.endpoint, one.headers, parcel.body, one.timeout))
            sent += 1
    return sent


def _parcel(practice: int, number: int) -> _Parcel | None:
    """What to send now, read and noted on the owner's authority; None where nothing is due."""
    now = clock.now()
    with transaction(practice):
        turn = Turn.objects.filter(subscriber=number).first()
        one = Subscriber.objects.filter(pk=number).first()
        if one is None or turn is None:
            Turn.objects.filter(subscriber=number).delete()
            return None
        if turn.due is None or turn.due > now:
            return None
        step = rules.step(one, now)
        if step is Step.END:
            _settle(one, "off")
            return None
        try:
            subject = owners.present(practice, one.owner, f"Subscription/{one.subscription}")
            owners.check_reach(subject, one.type)
        except Forbidden as fault:
            if one.status != "off":
                _settle(one, "error", "unauthorized", str(fault))
                return None
            step = Step.NOTHING
        events = list(_waiting(one)[: one.max_count]) if step is Step.EVENTS else []
        if step is Step.NOTHING or (step is Step.EVENTS and not events):
            _rest(number)
            return None
        shown = notifications.read(subject, events)
        last = shown[-1].event.number if shown else one.delivered
        return _Parcel(one, step, notifications.bundle(one, step.value, shown), last)


def _waiting(one: Subscriber) -> Any:
    """The events that its program has not taken yet and that are still kept."""
    return Event.objects.filter(subscriber=one, number__gt=one.delivered).order_by("number")


def _rest(number: int) -> None:
    """There is nothing to send. Read again under its lock: an event that was just added must not lose its turn."""
    one = Subscriber.objects.select_for_update().get(pk=number)
    if one.delivered < one.number and not _waiting(one).exists():
        # They are too old to be kept; without this the worker would look for them for ever.
        one.delivered = one.number
        one.save(update_fields=["delivered"])
    commands.set_turn(one)


def _finish(parcel: _Parcel, answer: Answer) -> None:
    """Write down what became of a notification."""
    practice, subscription = parcel.one.practice, parcel.one.subscription
    with transaction(practice):
        try:
            one = commands.locked(practice, subscription)
        except NotFound:
            return
        if one.edition != parcel.one.edition:
            # Somebody changed what is wanted meanwhile; what was sent to the old endpoint is void.
            return
        one.tried = clock.now()
        if answer.taken:
            _taken(one, parcel)
        else:
            _failed(one, parcel, answer)


def _taken(one: Subscriber, parcel: _Parcel) -> None:
    one.reached, one.attempts, one.error, one.error_code = one.tried, 0, "", ""
    one.delivered = max(one.delivered, parcel.last)
    if parcel.step is Step.HANDSHAKE:
        one.status, one.listening = "active", True
        worklist.close_items(one, commands.TASK, [one.subscription], by="system:subscriptions")
    one.save()
    commands.set_turn(one)
    if parcel.step is Step.HANDSHAKE:
        commands.show(one)
        live.announce(one, "subscriptions", one.subscription)


def _failed(one: Subscriber, parcel: _Parcel, answer: Answer) -> None:
    one.attempts += 1
    if parcel.step is Step.HANDSHAKE or one.attempts >= rules.ATTEMPTS:
        _settle(one, "error", answer.code, answer.words)
        return
    one.error, one.error_code = answer.words, answer.code
    one.save()
    commands.set_turn(one, rules.pause(one.attempts, answer.wait))


def _settle(one: Subscriber, status: str, code: str = "", words: str = "") -> None:
    """Put the subscriber off, or into error: then the manager has something to look at."""
    found = commands.locked(one.practice, one.subscription)
    found.tried, found.attempts = one.tried, one.attempts
    found.status, found.error, found.error_code = status, words, code
    # In error it listens on, so that nothing is lost when it comes back; not where it may hear nothing.
    found.listening = found.listening and status == "error" and code != "unauthorized"
    found.edition += 1
    found.save()
    commands.set_turn(found)
    commands.show(found)
    live.announce(found, "subscriptions", found.subscription)
    if status == "error":
        task = worklist.Task(
            kind=commands.TASK,
            key=found.subscription,
            role="manager",
            title=f"Notifications to {found.owner['name']} do not arrive",
            detail=words,
            cure="Ask who runs the program, then resume the subscription. What happened meanwhile is sent then.",
            link=("subscriptions", found.subscription),
        )
        worklist.raise_item(found, task)


class Deliverer:
    """Looks at whoever's turn has come, several at a time. Use it as a block; it waits for what is under way."""

    def __init__(self, threads: int = THREADS) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="subscriptions")
        self._room = threads
        self._busy: dict[int, Future[int]] = {}

    def __enter__(self) -> Deliverer:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def round(self) -> bool:
        """Give numbers to what changed, and begin what is due; whether more may have changed meanwhile.

        What is begun says itself, by NOTIFY, when there is more to do; a subscriber whom another worker serves
        waits for the next look.
        """
        changes = distribute()
        self._busy = {number: future for number, future in self._busy.items() if not future.done()}
        room = self._room - len(self._busy)
        if room <= 0:
            return changes > 0
        due = Turn.objects.filter(due__lte=clock.now()).exclude(subscriber__in=list(self._busy)).order_by("due")
        for turn in due[:room]:
            self._busy[turn.subscriber] = self._pool.submit(_visited, turn.practice, turn.subscriber)
        return changes > 0


def _visited(practice: int, number: int) -> int:
    """``visit`` in a thread of its own: it gives its connection back, and a fault ends this visit only."""
    try:
        return visit(practice, number)
    except Exception as fault:
        words = str(fault) if isinstance(fault, ChartdeskError) else type(fault).__name__
        _log.error("subscriber %s: %s", number, words, exc_info=not isinstance(fault, ChartdeskError))
        return 0
    finally:
        connection.close()


def deliver_all(practice: int) -> int:
    """Distribute and deliver, one after the other, until nothing is due in ``practice``; notifications sent."""
    sent = 0
    while True:
        distribute(practice)
        due = Turn.objects.filter(practice=practice, due__lte=clock.now()).values_list("subscriber", flat=True)
        now = sum(visit(practice, number) for number in list(due))
        if now == 0:
            return sent
        sent += now
