"""Segments of what we send, from plain data (HL7 v2.5.1, chapters 2, 3, 6, 10). Pure: nothing is looked up here.

Fields are written by their numbers. Where a list is whole and empty (no contacts, no insurance), one segment says so
with the two quotation marks that delete.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from chartdesk.pms.coverage.cards import CoverageView
from chartdesk.pms.coverage.models import Payer
from chartdesk.pms.registration.people import Address, Contact, Guarantor, Person
from chartdesk.record.identities.identifiers import NPI, Identifier
from chartdesk.standards.hl7v2.datatypes import CWE, CX, EI, FN, HD, PL, SAD, XAD, XCN, XON, XPN, XTN
from chartdesk.standards.hl7v2.escapes import escape
from chartdesk.standards.hl7v2.message import NULL
from chartdesk.standards.hl7v2.separators import STANDARD
from chartdesk.standards.hl7v2.times import written

VERSION = "2.5.1"
ALERT = "ZAL"
APPLICATION = "CHARTDESK"
NPI_OID = "2.16.840.1.113883.4.6"
SEXES = {"female": "F", "male": "M", "other": "O", "unknown": "U"}
#: HL7 table 0063 for who pays, and for what the insured is to the patient.
GUARANTORS = {"self": "SEL", "parent": "PAR", "spouse": "SPO", "other": "OTH"}
INSURED = {"self": "SEL", "spouse": "SPO", "child": "CHD", "other": "OTH"}
_US_PHONE = re.compile(r"\+1(\d{3})(\d{3})(\d{4})(?:;ext=(\d+))?")


@dataclass(frozen=True)
class Envelope:
    """Who sends to whom, and when it happened. ``receiver`` is application and facility."""

    sender: str
    receiver: tuple[str, str]
    at: datetime
    control_id: str


def segment(name: str, fields: Mapping[int, str]) -> str:
    """A segment of raw field texts by their numbers."""
    last = max((number for number, text in fields.items() if text), default=0)
    return "|".join([name, *(fields.get(number, "") for number in range(1, last + 1))])


def message(envelope: Envelope, kind: str, structure: str, segments: Iterable[str]) -> bytes:
    """A whole message of ``kind`` (``ADT^A04``), in UTF-8."""
    header = segment(
        "MSH",
        {
            1: STANDARD.encoding,
            2: APPLICATION,
            3: text(envelope.sender),
            4: text(envelope.receiver[0]),
            5: text(envelope.receiver[1]),
            6: stamp(envelope.at),
            8: f"{kind}^{structure}",
            9: envelope.control_id,
            10: "P",
            11: VERSION,
            17: "UNICODE UTF-8",
        },
    )
    return ("\r".join([header, *segments]) + "\r").encode()


def evn(event: str, envelope: Envelope) -> str:
    """What happened, and when."""
    return segment("EVN", {1: event, 2: stamp(envelope.at)})


def text(value: str) -> str:
    """A text, escaped."""
    return escape(value, STANDARD)


def stamp(at: datetime) -> str:
    """A moment to a tenth of a millisecond, so that what happened later always shows it."""
    utc = at.astimezone(UTC)
    return f"{utc:%Y%m%d%H%M%S}.{utc.microsecond // 100:04d}+0000"


def moment(at: datetime | None) -> str:
    """A time to the second; empty for none."""
    return written(at.astimezone(UTC).replace(microsecond=0)) if at else ""


def cx(number: Identifier) -> str:
    """An identifier with who assigned it."""
    return CX(id=number.value, authority=authority(number.authority), type=number.type).er7()


def cxs(numbers: Iterable[Identifier]) -> str:
    """Several."""
    return "~".join(cx(one) for one in numbers)


def ei(number: Identifier) -> str:
    """A number that a system gave."""
    return EI(id=number.value, namespace=number.authority).er7()


def authority(name: str) -> HD:
    """Who assigns."""
    return HD(NPI, NPI_OID, "ISO") if name == NPI else HD(name)


def xpn(person: Person, kind: str = "L") -> str:
    """A person's name."""
    return XPN(
        family=FN(person.family),
        given=person.given,
        middle=person.middle,
        suffix=person.suffix,
        type=kind,
    ).er7()


def xad(address: Address, kind: str = "H") -> str:
    """Where somebody lives, or does business (type B)."""
    if address == Address():
        return ""
    return XAD(
        street=SAD(address.line1),
        other=address.line2,
        city=address.city,
        state=address.state,
        postal_code=address.postal_code,
        country="USA",
        type=kind,
    ).er7()


def xtn(number: str, use: str, equipment: str) -> str:
    """A telephone number: as people write it, and in parts."""
    if not number:
        return ""
    found = _US_PHONE.fullmatch(number)
    if found is None:
        return XTN(number=number, use=use, equipment=equipment).er7()
    area, first, last, extension = found.groups()
    shown = f"({area}){first}-{last}" + (f"X{extension}" if extension else "")
    return XTN(shown, use, equipment, "", "1", area, f"{first}{last}", extension or "").er7()


def home_phones(person: Person) -> str:
    """PID-13: at home, on the way, and by mail."""
    mail = XTN(use="NET", equipment="Internet", email=person.email).er7() if person.email else ""
    every = (xtn(person.phone_home, "PRN", "PH"), xtn(person.phone_mobile, "PRN", "CP"), mail)
    return "~".join(one for one in every if one)


def pid(numbers: Sequence[Identifier], person: Person, *, died: str = "", whole: bool = True) -> str:
    """The patient. With ``whole`` what is not known is deleted at the receiver, else it is left empty."""

    def said(value: str) -> str:
        return value or (NULL if whole else "")

    names = [xpn(person)]
    if person.preferred:
        names.append(xpn(Person(family=person.family, given=person.preferred), "N"))
    return segment(
        "PID",
        {
            1: "1",
            3: cxs(numbers),
            5: "~".join(names),
            7: said(written(person.birth_date) if person.birth_date else ""),
            8: SEXES.get(person.sex, "U"),
            10: said(CWE(text=person.race).er7()),
            11: said(xad(person.address)),
            13: said(home_phones(person)),
            14: said(xtn(person.phone_work, "WPN", "PH")),
            15: said(text(person.language)),
            16: said(text(person.marital_status)),
            19: said(text(person.ssn)),
            22: said(CWE(text=person.ethnicity).er7()),
            29: died,
            30: "Y" if died else "",
        },
    )


def nk1(contacts: Sequence[Contact]) -> list[str]:
    """Whom to call."""
    if not contacts:
        return [segment("NK1", {1: "1", 2: NULL})]
    return [
        segment(
            "NK1",
            {
                1: str(number),
                2: XPN(family=FN(one.name)).er7(),
                3: CWE(text=one.relationship).er7(),
                5: xtn(one.phone, "PRN", "PH"),
                7: "C^Emergency Contact^HL70131",
            },
        )
        for number, one in enumerate(contacts, 1)
    ]


def gt1(guarantor: Guarantor, patient: Person, numbers: Sequence[Identifier]) -> str:
    """Who pays what the patient owes, under ``numbers``."""
    person = guarantor.person or patient
    return segment(
        "GT1",
        {
            1: "1",
            2: cxs(numbers),
            3: xpn(person),
            5: xad(person.address),
            6: home_phones(person),
            7: xtn(person.phone_work, "WPN", "PH"),
            8: written(person.birth_date) if person.birth_date else "",
            9: SEXES.get(person.sex, "U"),
            11: f"{GUARANTORS.get(guarantor.relationship, 'OTH')}^^HL70063",
            12: text(person.ssn),
        },
    )


def alert(words: str) -> str:
    """The front desk's alert about the patient, which no segment of the standard is for: one of our own."""
    return segment(ALERT, {1: "1", 2: text(words) or NULL})


def in1(policies: Sequence[CoverageView], payer_authority: str, payers: Mapping[str, Payer] | None = None) -> list[str]:
    """The insurance, first to pay first; ``payers`` by their electronic numbers say where the companies are."""
    if not policies:
        return [segment("IN1", {1: "1", 2: NULL})]
    known = payers or {}
    shared = "CO" if len(policies) > 1 else ""
    return [
        _in1(number, one, payer_authority, known.get(one.payer_id), shared) for number, one in enumerate(policies, 1)
    ]


def _in1(number: int, one: CoverageView, payer_authority: str, payer: Payer | None, shared: str) -> str:
    insured = one.subscriber
    place = Address(payer.line1, payer.line2, payer.city, payer.state, payer.postal_code) if payer else Address()
    return segment(
        "IN1",
        {
            1: str(number),
            2: CWE(code=one.plan_name or one.payer_name, text=one.plan_name).er7(),
            3: CX(id=one.payer_id, authority=HD(payer_authority)).er7(),
            4: XON(name=one.payer_name).er7(),
            5: xad(place, "B"),
            7: xtn(payer.phone, "WPN", "PH") if payer else "",
            8: text(one.group_number),
            11: XON(name=one.employer).er7() or NULL,
            12: written(one.effective) if one.effective else "",
            13: written(one.ends) if one.ends else "",
            15: text(one.filing_indicator),
            16: xpn(insured),
            17: f"{INSURED.get(one.relationship, 'OTH')}^^HL70063",
            18: written(insured.birth_date) if insured.birth_date else "",
            19: xad(insured.address),
            20: "Y",
            21: shared,
            22: str(one.rank),
            27: "Y",
            36: text(one.member_id),
            43: SEXES.get(insured.sex, "U"),
            49: CX(id=one.member_id).er7(),
        },
    )


def xcn(numbers: Sequence[Identifier], family: str, given: str) -> str:
    """A provider under each of their numbers, the NPI first."""
    ordered = sorted(numbers, key=lambda one: one.authority != NPI)
    return "~".join(
        XCN(
            id=one.value, family=FN(family), given=given, authority=authority(one.authority),
            type="NPI" if one.authority == NPI else one.type,
        ).er7()
        for one in ordered
    )  # fmt: skip


def place(site: Identifier | None, room: str, name: str, place_of_service: str = "") -> str:
    """Where: our number of the site, the room, the site's name. The place of service (CMS) stands as the type."""
    if site is None and not room and not name:
        return ""
    return PL(
        point_of_care=site.value if site else "",
        room=room,
        facility=HD(site.authority if site else ""),
        type=place_of_service,
        description=name,
    ).er7()


def placed(location: str, place_of_service: str) -> str:
    """A place with another place of service: of a visit, not of its site."""
    parts = location.split("^")
    parts += [""] * (6 - len(parts))
    parts[5] = place_of_service
    return "^".join(parts).rstrip("^")


def pv1(
    *,
    location: str = "",
    attending: str = "",
    referring: str = "",
    number: str = "",
    arrived: datetime | None = None,
    departed: datetime | None = None,
) -> str:
    """The visit, always an outpatient's."""
    return segment(
        "PV1",
        {
            1: "1",
            2: "O",
            3: location,
            7: attending,
            8: referring,
            19: number,
            44: moment(arrived),
            45: moment(departed),
        },
    )
