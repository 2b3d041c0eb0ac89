"""An 835 that the clearinghouse delivered is received and posted without a human touch."""

from __future__ import annotations

from chartdesk.kit import outbox
from chartdesk.kit.outbox import Event
from chartdesk.pms.claims import acknowledgements
from chartdesk.pms.claims.models import Interchange
from chartdesk.pms.remittance import autoposting, commands, events, queries
from chartdesk.record.access import Subject
from chartdesk.record.access.subject import system

#: Claim payments that one delivery posts; a longer remittance goes on with the next.
AT_ONCE = 200


def connect() -> None:
    """Take the 835s that claims receives, and post what was received and balances. Safe to call twice."""
    acknowledgements.register("835", receive)
    outbox.subscribe(events.RECEIVED, "remittance.post", _post)


def receive(subject: Subject, interchange: Interchange) -> None:
    """Receive the remittances of a file; they are posted from the outbox. The file's row says what came of it."""
    numbers = commands.receive_all(subject, bytes(interchange.content), interchange_id=interchange.pk)
    interchange.detail = queries.summary(subject, numbers)


def _post(event: Event) -> None:
    """Post some of a remittance that no rule holds back, and announce it again while something waits.

    So no transaction grows long. What the payer sent before comes first, so that a payment is there when a later file
    takes it back.
    """
    subject = system(event.practice, "remittance")
    number = event.payload["remittance_id"]
    for waiting in queries.postable(subject, number)[:1]:
        if not autoposting.held_back(subject, waiting.pk):
            commands.post(subject, waiting.pk, limit=AT_ONCE)
    for waiting in queries.postable(subject, number)[:1]:
        events.announce_received(subject, number, waiting.payer_key)
