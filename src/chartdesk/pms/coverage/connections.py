"""The way to the payers. The room knows its shape; the program says which connection it is."""

from __future__ import annotations

from typing import Protocol

from chartdesk.kit.errors import Unavailable


class EligibilityConnection(Protocol):
    """Whatever brings a 270 to a payer and its answer back."""

    def ask(self, request: bytes, *, payer_id: str) -> bytes:
        """The answer to a 270, as it came. Raises Unavailable with the reason when there is none."""
        ...


_current: list[EligibilityConnection] = []


def use(connection: EligibilityConnection) -> None:
    """Ask through ``connection`` from now on."""
    _current[:] = [connection]


def current() -> EligibilityConnection:
    """The connection in use. Raises Unavailable where none is set up."""
    if not _current:
        raise Unavailable(
            "No connection for eligibility is set up.",
            cure="Set CHARTDESK_ELIGIBILITY_URL, or call the payer.",
        )
    return _current[0]
