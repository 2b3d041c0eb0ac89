"""The errors that Chartdesk raises on purpose.

There are few, and each is translated once, at the edge: to an OperationOutcome by the API, to an
acknowledgement by an interface, to a sentence at its field by a page. Everything else that is raised is a
defect and is reported as one.

Every error says what was wrong (``message``), where (``where``: a field, an element, a segment) and what to
do (``cure``). None of the three may hold a secret; ``message`` may name a patient only by identifier.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class ChartdeskError(Exception):
    """The parent of all errors that a person or a partner can act on."""

    def __init__(self, message: str, *, cure: str = "", where: str = "", issues: Sequence[Any] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure
        self.where = where
        self.issues = tuple(issues)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        cure = f" {self.cure}" if self.cure else ""
        return f"{place}{self.message}{cure}"


class Invalid(ChartdeskError):
    """The input breaks a rule. ``issues`` lists every fault found, not only the first."""


class NotFound(ChartdeskError):
    """There is nothing under that identifier in this practice."""


class Gone(ChartdeskError):
    """It was here and has been deleted; its history remains."""


class Conflict(ChartdeskError):
    """The state of things does not allow it now: taken, already done, or not yet possible."""


class Stale(Conflict):
    """Somebody else changed it first. ``current`` is the version that is there now."""

    def __init__(self, message: str, *, current: int, cure: str = "", where: str = "") -> None:
        super().__init__(message, cure=cure, where=where)
        self.current = current


class Forbidden(ChartdeskError):
    """The subject may not do this. The message never says whether the thing exists."""


class Unavailable(ChartdeskError):
    """An outside system did not answer, or answered with nonsense. Trying again may help."""
