"""What was typed, brought into one form, or refused field by field.

``normalized`` returns the registration as it is stored, or raises one Invalid whose ``issues`` name every
field that is wrong, so that a page can show each sentence at its field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from chartdesk.kit.errors import Invalid
from chartdesk.pms.registration.people import Address, Contact, Guarantor, Person, Registration
from chartdesk.pms.registration.vocabulary import (
    ETHNICITIES,
    LANGUAGES,
    MARITAL_STATUS,
    RACES,
    SEXES,
    STATES,
    code_of,
    text_of,
)

OLDEST = 130
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_EXTENSION = re.compile(r"\s*(?:;ext=|ext\.?|x)\s*(\d{1,7})$", re.IGNORECASE)
GUARANTORS = ("self", "parent", "spouse", "other")


@dataclass(frozen=True)
class Fault:
    """One wrong field: ``where`` is its name, such as ``address.state`` or ``contacts[0].phone``."""

    where: str
    message: str
    cure: str = ""

    def __str__(self) -> str:
        return f"{self.message} {self.cure}".strip()


class Faults(list[Fault]):
    """The faults found so far, and the way to raise them together."""

    def add(self, where: str, message: str, cure: str = "") -> None:
        """Note one more."""
        self.append(Fault(where, message, cure))

    def take(self, where: str, fault: Invalid) -> None:
        """Note what a single field's check raised."""
        self.add(where, fault.message, fault.cure)

    def raise_any(self, what: str) -> None:
        """Raise Invalid with all of them, when there are any."""
        if not self:
            return
        count = "one field is" if len(self) == 1 else f"{len(self)} fields are"
        raise Invalid(
            f"{what} was not saved: {count} not right. {self[0].message}",
            where=self[0].where,
            cure=self[0].cure,
            issues=list(self),
        )


def normalized(registration: Registration, today: date, known: Registration | None = None) -> Registration:
    """The registration as it is stored. Raises Invalid; ``issues`` are Faults.

    ``known`` is what is stored now: a value that does not change is not judged, so that something odd that a
    partner sent never stands in the way of another correction.
    """
    faults = Faults()
    old = known or Registration(Person())
    person = checked_person(registration.person, today, faults, known=old.person)
    contacts = [
        one if one in old.contacts else _contact(one, f"contacts[{n}]", faults)
        for n, one in enumerate(registration.contacts)
    ]
    guarantor = registration.guarantor
    if guarantor != old.guarantor:
        guarantor = _guarantor(guarantor, today, faults)
    faults.raise_any("The patient")
    return replace(
        registration,
        person=person,
        contacts=[one for one in contacts if one.name],
        guarantor=guarantor,
        alerts=registration.alerts.strip(),
        preferred_location=registration.preferred_location.strip(),
    )


def checked_person(
    person: Person, today: date, faults: Faults, prefix: str = "", known: Person | None = None
) -> Person:
    """``person`` in stored form; what is wrong goes to ``faults`` under ``prefix``.

    What equals ``known``, the person as stored now, stays as it is.
    """
    old = known or Person()

    def text(name: str) -> str:
        return " ".join(str(getattr(person, name)).split())

    def field(check: Callable[[str], str], name: str) -> str:
        typed = text(name)
        return typed if typed == getattr(old, name) else _field(check, typed, prefix + name, faults)

    for name, label in (("family", "family name"), ("given", "given name")):
        if not text(name):
            faults.add(prefix + name, f"The {label} is missing.", "Write it as it stands on the ID.")
    for name in ("family", "given", "middle", "suffix", "preferred"):
        if len(text(name)) > 100:
            faults.add(prefix + name, "The name is longer than 100 letters.", "Shorten it.")
    if person.birth_date is not None and person.birth_date != old.birth_date:
        _birth_date(person.birth_date, today, prefix + "birth_date", faults)
    checked = {name: text(name) for name in ("family", "given", "middle", "suffix", "preferred")}
    for name in ("phone_mobile", "phone_home", "phone_work"):
        checked[name] = field(phone, name)
    for name, check in _CHECKS.items():
        checked[name] = field(check, name)
    address = person.address
    if address != old.address:
        address = checked_address(address, faults, prefix + "address.")
    return Person(**checked, birth_date=person.birth_date, address=address)


def checked_address(address: Address, faults: Faults, prefix: str) -> Address:
    """``address`` in stored form; what is wrong goes to ``faults``."""
    line1, line2, city = (" ".join(part.split()) for part in (address.line1, address.line2, address.city))
    state = address.state.strip().upper()
    if state and state not in STATES:
        faults.add(prefix + "state", f"{address.state!r} is not a state.", "Use the two letters, such as OH.")
    postal = _field(zip_code, address.postal_code.strip(), prefix + "postal_code", faults)
    return Address(line1, line2, city, state, postal)


def phone(text: str) -> str:
    """``+1`` and ten digits, with ``;ext=`` where there is an extension; other countries as ``+`` and digits.

    Raises Invalid for what cannot be a telephone number.
    """
    extension = _EXTENSION.search(text)
    number = text[: extension.start()] if extension else text
    if re.search(r"[^\d\s()+.\-/]", number):
        raise Invalid(f"{text!r} is not a phone number.", cure="Write it like 614-555-0100.")
    digits = re.sub(r"\D", "", number)
    suffix = f";ext={extension[1]}" if extension else ""
    if number.strip().startswith("+") and not digits.startswith("1"):
        if not 8 <= len(digits) <= 15:
            raise Invalid(f"{text!r} is not a phone number.", cure="Write the country code and the number.")
        return f"+{digits}{suffix}"
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    if len(digits) != 10:
        raise Invalid(f"{text!r} has {len(digits)} digits, not 10.", cure="Write it like 614-555-0100.")
    if digits[0] in "01" or digits[3] in "01":
        raise Invalid(f"{text!r} has no such area code or exchange.", cure="Check the number.")
    return f"+1{digits}{suffix}"


def zip_code(text: str) -> str:
    """A ZIP code as five digits, or five and four. Raises Invalid."""
    found = re.fullmatch(r"(\d{5})[-\s]?(\d{4})?", text)
    if found is None:
        raise Invalid(f"{text!r} is not a ZIP code.", cure="Write 5 or 9 digits, such as 43215 or 43215-1234.")
    return f"{found[1]}-{found[2]}" if found[2] else found[1]


def ssn(text: str) -> str:
    """A social security number as nine digits. Raises Invalid for one that is never given out.

    The numbers that are never given out: https://www.ssa.gov/employer/randomization.html.
    """
    digits = re.sub(r"[-\s]", "", text)
    if not re.fullmatch(r"\d{9}", digits):
        raise Invalid("The social security number does not have nine digits.", cure="Write it like 123-45-6789.")
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    if area in ("000", "666") or area[0] == "9" or group == "00" or serial == "0000":
        raise Invalid("There is no such social security number.", cure="Check it, or leave it empty.")
    return digits


def email(text: str) -> str:
    """An e-mail address as it was given. Raises Invalid."""
    if not _EMAIL.fullmatch(text):
        raise Invalid(f"{text!r} is not an e-mail address.", cure="Write it like name@example.com.")
    return text


def sex(text: str) -> str:
    """The administrative gender for a code, word or letter; ``unknown`` for none. Raises Invalid."""
    word = text.casefold() or "unknown"
    if word in SEXES:
        return word
    found = next((code for code in SEXES if word == code[0]), "")
    if not found:
        raise Invalid(f"{text!r} is not one of {', '.join(SEXES)}.", cure="Choose from the list.")
    return found


def language(text: str) -> str:
    """A language as its BCP 47 code, from the code or the English word. Raises Invalid."""
    known = code_of(LANGUAGES, text)
    if known:
        return known
    if _LANGUAGE_CODE.fullmatch(text):
        return text
    raise Invalid(f"{text!r} is not a language we know.", cure="Choose from the list, or write its code, such as es.")


def marital_status(text: str) -> str:
    """The code of HL7 v3 MaritalStatus, from the code or the word. Raises Invalid."""
    known = code_of(MARITAL_STATUS, text)
    if not known:
        raise Invalid(f"{text!r} is not a marital status.", cure="Choose from the list.")
    return known


def _race(text: str) -> str:
    return text_of(RACES, text)


def _ethnicity(text: str) -> str:
    return text_of(ETHNICITIES, text)


_CHECKS: dict[str, Callable[[str], str]] = {
    "email": email,
    "sex": sex,
    "language": language,
    "marital_status": marital_status,
    "race": _race,
    "ethnicity": _ethnicity,
    "ssn": ssn,
}


def _field(check: Callable[[str], str], text: str, where: str, faults: Faults) -> str:
    """The checked text of one field; empty stays empty, but for the sex, which is then unknown."""
    if not text and check is not sex:
        return ""
    try:
        return check(text)
    except Invalid as fault:
        faults.take(where, fault)
        return text


def _birth_date(day: date, today: date, where: str, faults: Faults) -> None:
    if day > today:
        faults.add(where, f"The birth date {day:%b %-d, %Y} is in the future.", "Check the year.")
    elif day.year < today.year - OLDEST:
        faults.add(where, f"The birth date {day:%b %-d, %Y} is more than {OLDEST} years ago.", "Check the year.")


def _contact(contact: Contact, where: str, faults: Faults) -> Contact:
    name, relationship = " ".join(contact.name.split()), contact.relationship.strip()
    number = _field(phone, contact.phone.strip(), f"{where}.phone", faults)
    if not name and (number or relationship):
        faults.add(f"{where}.name", "The contact has no name.", "Write whom to ask for, or clear the row.")
    return Contact(name, relationship, number)


def _guarantor(guarantor: Guarantor, today: date, faults: Faults) -> Guarantor:
    relationship = guarantor.relationship or "self"
    if relationship not in GUARANTORS:
        faults.add(
            "guarantor.relationship",
            f"{relationship!r} is not one of {', '.join(GUARANTORS)}.",
            "Choose from the list.",
        )
    if relationship == "self":
        return Guarantor()
    if guarantor.person is None:
        faults.add("guarantor.person", "The guarantor is missing.", "Write who pays, or choose the patient.")
        return guarantor
    return Guarantor(relationship, checked_person(guarantor.person, today, faults, "guarantor.person."))


def sentences(faults: Iterable[Fault]) -> dict[str, list[str]]:
    """The faults by field, as a page shows them."""
    found: dict[str, list[str]] = {}
    for fault in faults:
        found.setdefault(fault.where, []).append(str(fault))
    return found
