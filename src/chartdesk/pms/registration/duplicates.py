"""Who in the practice may be the same person: a few rows by index, then judged by ``rules``.

A row is fetched when it shares the birth date, a phone or the social security number, or when its names sound
alike and its birth date is one slip away or not known: by ``rules``, nobody else can score high enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from chartdesk.kit.transactions import reading
from chartdesk.pms.registration import indexing, resources, rules
from chartdesk.pms.registration.people import Address, Person
from chartdesk.record import audit, search
from chartdesk.record.access import Subject

#: Rows fetched for one kind of likeness at most.
_BLOCK = 300
_OF = "WHERE practice = %(practice)s"
_SOUNDS = f"SELECT entry FROM registration_patientword {_OF} AND word = ANY(%(sounds)s)"
_SHARING = f"""
    SELECT {{columns}} FROM registration_patientindex p
     WHERE p.practice = %(practice)s AND p.active AND p.id IN (
           (SELECT id FROM registration_patientindex {_OF} AND birth_date = %(born)s LIMIT {_BLOCK})
           UNION ALL
           (SELECT id FROM registration_patientindex {_OF} AND birth_date = ANY(%(near)s)
               AND id IN ({_SOUNDS}) LIMIT {_BLOCK})
           UNION ALL
           (SELECT id FROM registration_patientindex {_OF} AND (birth_date IS NULL OR %(born)s::date IS NULL)
               AND id IN ({_SOUNDS}) LIMIT {_BLOCK})
           UNION ALL
           (SELECT entry FROM registration_patientword {_OF} AND word = ANY(%(phones)s) LIMIT {_BLOCK})
           UNION ALL
           (SELECT id FROM registration_patientindex {_OF} AND patient = ANY(%(same)s)))
"""
_COLUMNS = (
    "patient, mrn, family, given, middle, suffix, preferred, birth_date, sex, phones, email, "
    "line1, city, state, postal_code"
)


@dataclass(frozen=True)
class Candidate:
    """A patient who may be the person asked about: the score from 0 to 100, and its reasons in words."""

    patient_id: str
    mrn: str
    name: str
    birth_date: date | None
    score: int
    reasons: list[str]
    phone: str = ""
    address_line: str = ""

    @property
    def suspect(self) -> bool:
        """Whether registering must stop because of this patient."""
        return self.score >= rules.SUSPECT


def candidates(
    subject: Subject, person: Person, *, besides: str = "", identifiers: Iterable[tuple[str, str]] = ()
) -> list[Candidate]:
    """Patients who may be ``person``, likeliest first, from ``rules.SHOW`` on; ``besides`` is left out.

    ``identifiers`` are (system, value) pairs that the person carries besides the social security number.
    """
    with reading(subject):
        same_ssn = _with_identifiers(subject, [(resources.SSN, form) for form in _ssn_forms(person.ssn)])
        same_other = _with_identifiers(subject, identifiers)
        found = [
            one
            for row in _rows(subject, person, same_ssn | same_other)
            if row[0] != besides
            and (one := _judged(person, row, row[0] in same_ssn, row[0] in same_other)).score >= rules.SHOW
        ]
        found.sort(key=lambda one: (-one.score, one.name, one.mrn))
        audit.record_many(
            subject,
            [audit.Touched("R", "Patient", one.patient_id, 0, one.patient_id) for one in found],
            detail="possible duplicate",
        )
    return found


def _rows(subject: Subject, person: Person, same_ssn: set[str]) -> list[tuple[Any, ...]]:
    swapped = Person(family=person.given, given=person.family)
    sounds = indexing.sound_words(person) | indexing.sound_words(swapped)
    # Whole numbers only: the short forms are shared by too many strangers.
    phones = {word for word in indexing.phone_words(person.phones) if len(word) >= 10}
    values = {
        "practice": subject.practice,
        "born": person.birth_date,
        "near": sorted(rules.near_dates(person.birth_date)) if person.birth_date else [],
        "sounds": sorted(sounds),
        "phones": sorted(phones),
        "same": sorted(same_ssn),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SHARING.format(columns=_COLUMNS), values)
        return list(cursor.fetchall())


def _ssn_forms(ssn: str) -> list[str]:
    """A social security number as it is written: the front desk's way, and with the hyphens partners send."""
    if len(ssn) != 9:
        return [ssn] if ssn else []
    return [ssn, f"{ssn[:3]}-{ssn[3:5]}-{ssn[5:]}"]


def _with_identifiers(subject: Subject, identifiers: Iterable[tuple[str, str]]) -> set[str]:
    """The patients who carry one of the identifiers; a page of them, as more is no identifier."""
    asked = ",".join(f"{_escaped(system)}|{_escaped(value)}" for system, value in identifiers)
    if not asked:
        return set()
    return {stored.id for stored in search.find(subject, "Patient", [("identifier", asked)])}


def _escaped(text: str) -> str:
    return re.sub(r"([\\$|,])", r"\\\1", text)


def _judged(person: Person, row: tuple[Any, ...], same_ssn: bool, same_identifier: bool) -> Candidate:
    patient, mrn, family, given, middle, suffix, preferred, born, sex, phones, email, *place = row
    numbers = dict(zip(("phone_mobile", "phone_home", "phone_work"), phones, strict=False))
    other = Person(
        family=family,
        given=given,
        middle=middle,
        suffix=suffix,
        preferred=preferred,
        birth_date=born,
        sex=sex,
        email=email,
        address=Address(place[0], "", place[1], place[2], place[3]),
        **numbers,
    )
    match = rules.match(person, other, same_ssn=same_ssn, same_identifier=same_identifier)
    return Candidate(
        patient_id=patient,
        mrn=mrn,
        name=other.list_name,
        birth_date=born,
        score=match.score,
        reasons=list(match.reasons),
        phone=phones[0] if phones else "",
        address_line=other.address.one_line,
    )
