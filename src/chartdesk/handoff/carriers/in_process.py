"""The carrier between two halves in one process: the other half's command runs in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from chartdesk.handoff import receiving
from chartdesk.handoff.contract import Message
from chartdesk.record.access import Subject


class InProcess:
    """Hands a message straight to the half that it is meant for."""

    def carry(self, subject: Subject, message: Message) -> str:
        """Take the message in. What the half raises undoes all of it, and the delivery is tried again."""
        receiving.receive(subject, message)
        return "delivered"

    def carry_many(self, subject: Subject, messages: Sequence[Message]) -> list[str]:
        """Take in messages of different patients."""
        receiving.receive_many(subject, messages)
        return ["delivered"] * len(messages)
