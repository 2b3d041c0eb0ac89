"""Who converts messages. ``exchange.mappings`` registers itself; the engine only carries its documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from chartdesk.kit.errors import Invalid
from chartdesk.standards.hl7v2 import Message


@dataclass(frozen=True)
class Mapped:
    """What a mapping made: bytes, and their media type (``transports.HL7`` or ``transports.FHIR``)."""

    raw: bytes
    media: str


class Mapper(Protocol):
    """Reads mapping documents."""

    def check(self, mapping: dict[str, Any]) -> list[str]:
        """What is wrong with a mapping, its own failing tests among it, in sentences; empty where it may go live."""

    def compiled(self, mapping: dict[str, Any]) -> Callable[[Message], Mapped]:
        """The mapping as a function. The engine keeps it as long as the channel's document is the same.

        The function may raise a ChartdeskError: the message's error, in words. It must not change its message.
        """


_mapper: list[Mapper] = []


def use(mapper: Mapper) -> None:
    """Let ``mapper`` read all mapping documents."""
    _mapper[:] = [mapper]


def mapper() -> Mapper:
    """Who reads mapping documents. Raises Invalid where nobody does."""
    if not _mapper:
        raise Invalid("Nobody here reads mappings.", cure="Take the mapping out of the channel.", where="mapping")
    return _mapper[0]
