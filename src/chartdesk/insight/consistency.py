"""Whether what is kept twice agrees: rows and the resources that show them, entries and the sums kept of them.

What differs was written past the commands, or by a version that showed less. ``chartdesk project`` mends both.
"""

from __future__ import annotations

from chartdesk.pms.claims import counting
from chartdesk.pms.ledger import summing
from chartdesk.pms.ledger.summing import Difference
from chartdesk.record import projected
from chartdesk.record.access import Role, Subject
from chartdesk.record.projected import Report

#: Rows of each type that a quick look compares.
SAMPLE = 50


def agreement(subject: Subject, *, sample: int = SAMPLE) -> list[Report]:
    """For each type, how the newest ``sample`` rows compare with the resources that show them."""
    subject.require(Role.MANAGER)
    return [projected.sample(subject, type, sample) for type in projected.types()]


def books(subject: Subject) -> list[Difference]:
    """Where balances and sums of days differ from the entries of the ledger; all of them are looked at."""
    subject.require(Role.MANAGER)
    return summing.differences(subject)


def counts(subject: Subject) -> list[counting.Difference]:
    """Where the counts of claims by status differ from the claims; all of them are looked at."""
    subject.require(Role.MANAGER)
    return counting.differences(subject)
