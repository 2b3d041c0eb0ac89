"""Facts from outside become commands of the half that runs here.

Many messages are taken at once: patients are found, read, compared and written in a few statements for all of them.
Older news never overwrites newer; what leads to nobody is created, held or refused, as the channel says; a provider
nobody knows is held and never guessed. Schedules, charges and merges go through the commands that people use, and what
those refuse becomes a work item.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from chartdesk.exchange.halves.facts import Fact
from chartdesk.record.access import Subject

CREATE, HOLD, REFUSE = UNKNOWN_PATIENT = ("create", "hold", "refuse")


@dataclass(frozen=True)
class Told:
    """One message: its facts in their order, its number in the log (None: it is not kept there), who sent it."""

    facts: Sequence[Fact]
    message: int | None = None
    #: The authority of the sender, for people and for numbers that name none.
    source: str = ""
    #: What to do about a patient nobody knows: create, hold or refuse.
    unknown_patient: str = CREATE


@dataclass(frozen=True)
class Taken:
    """What came of one message. ``status`` is applied, ignored (older news, nothing new), held or error; ``effects``
    are (reference, version, what was done), such as ``("Patient/1", 3, "amended")``.
    """

    status: str
    reason: str = ""
    effects: list[tuple[str, int, str]] = field(default_factory=list)


def take(subject: Subject, messages: Sequence[Told]) -> list[Taken]:
    """Act on ``messages``, in one transaction, and say what came of each.

    What our own commands refuse is that message's error, and leaves nothing of it behind; faults of the database are
    raised. Messages of one patient take effect in their order.
    """
    raise NotImplementedError
