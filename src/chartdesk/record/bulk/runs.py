"""What an import has done so far: its run, its files, its parts, what was refused and what waits.

Read and written by the functions here only. Everything but ``begin`` and ``end`` happens inside the transaction
of whoever calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from chartdesk.kit import clock
from chartdesk.kit.transactions import reading, transaction
from chartdesk.record import database
from chartdesk.record.access.subject import Subject
from chartdesk.record.bulk import sources
from chartdesk.record.bulk.models import ImportFile, ImportPart, ImportRefusal, ImportRun, ImportWaiting

_CLAIM = """
    INSERT INTO bulk_importpart (practice, file_id, place, created, updated, kept, refused)
    VALUES (%s, %s, %s, 0, 0, 0, 0) ON CONFLICT (file_id, place) DO NOTHING RETURNING 1
"""
_COUNT = """
    UPDATE bulk_importpart SET created = created + %s, updated = updated + %s, kept = kept + %s, refused = refused + %s
     WHERE practice = %s AND file_id = %s AND place = %s
"""
_REFUSE = """
    INSERT INTO bulk_importrefusal (practice, file_id, line, expression, reason)
    SELECT %s, %s, g.* FROM unnest(%b::int8[], %b::text[], %b::text[]) AS g
"""
_WAIT = """
    INSERT INTO bulk_importwaiting (practice, file_id, place, line, body)
    SELECT %s, %s, %s, g.* FROM unnest(%b::int8[], %b::text[]) AS g
"""
_KNOW = """
    INSERT INTO bulk_importaddress (practice, run_id, address, target)
    SELECT %s, %s, g.* FROM unnest(%b::text[], %b::text[]) AS g ORDER BY 1 ON CONFLICT DO NOTHING
"""
_KNOWN = """
    SELECT address, target FROM bulk_importaddress WHERE practice = %s AND run_id = %s AND address = ANY(%b::text[])
"""
_TOTALS = """
    SELECT coalesce(sum(p.created), 0), coalesce(sum(p.updated), 0), coalesce(sum(p.kept), 0),
           coalesce(sum(p.refused), 0)
      FROM bulk_importpart p JOIN bulk_importfile f ON f.id = p.file_id WHERE f.practice = %s AND f.run_id = %s
"""


@dataclass(slots=True)
class Tally:
    """How many resources were created, updated, kept as they are in the record, refused; how many wait."""

    created: int = 0
    updated: int = 0
    kept: int = 0
    refused: int = 0
    waiting: int = 0

    def add(self, other: Tally) -> None:
        """Count ``other`` in."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    @property
    def imported(self) -> int:
        """Resources that are in the record now as the files have them."""
        return self.created + self.updated + self.kept


@dataclass(frozen=True, slots=True)
class Refusal:
    """One fault of a line."""

    line: int
    expression: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a run, and the places of its parts that are done."""

    id: int
    path: Path
    size: int
    done: frozenset[int]


@dataclass(frozen=True, slots=True)
class Run:
    """A run and its files. ``resumed``: it goes on from an earlier attempt; ``finished``: when that one had ended."""

    id: int
    policy: str
    sources: Sequence[Source]
    resumed: bool
    finished: datetime | None = None


def begin(subject: Subject, paths: Iterable[Path], policy: str, *, anew: bool = False) -> Run:
    """The run for these files: an unfinished one that has some of them, a finished one that has all, or a new one.

    A file that has changed since counts as another file. A finished run is given again, because whoever asks may have
    been killed before hearing that it was done. ``anew`` gives up unfinished runs of these files and begins another.
    """
    marks = [(str(path), *sources.mark(path)) for path in paths]
    with transaction(subject):
        found = _earlier(subject, {(path, mark) for path, _, mark in marks}, policy)
        if anew:
            open_ones = [run.pk for run in found if run.finished is None]
            ImportRun.objects.filter(practice=subject.practice, pk__in=open_ones).delete()
            found = []
        if found:
            run = found[0]
        else:
            run = ImportRun.objects.create(
                practice=subject.practice, policy=policy, actor=subject.actor, started=clock.now()
            )
        files = []
        for path, size, mark in marks:
            file, _ = ImportFile.objects.get_or_create(
                practice=subject.practice, run_id=run.pk, path=path, mark=mark, defaults={"size": size}
            )
            done = ImportPart.objects.filter(practice=subject.practice, file=file).values_list("place", flat=True)
            files.append(Source(file.pk, Path(path), size, frozenset(done)))
    return Run(run.pk, policy, files, bool(found), run.finished)


def _earlier(subject: Subject, named: set[tuple[str, str]], policy: str) -> list[ImportRun]:
    """Runs that can be gone on with, the unfinished first, then the newest."""
    rows = ImportFile.objects.filter(
        practice=subject.practice, run__policy=policy, path__in=[path for path, _ in named]
    )
    held: dict[ImportRun, set[tuple[str, str]]] = {}
    for file in rows.select_related("run"):
        if (file.path, file.mark) in named:
            held.setdefault(file.run, set()).add((file.path, file.mark))
    found = [run for run, files in held.items() if run.finished is None or files == named]
    return sorted(found, key=lambda run: (run.finished is None, run.pk), reverse=True)


def end(subject: Subject, run: int) -> Tally:
    """Note that the run is done; what it did in all."""
    with transaction(subject):
        ImportRun.objects.filter(practice=subject.practice, pk=run, finished=None).update(finished=clock.now())
        ImportWaiting.objects.filter(practice=subject.practice, file__run=run).delete()
        return totals(subject, run)


def totals(subject: Subject, run: int) -> Tally:
    """What the run did so far, over all its attempts."""
    with reading(subject):
        found = database.row(_TOTALS, [subject.practice, run])
    assert found is not None
    return Tally(*map(int, found))


def claim(subject: Subject, file: int, place: int) -> bool:
    """Take the part for this transaction; False where it is done. Waits for another who has it in hand."""
    return database.row(_CLAIM, [subject.practice, file, place]) is not None


def count(subject: Subject, file: int, place: int, tally: Tally) -> None:
    """Add to what the part did."""
    numbers = [tally.created, tally.updated, tally.kept, tally.refused]
    database.execute(_COUNT, [*numbers, subject.practice, file, place])


def refuse(subject: Subject, file: int, refusals: Sequence[Refusal]) -> None:
    """Keep the reasons why lines were refused."""
    if refusals:
        lines = [one.line for one in refusals]
        # PostgreSQL keeps no text with a zero byte in it.
        texts = [[text.replace("\0", "") for text in (one.expression, one.reason)] for one in refusals]
        database.execute(_REFUSE, [subject.practice, file, lines, [a for a, _ in texts], [b for _, b in texts]])


def let_wait(subject: Subject, file: int, place: int, lines: Sequence[tuple[int, str]]) -> None:
    """Keep lines (number, text; no text for a whole bundle) until everything else is there."""
    if lines:
        database.execute(_WAIT, [subject.practice, file, place, [n for n, _ in lines], [text for _, text in lines]])


def know(subject: Subject, run: int, addresses: dict[str, str]) -> None:
    """Tell the run what temporary addresses have become."""
    if addresses:
        database.execute(_KNOW, [subject.practice, run, list(addresses), list(addresses.values())])


def known(subject: Subject, run: int, addresses: Iterable[str]) -> dict[str, str]:
    """What other bundles of the run have made of these addresses."""
    return dict(database.rows(_KNOWN, [subject.practice, run, list(addresses)]))


def waiting(subject: Subject, run: int) -> list[tuple[int, int]]:
    """(file, id) of what waits, in the order it came."""
    with reading(subject):
        rows = ImportWaiting.objects.filter(practice=subject.practice, file__run=run).order_by("id")
        return list(rows.values_list("file_id", "id"))


def refusals(subject: Subject, run: int) -> Iterator[tuple[str, int, str, str]]:
    """(file, line, expression, reason) of every fault, in the order of the files."""
    with reading(subject):
        rows = ImportRefusal.objects.filter(practice=subject.practice, file__run=run).order_by("file_id", "line", "id")
        yield from rows.values_list("file__path", "line", "expression", "reason").iterator(chunk_size=2000)
