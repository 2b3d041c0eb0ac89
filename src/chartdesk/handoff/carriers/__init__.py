"""Carriers: how a message gets to the other half.

What a half that runs here is told goes to it ``in_process``. Where the other half is elsewhere (the practice's mode),
what it is told goes by the carrier that the practice names in its setting ``handoff_carrier``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from chartdesk.handoff.carriers.in_process import InProcess
from chartdesk.handoff.contract import TO_EHR, TO_PMS, Message
from chartdesk.kit.errors import Invalid
from chartdesk.record.access import Subject, modes
from chartdesk.record.access.people import practice_of

SETTING = "handoff_carrier"
#: What is said to a half that runs here, by the practice's mode. A carrier that is named counts for all else.
_HERE = {modes.UNIFIED: frozenset[str](), modes.PMS: frozenset({TO_PMS}), modes.EHR: frozenset({TO_EHR})}


class Carrier(Protocol):
    """Takes messages to the other half.

    ``carry`` runs in the transaction of the delivery: what it writes here takes effect once, together with
    the message log. A carrier that talks to the outside must therefore only queue here, and send by that
    queue. It returns the state of the message afterwards: ``delivered``, ``waiting``, or ``dropped`` where nothing is
    there any more to tell of.
    """

    def carry(self, subject: Subject, message: Message) -> str:
        """Take one message; messages of one patient come in their order."""
        ...


@runtime_checkable
class CarriesMany(Protocol):
    """A carrier that takes many messages at once faster than one by one."""

    def carry_many(self, subject: Subject, messages: Sequence[Message]) -> list[str]:
        """Take messages, each of another patient; the state of each afterwards."""
        ...


def carry_many(carrier: Carrier, subject: Subject, messages: Sequence[Message]) -> list[str]:
    """Give messages, each of another patient, to a carrier; the state of each afterwards."""
    if isinstance(carrier, CarriesMany):
        return carrier.carry_many(subject, messages)
    return [carrier.carry(subject, message) for message in messages]


_carriers: dict[str, Carrier] = {"in_process": InProcess()}


def register(name: str, carrier: Carrier) -> None:
    """Make a carrier known under the name that practices set."""
    _carriers[name] = carrier


def carrier_for(practice: int, direction: str = TO_EHR) -> tuple[str, Carrier]:
    """Name and carrier of what a practice's other half is told. Raises Invalid when its setting names one unknown."""
    here = _HERE[modes.mode_of(practice)]
    name = "in_process" if direction in here else practice_of(practice).settings.get(SETTING) or "in_process"
    found = _carriers.get(name)
    if found is None:
        known = ", ".join(sorted(_carriers))
        raise Invalid(f"The practice's {SETTING} is {name!r}.", where=SETTING, cure=f"Set it to one of: {known}.")
    return name, found
