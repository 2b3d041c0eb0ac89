"""The practice's own Organization: what other resources refer to, kept like the practice's facts.

The Organization may hold more than the practice's page knows of, brought by other programs: that stays.
"""

from __future__ import annotations

import msgspec

from chartdesk.record import rules, store
from chartdesk.record.access.models import Practice
from chartdesk.record.access.subject import Subject
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4

_NPI, _EIN = "http://hl7.org/fhir/sid/us-npi", "urn:oid:2.16.840.1.113883.4.4"


def follow(subject: Subject, practice: Practice) -> None:
    """Bring the Organization to the practice's facts; where there is none yet, it is written when it is needed.

    Inside the transaction that changed them.
    """
    if not practice.organization:
        return
    with rules.trusted():
        found = store.lock(subject, "Organization", practice.organization)
        old = found[1].resource if found is not None and not found[1].deleted else r4.Organization(active=True)
        assert isinstance(old, r4.Organization)
        new = with_facts(msgspec.structs.replace(old, id=practice.organization), practice)
        if fhir.encode(new) != fhir.encode(old):
            store.put(subject, new, why="the practice's facts")


def with_facts(organization: r4.Organization, practice: Practice) -> r4.Organization:
    """The Organization with the practice's name, numbers, phone and address; whatever else it holds stays."""
    numbers = [(_NPI, practice.npi), (_EIN, practice.tax_id)]
    phone = [r4.ContactPoint(system="phone", value=practice.phone, use="work")] if practice.phone else []
    lines = [line for line in (practice.line1, practice.line2) if line]
    address = r4.Address(
        line=lines,
        city=practice.city or None,
        state=practice.state or None,
        postalCode=practice.postal_code or None,
        country="US",
    )
    return msgspec.structs.replace(
        organization,
        name=practice.name,
        identifier=[
            *(r4.Identifier(system=system, value=value) for system, value in numbers if value),
            *(one for one in organization.identifier if one.system not in (_NPI, _EIN)),
        ],
        telecom=[*phone, *(one for one in organization.telecom if one.system != "phone")],
        address=[address] if lines or practice.city else [],
    )
