"""The channels of a practice, made as their pages make them, and what is in its log."""

from __future__ import annotations

from typing import Any

import msgspec
from tests.ports import free_port

from chartdesk.exchange.engine.documents import ChannelDocument, MllpSource
from chartdesk.exchange.engine.models import Channel, ChannelVersion, InterfaceMessage, MessageContent
from chartdesk.kit import clock
from chartdesk.kit.transactions import transaction


class Desk:
    """The channels of a practice, and what is in its log."""

    def __init__(self, practice: int) -> None:
        self.practice = practice

    def channel(self, document: ChannelDocument) -> Channel:
        """A new channel."""
        with transaction(self.practice):
            content = msgspec.to_builtins(document)
            told = {"practice": self.practice, "changed": clock.now(), "changed_by": "test", "document": content}
            made = Channel.objects.create(name=document.name, **told)
            ChannelVersion.objects.create(channel=made, version=1, **told)
            return made

    def listening(self, name: str = "in", *, port: int = 0, **more: Any) -> tuple[Channel, int]:
        """A channel that listens on a port of its own; settings of its source and of itself."""
        port = port or free_port()
        source = {key: more.pop(key) for key in list(more) if key in MllpSource.__struct_fields__}
        source = MllpSource(port=port, **source)
        return self.channel(ChannelDocument(name=name, source=source, **{"kinds": ["ADT^*", "ORU^R01"]} | more)), port

    def log(self) -> list[InterfaceMessage]:
        """Every message, in the order they were stored."""
        with transaction(self.practice):
            return list(InterfaceMessage.objects.order_by("id"))

    def raw(self, number: int) -> bytes:
        """The bytes of one."""
        with transaction(self.practice):
            return bytes(MessageContent.objects.get(message=number).raw)
