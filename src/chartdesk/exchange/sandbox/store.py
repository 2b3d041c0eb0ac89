"""What the sandbox remembers, in one SQLite file: files taken, claims, accumulators, answers.

Every decision and the answer to it are written in one transaction, so a killed process has either done both
or neither. Amounts are text with two places; times are ISO text in UTC.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec

from chartdesk.exchange.sandbox.adjudication import Accumulators, Decision
from chartdesk.exchange.sandbox.claims import Claim
from chartdesk.exchange.sandbox.remittance import ProviderAdjustment
from chartdesk.kit.money import ZERO, money

_CLAIM, _DECISION = msgspec.json.Decoder(Claim), msgspec.json.Decoder(Decision)
TABLES = """
create table if not exists counter (name text primary key, value integer not null);
create table if not exists taken (
    mailbox text not null, name text not null, arrived text not null, outcome text not null,
    primary key (mailbox, name));
create table if not exists interchange (
    mailbox text not null, sender text not null, control text not null,
    primary key (mailbox, sender, control));
create table if not exists outgoing (
    id integer primary key, mailbox text not null, name text not null unique, content blob,
    state text not null);
create table if not exists delayed (
    id integer primary key, mailbox text not null, name text not null, content blob not null, cycle integer not null);
create table if not exists claim (
    id integer primary key, number text not null unique, mailbox text not null, payer text not null,
    payee text not null, member text not null, patient_control text not null, turn text not null,
    frequency text not null, original text not null, scenario text not null, envelope text not null,
    received text not null, cycle integer not null, due text not null, state text not null,
    body blob not null, decision blob);
create index if not exists claim_state on claim (state, mailbox, payer);
create index if not exists claim_patient on claim (payer, member, patient_control);
create table if not exists service (
    claim integer not null references claim, payer text not null, member text not null, npi text not null,
    turn text not null, code text not null, modifiers text not null, day text not null);
create index if not exists service_member on service (payer, member, code);
create table if not exists accumulator (
    payer text not null, member text not null, year integer not null,
    deductible text not null, out_of_pocket text not null, primary key (payer, member, year));
create table if not exists correction (
    claim integer primary key references claim, kind text not null, cycle integer not null, due text not null,
    state text not null);
create table if not exists payment (
    claim text primary key, trace text not null, method text not null, day text not null);
create table if not exists forward_balance (
    mailbox text not null, payer text not null, payee text not null, amount text not null,
    reference text not null, primary key (mailbox, payer, payee));
"""


class Stored(msgspec.Struct, frozen=True):
    """A claim the payers took in. ``state`` is pending, paid, denied, reversed, voided or held."""

    id: int
    number: str
    mailbox: str
    payer: str
    payee: str
    member: str
    patient_control: str
    turn: str
    frequency: str
    original: str
    scenario: str
    envelope: str
    received: str
    cycle: int
    due: str
    state: str
    body: bytes
    decision: bytes | None

    @property
    def claim(self) -> Claim:
        """The claim as it came."""
        return _CLAIM.decode(self.body)

    @property
    def decided(self) -> Decision:
        """The decision. Raises ValueError where there is none yet."""
        if self.decision is None:
            raise ValueError(f"claim {self.number} is not decided")
        return _DECISION.decode(self.decision)


COLUMNS = ", ".join(msgspec.structs.fields(Stored)[at].name for at in range(len(msgspec.structs.fields(Stored))))


class Store:
    """The file ``state.sqlite`` in ``folder``. One connection, used by one thread at a time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(
            folder / "state.sqlite", timeout=30, isolation_level=None, check_same_thread=False
        )
        self._lock = threading.RLock()
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = full")
        self._connection.executescript(TABLES)

    def close(self) -> None:
        """Close the file, once nobody is in the middle of something."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, one writer at a time, also between processes."""
        with self._lock:
            self._connection.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._connection.execute("rollback")
                raise
            self._connection.execute("commit")

    def _all(self, text: str, *values: object) -> list[tuple]:
        with self._lock:
            return self._connection.execute(text, values).fetchall()

    def _run(self, text: str, *values: object) -> int:
        with self._lock:
            return self._connection.execute(text, values).lastrowid or 0

    def next(self, name: str) -> int:
        """The next number of a counter, from 1."""
        rows = self._all(
            "insert into counter values (?, 1) on conflict do update set value = value + 1 returning value",
            name,
        )
        return int(rows[0][0])

    # --------------------------------------------------------------------------------- files

    def taken(self, mailbox: str) -> set[str]:
        """The names of the files of a mailbox that have been answered."""
        return {row[0] for row in self._all("select name from taken where mailbox = ?", mailbox)}

    def note_taken(self, mailbox: str, name: str, arrived: str, outcome: str) -> None:
        """Remember that a file is answered."""
        self._run("insert into taken values (?, ?, ?, ?)", mailbox, name, arrived, outcome)

    def first_time(self, mailbox: str, sender: str, control: str) -> bool:
        """True where this interchange control number has not come from this sender before; remembers it."""
        rows = self._all(
            "insert into interchange values (?, ?, ?) on conflict do nothing returning 1",
            mailbox,
            sender,
            control,
        )
        return bool(rows)

    def answer(self, mailbox: str, name: str, content: str) -> None:
        """Put an answer into the queue of files to deliver."""
        self._run(
            "insert into outgoing (mailbox, name, content, state) values (?, ?, ?, 'decided')",
            mailbox, name, content.encode(),
        )  # fmt: skip

    def answer_later(self, mailbox: str, name: str, content: str, cycle: int) -> None:
        """Keep an answer back until a cycle."""
        self._run(
            "insert into delayed (mailbox, name, content, cycle) values (?, ?, ?, ?)",
            mailbox, name, content.encode(), cycle,
        )  # fmt: skip

    def release(self, cycle: int) -> None:
        """Put what was kept back until this cycle into the queue of files to deliver."""
        self._run(
            "insert into outgoing (mailbox, name, content, state)"
            " select mailbox, name, content, 'decided' from delayed where cycle <= ? order by id",
            cycle,
        )
        self._run("delete from delayed where cycle <= ?", cycle)

    def undelivered(self) -> list[tuple[int, str, str, bytes, str]]:
        """Answers not yet in their mailbox: id, mailbox, name, content, state."""
        return self._all(
            "select id, mailbox, name, content, state from outgoing where state <> 'delivered' order by id"
        )

    def mark(self, answer: int, state: str) -> None:
        """Move an answer on: decided, staged, delivered. A delivered one no longer needs its content."""
        self._run(
            "update outgoing set state = ?, content = case when ? = 'delivered' then null else content end"
            " where id = ?",
            state, state, answer,
        )  # fmt: skip

    # -------------------------------------------------------------------------------- claims

    def add_claim(self, claim: Claim, **values: object) -> int:
        """Remember a claim taken in; ``values`` are the other columns of ``claim``."""
        row = values | {
            "payer": claim.payer_id, "payee": claim.billing.npi, "member": claim.member_id,
            "patient_control": claim.patient_control, "turn": claim.turn, "frequency": claim.frequency,
            "original": claim.original, "body": msgspec.json.encode(claim),
        }  # fmt: skip
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        return self._run(f"insert into claim ({names}) values ({marks})", *row.values())

    def claim(self, number: str) -> Stored | None:
        """The claim of a payer claim number."""
        return next(iter(self._claims("number = ?", number)), None)

    def claim_by_id(self, key: int) -> Stored:
        """The claim of a row. Raises KeyError."""
        for found in self._claims("id = ?", key):
            return found
        raise KeyError(key)

    def same_claims(self, claim: Claim) -> list[Stored]:
        """Claims of the same payer, member and patient control number, open or paid."""
        return self._claims(
            "payer = ? and member = ? and patient_control = ? and turn = ? and payee = ?"
            " and state in ('pending', 'held', 'paid')",
            claim.payer_id, claim.member_id, claim.patient_control, claim.turn, claim.billing.npi,
        )  # fmt: skip

    def of_patient_control(self, payer: str, payee: str, member: str, patient_control: str) -> Stored | None:
        """The youngest claim of a payee under its own number for a member, or None."""
        where = "payer = ? and member = ? and patient_control = ? and payee = ? order by id desc limit 1"
        return next(iter(self._claims(where, payer, member, patient_control, payee)), None)

    def payable(self, cycle: int, moment: str) -> list[Stored]:
        """Pending claims of earlier cycles that are due."""
        return self._claims("state = 'pending' and cycle < ? and due <= ? order by id", cycle, moment)

    def _claims(self, where: str, *values: object) -> list[Stored]:
        rows = self._all(f"select {COLUMNS} from claim where {where}", *values)
        return [Stored(*row) for row in rows]

    def decide(self, key: int, state: str, decision: Decision | None = None) -> None:
        """Set a claim's state, and its decision where given."""
        self._run(
            "update claim set state = ?, decision = coalesce(?, decision) where id = ?",
            state, msgspec.json.encode(decision) if decision else None, key,
        )  # fmt: skip

    # ----------------------------------------------------------------- services and accumulators

    def add_services(self, key: int, claim: Claim, decision: Decision) -> None:
        """Remember the payable lines of a claim, for duplicates and yearly limits."""
        for one in decision.lines:
            if not one.denied:
                line = one.line
                self._run(
                    "insert into service values (?, ?, ?, ?, ?, ?, ?, ?)",
                    key, claim.payer_id, claim.member_id, claim.billing.npi, claim.turn, line.code,
                    " ".join(line.modifiers), line.first_day.isoformat(),
                )  # fmt: skip

    def forget_services(self, key: int) -> None:
        """A reversed claim's lines no longer count."""
        self._run("delete from service where claim = ?", key)

    def services(self, payer: str, member: str, code: str) -> list[tuple[int, str, str, str, str]]:
        """Paid lines of a member with a code: claim row, NPI, turn, modifiers, ISO date."""
        return self._all(
            "select claim, npi, turn, modifiers, day from service"
            " where payer = ? and member = ? and code = ?",
            payer, member, code,
        )  # fmt: skip

    def accumulators(self, payer: str, member: str, year: int) -> Accumulators:
        """What the member has used of the year's limits."""
        rows = self._all(
            "select deductible, out_of_pocket from accumulator where payer = ? and member = ? and year = ?",
            payer, member, year,
        )  # fmt: skip
        return Accumulators(money(rows[0][0]), money(rows[0][1])) if rows else Accumulators()

    def accumulate(self, claim: Claim, decision: Decision) -> None:
        """Add a decision to the member's year; a reversal takes away."""
        year = claim.first_day.year
        now = self.accumulators(claim.payer_id, claim.member_id, year)
        self._run(
            "insert into accumulator values (?, ?, ?, ?, ?) on conflict do update set"
            " deductible = excluded.deductible, out_of_pocket = excluded.out_of_pocket",
            claim.payer_id, claim.member_id, year,
            str(max(now.deductible + decision.deductible, ZERO)),
            str(max(now.out_of_pocket + decision.out_of_pocket, ZERO)),
        )  # fmt: skip

    # ------------------------------------------------------------------ corrections and balances

    def plan_correction(self, key: int, kind: str, cycle: int, due: str) -> None:
        """A claim will be reversed or taken back in a later payment. Once per claim."""
        self._run(
            "insert into correction values (?, ?, ?, ?, 'planned') on conflict do nothing",
            key,
            kind,
            cycle,
            due,
        )

    def due_corrections(self, cycle: int, moment: str) -> list[tuple[Stored, str]]:
        """Claims with the kind of correction that is due."""
        rows = self._all(
            "select claim, kind from correction"
            " where state = 'planned' and cycle < ? and due <= ? order by claim",
            cycle, moment,
        )  # fmt: skip
        return [(self.claim_by_id(key), kind) for key, kind in rows]

    def close_correction(self, key: int) -> None:
        """The correction is made."""
        self._run("update correction set state = 'done' where claim = ?", key)

    def note_payment(self, claim: str, trace: str, method: str, day: date) -> None:
        """Remember in which payment a claim was paid last: its trace, how the money was sent, and when."""
        self._run(
            "insert into payment values (?, ?, ?, ?) on conflict do update set"
            " trace = excluded.trace, method = excluded.method, day = excluded.day",
            claim, trace, method, day.isoformat(),
        )  # fmt: skip

    def payment_of(self, claim: str) -> tuple[str, str, date] | None:
        """The trace, the method and the day of the payment of a claim number; None where it was not paid."""
        for trace, method, day in self._all("select trace, method, day from payment where claim = ?", claim):
            return trace, method, date.fromisoformat(day)
        return None

    def forward_balance(self, mailbox: str, payer: str, payee: str) -> ProviderAdjustment | None:
        """What an earlier payment could not recover, as the PLB that recovers it now."""
        rows = self._all(
            "select amount, reference from forward_balance where mailbox = ? and payer = ? and payee = ?",
            mailbox, payer, payee,
        )  # fmt: skip
        amount = money(rows[0][0]) if rows else ZERO
        return ProviderAdjustment("FB", rows[0][1], amount) if amount else None

    def set_forward_balance(self, mailbox: str, payer: str, payee: str, amount: Decimal, reference: str) -> None:
        """Set what is still to be recovered from a payee."""
        self._run(
            "insert into forward_balance values (?, ?, ?, ?, ?) on conflict do update set"
            " amount = excluded.amount, reference = excluded.reference",
            mailbox, payer, payee, str(amount), reference,
        )  # fmt: skip


def iso_day(moment: str) -> date:
    """The date of an ISO time."""
    return date.fromisoformat(moment[:10])
