"""How rules are stored and told apart. Pure."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import msgspec


def kept(said: Any) -> Any:
    """Rules as JSON data."""
    return msgspec.to_builtins(said)


def digest(said: Any) -> str:
    """What two sets of rules share that say the same."""
    return hashlib.sha256(json.dumps(kept(said), sort_keys=True).encode()).hexdigest()
