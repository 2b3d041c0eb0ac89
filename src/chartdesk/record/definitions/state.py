"""How far a practice's index is: asked by every search, so remembered."""

from __future__ import annotations

import time
from collections.abc import Iterable

import msgspec

from chartdesk.kit import clock
from chartdesk.kit.transactions import reading, transaction
from chartdesk.record import database
from chartdesk.record.definitions import versions
from chartdesk.standards.fhir.search import Clause, Query

#: Seconds for which a process believes that an index is not done yet.
MEMORY = 5.0

_READ = "SELECT version, target, types, position, last FROM definitions_indexstate WHERE practice = %s"
_BEGIN = """
    INSERT INTO definitions_indexstate (practice, version, target, types, position, last, changed)
    VALUES (%s, %s, '', '[]', 0, 0, %s) ON CONFLICT (practice) DO NOTHING
"""
_KEEP = """
    INSERT INTO definitions_definitionsversion (version, parameters) VALUES (%s, %s::jsonb) ON CONFLICT DO NOTHING
"""
_KNOWN = "SELECT parameters FROM definitions_definitionsversion WHERE version = %s"
#: Practice → (when it was looked up, type → codes that are not done, per cent done). Done is done for good.
_remembered: dict[int, tuple[float, dict[str, list[str]], int]] = {}


def begin(practice: int) -> None:
    """Note that the index of a new, empty practice is built with the present parameters."""
    with transaction(practice):
        keep()
        database.execute(_BEGIN, [practice, versions.version(), clock.now()])


def keep() -> None:
    """Store what the present parameters are, for the version after this one to compare with."""
    known = database.row("SELECT 1 FROM definitions_definitionsversion WHERE version = %s", [versions.version()])
    if known is None:
        database.execute(_KEEP, [versions.version(), msgspec.json.encode(versions.present()).decode()])


def parameters_of(version: str) -> versions.Parameters:
    """What the parameters of a version were; nothing where it was never stored."""
    found = database.row(_KNOWN, [version])
    return found[0] if found else {}


def pending(practice: int, query: Query) -> tuple[list[str], int]:
    """The parameters of the query whose index is still being built, as ``Type:code``, and the per cent done."""
    unfinished, done = _unfinished(practice)
    if not unfinished:
        return [], 100
    asked = {(type, clause.param) for type in query.types for clause in query.clauses}
    asked |= {(type, code) for type in query.types for code, _ in query.sort}
    for clause in query.clauses:
        asked |= set(_linked(clause))
    names = [f"{type}:{code}" for type, code in sorted(asked) if code in unfinished.get(type, ())]
    return names, done


def forget(practice: int) -> None:
    """Look the practice up again at the next search."""
    _remembered.pop(practice, None)


def _linked(clause: Clause) -> Iterable[tuple[str, str]]:
    for type, then in clause.chain:
        if clause.has:
            yield type, clause.param
        yield type, then.param
        yield from _linked(then)


def _unfinished(practice: int) -> tuple[dict[str, list[str]], int]:
    now = time.monotonic()
    known = _remembered.get(practice)
    if known is None or (known[1] and now - known[0] > MEMORY):
        _remembered[practice] = known = (now, *_look_up(practice))
    return known[1], known[2]


def _look_up(practice: int) -> tuple[dict[str, list[str]], int]:
    with reading(practice):
        row = database.row(_READ, [practice])
        if row is None or row[0] == versions.version():
            return {}, 100
        version, target, _, position, last = row
        done = 100 * position // max(last, 1) if target == versions.version() else 0
        return versions.changed(parameters_of(version), versions.present()), int(done)
