"""One server for all clients of others: a start takes longer than most of their tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conformance.serving import running


@pytest.fixture(scope="package")
def address(database: str, home: Path) -> Iterator[str]:
    """The address of a server on the database of this run; it ends before other tests begin."""
    with running(home) as found:
        yield found
