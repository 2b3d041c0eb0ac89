"""What a claim says in each place of the CMS-1500, six service lines a form.

A claim with more lines takes more forms; each stands alone, with the total of its own lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from chartdesk.kit.errors import Invalid
from chartdesk.kit.money import ZERO, total
from chartdesk.pms.claims import told
from chartdesk.pms.claims.content import ClaimContent, Human, Insured, Line, Place, Prior
from chartdesk.pms.claims.paper import circumstances
from chartdesk.pms.claims.paper.boxes import FIELDS, ROWS

#: Item 1 by the payer's kind (SBR09); others are a group plan where there is a group, else "other". The box FECA is of
#: the federal employees' program; workers' compensation of a state, car and liability insurance are "other".
_KINDS = {
    "MB": "medicare", "MC": "medicaid", "CH": "tricare", "VA": "champva", "WC": "other", "AM": "other", "LM": "other",
}  # fmt: skip
_ON_FILE = "SIGNATURE ON FILE"
#: Numbers that may not be cut: (place, what it is).
_WHOLE = {
    "1a": "the insured's number", "22": "the payer's number of the first claim", "23": "the authorization number",
    "26": "the claim's number", "28": "the total", "29": "what was paid before", "25": "the tax number",
    "11b": "the insurer's number of the case",
}  # fmt: skip
#: Marks that the form takes.
_TAKEN = re.compile(r"[^A-Z0-9 ,#/&'-]+")

Values = dict[str, str]


def forms(content: ClaimContent, on: date) -> list[Values]:
    """The forms of a claim, signed ``on`` a day: place → text, in capitals.

    Raises Invalid for a number that its place cannot hold, and for an institutional claim.
    """
    if content.institutional is not None:
        raise Invalid(
            f"Claim {content.number} is an institutional one, which a CMS-1500 cannot say.",
            cure="Send it electronically: untick that the payer takes paper only.",
            where="form",
        )
    chunks = [content.lines[at : at + ROWS] for at in range(0, max(len(content.lines), 1), ROWS)]
    made = []
    for place, chunk in enumerate(chunks):
        values = dict(_whole(content)) | dict(_rows(content, chunk)) | {"31 date": f"{on:%m %d %Y}"}
        values |= _money(content, chunk, first=place == 0)
        made.append({name: _fitted(name, text, content.number) for name, text in values.items() if text})
    return made


def _fitted(name: str, text: str, claim: str) -> str:
    """The text in the form's letters, no longer than its place; a number that does not fit is refused."""
    width = FIELDS[name].width
    # Money keeps the space between dollars and cents, and a claim number its letters; all else is capitals.
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().upper()
    plain = _TAKEN.sub(" ", plain).replace(" ,", ",").strip()
    if len(plain) > width and (name in _WHOLE or name.startswith(("24F", "24G"))):
        what = _WHOLE.get(name, "an amount")
        raise Invalid(
            f"Claim {claim}: {what}, {plain}, is longer than the {width} characters of item {name}.",
            cure="Send the claim electronically, or shorten the number.",
            where=name,
        )
    return plain[:width].strip()


def _whole(content: ClaimContent) -> Iterator[tuple[str, str]]:
    """Everything but the service lines and the sums."""
    yield from _payer(content)
    yield from _people(content)
    other = content.prior[-1] if content.prior else None
    yield from _other(content, other)
    yield from circumstances.boxes(content)
    yield "20 no", "X"
    yield "12", _ON_FILE
    yield "13", _ON_FILE
    yield "21 version", "0"
    for letter, code in zip("ABCDEFGHIJKL", content.diagnoses, strict=False):
        yield f"21 {letter}", code.replace(".", "")
    if content.frequency != "1":
        yield "22 code", content.frequency
        yield "22", content.payer_claim_number
    yield "23", content.prior_authorization or content.referral_number
    yield from _providers(content)


def _payer(content: ClaimContent) -> Iterator[tuple[str, str]]:
    payer = content.payer
    lines = [payer.name, payer.address.line1, payer.address.line2, _town(payer.address)]
    for place, text in enumerate([one for one in lines if one][:4], start=1):
        yield f"payer {place}", text
    kind = _KINDS.get(payer.filing_indicator) or ("group" if content.insured.group_number else "other")
    yield f"1 {kind}", "X"
    yield "1a", content.insured.member_id.replace("-", "")


def _people(content: ClaimContent) -> Iterator[tuple[str, str]]:
    patient, insured = content.patient, content.insured
    yield "2", _name(patient)
    yield from _born("3", patient)
    yield from _address("5", patient.address)
    relation = insured.relationship if insured.relationship in ("self", "spouse", "child") else "other"
    yield f"6 {relation}", "X"
    yield "4", _name(insured.person)
    yield from _address("7", insured.person.address if insured.person.address.line1 else patient.address)
    # Medicare that pays first has no policy before it, and says so.
    first_medicare = content.payer.filing_indicator == "MB" and content.rank == 1
    # Insurers of accidents know a policy, and no group.
    policy = insured.group_number or (insured.member_id if told.casualty(content) else "")
    yield "11", "NONE" if first_medicare else policy
    for one in told.casualty_number(content):
        yield "11b qualifier", one.qualifier
        yield "11b", one.value
    if not first_medicare:
        yield from _born("11a", insured.person)
        yield "11c", insured.plan_name


def _other(content: ClaimContent, other: Prior | None) -> Iterator[tuple[str, str]]:
    yield ("11d yes" if other else "11d no"), "X"
    if other is not None:
        theirs: Insured = other.insured
        yield "9", _name(theirs.person)
        yield "9a", theirs.group_number or theirs.member_id
        yield "9d", theirs.plan_name or other.payer.name


def _providers(content: ClaimContent) -> Iterator[tuple[str, str]]:
    billing, rendering = content.billing, content.rendering
    yield "25", billing.tax_id.replace("-", "")
    yield "25 ein", "X"
    yield "26", content.number
    yield "27 yes", "X"
    yield "31", f"{rendering.given} {rendering.family}" if rendering else billing.name
    where = content.facility
    name, place = (where.name, where.address) if where else (billing.name, billing.address)
    for line, text in enumerate((name, _street(place), _town(place)), start=1):
        yield f"32 {line}", text
    if where is None:
        yield "32a", billing.npi
    digits = re.sub(r"\D", "", billing.phone)[-10:]
    if len(digits) == 10:
        yield "33 area", digits[:3]
        yield "33 phone", f"{digits[3:6]}-{digits[6:]}"
    for line, text in enumerate((billing.name, _street(billing.address), _town(billing.address)), start=1):
        yield f"33 {line}", text
    yield "33a", billing.npi


def _rows(content: ClaimContent, lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    npi = content.rendering.npi if content.rendering else content.billing.npi
    for number, line in enumerate(lines, start=1):
        served = line.day or content.service_date
        for item in (f"24A.{number}", f"24A to.{number}"):
            yield from _day(item, served, century=False)
        yield f"24B.{number}", content.place_of_service
        yield f"24D.{number}", line.code
        for place, modifier in enumerate(line.modifiers[:4], start=1):
            yield f"24D.{number} {place}", modifier
        yield f"24E.{number}", "".join("ABCDEFGHIJKL"[one - 1] for one in line.pointers[:4] if 0 < one <= 12)
        yield f"24F.{number}", _amount(line.amount)
        yield f"24G.{number}", f"{line.units.normalize():f}".replace(".", " ")
        yield f"24J.{number}", npi


def _money(content: ClaimContent, lines: Sequence[Line], *, first: bool) -> Values:
    """The sum of the form's lines, and what prior payers paid for them; a payment for the whole is on form 1."""
    mine = {line.charge_line for line in lines}
    paid = ZERO
    for prior in content.prior:
        if prior.lines:
            paid += total(one.paid for one in prior.lines if one.charge_line in mine)
        elif first:
            paid += prior.paid
    return {"28": _amount(total(line.amount for line in lines)), "29": _amount(paid) if content.prior else ""}


def _amount(dollars: Decimal) -> str:
    """Dollars, a space for the line that the form has there, cents."""
    whole, _, cents = f"{dollars:.2f}".partition(".")
    return f"{whole} {cents}"


def _name(person: Human) -> str:
    parts = [f"{person.family} {person.suffix}".strip(), person.given, person.middle[:1]]
    return ", ".join(part for part in parts if part)


def _born(item: str, person: Human) -> Iterator[tuple[str, str]]:
    if person.birth_date:
        yield from _day(item, person.birth_date)
    if person.sex in ("male", "female"):
        yield f"{item} {person.sex}", "X"


def _day(item: str, on: date, *, century: bool = True) -> Iterator[tuple[str, str]]:
    yield f"{item} month", f"{on:%m}"
    yield f"{item} day", f"{on:%d}"
    yield f"{item} year", f"{on:%Y}" if century else f"{on:%y}"


def _address(item: str, place: Place) -> Iterator[tuple[str, str]]:
    yield item, _street(place)
    yield f"{item} city", place.city
    yield f"{item} state", place.state
    yield f"{item} zip", _zip(place)


def _street(place: Place) -> str:
    return " ".join(part for part in (place.line1, place.line2) if part)


def _town(place: Place) -> str:
    return f"{place.city} {place.state} {_zip(place)}".strip()


def _zip(place: Place) -> str:
    digits = place.postal_code.replace("-", "")
    return f"{digits[:5]}-{digits[5:]}" if len(digits) == 9 else digits
