"""The public keys that a program publishes at an address of its own.

Read when it signs, kept for five minutes, read again at once (but not more often than every ten seconds) where a key
is asked for that was not there. The address is one that the practice's manager registered.
"""

from __future__ import annotations

import logging
import threading
import time

import httpx
import msgspec
from joserfc.jwk import KeySet

from chartdesk.record.access.programs import unusable

FRESH, AGAIN = 300.0, 10.0
#: The most bytes and seconds that are spent on it.
LARGEST, LONGEST = 256 * 1024, 5.0
_MOST_REMEMBERED = 1000
_log = logging.getLogger(__name__)
_lock = threading.Lock()
_remembered: dict[str, tuple[float, KeySet | None]] = {}


def read(address: str, key_id: str) -> KeySet | None:
    """The keys at ``address``; None where they cannot be read. ``key_id`` is the one that is needed."""
    known = _remembered.get(address)
    now = time.monotonic()
    if known is not None:
        age = now - known[0]
        needed = known[1] is not None and any(key.kid == key_id for key in known[1].keys)
        if age < AGAIN or (needed and age < FRESH):
            return known[1]
    found = _fetched(address)
    with _lock:
        if len(_remembered) >= _MOST_REMEMBERED:
            _remembered.clear()
        _remembered[address] = (now, found)
    return found


def _fetched(address: str) -> KeySet | None:
    try:
        with httpx.Client(timeout=LONGEST, follow_redirects=False, trust_env=False) as client:
            content = _content(client, address)
        keys = msgspec.json.decode(content)
    except (httpx.HTTPError, httpx.InvalidURL, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        _log.warning("the keys at %s cannot be read: %s", address, type(fault).__name__)
        return None
    reason = unusable(keys)
    if reason:
        _log.warning("the keys at %s cannot be used: %s", address, reason)
        return None
    return KeySet.import_key_set(keys)


def _content(client: httpx.Client, address: str) -> bytes:
    limit = time.monotonic() + LONGEST
    content = b""
    with client.stream("GET", address, headers={"Accept": "application/json"}) as answer:
        answer.raise_for_status()
        if answer.status_code != 200:
            raise httpx.HTTPError(f"status {answer.status_code}")
        for part in answer.iter_bytes():
            content += part
            if len(content) > LARGEST or time.monotonic() > limit:
                raise httpx.HTTPError("too large or too slow")
    return content
