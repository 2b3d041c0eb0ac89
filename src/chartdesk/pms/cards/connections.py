"""The way to the card gateway. The room knows its shape; the program says which connection it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from chartdesk.kit.errors import Unavailable


@dataclass(frozen=True)
class Outcome:
    """How a charge or refund ended: ``kind`` is succeeded, declined, refused (certainly not done) or unknown."""

    kind: str
    id: str = ""
    authorization: str = ""
    code: str = ""
    message: str = ""


@dataclass(frozen=True)
class CardToken:
    """A card as the gateway knows it."""

    token: str
    brand: str
    last4: str
    month: int
    year: int


@dataclass(frozen=True)
class GatewayEvent:
    """What the gateway told by itself: ``kind`` such as ``charge.succeeded``; whose operation it is about."""

    id: str
    kind: str
    practice: int
    operation: int
    key: str
    outcome: Outcome


class CardGateway(Protocol):
    """Whatever charges cards."""

    def open_page(self, amount: Decimal, description: str, return_url: str) -> tuple[str, str]:
        """A page of the gateway's to type a card on: its number and address. Raises Unavailable."""
        ...

    def typed(self, page: str) -> CardToken | None:
        """The card that was typed there; None while there is none. Raises Unavailable."""
        ...

    def charge(self, key: str, token: str, amount: Decimal, about: dict[str, int]) -> Outcome:
        """Charge a card, once for each key. Never raises: what is not known is unknown."""
        ...

    def refund(self, key: str, charge: str, amount: Decimal, about: dict[str, int]) -> Outcome:
        """Give a charge back, once for each key. Never raises."""
        ...

    def find(self, kind: str, key: str) -> Outcome | None:
        """How the charge or refund with this key ended; None where the gateway knows of none. Raises Unavailable."""
        ...

    def forget(self, token: str) -> None:
        """Let the gateway forget a card. Raises Unavailable."""
        ...

    def event(self, content: bytes, signature: str) -> GatewayEvent:
        """Read what the gateway told. Raises Forbidden where the signature is not its own, Invalid for nonsense."""
        ...


_current: list[CardGateway] = []


def use(gateway: CardGateway | None) -> None:
    """Charge through ``gateway`` from now on; None: through none."""
    _current[:] = [] if gateway is None else [gateway]


def there() -> bool:
    """Whether cards can be charged at all."""
    return bool(_current)


def current() -> CardGateway:
    """The gateway in use. Raises Unavailable where none is set up."""
    if not _current:
        raise Unavailable(
            "No card gateway is set up.",
            cure="Set CHARTDESK_CARDS_URL, or use the terminal and write its number down.",
        )
    return _current[0]
