"""Practices with one half each, and the two of them joined."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from tests.unit.exchange.halves.pair import NOW, Half, Joined, open_half


@pytest.fixture
def halves(database: str) -> Iterator[Callable[..., Half]]:
    """Opens practices by their mode, on Monday morning."""
    from chartdesk.app import wiring
    from chartdesk.kit import clock

    wiring.connect()
    with clock.at(NOW):
        yield open_half


@pytest.fixture
def joined(halves: Callable[..., Half]) -> Joined:
    """A PMS and an EHR."""
    return Joined(halves("pms"), halves("ehr"))
