"""What the front desk may write, what becomes of it, and what is refused at which field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chartdesk.kit.errors import Invalid
from chartdesk.pms.registration.people import Address, Contact, Guarantor, Person, Registration
from chartdesk.pms.registration.validation import normalized, sentences

TODAY = date(2026, 3, 2)
PERSON = Person(family="Smith", given="John", birth_date=date(1980, 2, 3))

KEPT = [
    ("phone_mobile", "614-555-0123", "+16145550123"),
    ("phone_mobile", "(614) 555 0123", "+16145550123"),
    ("phone_mobile", "1 614 555 0123", "+16145550123"),
    ("phone_mobile", "+1.614.555.0123", "+16145550123"),
    ("phone_work", "614-555-0123 x12", "+16145550123;ext=12"),
    ("phone_work", "+16145550123;ext=12", "+16145550123;ext=12"),
    ("phone_home", "+44 20 7946 0123", "+442079460123"),
    ("family", "  De   la Cruz ", "De la Cruz"),
    ("sex", "F", "female"),
    ("sex", "", "unknown"),
    ("sex", "Other", "other"),
    ("language", "Spanish", "es"),
    ("language", "pt-BR", "pt-BR"),
    ("marital_status", "married", "M"),
    ("marital_status", "M", "M"),
    ("race", "2106-3", "White"),
    ("race", "Choctaw", "Choctaw"),
    ("ethnicity", "hispanic or latino", "Hispanic or Latino"),
    ("ssn", "123-45-6789", "123456789"),
    ("email", "a.b@example.com", "a.b@example.com"),
]
REFUSED = [
    ("family", " ", "missing"),
    ("given", "", "missing"),
    ("birth_date", date(2026, 3, 3), "future"),
    ("birth_date", date(1890, 1, 1), "130 years"),
    ("phone_mobile", "555-0123", "7 digits"),
    ("phone_mobile", "012-555-0123", "area code"),
    ("phone_home", "call me", "not a phone"),
    ("phone_work", "+12", "2 digits"),
    ("email", "john at example", "not an e-mail"),
    ("sex", "purple", "not one of"),
    ("language", "Klingon!", "not a language"),
    ("marital_status", "it is complicated", "not a marital status"),
    ("ssn", "12345678", "nine digits"),
    ("ssn", "000-12-3456", "no such"),
    ("ssn", "666-12-3456", "no such"),
    ("ssn", "900-12-3456", "no such"),
    ("ssn", "123-00-3456", "no such"),
    ("ssn", "123-45-0000", "no such"),
]


@pytest.mark.parametrize(("field", "typed", "kept"), KEPT)
def test_kept(field: str, typed: str, kept: str) -> None:
    found = normalized(Registration(replace(PERSON, **{field: typed})), TODAY)
    assert getattr(found.person, field) == kept
    assert normalized(found, TODAY) == found


@pytest.mark.parametrize(("field", "typed", "words"), REFUSED)
def test_refused(field: str, typed: object, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        normalized(Registration(replace(PERSON, **{field: typed})), TODAY)
    assert [fault.where for fault in refusal.value.issues] == [field]
    assert words in str(refusal.value.issues[0])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            Address("1 Main  St", "", "Columbus", "oh", "43215"),
            Address("1 Main St", "", "Columbus", "OH", "43215"),
        ),
        (Address(postal_code="432151234"), Address(postal_code="43215-1234")),
        (Address(postal_code="43215-1234"), Address(postal_code="43215-1234")),
    ],
)
def test_address_kept(typed: Address, kept: Address) -> None:
    assert normalized(Registration(replace(PERSON, address=typed)), TODAY).person.address == kept


def test_every_wrong_field_is_named_at_once() -> None:
    wrong = Registration(
        Person(family="", given="John", phone_mobile="12", address=Address(state="ZZ", postal_code="4321")),
        contacts=[Contact("", "spouse", "614-555-0123"), Contact("Ann", "", "1")],
        guarantor=Guarantor("parent", Person(family="Smith", given="", ssn="1")),
    )
    with pytest.raises(Invalid) as refusal:
        normalized(wrong, TODAY)
    assert set(sentences(refusal.value.issues)) == {
        "family",
        "phone_mobile",
        "address.state",
        "address.postal_code",
        "contacts[0].name",
        "contacts[1].phone",
        "guarantor.person.given",
        "guarantor.person.ssn",
    }
    assert refusal.value.where == "family"


@pytest.mark.parametrize(
    ("guarantor", "where"),
    [(Guarantor("uncle", PERSON), "guarantor.relationship"), (Guarantor("parent"), "guarantor.person")],
)
def test_guarantor_refused(guarantor: Guarantor, where: str) -> None:
    with pytest.raises(Invalid) as refusal:
        normalized(Registration(PERSON, guarantor=guarantor), TODAY)
    assert refusal.value.where == where


def test_a_guarantor_who_is_the_patient_carries_no_person() -> None:
    assert normalized(Registration(PERSON, guarantor=Guarantor("self", PERSON)), TODAY).guarantor == Guarantor()


def test_empty_rows_of_contacts_are_dropped() -> None:
    found = normalized(Registration(PERSON, contacts=[Contact(" "), Contact("Ann", "wife", "6145550123")]), TODAY)
    assert found.contacts == [Contact("Ann", "wife", "+16145550123")]
