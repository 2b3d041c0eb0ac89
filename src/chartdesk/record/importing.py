"""Taking in what another system exported: NDJSON, bundles and single resources, each under the id it had.

Used by ``chartdesk import``. Files are taken in parts by several processes; references may point at what comes
later. An import that was cut off goes on where it was when it is started again with the same files.
"""

from __future__ import annotations

import csv
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from chartdesk.kit.errors import Invalid
from chartdesk.record import audit
from chartdesk.record.access.subject import Role, Subject
from chartdesk.record.bulk import crew, runs, sources
from chartdesk.record.bulk.intake import POLICIES, UPDATE, Task
from chartdesk.record.bulk.runs import Run, Tally
from chartdesk.record.bulk.sources import Part

#: Lines that waited and are taken together.
_TOGETHER = 200
_COLUMNS = ("file", "line", "expression", "reason")


@dataclass(slots=True)
class Progress:
    """How far an import is. ``read`` and ``size`` are bytes as they lie in the files, ``seconds`` since it began.

    ``tally`` counts all attempts, ``rate`` the resources a second of this one.
    """

    files: int
    size: int
    resumed: bool
    read: int = 0
    file: str = ""
    tally: Tally = field(default_factory=Tally)
    seconds: float = 0.0
    rate: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did over all its attempts; ``run`` is its number. ``finished`` says when it had ended before."""

    run: int
    tally: Tally
    resumed: bool
    finished: datetime | None = None

    @property
    def imported(self) -> int:
        """Resources that are in the record as the files have them."""
        return self.tally.imported


def import_files(
    subject: Subject,
    paths: Iterable[Path],
    *,
    policy: str = UPDATE,
    anew: bool = False,
    processes: int = 1,
    prepare: Callable[[], None] = lambda: None,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Report:
    """Import files, and those in folders. A refused line, or bundle, leaves nothing behind; the others are taken.

    ``policy`` says what happens to a resource whose id is there already: ``update`` it, ``skip`` or ``refuse`` the
    new one. More than one of ``processes`` need ``prepare``, a function of a module that makes a new process a
    Chartdesk process. What was imported before, unchanged, is not imported again: the report then says when it was.
    ``anew`` forgets earlier attempts. Raises Forbidden without the role of manager, Invalid for
    a missing file.
    """
    subject.require(Role.MANAGER)
    if policy not in POLICIES:
        raise Invalid(f"{policy!r} is not a policy.", cure=f"One of {', '.join(POLICIES)}.")
    run = runs.begin(subject, sources.found(paths), policy, anew=anew)
    if run.finished is not None:
        return Report(run.id, runs.totals(subject, run.id), True, run.finished)
    if not run.resumed:
        audit.record(subject, "E", "import", detail=f"{len(run.sources)} files, {policy}")
    told = _Telling(subject, run, progress)
    with ExitStack() as stack:
        take: Callable[[Iterator[Task], crew.Told], None] = partial(crew.alone, subject)
        if processes > 1:
            take = stack.enter_context(crew.Crew(subject, processes, prepare)).run
        take(_tasks(run, told), told.heard)
        for last in (False, True):
            while waiting := runs.waiting(subject, run.id):
                take(_waiting(run, waiting, last), told.heard)
                if len(runs.waiting(subject, run.id)) == len(waiting):
                    break
    return Report(run.id, runs.end(subject, run.id), run.resumed)


def write_report(subject: Subject, run: int, path: Path) -> int:
    """Write every refused line to a CSV file (file, line, expression, reason) that others cannot read.

    Returns how many rows it has; without any no file is made.
    """
    rows = runs.refusals(subject, run)
    first = next(rows, None)
    if first is None:
        return 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(_COLUMNS)
        table.writerow(first)
        count = 1
        for row in rows:
            table.writerow(row)
            count += 1
    return count


class _Telling:
    """Adds up what the parts did, for whoever watches."""

    def __init__(self, subject: Subject, run: Run, progress: Callable[[Progress], None]) -> None:
        self._began = time.monotonic()
        self._tally = runs.totals(subject, run.id)
        self._progress = progress
        self._before = self._tally.imported
        self.state = Progress(len(run.sources), sum(one.size for one in run.sources), run.resumed, tally=self._tally)

    def passed(self, count: int) -> None:
        """So many bytes were done before."""
        self.state.read += count

    def heard(self, task: Task, tally: Tally) -> None:
        """A part is done."""
        self._tally.add(tally)
        self.state.read += task.part.length
        self.state.file = Path(task.path).name
        self.state.seconds = time.monotonic() - self._began
        self.state.rate = (self._tally.imported - self._before) / max(self.state.seconds, 0.001)
        self._progress(self.state)


def _tasks(run: Run, told: _Telling) -> Iterator[Task]:
    """The parts that are not done yet."""
    for source in run.sources:
        for part in sources.parts(source.path):
            if part.place in source.done:
                told.passed(part.length)
            else:
                yield Task(run.id, source.id, str(source.path), run.policy, part)


def _waiting(run: Run, waiting: list[tuple[int, int]], last: bool) -> Iterator[Task]:
    paths = {source.id: str(source.path) for source in run.sources}
    by_file: dict[int, list[int]] = {}
    for file, id in waiting:
        by_file.setdefault(file, []).append(id)
    for file, ids in by_file.items():
        for start in range(0, len(ids), _TOGETHER):
            some = tuple(ids[start : start + _TOGETHER])
            yield Task(run.id, file, paths.get(file, ""), run.policy, Part(0, 0, 1), some, last)
