"""What the operator decides about interfaces: who may be reached, where is listened, which folder is theirs.

Channels are set up on pages by a practice's manager. Nothing they write there leads out of these bounds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from chartdesk.exchange.subscriptions.endpoints import Policy


@dataclass(frozen=True)
class Installation:
    """``host``: the address listened on where a channel names none. ``folder``: below it each practice has its own."""

    policy: Policy = field(default_factory=Policy)
    host: str = "127.0.0.1"
    folder: Path = Path("interfaces")


_present = Installation()


def use(installation: Installation) -> None:
    """Let ``installation`` hold in this process."""
    global _present
    _present = installation


def present() -> Installation:
    """What holds in this process."""
    return _present
