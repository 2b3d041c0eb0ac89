"""What a patient is found by: the index row and the words of one Patient. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from chartdesk.kit.errors import Invalid
from chartdesk.pms.registration import resources
from chartdesk.pms.registration.names import plain, sound_keys
from chartdesk.pms.registration.people import Person
from chartdesk.pms.registration.validation import phone
from chartdesk.standards.fhir import r4

#: Stands before a sound key, so that no typed word ever meets one.
SOUND = "~"
#: A phone that is in stored form, as most are that are looked at again.
_STORED = re.compile(r"\+1[2-9][0-9]{2}[2-9][0-9]{6}")


@dataclass(frozen=True)
class Entry:
    """All that a patient is found by: the row's columns, every word, and the words of names."""

    columns: dict[str, Any]
    words: set[str]
    names: set[str]


def entry(patient: r4.Patient) -> Entry:
    """The entry of one Patient, who is read once for it."""
    person = resources.person_of(patient)
    numbers, names = phones(patient, person), name_words(patient)
    typed = typed_words(patient, names, numbers)
    return Entry(_columns(patient, person, numbers, typed), typed | sound_words(person), names)


def _columns(patient: r4.Patient, person: Person, numbers: list[str], typed: set[str]) -> dict[str, Any]:
    """The columns of the index row that follow from the resource alone."""
    return {
        "family": person.family,
        "given": person.given,
        "middle": person.middle,
        "suffix": person.suffix,
        "preferred": person.preferred,
        "family_key": plain(person.family),
        "given_key": plain(person.given),
        "birth_date": person.birth_date,
        "sex": person.sex,
        "phones": numbers,
        "email": person.email,
        "line1": person.address.line1,
        "city": person.address.city,
        "state": person.address.state,
        "postal_code": person.address.postal_code,
        "active": patient.active is not False,
        "search_text": f" {' '.join(sorted(typed))} ",
    }


def phones(patient: r4.Patient, person: Person) -> list[str]:
    """Every phone of the patient in stored form, the one to call first first; what cannot be read stays."""
    known = person.phones
    others = [one.value for one in patient.telecom if one.system == "phone" and one.value and one.use != "old"]
    return list(dict.fromkeys(stored_phone(text) for text in [*known, *others]))


def stored_phone(text: str) -> str:
    """A phone in stored form; as it is where it cannot be read."""
    if _STORED.fullmatch(text):
        return text
    try:
        return phone(text)
    except Invalid:
        return text


def stored_form(person: Person) -> Person:
    """The person with phones and social security number as they are stored, whatever marks they came with."""
    digits = re.sub(r"\D", "", person.ssn) if person.ssn else ""
    stored: dict[str, Any] = {
        "phone_mobile": person.phone_mobile and stored_phone(person.phone_mobile),
        "phone_home": person.phone_home and stored_phone(person.phone_home),
        "phone_work": person.phone_work and stored_phone(person.phone_work),
        "ssn": digits if len(digits) == 9 else person.ssn,
    }
    changed = {name: value for name, value in stored.items() if value != getattr(person, name)}
    return replace(person, **changed) if changed else person


def name_words(patient: r4.Patient) -> set[str]:
    """The words of all names the patient has or had.

    ``O'Brien-Diaz`` gives ``obrien``, ``diaz`` and ``obriendiaz``.
    """
    found: set[str] = set()
    for name in patient.name:
        parts = [*(name.given or ()), name.family or "", *([] if name.family else [name.text or ""])]
        for part in parts:
            words = plain(part or "").split()
            found.update(words)
            if 1 < len(words) <= 3:
                found.add("".join(words))
    return found


def phone_words(numbers: list[str]) -> set[str]:
    """The digits by which a phone is typed: all, without the area code, the last four."""
    found: set[str] = set()
    for number in numbers:
        digits = re.sub(r"\D", "", number.split(";")[0])
        digits = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
        if digits:
            found.update({digits, digits[-7:], digits[-4:]})
    return found


def sound_words(person: Person) -> set[str]:
    """The sound keys of a person as words, also for given and family name swapped."""
    given = [name for name in (person.given, person.preferred) if name]
    return {SOUND + key for name in given for key in sound_keys(person.family, name)}


def typed_words(patient: r4.Patient, names: set[str], numbers: list[str]) -> set[str]:
    """The words that somebody may type: of names and phones, and record numbers of before a merge."""
    old = {one.value for one in patient.identifier if one.system == resources.MRN and one.use == "old" and one.value}
    return names | phone_words(numbers) | old
