"""Whether the record shows what the rows say: claims, decisions, remittances, charges, invoices, accounts, eligibility.

What differs was written past the commands, or by a version that showed less. ``chartdesk project`` mends it.
"""

from __future__ import annotations

from chartdesk.record import projected
from chartdesk.record.access import Role, Subject
from chartdesk.record.projected import Report

#: Rows of each type that a quick look compares.
SAMPLE = 50


def agreement(subject: Subject, *, sample: int = SAMPLE) -> list[Report]:
    """For each type, how the newest ``sample`` rows compare with the resources that show them."""
    subject.require(Role.MANAGER)
    return [projected.sample(subject, type, sample) for type in projected.types()]
