"""What stands below an EB, in words: whom to ask, for which days, how often, under which number.

Our own short words stand for the codes of NM101, DTP01, REF01, HSD and EB04; a code without words is shown as itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartdesk.standards.x12.codes import benefits, coverage
from chartdesk.standards.x12.eligibility_271.model import Benefit, Delivery
from chartdesk.standards.x12.parties import Contact, Dated, Party

#: Numbers by which a contact is reached (PER03): how each is written.
_REACHED = {"TE": "phone", "WP": "phone", "FX": "fax", "EM": "", "UR": "", "EX": "extension"}
#: HSD05 where HSD06 counts it.
_OVER = {"7": "day", "21": "year", "22": "service year", "23": "calendar year", "34": "month", "35": "week"}
_IDENTIFIED = {"XX": "NPI", "PI": "payer number", "MI": "member number", "NI": "payer number"}


def notes(one: Benefit) -> Iterator[str]:
    """Each thing that stands below an EB, as a few words."""
    if one.insurance_type:
        yield benefits.INSURANCE_TYPES.get(one.insurance_type, f"insurance type {one.insurance_type}")
    for delivery in one.deliveries:
        yield from filter(None, [_delivered(delivery)])
    for held in one.references:
        name = benefits.REFERENCES.get(held.qualifier, f"number {held.qualifier}")
        yield " ".join(filter(None, [name, held.value, held.description]))
    for dated in one.dates:
        yield _dated(dated)
    for role, party in one.entities:
        yield _party(role, party)


def place(code: str) -> str:
    """A place of service with its name."""
    name = benefits.PLACES.get(code, "")
    return f"place of service {code} ({name})" if name else f"place of service {code}"


def _delivered(delivery: Delivery) -> str:
    """HSD: how many of what, in which rhythm and over what time: ``12 visits, 3 per week, for 1 month``."""
    kind, count, unit, rhythm, period, periods, pattern, hours = (delivery.elements + [""] * 8)[:8]
    said = [f"{count} {coverage.QUANTITIES.get(kind, kind)}".strip()] if count else []
    if rhythm or unit:
        said.append(f"{rhythm} per {benefits.UNITS.get(unit, unit) or 'period'}".strip())
    over = coverage.PERIODS.get(period, f"period {period}") if period else ""
    if period in _OVER and periods:
        over = f"for {periods} {_OVER[period]}{'' if periods == '1' else 's'}"
    patterns = [f"pattern {one}" for one in (pattern, hours) if one]
    return ", ".join(filter(None, [f"{', '.join(said)} {over}".strip(), *patterns]))


def _dated(dated: Dated) -> str:
    name = benefits.DATES.get(dated.qualifier, f"date {dated.qualifier}")
    first = f"{dated.start:%b %-d, %Y}"
    return f"{name} {first}" if dated.end is None else f"{name} {first} to {dated.end:%b %-d, %Y}"


def _party(role: str, party: Party) -> str:
    """Whom the payer names: who they are, their number, how they are reached, and where."""
    who = " ".join(filter(None, [party.first, party.middle, party.last, party.suffix]))
    said = [f"{benefits.PARTIES.get(role, f'party {role}')} {who}".strip()]
    if party.id:
        said.append(f"{_IDENTIFIED.get(party.id_qualifier, 'number')} {party.id}")
    for contact in party.contacts:
        said += _reached(contact)
    if party.address is not None:
        at = party.address
        said.append(" ".join(filter(None, [at.line1, at.line2, at.city, at.state, at.postal])))
    return " ".join([said[0], *(f"({one})" for one in [", ".join(filter(None, said[1:]))] if one)])


def _reached(contact: Contact) -> list[str]:
    named = [contact.name] if contact.name else []
    return named + [f"{_REACHED.get(kind, kind)} {value}".strip() for kind, value in contact.numbers]
