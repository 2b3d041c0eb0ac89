"""The clearinghouse folder from our side: whole files, none replaced, none lost."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from chartdesk.exchange.clearinghouse.folder import FolderConnection
from chartdesk.kit.errors import Conflict, Invalid, NotFound, Unavailable


@pytest.fixture
def mailbox(tmp_path: Path) -> Path:
    return tmp_path / "river"


@pytest.fixture
def connection(tmp_path: Path) -> FolderConnection:
    return FolderConnection(tmp_path, "river")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_sent_whole(connection: FolderConnection, mailbox: Path) -> None:
    connection.send("837P-000000101.x12", b"ISA...")
    assert names(mailbox / "to_clearinghouse") == ["837P-000000101.x12"]
    assert (mailbox / "to_clearinghouse" / "837P-000000101.x12").read_bytes() == b"ISA..."


def test_a_name_is_used_once(connection: FolderConnection, mailbox: Path) -> None:
    connection.send("a.x12", b"first")
    with pytest.raises(Conflict, match=r"a\.x12 was already sent"):
        connection.send("a.x12", b"second")
    assert (mailbox / "to_clearinghouse" / "a.x12").read_bytes() == b"first"
    assert names(mailbox / "to_clearinghouse") == ["a.x12"]


def test_a_name_is_not_used_again_after_it_was_taken(connection: FolderConnection, mailbox: Path) -> None:
    connection.send("a.x12", b"first")
    (mailbox / "to_clearinghouse" / "taken").mkdir()
    (mailbox / "to_clearinghouse" / "a.x12").rename(mailbox / "to_clearinghouse" / "taken" / "a.x12")
    with pytest.raises(Conflict):
        connection.send("a.x12", b"second")


def test_a_file_that_lies_there_or_was_taken_is_not_sent_twice(connection: FolderConnection, mailbox: Path) -> None:
    out = mailbox / "to_clearinghouse"
    connection.send("a.x12", b"first")
    connection.send("a.x12", b"first")
    assert names(out) == ["a.x12"]
    (out / "taken").mkdir()
    (out / "a.x12").rename(out / "taken" / "a.x12")
    connection.send("a.x12", b"first")
    assert names(out) == ["taken"]


def test_many_senders_of_one_name_one_wins(connection: FolderConnection, mailbox: Path) -> None:
    won: list[int] = []
    start = threading.Barrier(16)

    def attempt(number: int) -> None:
        start.wait()
        try:
            connection.send("a.x12", str(number).encode() * 1000)
        except Conflict:
            return
        won.append(number)

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert (mailbox / "to_clearinghouse" / "a.x12").read_bytes() == str(won[0]).encode() * 1000


def test_answers_wait_in_order_until_they_are_done(connection: FolderConnection, mailbox: Path) -> None:
    back = mailbox / "from_clearinghouse"
    for name in ("000000002-277CA.x12", "000000001-999.x12", ".hidden.x12", "half.part", "half.x12.tmp"):
        (back / name).write_bytes(name.encode())
    assert connection.waiting() == ["000000001-999.x12", "000000002-277CA.x12"]
    assert connection.fetch("000000001-999.x12") == b"000000001-999.x12"
    connection.done("000000001-999.x12")
    connection.done("000000001-999.x12")
    assert connection.waiting() == ["000000002-277CA.x12"]
    assert (mailbox / "archive" / "000000001-999.x12").exists()


def test_an_answer_under_an_old_name_replaces_nothing_in_the_archive(
    connection: FolderConnection, mailbox: Path
) -> None:
    for content in (b"one", b"two", b"three"):
        (mailbox / "from_clearinghouse" / "835.x12").write_bytes(content)
        connection.done("835.x12")
    kept = [path.read_bytes() for path in sorted((mailbox / "archive").iterdir())]
    assert kept == [b"one", b"two", b"three"]


def test_a_missing_answer(connection: FolderConnection) -> None:
    with pytest.raises(NotFound):
        connection.fetch("nothing.x12")


@pytest.mark.parametrize("name", ["../a.x12", "a/b.x12", "", ".x12", "..", "a\x00b", "a b.x12"])
def test_names_that_could_leave_the_folder(connection: FolderConnection, tmp_path: Path, name: str) -> None:
    for attempt in (
        lambda: connection.send(name, b""), lambda: connection.fetch(name), lambda: connection.done(name),
        lambda: FolderConnection(tmp_path, name),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            attempt()


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Unavailable, match="cannot be used"):
        FolderConnection(tmp_path / "file", "river")
    connection = FolderConnection(tmp_path, "river")
    (tmp_path / "river" / "from_clearinghouse").rmdir()
    (tmp_path / "river" / "to_clearinghouse").rmdir()
    with pytest.raises(Unavailable):
        connection.waiting()
    with pytest.raises(Unavailable):
        connection.send("a.x12", b"")
