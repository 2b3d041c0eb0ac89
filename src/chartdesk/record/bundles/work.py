"""One transaction while it is carried out.

Before the first entry: the locks on conditions and rows, in one order for everybody, then what the conditions
find, then an id for everything that will be created, so that entries can refer to each other in any order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from chartdesk.kit.errors import ChartdeskError, Conflict, Gone, Invalid, NotFound, Stale
from chartdesk.kit.ids import new_id
from chartdesk.record import locking, preparing, reading, rules, search, writing
from chartdesk.record.access.subject import Subject
from chartdesk.record.bundles import conditions, ordering
from chartdesk.record.bundles.conditions import Condition
from chartdesk.record.bundles.entries import ANY_VERSION, Entry
from chartdesk.record.bundles.references import Addresses, addresses, resolved
from chartdesk.record.search import Page
from chartdesk.record.stored import Stored
from chartdesk.record.writing import Draft
from chartdesk.standards import fhir


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request of its own was answered with: an HTTP status, a body in JSON, headers."""

    status: int
    body: bytes
    headers: dict[str, str]


#: Answers an entry that reads or calls an operation as a request of its own.
Ask = Callable[[Subject, Entry], Answer]


@dataclass(slots=True)
class Result:
    """What became of one entry: what was stored, read, found or answered, or why it failed (batch only)."""

    entry: Entry
    status: str
    stored: Stored | None = None
    page: Page | None = None
    fault: ChartdeskError | None = None
    answer: Answer | None = None


class _NotYet(Exception):
    """A conditional reference finds nothing yet; another entry may still create it."""


class Work:
    """Carries entries out in the open transaction. ``ask`` answers what only reads; ``several`` lets a conditional
    delete take up to so many resources.
    """

    def __init__(
        self, subject: Subject, *, projection: bool = False, detail: str = "", ask: Ask | None = None, several: int = 1
    ) -> None:
        self.subject = subject
        self.now = preparing.moment()
        self.projection = projection
        self.detail = detail
        self.ask = ask
        self.several = several
        self.results: list[Result] = []
        self.pending: list[Draft] = []
        self.known = Addresses()
        self.ids: dict[int, str] = {}
        self.new: set[int] = set()
        self.matched: dict[int, list[Stored]] = {}
        self.seen: set[tuple[str, str]] = set()
        self.locked: locking.Found | None = None
        self.references: dict[str, str] = {}

    def carry_out(self, entries: list[Entry], *, linked: bool) -> None:
        """Do all that the entries ask. ``linked`` resolves the references between them."""
        self._begin(entries, linked)
        waiting = deque(ordering.ordered(entries))
        patience = len(waiting)
        while waiting:
            entry = waiting.popleft()
            try:
                self._carry_out(entry)
                patience = len(waiting)
            except _NotYet as fault:
                # Those behind it may create what it refers to; when all of them have gone by, nothing will.
                if patience <= 0 or not any(ordering.phase(one) == 1 for one in waiting):
                    raise at(entry, Conflict(str(fault), cure="Create what it refers to first.")) from fault
                patience -= 1
                rest = [one for one in waiting if ordering.phase(one) == 2]
                waiting = deque([*(one for one in waiting if ordering.phase(one) < 2), entry, *rest])
            except ChartdeskError as fault:
                raise at(entry, fault) from fault
        self.flush()

    def _begin(self, entries: list[Entry], linked: bool) -> None:
        asked = {entry.position: _condition(entry) for entry in entries if not entry.reads and not entry.asks}
        wanted = {position: condition for position, condition in asked.items() if condition is not None}
        conditions.lock(self.subject, wanted.values())
        for entry in entries:
            if entry.position in wanted:
                try:
                    self._find(entry, wanted[entry.position])
                except ChartdeskError as fault:
                    raise at(entry, fault) from fault
        named = [(entry.type, entry.id) for entry in entries if entry.id and entry.method in ("PUT", "PATCH", "DELETE")]
        if len(named) > 1:
            self.locked = locking.lock(self.subject, named)
        for entry in entries:
            self._name(entry, linked)

    def _find(self, entry: Entry, condition: Condition) -> None:
        """What the condition of an entry finds becomes what the entry is about."""
        if entry.method == "DELETE":
            self.matched[entry.position] = self._deletable(condition)
            return
        found = conditions.match(self.subject, condition)
        if entry.method == "POST":
            if found is not None:
                self.matched[entry.position] = [found]
        elif found is not None:
            if entry.method == "PUT" and entry.own_id not in ("", found.id):
                sentence = f"The condition matches {found.reference}, the resource is {entry.type}/{entry.own_id}."
                raise Invalid(sentence, issues=[fhir.Issue("error", "invalid", f"{entry.type}.id", sentence)])
            entry.id = found.id
        elif entry.method == "PATCH":
            raise NotFound(f"No {entry.type} matches the condition.", cure="Create it first.")
        else:
            self.new.add(entry.position)
            self.ids[entry.position] = entry.own_id or new_id()

    def _deletable(self, condition: Condition) -> list[Stored]:
        found = conditions.matches(self.subject, condition, self.several + 1)
        if len(found) > self.several:
            few = "Several" if self.several == 1 else f"More than {self.several}"
            raise conditions.SeveralMatch(
                f"{few} {condition.type} resources match the condition; nothing was deleted.",
                cure="Use a narrower one, or delete them one by one.",
            )
        return found

    def _name(self, entry: Entry, linked: bool) -> None:
        """Give an entry that creates its id, and let others refer to it."""
        if entry.asks or entry.method not in ("POST", "PUT"):
            return
        if entry.method == "POST":
            found = self.matched.get(entry.position)
            self.ids[entry.position] = found[0].id if found else new_id()
        target = f"{entry.type}/{self.ids.get(entry.position) or entry.id}"
        for address in addresses(entry.full_url, entry.type, entry.own_id) if linked else ():
            if not self.known.add(address, target):
                raise Invalid(f"Two entries have the address {address[:100]}.", where=f"{entry.name}.fullUrl")

    def _carry_out(self, entry: Entry) -> None:
        """Do what one entry asks; plain writes wait for ``flush``."""
        if entry.reads or entry.asks:
            self.flush()
            self.results.append(self._answered(entry))
        elif entry.method == "POST" and entry.position in self.matched:
            self.results.append(Result(entry, "200 OK", self.matched[entry.position][0]))
        elif entry.method == "DELETE":
            self._delete(entry)
        else:
            self._write(entry, self.ids.get(entry.position) or entry.id)

    def _write(self, entry: Entry, id: str) -> None:
        if rules.has_before(entry.type):
            self.flush()
        found = None if entry.method == "POST" else self._lock(entry.type, id)
        old = found[1] if found else None
        _check(entry, old, id, self.new)
        body = self._patched(entry, old) if entry.patch else entry.body
        text = resolved(self.known.written_into(body), self._resolve)
        self._once(entry, id)
        given = fhir.decode(text, type=entry.type)
        given.id = id
        draft = preparing.prepare(self.subject, given, text, found, now=self.now, projection=self.projection)
        self.pending.append(draft)
        created = old is None or old.deleted
        self.results.append(Result(entry, "201 Created" if created else "200 OK", draft.new))

    def _patched(self, entry: Entry, old: Stored | None) -> bytes:
        preparing.check_reach(self.subject, entry.type, entry.id, old)
        assert entry.patch is not None
        if old is None:
            raise NotFound(f"There is no {entry.type}/{entry.id}.", where=f"{entry.type}/{entry.id}")
        if old.deleted:
            raise Gone(f"{old.reference} was deleted.", cure="Write it anew with PUT.")
        return entry.patch.applied(old.body)

    def _delete(self, entry: Entry) -> None:
        last = None
        ids = [one.id for one in self.matched.get(entry.position, ())] or ([entry.id] if entry.id else [])
        for id in ids:
            self._once(entry, id)
            if rules.has_before(entry.type):
                self.flush()
            found = self._lock(entry.type, id)
            if found is None:
                continue
            _check(entry, found[1], id, self.new)
            draft = preparing.prepare_delete(self.subject, found, expect=None, now=self.now, projection=self.projection)
            if draft is not None:
                self.pending.append(draft)
                last = draft.new
        self.results.append(Result(entry, "204 No Content", last))

    def _once(self, entry: Entry, id: str) -> None:
        if (entry.type, id) in self.seen:
            raise Invalid(f"{entry.type}/{id} is written twice in one transaction.", where=entry.name)
        self.seen.add((entry.type, id))

    def _lock(self, type: str, id: str) -> tuple[int, Stored] | None:
        if self.locked is not None and (type, id) in self.locked:
            return self.locked[type, id]
        return preparing.lock(self.subject, type, id)

    def flush(self) -> None:
        """Write what waits, and run the projections of it."""
        if not self.pending:
            return
        drafts, self.pending = self.pending, []
        # One order for everybody, here too: two who create the same ids then do not wait for each other.
        together = sorted(drafts, key=lambda draft: (draft.new.type, draft.new.id)) if len(drafts) > 1 else drafts
        writing.write(self.subject, together, now=self.now, detail=self.detail)
        rules.project_many(self.subject, [(one.old, None if one.new.deleted else one.new) for one in drafts])
        if any(rules.has_before(draft.new.type) for draft in drafts):
            self.locked = None  # a rule may have written what was read before

    def _answered(self, entry: Entry) -> Result:
        if self.ask is not None:
            answer = self.ask(self.subject, entry)
            return Result(entry, str(answer.status), answer=answer)
        if entry.type and entry.id:
            return Result(entry, "200 OK", reading.get(self.subject, entry.type, entry.id))
        if not entry.type or entry.asks or "/" in entry.url.partition("?")[0]:
            raise Invalid(f"{entry.url[:100]!r} is not an address here.", cure="Write Type/id or Type?query.")
        return Result(entry, "200 OK", page=search.find(self.subject, entry.type, entry.query))

    def _resolve(self, reference: str) -> str:
        """What a conditional reference points at. Raises _NotYet where nothing matches."""
        known = self.references.get(reference)
        if known is not None:
            return known
        type, _, query = reference.partition("?")
        condition = conditions.read(type, query)
        self.flush()
        found = conditions.matches(self.subject, condition)
        if not found:
            raise _NotYet(f"The reference {reference[:100]} matches no resource.")
        if len(found) > 1:
            raise conditions.SeveralMatch(f"The reference {reference[:100]} matches several resources, not one.")
        self.references[reference] = found[0].reference
        return found[0].reference


def at(entry: Entry, fault: ChartdeskError) -> ChartdeskError:
    """The same fault, saying which entry it is about. Entries that are no part of a bundle are not named."""
    if entry.position < 0:
        return fault
    inner = f"{entry.name}.resource"
    if not fault.where.startswith("Bundle"):
        fault.where = f"{inner}.{fault.where.partition('.')[2]}" if "." in fault.where else entry.name
    fault.message = f"Entry {entry.position} ({entry.method} {entry.type or entry.url[:40]}): {fault.message}"
    fault.issues = tuple(_inside(inner, issue) for issue in fault.issues)
    return fault


def _inside(place: str, issue: fhir.Issue) -> fhir.Issue:
    if issue.expression.startswith("Bundle"):
        return issue
    _, dot, rest = issue.expression.partition(".")
    return fhir.Issue(issue.severity, issue.code, f"{place}{dot}{rest}", issue.diagnostics)


def _condition(entry: Entry) -> Condition | None:
    if entry.method == "POST":
        return conditions.read(entry.type, entry.if_none_exist) if entry.if_none_exist else None
    if entry.id:
        return None
    return conditions.read(entry.type, entry.query)


def _check(entry: Entry, old: Stored | None, id: str, new: set[int]) -> None:
    """Compare what is there with what the client expects of it."""
    name = f"{entry.type}/{id}"
    present = old is not None and not old.deleted
    if present and entry.position in new:
        raise Conflict(f"Nothing matches the condition, but there is a {name} already.", cure="Leave the id out.")
    if present and entry.if_none_match.strip() == "*":
        raise Stale(f"There is a {name} already.", current=old.version if old else 0, cure="Leave If-None-Match out.")
    if entry.expect is not None and (old is None or (not present and entry.expect == ANY_VERSION)):
        raise Stale(f"There is no {name}, so it cannot be changed under If-Match.", current=0, where=name)
    if old is not None and entry.expect not in (None, ANY_VERSION):
        preparing.check_expected(old, entry.expect or 0)
    since = entry.unchanged_since
    if old is not None and since is not None and old.updated.replace(microsecond=0) > since:
        raise Stale(
            f"{name} was changed after {since:%Y-%m-%d %H:%M:%S} UTC.",
            current=old.version,
            cure="Read it again and repeat the change.",
            where=name,
        )
