"""Doing the same for many of which one may fail."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from chartdesk.kit import apart


def _round(*, failing: dict[str, Exception]) -> tuple[list[str], list[Exception], int]:
    done: list[str] = []
    told: list[Exception] = []

    def do(one: str) -> int:
        if one in failing:
            raise failing[one]
        done.append(one)
        return 2

    return done, told, apart.each("abc", do, told.append)


def test_one_that_fails_keeps_no_other_waiting_and_is_told() -> None:
    fault = ValueError("b")
    assert _round(failing={"b": fault}) == (["a", "c"], [fault], 4)


def test_where_nothing_was_done_the_first_fault_is_raised() -> None:
    with pytest.raises(ValueError, match="a"):
        _round(failing={one: ValueError(one) for one in "abc"})


def test_a_database_that_is_away_ends_the_round() -> None:
    with pytest.raises(OperationalError):
        _round(failing={"b": OperationalError("the server closed the connection")})
