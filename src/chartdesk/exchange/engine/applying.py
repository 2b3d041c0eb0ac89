"""Taking messages into the record: in lots, each a savepoint; a fault parts a lot until only what caused it is left."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from chartdesk.exchange.engine.documents import ChannelDocument
from chartdesk.exchange.engine.receivers import Incoming, Outcome, Several
from chartdesk.kit import database
from chartdesk.kit.errors import ChartdeskError
from chartdesk.kit.transactions import transaction
from chartdesk.record.access.subject import Subject

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Failed:
    """It could not be taken for a reason that is no fault of the message, and may pass: it is tried again."""

    reason: str


Result = Outcome | Failed


def apply(
    subject: Subject, document: ChannelDocument, lots: Iterable[Sequence[tuple[Incoming, Several]]],
    streams: dict[int, list[int]], waits: Callable[[Result], bool],
) -> dict[int, Result]:  # fmt: skip
    """Hand over the messages of each lot to their receivers; what became of them, by number.

    What is behind a message that ``waits`` in one of its ``streams`` is not handed over, and has no result.
    """
    found: dict[int, Result] = {}
    blocked: set[int] = set()
    for lot in lots:
        groups: dict[Several, list[Incoming]] = {}
        for one, several in lot:
            if blocked.isdisjoint(streams[one.id]):
                groups.setdefault(several, []).append(one)
            else:
                blocked.update(streams[one.id])
        for several, group in groups.items():
            for one, result in zip(group, _together(subject, document, several, group), strict=True):
                found[one.id] = result
                if waits(result):
                    blocked.update(streams[one.id])
    return found


def _together(subject: Subject, document: ChannelDocument, several: Several, group: list[Incoming]) -> Sequence[Result]:
    try:
        with transaction(subject):
            outcomes = several(subject, document, group)
            if len(outcomes) != len(group):
                raise RuntimeError(f"{len(group)} messages have {len(outcomes)} outcomes")
        return outcomes
    except Exception as fault:  # whatever one message meets must not spoil the others
        if database.is_away(fault):
            raise  # of these messages none is at fault
        if len(group) == 1:
            return [_alone(group[0], fault)]
    half = len(group) // 2
    return [
        *_together(subject, document, several, group[:half]),
        *_together(subject, document, several, group[half:]),
    ]


def _alone(one: Incoming, fault: Exception) -> Result:
    if isinstance(fault, ChartdeskError):
        return Outcome("error", reason=str(fault))
    log("message", one.id, fault)
    return Failed(f"Chartdesk failed inside ({type(fault).__name__}); the place is in its log.")


def log(what: str, number: int, fault: Exception) -> None:
    """Write a fault into the log: its kind and its frames, as its words may quote a patient."""
    frames = "".join(traceback.format_tb(fault.__traceback__))
    _log.warning("%s %s: %s\n%s", what, number, type(fault).__name__, frames)
