"""Carrying what came in under an old id after the merge.

A transaction that began before the merge may write for the old patient when the merge is through, and another process
learns of the merge up to ``aliases.LIFETIME`` later. So each merge is looked at again by the worker until nothing can
come in any more: it is some minutes old, and every event that was announced for the old patient has been delivered.
"""

from __future__ import annotations

from datetime import timedelta

from chartdesk.kit import clock
from chartdesk.kit.models import OutboxDelivery
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.record.access.subject import Subject
from chartdesk.record.merging import moving
from chartdesk.record.merging.models import Merge

#: A transaction is over by then, and a process knows.
LONG_ENOUGH = timedelta(minutes=5)


def sweep(subject: Subject) -> int:
    """Look at every merge of the practice that is not settled; how many late resources and rows were carried."""
    late = 0
    waiting = Merge.objects.filter(practice=subject.practice, state="merged", settled=None).order_by("pk")
    with transaction(subject):
        numbers = list(waiting.values_list("pk", flat=True))
    for number in numbers:
        with transaction(subject):
            advisory_lock("merge", subject.practice)
            merge = waiting.filter(pk=number).first()
            if merge is None:
                continue
            late += moving.carry(subject, merge)
            if clock.now() - merge.at >= LONG_ENOUGH and not _announced(subject, merge.source):
                waiting.filter(pk=number).update(settled=clock.now())
    return late


def _announced(subject: Subject, patient: str) -> bool:
    """Whether events of the old patient still wait to be delivered."""
    open_ones = OutboxDelivery.objects.filter(practice=subject.practice, stream=f"Patient/{patient}")
    return open_ones.exclude(state="done").exists()
