"""What the FHIR interface offers, for pages that say it in words: the interface tells, pages do not ask it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from chartdesk.kit.errors import Unavailable

_tellers: list[Callable[[str], bytes]] = []


def told_by(tell: Callable[[str], bytes]) -> None:
    """Let ``tell`` give the text of the CapabilityStatement for the address of the interface."""
    _tellers[:] = [tell]


def statement(base: str) -> dict[str, Any]:
    """The CapabilityStatement at ``base``, decoded. Raises Unavailable where this process has no FHIR interface."""
    if not _tellers:
        raise Unavailable("This process has no FHIR interface.", cure="Open the page of a server that has.")
    decoded: dict[str, Any] = msgspec.json.decode(_tellers[0](base))
    return decoded
