"""Whether the sums that the database keeps are those of the entries, folding them, and making them anew."""

from __future__ import annotations

from dataclasses import dataclass

from chartdesk.kit import database
from chartdesk.kit.transactions import reading, transaction
from chartdesk.record.access import Subject

_BALANCES = """
    SELECT COALESCE(kept.reference, told.reference), COALESCE(kept.holder, told.holder),
           told.due || ' since ' || told.since,
           kept.due || ' since ' || kept.since || CASE WHEN kept.patient NOT IN (told.one, told.other)
                                                       THEN ' of another patient' ELSE '' END
      FROM (SELECT reference, holder, sum(amount) AS due, min(posted_on) AS since,
                   min(patient) AS one, max(patient) AS other
              FROM ledger_entry WHERE practice = %(practice)s AND account = 'ar' GROUP BY reference, holder) AS told
      FULL JOIN (SELECT * FROM ledger_balance WHERE practice = %(practice)s) AS kept
        ON kept.reference = told.reference AND kept.holder = told.holder
     WHERE (told.due, told.since) IS DISTINCT FROM (kept.due, kept.since) OR kept.patient NOT IN (told.one, told.other)
     ORDER BY 1, 2 LIMIT %(most)s
"""
_DAYS = """
    SELECT COALESCE(kept.account, told.account), COALESCE(kept.day, told.day)::text,
           told.due || ' in ' || told.entries || ' entries', kept.due || ' in ' || kept.entries || ' entries'
      FROM (SELECT account, posted_on AS day, sum(amount) AS due, count(*) AS entries,
                   COALESCE(sum(amount) FILTER (WHERE amount > 0), 0) AS debits
              FROM ledger_entry WHERE practice = %(practice)s GROUP BY account, posted_on) AS told
      FULL JOIN (SELECT account, day, sum(debits - credits) AS due, sum(entries) AS entries, sum(debits) AS debits
                   FROM ledger_daysum WHERE practice = %(practice)s GROUP BY account, day) AS kept
        ON kept.account = told.account AND kept.day = told.day
     WHERE (told.due, told.entries, told.debits) IS DISTINCT FROM (kept.due, kept.entries, kept.debits)
     ORDER BY 1, 2 LIMIT %(most)s
"""


@dataclass(frozen=True)
class Difference:
    """A sum that is not what its entries say: of which kind, under which key, and what both say, in dollars."""

    kind: str
    key: str
    entries: str
    kept: str

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: the entries say {self.entries}, kept is {self.kept}"


def differences(subject: Subject, *, limit: int = 100) -> list[Difference]:
    """Where the sums that are kept differ from the entries, at most ``limit`` of each kind. Reads all entries."""
    found = []
    with reading(subject):
        for kind, statement in (("balance", _BALANCES), ("day", _DAYS)):
            for first, second, told, kept in database.rows(statement, {"practice": subject.practice, "most": limit}):
                found.append(Difference(kind, f"{first} {second}", told or "nothing", kept or "nothing"))
    return found


def fold(subject: Subject) -> int:
    """Make one row of those of an account and day; returns how many rows that spared. Safe beside postings."""
    with transaction(subject):
        return int(database.rows("SELECT ledger_fold_days(%s)", [subject.practice])[0][0])


def sum_anew(subject: Subject) -> None:
    """Make the balances and the sums of days anew from the entries. Whoever posts waits until it is through."""
    with transaction(subject):
        database.execute("SELECT ledger_sum_anew(%s)", [subject.practice])
