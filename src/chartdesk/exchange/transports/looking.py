"""Which channels there are to serve, of all practices: one query while nothing changes, whatever their number.

PostgreSQL counts the changes of each practice's channels and secrets (``ChannelChange``). Of a practice whose count is
the same as at the look before, the channels are not read again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from chartdesk.exchange.engine import channels
from chartdesk.exchange.engine.documents import ChannelDocument, FolderSource, MllpSource, SftpSource
from chartdesk.exchange.engine.models import Channel, ChannelChange, ChannelSecret
from chartdesk.kit.errors import Invalid
from chartdesk.kit.transactions import reading


@dataclass(frozen=True)
class Wanted:
    """A channel as it is to be served: ``terms`` are all that a listener is opened by."""

    channel: Channel
    document: ChannelDocument
    terms: tuple[Any, ...]


class Found(NamedTuple):
    """By the numbers of the channels: those that something here has to serve; those not understood, and why."""

    wanted: dict[int, Wanted]
    unread: dict[int, tuple[Channel, str]]


@dataclass(frozen=True)
class _Seen:
    times: int
    found: Found


@dataclass
class Look:
    """What was seen last, so that only what changed is read again. Its looks run in threads, one at a time."""

    _seen: dict[int, _Seen] = field(default_factory=dict)

    def look(self) -> Found:
        """The channels of all practices as they are now."""
        try:
            counted = dict(ChannelChange.objects.order_by("practice").values_list("practice", "times"))
            self._seen = {practice: self._practice(practice, times) for practice, times in counted.items()}
        except Exception:
            connection.close()
            raise
        every = Found({}, {})
        for one in self._seen.values():
            every.wanted.update(one.found.wanted)
            every.unread.update(one.found.unread)
        return every

    def _practice(self, practice: int, times: int) -> _Seen:
        """Counted before it is read: what changes in between is read once more at the next look."""
        seen = self._seen.get(practice)
        return seen if seen is not None and seen.times == times else _Seen(times, _read(practice))


def _read(practice: int) -> Found:
    found = Found({}, {})
    with reading(practice):
        rows = list(Channel.objects.all())
        sealed = {(one.channel_id, one.name): one.changed for one in ChannelSecret.objects.defer("sealed")}
    for channel in rows:
        try:
            one = _wanted(channel, sealed)
        except Invalid as fault:
            found.unread[channel.pk] = (channel, str(fault))
        else:
            found.wanted.update({channel.pk: one} if one is not None else {})
    return found


def _wanted(channel: Channel, sealed: Mapping[tuple[int, str], datetime]) -> Wanted | None:
    """How a channel is to be served. Only the secrets that its source names count: another one cuts nobody off."""
    if channel.state != "running":
        return None  # its partner keeps what it has until the channel is resumed
    document = channels.document(channel.document)
    if not isinstance(document.source, MllpSource | FolderSource | SftpSource):
        return None
    named = [getattr(document.source, field, "") for field in ("certificate", "client_authority", "secret")]
    changed = tuple(sealed.get((channel.pk, name)) for name in named)
    return Wanted(channel, document, (document.source, document.largest, document.bare_ends, changed))
