"""What a folder of files has to offer to who reads messages from it: one of this machine, or of somebody's server."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from chartdesk.kit.errors import Unavailable


class NotReadable(Unavailable):
    """One file cannot be read now; the others may be."""


class Entry(NamedTuple):
    """A file that lies there: its name, its bytes, and when it was last changed (seconds since 1970)."""

    name: str
    size: int
    changed: float


class Drawer(Protocol):
    """A folder that partners put files into."""

    def close(self) -> None:
        """Be done with it."""

    def entries(self) -> list[Entry]:
        """The files that lie there."""

    def fetch(self, name: str) -> bytes:
        """The bytes of one. Raises NotReadable for one that cannot be read, Unavailable where nothing can."""

    def put_away(self, name: str, folder: str) -> None:
        """Move one into a folder below; another file of that name there is kept beside it."""

    def write(self, folder: str, name: str, text: str) -> None:
        """Write a small text beside those that were put away."""
