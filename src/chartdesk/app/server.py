"""The web server's application: one address, four doors.

``/live`` is an event stream and stays asynchronous. ``/fhir`` goes straight to the FHIR room, past the page
framework it does not need, and ``/interfaces`` to the interface engine. Everything else is a page. The last three run
in threads, each with a connection from the pool.
"""

from __future__ import annotations

import gc
from collections.abc import MutableMapping
from functools import partial
from typing import Any

from a2wsgi import WSGIMiddleware

from chartdesk.app import clients, configuration, database, live, wiring
from chartdesk.app.live import Receive, Scope, Send

#: Threads of one process for pages, and for FHIR requests.
THREADS = 16

# What is loaded stays: looking through it for garbage, again and again as it grows, is a sixth of the start.
gc.disable()
wiring.set_up()

from django.conf import settings  # noqa: E402  (settings must be there first)
from django.core.wsgi import get_wsgi_application  # noqa: E402

from chartdesk.api import fhir  # noqa: E402
from chartdesk.app import streaming  # noqa: E402
from chartdesk.app.lanes import Lanes  # noqa: E402
from chartdesk.exchange.subscriptions import endpoints  # noqa: E402
from chartdesk.exchange.transports import http_in  # noqa: E402

#: A request body above this many bytes is refused before it is read whole.
LARGEST_BODY = settings.FHIR_BODY_BYTES
_pages: Any = WSGIMiddleware(get_wsgi_application(), workers=THREADS)
_lanes = Lanes(THREADS)
_hub = live.Hub(database.dsn)
_proxies = endpoints.networks(configuration.value("CHARTDESK_PROXIES"))
gc.freeze()
gc.enable()


# The client is gone, or it sent a body that is no body: whoever is still there is told.
_UNREADABLE: tuple[MutableMapping[str, Any], ...] = (
    {"type": "http.response.start", "status": 400, "headers": [(b"content-type", b"text/plain")]},
    {"type": "http.response.body", "body": b"The body of the request cannot be read to its end."},
)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI entry point."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http":
        await _answer(clients.seen(scope, _proxies), receive, send)


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["path"] == "/live":
        await live.stream(scope, receive, send, _hub)
    elif scope["path"] == "/fhir" or scope["path"].startswith("/fhir/"):
        await _fhir(scope, receive, send)
    elif scope["path"].startswith(http_in.PREFIX):
        await _interface(scope, receive, send)
    else:
        await _page(scope, receive, send)


async def _page(scope: Scope, receive: Receive, send: Send) -> None:
    # The adapter wants coroutines; this server hands out futures.
    async def read() -> MutableMapping[str, Any]:
        return await receive()

    async def write(message: MutableMapping[str, Any]) -> None:
        await send(message)

    await _pages(scope, read, write)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.shutdown":
            await _hub.close()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _body(receive: Receive, send: Send) -> tuple[bytes, bool] | None:
    """The body of a request, and whether it is too large; None where the client is gone, who is told so."""
    chunks: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            await send(_UNREADABLE[0])
            await send(_UNREADABLE[1])
            return None
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= LARGEST_BODY:
            chunks.append(chunk)
        more = message.get("more_body", False)
    return b"".join(chunks), size > LARGEST_BODY


async def _interface(scope: Scope, receive: Receive, send: Send) -> None:
    found = await _body(receive, send)
    if found is None:
        return
    shown = next((text for name, text in scope["headers"] if name.lower() == b"authorization"), b"")
    origin = (scope.get("client") or ("", 0))[0]
    work = partial(http_in.take, scope["method"], scope["path"], shown.decode("latin-1"), found[0])
    posted = await _lanes.run(partial(work, origin=origin, too_large=found[1]))
    headers = [(b"content-type", posted.media.encode("latin-1"))]
    await send({"type": "http.response.start", "status": posted.status, "headers": headers})
    await send({"type": "http.response.body", "body": posted.body})


async def _fhir(scope: Scope, receive: Receive, send: Send) -> None:
    found = await _body(receive, send)
    if found is None:
        return
    client = scope.get("client") or ("", 0)
    request = fhir.Request(
        method=scope["method"],
        path=scope["path"],
        query=scope.get("query_string", b"").decode("latin-1"),
        headers={key.decode("latin-1").lower(): text.decode("latin-1") for key, text in scope["headers"]},
        body=found[0],
        origin=client[0],
        too_large=found[1],
    )
    response = await _lanes.answer(request)
    headers = [(key.lower().encode("latin-1"), text.encode("latin-1")) for key, text in response.headers.items()]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    if response.file is not None and scope["method"] != "HEAD":
        await streaming.send_file(response.file, response.packed, send)
    else:
        await send({"type": "http.response.body", "body": response.body})
