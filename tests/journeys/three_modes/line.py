"""What an installation does for the other one: its server and listeners, its channels, and the work that waits."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from typing import Any

from chartdesk.exchange.engine import delivery, routing
from chartdesk.exchange.engine.models import Channel, InterfaceMessage, MessageTurn
from chartdesk.exchange.halves.fhir import connecting, following
from chartdesk.exchange.halves.fhir.connecting import PeerDetails
from chartdesk.exchange.halves.fhir.models import Hint
from chartdesk.exchange.subscriptions import delivery as notifications
from chartdesk.exchange.subscriptions.models import Change, Subscriber
from chartdesk.kit import outbox
from chartdesk.kit.models import OutboxDelivery
from chartdesk.kit.transactions import transaction
from chartdesk.record.access import programs
from chartdesk.record.access.models import Practice
from chartdesk.record.access.subject import Subject
from chartdesk.record.identities.identifiers import own_authority


class Line:
    """Everything about the line to the other half."""

    def __init__(self, practice: Practice, subject: Subject) -> None:
        self.practice, self.subject = practice, subject

    # ------------------------------------------------------------------------------------------- opening

    def authority(self) -> str:
        """The name under which this side's numbers are known."""
        return own_authority(self.subject)

    def serve(self, port: int) -> None:
        """Answer FHIR requests, in a thread of this process: it has the story's clock."""
        from granian.constants import Interfaces
        from granian.server.embed import Server

        from chartdesk.app.server import application

        def run() -> None:
            server = Server(application, "127.0.0.1", port, interface=Interfaces.ASGI, log_enabled=False)
            asyncio.run(server.serve())

        threading.Thread(target=run, name="server", daemon=True).start()
        limit = time.monotonic() + 60
        while time.monotonic() < limit:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                return
            except OSError:
                time.sleep(0.02)
        raise AssertionError(f"nobody listens on {port}")

    def listen(self) -> None:
        """Listen on the ports of the channels."""
        from chartdesk.app import database
        from chartdesk.exchange.transports.program import Interfaces

        program = Interfaces(database.dsn, rounds=False)
        threading.Thread(target=program.run, name="interfaces", daemon=True).start()
        assert program.ready.wait(60)

    def channel(self, document: dict[str, Any]) -> None:
        """Write a channel."""
        from chartdesk.exchange.engine import channels, steering

        steering.save(self.subject, channels.document(document))

    def write_down(self, base: str, authority: str, client: list[str]) -> None:
        """Where the other half is, and who we are there."""
        connecting.write_down(
            self.subject, PeerDetails("The other half", base, authority, client_id=client[0], secret=client[1])
        )

    def program(self) -> list[str]:
        """Let the other half in; its client id and its secret: a signature would be of another time."""
        scopes = ("system/*.rs", "system/Subscription.cruds")
        client, secret = programs.register(self.practice.pk, programs.Program("The other half", scopes))
        return [client.client_id, secret]

    def subscribe(self) -> list[str]:
        """Subscribe at the other half."""
        return connecting.subscribe(self.subject)

    # ---------------------------------------------------------------------------------------------- work

    def pump(self) -> int:
        """Do everything that waits here; how much it was."""
        number = self.practice.pk
        done = outbox.deliver_all(number)
        done += routing.work_all(number) + delivery.deliver_all(number)
        return done + notifications.deliver_all(number) + following.work(number)

    def waiting(self) -> int:
        """What waits here for its time to come."""
        number = self.practice.pk
        count = OutboxDelivery.objects.filter(practice=number, state="waiting").count()
        count += MessageTurn.objects.filter(practice=number, held=False).count()
        with transaction(self.subject):
            count += Change.objects.filter(practice=number).count()
            count += sum(last - taken for last, taken in Subscriber.objects.values_list("number", "delivered"))
        return int(count + following.waiting(number))

    def stuck(self) -> list[str]:
        """What did not come to its end, in words."""
        rows = OutboxDelivery.objects.filter(practice=self.practice.pk).exclude(state="done")
        found = [f"{row.event.kind} to {row.subscriber}: {row.state} {row.error}" for row in rows]
        with transaction(self.subject):
            names = dict(Channel.objects.values_list("pk", "name"))
            bad = InterfaceMessage.objects.filter(status__in=("held", "error", "dead", "received", "queued"))
            found += [f"{names[row.channel]} {row.kind}: {row.status} {row.reason}" for row in bad]
            for hint in Hint.objects.filter(practice=self.practice.pk):
                found.append(f"{hint.type}/{hint.resource}: {hint.state} {hint.reason}")
        return found
