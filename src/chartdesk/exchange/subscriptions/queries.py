"""Reads: how subscriptions stand, their events, and the list for the practice's manager."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from chartdesk.exchange.subscriptions import notifications, owners, topics
from chartdesk.exchange.subscriptions.models import Event, Subscriber, Turn
from chartdesk.exchange.subscriptions.notifications import Shown
from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import reading
from chartdesk.record import audit, store
from chartdesk.record.access import scopes
from chartdesk.record.access.subject import CONNECTORS, Subject

#: Events that one question is answered with.
MOST = 1000


@dataclass(frozen=True)
class Line:
    """One subscription as a manager reads it. ``first`` is the oldest event that is kept, 0 where there is none."""

    id: str
    program: str
    topic: str
    reason: str
    endpoint: str
    content: str
    status: str
    paused: bool
    error: str
    attempts: int
    number: int
    delivered: int
    first: int
    reached: datetime | None
    tried: datetime | None
    again: datetime | None
    ends: datetime | None

    @property
    def waiting(self) -> int:
        """Events that the program has not taken yet."""
        return self.number - self.delivered

    @property
    def resumable(self) -> bool:
        """Whether it can go on."""
        return self.paused or self.status == "error"


def lines(subject: Subject) -> list[Line]:
    """Every subscription of the practice, those in error first. Raises Forbidden."""
    subject.require(*CONNECTORS)
    order = {"error": 0, "active": 1, "requested": 2, "off": 3}
    with reading(subject):
        rows = list(Subscriber.objects.filter(practice=subject.practice).order_by("-created"))
        turns = dict(Turn.objects.filter(practice=subject.practice).values_list("subscriber", "due"))
        firsts = _firsts(subject.practice)
        audit.record(subject, "R", "Subscription", detail="list of subscriptions")
    rows.sort(key=lambda one: order[one.status])
    return [_line(one, turns.get(one.pk), firsts.get(one.pk, 0)) for one in rows]


def standing(subject: Subject, subscription: str) -> Subscriber:
    """One subscription. Raises NotFound, Gone, Forbidden as a read of the resource does."""
    with reading(subject):
        store.get(subject, "Subscription", subscription, why="status")
        return _one(subject, subscription)


def standings(subject: Subject, ids: Collection[str], states: Collection[str]) -> list[Subscriber]:
    """The subscriptions with one of ``ids`` and one of ``states``; empty means any. Raises Forbidden."""
    if scopes.confine(subject, "Subscription", scopes.SEARCH) is not None:
        # Subscriptions lie in no patient's compartment.
        return []
    with reading(subject):
        rows = Subscriber.objects.filter(practice=subject.practice)
        rows = rows.filter(subscription__in=list(ids)) if ids else rows
        rows = rows.filter(status__in=list(states)) if states else rows
        audit.record(subject, "R", "Subscription", detail="status of subscriptions")
        return list(rows.order_by("pk")[:MOST])


def events(subject: Subject, subscription: str, since: int | None, until: int | None) -> tuple[Subscriber, list[Shown]]:
    """Events from ``since`` to ``until``, both included, as far as ``subject`` may see them; at most ``MOST``.

    Raises NotFound, Gone, and Forbidden where the subject may not read the topic's type.
    """
    with reading(subject):
        one = standing(subject, subscription)
        owners.check_reach(subject, one.type)
        rows = Event.objects.filter(subscriber=one)
        rows = rows.filter(number__gte=since) if since is not None else rows
        rows = rows.filter(number__lte=until) if until is not None else rows
        return one, notifications.read(subject, rows.order_by("number")[:MOST])


def _one(subject: Subject, subscription: str) -> Subscriber:
    one = Subscriber.objects.filter(practice=subject.practice, subscription=subscription).first()
    if one is None:
        raise NotFound(f"There is no subscription {subscription}.", where=f"Subscription/{subscription}")
    return one


def _firsts(practice: int) -> dict[int, int]:
    rows = Event.objects.filter(practice=practice).values_list("subscriber_id").annotate(first=Min("number"))
    return dict(rows)


def _line(one: Subscriber, due: datetime | None, first: int) -> Line:
    return Line(
        id=one.subscription,
        program=one.owner["name"],
        topic=topics.topic(one.topic).title,
        reason=one.reason,
        endpoint=one.endpoint,
        content=one.content,
        status=one.status,
        paused=one.paused,
        error=one.error,
        attempts=one.attempts,
        number=one.number,
        delivered=one.delivered,
        first=first,
        reached=one.reached,
        tried=one.tried,
        again=due if one.attempts and one.status == "active" else None,
        ends=one.ends,
    )
