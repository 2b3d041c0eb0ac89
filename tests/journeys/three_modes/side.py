"""One installation of the story as a process: it does what it is told, line by line, and answers each line.

A line is ``{"at": moment, "do": name, "args": {...}}`` in JSON; its answer ``{"gave": ...}`` or ``{"fault": words}``.
The clock of the whole process, its servers' threads too, stands where the last line put it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextvars import Token
from datetime import datetime
from typing import Any, TextIO

from tests.journeys.three_modes.ehr_half import EhrHalf
from tests.journeys.three_modes.line import Line
from tests.journeys.three_modes.outcome import Outcome
from tests.journeys.three_modes.pms_half import DETAILS, PmsHalf, furnish

from chartdesk.kit import clock
from chartdesk.record.access import people, practices
from chartdesk.record.access.models import Practice
from chartdesk.record.access.subject import system


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


def answer(lines: TextIO, answers: TextIO) -> None:
    """Open the installation that the first line names, and answer line after line until there is none."""
    told = StoryClock()
    clock._set_to = told  # type: ignore[assignment]  # for the threads of servers, which have contexts of their own
    first = json.loads(lines.readline())
    told.set(datetime.fromisoformat(first["at"]))
    side = Side(first["slug"], first["mode"], first["carrier"], first["known"])
    _say(answers, {"gave": "ready"})
    for line in lines:
        asked = json.loads(line)
        told.set(datetime.fromisoformat(asked["at"]))
        try:
            said = {"gave": side.told(asked["do"])(**asked["args"])}
        except Exception as fault:
            said = {"fault": f"{type(fault).__name__}: {fault}"}
        _say(answers, said)


def _say(answers: TextIO, said: dict[str, Any]) -> None:
    answers.write(json.dumps(said, default=str) + "\n")
    answers.flush()
