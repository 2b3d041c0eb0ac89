"""A channel's document, read and made ready to work by: once in a process for each version of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from chartdesk.exchange.engine import filters, mappers, receivers
from chartdesk.exchange.engine.documents import ChannelDocument, Destination, RecordTarget
from chartdesk.exchange.engine.filters import Test
from chartdesk.exchange.engine.judging import Judge
from chartdesk.exchange.engine.mappers import Mapped
from chartdesk.exchange.engine.models import Channel, ChannelVersion
from chartdesk.kit import typed
from chartdesk.kit.errors import Invalid
from chartdesk.standards.hl7v2 import Message

Mapping = Callable[[Message], Mapped]
_REMEMBERED = 500


@dataclass(frozen=True)
class Route:
    """A destination, its filter and mapping as functions; None where there is none."""

    destination: Destination
    test: Test | None
    mapping: Mapping | None

    @property
    def name(self) -> str:
        return self.destination.name


@dataclass(frozen=True)
class Plan:
    """A channel ready to work. ``record`` is the route into our own record, ``routes`` all others."""

    practice: int
    channel: int
    version: int
    document: ChannelDocument
    judge: Judge
    test: Test | None
    mapping: Mapping | None
    record: Route | None
    routes: tuple[Route, ...]

    def route(self, name: str) -> Route | None:
        """The route of that name."""
        return next((one for one in self.routes if one.name == name), None)


_plans: OrderedDict[tuple[int, int], Plan] = OrderedDict()


def document(content: Any) -> ChannelDocument:
    """A document as it is kept. Raises Invalid where it does not have the shape of one."""
    try:
        return typed.convert(content, ChannelDocument)
    except msgspec.ValidationError as fault:
        words, _, where = str(fault).partition(" - at ")
        raise Invalid(f"{words}.", where=where.strip("`").removeprefix("$.") or "channel") from None


def plan(channel: Channel) -> Plan:
    """The channel ready to work. Raises Invalid for a document that cannot work."""
    return plan_of(channel.practice, channel.pk, channel.version, lambda: channel.document)


def plan_of(practice: int, channel: int, version: int, content: Callable[[], Any]) -> Plan:
    """The same, where the document is only read if this version was not met before."""
    key = (channel, version)
    found = _plans.get(key)
    if found is None:
        found = _plans[key] = _made(practice, channel, version, document(content()))
        while len(_plans) > _REMEMBERED:
            _plans.popitem(last=False)
    return found


def content(channel: int, version: int) -> Any:
    """The document of a version, as it is kept. In an open transaction."""
    return ChannelVersion.objects.get(channel=channel, version=version).document


def forget() -> None:
    """Make every plan anew: what is registered has changed."""
    _plans.clear()


def _made(practice: int, channel: int, version: int, written: ChannelDocument) -> Plan:
    routes = [_route(one) for one in written.destinations]
    others = tuple(one for one in routes if not isinstance(one.destination.transport, RecordTarget))

    def taken(kind: str) -> bool:
        return bool(others) or receivers.receiver(kind) is not None

    return Plan(
        practice=practice,
        channel=channel,
        version=version,
        document=written,
        judge=Judge(written, taken),
        test=filters.compiled(written.filter),
        mapping=_mapping(written.mapping),
        record=next((one for one in routes if isinstance(one.destination.transport, RecordTarget)), None),
        routes=others,
    )


def _route(one: Destination) -> Route:
    return Route(one, filters.compiled(one.filter), _mapping(one.mapping))


def _mapping(content: dict[str, Any] | None) -> Mapping | None:
    return mappers.mapper().compiled(content) if content else None
