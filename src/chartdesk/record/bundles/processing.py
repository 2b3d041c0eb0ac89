"""Carrying out a bundle.

A transaction is ordered as the guide asks (DELETE, POST, PUT, GET), its references are resolved, and its
writes go to the database together. A type with rules of its own is written after the plain ones, one by
one, so that its rules find what it refers to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

from chartdesk.kit.errors import ChartdeskError, Conflict, Invalid
from chartdesk.kit.ids import new_id
from chartdesk.kit.transactions import transaction
from chartdesk.record import preparing, reading, rules, search, writing
from chartdesk.record.access.subject import Subject
from chartdesk.record.bundles.entries import Entry, Opened
from chartdesk.record.bundles.references import Addresses, addresses, resolved
from chartdesk.record.search import Page
from chartdesk.record.stored import Stored
from chartdesk.record.writing import Draft
from chartdesk.standards import fhir
from chartdesk.standards.fhir import Issue

_ORDER = {"DELETE": 0, "POST": 1, "PUT": 2, "GET": 3}


@dataclass(slots=True)
class Result:
    """What became of one entry: what was stored, read or found, or why it failed (batch only)."""

    entry: Entry
    status: str
    stored: Stored | None = None
    page: Page | None = None
    fault: ChartdeskError | None = None


def process(subject: Subject, bundle: Opened) -> list[Result]:
    """Carry out a transaction or a batch; results in the order of the entries.

    Raises Invalid for another kind of bundle, and for a transaction what its first failing entry raises.
    """
    if bundle.type == "transaction":
        return transaction_of(subject, bundle.entries)
    if bundle.type == "batch":
        return batch(subject, bundle.entries)
    raise Invalid(f"A bundle of type {bundle.type!r} cannot be carried out.", cure="Send a transaction or a batch.")


def batch(subject: Subject, entries: list[Entry]) -> list[Result]:
    """Carry out each entry by itself; a failing one says why and disturbs no other."""
    results = []
    for entry in sorted(entries, key=lambda entry: _ORDER[entry.method]):
        try:
            results += transaction_of(subject, [entry], linked=False)
        except ChartdeskError as fault:
            results.append(Result(entry, "", fault=fault))
    return sorted(results, key=lambda result: result.entry.position)


def transaction_of(
    subject: Subject, entries: list[Entry], *, linked: bool = True, projection: bool = False, detail: str = ""
) -> list[Result]:
    """Carry out all entries or none. ``linked`` resolves the references between them."""
    with transaction(subject):
        work = _Work(subject, preparing.moment(), projection, detail)
        if linked:
            work.assign(entries)
        for entry in sorted(entries, key=lambda one: (_ORDER[one.method], rules.has_before(one.type))):
            try:
                work.carry_out(entry)
            except ChartdeskError as fault:
                raise _at(entry, fault) from fault
        work.flush()
    return sorted(work.results, key=lambda result: result.entry.position)


def _at(entry: Entry, fault: ChartdeskError) -> ChartdeskError:
    """The same fault, saying which entry it is about."""
    inner = f"{entry.name}.resource"
    if not fault.where.startswith("Bundle"):
        fault.where = f"{inner}.{fault.where.partition('.')[2]}" if "." in fault.where else entry.name
    fault.message = f"Entry {entry.position} ({entry.method} {entry.type}): {fault.message}"
    fault.issues = tuple(_inside(inner, issue) for issue in fault.issues)
    return fault


def _inside(place: str, issue: Issue) -> Issue:
    _, dot, rest = issue.expression.partition(".")
    return Issue(issue.severity, issue.code, f"{place}{dot}{rest}", issue.diagnostics)


class _Work:
    """One transaction while it is carried out."""

    def __init__(self, subject: Subject, now: datetime, projection: bool, detail: str) -> None:
        self.subject = subject
        self.now = now
        self.projection = projection
        self.detail = detail
        self.results: list[Result] = []
        self.pending: list[Draft] = []
        self.known = Addresses()
        self.ids: dict[int, str] = {}
        self.matched: dict[int, Stored] = {}
        self.seen: set[tuple[str, str]] = set()

    def assign(self, entries: list[Entry]) -> None:
        """Give every entry to be created its id, so that others can refer to it."""
        for entry in entries:
            if entry.method == "POST":
                found = self._matching(entry)
                if found is not None:
                    self.matched[entry.position] = found
                id = found.id if found else new_id()
                self.ids[entry.position] = id
            elif entry.method == "PUT":
                id = entry.id
            else:
                continue
            for address in addresses(entry.full_url, entry.type, entry.own_id):
                if not self.known.add(address, f"{entry.type}/{id}"):
                    raise Invalid(f"Two entries have the address {address}.", where=f"{entry.name}.fullUrl")

    def carry_out(self, entry: Entry) -> None:
        """Do what one entry asks; plain writes wait for ``flush``."""
        if entry.method == "GET":
            self.flush()
            self.results.append(_read(self.subject, entry))
            return
        if entry.method == "POST" and entry.position not in self.ids:
            self.assign([entry])
        if entry.position in self.matched:
            self.results.append(Result(entry, "200 OK", self.matched[entry.position]))
            return
        id = self.ids.get(entry.position) or entry.id
        if (entry.type, id) in self.seen:
            raise Invalid(f"{entry.type}/{id} is written twice in one transaction.", where=entry.name)
        self.seen.add((entry.type, id))
        if rules.has_before(entry.type):
            self.flush()
        draft = self._delete(entry) if entry.method == "DELETE" else self._put(entry, id)
        if draft is not None:
            self.pending.append(draft)
        status = "204 No Content" if entry.method == "DELETE" else "201 Created"
        if draft is not None and draft.old is not None and not draft.old.deleted and entry.method == "PUT":
            status = "200 OK"
        self.results.append(Result(entry, status, draft.new if draft else None))

    def flush(self) -> None:
        """Write what waits, and run the projections of it."""
        if not self.pending:
            return
        drafts, self.pending = self.pending, []
        writing.write(self.subject, drafts, now=self.now, detail=self.detail)
        for draft in drafts:
            rules.project(self.subject, draft.old, None if draft.new.deleted else draft.new)

    def _put(self, entry: Entry, id: str) -> Draft:
        body = resolved(self.known.written_into(entry.body), self._resolve)
        given = fhir.decode(body, type=entry.type)
        given.id = id
        found = preparing.lock(self.subject, entry.type, id) if entry.method == "PUT" else None
        preparing.check_version(found[1] if found else None, given, expect=entry.expect)
        return preparing.prepare(self.subject, given, body, found, now=self.now, projection=self.projection)

    def _delete(self, entry: Entry) -> Draft | None:
        if not entry.id:
            raise Invalid("A DELETE needs an id.", cure=f"Write {entry.type}/id.", where=entry.name)
        found = preparing.lock(self.subject, entry.type, entry.id)
        if found is None:
            return None
        return preparing.prepare_delete(
            self.subject, found, expect=entry.expect, now=self.now, projection=self.projection
        )

    def _matching(self, entry: Entry) -> Stored | None:
        """What a conditional create finds instead of creating. Raises Conflict where it finds several."""
        if not entry.if_none_exist:
            return None
        return existing(self.subject, entry.type, entry.if_none_exist)

    def _resolve(self, reference: str) -> str:
        type, _, query = reference.partition("?")
        self.flush()
        found = search.find(self.subject, type, parse_qsl(query), count=2, strict=True).entries
        if len(found) != 1:
            raise Conflict(f"The reference {reference} matches {len(found) or 'no'} resources, not one.")
        return found[0].reference


def existing(subject: Subject, type: str, query: str) -> Stored | None:
    """The resource that meets a condition such as ``identifier=1``; None where none does.

    Raises Conflict where several do, Invalid for a condition that cannot be searched.
    """
    pairs = parse_qsl(query)
    if not pairs:
        raise Invalid("The condition is empty.", cure="Write it like identifier=system|value.", where="ifNoneExist")
    found = search.find(subject, type, pairs, count=2, strict=True).entries
    if len(found) > 1:
        raise Conflict(f"Several {type} resources match the condition.", cure="Use a narrower one.")
    return found[0] if found else None


def _read(subject: Subject, entry: Entry) -> Result:
    if entry.id:
        return Result(entry, "200 OK", reading.get(subject, entry.type, entry.id))
    return Result(entry, "200 OK", page=search.find(subject, entry.type, entry.query))
