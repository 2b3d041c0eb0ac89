"""Taking in one part of an import: its resources, what it refuses, and that it is done, in one transaction.

Every resource passes what any write passes: types, rules, index, history, audit, projections. One that is refused
does not hold up the others of its part; a bundle is taken whole or not at all.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qsl

import psycopg
from django.db import Error as DjangoError

from chartdesk.kit.errors import ChartdeskError, Conflict, Invalid
from chartdesk.kit.ids import new_id
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.record import database, preparing, rules, search, writing
from chartdesk.record.access.subject import Subject
from chartdesk.record.bulk import runs, sources
from chartdesk.record.bulk.items import Item, Key, Taken
from chartdesk.record.bulk.runs import Tally
from chartdesk.record.bulk.sources import Part
from chartdesk.record.bundles.entries import head_of, resources_of
from chartdesk.record.bundles.references import Addresses, addresses, resolved
from chartdesk.record.stored import Stored
from chartdesk.record.writing import Draft
from chartdesk.standards import fhir

#: What may be done with a resource whose id is in the record already.
UPDATE, SKIP, REFUSE = POLICIES = ("update", "skip", "refuse")
_ATTEMPTS = 20
_REMEMBERED = 50_000
_URN = re.compile(rb'"reference"\s*:\s*"(urn:[^"\\]+)"')
_THERE = """
    SELECT type, id, serial, version, updated, deleted, patient, body FROM record_resource
     WHERE practice = %s AND type = %s AND id = ANY(%b::text[]) ORDER BY id FOR UPDATE
"""
_WAITING = "SELECT place, line, body FROM bulk_importwaiting WHERE practice = %s AND id = %s FOR UPDATE SKIP LOCKED"
_OVER = "DELETE FROM bulk_importwaiting WHERE practice = %s AND id = %s"
# What two transactions that wait for each other in a circle end with; one of them begins again.
_AGAIN = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)
_resolved: dict[tuple[int, str], str] = {}


@dataclass(frozen=True, slots=True)
class Task:
    """What to take: a part of a file, or (``waiting``) lines of it that waited. ``last`` says they wait no more."""

    run: int
    file: int
    path: str
    policy: str
    part: Part
    waiting: Sequence[int] = ()
    last: bool = False


class _Waits(Exception):
    """It refers to what is not there yet."""


class _Raced(Exception):
    """Another process created the same resource at the same moment: the part begins again, and updates it."""


class _Undone(Exception):
    """A bundle of which something was refused: nothing of it is kept."""

    def __init__(self, taken: Taken) -> None:
        super().__init__()
        self.taken = taken


def take(subject: Subject, task: Task) -> Tally:
    """Take in one part, once: nothing happens where it was taken before."""
    for attempt in range(_ATTEMPTS):
        try:
            with transaction(subject):
                return _Taking(subject, task).waited() if task.waiting else _Taking(subject, task).part()
        except (psycopg.Error, DjangoError, _Raced) as fault:
            cause = fault.__cause__ if isinstance(fault, DjangoError) else fault
            if not isinstance(cause, (*_AGAIN, _Raced)) or attempt == _ATTEMPTS - 1:
                raise
            _resolved.clear()
            time.sleep(random.uniform(0, 0.1 * (attempt + 1)))
    raise AssertionError("the last attempt returns or raises")


class _Taking:
    """One transaction of an import."""

    def __init__(self, subject: Subject, task: Task) -> None:
        self.subject = subject
        self.task = task
        self.detail = f"import of {Path(task.path).name}"
        self.now: datetime = preparing.moment()
        self.waits: list[tuple[int, str]] = []
        self.named: dict[str, str] = {}

    def part(self) -> Tally:
        """Take a part of the file, unless somebody has."""
        task, part = self.task, self.task.part
        if not runs.claim(self.subject, task.file, part.place):
            return Tally()
        return self.finish(part.place, self.of_file(part))

    def waited(self) -> Tally:
        """Take what waited; what still has to wait stays."""
        tally = Tally()
        for id in self.task.waiting:
            found = database.row(_WAITING, [self.subject.practice, id])
            if found is None:
                continue
            place, line, body = found
            taken = self.of_lines([(line, body.encode())]) if body else self.of_file(Part(place, 0, line))
            if self.waits:
                self.waits.clear()
                tally.waiting += 1
            else:
                database.execute(_OVER, [self.subject.practice, id])
                tally.add(self.finish(place, taken))
        return tally

    def finish(self, place: int, taken: Taken) -> Tally:
        """Note what was done."""
        subject, file = self.subject, self.task.file
        runs.count(subject, file, place, taken.tally)
        runs.refuse(subject, file, taken.refusals)
        runs.let_wait(subject, file, place, self.waits)
        taken.tally.waiting += len(self.waits)
        return taken.tally

    def of_file(self, part: Part) -> Taken:
        """A piece of NDJSON, or a file that is one JSON text."""
        taken = Taken()
        if part.fault:
            taken.refuse(part.line, "", Invalid(part.fault))
            return taken
        path = Path(self.task.path)
        try:
            text = sources.text_of(path, part)
            if not sources.is_whole(path):
                lines = enumerate(text.split(b"\n"), part.line)
                return self.of_lines((number, line) for number, line in lines if line.strip())
            if head_of(text, path.name).resource_type == "Bundle":
                return self.of_bundle(text)
        except Invalid as fault:
            taken.refuse(part.line, "", fault)
            return taken
        return self.of_lines([(1, text)])

    def of_lines(self, lines: Iterable[tuple[int, bytes]]) -> Taken:
        """Resources that stand alone."""
        taken, items = Taken(), []
        for number, line in lines:
            try:
                if len(line) > sources.LARGEST_LINE:
                    raise Invalid(f"The line is longer than {sources.LARGEST_LINE:,} bytes.")
                items.append(self.item(number, "", line))
            except _Waits:
                self.waits.append((number, line.decode()))
            except ChartdeskError as fault:
                taken.refuse(number, "", fault)
        taken.add(self.store(items))
        return taken

    def of_bundle(self, text: bytes) -> Taken:
        """The resources of a bundle, all or none."""
        try:
            with transaction(self.subject):
                taken = self.written(self.opened(text))
                if taken.refusals:
                    raise _Undone(taken)
                runs.know(self.subject, self.task.run, self.named)
                return taken
        except _Undone as undone:
            return Taken(Tally(refused=1), undone.taken.refusals)
        except _Waits:
            # Others may refer to what this bundle will have.
            runs.know(self.subject, self.task.run, self.named)
            self.waits.append((1, ""))
            return Taken()
        except (ChartdeskError, psycopg.Error, DjangoError) as fault:
            _unless_again(fault)
            taken = Taken()
            taken.refuse(1, "", fault)
            return taken

    def opened(self, text: bytes) -> list[Item]:
        """The resources of a bundle, referring to each other by the ids they will have."""
        entries = resources_of(text)
        before: dict[str, str] = {}
        if self.task.waiting:
            before = runs.known(self.subject, self.task.run, [url for url, _ in entries if url])
        known, ids = Addresses(), []
        self.named = {}
        for place, (full_url, body) in enumerate(entries):
            head = head_of(body, f"Bundle.entry[{place}].resource")
            ids.append(head.id or before.get(full_url, "").partition("/")[2] or new_id())
            target = f"{head.resource_type}/{ids[place]}"
            for address in addresses(full_url, head.resource_type, head.id):
                if not known.add(address, target):
                    raise Invalid(f"Two entries have the address {address}.", where=f"Bundle.entry[{place}].fullUrl")
                if address.startswith("urn:"):
                    self.named[address] = target
        self.learn(known, [body for _, body in entries])
        items, taken = [], Taken()
        for place, (_, body) in enumerate(entries):
            name = f"Bundle.entry[{place}].resource"
            try:
                item = self.item(1, name, known.written_into(body))
                item.given.id = ids[place]
                items.append(item)
            except ChartdeskError as fault:
                taken.refuse(1, name, fault)
        if taken.refusals:
            raise _Undone(taken)
        return items

    def item(self, line: int, name: str, body: bytes) -> Item:
        """A resource with its conditional references resolved."""
        given = fhir.decode(body)
        text = resolved(body, self.resolve)
        return Item(line, name, given if text is body else fhir.decode(text), text)

    def learn(self, into: Addresses, bodies: Sequence[bytes]) -> None:
        """Ask the run for the temporary addresses that this bundle does not have itself."""
        foreign = {
            urn.decode() for body in bodies if b'"urn:' in body for urn in _URN.findall(body)
        } - self.named.keys()
        if not foreign:
            return
        there = runs.known(self.subject, self.task.run, foreign)
        if len(there) < len(foreign) and not self.task.last:
            raise _Waits
        for address, target in there.items():
            into.add(address, target)

    def resolve(self, reference: str) -> str:
        """What a conditional reference (``Patient?identifier=1``) refers to."""
        key = self.subject.practice, reference
        if key in _resolved:
            return _resolved[key]
        type, _, query = reference.partition("?")
        found = search.find(self.subject, type, parse_qsl(query), count=2, strict=True).entries
        if not found and not self.task.last:
            raise _Waits
        if len(found) != 1:
            raise Conflict(
                f"The reference {reference} matches {(len(found) and 'several') or 'no'} resources, not one."
            )
        if len(_resolved) >= _REMEMBERED:
            _resolved.clear()
        _resolved[key] = found[0].reference
        return found[0].reference

    def store(self, items: Sequence[Item]) -> Taken:
        """Write the items; where the database or a rule objects, halve them until it is known to which."""
        if not items:
            return Taken()
        try:
            with transaction(self.subject):
                return self.written(items)
        except (ChartdeskError, psycopg.Error, DjangoError) as fault:
            _unless_again(fault)
            if len(items) == 1:
                taken = Taken()
                taken.refuse(items[0].line, items[0].name, fault)
                return taken
        middle = len(items) // 2
        taken = self.store(items[:middle])
        taken.add(self.store(items[middle:]))
        return taken

    def written(self, items: Sequence[Item]) -> Taken:
        """Write the items; raises what rules and projections raise. Types without rules go first."""
        taken = Taken()
        there = self.there(items)
        pending: dict[Key, Draft] = {}
        ruled = ""
        for item in sorted(items, key=_late):
            type, key = item.given.resourceType, item.key
            if key in pending:
                self.flush(pending)
                there |= self.there([item])
            if rules.has_before(type) and type != ruled:
                # Its rules may look for what came before.
                self.flush(pending)
                ruled = type
            draft = self.draft(item, there.get(key), taken)
            if draft is not None:
                pending[draft.new.type, draft.new.id] = draft
        self.flush(pending)
        return taken

    def draft(self, item: Item, found: tuple[int, Stored] | None, taken: Taken) -> Draft | None:
        """The next version of the item; None where it is kept as it is, or refused."""
        old = found[1] if found and not found[1].deleted else None
        try:
            if old is not None and self.keeps(item, old):
                taken.tally.kept += 1
                return None
            draft = preparing.prepare(self.subject, item.given, item.body, found, now=self.now, projection=True)
        except ChartdeskError as fault:
            if rules.has_before(item.given.resourceType):
                raise  # its rules may have written something already
            taken.refuse(item.line, item.name, fault)
            return None
        if old is None:
            taken.tally.created += 1
        else:
            taken.tally.updated += 1
        return draft

    def keeps(self, item: Item, old: Stored) -> bool:
        """Whether what is there stays: because it shall, or because it is the same."""
        if self.task.policy == SKIP:
            return True
        if self.task.policy == REFUSE:
            raise Conflict(f"There is a {old.reference} already.", cure="Import with --on-conflict update or skip.")
        same = fhir.splice(item.body, id=old.id, version=old.version, last_updated=preparing.stamp(old.updated))
        return same == old.body

    def there(self, items: Iterable[Item]) -> dict[Key, tuple[int, Stored]]:
        """What the record has under the ids of the items, locked."""
        ids: dict[str, list[str]] = {}
        for item in items:
            if item.given.id:
                ids.setdefault(item.given.resourceType, []).append(item.given.id)
        found: dict[Key, tuple[int, Stored]] = {}
        for type in sorted(ids):
            for kind, id, serial, *rest, body in database.rows(_THERE, [self.subject.practice, type, ids[type]]):
                version, updated, deleted, patient = rest
                found[kind, id] = serial, Stored(kind, id, version, updated, deleted, body.encode(), patient)
        return found

    def flush(self, pending: dict[Key, Draft]) -> None:
        """Write what waits, and run the projections of it."""
        drafts = list(pending.values())
        pending.clear()
        if not drafts:
            return
        try:
            writing.write(self.subject, drafts, now=self.now, detail=self.detail)
        except Conflict as fault:
            raise _Raced from fault
        if any(draft.new.type == "Patient" for draft in drafts):
            # Two that index patients would wait for each other's words.
            advisory_lock("import of patients", self.subject.practice)
        rules.project_many(self.subject, [(draft.old, draft.new) for draft in drafts])


def _late(item: Item) -> tuple[bool, str]:
    """Types with rules come last, each by itself."""
    type = item.given.resourceType
    return (True, type) if rules.has_before(type) else (False, "")


def _unless_again(fault: Exception) -> None:
    """Raise what is no fault of the data: two transactions in each other's way, a connection that is gone."""
    cause = fault.__cause__ if isinstance(fault, DjangoError) else fault
    if isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError):
        raise fault
