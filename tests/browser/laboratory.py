"""A laboratory beside the program: ``open`` its line and the catalog; ``answer`` the last order it was sent.

Run in the environment of the program, as a process of its own.
"""

from __future__ import annotations

import base64
import sys
import time

from chartdesk.app import wiring

wiring.set_up()

import typst  # noqa: E402

from chartdesk.app.demo import story  # noqa: E402
from chartdesk.ehr.orders import catalog  # noqa: E402
from chartdesk.exchange.engine import receiving, routing, steering  # noqa: E402
from chartdesk.exchange.engine.documents import (  # noqa: E402
    ChannelDocument,
    Destination,
    FolderTarget,
    HttpsSource,
    RecordTarget,
)
from chartdesk.exchange.engine.models import Channel, InterfaceMessage, MessageContent  # noqa: E402
from chartdesk.kit import clock  # noqa: E402
from chartdesk.kit.transactions import transaction  # noqa: E402
from chartdesk.record.access.models import Practice  # noqa: E402
from chartdesk.record.access.subject import Subject, system  # noqa: E402
from chartdesk.standards.hl7v2 import Message  # noqa: E402
from chartdesk.standards.hl7v2.times import written  # noqa: E402

VALUES = (
    "OBX|1|NM|2823-3^Potassium^LN||6.8|mmol/L^^UCUM|3.5-5.1|HH|||F",
    "NTE|1||Repeated and confirmed.",
    "OBX|2|NM|2951-2^Sodium^LN||139|mmol/L^^UCUM|136-145|N|||F",
)


def open_line(subject: Subject) -> None:
    """Two channels, and a catalog that uses them."""
    folder = Destination(name="laboratory", transport=FolderTarget(path="laboratory"))
    steering.save(subject, ChannelDocument(name="lab-orders", direction="out", destinations=[folder]))
    record = Destination(name="record", transport=RecordTarget())
    steering.save(subject, ChannelDocument(name="lab-results", source=HttpsSource(), destinations=[record]))
    catalog.begin(subject, performer="Lakeside Laboratory", channel="lab-orders")


def answer(subject: Subject) -> None:
    """Wait for an order, then send its result with a report as a PDF."""
    sent = _order(subject)
    report = base64.b64encode(typst.compile(b"= Laboratory report\nPotassium *6.8* mmol/L")).decode()
    now = written(clock.now().replace(microsecond=0))
    body = [
        f"MSH|^~\\&|LIS|LAKESIDE|CHARTDESK||{now}||ORU^R01^ORU_R01|R1|P|2.5.1|||||||UNICODE UTF-8",
        sent.first("PID").text,
        f"ORC|RE|{sent.first('ORC').raw(2)}|F1^LIS",
        f"OBR|1|{sent.first('OBR').raw(2)}|F1^LIS|{sent.first('OBR').raw(4)}||||||||||||||||||||LAB|F",
        *VALUES,
        f"OBX|3|ED|PDF^Laboratory report^L||LIS^application^pdf^Base64^{report}||||||F",
    ]
    with transaction(subject):
        channel = Channel.objects.get(practice=subject.practice, name="lab-results")
    (taken,) = receiving.accept(channel, [("\r".join(body) + "\r").encode()], peer="laboratory")
    assert taken.state == "taken", taken
    routing.work_all(subject.practice)
    with transaction(subject):
        row = InterfaceMessage.objects.get(practice=subject.practice, pk=taken.message_id)
        assert row.outcome == "applied", row.reason


def _order(subject: Subject) -> Message:
    for _ in range(600):
        with transaction(subject):
            row = InterfaceMessage.objects.filter(practice=subject.practice, kind="OML^O21").order_by("-pk").first()
            if row is not None:
                return Message(bytes(MessageContent.objects.get(practice=subject.practice, message=row.pk).raw))
        time.sleep(0.1)
    raise AssertionError("no order came within a minute")


def main() -> None:
    """Do what is asked for."""
    subject = system(Practice.objects.get(slug=story.SLUG).pk, "laboratory")
    {"open": open_line, "answer": answer}[sys.argv[1]](subject)


if __name__ == "__main__":
    main()
