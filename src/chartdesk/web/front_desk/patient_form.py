"""The form of a patient's demographics: its fields, what stands in them, and what was typed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from chartdesk.kit import phones
from chartdesk.pms.registration import vocabulary
from chartdesk.pms.registration.people import Address, Contact, Guarantor, Person, Registration
from chartdesk.web.fields import Field, Form, day_of, options

_PERSON = (
    "family",
    "given",
    "middle",
    "suffix",
    "preferred",
    "sex",
    "phone_mobile",
    "phone_home",
    "phone_work",
    "email",
    "language",
    "race",
    "ethnicity",
    "marital_status",
    "ssn",
)
_ADDRESS = ("line1", "line2", "city", "state", "postal_code")


def form() -> Form:
    """The empty form."""
    states = [("", ""), *((code, code) for code in sorted(vocabulary.STATES))]
    return Form(
        [
            ("Patient", _name()),
            ("How to reach the patient", _reach(states)),
            ("About", _about()),
            ("Emergency contact", _contact()),
            ("Who pays what insurance does not", _guarantor(states)),
        ]
    )


def _name() -> list[Field]:
    marital = options(vocabulary.MARITAL_STATUS, "Not asked")
    return [
        Field("given", "First name", width=3, required=True),
        Field("middle", "Middle", width=2),
        Field("family", "Last name", width=3, required=True),
        Field("suffix", "Suffix", width=2),
        Field("preferred", "Goes by", width=2),
        Field("birth_date", "Birth date", "date", width=3, required=True),
        Field("sex", "Sex", width=3, required=True, choices=options(vocabulary.SEXES, "Choose")),
        Field("marital_status", "Marital status", width=3, choices=marital),
        Field("ssn", "Social security number", width=3, hint="Only where a payer asks for it"),
    ]


def _reach(states: list[tuple[str, str]]) -> list[Field]:
    return [
        Field("phone_mobile", "Mobile phone", "tel", width=3),
        Field("phone_home", "Home phone", "tel", width=3),
        Field("phone_work", "Work phone", "tel", width=3),
        Field("email", "Email", "email", width=3),
        Field("address.line1", "Street", width=5),
        Field("address.line2", "Apartment, unit", width=2),
        Field("address.city", "City", width=2),
        Field("address.state", "State", width=1, choices=states),
        Field("address.postal_code", "ZIP", width=2),
    ]


def _about() -> list[Field]:
    ethnicities = options(vocabulary.ETHNICITIES.values(), "Not asked")
    return [
        Field("language", "Language", width=3, choices=options(vocabulary.LANGUAGES, "Not asked")),
        Field("race", "Race", width=3, choices=options(vocabulary.RACES.values(), "Not asked")),
        Field("ethnicity", "Ethnicity", width=3, choices=ethnicities),
        Field("alerts", "Alert for everyone", "textarea", width=12, hint="Shown in the banner on every page"),
    ]


def _contact() -> list[Field]:
    return [
        Field("contacts[0].name", "Name", width=4),
        Field("contacts[0].relationship", "Relationship", width=4),
        Field("contacts[0].phone", "Phone", "tel", width=4),
    ]


def _guarantor(states: list[tuple[str, str]]) -> list[Field]:
    who = [("self", "The patient"), ("parent", "A parent"), ("spouse", "The spouse"), ("other", "Somebody else")]
    return [
        Field("guarantor", "Guarantor", width=3, choices=who),
        Field("guarantor.person.given", "First name", width=3),
        Field("guarantor.person.family", "Last name", width=3),
        Field("guarantor.person.birth_date", "Birth date", "date", width=3),
        Field("guarantor.person.phone_mobile", "Phone", "tel", width=3),
        Field("guarantor.person.address.line1", "Street", width=4),
        Field("guarantor.person.address.city", "City", width=2),
        Field("guarantor.person.address.state", "State", width=1, choices=states),
        Field("guarantor.person.address.postal_code", "ZIP", width=2),
    ]


def masked(ssn: str) -> str:
    """A social security number as it is shown: its last four digits."""
    return f"***-**-{ssn[-4:]}" if ssn else ""


def values(held: Registration) -> dict[str, Any]:
    """What is known, by field."""
    person, payer = held.person, held.guarantor.person
    found: dict[str, Any] = {name: getattr(person, name) for name in _PERSON}
    found |= {f"address.{name}": getattr(person.address, name) for name in _ADDRESS}
    found |= {
        "birth_date": person.birth_date,
        "alerts": held.alerts,
        "guarantor": held.guarantor.relationship,
    }
    found["ssn"] = masked(person.ssn)
    for number, contact in enumerate(held.contacts[:1]):
        found |= {f"contacts[{number}].{name}": getattr(contact, name) for name in ("name", "relationship", "phone")}
    if payer is not None:
        start = "guarantor.person."
        found |= {start + name: getattr(payer, name) for name in ("given", "family", "birth_date", "phone_mobile")}
        found |= {f"{start}address.{name}": getattr(payer.address, name) for name in _ADDRESS}
    return found | {name: phones.readable(held) for name, held in found.items() if "phone" in name}


def typed(request: HttpRequest) -> Registration:
    """What was typed. Raises Invalid for a date that is none."""
    data = {name: text.strip() for name, text in request.POST.dict().items()}
    contacts = []
    if data.get("contacts[0].name") or data.get("contacts[0].phone"):
        contacts = [
            Contact(
                data.get("contacts[0].name", ""),
                data.get("contacts[0].relationship", ""),
                data.get("contacts[0].phone", ""),
            )
        ]
    relationship = data.get("guarantor", "self")
    guarantor = Guarantor(relationship, None if relationship == "self" else _person(data, "guarantor.person."))
    return Registration(_person(data, ""), contacts, guarantor, data.get("alerts", ""))


def _person(data: dict[str, str], start: str) -> Person:
    values: dict[str, Any] = {name: data.get(start + name, "") for name in _PERSON}
    values["sex"] = values["sex"] or "unknown"
    address = Address(**{name: data.get(f"{start}address.{name}", "") for name in _ADDRESS})
    return Person(**values, birth_date=day_of(data, f"{start}birth_date"), address=address)
