"""What is sent: bundles of type history, whose first entry says how the subscription stands.

Guide sections: notifications, and the profiles backport-subscription-notification-r4 and
backport-subscription-status-r4 (https://hl7.org/fhir/uv/subscriptions-backport/notifications.html).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from chartdesk.exchange.subscriptions import endpoints, topics
from chartdesk.exchange.subscriptions.models import Event, Subscriber
from chartdesk.exchange.subscriptions.requests import EXTENSION
from chartdesk.kit import clock
from chartdesk.kit.errors import Forbidden, Gone, NotFound
from chartdesk.record import history
from chartdesk.record.access.subject import Subject
from chartdesk.record.preparing import stamp
from chartdesk.record.stored import Stored

#: Bytes of resources after which a notification takes no further event.
LARGEST = 4 * 1024 * 1024
_ERRORS = "urn:chartdesk:subscription-error"


@dataclass(frozen=True)
class Shown:
    """An event as it may be told. ``stored`` is the version it is about (of a delete, the last before it), None
    where the reader may not see it any more: then only number and time are told, so that numbers have no gap."""

    event: Event
    stored: Stored | None


def read(subject: Subject, events: Iterable[Event]) -> list[Shown]:
    """The events with their resources, each read and noted in the audit on the authority of ``subject``.

    It ends early, after one event at least, where the resources become too large for one notification.
    """
    shown: list[Shown] = []
    size = 0
    for event in events:
        if size >= LARGEST:
            break
        shown.append(Shown(event, _read(subject, event)))
        stored = shown[-1].stored
        size += len(stored.body) if stored is not None else 0
    return shown


def _read(subject: Subject, event: Event) -> Stored | None:
    try:
        return history.vread(subject, event.type, event.resource, event.version - (1 if event.deleted else 0))
    except (Forbidden, NotFound, Gone):
        return None


def bundle(one: Subscriber, kind: str, shown: Sequence[Shown] = (), *, content: str = "") -> bytes:
    """The notification of that kind, with the events that are shown at the level of ``content``."""
    content = content or one.content
    identifier = str(uuid.uuid4())
    entries: list[dict[str, Any]] = [
        {
            "fullUrl": f"urn:uuid:{identifier}",
            "resource": {**status(one, kind, shown, content=content), "id": identifier},
            "request": {"method": "GET", "url": f"{address(one)}/$status"},
            "response": {"status": "200"},
        }
    ]
    if content == "full-resource":
        entries += [_entry(each.event, each.stored) for each in shown if each.stored is not None]
    made = {"resourceType": "Bundle", "type": "history", "timestamp": stamp(clock.now()), "entry": entries}
    return msgspec.json.encode(made)


def status(one: Subscriber, kind: str, shown: Sequence[Shown] = (), *, content: str = "") -> dict[str, Any]:
    """How the subscription stands, as a Parameters resource."""
    content = content or one.content
    parameters: list[dict[str, Any]] = [
        {"name": "subscription", "valueReference": {"reference": address(one)}},
        {"name": "status", "valueCode": one.status},
        {"name": "type", "valueCode": kind},
        {"name": "events-since-subscription-start", "valueString": str(one.number)},
    ]
    if content != "empty":
        parameters.insert(1, {"name": "topic", "valueCanonical": topics.topic(one.topic).url})
    parameters += [{"name": "notification-event", "part": _parts(each, content)} for each in shown]
    if one.error:
        concept: dict[str, Any] = {"text": one.error}
        if one.error_code:
            concept["coding"] = [{"system": _ERRORS, "code": one.error_code}]
        parameters.append({"name": "error", "valueCodeableConcept": concept})
    profile = f"{EXTENSION}backport-subscription-status-r4"
    return {"resourceType": "Parameters", "meta": {"profile": [profile]}, "parameter": parameters}


def address(one: Subscriber) -> str:
    """Where the Subscription resource is."""
    return f"{endpoints.base()}/Subscription/{one.subscription}"


def _parts(each: Shown, content: str) -> list[dict[str, Any]]:
    event = each.event
    parts: list[dict[str, Any]] = [
        {"name": "event-number", "valueString": str(event.number)},
        {"name": "timestamp", "valueInstant": stamp(event.at)},
    ]
    if content != "empty" and each.stored is not None:
        parts.append({"name": "focus", "valueReference": {"reference": _place(event)}})
    return parts


def _place(event: Event) -> str:
    return f"{endpoints.base()}/{event.type}/{event.resource}"


def _entry(event: Event, stored: Stored | None) -> dict[str, Any]:
    made = {"fullUrl": _place(event)}
    if event.deleted or stored is None:
        request, response = {"method": "DELETE", "url": f"{event.type}/{event.resource}"}, {"status": "204"}
        return {**made, "request": request, "response": response}
    created = stored.version == 1
    request = {"method": "POST" if created else "PUT", "url": stored.type if created else stored.reference}
    answer = {"status": "201" if created else "200", "etag": stored.etag, "lastModified": stamp(stored.updated)}
    return {**made, "resource": msgspec.Raw(stored.body), "request": request, "response": answer}
