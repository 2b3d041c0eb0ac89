"""Whose address counts, behind reverse proxies."""

from __future__ import annotations

import pytest

from chartdesk.app import clients
from chartdesk.exchange.subscriptions import endpoints

PROXIES = endpoints.networks("127.0.0.1, 10.1.0.0/16")


@pytest.mark.parametrize(
    ("address", "forwarded", "found"),
    [
        ("127.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("127.0.0.1", ["198.51.100.7, 10.1.2.3"], "198.51.100.7"),
        ("127.0.0.1", ["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
        ("127.0.0.1", ["203.0.113.9", "198.51.100.7"], "198.51.100.7"),
        ("127.0.0.1", ["2001:db8::1"], "2001:db8::1"),
        ("::ffff:127.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("198.51.100.8", ["203.0.113.9"], "198.51.100.8"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["203.0.113.9, unknown, 10.1.2.3"], "10.1.2.3"),
        ("127.0.0.1", ["10.1.2.3"], "10.1.2.3"),
        ("", ["198.51.100.7"], ""),
    ],
)
def test_our_own_proxies_are_believed(address: str, forwarded: list[str], found: str) -> None:
    headers = [(b"accept", b"*/*"), *((b"x-forwarded-for", text.encode()) for text in forwarded)]
    scope = {"type": "http", "client": (address, 4711), "headers": headers}
    assert clients.seen(scope, PROXIES)["client"] == (found, 4711)
    assert clients.seen(scope, ())["client"] == (address, 4711)


def test_a_socket_without_an_address_is_nobody() -> None:
    scope = {"type": "http", "client": None, "headers": [(b"x-forwarded-for", b"198.51.100.7")]}
    assert clients.seen(scope, PROXIES)["client"] is None
