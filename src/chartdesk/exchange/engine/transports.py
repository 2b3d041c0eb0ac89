"""Who carries messages to partners, by the type of their transport. ``exchange.transports`` registers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from chartdesk.exchange.engine.documents import FolderTarget, SftpTarget
from chartdesk.kit.errors import Invalid

HL7 = "x-application/hl7-v2+er7"
FHIR = "application/fhir+json"


@dataclass(frozen=True)
class Content:
    """What is to be delivered: its bytes, their media type, and the message it belongs to."""

    raw: bytes
    media: str
    control_id: str
    kind: str
    message: int


@dataclass(frozen=True)
class Response:
    """What became of a delivery.

    ``taken``: the partner has it. ``refused``: the partner will never take it (AR, CR, HTTP 400). ``failed``: it could
    not take this one now (AE, CE, HTTP 500), try it again and let its patient's messages wait. ``unreachable``:
    nothing came through; everything for this destination waits. ``words`` say why, ``answer`` is what came back.
    """

    status: Literal["taken", "refused", "failed", "unreachable"]
    words: str = ""
    answer: bytes = b""


@dataclass(frozen=True)
class Door:
    """A destination: whose it is, and its settings (a struct of ``documents``, such as ``MllpTarget``)."""

    practice: int
    channel: int
    channel_name: str
    name: str
    settings: Any


class Transport(Protocol):
    """Carries messages. Called outside of any transaction, by one thread at a time for one destination."""

    def deliver(self, door: Door, content: Content) -> Response:
        """Hand one over and wait for the answer. Raises nothing for what a partner or a network can do wrong."""


class Gathering(Transport, Protocol):
    """Carries several messages at once, to destinations whose settings say ``batch``."""

    def deliver_many(self, door: Door, contents: Sequence[Content]) -> list[Response]:
        """Hand over the first of ``contents``, one or more; an answer for each of those. Raises nothing, as above."""


_transports: dict[str, Transport] = {}


def register(kind: str, transport: Transport) -> None:
    """Let ``transport`` carry what goes to destinations of the type ``kind`` (the tag of their settings)."""
    _transports[kind] = transport


def batched(settings: Any) -> FolderTarget | SftpTarget | None:
    """The settings, where what waits for such a destination goes together; else None."""
    return settings if isinstance(settings, FolderTarget | SftpTarget) and settings.batch else None


def transport(kind: str) -> Transport:
    """Who carries to destinations of that type. Raises Invalid where nobody does."""
    found = _transports.get(kind)
    if found is None:
        raise Invalid(f"Nobody here delivers by {kind}.", cure="Choose another transport.", where="transport.type")
    return found
