"""A disk that is full: under a folder that is written to, and under the database. Nothing is acknowledged that is not
stored, nothing is there by half, and the pages say why it waits.
"""

from __future__ import annotations

import logging
import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections
from tests.unit.exchange.transports.conftest import Partner, adt
from tests.unit.exchange.transports.test_listening import wait_for

from chartdesk.exchange.engine import commands, delivery, queries, routing
from chartdesk.exchange.engine.documents import ChannelDocument, Destination, FolderSource, FolderTarget
from chartdesk.exchange.transports import files, gathering, registering
from chartdesk.exchange.transports.gathering import Received
from chartdesk.exchange.transports.intake import Intake
from chartdesk.kit import database as statements
from chartdesk.kit.errors import Unavailable


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Whatever this process writes beyond ``size`` bytes of a file is refused, as by a disk without room."""
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))


@contextmanager
def full_database() -> Iterator[None]:
    """PostgreSQL answers every message that is to be stored as it does when its disk has no room."""
    with connections["owner"].cursor() as owner:
        owner.execute(
            """
            CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER no_room BEFORE INSERT ON engine_messagecontent EXECUTE FUNCTION no_room();
            """
        )
    try:
        yield
    finally:
        with connections["owner"].cursor() as owner:
            owner.execute("DROP TRIGGER no_room ON engine_messagecontent; DROP FUNCTION no_room()")
        connections["owner"].close()


def test_a_message_for_a_full_folder_waits_whole(desk, practice, subject, allowed):
    registering.connect()
    archive = Destination(name="archive", transport=FolderTarget(path="archive"))
    channel = desk.channel(ChannelDocument(name="in", source=FolderSource(path="in"), destinations=[archive]))
    large = adt("1", more=f"NTE|1||{'x' * 3_000_000}\r")
    [accepted] = Intake(channel).accept([Received(large, "test")])
    folder = allowed / practice.slug / "archive"
    with files_of_at_most(1_000_000):
        _work(practice.pk)
        assert list(folder.iterdir()) == [], "neither the file nor a part of it"
        [one] = queries.channel(subject, "in").destinations
        assert "The folder cannot be used: File too large." in one.error and "free space" in one.error
        message = queries.message(subject, accepted.message_id)
        assert message.row.status == "queued" and message.why.startswith("archive is not reached: ")
        assert "File too large" in message.why
    commands.resume_destination(subject, "in", "archive")
    _work(practice.pk)
    assert [one.read_bytes() for one in folder.iterdir()] == [large]
    assert queries.message(subject, accepted.message_id).row.status == "sent"


def _work(practice: int) -> None:
    while routing.work(practice) + delivery.deliver_all(practice):
        pass


def test_a_folder_without_room_for_the_reason_keeps_the_file_and_reads_it_once(desk, practice, allowed):
    box = Box(desk, practice, allowed)
    box.put(adt("1") + adt("2", kind="ZZZ^Z01"))
    with files_of_at_most(0), pytest.raises(Unavailable, match=r"cannot be used: File too large") as refused:
        box.look()
    assert "free space" in refused.value.cure
    assert (box.folder / "a.hl7").exists() and [one.control_id for one in desk.log()] == ["1", "2"]
    assert box.look() == 1
    assert "Message 2 was not taken" in (box.folder / "failed" / "a.hl7.reason.txt").read_text()
    assert len(desk.log()) == 2


def test_a_file_stays_until_the_database_has_room(desk, practice, allowed):
    box = Box(desk, practice, allowed)
    box.put(adt("1"))
    with full_database(), pytest.raises(Exception, match="No space left") as refused:
        box.look()
    assert statements.may_pass(refused.value) and (box.folder / "a.hl7").exists() and desk.log() == []
    assert box.look() == 1
    assert [one.control_id for one in desk.log()] == ["1"]


class Box:
    """A channel that reads a folder, and the file in it."""

    def __init__(self, desk, practice, allowed) -> None:
        self.folder = allowed / practice.slug / "in"
        self.folder.mkdir(parents=True)
        self._source = FolderSource(path="in")
        self._intake = Intake(desk.channel(ChannelDocument(name="in", source=self._source, kinds=["ADT^*"])))
        self._read: files.Read = {}

    def put(self, content: bytes) -> None:
        file = self.folder / "a.hl7"
        file.write_bytes(content)
        then = time.time() - 60
        os.utime(file, (then, then))

    def look(self) -> int:
        return files.look(self._source, self._intake, 1_000_000, self._read)


def test_a_partner_is_answered_once_the_database_has_room(desk, program, caplog, monkeypatch):
    monkeypatch.setattr(gathering, "PATIENCE", 600.0)
    _, port = desk.listening()
    program()
    with Partner(port) as partner, caplog.at_level(logging.WARNING, gathering.__name__):
        with full_database():
            partner.send(adt("1"), adt("2"))
            wait_for(lambda: "the database is away" in caplog.text)
            assert desk.log() == []
        assert [partner.said() for _ in range(2)] == [("AA", "1"), ("AA", "2")]
    assert [one.control_id for one in desk.log()] == ["1", "2"]
