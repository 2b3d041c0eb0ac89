"""A practice that bills as a facility: splitting rules that hold at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec


def bill_as_facility(subject: Any, *rules: Any, since: date = date(2026, 1, 1)) -> None:
    """Let these rules hold for visits since a day, before those that hold now."""
    from chartdesk.kit import clock
    from chartdesk.kit.transactions import transaction
    from chartdesk.pms.splits import queries
    from chartdesk.pms.splits.models import SplitVersion

    said = (*rules, *queries.on(subject, since))
    with transaction(subject):
        number = SplitVersion.objects.filter(practice=subject.practice).count() + 1
        SplitVersion.objects.create(
            practice=subject.practice, number=number, state="live", effective=since, made_by="office",
            made_at=clock.now(), live_at=clock.now(), content=msgspec.to_builtins(said),
        )  # fmt: skip
