"""Passwords, keys, certificates and tokens of channels: sealed in the database, named in the channel's document.

A secret is written and replaced on pages and never shown again.
"""

from __future__ import annotations

from chartdesk.exchange.engine.models import Channel, ChannelSecret
from chartdesk.kit import clock
from chartdesk.kit.errors import Invalid, NotFound, Unavailable
from chartdesk.kit.transactions import HasPractice, joined, reading
from chartdesk.record import audit
from chartdesk.record.access import sealing
from chartdesk.record.access.subject import CONNECTORS, Subject

_LONGEST = 200_000
#: What they are sealed for (``sealing``).
_PURPOSE = "channel secrets"


def keep(subject: Subject, channel_name: str, name: str, text: str) -> None:
    """Keep ``text`` as a secret of a channel, in place of what stood under that name.

    Raises NotFound for a channel that is not there, Invalid for a text that is empty or too long, Forbidden.
    """
    subject.require(*CONNECTORS)
    if not name.strip() or not text.strip() or len(text) > _LONGEST:
        raise Invalid(
            "A secret needs a name and a text.", cure=f"Give at most {_LONGEST:,} characters.", where="secret"
        )
    sealed = sealing.seal(_PURPOSE, text)
    with joined(subject):
        channel = _channel(channel_name)
        ChannelSecret.objects.update_or_create(
            practice=subject.practice, channel=channel, name=name, defaults={"sealed": sealed, "changed": clock.now()}
        )
        audit.record(subject, "U", "Channel", resource_id=channel_name, detail=f"secret {name} kept")


def drop(subject: Subject, channel_name: str, name: str) -> None:
    """Forget a secret. Raises NotFound, Forbidden."""
    subject.require(*CONNECTORS)
    with joined(subject):
        if not ChannelSecret.objects.filter(channel=_channel(channel_name), name=name).delete()[0]:
            raise NotFound(f"The channel has no secret {name}.", where=channel_name)
        audit.record(subject, "U", "Channel", resource_id=channel_name, detail=f"secret {name} forgotten")


def names(scope: HasPractice | int, channel: int) -> dict[str, str]:
    """The secrets that a channel has: by name, the day each was last changed."""
    with reading(scope):
        rows = ChannelSecret.objects.filter(channel=channel).order_by("name").values_list("name", "changed")
        return {name: f"{changed:%Y-%m-%d}" for name, changed in rows}


def read(practice: int, channel: int, name: str) -> str:
    """A secret's text; empty for no name. Raises Invalid where it is not there or cannot be opened."""
    if not name:
        return ""
    with reading(practice):
        sealed = ChannelSecret.objects.filter(channel=channel, name=name).values_list("sealed", flat=True).first()
    if sealed is None:
        raise Invalid(f"The channel has no secret {name!r}.", cure="Enter it on the channel's page.", where="secret")
    try:
        return sealing.opened(_PURPOSE, sealed)
    except Unavailable:
        raise Invalid(
            f"The secret {name!r} was sealed with another key of the installation.",
            cure="Enter it anew; CHARTDESK_SECRET_KEY was changed.",
            where="secret",
        ) from None


def _channel(name: str) -> Channel:
    found = Channel.objects.filter(name=name).first()
    if found is None:
        raise NotFound(f"There is no channel {name}.", where="channel")
    return found
