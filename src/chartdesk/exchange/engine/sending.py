"""Sending: a message of ours is stored and queued in the transaction of whoever has something to tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chartdesk.exchange.engine import channels, streams
from chartdesk.exchange.engine.channels import Plan
from chartdesk.exchange.engine.judging import answer_number
from chartdesk.exchange.engine.models import Channel
from chartdesk.exchange.engine.receiving import Entry, write
from chartdesk.kit import clock
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.kit.transactions import advisory_locks, joined
from chartdesk.record.access.subject import Subject
from chartdesk.standards.hl7v2 import Message, Unreadable, acknowledgements
from chartdesk.standards.hl7v2.faults import INTERNAL


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
    that is not there, Unreadable for what is no message.
    """
    return send_many(subject, channel_name, [Outgoing(raw, kind, tuple(streams), patient, cause)])[0]


def send_many(subject: Subject, channel_name: str, messages: Sequence[Outgoing]) -> list[int]:
    """Several, in this order, in one statement; their numbers in the log."""
    if not messages:
        return []
    with joined(subject):
        channel = Channel.objects.filter(practice=subject.practice, name=channel_name).first()
        if channel is None:
            raise NotFound(f"There is no channel {channel_name}.", cure="Set it up under Practice → Interfaces.")
        plan = channels.plan(channel)
        if plan.document.direction != "out":
            raise Invalid(f"The channel {channel_name} takes messages, it sends none.", where="direction")
        entries = [_entry(plan, one) for one in messages]
        named = {stream for one in entries for stream in streams.numbers(plan.channel, "", one.patients or ())}
        # Whoever writes to the same stream waits, so that the order of numbers is the order of commits.
        advisory_locks("engine stream", of=named)
        return write(plan, entries, at=clock.now(), direction="out", counting=False)


def _entry(plan: Plan, one: Outgoing) -> Entry:
    message = Message(one.raw, plan.judge.codec)
    return Entry(
        raw=one.raw, answer=b"", control_id=message.control_id[:200], kind=one.kind,
        sender=f"{message.header.raw(3)}|{message.header.raw(4)}"[:200], peer=one.cause,
        digest=streams.digest(one.raw), patients=one.streams, patient=one.patient,
    )  # fmt: skip


def acknowledgement(message: Message, ok: bool, reason: str, number: int, patients: Sequence[str]) -> Outgoing:
    """The application acknowledgement (AA or AE) of a message that asked for one."""
    faults = [] if ok else [Unreadable(reason or "The message could not be applied.", condition=INTERNAL)]
    raw = acknowledgements.acknowledge(
        message, "AA" if ok else "AE", control_id=answer_number(), at=clock.now(), faults=faults
    )
    return Outgoing(raw, f"ACK^{message.header.get(9, 2)}".rstrip("^"), tuple(patients), cause=f"message {number}")
