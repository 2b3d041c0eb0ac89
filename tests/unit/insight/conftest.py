"""The billing office, on the day the money comes in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def office(subject: Any) -> Iterator[Any]:
    """A billing office with two payers and prices."""
    from tests.money.office import NOW, open_office

    from chartdesk.kit import clock

    with clock.at(NOW):
        yield open_office(subject)
