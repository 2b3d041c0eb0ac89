"""In which order the entries of a transaction are carried out.

Deletes, then writes, then reads, as the guide asks. Among the writes those go first that no rule looks at; a write
that a rule looks at comes after those it refers to. Guide section: processing rules
(https://hl7.org/fhir/R4/http.html#trules).
"""

from __future__ import annotations

from chartdesk.record import rules
from chartdesk.record.bundles.entries import Entry
from chartdesk.record.bundles.references import addresses, mentioned

_PHASES = {"DELETE": 0, "POST": 1, "PUT": 1, "PATCH": 1}


def phase(entry: Entry) -> int:
    """0 for a delete, 1 for a write, 2 for a read."""
    return 2 if entry.asks else _PHASES.get(entry.method, 2)


def ordered(entries: list[Entry]) -> list[Entry]:
    """The entries in the order in which they are carried out."""
    found = sorted(entries, key=lambda entry: (phase(entry), rules.has_before(entry.type)))
    ruled = [entry for entry in found if phase(entry) == 1 and rules.has_before(entry.type)]
    if len(ruled) < 2:
        return found
    start = found.index(ruled[0])
    return [*found[:start], *_referred_first(ruled), *found[start + len(ruled) :]]


def _referred_first(entries: list[Entry]) -> list[Entry]:
    """Each after those it refers to; where they refer to each other in a circle, as they came."""
    known = {address: entry for entry in entries for address in _addresses(entry)}
    made: list[Entry] = []
    seen: set[int] = set()
    for first in entries:
        # A stack of its own: a chain of references may be as long as the bundle.
        stack = [(first, False)]
        while stack:
            entry, done = stack.pop()
            if done:
                made.append(entry)
            elif entry.position not in seen:
                seen.add(entry.position)
                stack.append((entry, True))
                targets = (known.get(reference) for reference in mentioned(entry.body))
                stack += [(target, False) for target in targets if target is not None and target is not entry]
    return made


def _addresses(entry: Entry) -> list[str]:
    named = addresses(entry.full_url, entry.type, entry.own_id)
    return [*named, f"{entry.type}/{entry.id}"] if entry.id else named
