"""Files over SFTP, against the library's own server with a folder behind it."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest
from tests.unit.exchange.transports.conftest import adt

from chartdesk.exchange.engine.documents import ChannelDocument, SftpSource, SftpTarget
from chartdesk.exchange.engine.transports import HL7, Content, Door
from chartdesk.exchange.transports import files, installation, secrets
from chartdesk.exchange.transports.intake import Intake
from chartdesk.exchange.transports.sftp import SftpTransport
from chartdesk.kit.errors import Unavailable
from chartdesk.standards.hl7v2 import batches

PASSWORD = "open sesame"


class Server:
    """Somebody's server: a user ``lab`` with a password and a key, and a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.host_key = asyncssh.generate_private_key("ssh-ed25519")
        self.user_key = asyncssh.generate_private_key("ssh-ed25519")
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._run, daemon=True).start()
        assert self._ready.wait(120)

    @property
    def public(self) -> str:
        """Its host key, as in known_hosts."""
        return self.host_key.export_public_key().decode().strip()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._listen())
        self._loop.run_forever()

    async def _listen(self) -> None:
        folder, known = str(self.folder), self.user_key.convert_to_public()

        class Login(asyncssh.SSHServer):
            def begin_auth(self, username: str) -> bool:
                return True

            def password_auth_supported(self) -> bool:
                return True

            def validate_password(self, username: str, password: str) -> bool:
                return (username, password) == ("lab", PASSWORD)

            def public_key_auth_supported(self) -> bool:
                return True

            def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
                return key == known

        self._server = await asyncssh.listen(
            "127.0.0.1", 0, server_factory=Login, server_host_keys=[self.host_key],
            sftp_factory=lambda chan: asyncssh.SFTPServer(chan, chroot=folder),
        )  # fmt: skip
        self.port = self._server.get_port()
        self._ready.set()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("sftp"))
    yield made
    made.close()


@pytest.fixture
def place(server, request) -> Path:
    made = server.folder / request.node.name
    made.mkdir()
    return made


def put(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    then = time.time() - 60
    os.utime(folder / name, (then, then))


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def reading(desk, subject, server, place, *, secret=PASSWORD, host_key=""):
    source = SftpSource(
        host="127.0.0.1", port=server.port, user="lab", path=f"/{place.name}", host_key=host_key or server.public,
        secret="login",
    )  # fmt: skip
    channel = desk.channel(ChannelDocument(name="in", source=source, kinds=["ADT^*"]))
    secrets.keep(subject, "in", "login", secret)
    return lambda: files.look(source, Intake(channel), 1_000_000)


@pytest.mark.parametrize("by", ["password", "key"])
def test_files_are_read_and_put_away(desk, subject, server, place, by):
    secret = PASSWORD if by == "password" else server.user_key.export_private_key().decode()
    look = reading(desk, subject, server, place, secret=secret)
    put(place, "b.hl7", adt("1") + adt("2"))
    put(place, "c.hl7", adt("3", kind="SIU^S12"))
    assert look() == 2 and look() == 0
    assert sorted(one.control_id for one in desk.log()) == ["1", "2", "3"]
    assert names(place / "done") == ["b.hl7"]
    assert names(place / "failed") == ["c.hl7", "c.hl7.reason.txt"]
    assert "is not taken here" in (place / "failed" / "c.hl7.reason.txt").read_text()


def test_another_host_key_is_another_server(desk, subject, server, place):
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
    put(place, "a.hl7", adt("1"))
    with pytest.raises(Unavailable, match="another host key"):
        reading(desk, subject, server, place, host_key=other)()
    assert desk.log() == []


def test_who_is_not_let_in_is_told(desk, subject, server, place):
    with pytest.raises(Unavailable, match="does not let us in"):
        reading(desk, subject, server, place, secret="wrong")()


def test_a_folder_that_is_not_there(desk, subject, server, tmp_path):
    with pytest.raises(Unavailable, match="No such file"):
        reading(desk, subject, server, tmp_path / "nowhere")()


def door_to(desk, subject, server, place, **settings):
    from chartdesk.exchange.engine.documents import ChannelDocument

    channel = desk.channel(ChannelDocument(name="out", direction="out"))
    secrets.keep(subject, "out", "login", PASSWORD)
    target = SftpTarget(
        host="127.0.0.1", port=server.port, user="lab", path=f"/{place.name}", host_key=server.public, secret="login",
        **settings,
    )  # fmt: skip
    return Door(desk.practice, channel.pk, "out", "lab", target)


def sending(desk, subject, server, place, **settings):
    door = door_to(desk, subject, server, place, **settings)
    return lambda control_id, raw=b"", number=1: SftpTransport().deliver(
        door, Content(raw or adt(control_id), HL7, control_id, "ADT^A04", number)
    )


def test_messages_are_written_whole(desk, subject, server, place):
    send = sending(desk, subject, server, place)
    assert send("1").words == "Written as 1.hl7."
    assert send("1").status == "taken", "the same again"
    assert send("1", adt("1", mrn="2"), 9).words == "Written as 1-9.hl7."
    found = {one.name: one.read_bytes() for one in place.iterdir()}
    assert found == {"1.hl7": adt("1"), "1-9.hl7": adt("1", mrn="2")}


def test_a_batch_is_written_once(desk, subject, server, place):
    door = door_to(desk, subject, server, place, batch=True)
    contents = [Content(adt(f"B{one}"), HL7, f"B{one}", "ADT^A04", one) for one in (1, 2, 3)]
    for _ in range(2):  # whoever was killed in between does not know that it is there
        assert [one.status for one in SftpTransport().deliver_many(door, contents[:2])] == ["taken", "taken"]
    assert len(SftpTransport().deliver_many(door, contents)) == 2
    found = batches.split((place / "B1.hl7").read_bytes())
    assert found.messages == [adt("B1"), adt("B2")] and found.faults == []
    assert [one.name for one in place.iterdir()] == ["B1.hl7"]


def test_a_server_that_may_not_be_reached(desk, subject, server, place):
    installation.use(installation.Installation())
    found = sending(desk, subject, server, place)("1")
    assert found.status == "unreachable" and "CHARTDESK_INTERFACE_NETWORKS" in found.words
