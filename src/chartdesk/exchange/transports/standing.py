"""What the process that serves the channels says of them: for the pages, for ``doctor``, and for the work list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from chartdesk.exchange.transports.models import SourceState
from chartdesk.kit import clock, live, worklist
from chartdesk.kit.transactions import HasPractice, reading, transaction
from chartdesk.record.access.subject import system

#: After so long without a word nobody serves a channel; so often at least it is said again.
STALE, AGAIN = timedelta(seconds=60), timedelta(seconds=20)
TASK, CERTIFICATE = "interface-source", "interface-certificate"


@dataclass(frozen=True)
class Report:
    """What is to be said of a channel. ``good``: it is served; ``words`` say where, or why not.

    Without words nothing is to be said any more: it was paused, or removed.
    """

    practice: int
    channel: int
    name: str
    good: bool
    words: str
    connections: int = 0
    turned_away: int = 0
    #: What has to be done soon so that it is served on; a part of ``words``.
    warning: str = ""

    @property
    def state(self) -> str:
        return "serving" if self.good else "failed"


def of(scope: HasPractice | int) -> dict[int, SourceState]:
    """What was last said, by channel; only what is not too old."""
    with reading(scope):
        return {one.channel: one for one in SourceState.objects.filter(at__gt=clock.now() - STALE)}


@dataclass
class Reporter:
    """What one process says of the channels. What it said a moment ago costs nothing when it is said again."""

    process: str
    _said: dict[int, tuple[Report, datetime]] = field(default_factory=dict)

    def note(self, reports: Iterable[Report]) -> None:
        """Write down what changed since it was last said, and put what is wrong on the work list."""
        given, now = list(reports), clock.now()
        self._said = {one.channel: self._said[one.channel] for one in given if one.channel in self._said}
        fresh = sorted((one for one in given if not self._is_old(one, now)), key=lambda one: one.practice)
        for practice, group in groupby(fresh, key=lambda one: one.practice):
            part = list(group)
            _note(practice, self.process, part)
            self._said.update({one.channel: (one, now) for one in part})

    def forget(self) -> None:
        """Say all of it again: the database was away, and what was said does not wait for the disk."""
        self._said = {}

    def _is_old(self, one: Report, now: datetime) -> bool:
        """Whether it was said like this and need not be said again. What is wrong is looked up each time: another
        process may have served it meanwhile."""
        said = self._said.get(one.channel)
        return one.good and said is not None and said[0] == one and now - said[1] <= AGAIN


def _note(practice: int, process: str, reports: list[Report]) -> None:
    now, scope = clock.now(), system(practice, "interfaces")
    with transaction(practice, lasting=False):
        before = {one.channel: one for one in SourceState.objects.filter(channel__in=[one.channel for one in reports])}
        changed = [one for one in reports if _is_news(before.get(one.channel), one, process)]
        SourceState.objects.filter(channel__in=[one.channel for one in changed if not one.words]).delete()
        rows = [
            SourceState(
                practice=practice, channel=one.channel, state=one.state, words=one.words, connections=one.connections,
                turned_away=one.turned_away, process=process, at=now,
            )
            for one in changed
            if one.words
        ]  # fmt: skip
        fields = ["state", "words", "connections", "turned_away", "process", "at"]
        SourceState.objects.bulk_create(rows, update_conflicts=True, unique_fields=["channel"], update_fields=fields)
        for one in changed:
            last = before.get(one.channel)
            if last is None or (last.state, last.words) != (one.state, one.words):
                _tell(scope, one)


def _is_news(last: SourceState | None, one: Report, process: str) -> bool:
    """Whether to write it down: what changed, and from time to time that nothing did."""
    if last is None:
        return True
    age = clock.now() - last.at
    if not one.good and last.state == "serving" and last.process != process and age < STALE:
        # Another process serves it; this one waits for its place.
        return False
    same = (last.state, last.words, last.connections, last.turned_away) == (
        one.state, one.words, one.connections, one.turned_away,
    )  # fmt: skip
    return not same or age > AGAIN


def _tell(scope: HasPractice, one: Report) -> None:
    live.announce(scope, "interfaces", one.name)
    if one.warning:
        task = _task(
            CERTIFICATE, one, f"The interface {one.name} needs a new certificate", one.warning,
            "Enter a new one as the secret that the channel names; partners need not hang up.",
        )  # fmt: skip
        worklist.raise_item(scope, task)
    elif one.good:
        worklist.close_items(scope, CERTIFICATE, [one.name], by="system:interfaces")
    if one.good:
        worklist.close_items(scope, TASK, [one.name], by="system:interfaces")
        return
    cure = "Look at the channel's source; it is tried again by itself."
    worklist.raise_item(scope, _task(TASK, one, f"The interface {one.name} cannot be served", one.words, cure))


def _task(kind: str, one: Report, title: str, detail: str, cure: str) -> worklist.Task:
    return worklist.Task(
        kind=kind, key=one.name, role="manager", title=title, detail=detail, cure=cure, link=("interface", one.name)
    )
