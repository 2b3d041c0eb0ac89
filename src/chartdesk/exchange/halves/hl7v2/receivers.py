"""What the engine hands over becomes facts, and the facts go to the intake: many messages in one transaction."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from chartdesk.exchange.engine import commands, receivers, routing
from chartdesk.exchange.engine.documents import ChannelDocument
from chartdesk.exchange.engine.models import InterfaceMessage
from chartdesk.exchange.engine.receivers import Incoming, Outcome
from chartdesk.exchange.halves import intake
from chartdesk.exchange.halves.hl7v2 import reading
from chartdesk.exchange.halves.hl7v2.options import options_of
from chartdesk.exchange.halves.intake import Told
from chartdesk.kit import outbox
from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.outbox import Event
from chartdesk.kit.transactions import transaction
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of
from chartdesk.record.access.subject import system
from chartdesk.record.identities import unmatched

KINDS = ("ADT^*", "SIU^*", "DFT^*", "MFN^M04")
_SUBSCRIBER = "halves.settled"


def register() -> None:
    """Take these messages from the engine, and let go on what waited for somebody. Called once, at the start."""
    receivers.register(KINDS, several)
    outbox.subscribe(unmatched.SETTLED, _SUBSCRIBER, _settled)


def several(subject: Subject, channel: ChannelDocument, messages: list[Incoming]) -> list[Outcome]:
    """Take messages in; one outcome for each."""
    options = options_of(channel)
    zone = ZoneInfo(practice_of(subject).zone)
    outcomes: list[Outcome | None] = [None] * len(messages)
    told: list[tuple[int, Told]] = []
    for place, one in enumerate(messages):
        try:
            known = reading.sender(one.message, options, zone)
            facts = reading.facts(one.message, known)
        except ChartdeskError as fault:
            outcomes[place] = Outcome("error", reason=str(fault))
            continue
        if not facts:
            outcomes[place] = Outcome("ignored", reason=f"{one.message.type} changes nothing in a practice.")
            continue
        told.append((place, Told(facts, one.id, known.authority, channel.unknown_patient, options.own_half)))
    for (place, _), taken in zip(told, intake.take(subject, [one for _, one in told]), strict=True):
        outcomes[place] = Outcome(taken.status, taken.effects, taken.reason, taken.patient)  # type: ignore[arg-type]
    return [one for one in outcomes if one is not None]


def _settled(event: Event) -> None:
    """Somebody said what a number stands for, or that it is nobody: what waited takes its turn again."""
    messages = list(event.payload["messages"])
    if not messages:
        return
    subject = system(event.practice, "halves")
    routing.release(subject, messages)
    with transaction(subject):
        rows = InterfaceMessage.objects.filter(practice=subject.practice, pk__in=messages, status="error")
        failed = list(rows.order_by("pk").values_list("pk", flat=True))
        for number in failed:
            commands.resend(subject, number)
