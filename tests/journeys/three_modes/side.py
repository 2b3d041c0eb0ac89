"""One installation of the story as a process: it does what it is told, line by line, and answers each line.

A line is ``{"at": moment, "do": name, "args": {...}}`` in JSON; its answer ``{"gave": ...}`` or ``{"fault": words}``.
The clock of the whole process, its servers' threads too, stands where the last line put it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextvars import Token
from datetime import datetime
from typing import Any

from chartdesk.kit import clock


class StoryClock:
    """Stands in for the clock's context variable: one time for all threads."""

    def __init__(self) -> None:
        self.moment: datetime | None = None

    def get(self) -> datetime | None:
        """The moment it is."""
        return self.moment

    def set(self, moment: datetime | None) -> Any:
        """Put it elsewhere; gives what to ``reset`` to."""
        before, self.moment = self.moment, moment
        return before

    def reset(self, token: Token[datetime | None] | datetime | None) -> None:
        """Put it back."""
        self.moment = token  # type: ignore[assignment]  # what ``set`` gave


class Side:
    """The installation: which halves are here, and everything that it can be told."""

    def __init__(self, slug: str, mode: str, carrier: str, known: dict[str, Any] | None) -> None:
        from tests.journeys.three_modes.ehr_half import EhrHalf
        from tests.journeys.three_modes.line import Line
        from tests.journeys.three_modes.outcome import Outcome
        from tests.journeys.three_modes.pms_half import DETAILS, PmsHalf, furnish

        from chartdesk.record.access import people, practices
        from chartdesk.record.access.models import Practice
        from chartdesk.record.access.subject import system

        if known is None:
            self.practice = people.open_practice(slug, "Story Family Medicine", **DETAILS)
        else:
            self.practice = Practice.objects.get(slug=slug)
        self.subject = system(self.practice.pk, "story")
        self.pms, self.ehr = PmsHalf(self.practice, self.subject), EhrHalf(self.subject)
        self.line = Line(self.practice, self.subject)
        if known is not None:
            self.pms.remember(known)
        else:
            practices.switch(self.subject, auto_submit=False, mode=mode, handoff_carrier=carrier)
            if mode == "ehr":
                furnish(self.subject)
            else:
                self.pms.open()
        self.outcome = Outcome(self.practice, self.pms)

    def told(self, do: str) -> Callable[..., Any]:
        """What is meant by a name."""
        for one in (self, self.pms, self.ehr, self.outcome, self.line):
            if hasattr(one, do):
                found: Callable[..., Any] = getattr(one, do)
                return found
        raise LookupError(do)


def main() -> None:
    """Answer line after line until there is none."""
    answers = os.fdopen(os.dup(1), "w")
    # What a server says of itself is no answer.
    os.dup2(2, 1)
    told = StoryClock()
    clock._set_to = told  # type: ignore[assignment]  # for the threads of servers, which have contexts of their own
    first = json.loads(sys.stdin.readline())
    told.set(datetime.fromisoformat(first["at"]))
    from chartdesk.app import wiring

    wiring.set_up()
    side = Side(first["slug"], first["mode"], first["carrier"], first["known"])
    print(json.dumps({"gave": "ready"}), file=answers, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        told.set(datetime.fromisoformat(asked["at"]))
        try:
            answer = {"gave": side.told(asked["do"])(**asked["args"])}
        except Exception as fault:
            answer = {"fault": f"{type(fault).__name__}: {fault}"}
        print(json.dumps(answer, default=str), file=answers, flush=True)


if __name__ == "__main__":
    main()
