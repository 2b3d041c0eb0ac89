"""Where notifications may go: the guard against being used to reach machines that a client may not reach.

An endpoint is https, or http where the operator allows it. The addresses that its name stands for are looked up at
each delivery, must all be public unless the operator named their network, and the connection goes to the very
address that was checked. Redirects are not followed.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from chartdesk.kit.errors import Invalid, Unavailable

_LONGEST = 2000
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class Policy:
    """What the operator allows: plain http, and private networks by name. ``base`` is our own FHIR address."""

    http: bool = False
    networks: tuple[Network, ...] = ()
    base: str = "http://127.0.0.1:8000/fhir"


_policy = Policy()


def use(policy: Policy) -> None:
    """Let ``policy`` hold in this process."""
    global _policy
    _policy = policy


def base() -> str:
    """The address of our FHIR server as others see it."""
    return _policy.base


def networks(text: str) -> tuple[Network, ...]:
    """Networks such as ``10.1.0.0/16,192.168.7.4``. Raises Invalid for what is none."""
    try:
        return tuple(ipaddress.ip_network(one.strip()) for one in text.split(",") if one.strip())
    except ValueError as fault:
        raise Invalid(f"{text!r} does not name networks: {fault}.", cure="Write them like 10.1.0.0/16.") from None


def check(endpoint: str) -> None:
    """Raise Invalid where notifications may not go to ``endpoint``; no name is looked up."""
    where = "Subscription.channel.endpoint"
    if len(endpoint) > _LONGEST or any(ord(letter) <= 32 or ord(letter) > 126 for letter in endpoint):
        raise Invalid("The endpoint is not a URL.", cure="Write it in ASCII, without spaces.", where=where)
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        raise Invalid("The endpoint is not a URL.", cure="Write it like https://host/path.", where=where) from None
    if parts.scheme not in ("https", "http") or not parts.hostname or port == 0:
        raise Invalid("The endpoint is not an https URL.", cure="Write it like https://host/path.", where=where)
    if parts.scheme == "http" and not _policy.http:
        raise Invalid("Notifications are sent by https only.", cure="Give the endpoint as https.", where=where)
    if parts.username is not None or parts.fragment:
        cure = "Leave them out; put a secret into channel.header."
        raise Invalid("The endpoint holds a user name or a fragment.", cure=cure, where=where)
    literal = _literal(parts.hostname)
    if literal is not None and not allowed(literal):
        raise Invalid("The endpoint lies in a private network.", cure="Give a public address.", where=where)


def allowed(address: Address, policy: Policy | None = None) -> bool:
    """Whether a connection may go to ``address``, by ``policy`` or the one that holds for notifications."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if any(address in network for network in (policy or _policy).networks):
        return True
    # The ranges by which IPv4 is carried in IPv6 lead to addresses that this check does not see.
    hidden = isinstance(address, ipaddress.IPv6Address) and (address.teredo or address.sixtofour or address in _NAT64)
    return address.is_global and not address.is_multicast and not hidden


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


async def addresses(host: str, port: int) -> list[str]:
    """The addresses of ``host``, all of them allowed. Raises Unavailable."""
    found = await looked_up(host, port)
    if not found or not all(allowed(one) for one in found):
        raise Unavailable(
            "The endpoint's host lies in a private network.",
            cure="Use a public host, or let the operator allow the network.",
        )
    return [str(one) for one in dict.fromkeys(found)]


async def looked_up(host: str, port: int) -> list[Address]:
    """What the name ``host`` stands for, allowed or not. Raises Unavailable for a name that is not known."""
    literal = _literal(host)
    if literal is not None:
        return [literal]
    try:
        rows = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # a name such as a..b cannot even be asked for
        raise Unavailable("The name of the endpoint's host is not known.") from None
    return [ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in rows]


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
