"""Names, addresses, contacts, references and adjustments as segments, both ways."""

from __future__ import annotations

from collections.abc import Iterable

from chartdesk.standards.x12.parties import Address, Adjustment, Contact, Party, Reference
from chartdesk.standards.x12.segments import Loop, Segment, segment
from chartdesk.standards.x12.taking import Taking
from chartdesk.standards.x12.values import decimal_at, dollars_at, number

_NAMED = {"TE": "phone", "EX": "extension", "FX": "fax", "EM": "email"}


def nm1(role: str, party: Party) -> Segment:
    """The NM1 of a party in a role (NM101)."""
    qualifier = party.id_qualifier if party.id else ""
    kind = "1" if party.person else "2"
    return segment(
        "NM1",
        role,
        kind,
        party.last,
        party.first,
        party.middle,
        party.prefix,
        party.suffix,
        qualifier,
        party.id,
    )


def party_of(name: Segment) -> Party:
    """The party that an NM1 names."""
    return Party(
        last=name[3],
        first=name[4],
        middle=name[5],
        prefix=name[6],
        suffix=name[7],
        person=name[2] == "1",
        id_qualifier=name[8],
        id=name[9],
    )


def party_segments(role: str, party: Party, provider: str = "PE") -> list[Segment]:
    """NM1 with address, specialty (PRV01 ``provider``), references and contacts, where there are any."""
    specialty = [segment("PRV", provider, "PXC", party.taxonomy)] if party.taxonomy else []
    return [
        nm1(role, party),
        *address_segments(party.address),
        *specialty,
        *(reference_segment(one) for one in party.references),
        *(contact_segment(one) for one in party.contacts),
        *party.extras,
    ]


def whole_party(loop: Loop, provider: str = "PE") -> Party:
    """The party of a loop that holds nothing else; what has no field of its own travels in ``extras``."""
    taking = Taking(loop)
    party = take_party(taking, provider=provider)
    party.extras = list(taking.segments)
    return party


def take_party(taking: Taking, *roles: str, provider: str = "PE") -> Party:
    """The party of a loop: its NM1 of one of those roles and what belongs to it. A specialty is taken only
    where it is the party's own (PRV01 ``provider``)."""
    party = party_of(taking.one("NM1", *roles))
    party.address = take_address(taking)
    specialty = next((one for one in taking.segments if one.tag == "PRV"), None)
    if specialty is not None and (specialty[1], specialty[2]) == (provider, "PXC"):
        taking.one("PRV")
        party.taxonomy = specialty[3]
    party.references = take_references(taking)
    party.contacts = [contact_of(one) for one in taking.every("PER")]
    return party


def address_segments(address: Address | None) -> list[Segment]:
    """N3 and N4, each where there is something to say."""
    if address is None:
        return []
    made = [
        segment("N3", address.line1, address.line2),
        segment("N4", address.city, address.state, address.postal, address.country, "", "", address.subdivision),
    ]
    return [one for one in made if len(one.elements) > 1]


def take_address(taking: Taking) -> Address | None:
    """The address of a loop, None where it has neither N3 nor N4."""
    street, city = taking.one("N3"), taking.one("N4")
    if not street.tag and not city.tag:
        return None
    return Address(
        line1=street[1],
        line2=street[2],
        city=city[1],
        state=city[2],
        postal=city[3],
        country=city[4],
        subdivision=city[7],
    )


def reference_segment(reference: Reference) -> Segment:
    """The REF of a reference."""
    other = ("2U", reference.payer) if reference.payer else ""
    return segment("REF", reference.qualifier, reference.value, reference.description, other)


def reference_of(source: Segment) -> Reference:
    """The reference of a REF."""
    return Reference(qualifier=source[1], value=source[2], description=source[3], payer=source.part(4, 2))


def take_references(taking: Taking) -> list[Reference]:
    """Every reference of a loop that has not been taken by name."""
    return [reference_of(one) for one in taking.every("REF")]


def contact_segment(contact: Contact) -> Segment:
    """The PER of a contact."""
    numbers = contact.numbers or [
        (qualifier, getattr(contact, name)) for qualifier, name in _NAMED.items() if getattr(contact, name)
    ]
    return segment("PER", contact.function, contact.name, *(text for pair in numbers[:3] for text in pair))


def contact_of(source: Segment) -> Contact:
    """The contact of a PER."""
    numbers = [(source[n], source[n + 1]) for n in (3, 5, 7) if source[n]]
    contact = Contact(function=source[1], name=source[2], numbers=numbers)
    for qualifier, value in numbers:
        if qualifier in _NAMED:
            setattr(contact, _NAMED[qualifier], value)
    return contact


def adjustment_segments(adjustments: Iterable[Adjustment]) -> list[Segment]:
    """CAS segments: neighbors of one group share a segment, six reasons to each."""
    made: list[Segment] = []
    held: list[Adjustment] = []
    for one in adjustments:
        if held and (held[0].group != one.group or len(held) == 6):
            made.append(_cas(held))
            held = []
        held.append(one)
    return [*made, _cas(held)] if held else made


def _cas(held: list[Adjustment]) -> Segment:
    values = [text for one in held for text in (one.reason, number(one.amount), number(one.quantity))]
    return segment("CAS", held[0].group, *values)


def take_adjustments(taking: Taking) -> list[Adjustment]:
    """Every adjustment of a loop's CAS segments, in order."""
    return [
        Adjustment(group=cas[1], reason=cas[n], amount=dollars_at(cas, n + 1), quantity=decimal_at(cas, n + 2))
        for cas in taking.every("CAS")
        for n in range(2, 20, 3)
        if cas[n]
    ]
