"""A sandbox card gateway on a socket of its own, and cards typed on its page as a browser would."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from chartdesk.exchange.card_sandbox import cards as numbers
from chartdesk.exchange.card_sandbox.gateway import Gateway
from chartdesk.exchange.card_sandbox.server import GatewayServer

KEY, SECRET = "test-key", "test-secret"


@dataclass
class Running:
    """The gateway that runs, and the adapter that speaks to it."""

    gateway: Gateway
    url: str
    adapter: Any

    def type_card(self, page: str, behavior: str = "approved", **changed: str) -> httpx.Response:
        """Type a card on the gateway's page ``page`` (its address)."""
        fields = {"number": numbers.number_for(behavior), "month": "12", "year": "2039", "code": "123", **changed}
        return httpx.post(page, data=fields, follow_redirects=False, timeout=60)

    def token(self, behavior: str = "approved") -> str:
        """A card that was typed, as its token."""
        page = self.gateway.open_session({"return_url": "http://127.0.0.1/", "amount": "1.00"}, self.url)
        self.type_card(page["url"], behavior)
        return str(self.gateway.session(page["id"])["card"]["token"])

    def charged(self) -> list[tuple[str, int]]:
        """Every charge the bank knows: status and cents."""
        rows = self.gateway.store.rows("SELECT status, cents FROM charge ORDER BY rowid")
        return [(row["status"], row["cents"]) for row in rows]


def _adapter(gateway: Gateway, url: str) -> Any:
    """Waits as long as it takes, but for an answer that is late: there it gives up once the bank has the charge."""
    from chartdesk.exchange.cards import HttpGateway

    class Adapter(HttpGateway):
        def charge(self, key: str, token: str, *more: Any) -> Any:
            [[fate]] = gateway.store.rows("SELECT behavior FROM card WHERE token = ?", token) or [[""]]
            if not fate.startswith("timeout"):
                return super().charge(key, token, *more)
            hasty = HttpGateway(url, KEY, SECRET, timeout_seconds=0.5)
            outcome = hasty.charge(key, token, *more)
            hasty.close()
            limit = time.monotonic() + 60
            while fate == "timeout_charged" and not gateway.store.rows("SELECT 1 FROM charge WHERE key = ?", key):
                assert time.monotonic() < limit, "the charge never came to the bank"
                time.sleep(0.01)
            return outcome

    return Adapter(url, KEY, SECRET, timeout_seconds=60)


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Running]:
    """The sandbox gateway over real sockets; an answer that is late does not come."""
    made = Gateway(tmp_path / "gateway", SECRET)
    server = GatewayServer(made, 0, KEY, hang=600, every=0.05)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    adapter = _adapter(made, url)
    yield Running(made, url, adapter)
    adapter.close()
    server.ending.set()
    server.shutdown()
    thread.join(timeout=60)
    made.close()
