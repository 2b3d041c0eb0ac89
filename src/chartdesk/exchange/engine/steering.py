"""What is done to channels: written, paused, resumed; and to their destinations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from chartdesk.exchange.engine import answering, channels, checking, notices, watching
from chartdesk.exchange.engine.documents import ChannelDocument, MllpSource
from chartdesk.exchange.engine.models import Channel, ChannelVersion, DestinationState, InterfaceMessage
from chartdesk.kit import clock, live
from chartdesk.kit.errors import Conflict, Invalid, NotFound, Stale
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.record import audit
from chartdesk.record.access.subject import CONNECTORS, Subject


def save(subject: Subject, document: ChannelDocument, *, version: int | None = None, paused: bool = False) -> Channel:
    """Write a channel, new or in place of the one of its name; a new one is ``paused`` or running.

    ``version`` is the one that the writer saw. Raises Invalid with every fault of the document, one failing test of a
    mapping among them; Stale where somebody else was faster; Forbidden.
    """
    subject.require(*CONNECTORS)
    faults = checking.findings(document)
    content = msgspec.to_builtins(document)
    with transaction(subject):
        advisory_lock("engine channels")
        faults += _taken_port(subject, document) + _answers(subject, document)
        if faults:
            raise Invalid(f"The channel {document.name} cannot work.", cure="Mend what is named.", issues=faults)
        one = Channel.objects.select_for_update().filter(practice=subject.practice, name=document.name).first()
        if one is None:
            one = Channel(practice=subject.practice, name=document.name, version=0)
            one.state = "paused" if paused else "running"
        elif version is not None and one.version != version:
            raise Stale(
                f"The channel {document.name} was changed by {one.changed_by}.", current=one.version,
                cure="Look at it again.",
            )  # fmt: skip
        elif one.document == content:
            return one
        one.document, one.version = content, one.version + 1
        one.changed, one.changed_by = clock.now(), subject.name
        one.save()
        ChannelVersion.objects.create(
            practice=one.practice, channel=one, version=one.version, document=content, changed=one.changed,
            changed_by=one.changed_by,
        )  # fmt: skip
        _noted(subject, one, f"channel written, version {one.version}")
    return one


def _taken_port(subject: Subject, document: ChannelDocument) -> list[str]:
    """Whether another channel of the practice listens there."""
    if not isinstance(document.source, MllpSource):
        return []
    for other in Channel.objects.filter(practice=subject.practice).exclude(name=document.name):
        source = channels.document(other.document).source
        if isinstance(source, MllpSource) and source.port == document.source.port:
            return [f"source.port: {other.name} listens on {source.port}."]
    return []


def _answers(subject: Subject, document: ChannelDocument) -> list[str]:
    """Whether it answers by a channel that cannot, or others answer by it and it would send no more."""
    coming = {document.name: document.direction}
    found = [answering.fault(subject, document.answers_to, coming=coming)]
    if document.direction != "out":
        found += [f"direction: {one} answers by this channel." for one in answering.who(subject, document.name)]
    return [one for one in found if one]


def pause(subject: Subject, name: str) -> None:
    """Stop listening, routing and delivering after what is under way. Raises NotFound, Forbidden."""
    _set_state(subject, name, "paused")


def resume(subject: Subject, name: str) -> None:
    """Go on where it stopped. Raises NotFound, Forbidden."""
    _set_state(subject, name, "running")


def _set_state(subject: Subject, name: str, state: str) -> None:
    with steered(subject, name) as one:
        if one.state != state:
            one.state = state
            one.save(update_fields=["state"])
            _noted(subject, one, f"channel {state}")


def remove(subject: Subject, name: str) -> None:
    """Take a channel out. Raises Conflict for one whose messages are still kept or by which another answers, NotFound,
    Forbidden."""
    with steered(subject, name) as one:
        others = answering.who(subject, name)
        if others:
            raise Conflict(f"{', '.join(others)} answers by {name}.", cure="Let it answer by another channel first.")
        if InterfaceMessage.objects.filter(practice=subject.practice, channel=one.pk).exists():
            raise Conflict(f"Messages of {name} are kept.", cure="Pause it; what it took stays to be looked at.")
        _noted(subject, one, "channel removed")
        watching.forget(subject, name)
        one.delete()


def pause_destination(subject: Subject, name: str, destination: str) -> None:
    """Deliver nothing more to one destination; what comes for it waits. Raises NotFound, Forbidden."""
    _set_destination(subject, name, destination, paused=True)


def resume_destination(subject: Subject, name: str, destination: str) -> None:
    """Deliver again, at once: also to one that was not reached and waits. Raises NotFound, Forbidden."""
    _set_destination(subject, name, destination, paused=False, due=None)


def _set_destination(subject: Subject, name: str, destination: str, **state: Any) -> None:
    with steered(subject, name) as one:
        if destination not in (route.name for route in channels.plan(one).routes):
            raise NotFound(f"The channel {name} has no destination {destination}.")
        DestinationState.objects.update_or_create(
            channel=one, name=destination, defaults=state, create_defaults={**state, "practice": subject.practice}
        )
        _noted(subject, one, f"destination {destination} {'paused' if state['paused'] else 'resumed'}")


@contextmanager
def steered(subject: Subject, name: str) -> Iterator[Channel]:
    """A channel, locked, for somebody who may steer it. Raises NotFound, Forbidden."""
    subject.require(*CONNECTORS)
    with transaction(subject):
        one = Channel.objects.select_for_update().filter(practice=subject.practice, name=name).first()
        if one is None:
            raise NotFound(f"There is no channel {name}.", cure="See `chartdesk channels list`.")
        yield one


def _noted(subject: Subject, one: Channel, detail: str) -> None:
    """Leave word of a change, and wake whoever works by the channel."""
    audit.record(subject, "U", "Channel", resource_id=one.name, detail=detail)
    for notice in (notices.CHANNELS, notices.ROUTING, notices.DELIVERIES):
        notices.tell(notice)
    live.announce(subject, "interfaces", one.name)
