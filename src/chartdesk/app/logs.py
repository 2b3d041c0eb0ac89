"""How log lines are written: of an exception its type and its place. What a foreign one says may quote a row."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

from chartdesk.kit.errors import ChartdeskError

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Formatter(logging.Formatter):
    """The usual formatter, which keeps the words of our own errors only."""

    def formatException(self, ei: _Raised) -> str:  # noqa: N802  (the name that logging asks for)
        """An exception and those that led to it, each with its frames."""
        told: list[str] = []
        seen: set[int] = set()
        fault = ei[1]
        while fault is not None and id(fault) not in seen:
            seen.add(id(fault))
            words = f": {fault}" if isinstance(fault, ChartdeskError) else ""
            told.append(f"{type(fault).__name__}{words}\n{''.join(traceback.format_tb(fault.__traceback__))}".rstrip())
            fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
        return "\nafter ".join(told)
