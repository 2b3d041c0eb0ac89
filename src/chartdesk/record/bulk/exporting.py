"""Carrying out an export: the resources of each type, as the texts they are, into files.

A section is one type. Its files count when the section's transaction says so; a section that was cut off is done
again from its beginning. Guide: Bulk Data Access 2.0 (https://hl7.org/fhir/uv/bulkdata/export.html).
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import psycopg
from django.db import Error as DjangoError
from django.db import connection

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Unavailable
from chartdesk.kit.transactions import alone, reading, transaction
from chartdesk.record import audit, database
from chartdesk.record.access.subject import Subject
from chartdesk.record.bulk import exports, plans, reader, shelf
from chartdesk.record.bulk.models import ExportFile, ExportJob
from chartdesk.record.bulk.reader import Batch
from chartdesk.standards import fhir
from chartdesk.standards.fhir import Issue

#: Resources of one file.
FILE = 100_000
#: How often a job that failed for no reason of its own is begun again.
_ATTEMPTS = 5
#: Seconds to wait for those who write, and for those who do not seem to.
_PATIENCE, _SHORT = 120.0, 3.0
_DELETED_TOGETHER = 500
_log = logging.getLogger(__name__)
# Who is in the middle of a transaction, and whether it has written.
_OPEN = """
    SELECT l.virtualtransaction, EXISTS (
               SELECT 1 FROM pg_locks t WHERE t.pid = l.pid AND t.locktype = 'transactionid' AND t.granted)
      FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE l.locktype = 'virtualxid' AND l.granted AND l.pid <> pg_backend_pid() AND a.datname = current_database()
"""


class _GivenUp(Exception):
    """Somebody deleted the job."""


def run(practice: int, id: str) -> None:
    """Carry out a job, unless somebody is at it or it is done. What it cannot do stands in the job."""
    with alone("export", id) as mine:
        if not mine:
            return
        with transaction(practice):
            job = ExportJob.objects.filter(practice=practice, pk=id, state__in=exports.UNDER_WAY).first()
            if job is None:
                return
            job.state, job.attempts = "running", job.attempts + 1
            job.save(update_fields=["state", "attempts"])
        try:
            _Work(job).run()
        except _GivenUp:
            shelf.remove(practice, id)
        except ChartdeskError as fault:
            _fail(job, str(fault))
        except (psycopg.Error, DjangoError, OSError) as fault:
            _log.warning("export %s: %s", id, type(fault).__name__)
            if job.attempts >= _ATTEMPTS or isinstance(fault, OSError):
                _fail(job, f"The server could not carry it out ({type(fault).__name__}).")
            else:
                connection.close()


def _fail(job: ExportJob, words: str) -> None:
    with transaction(job.practice):
        ExportJob.objects.filter(practice=job.practice, pk=job.pk).update(state="failed", error=words)
        ExportFile.objects.filter(practice=job.practice, job=job).delete()
    shelf.remove(job.practice, job.pk)


class _Work:
    """One attempt at a job."""

    def __init__(self, job: ExportJob) -> None:
        self.job = job
        self.subject: Subject = exports.subject_of(job)
        self.plan = plans.Plan(**job.plan, patients=job.patients)
        self.place: Path = shelf.folder(job.practice, job.pk)

    def run(self) -> None:
        """All sections, then the job is done."""
        with reading(self.subject):
            files = ExportFile.objects.filter(practice=self.job.practice, job=self.job, section__lt=self.job.section)
            shelf.tidy(self.place, set(files.values_list("name", flat=True)))
        if self.job.through is None:
            self._begin()
        types = list(self.plan.types)
        for number, type in enumerate(types):
            if number >= self.job.section:
                self._section(number, type)
        if self.plan.since:
            self._deleted(len(types))
        if self.plan.notes:
            issues = [fhir.outcome([Issue("warning", "not-supported", "", note)]) + b"\n" for note in self.plan.notes]
            self._file("notes.ndjson", "error", "OperationOutcome", len(types) + 1, issues)
        self._note(state="done", section=len(types) + 2)

    def _begin(self) -> None:
        """Fix the instant up to which everything is held: all who were writing then must have ended."""
        through = clock.now()
        settle()
        with reading(self.subject):
            there = reader.counts(self.subject)
        # A type without a row now has nothing that this export must hold.
        self.plan.types = {type: queries for type, queries in self.plan.types.items() if type in there}
        expected = sum(there[type] for type in self.plan.types)
        self._note(through=through, expected=expected, plan={**self.job.plan, "types": self.plan.types})

    def _section(self, number: int, type: str) -> None:
        """The files of one type."""
        exports.check_active(self.subject)
        files: list[tuple[str, int]] = []
        read: Counter[str] = Counter()
        batches = self._batches(type)
        for place in range(10**6):
            name = f"{type}.{place:03d}.ndjson" if place else f"{type}.ndjson"
            count = self._write(name, batches, read)
            if count:
                files.append((name, count))
            if count < FILE:
                break
        with transaction(self.subject):
            for name, count in files:
                self._row(name, "output", type, number, count)
            touched = [audit.Touched("R", type, "", count, patient) for patient, count in read.items()]
            audit.record_many(self.subject, touched, detail=f"bulk export {self.job.pk}")
            self._note(section=number + 1, done=self.job.done + sum(count for _, count in files))

    def _write(self, name: str, batches: Iterator[Batch], read: Counter[str]) -> int:
        """One file; returns how many resources it has. Packing goes on while the next ones are read."""
        count, told = 0, time.monotonic()
        writer = shelf.Writer(self.place, name)
        try:
            with ThreadPoolExecutor(1, thread_name_prefix="export") as packing:
                waiting: Future[None] | None = None
                for batch in batches:
                    if waiting is not None:
                        waiting.result()
                    waiting = packing.submit(writer.write, batch.text)
                    count += batch.count
                    read.update(batch.patients)
                    if time.monotonic() - told > 1:
                        told = time.monotonic()
                        self._tell(count)
                    if count >= FILE:
                        break
                if waiting is not None:
                    waiting.result()
            if count:
                writer.keep()
                return count
        except BaseException:
            writer.drop()
            raise
        writer.drop()
        return 0

    def _batches(self, type: str) -> Iterator[Batch]:
        queries = self.plan.types[type]
        if queries:
            return reader.searched(self.subject, type, self._narrowed(queries), self._of(type))
        return reader.stored(
            self.subject, type, patients=self._of(type), compartments=self._held(type), since=self.plan.since
        )

    def _narrowed(self, queries: Iterable[str]) -> list[list[tuple[str, str]]]:
        since = [("_lastUpdated", f"gt{self.plan.since}")] if self.plan.since else []
        return [[*plans.pairs_of(query), *since] for query in queries]

    def _held(self, type: str) -> bool:
        """Whether only what belongs to a patient counts."""
        return self.plan.compartments and type not in plans.ASSOCIATED

    def _of(self, type: str) -> list[str] | None:
        return None if type in plans.ASSOCIATED else self.plan.patients

    def _deleted(self, number: int) -> None:
        """Bundles that say what was deleted since."""
        if self.job.section > number:
            return
        lines, count = [], 0
        for type in self.plan.types:
            ids = reader.deleted(
                self.subject, type, self.plan.since, patients=self._of(type), compartments=self._held(type)
            )
            for start in range(0, len(ids), _DELETED_TOGETHER):
                some = ids[start : start + _DELETED_TOGETHER]
                entries = [{"request": {"method": "DELETE", "url": f"{type}/{id}"}} for id in some]
                bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
                lines.append(msgspec.json.encode(bundle) + b"\n")
            count += len(ids)
        if count:
            self._file("deleted.ndjson", "deleted", "Bundle", number, lines)

    def _file(self, name: str, kind: str, type: str, number: int, lines: list[bytes]) -> None:
        writer = shelf.Writer(self.place, name)
        for line in lines:
            writer.write(line)
        writer.keep()
        with transaction(self.subject):
            self._row(name, kind, type, number, len(lines))
            self._note(section=number + 1)

    def _row(self, name: str, kind: str, type: str, number: int, count: int) -> None:
        ExportFile.objects.update_or_create(
            practice=self.job.practice,
            job_id=self.job.pk,
            name=name,
            defaults={"kind": kind, "type": type, "section": number, "count": count},
        )

    def _tell(self, count: int) -> None:
        """Say how far it is, and hear whether it is still wanted."""
        with transaction(self.subject, lasting=False):
            rows = ExportJob.objects.filter(practice=self.job.practice, pk=self.job.pk)
            if not rows.update(done=self.job.done + count):
                raise _GivenUp

    def _note(self, **columns: Any) -> None:
        with transaction(self.subject):
            if not ExportJob.objects.filter(practice=self.job.practice, pk=self.job.pk).update(**columns):
                raise _GivenUp
        for name, value in columns.items():
            setattr(self.job, name, value)


def settle(patience: float = _PATIENCE) -> None:
    """Wait until every transaction that is open now has ended: what it wrote bears an earlier time than now.

    One that has written nothing within a few seconds is left out: it only reads. Raises Unavailable for one that
    takes longer than ``patience`` seconds.
    """
    began = time.monotonic()
    earlier = {name for name, _ in database.rows(_OPEN)}
    while earlier:
        waited = time.monotonic() - began
        now = dict(database.rows(_OPEN))
        earlier = {name for name in earlier & now.keys() if waited < _SHORT or now[name]}
        if earlier and waited > patience:
            raise Unavailable("Somebody has been writing for minutes, such as a large import.", cure="Ask again later.")
        if earlier:
            time.sleep(0.05)
