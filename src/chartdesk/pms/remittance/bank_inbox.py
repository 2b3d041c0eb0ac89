"""Files that the practice's bank puts where we find them: taken in like one that somebody hands in on the page.

Without a connection there are none. A file that cannot be read is put away and told to a person; nothing of it is
taken.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Protocol

from chartdesk.kit import worklist
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.pms.remittance import deposits
from chartdesk.record.access import Subject

#: The work item about a bank's file that cannot be read.
WORK = "bank_file"


class Inbox(Protocol):
    """Where one practice's bank puts its files."""

    def waiting(self) -> list[str]:
        """The names of the files that are there and finished, in the order in which to read them."""

    def fetch(self, name: str) -> bytes:
        """One of them. Raises NotFound."""

    def done(self, name: str) -> None:
        """Put a file away; called once its deposits are kept."""


_factory: Callable[[int], Inbox] | None = None


def use(factory: Callable[[int], Inbox] | None) -> None:
    """Let ``factory`` give the inbox of a practice; None where there is none."""
    global _factory
    _factory = factory


def collect(subject: Subject) -> int:
    """Take in what waits; returns the number of files. Killed on the way, the same file is met again and known."""
    if _factory is None:
        return 0
    inbox, count = _factory(subject.practice), 0
    for name in inbox.waiting():
        try:
            content = inbox.fetch(name)
        except NotFound:
            continue  # another worker has it
        try:
            deposits.import_file(subject, content)
        except Invalid as fault:
            _tell(subject, name, content, fault)
        inbox.done(name)
        count += 1
    return count


def _tell(subject: Subject, name: str, content: bytes, fault: Invalid) -> None:
    task = worklist.Task(
        kind=WORK, key=hashlib.sha256(content).hexdigest()[:32], role="biller",
        title=f"The bank's file {name} cannot be read: {fault.message}", detail=fault.where, cure=fault.cure,
        link=("deposits", ""),
    )  # fmt: skip
    worklist.raise_items(subject, [task])
