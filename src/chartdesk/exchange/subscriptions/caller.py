"""The rest-hook: one POST to a subscriber's program, within its time, whatever the other side does.

The whole call is measured against one clock, so an answer that trickles buys no time. Of the answer only its
status is read. Connections are not kept: two names on one address must not share one.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx

from chartdesk.exchange.subscriptions import endpoints
from chartdesk.kit.errors import ChartdeskError, Unavailable

#: The longest wait that a program may ask for by Retry-After, in seconds.
LONGEST_WAIT = 600


@dataclass(frozen=True)
class Answer:
    """What became of a call. ``code`` says of what kind a failure was; ``words`` hold no secret."""

    code: str = ""
    words: str = ""
    wait: int = 0

    @property
    def taken(self) -> bool:
        """Whether the program took the notification."""
        return not self.code


def post(endpoint: str, headers: Sequence[Sequence[str]], body: bytes, seconds: float) -> Answer:
    """Send ``body`` to ``endpoint``. Never raises for what the other side does."""
    return asyncio.run_coroutine_threadsafe(_within(endpoint, headers, body, seconds), _loop()).result()


async def _within(endpoint: str, headers: Sequence[Sequence[str]], body: bytes, seconds: float) -> Answer:
    try:
        async with asyncio.timeout(seconds):
            return await _post(endpoint, headers, body, seconds)
    except TimeoutError:
        return Answer("timeout", f"No answer within {seconds:g} seconds.")
    except ChartdeskError as fault:
        return Answer("unreachable", str(fault))
    except ssl.SSLError:
        return Answer("certificate-error", "The endpoint's certificate is not valid.")
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as fault:
        if isinstance(fault.__cause__, ssl.SSLError) or "CERTIFICATE" in str(fault).upper():
            return Answer("certificate-error", "The endpoint's certificate is not valid.")
        if isinstance(fault, httpx.ConnectError):
            return Answer("unreachable", "The endpoint refused the connection.")
        return Answer("unreachable", "The endpoint broke off the connection.")


async def _post(endpoint: str, headers: Sequence[Sequence[str]], body: bytes, seconds: float) -> Answer:
    endpoints.check(endpoint)
    url = httpx.URL(endpoint)
    port = url.port or (443 if url.scheme == "https" else 80)
    found = await endpoints.addresses(url.host, port)
    sent = [(name, value) for name, value in headers if name.lower() not in OUR_HEADERS]
    sent += [("Host", url.netloc.decode("ascii")), ("Content-Type", "application/fhir+json; charset=utf-8")]
    extensions: dict[str, Any] = {"sni_hostname": url.host} if url.scheme == "https" else {}
    limits = httpx.Limits(max_keepalive_connections=0)
    async with httpx.AsyncClient(
        verify=_trust(), timeout=seconds, limits=limits, trust_env=False, follow_redirects=False
    ) as client:
        for place, address in enumerate(found, start=1):
            request = client.build_request(
                "POST", url.copy_with(host=address), headers=sent, content=body, extensions=extensions
            )
            try:
                response = await client.send(request, stream=True)
            except httpx.ConnectError:
                if place == len(found):
                    raise
                continue
            await response.aclose()
            return _answer(response)
    raise Unavailable("The endpoint has no address.")


#: Headers that say how a call is made, not what a subscriber wants to be told.
OUR_HEADERS = frozenset({"host", "content-length", "content-type", "transfer-encoding", "connection", "expect", "te"})


def _answer(response: httpx.Response) -> Answer:
    if response.is_success:
        return Answer()
    said = response.headers.get("retry-after", "")
    wait = min(int(said), LONGEST_WAIT) if said.isascii() and said.isdigit() and len(said) < 9 else 0
    if response.status_code in (401, 403):
        return Answer("unauthorized", f"The endpoint answered {response.status_code}: it does not let us in.", wait)
    if response.is_redirect:
        return Answer("processing", f"The endpoint answered {response.status_code}; redirects are not followed.", wait)
    return Answer("processing", f"The endpoint answered with HTTP status {response.status_code}.", wait)


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


_starting = threading.Lock()
_running: asyncio.AbstractEventLoop | None = None


def _loop() -> asyncio.AbstractEventLoop:
    """The one event loop of this process in which calls are made."""
    global _running
    with _starting:
        if _running is None:
            _running = asyncio.new_event_loop()
            threading.Thread(target=_running.run_forever, name="notifications", daemon=True).start()
    return _running
