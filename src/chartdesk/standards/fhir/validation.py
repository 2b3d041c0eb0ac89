"""What the types cannot say about a resource."""

from __future__ import annotations

from . import r4
from .issues import Issue


def validate(resource: r4.Resource) -> list[Issue]:
    """Every fault of `resource`; empty when it is valid."""
    return []
