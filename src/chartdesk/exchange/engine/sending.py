"""Sending: a message of ours is stored and queued in the transaction of whoever has something to tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chartdesk.record.access.subject import Subject


@dataclass(frozen=True)
class Outgoing:
    """A message to be sent.

    ``streams`` are the identifiers of the patients whose order it keeps (empty: the channel's own order); a merge has
    both. ``patient`` is the id of our Patient, ``cause`` what made us send it, such as ``Appointment/123``.
    """

    raw: bytes
    kind: str
    streams: tuple[str, ...] = ()
    patient: str = ""
    cause: str = ""


def send(
    subject: Subject, channel_name: str, raw: bytes, *, kind: str, streams: Sequence[str] = (), patient: str = "",
    cause: str = "",
) -> int:  # fmt: skip
    """Queue one message on an outgoing channel; gives its number in the log.

    In the caller's transaction where one is open: it is sent exactly when that commits. Raises NotFound for a channel
    that is not there.
    """
    return send_many(subject, channel_name, [Outgoing(raw, kind, tuple(streams), patient, cause)])[0]


def send_many(subject: Subject, channel_name: str, messages: Sequence[Outgoing]) -> list[int]:
    """Several, in this order, in one statement."""
    raise NotImplementedError
