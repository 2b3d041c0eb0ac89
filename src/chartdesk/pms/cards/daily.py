"""What happens to patients' accounts by itself each day. What fails is said, and the rest goes on."""

from __future__ import annotations

import logging
from collections.abc import Callable

from chartdesk.kit.errors import ChartdeskError
from chartdesk.pms.cards import autopay
from chartdesk.pms.good_faith import commands as good_faith
from chartdesk.pms.statements import plans, runs, small_balances
from chartdesk.record.access import Subject
from chartdesk.record.access.subject import system

_log = logging.getLogger(__name__)
_STEPS: tuple[Callable[[Subject], object], ...] = (
    autopay.run,
    plans.look_after,
    small_balances.nightly,
    runs.nightly,
    good_faith.look_ahead,
)


def run(practice: int) -> None:
    """One practice's day."""
    for step in _STEPS:
        try:
            step(system(practice, "patients' money"))
        except ChartdeskError as fault:
            _log.error("practice %s, %s: %s", practice, step.__module__, fault)
