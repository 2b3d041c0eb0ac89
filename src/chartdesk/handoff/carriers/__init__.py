"""Carriers: how a message gets to the other half.

A practice that runs both halves here uses ``in_process``. A practice whose other half is another vendor's
names the carrier that speaks to it in its setting ``handoff_carrier``.
"""

from __future__ import annotations

from typing import Protocol

from chartdesk.handoff.carriers.in_process import InProcess
from chartdesk.handoff.contract import Message
from chartdesk.kit.errors import Invalid
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of

SETTING = "handoff_carrier"


class Carrier(Protocol):
    """Takes messages to the other half.

    ``carry`` runs in the transaction of the delivery: what it writes here takes effect once, together with
    the message log. A carrier that talks to the outside must therefore only queue here, and send by that
    queue. It returns the state of the message afterwards, ``delivered`` or ``waiting``.
    """

    def carry(self, subject: Subject, message: Message) -> str:
        """Take one message; messages of one patient come in their order."""
        ...


_carriers: dict[str, Carrier] = {"in_process": InProcess()}


def register(name: str, carrier: Carrier) -> None:
    """Make a carrier known under the name that practices set."""
    _carriers[name] = carrier


def carrier_for(practice: int) -> tuple[str, Carrier]:
    """Name and carrier of a practice. Raises Invalid when its setting names one that is not known."""
    name = practice_of(practice).settings.get(SETTING) or "in_process"
    found = _carriers.get(name)
    if found is None:
        known = ", ".join(sorted(_carriers))
        raise Invalid(f"The practice's {SETTING} is {name!r}.", where=SETTING, cure=f"Set it to one of: {known}.")
    return name, found
