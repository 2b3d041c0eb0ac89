"""How a partner writes its messages, where partners differ: the channel's option ``halves``."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from chartdesk.exchange.engine.documents import ChannelDocument
from chartdesk.kit import typed
from chartdesk.kit.errors import Invalid

#: Fields that hold identifiers.
Place = Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9]{2}-\d{1,2}$")]


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where each number stands, and what the partner is to us. Of several places, all that are filled count."""

    #: Whether the partner is the practice's own other half: its charges need nobody to look at them first.
    own_half: bool = False
    #: Who assigned numbers that do not say it; empty: the sending facility, else the sending application.
    authority: str = ""
    patient_numbers: tuple[Place, ...] = ("PID-3",)
    #: The number of a visit, and of the visit that a charge belongs to.
    visit_numbers: tuple[Place, ...] = ("SCH-2", "SCH-1", "PV1-19")
    #: Who is seen, and who rendered a charge (FT1-20 goes first there): the first place that is filled.
    providers: tuple[Place, ...] = ("AIP-3", "PV1-7", "AIG-3")
    #: The payer's number in IN1-3 is its electronic number, whoever it names as authority.
    payer_numbers: bool = True
    #: Whether the insurance in a message is all that the patient has.
    whole_insurance: bool = True
    #: Words of SCH-25 beside the usual ones: the partner's word → booked, confirmed, arrived, roomed, departed,
    #: cancelled, noshow.
    statuses: dict[str, str] = {}


def options_of(channel: ChannelDocument) -> Options:
    """The options of a channel. Raises Invalid."""
    return read(channel.options.get("halves", {}))


def read(plain: dict[str, Any]) -> Options:
    """Options from plain data. Raises Invalid with the place of what is wrong."""
    try:
        return typed.convert(plain, Options)
    except msgspec.ValidationError as fault:
        raise Invalid(f"The option halves is not right: {fault}.", where="options.halves") from None
