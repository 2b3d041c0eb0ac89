"""A practice's seven days come to the same charges and the same claims, however the two halves are joined.

Played in one installation; in two that send each other HL7 v2 over MLLP; in two over FHIR. Then in both again over a
line that breaks, says things twice and delivers late, between sides that are killed. All seven days over every line
take a quarter of an hour: ``make story`` plays them. The suite plays three, the first over a good line.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.journeys.three_modes import stage, story
from tests.journeys.three_modes.stage import Stage

SEED = 20260302
#: When the line is cut until the evening, and when a side is killed: one, then the other. The first day is 0.
CUT = ((1, "12:15"), (4, "12:15"))
KILLED = ((1, "09:40"), (2, "10:05"), (5, "09:40"))
WHOLE = os.environ.get("STORY") == "whole"
#: So many days are played between two, and after so many of them the line turns bad.
PLAYED, GOOD = (story.DAYS, 0) if WHOLE else (3, 1)
#: How often something happens to what is said over the bad line.
TROUBLE = 0.12 if WHOLE else 0.25
SEEN = {visit.key for visit in story.VISITS if visit.fate in story.SEEN}


@pytest.fixture(scope="module")
def nursery(database: str) -> Iterator[stage.Nursery]:
    """The process that all installations are forked from."""
    from django.db import connections

    # Whoever holds a connection keeps others from copying the database.
    connections.close_all()
    for alias in connections:
        connections[alias].close_pool()
    with tempfile.TemporaryDirectory(prefix="cd-story-") as folder:
        stage.template(database)
        made = stage.Nursery(database, Path(folder))
        yield made
        made.end()


@pytest.fixture(scope="module")
def unified(nursery: stage.Nursery, tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, Any]]:
    """What comes of the story in one installation, after some days and in the end."""
    with stage.unified(nursery, tmp_path_factory.mktemp("story")) as one:
        one.wanted = (GOOD, PLAYED, story.DAYS)
        one.play()
        assert one.stuck() == []
        return one.seen


def test_one_installation_plays_the_whole_story(unified: dict[int, dict[str, Any]]) -> None:
    whole = unified[story.DAYS]
    bills = whole["superbills"]
    assert {bill["visit"] for bill in bills} == SEEN and len(bills) == len(SEEN)
    assert {bill["status"] for bill in bills} == {"approved", "billed"}
    assert {claim["status"] for claim in whole["claims"]} == {"submitted"}
    assert len(whole["files"]) == story.DAYS
    extra = {bill["visit"] for bill in bills if any(line[1] == "81002" for line in bill["lines"])}
    assert extra == {one.key for one in story.VISITS if one.fate == "extra"}


@pytest.mark.skipif(not WHOLE, reason="run with `make story`; a day over a good line is part of the next test")
@pytest.mark.parametrize("joined", [stage.over_mllp, stage.over_fhir], ids=["mllp", "fhir"])
def test_two_installations_come_to_the_same(
    joined: Callable[..., Any], unified: dict[int, dict[str, Any]], nursery: stage.Nursery, tmp_path: Path
) -> None:
    with joined(nursery, tmp_path) as two:
        two.play()
        assert two.stuck() == []
        _same(unified[story.DAYS], two.outcome())


@pytest.mark.parametrize("joined", [stage.over_mllp, stage.over_fhir], ids=["mllp", "fhir"])
def test_a_bad_line_and_killed_sides_come_to_the_same(
    joined: Callable[..., Any], unified: dict[int, dict[str, Any]], nursery: stage.Nursery, tmp_path: Path
) -> None:
    with joined(nursery, tmp_path, SEED) as two:
        harm = Harm()
        two.wanted = (GOOD, PLAYED)
        two.play(harm, days=PLAYED)
        assert two.stuck() == []
        for days, outcome in two.seen.items():
            _same(unified[days], outcome)
        did = two.lines[0].did + two.lines[1].did
        assert (harm.killed, harm.cuts) == (_by(KILLED), _by(CUT))
        assert min(did[one] for one in ("lost", "unanswered", "twice", "late")) > (2 if WHOLE else 0), did


def _by(moments: tuple[tuple[int, str], ...]) -> int:
    """How many of them lie within the days that are played over the bad line."""
    return sum(day < PLAYED for day, _ in moments)


class Harm:
    """What happens to the two and their lines: trouble from the bad days on, the line cut twice, each side killed."""

    def __init__(self) -> None:
        self.killed = self.cuts = 0

    def __call__(self, two: Stage, step: story.Step) -> None:
        """Before each step."""
        for line in two.lines:
            line.trouble = TROUBLE if step.at >= story.local(GOOD, "00:00") else 0
        # In the afternoon nobody is registered or booked, so both sides can go on by themselves until the evening.
        if self.cuts < len(CUT) and step.at >= story.local(*CUT[self.cuts]):
            self.cuts += 1
            for line in two.lines:
                line.cut = True
        if step.do == "evening":
            two.mend()
        if self.killed < len(KILLED) and step.at >= story.local(*KILLED[self.killed]):
            two.sides[self.killed % 2].restart(two.now)
            self.killed += 1


def _same(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Row for row, file for file."""
    for name in ("superbills", "claims", "balances", "day_list"):
        assert len(other[name]) == len(one[name]), name
        for there, here in zip(one[name], other[name], strict=True):
            assert here == there, name
    assert len(other["files"]) == len(one["files"])
    for number, (there, here) in enumerate(zip(one["files"], other["files"], strict=True)):
        assert here == there, f"file {number}"
