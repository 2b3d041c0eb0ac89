"""Notifications from the other half: what changed is noted, once for each resource, and read later.

Guide section: notifications (https://hl7.org/fhir/uv/subscriptions-backport/notifications.html). Event numbers have no
gaps: one that came before is left out, one that comes too early makes us ask for those between (``$events``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from chartdesk.exchange.halves.fhir.models import Door, Ear
from chartdesk.kit import clock, database
from chartdesk.kit.errors import Forbidden, Invalid, Unavailable
from chartdesk.kit.transactions import transaction
from chartdesk.record.access import tokens

#: PostgreSQL's channel that says: there is something to read.
CHANNEL = "chartdesk_other_half"
#: The topics that each half wants of the other, by the mode of the one who asks.
WANTED = {
    "ehr": ("patient", "related-person", "flag", "coverage", "appointment", "value-set"),
    "pms": ("encounter",),
}
_HINT = """
    INSERT INTO fhir_half_hint AS h (practice, type, resource, times, state, reason, attempts, since, due)
    SELECT %(practice)s, g.type, g.id, 1, 'waiting', '', 0, %(now)s, %(now)s
      FROM unnest(%(types)s::text[], %(ids)s::text[]) AS g(type, id)
        ON CONFLICT (practice, type, resource) DO UPDATE
       SET times = h.times + 1, state = 'waiting', due = %(now)s, attempts = 0
"""


@dataclass(frozen=True)
class Notification:
    """What a bundle tells. ``events`` are (number, type, id); one that does not say what it is about has empty ones."""

    subscription: str
    kind: str
    status: str
    total: int
    events: list[tuple[int, str, str]] = field(default_factory=list)


def parsed(bundle: Any) -> Notification:
    """Read a notification bundle, or the answer to ``$events``. Raises Invalid for what is none."""
    try:
        parameters = bundle["entry"][0]["resource"]["parameter"]
        named: dict[str, Any] = {one["name"]: one for one in parameters if one["name"] != "notification-event"}
        events = [_event(one["part"]) for one in parameters if one["name"] == "notification-event"]
        return Notification(
            subscription=named["subscription"]["valueReference"]["reference"].rpartition("/")[2],
            kind=named["type"]["valueCode"],
            status=named["status"]["valueCode"],
            total=int(named["events-since-subscription-start"]["valueString"]),
            events=sorted(events),
        )
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        raise Invalid(
            "The bundle is no notification of a subscription.",
            where="Bundle",
            cure="Send what the R4 form of the Subscriptions Backport guide describes.",
        ) from None


def _event(parts: list[dict[str, Any]]) -> tuple[int, str, str]:
    values = {one["name"]: one for one in parts}
    number = int(values["event-number"]["valueString"])
    if "focus" not in values:
        return number, "", ""
    named = values["focus"]["valueReference"]["reference"].partition("/_history")[0].split("/")
    return number, named[-2], named[-1]


def notified(hook: str, bundle: Any) -> None:
    """Take a notification from whoever shows ``hook``. Raises Forbidden, Invalid, Unavailable (then it comes again)."""
    door = Door.objects.filter(hook_hash=tokens.digest(hook)).first()
    if door is None:
        raise Forbidden("Nobody is expected with this token.")
    told = parsed(bundle)
    with transaction(door.practice):
        ear = Ear.objects.select_for_update().filter(peer_id=door.peer, subscription=told.subscription).first()
        if ear is None:
            if told.kind == "handshake":
                # It greets before we have heard under which id it keeps our subscription.
                return
            raise Unavailable("We do not know this subscription yet.", cure="Try again in a moment.")
        ear.heard, ear.status, ear.error = clock.now(), told.status, ""
        take(ear, told)
        _wake()


def take(ear: Ear, told: Notification) -> None:
    """Note the events of a locked subscription that follow on those that are known."""
    fresh = []
    for number, type, id in told.events:
        if number == ear.seen + 1:
            ear.seen = number
            fresh.append((type, id))
    ear.told = max(ear.told, told.total, ear.seen)
    ear.save()
    hint(ear.practice, fresh)


def hint(practice: int, named: Iterable[tuple[str, str]]) -> None:
    """Have these resources of the peer read."""
    wanted = sorted({one for one in named if one[1]})
    if wanted:
        values = {
            "practice": practice,
            "now": clock.now(),
            "types": [type for type, _ in wanted],
            "ids": [id for _, id in wanted],
        }
        database.execute(_HINT, values)


def _wake() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
