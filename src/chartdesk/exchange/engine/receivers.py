"""Who takes messages into the record, by their kinds. The rooms that can register themselves (``app.wiring``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from chartdesk.exchange.engine.documents import ChannelDocument
from chartdesk.record.access.subject import Subject
from chartdesk.standards.hl7v2 import Message

Status = Literal["applied", "held", "error", "ignored"]


class Effect(NamedTuple):
    """What was changed: a resource such as ``Patient/123``, its version after it, and a word such as ``created``."""

    reference: str
    version: int
    what: str


@dataclass(frozen=True)
class Incoming:
    """A message whose turn has come. ``patient_key`` is its stream's: the first identifier with its authority."""

    id: int
    message: Message
    received: datetime
    channel: ChannelDocument
    patient_key: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a message.

    ``held`` waits until somebody calls ``routing.release``; ``ignored`` was understood and changes nothing here.
    ``reason`` is a sentence for people, needed for everything but ``applied``. ``patient`` is the id of our Patient,
    where it is known now.
    """

    status: Status
    effects: Sequence[tuple[str, int, str]] = field(default=())
    reason: str = ""
    patient: str = ""


#: ``several(subject, channel, messages) -> outcomes``, one for each in the same order. It is called in the transaction
#: of the round, inside a savepoint, with messages each of another stream. What it raises is nobody's outcome: they are
#: parted, and tried in smaller lots until the one that spoils it is found; a ChartdeskError of one message alone is its
#: error, in words.
Several = Callable[[Subject, ChannelDocument, list[Incoming]], Sequence[Outcome]]
_receivers: dict[str, Several] = {}


def register(kinds: Iterable[str], several: Several) -> None:
    """Let ``several`` take messages of these kinds: ``ADT^A04``, or ``ADT^*`` for all events of a type."""
    for kind in kinds:
        _receivers[kind] = several


def receiver(kind: str) -> Several | None:
    """Who takes messages of that kind; None where nobody does."""
    return _receivers.get(kind) or _receivers.get(f"{kind.partition('^')[0]}^*")
