"""Messages posted to an address, HL7 over HTTP: the body is the message, the answer's body its acknowledgement.

Connections go to the very addresses that were checked, and redirects are not followed, as with notifications; they
are kept from one message to the next.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx

from chartdesk.exchange.engine.documents import HttpsTarget
from chartdesk.exchange.engine.transports import HL7, Content, Door, Response
from chartdesk.exchange.transports import answers, calling, egress, installation, secrets
from chartdesk.kit.errors import ChartdeskError, Invalid, Unavailable

#: What partners call HL7 v2 in a Content-Type.
MEDIA = "application/hl7-v2"
_LARGEST = 5_000_000
#: Seconds that any request may take, whatever a channel says.
_LONGEST = 86_400.0


@dataclass(frozen=True)
class Reply:
    """What an HTTP server answered."""

    status: int
    body: bytes
    headers: Mapping[str, str]


class Caller:
    """Requests to one destination; its connections are kept, and nobody else's. Used in the loop of ``calling``."""

    def __init__(self) -> None:
        # By host: two names on one address must not share a connection.
        self._clients: dict[str, httpx.AsyncClient] = {}

    async def ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes, seconds: float) -> Reply:
        """One request, whatever the answer is. Raises Unavailable, in words, where there is none."""
        target = _checked(url)
        port = target.port or (443 if target.scheme == "https" else 80)
        try:
            async with asyncio.timeout(seconds):
                found = await egress.addresses(target.host, port)
                return await self._asked(method, target, found, headers, body)
        except TimeoutError:
            raise Unavailable(f"{target.host} did not answer within {seconds:g} seconds.") from None
        except ssl.SSLError:
            raise Unavailable(f"The certificate of {target.host} is not valid.") from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as fault:
            if isinstance(fault.__cause__, ssl.SSLError) or "CERTIFICATE" in str(fault).upper():
                raise Unavailable(f"The certificate of {target.host} is not valid.") from None
            did = "cannot be reached" if isinstance(fault, httpx.ConnectError) else "broke off the connection"
            raise Unavailable(f"{target.host} {did}.") from None

    async def _asked(
        self, method: str, url: httpx.URL, found: list[str], headers: Mapping[str, str], body: bytes
    ) -> Reply:
        extensions: dict[str, Any] = {"sni_hostname": url.host} if url.scheme == "https" else {}
        sent = {**headers, "Host": url.netloc.decode("ascii")}
        client = self._clients.get(url.host)
        if client is None:
            # The time is measured around the whole request, so that an answer that trickles buys none.
            client = httpx.AsyncClient(verify=_trust(), timeout=_LONGEST, trust_env=False, follow_redirects=False)
            self._clients[url.host] = client
        for place, address in enumerate(found, start=1):
            to = url.copy_with(host=address)
            request = client.build_request(method, to, headers=sent, content=body, extensions=extensions)
            try:
                response = await client.send(request, stream=True)
            except httpx.ConnectError:
                if place == len(found):
                    raise
                continue
            try:
                return Reply(response.status_code, await _body(response), response.headers)
            finally:
                await response.aclose()
        raise Unavailable(f"{url.host} has no address.")

    async def close(self) -> None:
        """Hang up."""
        while self._clients:
            await self._clients.popitem()[1].aclose()


class Callers:
    """The callers of all destinations; a destination whose settings were changed gets a new one."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], tuple[Any, Caller]] = {}

    def of(self, door: Door) -> Caller:
        """The caller of a destination."""
        key = (door.channel, door.name)
        settings, caller = self._known.get(key, (None, None))
        if caller is None or settings != door.settings:
            if caller is not None:
                calling.wait_for(caller.close())
            caller = Caller()
            self._known[key] = (door.settings, caller)
        return caller


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


async def _body(response: httpx.Response) -> bytes:
    """The beginning of the answer: an acknowledgement is small."""
    found = bytearray()
    async for chunk in response.aiter_bytes():
        found += chunk
        if len(found) > _LARGEST:
            break
    return bytes(found[:_LARGEST])


def _checked(url: str) -> httpx.URL:
    try:
        found = httpx.URL(url)
    except httpx.InvalidURL:
        raise Invalid(f"{url!r} is not a URL.", cure="Write it like https://host/path.", where="url") from None
    if found.scheme not in ("https", "http") or not found.host or found.userinfo:
        raise Invalid(
            f"{url!r} is not a URL that can be posted to.", cure="Write it like https://host/path.", where="url"
        )
    if found.scheme == "http" and not installation.present().policy.http:
        raise Invalid(
            "Interfaces use https only.", cure="Give the address as https, or let the operator allow http.", where="url"
        )
    return found


def verdict(reply: Reply, words: str = "") -> Response:
    """What an HTTP status says about a delivery; ``words`` are the partner's own."""
    status = reply.status
    if 200 <= status < 300:
        return Response("taken", words, reply.body)
    said = f"The partner answered {status}{f': {words}' if words else '.'}"
    if 300 <= status < 400:
        return Response("unreachable", f"{said} Redirects are not followed; set the address it names.", reply.body)
    # Who is not let in, or stands at the wrong door, will not fare better with the next message.
    if status in (401, 403, 404, 405, 407, 408, 429, 502, 503, 504):
        return Response("unreachable", said, reply.body)
    return Response("failed" if status >= 500 or status in (409, 412, 425) else "refused", said, reply.body)


class HttpsTransport:
    """Carries messages to addresses that they are posted to."""

    def __init__(self) -> None:
        self._callers = Callers()

    def deliver(self, door: Door, content: Content) -> Response:
        """Post one and read its acknowledgement."""
        settings: HttpsTarget = door.settings
        try:
            token = secrets.read(door.practice, door.channel, settings.secret)
            headers = {"Content-Type": _media(content)}
            if token:
                headers["Authorization"] = token if " " in token else f"Bearer {token}"
            asked = self._callers.of(door).ask("POST", settings.url, headers, content.raw, settings.answer_seconds)
            reply = calling.wait_for(asked)
        except ChartdeskError as fault:
            return Response("unreachable", str(fault))
        found = verdict(reply)
        # An acknowledgement says more than the status that it comes with.
        if content.media == HL7 and reply.body.lstrip()[:3] == b"MSH" and found.status != "unreachable":
            return answers.read(reply.body, content.control_id, answers.Expected()) or found
        return found


def _media(content: Content) -> str:
    return MEDIA if content.media == HL7 else content.media
