"""From writes to events: each change is compared with what its listeners asked for, and numbered for them.

One transaction takes changes, gives numbers and removes the changes. A worker killed in the middle leaves them as
they were; two workers wait for each other, so numbers have no gaps and versions of a resource keep their order.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from chartdesk.exchange.subscriptions import matching, owners
from chartdesk.exchange.subscriptions.commands import set_turn
from chartdesk.exchange.subscriptions.models import Change, Event, Subscriber, Turn
from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Forbidden
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.record import database, reach
from chartdesk.record.access import scopes
from chartdesk.record.access.models import Practice
from chartdesk.record.merging import aliases
from chartdesk.record.stored import Stored

_log = logging.getLogger(__name__)
#: Changes taken in one transaction.
BATCH = 200

# Nothing is shown to anybody here; what is delivered is read, and noted, under the subscriber's own authority.
_VERSIONS = """
    SELECT g.place, v.patient, v.body
      FROM unnest(%(places)s::int4[], %(types)b::text[], %(ids)b::text[], %(versions)s::int4[])
           AS g(place, type, id, version)
     CROSS JOIN LATERAL (
        SELECT r.patient, r.body FROM record_resource r
         WHERE r.practice = %(practice)s AND r.type = g.type AND r.id = g.id AND r.version = g.version
        UNION ALL
        SELECT h.patient, h.body FROM record_history h
         WHERE h.practice = %(practice)s AND h.type = g.type AND h.id = g.id AND h.version = g.version
     ) AS v
"""


def distribute(practice: int | None = None) -> int:
    """Turn waiting changes, of ``practice`` or of all, into events; returns how many changes were taken."""
    waiting = Change.objects.order_by("practice").values_list("practice", flat=True).distinct()
    found = [practice] if practice is not None else list(waiting)
    return sum(_distribute(one) for one in found)


def _distribute(practice: int) -> int:
    with transaction(practice):
        advisory_lock("subscriptions", practice)
        changes = list(Change.objects.filter(practice=practice).order_by("pk")[:BATCH])
        if not changes:
            return 0
        heard = sorted({number for change in changes for number in change.listeners})
        # Locked in the order of their numbers, as everybody who locks several does.
        rows = Subscriber.objects.select_for_update().filter(pk__in=heard).order_by("pk")
        subscribers = {one.pk: one for one in rows}
        known, merged = _versions(practice, changes), aliases.standing(practice)
        events: dict[int, list[Change]] = defaultdict(list)
        for one in subscribers.values():
            events[one.pk] = _meant(one, changes, known, merged)
        for number, meant in events.items():
            _add(subscribers[number], meant)
        Change.objects.filter(pk__in=[change.pk for change in changes]).delete()
    return len(changes)


def _meant(
    one: Subscriber, changes: Iterable[Change], known: dict[int, Stored], merged: dict[str, str]
) -> list[Change]:
    """The changes that are events for the subscriber."""
    try:
        subject = owners.present(one.practice, one.owner, f"Subscription/{one.subscription}")
        allowed = reach.of(subject, one.type, scopes.READ)
    except Forbidden:
        # Its turn comes at once, to say so in its status.
        Turn.objects.filter(subscriber=one.pk).update(due=clock.now())
        return []
    return [
        change
        for change in changes
        if one.pk in change.listeners
        and change.type == one.type
        and _is_meant(one, known.get(change.pk), allowed, merged)
    ]


def _is_meant(one: Subscriber, stored: Stored | None, allowed: reach.Reach | None, merged: dict[str, str]) -> bool:
    if stored is None or (allowed is not None and not allowed.admits_stored(stored)):
        return False
    try:
        return not one.filters or matching.matches(one.type, one.filters, stored.resource, merged)
    except (ValueError, ChartdeskError) as fault:
        # A resource that cannot be compared must neither be lost nor hold up the others: it is told.
        _log.warning("%s cannot be compared with filters: %s", stored.reference, type(fault).__name__)
        return True


def _add(one: Subscriber, meant: list[Change]) -> None:
    if not meant:
        return
    Event.objects.bulk_create(
        Event(
            practice=one.practice,
            subscriber=one,
            number=number,
            type=change.type,
            resource=change.resource,
            version=change.version,
            deleted=change.deleted,
            at=change.at,
        )
        for number, change in enumerate(meant, start=one.number + 1)
    )
    one.number += len(meant)
    one.save(update_fields=["number"])
    if one.status == "active" and one.attempts == 0:
        set_turn(one)


def _versions(practice: int, changes: list[Change]) -> dict[int, Stored]:
    """The resource of each change as it was; of a delete, as it was last."""
    versions = [change.version - 1 if change.deleted else change.version for change in changes]
    values = {
        "practice": practice,
        "places": "{" + ",".join(map(str, range(len(changes)))) + "}",
        "types": [change.type for change in changes],
        "ids": [change.resource for change in changes],
        "versions": "{" + ",".join(map(str, versions)) + "}",
    }
    found = {}
    for place, patient, body in database.rows(_VERSIONS, values):
        change = changes[place]
        found[change.pk] = Stored(
            change.type, change.resource, versions[place], change.at, False, body.encode(), patient
        )
    return found


def forget_old(before: datetime) -> int:
    """Remove the events from before a moment, taken or not: a program that is away for longer must read anew."""
    count = 0
    for practice in Practice.objects.order_by("pk").values_list("pk", flat=True):
        with transaction(practice):
            count += Event.objects.filter(practice=practice, at__lt=before).delete()[0]
    return count
