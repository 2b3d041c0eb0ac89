"""The ids under which merged patients were known.

The aliases of a practice are few and change seldom. Each process keeps them and asks again after ``LIFETIME``, so a
write or a search costs nothing more for them. What is written under an old id in between is moved by ``sweeping``.
"""

from __future__ import annotations

import re
import time

import msgspec

from chartdesk.kit.transactions import after_commit, once, reading
from chartdesk.record import database
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4

#: Seconds for which a process may not know of a merge that another one made.
LIFETIME = 2.0
_KNOWN = "SELECT source, target FROM merging_merge WHERE practice = %s AND state = 'merged'"
#: The resource that shows a patient's rows and is named after the patient. Others are named after the number of a row,
#: which may be the id of a patient too.
NAMED_AFTER = ("Account", "account-")
# A reference to a patient, or to that resource (Account/account-1).
_REFERENCE = re.compile(
    rb'("reference"\s*:\s*"(?:Patient\\?/|%b\\?/%b))([A-Za-z0-9.-]{1,64})(")' % tuple(map(str.encode, NAMED_AFTER))
)
#: Resources that speak of the old Patient itself.
KEPT = frozenset({"Patient", "AuditEvent", "Linkage"})
_memory: dict[int, tuple[float, dict[str, str]]] = {}


def current(practice: int, patient: str) -> str:
    """The id under which the patient is kept now; ``patient`` itself where nothing was merged."""
    known = _aliases(practice)
    return known.get(patient, patient) if known else patient


def standing(practice: int) -> dict[str, str]:
    """Each old id with the present one, asked anew. Inside a transaction of the practice."""
    return _followed(dict(database.rows(_KNOWN, [practice])))


def followed(practice: int, given: r4.Resource, text: bytes | None) -> tuple[r4.Resource, bytes | None]:
    """A resource about to be written, with its text where there is one, led to the present patients."""
    known = _aliases(practice)
    if not known or given.resourceType in KEPT:
        return given, text
    written = text or fhir.encode(given)
    found = {match[1].decode() for match in _REFERENCE.findall(written)} & known.keys()
    if not found:
        return given, text
    written = rewritten(written, {old: known[old] for old in found})
    # The text may still be without the id that the resource has been given.
    return msgspec.structs.replace(fhir.decode(written, type=given.resourceType), id=given.id), written


def rewritten(text: bytes, targets: dict[str, str]) -> bytes:
    """The JSON ``text`` with the references to each patient of ``targets`` led to another; nothing else changes."""

    def change(match: re.Match[bytes]) -> bytes:
        other = targets.get(match[2].decode())
        return match[0] if other is None else match[1] + other.encode() + match[3]

    return _REFERENCE.sub(change, text)


def forget(practice: int) -> None:
    """Ask again once the open transaction, which changed them, is through; within it at once."""
    _memory.pop(practice, None)
    _changing()["changed"] = True
    after_commit(lambda: _memory.pop(practice, None))


def _aliases(practice: int) -> dict[str, str]:
    asked = _memory.get(practice)
    if asked is not None and time.monotonic() - asked[0] < LIFETIME:
        return asked[1]
    # Rounds ask outside of any transaction, where the practice's rows are out of sight.
    with reading(practice):
        known = standing(practice)
    # What this transaction changed itself may yet be rolled back: others of the process must not see it.
    if not _changing():
        _memory[practice] = (time.monotonic(), known)
    return known


def _changing() -> dict[str, bool]:
    """Whether the open transaction changes the aliases: empty where it does not."""
    marks: dict[str, bool] = once("merging", dict)
    return marks


def _followed(pairs: dict[str, str]) -> dict[str, str]:
    """Each old id with the last one of its chain; a merge never closes a circle."""
    found = {}
    for source, target in pairs.items():
        while target in pairs:
            target = pairs[target]
        found[source] = target
    return found
