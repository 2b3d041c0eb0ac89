"""Reading a Subscription resource: what is asked for, or every reason why it cannot be served.

Guide section: the profile backport-subscription
(https://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition-backport-subscription.html). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chartdesk.exchange.subscriptions import endpoints, matching, topics
from chartdesk.exchange.subscriptions.caller import OUR_HEADERS
from chartdesk.exchange.subscriptions.topics import Topic
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.standards.fhir import Issue, r4
from chartdesk.standards.fhir.search import date_range

EXTENSION = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/"
PROFILE = f"{EXTENSION}backport-subscription"
CONTENTS = ("empty", "id-only", "full-resource")
PAYLOAD = "application/fhir+json"
#: What is shown in place of a header's value. Written back, it means the value that is kept.
HIDDEN = "(kept secret)"
#: Seconds: a delivery's usual and longest time, the shortest heartbeat; events of one notification.
TIMEOUT, LONGEST_TIMEOUT = 10, 60
SHORTEST_HEARTBEAT, LONGEST_HEARTBEAT = 10, 7 * 86400
USUAL_COUNT, MOST_COUNT = 20, 100
_MOST_FILTERS, _MOST_HEADERS, _LONGEST = 20, 20, 4000
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?")


@dataclass(frozen=True)
class Asked:
    """What a Subscription asks for. A header's value is None where the kept one is meant; times in seconds."""

    status: str
    topic: Topic
    filters: tuple[str, ...]
    reason: str
    endpoint: str
    headers: tuple[tuple[str, str | None], ...]
    content: str
    heartbeat: int | None
    timeout: int
    max_count: int
    ends: datetime | None


def read(resource: r4.Subscription, now: datetime) -> Asked:
    """What ``resource`` (valid R4) asks for. Raises Invalid with every reason why it cannot be served."""
    reader = _Reader(resource)
    asked = reader.read(now)
    if reader.issues or asked is None:
        first = reader.issues[0]
        raise Invalid(first.diagnostics, where=first.expression, issues=reader.issues)
    return asked


def hide(resource: r4.Subscription) -> None:
    """Take the secrets out of ``resource``: of each header only its name stays."""
    if resource.channel is not None:
        names = [(text or "").partition(":") for text in resource.channel.header]
        resource.channel.header = [f"{name.strip() if colon else ''}: {HIDDEN}" for name, colon, _ in names]
        resource.channel._header = ()


class _Reader:
    def __init__(self, resource: r4.Subscription) -> None:
        self.resource = resource
        self.issues: list[Issue] = []

    def refuse(self, place: str, sentence: str, code: str = "value") -> None:
        self.issues.append(Issue("error", code, f"Subscription.{place}", sentence))

    def read(self, now: datetime) -> Asked | None:
        resource = self.resource
        topic, channel = self.topic(), resource.channel or r4.SubscriptionChannel()
        if channel.type != "rest-hook":
            self.refuse("channel.type", f"Channels of type {channel.type!r} are not served. Use rest-hook.")
        if _extension(channel._type, "backport-channel-type") is not None:
            self.refuse("channel.type", "No further types of channel are served. Use rest-hook.", "not-supported")
        if channel.payload != PAYLOAD:
            self.refuse("channel.payload", f"Notifications are sent as {PAYLOAD}. Write that.")
        content = _extension(channel._payload, "backport-payload-content")
        if content not in CONTENTS:
            words = f"The extension backport-payload-content must say one of {', '.join(CONTENTS)}."
            self.refuse("channel.payload.extension", words, "required" if content is None else "value")
        timeout = self.number(channel, "backport-timeout", 1, LONGEST_TIMEOUT)
        heartbeat = self.number(channel, "backport-heartbeat-period", SHORTEST_HEARTBEAT, LONGEST_HEARTBEAT)
        count = self.number(channel, "backport-max-count", 1, None)
        filters = self.filters(topic)
        ends, endpoint, headers = self.ends(now), self.endpoint(channel), self.headers(channel)
        if topic is None:
            return None
        return Asked(
            status=resource.status or "requested",
            topic=topic,
            filters=filters,
            reason=resource.reason or "",
            endpoint=endpoint,
            headers=headers,
            content=content or "",
            heartbeat=heartbeat,
            timeout=timeout or TIMEOUT,
            max_count=min(count or USUAL_COUNT, MOST_COUNT),
            ends=ends,
        )

    def topic(self) -> Topic | None:
        found = topics.named(self.resource.criteria or "")
        if found is None:
            known = ", ".join(one.url for one in topics.TOPICS)
            self.refuse("criteria", f"The criteria name no topic that is served. These are: {known}.", "not-found")
        return found

    def filters(self, topic: Topic | None) -> tuple[str, ...]:
        given = list(_extensions(self.resource._criteria, "backport-filter-criteria"))
        if len(given) > _MOST_FILTERS:
            self.refuse("criteria.extension", f"There may be {_MOST_FILTERS} filters at most.", "too-costly")
            return ()
        kept = []
        for place, text in enumerate(given):
            try:
                if topic is not None:
                    kept.append(matching.normal(topic, str(text or "")))
            except ChartdeskError as fault:
                self.refuse(f"criteria.extension[{place}]", f"{fault.message} {fault.cure}".strip())
        return tuple(kept)

    def ends(self, now: datetime) -> datetime | None:
        if not self.resource.end:
            return None
        ends = date_range(self.resource.end)[0]
        if ends <= now and self.resource.status != "off":
            self.refuse("end", "The end has passed already. Give a later one, or leave it out.")
        return ends

    def endpoint(self, channel: r4.SubscriptionChannel) -> str:
        endpoint = channel.endpoint or ""
        try:
            endpoints.check(endpoint)
        except Invalid as fault:
            self.refuse("channel.endpoint", f"{fault.message} {fault.cure}".strip())
        return endpoint

    def headers(self, channel: r4.SubscriptionChannel) -> tuple[tuple[str, str | None], ...]:
        if len(channel.header) > _MOST_HEADERS:
            self.refuse("channel.header", f"There may be {_MOST_HEADERS} headers at most.", "too-costly")
        kept = []
        for place, text in enumerate(channel.header[:_MOST_HEADERS]):
            name, _, value = (text or "").partition(":")
            name, value = name.strip(), value.strip()
            where = f"channel.header[{place}]"
            # What was written is never repeated: it may be a secret.
            if not _NAME.fullmatch(name) or len(value) > _LONGEST or not _VALUE.fullmatch(value):
                self.refuse(where, "This is not a header. Write it like Authorization: Bearer abc.")
            elif name.lower() in OUR_HEADERS:
                self.refuse(where, f"The header {name} is set by the server. Leave it out.")
            else:
                kept.append((name, None if value == HIDDEN else value))
        return tuple(kept)

    def number(self, channel: r4.SubscriptionChannel, name: str, least: int, most: int | None) -> int | None:
        value = _extension(channel, name)
        if value is None:
            return None
        if not isinstance(value, int) or value < least or (most is not None and value > most):
            limits = f"from {least} to {most}" if most is not None else f"of {least} or more"
            self.refuse("channel.extension", f"The extension {name} takes a whole number {limits}.")
            return None
        return value


def _extensions(element: Any, name: str) -> Iterable[Any]:
    """The values of an element's extensions of that name."""
    held: Sequence[r4.Extension] = element.extension if element is not None else ()
    for one in held:
        if one.url == EXTENSION + name:
            values = (one.valueString, one.valueCode, one.valueUnsignedInt, one.valuePositiveInt, one.valueCoding)
            yield next((value for value in values if value is not None), "")


def _extension(element: Any, name: str) -> Any:
    return next(iter(_extensions(element, name)), None)
