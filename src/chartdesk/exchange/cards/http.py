"""A card gateway spoken to in JSON over HTTPS: tokens instead of cards, a key for every charge, signed events.

What is certain is said as such: a connection that was never made charged nothing. Everything else that goes wrong on
the way leaves the outcome unknown, whoever broke it.
"""

from __future__ import annotations

import hashlib
import hmac
from decimal import Decimal
from functools import cached_property
from typing import Any

import httpx
import msgspec

from chartdesk.kit import clock, typed
from chartdesk.kit.errors import Forbidden, Invalid, Unavailable
from chartdesk.pms.cards.connections import CardToken, GatewayEvent, Outcome

#: Seconds by which the clock of an event may differ from ours: an old one that was copied is worth nothing.
TOLERANCE = 300


class _Money(msgspec.Struct):
    """A charge or refund as the gateway tells it."""

    id: str
    status: str
    idempotency_key: str = ""
    authorization: str = ""
    decline_code: str = ""
    message: str = ""
    metadata: dict[str, int] = {}


class _List(msgspec.Struct):
    data: list[_Money]


class _Card(msgspec.Struct):
    token: str
    brand: str
    last4: str
    exp_month: int
    exp_year: int


class _Page(msgspec.Struct):
    id: str
    url: str = ""
    card: _Card | None = None


class _Event(msgspec.Struct):
    id: str
    type: str
    data: _Money


class HttpGateway:
    """The gateway at ``url``, asked with ``key``; its events are signed with ``secret``. Many threads may use one."""

    def __init__(self, url: str, key: str, secret: str, *, timeout_seconds: float = 20) -> None:
        self._url, self._key, self._secret = url, key, secret.encode()
        self._seconds = timeout_seconds

    @cached_property
    def _client(self) -> httpx.Client:
        # Made when first asked: a process that charges no card need not read the trusted certificates.
        return httpx.Client(
            base_url=self._url,
            timeout=httpx.Timeout(self._seconds, connect=min(self._seconds, 5)),
            headers={"Authorization": f"Bearer {self._key}", "Accept": "application/json"},
            follow_redirects=False,
        )

    def close(self) -> None:
        """Close the kept connections."""
        if "_client" in vars(self):
            self._client.close()

    def open_page(self, amount: Decimal, description: str, return_url: str) -> tuple[str, str]:
        """A page to type a card on: its number and address."""
        wanted = {"amount": str(amount), "description": description, "return_url": return_url}
        page = self._certain("POST", "/v1/sessions", _Page, json=wanted)
        if not page.url.startswith(("https://", "http://")):
            raise _unavailable("gave no address for its page")
        return page.id, page.url

    def typed(self, page: str) -> CardToken | None:
        """The card that was typed on a page."""
        card = self._certain("GET", f"/v1/sessions/{page}", _Page).card
        return card and CardToken(card.token, card.brand, card.last4, card.exp_month, card.exp_year)

    def charge(self, key: str, token: str, amount: Decimal, about: dict[str, int]) -> Outcome:
        """Charge a card."""
        return self._moved("/v1/charges", key, {"token": token, "amount": str(amount), "metadata": about})

    def refund(self, key: str, charge: str, amount: Decimal, about: dict[str, int]) -> Outcome:
        """Give a charge back."""
        return self._moved("/v1/refunds", key, {"charge": charge, "amount": str(amount), "metadata": about})

    def find(self, kind: str, key: str) -> Outcome | None:
        """What the gateway knows under a key."""
        found = self._certain("GET", f"/v1/{kind}s", _List, params={"idempotency_key": key}).data
        return _outcome(found[0]) if found else None

    def forget(self, token: str) -> None:
        """Let the gateway forget a card."""
        self._certain("DELETE", f"/v1/cards/{token}", dict)

    def event(self, content: bytes, signature: str) -> GatewayEvent:
        """Read an event whose signature is the gateway's and not old."""
        parts = dict(part.split("=", 1) for part in signature.split(",") if "=" in part)
        at, given = parts.get("t", ""), parts.get("v1", "")
        expected = hmac.new(self._secret, f"{at}.".encode() + content, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected.encode(), given.encode()):
            raise Forbidden("The event is not signed by the card gateway.")
        if not at.isdigit() or abs(int(clock.now().timestamp()) - int(at)) > TOLERANCE:
            raise Forbidden("The event is too old.")
        try:
            read = typed.decode(content, _Event)
        except msgspec.MsgspecError as fault:
            raise Invalid("The event of the card gateway cannot be read.", cure=str(fault)) from None
        about = read.data.metadata
        return GatewayEvent(
            read.id,
            read.type,
            about.get("practice", 0),
            about.get("operation", 0),
            read.data.idempotency_key,
            _outcome(read.data),
        )

    def _moved(self, path: str, key: str, wanted: dict[str, Any]) -> Outcome:
        """Send what moves money."""
        try:
            answer = self._client.post(path, json=wanted, headers={"Idempotency-Key": key})
        except (httpx.ConnectError, httpx.ConnectTimeout):
            return Outcome("refused", code="unreachable", message="The card gateway could not be reached.")
        except httpx.TransportError:
            return Outcome("unknown", code="no_answer", message="The card gateway did not answer.")
        if 400 <= answer.status_code < 500 and answer.status_code not in (408, 409, 429):
            return Outcome("refused", code=f"http_{answer.status_code}", message=_reason(answer))
        if answer.status_code != httpx.codes.OK:
            return Outcome("unknown", code=f"http_{answer.status_code}", message="The card gateway is in trouble.")
        try:
            return _outcome(typed.decode(answer.content, _Money))
        except msgspec.MsgspecError:
            return Outcome("unknown", code="nonsense", message="The card gateway's answer cannot be read.")

    def _certain(self, method: str, path: str, kind: Any, **given: Any) -> Any:
        """Ask what moves no money. Raises Unavailable."""
        try:
            answer = self._client.request(method, path, **given)
        except httpx.TransportError:
            raise _unavailable("could not be reached") from None
        if not answer.is_success:
            raise _unavailable(f"answered with HTTP error {answer.status_code}")
        try:
            return typed.decode(answer.content, kind)
        except msgspec.MsgspecError:
            raise _unavailable("gave an answer that cannot be read") from None


def _outcome(told: _Money) -> Outcome:
    kind = told.status if told.status in ("succeeded", "declined") else "unknown"
    return Outcome(kind, told.id, told.authorization, told.decline_code, told.message)


def _reason(answer: httpx.Response) -> str:
    try:
        return f"The card gateway refused it: {answer.json()['error']['message']}."
    except (ValueError, KeyError, TypeError):
        return f"The card gateway refused it (HTTP {answer.status_code})."


def _unavailable(why: str) -> Unavailable:
    return Unavailable(f"The card gateway {why}.", cure="Try again in a moment, or take the payment another way.")
