"""Folders: messages, batches and documents read from files; messages written to files."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from tests.unit.exchange.transports.conftest import adt
from tests.unit.exchange.transports.test_listening import wait_for

from chartdesk.exchange.engine.documents import ChannelDocument, FolderSource, FolderTarget
from chartdesk.exchange.engine.transports import HL7, Content, Door
from chartdesk.exchange.transports import files
from chartdesk.exchange.transports.folders import FolderTransport, LocalDrawer
from chartdesk.exchange.transports.intake import Intake
from chartdesk.kit import clock
from chartdesk.kit.errors import Invalid, Unavailable
from chartdesk.standards.hl7v2 import batches


@pytest.fixture
def box(desk, practice, allowed):
    """A channel that reads ``lab/in``, and what a test does with that folder."""
    return Box(desk, allowed / practice.slug / "lab" / "in")


class Box:
    def __init__(self, desk, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.source = FolderSource(path="lab/in", pattern="*.hl7", every_seconds=1)
        self.channel = desk.channel(ChannelDocument(name="in", source=self.source, kinds=["ADT^*"]))

    def put(self, name: str, content: bytes, age: float = 60) -> None:
        file = self.folder / name
        file.write_bytes(content)
        then = time.time() - age
        os.utime(file, (then, then))

    def look(self) -> int:
        return files.look(self.source, Intake(self.channel), 1_000_000)

    def names(self, below: str = "") -> list[str]:
        place = self.folder / below
        return sorted(one.name for one in place.iterdir() if one.is_file()) if place.is_dir() else []

    def reason(self, name: str) -> str:
        return (self.folder / "failed" / f"{name}.reason.txt").read_text()


def test_messages_and_batches_are_read_oldest_first(desk, box):
    batch = batches.join([adt("3"), adt("4")], sender="A", receiver="B", control_id="1", at=clock.now())
    box.put("a.hl7", batch, age=50)
    box.put("b.hl7", adt("1") + adt("2"), age=90)
    assert box.look() == 2
    assert [one.control_id for one in desk.log()] == ["1", "2", "3", "4"]
    assert {one.peer for one in desk.log()} == {"file a.hl7", "file b.hl7"}
    assert box.names() == [] and box.names("done") == ["a.hl7", "b.hl7"] and box.names("failed") == []
    assert desk.raw(desk.log()[0].pk) == adt("1")


def test_what_is_not_finished_or_not_meant_stays(desk, box):
    box.put("young.hl7", adt("1"), age=0)
    for name in (".hidden.hl7", "half.hl7.tmp", "half.hl7.filepart", "notes.txt"):
        box.put(name, adt("1"))
    (box.folder / "folder.hl7").mkdir()
    (box.folder / "link.hl7").symlink_to("/etc/passwd")
    assert box.look() == 0 and desk.log() == [] and len(box.names()) == 6


def test_what_cannot_be_taken_is_put_aside_with_the_reason(desk, box):
    box.put("a.hl7", adt("1") + adt("2", kind="SIU^S12") + adt("3"))
    box.put("b.hl7", b"FHS|^~\\&\rBHS|^~\\&\r" + adt("4") + b"BTS|2\rFTS|1\r")
    box.put("c.hl7", b"FHS|^~\\&\rwhat is this\r")
    box.put("d.hl7", b"\r\n")
    box.put("e.hl7", b"<ClinicalDocument/>")
    box.look()
    assert "Message 2 was not taken" in box.reason("a.hl7") and "SIU^S12 is not taken here" in box.reason("a.hl7")
    assert "BTS counts 2 messages, the file has 1" in box.reason("b.hl7")
    assert "The file begins with" in box.reason("c.hl7")
    assert "has no message" in box.reason("d.hl7")
    assert "e.hl7" in box.names("failed"), "nobody here reads it, and it stands in the log"
    taken = [one.control_id for one in desk.log() if one.status == "received"]
    assert sorted(taken) == ["1", "3", "4"] and "UNREADABLE" in [one.kind for one in desk.log()]


def test_a_program_that_was_killed_before_it_put_a_file_away(desk, box):
    box.put("a.hl7", adt("1") + adt("2"))
    box.look()
    (box.folder / "done" / "a.hl7").rename(box.folder / "a.hl7")
    box.look()
    assert [one.control_id for one in desk.log()] == ["1", "2"]
    box.put("a.hl7", adt("3"))
    box.look()
    assert box.names("done") == ["a-2.hl7", "a.hl7"]


def test_a_file_that_cannot_be_put_away_is_read_once(desk, box, practice):
    """Nobody may make the folder ``done``: the file lies there for days, and its messages come once."""
    accepting = ChannelDocument(name="again", source=box.source, kinds=["ADT^*"], duplicates="accept")
    intake, read = Intake(desk.channel(accepting)), {}
    box.put("a.hl7", adt("1") + adt("2"))
    (box.folder / "done").touch()
    for _ in range(3):
        with pytest.raises(Unavailable, match="The folder cannot be used"):
            files.look(box.source, intake, 1_000_000, read)
    assert [one.control_id for one in desk.log()] == ["1", "2"]
    (box.folder / "done").unlink()
    assert files.look(box.source, intake, 1_000_000, read) == 1
    assert box.names("done") == ["a.hl7"] and read == {}
    assert [one.control_id for one in desk.log()] == ["1", "2"]
    box.put("a.hl7", adt("3"))
    assert files.look(box.source, intake, 1_000_000, read) == 1
    assert [one.control_id for one in desk.log()] == ["1", "2", "3"]


def test_a_file_that_cannot_be_read_keeps_no_other(desk, box, monkeypatch):
    """Its partner takes it back at the very moment when it is to be read."""
    box.put("a.hl7", adt("1"), age=90)
    box.put("b.hl7", adt("2"))
    listed = LocalDrawer.entries

    def entries(drawer: LocalDrawer):
        found = listed(drawer)
        (box.folder / "a.hl7").unlink(missing_ok=True)
        return found

    monkeypatch.setattr(LocalDrawer, "entries", entries)
    with pytest.raises(Unavailable, match=r"a\.hl7: The file cannot be read: No such file"):
        box.look()
    assert [one.control_id for one in desk.log()] == ["2"] and box.names("done") == ["b.hl7"]
    assert box.look() == 0


def test_the_program_looks_by_itself(desk, box, program):
    program()
    box.put("a.hl7", adt("1"))
    wait_for(lambda: box.names("done"))
    assert [one.control_id for one in desk.log()] == ["1"]


@pytest.mark.parametrize("path", ["../other", "/etc", "a/../../b", " "])
def test_a_channel_stays_in_the_practice_s_folder(desk, practice, path):
    source = FolderSource(path=path)
    channel = desk.channel(ChannelDocument(name="in", source=source))
    with pytest.raises(Invalid, match="does not lie in the practice's folder"):
        files.look(source, Intake(channel), 1000)


def test_nor_does_a_link_lead_out_of_it(desk, practice, allowed, tmp_path):
    (allowed / practice.slug).mkdir(parents=True)
    (allowed / practice.slug / "out").symlink_to(tmp_path)
    source = FolderSource(path="out")
    with pytest.raises(Invalid, match="leads out"):
        files.look(source, Intake(desk.channel(ChannelDocument(name="in", source=source))), 1000)


class Out:
    """A destination that writes files into ``lab/out``."""

    def __init__(self, practice, folder: Path) -> None:
        self._practice, self.folder = practice, folder

    def send(self, control_id: str, raw: bytes = b"", message: int = 1, **settings):
        target = FolderTarget(**{"path": "lab/out"} | settings)
        door = Door(self._practice.pk, 1, "out", "lab", target)
        content = Content(raw or adt(control_id), HL7, control_id, "ADT^A04", message)
        return FolderTransport().deliver(door, content)

    def files(self) -> dict[str, bytes]:
        return {one.name: one.read_bytes() for one in self.folder.iterdir()}


@pytest.fixture
def out(practice, allowed) -> Out:
    return Out(practice, allowed / practice.slug / "lab" / "out")


def test_each_message_is_a_file(out):
    assert out.send("1").words == "Written as 1.hl7."
    out.send("2", name="{kind}-{message}.txt", message=77)
    assert out.files() == {"1.hl7": adt("1"), "ADT_A04-77.txt": adt("2")}


def test_the_same_again_changes_nothing_and_another_gets_another_name(out):
    out.send("1"), out.send("1")
    assert out.files() == {"1.hl7": adt("1")}
    out.send("1", adt("1", mrn="2"), message=5)
    assert sorted(out.files()) == ["1-5.hl7", "1.hl7"]


def test_names_that_partners_send_lead_nowhere(out):
    out.send("../../evil", raw=adt("1"))
    out.send("/etc/passwd", raw=adt("2"))
    assert sorted(out.files()) == ["etc_passwd.hl7", "evil.hl7"]
    assert all(one.parent == out.folder for one in out.folder.iterdir())


def test_a_destination_that_cannot_be_written(out):
    assert out.send("1", path="../out").status == "unreachable"
    assert "is not known" in out.send("1", name="{patient}.hl7").words
    out.folder.parent.mkdir(parents=True)
    out.folder.write_text("a file, not a folder")
    assert "cannot be used" in out.send("1").words
