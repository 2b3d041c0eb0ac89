"""Subscriptions: how they stand, what happened, and what can be subscribed to.

Guide: Subscriptions R5 Backport 1.1 (http://hl7.org/fhir/uv/subscriptions-backport): ``$status``, ``$events``,
``$get-ws-binding-token``. ``$topic-list`` names the topics, each with its definition as a Basic resource.
"""

from __future__ import annotations

import re

import msgspec

from chartdesk.api.fhir.messages import Request, Response, answer
from chartdesk.api.fhir.operations.arguments import Arguments, arguments
from chartdesk.api.fhir.refusals import Refused
from chartdesk.exchange.subscriptions import notifications, queries, topics
from chartdesk.exchange.subscriptions.models import Subscriber
from chartdesk.exchange.subscriptions.requests import CONTENTS, EXTENSION, PROFILE
from chartdesk.kit.errors import Invalid
from chartdesk.record.access.subject import Subject
from chartdesk.standards import fhir
from chartdesk.standards.fhir import Issue

_DEFINITIONS = "http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-"
_STATES = ("requested", "active", "error", "off")


def status(request: Request, subject: Subject, names: list[str]) -> Response:
    """``Subscription/$status``: how the subscriptions stand that ``id`` and ``status`` name; all without them."""
    asked = arguments(request)
    asked.only({"id", "status"})
    states = asked.texts("status")
    for one in states:
        if one not in _STATES:
            raise Refused(400, Invalid(f"{one!r} is no status of a Subscription.", cure=f"One of {_STATES}."))
    return _statuses(queries.standings(subject, asked.texts("id"), states))


def status_of_one(request: Request, subject: Subject, names: list[str]) -> Response:
    """``Subscription/id/$status``."""
    return _statuses([queries.standing(subject, names[1])])


def events(request: Request, subject: Subject, names: list[str]) -> Response:
    """``Subscription/id/$events``: what happened, by number; how a program finds what it missed.

    At most ``queries.MOST`` events; whoever wants more asks again from the number behind the last.
    """
    asked = arguments(request)
    asked.only({"eventsSinceNumber", "eventsUntilNumber", "content"})
    content = asked.text("content")
    if content and content not in CONTENTS:
        raise Refused(400, Invalid(f"{content!r} is no level of content.", cure=f"One of {', '.join(CONTENTS)}."))
    since, until = _number(asked, "eventsSinceNumber"), _number(asked, "eventsUntilNumber")
    one, shown = queries.events(subject, names[1], since, until)
    return answer(200, notifications.bundle(one, "query-event", shown, content=content))


def websocket_token(request: Request, subject: Subject, names: list[str]) -> Response:
    """``$get-ws-binding-token``: refused, because there are no websockets."""
    words = "Notifications are not sent over websockets. Subscribe with a channel of type rest-hook."
    return answer(501, fhir.outcome([Issue("error", "not-supported", "", words)]))


def topic_list(request: Request, subject: Subject, names: list[str]) -> Response:
    """``Subscription/$topic-list``: the canonical URL of every topic, and its definition."""
    parameters: list[dict[str, object]] = []
    for one in topics.TOPICS:
        parameters.append({"name": "subscription-topic-canonical", "valueCanonical": one.url})
        parameters.append({"name": "topic", "resource": topics.described(one)})
    return answer(200, msgspec.json.encode({"resourceType": "Parameters", "parameter": parameters}))


def capabilities() -> dict[str, object]:
    """What the CapabilityStatement adds to its entry for Subscription."""
    canonical = f"{EXTENSION}capabilitystatement-subscriptiontopic-canonical"
    operations = ("status", "events")
    return {
        "extension": [{"url": canonical, "valueCanonical": one.url} for one in topics.TOPICS],
        "supportedProfile": [PROFILE],
        "operation": [{"name": name, "definition": f"{_DEFINITIONS}{name}"} for name in operations],
    }


ADDRESSES = {
    "Subscription/$status": {"GET": status, "POST": status},
    "Subscription/$topic-list": {"GET": topic_list, "POST": topic_list},
    "Subscription/$get-ws-binding-token": {"GET": websocket_token, "POST": websocket_token},
    "Subscription/id/$status": {"GET": status_of_one, "POST": status_of_one},
    "Subscription/id/$events": {"GET": events, "POST": events},
    "Subscription/id/$get-ws-binding-token": {"GET": websocket_token, "POST": websocket_token},
}


def _statuses(found: list[Subscriber]) -> Response:
    entries = []
    for one in found:
        # An empty notification tells nothing; whoever may read the Subscription may know its topic.
        resource = {**notifications.status(one, "query-status", content="id-only"), "id": one.subscription}
        entries.append({"resource": resource, "search": {"mode": "match"}})
    made: dict[str, object] = {"resourceType": "Bundle", "type": "searchset", "total": len(entries)}
    if entries:
        made["entry"] = entries
    return answer(200, msgspec.json.encode(made))


def _number(asked: Arguments, name: str) -> int | None:
    text = asked.text(name)
    if not text:
        return None
    if not re.fullmatch(r"\d{1,18}", text, re.ASCII):
        raise Refused(400, Invalid(f"{name} must be the number of an event.", where=name))
    return int(text)
