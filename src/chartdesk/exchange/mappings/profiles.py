"""What a practice or a partner may say about a conversion, beside the tables: the options, the rows and the codes."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from chartdesk.exchange.mappings.tables import Code, Row

Name = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$")]

#: What a message says of itself and of its way rather than of the patient.
ABOUT_THE_MESSAGE = ("MessageHeader", "Provenance", "Device")


class OwnRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A partner's row of a map. It replaces the published row from the same source to the same target.

    ``replaces``: every row to that target makes way, from wherever. ``drop``: it only makes them go.
    """

    target: str
    source: str = ""
    via: str = ""
    codes: str = ""
    fixed: str = ""
    when: str = ""
    replaces: bool = False
    drop: bool = False

    def row(self, origin: str) -> Row:
        """The row as the compiler takes it."""
        return Row(self.target, self.source, self.via, self.codes, self.fixed, self.when, origin)


class Choices(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What may be chosen about a conversion.

    ``authorities`` and ``systems`` give the FHIR address of an assigning authority (by its name or OID) and of a code
    system (by its name in table 0396). ``maps`` are rows by map (``PID[Patient]``), ``codes`` translations by table.
    """

    #: Zone of times that name none, such as America/New_York.
    zone: str = "UTC"
    us: bool = True
    authorities: dict[str, str] = {}
    systems: dict[str, str] = {}
    #: What the severity of an allergy says: how it went (AL1-4 as the reaction's), or how dangerous it is.
    severity: Literal["reaction", "criticality"] = "reaction"
    #: Whether a location is one resource, or one for each of bed, room, floor, building and facility.
    locations: Literal["one", "chain"] = "one"
    #: Whether next of kin become contacts of the patient, persons of their own, or both.
    relatives: Literal["contacts", "persons", "both"] = "contacts"
    #: Whether the parts of a phone number stand beside it, as extensions.
    phone_parts: bool = False
    #: Types of resources that are not made.
    without: tuple[str, ...] = ABOUT_THE_MESSAGE
    maps: dict[str, list[OwnRow]] = {}
    codes: dict[str, dict[str, Code]] = {}


class Profile(Choices, frozen=True):
    """How messages of one partner become FHIR."""

    name: Name = "guide"


#: What Chartdesk takes into its record.
RECORD = Profile(name="record")
#: All that the tables say.
WHOLE = Profile(name="whole", without=(), locations="chain", relatives="both", phone_parts=True)
