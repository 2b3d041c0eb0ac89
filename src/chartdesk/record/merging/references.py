"""The resources that point at a patient, and giving them to another one.

They are found by the search index: those of the patient's chart, and those that name the patient in any parameter that
may refer to one. In what is found every reference to the patient is led to the other; nothing else of the text changes,
and no rule of a room is asked, as a merge may do what a write may not: give a signed document to another patient.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from chartdesk.kit.errors import Conflict
from chartdesk.record import database, locking, preparing, rules, tokens, writing
from chartdesk.record.access.subject import Subject
from chartdesk.record.indexing import index, is_patient
from chartdesk.record.merging import aliases
from chartdesk.record.stored import Stored
from chartdesk.record.writing import Draft
from chartdesk.standards import fhir
from chartdesk.standards.fhir.facts import resource_types
from chartdesk.standards.fhir.search import parameters

#: Resources written by one statement, and the most that one merge moves.
PART, MOST = 500, 50_000
Name = tuple[str, str]

_OWN = """
    SELECT type, id FROM record_resource
     WHERE practice = %s AND type = ANY(%b::text[]) AND patient = %s AND NOT deleted
"""
_NAMING = """
    SELECT r.type, r.id FROM record_resource r
     WHERE r.practice = %s AND NOT r.deleted
       AND r.serial = ANY(ARRAY(SELECT record_matching(NULL::text, '{}'::int8[], %b::text[])))
"""


def pointing(subject: Subject, patient: str) -> list[Name]:
    """(type, id) of every resource that points at the patient, in order. Raises Conflict for too many."""
    types = [type for type in sorted(resource_types()) if type not in aliases.KEPT]
    found = set(database.rows(_OWN, [subject.practice, types, patient]))
    hashes = [
        tokens.token(subject.practice, type, code, f"Patient/{patient}")
        for type in types
        for code in _naming_patients(type)
    ]
    found |= set(database.rows(_NAMING, [subject.practice, ["{" + ",".join(map(str, hashes)) + "}"]]))
    if len(found) > MOST:
        raise Conflict(f"More than {MOST:,} resources point at the patient.", cure="Ask the operator.")
    return sorted(name for name in found if name[0] not in aliases.KEPT)


def rewrite(
    subject: Subject, names: Sequence[Name], source: str, target: str, *, detail: str
) -> list[tuple[Stored, Stored]]:
    """Lead the references of these resources from ``source`` to ``target``; the versions before and after.

    What names one version of the source (``Patient/1/_history/2``) speaks of that version and stays as it is.
    """
    done = []
    for start in range(0, len(names), PART):
        now = preparing.moment()
        drafts = [
            draft(subject, serial, old, text, now)
            for serial, old in locked(subject, names[start : start + PART])
            if (text := aliases.rewritten(old.body, {source: target})) != old.body
        ]
        write(subject, drafts, detail)
        done += [(one.old, one.new) for one in drafts if one.old is not None]
    return done


def locked(subject: Subject, names: Sequence[Name]) -> list[tuple[int, Stored]]:
    """Serial number and present version of these resources, locked; what is deleted is left out."""
    return [one for one in locking.lock(subject, names).values() if one is not None and not one[1].deleted]


def draft(subject: Subject, serial: int, old: Stored, text: bytes, now: datetime) -> Draft:
    """The next version of ``old`` with ``text`` as its content, for ``write``."""
    version = old.version + 1
    body = fhir.splice(text, id=old.id, version=version, last_updated=preparing.stamp(now))
    made = index(subject.practice, fhir.decode(body, type=old.type))
    return Draft(serial, old, Stored(old.type, old.id, version, now, False, body, made.patient), made)


def write(subject: Subject, drafts: Sequence[Draft], detail: str) -> None:
    """Write the versions and what follows from them."""
    if not drafts:
        return
    writing.write(subject, drafts, now=drafts[0].new.updated, detail=detail)
    for one in drafts:
        rules.project(subject, one.old, one.new)


@cache
def _naming_patients(type: str) -> tuple[str, ...]:
    """The parameters of ``type`` that may name a patient and whose values lie among the tokens."""
    return tuple(
        code
        for code, one in sorted(parameters(type).items())
        if one.kind == "reference" and not is_patient(type, code) and (not one.targets or "Patient" in one.targets)
    )
