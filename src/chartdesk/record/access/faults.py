"""One thing wrong with what somebody typed, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One field that is wrong."""

    where: str
    message: str
    cure: str
