"""Files on somebody's server, over SFTP: read from there, written there.

The server must show the key that the channel names, and no other. What is written appears by a rename, whole or not at
all. Connections live in the loop of ``calling``; each look has one of its own, and so has each file that is written.
"""

from __future__ import annotations

import asyncio
import posixpath
import stat
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

import asyncssh

from chartdesk.exchange.engine.documents import SftpSource, SftpTarget
from chartdesk.exchange.engine.models import Channel
from chartdesk.exchange.engine.transports import Content, Door, Response
from chartdesk.exchange.transports import batching, calling, egress, naming, secrets
from chartdesk.exchange.transports.drawers import Entry, NotReadable
from chartdesk.kit.errors import ChartdeskError, Invalid, Unavailable

_CONNECT, _WORK = 20.0, 300.0
T = TypeVar("T")


class _Session:
    """A connection with its folder. All but ``run`` and ``end`` happens in the loop."""

    def __init__(self, settings: SftpSource | SftpTarget, secret: str) -> None:
        self._settings, self._secret = settings, secret
        self._connection: asyncssh.SSHClientConnection | None = None
        self._client: asyncssh.SFTPClient | None = None

    def run(self, work: Callable[[asyncssh.SFTPClient], Coroutine[Any, Any, T]]) -> T:
        """Do something there. Raises Unavailable, in words."""
        return calling.wait_for(self._told(work))

    async def _told(self, work: Callable[[asyncssh.SFTPClient], Coroutine[Any, Any, T]]) -> T:
        at = f"{self._settings.user}@{self._settings.host}:{self._settings.port}"
        try:
            async with asyncio.timeout(_WORK if self._client else _CONNECT + _WORK):
                return await work(self._client or await self._open())
        except TimeoutError:
            words = "it did not answer in time."
        except asyncssh.HostKeyNotVerifiable:
            words = "it shows another host key than the one that the channel names."
        except asyncssh.PermissionDenied:
            words = "it does not let us in with this user and secret."
        except asyncssh.SFTPError as fault:
            words = f"{fault.reason}."
        except asyncssh.Error as fault:
            words = f"{fault.reason}."
        except OSError as fault:
            words = f"it cannot be reached ({fault.strerror or type(fault).__name__})."
        raise Unavailable(words, where=at)

    async def _open(self) -> asyncssh.SFTPClient:
        settings = self._settings
        found = await egress.addresses(settings.host, settings.port)
        keys = _private_keys(self._secret)
        self._connection = await asyncssh.connect(
            found[0],
            settings.port,
            username=settings.user,
            password=None if keys else self._secret,
            client_keys=keys or None,
            known_hosts=([_host_key(settings.host_key)], [], []),
            agent_path=None,
            config=None,
            connect_timeout=_CONNECT,
            login_timeout=_CONNECT,
            keepalive_interval=30,
        )
        self._client = await self._connection.start_sftp_client()
        return self._client

    def end(self) -> None:
        """Hang up."""
        calling.wait_for(self._end())

    async def _end(self) -> None:
        if self._connection is not None:
            self._connection.close()
            try:
                async with asyncio.timeout(2):
                    await self._connection.wait_closed()
            except (TimeoutError, OSError, asyncssh.Error):
                self._connection.abort()


def _host_key(text: str) -> asyncssh.SSHKey:
    """The server's public key: ``ssh-ed25519 AAAA…``, or a line of known_hosts that begins with the host's name."""
    parts = text.split()
    for start in (0, 1):
        try:
            return asyncssh.import_public_key(" ".join(parts[start : start + 2]))
        except asyncssh.KeyImportError:
            continue
    cure = "Give it as in known_hosts: ssh-ed25519 AAAA…"
    raise Invalid("The server's host key cannot be read.", cure=cure, where="host_key")


def _private_keys(secret: str) -> list[asyncssh.SSHKey]:
    if "PRIVATE KEY" not in secret:
        return []
    try:
        return [asyncssh.import_private_key(secret)]
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError):
        cure = "Give it in OpenSSH or PEM form, without a pass phrase."
        raise Invalid("The private key cannot be read.", cure=cure, where="secret") from None


class RemoteDrawer:
    """A folder on somebody's server."""

    def __init__(self, source: SftpSource, channel: Channel) -> None:
        self._path = source.path
        self._session = _Session(source, secrets.read(channel.practice, channel.pk, source.secret))

    def close(self) -> None:
        """Hang up."""
        self._session.end()

    def entries(self) -> list[Entry]:
        """The files that lie there."""

        async def work(client: asyncssh.SFTPClient) -> list[Entry]:
            found = []
            for one in await client.readdir(self._path):
                name = one.filename if isinstance(one.filename, str) else one.filename.decode("utf-8", "replace")
                state = one.attrs
                if state.permissions is None or stat.S_ISREG(state.permissions):
                    found.append(Entry(name, state.size or 0, float(state.mtime or 0)))
            return [one for one in found if one.name not in (".", "..")]

        return self._session.run(work)

    def fetch(self, name: str) -> bytes:
        """The bytes of one."""

        async def work(client: asyncssh.SFTPClient) -> bytes:
            try:
                return await _read(client, posixpath.join(self._path, name))
            except (asyncssh.SFTPPermissionDenied, asyncssh.SFTPNoSuchFile) as fault:
                words = f"The file cannot be read: {fault.reason}."
                raise NotReadable(words, cure="Ask who may read it; it is tried again.", where=name) from fault

        return self._session.run(work)

    def put_away(self, name: str, folder: str) -> None:
        """Move one into a folder below; another file of that name there is kept beside it."""

        async def work(client: asyncssh.SFTPClient) -> None:
            goal = await self._below(client, folder)
            for free in naming.numbered(name):
                if not await client.exists(posixpath.join(goal, free)):
                    await client.rename(posixpath.join(self._path, name), posixpath.join(goal, free))
                    return
            raise Unavailable(f"Too many files are named {name}.", where=goal)

        self._session.run(work)

    def write(self, folder: str, name: str, text: str) -> None:
        """Write a small text beside those that were put away."""

        async def work(client: asyncssh.SFTPClient) -> None:
            goal = await self._below(client, folder)
            async with client.open(posixpath.join(goal, name), "wb") as file:
                await file.write(text.encode())

        self._session.run(work)

    async def _below(self, client: asyncssh.SFTPClient, folder: str) -> str:
        goal = posixpath.join(self._path, naming.plain(folder))
        if not await client.isdir(goal):
            await client.mkdir(goal)
        return goal


class SftpTransport:
    """Carries messages into folders of other servers."""

    def deliver(self, door: Door, content: Content) -> Response:
        """Write one file."""
        settings: SftpTarget = door.settings
        session: _Session | None = None
        try:
            name, other = naming.file_names(settings.name, content)
            session = _Session(settings, secrets.read(door.practice, door.channel, settings.secret))
            found = session.run(lambda client: _put(client, settings.path, (name, other), content.raw))
        except ChartdeskError as fault:
            return Response("unreachable", str(fault))
        finally:
            if session is not None:
                session.end()
        return Response("taken", f"Written as {found}.")

    def deliver_many(self, door: Door, contents: Sequence[Content]) -> list[Response]:
        """Write a batch. Raises Unavailable, Invalid."""
        settings: SftpTarget = door.settings
        session = _Session(settings, secrets.read(door.practice, door.channel, settings.secret))
        try:
            return batching.write(_Shelf(session, settings.path), settings.name, door, contents)
        finally:
            session.end()


class _Shelf:
    """A folder there, for batches."""

    def __init__(self, session: _Session, path: str) -> None:
        self._session, self._path = session, path

    def held(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is none."""

        async def work(client: asyncssh.SFTPClient) -> bytes | None:
            goal = posixpath.join(self._path, name)
            return await _read(client, goal) if await client.exists(goal) else None

        return self._session.run(work)

    def lay(self, name: str, content: bytes) -> None:
        """A new file that appears by a rename."""

        async def work(client: asyncssh.SFTPClient) -> None:
            unfinished = posixpath.join(self._path, f".{name}.part")
            async with client.open(unfinished, "wb") as file:
                await file.write(content)
            await client.rename(unfinished, posixpath.join(self._path, name))

        self._session.run(work)


async def _put(client: asyncssh.SFTPClient, path: str, names: tuple[str, str], content: bytes) -> str:
    """A new file as the first of ``names`` that is free or holds the same already; gives its name."""
    unfinished = posixpath.join(path, f".{names[1]}.part")
    for name in (names[0], *naming.numbered(names[1])):
        goal = posixpath.join(path, name)
        if await client.exists(goal):
            if await client.getsize(goal) == len(content) and await _holds(client, goal, content):
                return name
            continue
        async with client.open(unfinished, "wb") as file:
            await file.write(content)
        await client.rename(unfinished, goal)
        return name
    raise Unavailable(f"Too many files are named {names[0]}.", where=path)


async def _holds(client: asyncssh.SFTPClient, goal: str, content: bytes) -> bool:
    return await _read(client, goal) == content


async def _read(client: asyncssh.SFTPClient, goal: str) -> bytes:
    async with client.open(goal, "rb") as file:
        found = await file.read()
        return found if isinstance(found, bytes) else found.encode()
