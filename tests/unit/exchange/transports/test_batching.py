"""Batches: what waits for a folder becomes one counted file, in order, and each message is in one file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.unit.exchange.transports.conftest import adt

from chartdesk.exchange.engine import delivery, routing, sending
from chartdesk.exchange.engine.documents import ChannelDocument, Destination, FolderTarget
from chartdesk.exchange.engine.models import InterfaceMessage
from chartdesk.exchange.engine.sending import Outgoing
from chartdesk.exchange.engine.transports import FHIR, HL7, Content, Door
from chartdesk.exchange.transports import registering
from chartdesk.exchange.transports.folders import FolderTransport
from chartdesk.kit import clock
from chartdesk.kit.transactions import transaction
from chartdesk.record.access.subject import Subject, system
from chartdesk.standards.hl7v2 import Message, batches


class Line:
    """A channel that writes batches into ``lab/out``."""

    def __init__(self, desk: Any, practice: Any, folder: Path, **settings: Any) -> None:
        registering.connect()
        self.folder, self.practice = folder, practice
        self.target = FolderTarget(path="lab/out", batch=True, **settings)
        destinations = [Destination(name="lab", transport=self.target)]
        self.channel = desk.channel(ChannelDocument(name="out", direction="out", destinations=destinations))
        self.subject: Subject = system(practice.pk, "test")

    def send(self, *numbers: int) -> list[int]:
        """Queue messages of three patients in turn; their numbers in the log."""
        raws = [adt(str(one), mrn=str(100 + one % 3)) for one in numbers]
        told = [Outgoing(raw, "ADT^A04", (f"P{one % 3}",)) for one, raw in zip(numbers, raws, strict=True)]
        found = sending.send_many(self.subject, "out", told)
        routing.work_all(self.practice.pk)
        return found

    def deliver(self) -> None:
        delivery.deliver_all(self.practice.pk)

    def files(self) -> dict[str, list[str]]:
        """The control ids of each file's messages; its counts are right."""
        found = {}
        for one in sorted(self.folder.iterdir()):
            batch = batches.split(one.read_bytes())
            assert batch.faults == [] and f"BTS|{len(batch.messages)}".encode() in one.read_bytes()
            found[one.name] = [Message(raw).control_id for raw in batch.messages]
        return found

    def states(self) -> set[str]:
        with transaction(self.subject):
            return set(InterfaceMessage.objects.values_list("status", flat=True))


@pytest.fixture
def line(desk: Any, practice: Any, allowed: Path) -> Callable[..., Line]:
    def made(**settings: Any) -> Line:
        return Line(desk, practice, allowed / practice.slug / "lab" / "out", **settings)

    return made


def test_what_waits_goes_together_in_order_and_counted(line):
    one = line(batch_messages=3)
    one.send(*range(1, 8))
    one.deliver()
    assert one.files() == {"1.hl7": ["1", "2", "3"], "4.hl7": ["4", "5", "6"], "7.hl7": ["7"]}
    assert one.states() == {"sent"}


def test_who_was_killed_before_it_was_noted_writes_nothing_twice(line):
    one = line()
    first = one.send(1, 2)
    door = Door(one.practice.pk, one.channel.pk, "out", "lab", one.target)
    gone = [Content(adt(str(at), mrn=str(100 + at % 3)), HL7, str(at), "ADT^A04", number) for at, number in
            enumerate(first, 1)]  # fmt: skip
    FolderTransport().deliver_many(door, gone)  # and then nobody could write down that it is done
    one.send(3)
    one.deliver()
    assert one.files() == {"1.hl7": ["1", "2"], "3.hl7": ["3"]} and one.states() == {"sent"}


def test_a_file_of_that_name_with_something_else_stays(line):
    one = line(name="orders.hl7")
    one.send(1)
    one.deliver()
    (second, _) = one.send(2, 3)
    one.deliver()
    assert one.files() == {"orders.hl7": ["1"], f"orders-{second}.hl7": ["2", "3"]}


def test_between_two_batches_is_time_unless_one_is_full(line):
    one = line(batch_messages=3, batch_minutes=60)
    one.send(1)
    one.deliver()
    one.send(2)
    one.deliver()
    assert one.files() == {"1.hl7": ["1"]} and one.states() == {"sent", "queued"}
    one.send(3, 4)
    one.deliver()
    assert one.files() == {"1.hl7": ["1"], "2.hl7": ["2", "3", "4"]}
    one.send(5)
    one.deliver()
    assert len(one.files()) == 2
    with clock.at(clock.now() + timedelta(minutes=61)):
        one.deliver()
    assert one.files()["5.hl7"] == ["5"] and one.states() == {"sent"}


def test_a_folder_that_cannot_be_written_keeps_all_of_them(line):
    one = line()
    one.folder.parent.mkdir(parents=True)
    one.folder.write_text("a file, not a folder")
    one.send(1, 2)
    one.deliver()
    assert one.states() == {"queued"}
    one.folder.unlink()
    with clock.at(clock.now() + timedelta(minutes=15)):
        one.deliver()
    assert one.files() == {"1.hl7": ["1", "2"]}


def test_what_is_no_hl7_has_no_batches(line):
    one = line()
    door = Door(one.practice.pk, one.channel.pk, "out", "lab", one.target)
    bundles = [Content(b"{}", FHIR, str(at), "ADT^A04", at) for at in (1, 2)]
    assert [len(FolderTransport().deliver_many(door, bundles[at:])) for at in (0, 1)] == [1, 1]
    assert sorted(file.read_bytes() for file in one.folder.iterdir()) == [b"{}", b"{}"]
