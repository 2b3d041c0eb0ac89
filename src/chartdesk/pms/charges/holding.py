"""Holding a superbill: read and locked by whoever changes it."""

from __future__ import annotations

from chartdesk.kit import fetching
from chartdesk.kit.errors import NotFound, Stale
from chartdesk.pms.charges.models import Superbill
from chartdesk.record.access import Subject


def locked(subject: Subject, superbill_id: int, *, version: int | None = None) -> Superbill:
    """The superbill, locked until the transaction ends. Raises NotFound, Stale for an older ``version``."""
    bill = fetching.first(Superbill, "practice = %s AND id = %s FOR UPDATE", [subject.practice, superbill_id])
    if bill is None:
        raise NotFound(f"There is no superbill {superbill_id}.")
    if version is not None and version != bill.version:
        raise Stale("Somebody else changed the superbill.", current=bill.version, cure="Look at it again.")
    return bill
