"""Where interfaces may connect to, and from where they may be reached.

A manager sets up channels on pages; which machines of the house Chartdesk may reach through them is the operator's
to say. The rules are those of notifications (``subscriptions.endpoints``), the list of private networks is its own:
partners of an interface mostly stand in one.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from chartdesk.exchange.subscriptions import endpoints
from chartdesk.exchange.subscriptions.endpoints import Network
from chartdesk.exchange.transports import installation
from chartdesk.kit.errors import Unavailable


async def addresses(host: str, port: int) -> list[str]:
    """The addresses of a partner's host, all of them allowed. Raises Unavailable."""
    policy = installation.present().policy
    found = await endpoints.looked_up(host, port)
    if not found or not all(endpoints.allowed(one, policy) for one in found):
        raise Unavailable(
            f"{host} lies in a private network that interfaces may not reach.",
            cure="Let the operator name it in CHARTDESK_INTERFACE_NETWORKS.",
        )
    return [str(one) for one in dict.fromkeys(found)]


def welcome(address: str, networks: Iterable[Network]) -> bool:
    """Whether a partner at ``address`` may connect to us; no networks: from anywhere."""
    allowed = tuple(networks)
    if not allowed:
        return True
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return any((mapped or found) in network for network in allowed)
