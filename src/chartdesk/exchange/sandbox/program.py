"""The sandbox as one object: folders in, folders out, eligibility answered.

    DIR/<mailbox>/to_clearinghouse/*.x12     files from a practice, each put there by a rename
    DIR/<mailbox>/to_clearinghouse/taken/    the same files, once taken
    DIR/<mailbox>/from_clearinghouse/        TA1, 999, 277CA and 835 files, each put there by a rename
    DIR/sandbox/                             its memory, and answers on their way

Nothing is answered twice. A file counts as taken from the moment it lies in ``taken/``; its answer is
written in one transaction with the decision. An answer is first staged, noted as staged, then moved into
the mailbox: where a killed process left a staged note and no staged file, the move had happened.
"""

from __future__ import annotations

import fcntl
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from chartdesk.exchange.sandbox import bank
from chartdesk.exchange.sandbox.acknowledgements import group_reply, interchange_reply, nobody
from chartdesk.exchange.sandbox.inquiries import inquiries
from chartdesk.exchange.sandbox.inspection import group_verdict, interchange_note
from chartdesk.exchange.sandbox.intake import Desk, Partner, envelope, partner_of
from chartdesk.exchange.sandbox.payments import Cashier
from chartdesk.exchange.sandbox.reviews import member_of, review_reply
from chartdesk.exchange.sandbox.rulebook import Rulebook, member, rulebook
from chartdesk.exchange.sandbox.scenarios import SLOW_SECONDS
from chartdesk.exchange.sandbox.store import Store
from chartdesk.exchange.sandbox.wire import Address, Interchange, interchanges

LOG = logging.getLogger(__name__)
TO, FROM, TAKEN, OWN = "to_clearinghouse", "from_clearinghouse", "taken", "sandbox"
#: Where the practice's bank puts its files.
BANK = "from_bank"


class Summary(msgspec.Struct):
    """What one cycle did: files taken, 835 files written, files delivered."""

    files: int = 0
    payments: int = 0
    delivered: int = 0


class Sandbox:
    """The clearinghouse and payers over ``folder``.

    ``days_to_pay`` 0 pays in the cycle after the 277CA; None takes each payer's usual days.
    """

    def __init__(self, folder: Path, days_to_pay: int | None = 0, rules: Rulebook | None = None) -> None:
        self.folder, self.days_to_pay = Path(folder), days_to_pay
        self.rules = rules or rulebook()
        self._own = self.folder / OWN
        self._staging = self._own / "outgoing"
        self._staging.mkdir(parents=True, exist_ok=True)
        self._store = Store(self._own)
        self._turn = threading.Lock()

    def close(self) -> None:
        """Close the memory."""
        self._store.close()

    # -------------------------------------------------------------------------------- folders

    def cycle(self, as_of: datetime, pay_everything: bool = False) -> Summary:
        """Take every waiting file, pay what is due, deliver every answer. ``as_of`` is aware."""
        if as_of.tzinfo is None:
            raise ValueError("the time of a cycle must be aware")
        with self._alone():
            summary = Summary(delivered=self._deliver())
            with self._store.transaction():
                number = self._store.next("cycle")
                self._store.release(number)
            desk = Desk(self._store, self.rules, number, as_of, self.days_to_pay)
            for mailbox in self._mailboxes():
                summary.files += self._take(desk, mailbox)
            summary.payments = Cashier(self._store, self.rules, number, as_of).pay(pay_everything)
            summary.delivered += self._deliver()
        return summary

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One cycle at a time, in this process and beside others on the same folder."""
        with self._turn, (self._own / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _mailboxes(self) -> list[Path]:
        return sorted(path.parent for path in self.folder.glob(f"*/{TO}") if path.parent.name != OWN)

    def _take(self, desk: Desk, mailbox: Path) -> int:
        """Move what waits into ``taken``, then answer everything there that has no answer yet."""
        taken = mailbox / TO / TAKEN
        taken.mkdir(exist_ok=True)
        for path in sorted((mailbox / TO).glob("*.x12")):
            if not path.name.startswith("."):
                path.rename(_free(taken / path.name))
        answered = self._store.taken(mailbox.name)
        fresh = [path for path in sorted(taken.iterdir()) if path.name not in answered]
        for path in fresh:
            content = path.read_bytes()
            try:
                with self._store.transaction():
                    desk.take(mailbox.name, path.name, content)
            except Exception:  # one file that breaks this program must not hold up the others
                LOG.exception("file %s of mailbox %s could not be read", path.name, mailbox.name)
                with self._store.transaction():
                    desk.refuse(mailbox.name, path.name)
        return len(fresh)

    def _deliver(self) -> int:
        """Move every decided answer into its mailbox, once."""
        waiting = self._store.undelivered()
        for answer, mailbox, name, content, state in waiting:
            staged = self._staging / name
            if state == "decided":
                _write(staged, content)
                self._mark(answer, "staged")
            target = self.folder / mailbox / (BANK if name.endswith(bank.SUFFIX) else FROM)
            target.mkdir(parents=True, exist_ok=True)
            if staged.exists():
                staged.rename(target / name)
                _sync(target)
            self._mark(answer, "delivered")
        return len(waiting)

    def _mark(self, answer: int, state: str) -> None:
        with self._store.transaction():
            self._store.mark(answer, state)

    # ---------------------------------------------------------------------------- eligibility

    def answer_eligibility(self, request: bytes, as_of: datetime) -> bytes:
        """The 271 for a 270; a TA1 where the envelope cannot be read, a 999 where the 270 is faulty."""
        return self._asked(request, as_of, "HS")

    def answer_review(self, request: bytes, as_of: datetime) -> bytes:
        """The answer to a services review (278), or a TA1 or 999."""
        return self._asked(request, as_of, "HI")

    def _asked(self, request: bytes, as_of: datetime, functional: str) -> bytes:
        found = interchanges(request)
        with self._store.transaction():
            return self._answer(found[0] if found else None, as_of, functional).encode()

    def _answer(self, one: Interchange | None, as_of: datetime, functional: str) -> str:
        if one is None:
            house = self.rules.clearinghouse.id
            partner = Partner(Address("ZZ", house, house), nobody(), "P")
            return interchange_reply(envelope(self._store, partner, as_of), None, "022")
        outside = envelope(self._store, partner_of(one, one.groups[0] if one.groups else None), as_of)
        note = interchange_note(one)
        if note != "000":
            return interchange_reply(outside, one.header, note)
        verdicts = [group_verdict(group) for group in one.groups]
        questions = [part for group in one.groups for part in group.sets]
        sound = all(not verdict.codes and verdict.accepted == len(verdict.sets) for verdict in verdicts)
        if not sound or any(verdict.functional != functional for verdict in verdicts):
            for verdict in verdicts:
                verdict.codes = verdict.codes or (["1"] if verdict.functional != functional else [])
            return group_reply(outside, verdicts)
        if functional == "HI":
            return review_reply(outside, self.rules, self._store, questions)
        return Desk(self._store, self.rules, 0, as_of, self.days_to_pay).benefits(outside, questions)

    def delay_seconds(self, request: bytes) -> int:
        """How long the HTTP server should wait before it answers this request."""
        for whole in interchanges(request):
            for part in (part for group in whole.groups for part in group.sets):
                review = part.segments[0][1] == "278"
                people = [member_of(part)] if review else [(one.payer_id, one.member_id) for one in inquiries(part)]
                if any(self._is_slow(*person) for person in people):
                    return SLOW_SECONDS
        return 0

    def _is_slow(self, payer_id: str, member_id: str) -> bool:
        payer = self.rules.payer(payer_id)
        known = member(payer, member_id) if payer else None
        return known is not None and known.scenario == "SLOW"


def _free(path: Path) -> Path:
    """The path, or the same with a number where a file of that name was taken before."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}.{number}{path.suffix}")
    return free


def _write(path: Path, content: bytes) -> None:
    """Write and sync a file of the sandbox's own folder."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Make a rename in ``folder`` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
