"""Jobs that run by the calendar."""

from __future__ import annotations

from typing import Any

import pytest


def test_a_fault_in_one_practice_does_not_keep_the_others_waiting(practice: Any) -> None:
    from chartdesk.app import jobs
    from chartdesk.record.access import people

    later = people.open_practice(f"later-{practice.pk}", "Later")
    done: list[int] = []

    def do(number: int) -> None:
        if number == practice.pk:
            raise RuntimeError("here")
        done.append(number)

    with pytest.raises(RuntimeError, match="here"):
        jobs._in_each(do)
    assert later.pk in done
