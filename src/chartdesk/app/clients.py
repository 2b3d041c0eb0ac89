"""Which address a request came from: behind a reverse proxy, the one that the proxy names.

Failed logins are counted by it and audit rows keep it. Anybody can write ``X-Forwarded-For``; it is believed from our
own proxies only, and from its end, where the last of them wrote.
"""

from __future__ import annotations

import ipaddress

from chartdesk.app.live import Scope
from chartdesk.exchange.subscriptions.endpoints import Address, Network


def seen(scope: Scope, proxies: tuple[Network, ...]) -> Scope:
    """The scope of a request with the client's address in place of that of the ``proxies`` it came through."""
    if not proxies:
        return scope
    address, port = scope.get("client") or ("", 0)
    found = address
    for name in (address, *reversed(_forwarded(scope))):
        at = _address(name)
        if at is None:
            break
        found = str(at)
        if not any(at in network for network in proxies):
            break
    return scope if found == address else {**scope, "client": (found, port)}


def _forwarded(scope: Scope) -> list[str]:
    texts = [text.decode("latin-1") for name, text in scope["headers"] if name.lower() == b"x-forwarded-for"]
    return ",".join(texts).split(",")


def _address(name: str) -> Address | None:
    try:
        at = ipaddress.ip_address(name.strip())
    except ValueError:
        return None
    return getattr(at, "ipv4_mapped", None) or at
