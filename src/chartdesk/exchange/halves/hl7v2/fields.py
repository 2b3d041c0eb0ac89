"""Fields of messages as plain data: names, addresses, telephones, codes. Pure.

A field that is empty says nothing; one that holds two quotation marks deletes, which is told as an empty value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo

from chartdesk.pms.registration.people import Address, Person
from chartdesk.record.identities.identifiers import NPI, Identifier, authority
from chartdesk.standards.hl7v2.datatypes import CWE, CX, EI, PL, XAD, XCN, XPN, XTN
from chartdesk.standards.hl7v2.message import NULL, Message, Segment
from chartdesk.standards.hl7v2.times import Moment, moment
from chartdesk.standards.x12.npi import is_npi

SEXES = {"F": "female", "M": "male", "O": "other", "A": "other", "U": "unknown", "N": "unknown"}
_NAME_TYPES = ("L", "", "D", "A", "S", "B")


class Saying:
    """What a segment says of a person, field by field: values by the names of ``Person``."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}

    def say(self, segment: Segment, field: int, values: dict[str, object], empty: dict[str, object]) -> None:
        """Take ``values`` where the field says something, ``empty`` where it deletes."""
        raw = segment.raw(field)
        if raw == NULL:
            self.values |= empty
        elif raw:
            self.values |= values

    @property
    def person(self) -> Person:
        """A person of what was said."""
        return Person(**self.values)  # type: ignore[arg-type]


def name(segment: Segment, field: int) -> dict[str, object]:
    """Legal name, and the name that the person goes by (type N)."""
    every = [XPN.read(raw, segment.separators) for raw in segment.repetitions(field) if raw != NULL]
    legal = next((one for one in every if one.type in _NAME_TYPES), None)
    if legal is None:
        return {}
    nick = next((one for one in every if one.type == "N" and one.given), None)
    return {
        "family": legal.family.surname.strip(),
        "given": legal.given.strip(),
        "middle": legal.middle.strip(),
        "suffix": legal.suffix.strip(),
        "preferred": nick.given.strip() if nick else "",
    }


def whole_name(one: XPN) -> str:
    """A name in one line."""
    return " ".join(part for part in (one.given, one.middle, one.family.surname, one.suffix) if part.strip())


def address(segment: Segment, field: int) -> Address:
    """Where the person lives: of several addresses the home, else the first that is not a bad or old one."""
    every = [XAD.read(raw, segment.separators) for raw in segment.repetitions(field)]
    living = [one for one in every if one.type not in ("BA", "B", "F", "N")] or every
    found = next((one for one in living if one.type == "H"), living[0] if living else XAD())
    line = found.street.line or " ".join(part for part in (found.street.number, found.street.street) if part)
    return Address(
        line.strip(), found.other.strip(), found.city.strip(), found.state.strip(), found.postal_code.strip()
    )


def phones(segment: Segment, field: int) -> dict[str, object]:
    """PID-13 and GT1-6: home, mobile and e-mail; the whole field is one list, so what is not in it is not there."""
    found: dict[str, object] = {"phone_home": "", "phone_mobile": "", "email": ""}
    for raw in segment.repetitions(field):
        one = XTN.read(raw, segment.separators)
        slot = _slot(one)
        if slot and not found[slot]:
            found[slot] = one.email or one.number if slot == "email" else number_of(one)
    return found


def phone(segment: Segment, field: int) -> str:
    """The first telephone of a field."""
    raws = [raw for raw in segment.repetitions(field) if raw != NULL]
    return number_of(XTN.read(raws[0], segment.separators)) if raws else ""


def number_of(one: XTN) -> str:
    """A telephone number as it is kept: ``+1`` and ten digits where it is one of the United States."""
    local = "".join(filter(str.isdigit, one.local))
    area = "".join(filter(str.isdigit, one.area))
    country = one.country.lstrip("+0") or "1"
    if len(area) == 3 and len(local) == 7 and country == "1":
        extension = "".join(filter(str.isdigit, one.extension))
        return f"+1{area}{local}" + (f";ext={extension}" if extension else "")
    return (one.number or one.any_text).strip()


def _slot(one: XTN) -> str:
    if one.equipment.upper() in ("INTERNET", "X.400") or one.use == "NET" or "@" in one.number:
        return "email"
    if one.equipment.upper() in ("FX", "MD", "BP"):
        return ""
    return "phone_mobile" if one.equipment.upper() == "CP" or one.use == "PRS" else "phone_home"


def sex(text: str) -> str:
    """Administrative sex, of table 0001."""
    return SEXES.get(text.strip().upper()[:1], "unknown")


def coded(segment: Segment, field: int) -> str:
    """The words of a coded field, else its code."""
    raw = segment.repetitions(field)
    if not raw or raw[0] == NULL:
        return ""
    found = CWE.read(raw[0], segment.separators)
    return (found.text or found.code).strip()


def code(segment: Segment, field: int) -> str:
    """The code of a coded field."""
    found = segment.get(field, 1, 1)
    return "" if found == NULL else found.strip()


def day(segment: Segment, field: int) -> date | None:
    """The date of a time. Raises Unreadable."""
    found = moment(segment.get(field, 1, 1), f"{segment.name}-{field}")
    return found.day if found else None


def at(segment: Segment, field: int, zone: tzinfo, component: int = 1) -> datetime | None:
    """A moment; one that names no offset is in ``zone``. Raises Unreadable."""
    found = moment(segment.get(field, component, 1), f"{segment.name}-{field}", zone)
    return found.at if found else None


def happened(message: Message, zone: tzinfo) -> datetime | None:
    """When the event happened: EVN-2, else MSH-7, which also counts where EVN-2 says only a day. Raises Unreadable."""
    event = message.first("EVN")
    said: list[Moment] = []
    for segment, field in ((event, 2), (message.header, 7)):
        found = moment(segment.get(field, 1, 1), f"{segment.name}-{field}", zone) if segment is not None else None
        if found is not None:
            said.append(found)
    exact = [one for one in said if one.precision not in ("year", "month", "day")]
    return (exact or said)[0].at if said else None


# Numbers ---------------------------------------------------------------------------------------------


def identifiers(segment: Segment | None, field: int, default: str) -> list[Identifier]:
    """CX of a field, as our kind of identifier; ``default`` is who assigned one that does not say."""
    if segment is None:
        return []
    found = [CX.read(raw, segment.separators) for raw in segment.repetitions(field) if raw != NULL]
    return [
        Identifier(
            authority(one.authority.namespace, one.authority.universal_id, default=default),
            one.id.strip(),
            one.type.strip(),
        )
        for one in found
        if one.id.strip()
    ]


def entity(segment: Segment, field: int, default: str) -> list[Identifier]:
    """EI of a field."""
    found = [EI.read(raw, segment.separators) for raw in segment.repetitions(field) if raw != NULL]
    return [
        Identifier(authority(one.namespace, one.universal_id, default=default), one.id.strip())
        for one in found
        if one.id.strip()
    ]


def providers(segment: Segment, field: int, default: str) -> tuple[list[Identifier], str]:
    """XCN of a field: every number, and the name. A bare number that is a valid NPI counts as one too."""
    numbers: list[Identifier] = []
    shown = ""
    for raw in segment.repetitions(field):
        if raw == NULL:
            continue
        one = XCN.read(raw, segment.separators)
        value = one.id.strip()
        shown = shown or " ".join(part for part in (one.given, one.family.surname) if part)
        if not value:
            continue
        named = authority(one.authority.namespace, one.authority.universal_id)
        if named == NPI or one.type == "NPI":
            numbers.append(Identifier(NPI, value, "NPI"))
            continue
        if not named and is_npi(value):
            numbers.append(Identifier(NPI, value, "NPI"))
        numbers.append(Identifier(named or default, value, one.type))
    return numbers, shown


def scheduled(segment: Segment, field: int, default: str) -> tuple[list[Identifier], str]:
    """Who is seen where a field is no XCN but CE: AIG-3, whatever has a schedule."""
    raws = [raw for raw in segment.repetitions(field) if raw != NULL]
    found = CWE.read(raws[0], segment.separators) if raws else CWE()
    value = found.code.strip()
    if not value:
        return [], found.text
    named = authority(found.system)
    if named == NPI or (not named and is_npi(value)):
        return [Identifier(NPI, value, "NPI")], found.text
    return [Identifier(default if named in ("", "L", "99ZZZ") else named, value)], found.text


def place(segment: Segment, field: int, default: str) -> tuple[list[Identifier], PL]:
    """PL of a field: the number of the site, and the rest."""
    raws = [raw for raw in segment.repetitions(field) if raw != NULL]
    found = PL.read(raws[0], segment.separators) if raws else PL()
    named = authority(found.facility.namespace, found.facility.universal_id, default=default)
    return ([Identifier(named, found.point_of_care)] if found.point_of_care else []), found


def distinct(numbers: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """Each number once, in order."""
    found: dict[tuple[str, str], Identifier] = {}
    for one in numbers:
        found.setdefault(one.key, one)
    return tuple(found.values())


def sections(message: Message, first: str, *others: str) -> list[list[Segment]]:
    """Groups of segments that begin with ``first``; ``others`` belong to the group before them."""
    groups: list[list[Segment]] = []
    for segment in message:
        if segment.name == first:
            groups.append([segment])
        elif groups and segment.name in others:
            groups[-1].append(segment)
    return groups


def only(found: Sequence[Segment]) -> Segment | None:
    """The first, or None."""
    return found[0] if found else None
