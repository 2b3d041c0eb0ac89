"""The way to the clearinghouse. The rooms know this protocol; the program gives them the real connection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from chartdesk.kit.errors import Unavailable


class Clearinghouse(Protocol):
    """One practice's mailbox."""

    def send(self, name: str, content: bytes) -> None:
        """Put a file there. The same file under the same name again is no error."""

    def waiting(self) -> list[str]:
        """The names of the files that came, in the order in which to read them."""

    def fetch(self, name: str) -> bytes:
        """One file that came."""

    def done(self, name: str) -> None:
        """Take a file away; called once it is stored."""


_factory: Callable[[int], Clearinghouse] | None = None


def use(factory: Callable[[int], Clearinghouse]) -> None:
    """Let ``factory`` give the mailbox of a practice."""
    global _factory
    _factory = factory


def mailbox(practice: int) -> Clearinghouse:
    """The practice's mailbox. Raises Unavailable where none is connected."""
    if _factory is None:
        raise Unavailable("No clearinghouse is connected.", cure="Set up the clearinghouse connection.")
    return _factory(practice)
