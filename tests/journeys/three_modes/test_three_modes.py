"""A practice's seven days come to the same charges and the same claims, however the two halves are joined."""

from __future__ import annotations

from typing import Any

import pytest
from tests.journeys.three_modes import stage, story


@pytest.fixture(scope="module")
def unified(database: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What comes of the story in one installation."""
    with stage.unified(database, tmp_path_factory.mktemp("story")) as one:
        one.play()
        assert one.stuck() == []
        return one.outcome()


def test_one_installation_plays_the_whole_story(unified: dict[str, Any]) -> None:
    seen = {visit.key for visit in story.VISITS if visit.fate in story.SEEN}
    assert {bill["visit"] for bill in unified["superbills"]} == seen
    assert {bill["status"] for bill in unified["superbills"]} == {"billed", "approved"}
    assert len(unified["files"]) == story.DAYS
    print(len(unified["claims"]))
