"""Folders of this machine, for the channels of a practice: below the operator's folder, and nowhere else.

FOLDER/<short name of the practice>/<path of the channel>/          files to read, or files that we wrote
FOLDER/<short name of the practice>/<path of the channel>/done/     read
FOLDER/<short name of the practice>/<path of the channel>/failed/   not read, with the reason beside
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from chartdesk.exchange.engine.documents import FolderTarget
from chartdesk.exchange.engine.transports import Content, Door, Response
from chartdesk.exchange.transports import batching, installation, naming
from chartdesk.exchange.transports.drawers import Entry, NotReadable
from chartdesk.kit import disk
from chartdesk.kit.errors import ChartdeskError, Invalid, Unavailable
from chartdesk.record.access.people import practice_of


def place(practice: int, path: str) -> Path:
    """The folder of a channel, made where it is missing. Raises Invalid for one outside of the practice's own."""
    root = installation.present().folder.resolve() / practice_of(practice).slug
    wanted = PurePosixPath(path)
    if wanted.is_absolute() or ".." in wanted.parts or not path.strip():
        raise Invalid(
            f"{path!r} does not lie in the practice's folder.",
            cure=f"Give a path below {root}, such as lab/in.",
            where="path",
        )
    folder = root / wanted
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o770)
        if not folder.resolve().is_relative_to(root.resolve()):
            raise Invalid(f"{path!r} leads out of the practice's folder.", cure="Remove the link.", where="path")
    except OSError as fault:
        raise _unusable(folder, fault) from fault
    return folder


class LocalDrawer:
    """A folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def close(self) -> None:
        """There is nothing to be done."""

    def entries(self) -> list[Entry]:
        """The files that lie there."""
        found = []
        try:
            for one in os.scandir(self._folder):
                if one.is_file(follow_symlinks=False):
                    state = one.stat(follow_symlinks=False)
                    found.append(Entry(one.name, state.st_size, state.st_mtime))
        except OSError as fault:
            raise _unusable(self._folder, fault) from fault
        return found

    def fetch(self, name: str) -> bytes:
        """The bytes of one."""
        try:
            return (self._folder / name).read_bytes()
        except OSError as fault:
            words = f"The file cannot be read: {fault.strerror or type(fault).__name__}."
            raise NotReadable(words, cure="See who may read it; it is tried again.", where=name) from fault

    def put_away(self, name: str, folder: str) -> None:
        """Move one into a folder below; another file of that name there is kept beside it."""
        try:
            goal = self._below(folder)
            for free in naming.numbered(name):
                try:
                    # Unlike a rename, a link refuses to replace a file.
                    os.link(self._folder / name, goal / free)
                except FileExistsError:
                    continue
                (self._folder / name).unlink()
                return
            raise Unavailable(f"Too many files are named {name}.", where=str(goal))
        except OSError as fault:
            raise _unusable(self._folder, fault) from fault

    def write(self, folder: str, name: str, text: str) -> None:
        """Write a small text beside those that were put away."""
        try:
            (self._below(folder) / name).write_text(text, encoding="utf-8")
        except OSError as fault:
            raise _unusable(self._folder, fault) from fault

    def _below(self, folder: str) -> Path:
        goal = self._folder / naming.plain(folder)
        goal.mkdir(exist_ok=True, mode=0o770)
        return goal

    def put(self, name: str, other: str, content: bytes) -> str:
        """A new file that appears whole or not at all, as ``name``, or as ``other`` where another has that name.

        The same content under the same name again changes nothing: who was killed does not know how far it came.
        """
        with self._unfinished(content) as unfinished:
            for free in (name, *naming.numbered(other)):
                try:
                    os.link(unfinished, self._folder / free)
                except FileExistsError:
                    if self._holds(free, content):
                        return free
                    continue
                disk.sync(self._folder)
                return free
            raise Unavailable(f"Too many files are named {name}.")

    def held(self, name: str) -> bytes | None:
        """The bytes of one; None where there is none."""
        try:
            return (self._folder / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise _unusable(self._folder, fault) from fault

    def lay(self, name: str, content: bytes) -> None:
        """A new file that appears whole or not at all. Raises Unavailable where that name was taken meanwhile."""
        with self._unfinished(content) as unfinished:
            os.link(unfinished, self._folder / name)
            disk.sync(self._folder)

    @contextmanager
    def _unfinished(self, content: bytes) -> Iterator[Path]:
        """The content as a file that nobody looks at, for the block to give a name. Raises Unavailable."""
        made = self._folder / f".{secrets.token_hex(8)}.tmp"
        try:
            disk.write(made, content)
            yield made
        except OSError as fault:
            raise _unusable(self._folder, fault) from fault
        finally:
            made.unlink(missing_ok=True)

    def _holds(self, name: str, content: bytes) -> bool:
        return self.held(name) == content


class FolderTransport:
    """Carries messages into folders of this machine."""

    def deliver(self, door: Door, content: Content) -> Response:
        """Write one file."""
        settings: FolderTarget = door.settings
        try:
            name, other = naming.file_names(settings.name, content)
            found = LocalDrawer(place(door.practice, settings.path)).put(name, other, content.raw)
        except ChartdeskError as fault:
            return Response("unreachable", str(fault))
        return Response("taken", f"Written as {found}.")

    def deliver_many(self, door: Door, contents: Sequence[Content]) -> list[Response]:
        """Write a batch. Raises Unavailable, Invalid."""
        settings: FolderTarget = door.settings
        return batching.write(LocalDrawer(place(door.practice, settings.path)), settings.name, door, contents)


def _unusable(place: Path, fault: OSError) -> Unavailable:
    return Unavailable(
        f"The folder cannot be used: {fault.strerror or type(fault).__name__}.",
        cure="Check the folder, its free space and who may write there; it is tried again.",
        where=str(place),
    )
