"""The way to the payers for services reviews. The room knows its shape; the program says which connection it is."""

from __future__ import annotations

from typing import Protocol

from chartdesk.kit.errors import Unavailable


class ReviewConnection(Protocol):
    """Whatever brings a 278 to a payer and its answer back."""

    def ask(self, request: bytes, *, payer_id: str) -> bytes:
        """The answer to a 278, as it came. Raises Unavailable with the reason when there is none."""
        ...


_current: list[ReviewConnection] = []


def use(connection: ReviewConnection) -> None:
    """Ask through ``connection`` from now on."""
    _current[:] = [connection]


def current() -> ReviewConnection:
    """The connection in use. Raises Unavailable where none is set up."""
    if not _current:
        raise Unavailable(
            "No connection for authorizations is set up.",
            cure="Set CHARTDESK_REVIEWS_URL, or call the payer and write down the number.",
        )
    return _current[0]
