"""Server-sent events: one listener per process tells every open page of a practice what changed.

A page opens ``/live`` and names the topics it shows. The process holds a single database connection that
listens for notices (``kit.live``) and passes each on to the pages of the same practice. A page that
reconnects is told to refresh, because it may have missed something.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

import psycopg
from asgiref.sync import sync_to_async

from chartdesk.kit.live import CHANNEL

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

#: A comment that is sent when nothing happens, so that proxies keep the line open. Seconds.
HEARTBEAT = 15
#: Notices that may wait for one slow page before it is cut off; it then reconnects and refreshes.
BACKLOG = 100
_log = logging.getLogger(__name__)


class Hub:
    """The open pages of this process, by practice."""

    def __init__(self, dsn: Callable[[], str]) -> None:
        self._dsn = dsn
        self._pages: dict[int, set[asyncio.Queue[dict[str, str] | None]]] = {}
        self._listener: asyncio.Task[None] | None = None

    def join(self, practice: int) -> asyncio.Queue[dict[str, str] | None]:
        """A queue that receives the practice's notices from now on."""
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen())
        queue: asyncio.Queue[dict[str, str] | None] = asyncio.Queue(BACKLOG)
        self._pages.setdefault(practice, set()).add(queue)
        return queue

    def leave(self, practice: int, queue: asyncio.Queue[dict[str, str] | None]) -> None:
        """Stop receiving."""
        self._pages.get(practice, set()).discard(queue)

    async def close(self) -> None:
        """End every stream and the listener."""
        for pages in self._pages.values():
            for queue in pages:
                _put(queue, None)
        if self._listener is not None:
            self._listener.cancel()
            await asyncio.gather(self._listener, return_exceptions=True)

    async def _listen(self) -> None:
        """Listen for ever; a lost connection is made again, and every page is told to refresh."""
        pause = 0.2
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._dsn(), autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    pause = 0.2
                    self._tell_all()
                    async for notice in connection.notifies():
                        content = json.loads(notice.payload)
                        for queue in list(self._pages.get(content.pop("practice"), ())):
                            _put(queue, content)
            except psycopg.OperationalError as fault:
                _log.warning("the live listener lost its connection (%s); trying again", type(fault).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5)

    def _tell_all(self) -> None:
        for pages in self._pages.values():
            for queue in list(pages):
                _put(queue, {"topic": "refresh", "reference": ""})


def _put(queue: asyncio.Queue[dict[str, str] | None], content: dict[str, str] | None) -> None:
    if queue.full():
        queue.get_nowait()
        content = None
    queue.put_nowait(content)


async def stream(scope: Scope, receive: Receive, send: Send, hub: Hub) -> None:
    """Answer ``GET /live?topics=day,notes`` with an event stream; 401 without a session in a practice."""
    practice = await sync_to_async(_practice_of, thread_sensitive=False)(scope)
    if practice is None:
        await _refuse(send)
        return
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("topics", [""])[0]
    topics = frozenset(asked.split(",")) | {"refresh"}
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"retry: 1000\n\n", "more_body": True})
    queue = hub.join(practice)
    gone = asyncio.create_task(_disconnected(receive))
    try:
        while not gone.done():
            waiting = asyncio.create_task(queue.get())
            done, _ = await asyncio.wait({waiting, gone}, timeout=HEARTBEAT, return_when="FIRST_COMPLETED")
            if waiting not in done:
                waiting.cancel()
                if not gone.done():
                    await send({"type": "http.response.body", "body": b": still here\n\n", "more_body": True})
                continue
            notice = waiting.result()
            if notice is None:
                break
            if notice["topic"] in topics:
                await send({"type": "http.response.body", "body": _event(notice), "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        hub.leave(practice, queue)
        gone.cancel()


def _event(notice: dict[str, str]) -> bytes:
    return f"event: {notice['topic']}\ndata: {notice['reference']}\n\n".encode()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 401, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"Log in first.\n"})


def _cookie(headers: Iterable[tuple[bytes, bytes]], name: str) -> str:
    from http.cookies import CookieError, SimpleCookie

    for key, text in headers:
        if key == b"cookie":
            try:
                found = SimpleCookie(text.decode("latin-1")).get(name)
            except CookieError:
                return ""
            return found.value if found else ""
    return ""


def _practice_of(scope: Scope) -> int | None:
    """The practice of the page's session, where its user still works in it."""
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection

    from chartdesk.record.access.models import Membership
    from chartdesk.record.access.subject import Role

    try:
        session = SessionStore(_cookie(scope["headers"], settings.SESSION_COOKIE_NAME))
        user, practice = session.get("_auth_user_id"), session.get("practice")
        if not user or practice is None:
            return None
        places = Membership.objects.filter(user_id=user, practice=practice, active=True).exclude(role=Role.PATIENT)
        return int(practice) if places.exists() else None
    finally:
        connection.close()
