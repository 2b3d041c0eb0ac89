"""Rules about who: the practice, the rendering provider, the subscriber and the patient."""

from __future__ import annotations

import re

from chartdesk.pms.claims.content import ClaimContent, Human, Place
from chartdesk.pms.claims.numbers import valid_mbi, valid_npi
from chartdesk.pms.claims.rules import Faults, ScrubRule

_BOX = re.compile(r"\bP\.?\s*O\.?\s*BOX\b", re.IGNORECASE)
_TEN, _NINE, _NOT_DIGIT = re.compile(r"\d{10}"), re.compile(r"\d{9}"), re.compile(r"\D")
_ZIP, _TAXONOMY = re.compile(r"\d{5}(-?\d{4})?"), re.compile(r"[0-9A-Z]{9}X")
_MEMBER = re.compile(r"[A-Za-z0-9 -]{2,80}")
_SEXES = ("female", "male", "other", "unknown")


def _npi_faults(claim: ClaimContent, npi: str, who: str) -> Faults:
    if not _TEN.fullmatch(npi):
        yield 0, f"The NPI of {who}, {npi or 'none'}, is not ten digits."
    elif (claim.facts is None or claim.facts.check_npi) and not valid_npi(npi):
        yield 0, f"The NPI of {who}, {npi}, has a wrong check digit."


def _billing_npi(claim: ClaimContent) -> Faults:
    yield from _npi_faults(claim, claim.billing.npi, "the practice")


def _billing_name(claim: ClaimContent) -> Faults:
    if not claim.billing.name.strip():
        yield 0, "The practice has no name."


def _tax_id(claim: ClaimContent) -> Faults:
    if not _NINE.fullmatch(claim.billing.tax_id.replace("-", "")):
        yield 0, f"The practice's tax id, {claim.billing.tax_id or 'none'}, is not nine digits."


def _billing_address(claim: ClaimContent) -> Faults:
    place = claim.billing.address
    missing = _missing(place)
    if missing:
        yield 0, f"The practice's address has no {', no '.join(missing)}."
    elif _BOX.search(place.line1):
        yield 0, f"The practice's address is a post office box: {place.line1}."
    elif not _NINE.fullmatch(place.postal_code.replace("-", "")):
        yield 0, f"The practice's ZIP code, {place.postal_code}, needs its four more digits."


def _billing_phone(claim: ClaimContent) -> Faults:
    if len(_NOT_DIGIT.sub("", claim.billing.phone)) not in (10, 11):
        yield 0, "The practice has no phone number for questions about claims."


def _rendering(claim: ClaimContent) -> Faults:
    if claim.institutional is not None:  # it names who attended
        return
    if claim.rendering is None:
        yield 0, "The claim names no rendering provider."
    elif not claim.rendering.family:
        yield 0, "The rendering provider has no family name."


def _rendering_npi(claim: ClaimContent) -> Faults:
    if claim.rendering is not None:
        name = f"{claim.rendering.given} {claim.rendering.family}".strip() or "the rendering provider"
        yield from _npi_faults(claim, claim.rendering.npi, name)


def _taxonomy(claim: ClaimContent) -> Faults:
    if not claim.payer.needs_taxonomy:
        return
    if not claim.billing.taxonomy:
        yield 0, f"{claim.payer.name} wants the practice's taxonomy code."
    if claim.rendering is not None and not claim.rendering.taxonomy:
        yield 0, f"{claim.payer.name} wants the rendering provider's taxonomy code."


def _taxonomy_form(claim: ClaimContent) -> Faults:
    codes = [claim.billing.taxonomy, claim.rendering.taxonomy if claim.rendering else ""]
    for code in codes:
        if code and not _TAXONOMY.fullmatch(code):
            yield 0, f"{code} is not a taxonomy code."


def _member_id(claim: ClaimContent) -> Faults:
    number = claim.insured.member_id.strip()
    if not number:
        yield 0, "The coverage has no member id."
    elif not _MEMBER.fullmatch(number):
        yield 0, f"The member id {number} has characters that no card has."
    elif claim.payer.filing_indicator in ("MA", "MB") and not valid_mbi(number.replace("-", "")[:11]):
        yield 0, f"{number} is not a Medicare number: 11 characters such as 1EG4-TE5-MK73."


def _relationship(claim: ClaimContent) -> Faults:
    if claim.insured.relationship not in ("self", "spouse", "child", "other"):
        yield (
            0,
            f"The relationship to the subscriber, {claim.insured.relationship!r}, is not known.",
        )


def _subscriber_name(claim: ClaimContent) -> Faults:
    yield from _name(claim.insured.person, "subscriber")


def _subscriber_birth(claim: ClaimContent) -> Faults:
    if claim.insured.person.birth_date is None:
        yield 0, "The subscriber's birth date is not known."


def _subscriber_sex(claim: ClaimContent) -> Faults:
    if claim.insured.person.sex not in _SEXES:
        yield 0, "The subscriber's sex is not recorded."


def _subscriber_address(claim: ClaimContent) -> Faults:
    yield from _address(claim.insured.person.address, "subscriber")


def _patient(claim: ClaimContent) -> Faults:
    """A patient who is the subscriber is judged as the subscriber."""
    if claim.insured.relationship == "self":
        return
    yield from _name(claim.patient, "patient")
    if claim.patient.birth_date is None:
        yield 0, "The patient's birth date is not known."
    if claim.patient.sex not in _SEXES:
        yield 0, "The patient's sex is not recorded."
    yield from _address(claim.patient.address, "patient")


def _born_later(claim: ClaimContent) -> Faults:
    born = claim.patient.birth_date
    if born is not None and born > claim.service_date:
        yield 0, f"The patient was born on {born:%b %-d, %Y}, after the service on {claim.service_date:%b %-d, %Y}."
    elif born is not None and claim.service_date.year - born.year > 120:
        yield 0, f"The patient would be {claim.service_date.year - born.year} years old."


def _self_differs(claim: ClaimContent) -> Faults:
    one, other = claim.insured.person, claim.patient
    if claim.insured.relationship == "self" and (one.family.upper(), one.birth_date) != (
        other.family.upper(),
        other.birth_date,
    ):
        yield 0, "The coverage says that the patient is the subscriber, but names somebody else."


def _name(person: Human, who: str) -> Faults:
    missing = [word for word, text in (("family", person.family), ("given", person.given)) if not text.strip()]
    if missing:
        yield 0, f"The {who} has no {' and no '.join(missing)} name."


def _address(place: Place, who: str) -> Faults:
    missing = _missing(place)
    if missing:
        yield 0, f"The {who}'s address has no {', no '.join(missing)}."
    elif not _ZIP.fullmatch(place.postal_code):
        yield 0, f"The {who}'s ZIP code, {place.postal_code}, is not five or nine digits."


def _missing(place: Place) -> list[str]:
    parts = (place.line1, place.city, place.state, place.postal_code)
    if all(map(str.strip, parts)):
        return []
    words = ("street", "city", "state", "ZIP code")
    return [word for word, text in zip(words, parts, strict=True) if not text.strip()]


RULES = (
    ScrubRule("billing_name", "error", "practice", "The billing provider is named on every claim.",
              "Complete the practice's name.", _billing_name),
    ScrubRule("billing_npi", "error", "practice", "Payers find the practice by its NPI.",
              "Correct the practice's NPI.", _billing_npi),
    ScrubRule("tax_id", "error", "practice", "Payment is reported under the tax id.",
              "Correct the practice's tax id.", _tax_id),
    ScrubRule("billing_address", "error", "practice", "Payers want a street and a nine-digit ZIP.",
              "Complete the practice's address.", _billing_address),
    ScrubRule("billing_phone", "error", "practice", "The submitter's contact needs a number.",
              "Add the practice's phone number.", _billing_phone),
    ScrubRule("rendering_provider", "error", "superbill", "Payers want to know who rendered the service.",
              "Name the rendering provider on the superbill.", _rendering),
    ScrubRule("rendering_npi", "error", "provider", "Payers find the provider by the NPI.",
              "Correct the provider's NPI.", _rendering_npi),
    ScrubRule("taxonomy_missing", "error", "provider", "This payer tells specialties by taxonomy.",
              "Add the taxonomy code.", _taxonomy),
    ScrubRule("taxonomy_form", "error", "provider", "A taxonomy code has ten characters and ends with X.",
              "Correct the taxonomy code.", _taxonomy_form),
    ScrubRule("member_id", "error", "coverage", "The payer finds the member by the number on the card.",
              "Copy the member id from the card.", _member_id),
    ScrubRule("relationship", "error", "coverage", "The payer must know whose coverage it is.",
              "Choose self, spouse, child or other.", _relationship),
    ScrubRule("subscriber_name", "error", "coverage", "The subscriber is named on every claim.",
              "Complete the subscriber's name.", _subscriber_name),
    ScrubRule("subscriber_birth_date", "error", "coverage", "Members are told apart by birth date.",
              "Add the subscriber's birth date.", _subscriber_birth),
    ScrubRule("subscriber_sex", "error", "coverage", "The claim carries the subscriber's sex.",
              "Record the subscriber's sex, or unknown.", _subscriber_sex),
    ScrubRule("subscriber_address", "error", "coverage", "The claim carries the subscriber's address.",
              "Complete the subscriber's address.", _subscriber_address),
    ScrubRule("patient_identity", "error", "patient", "A dependent is named in full.",
              "Complete the patient's registration.", _patient),
    ScrubRule("patient_birth_date", "error", "patient", "Nobody is treated before birth.",
              "Correct the birth date or the date of service.", _born_later),
    ScrubRule("self_differs", "error", "coverage", "A patient who is the subscriber has the same name.",
              "Correct the relationship or the subscriber.", _self_differs),
)  # fmt: skip
