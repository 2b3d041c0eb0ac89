"""Another world of random histories of claims: a file of its own, so that another process lives through it."""

from __future__ import annotations

import pytest
from tests.journeys.test_no_cent_lost import SEED, live
from tests.money.office import Office, office

__all__ = ["office"]

pytestmark = pytest.mark.timeout(3600)


def test_nor_in_another_world(office: Office) -> None:
    live(office, SEED + 1)
