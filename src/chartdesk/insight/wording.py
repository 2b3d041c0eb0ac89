"""What a row behind a figure is about, in words: payers, visit types and services by their names, not their codes."""

from __future__ import annotations

from collections.abc import Sequence

from chartdesk.kit import database
from chartdesk.kit.arrays import numbers
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.ledger import chart
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.pms.statements.rules import GIVEN_BACK
from chartdesk.record.access import Subject

_CODES = """
    SELECT superbill_id, string_agg(code, ', ' ORDER BY position) FROM charges_chargeline
     WHERE practice = %s AND superbill_id = ANY(%s::int8[]) AND NOT superseded GROUP BY superbill_id
"""
_LINES = "SELECT id, code, description FROM charges_chargeline WHERE practice = %s AND id = ANY(%s::int8[])"
_PAYMENTS = "SELECT id, claim_number FROM remittance_claimpayment WHERE practice = %s AND id = ANY(%s::int8[])"


def said(subject: Subject, rows: Sequence[tuple[str, str, str]]) -> list[str]:
    """For each row (kind, id, text) of a drill-down: what it is about. In a transaction."""
    owed = [text.partition("\t")[::2] for kind, _, text in rows if kind == "owed"]
    words = dict(zip(owed, _owed(subject, owed), strict=True)) if owed else {}
    types = _visit_types(subject) if any(kind == "appointment" for kind, _, _ in rows) else {}
    codes = _codes(subject, [int(number) for kind, number, _ in rows if kind == "superbill"])
    made = []
    for kind, number, text in rows:
        if kind == "owed":
            holder, _, reference = text.partition("\t")
            made.append(words[holder, reference])
        elif kind == "posting":
            memo, _, account = text.rpartition("\t")
            made.append(memo or chart.account(account).name)
        elif kind == "appointment":
            made.append(types.get(text, text))
        elif kind == "superbill":
            made.append(", ".join(filter(None, (codes.get(int(number), ""), text))))
        else:
            made.append(text)
    return made


def _codes(subject: Subject, bills: list[int]) -> dict[int, str]:
    return dict(database.rows(_CODES, [subject.practice, numbers(bills)])) if bills else {}


def _visit_types(subject: Subject) -> dict[str, str]:
    return {one.code: one.name for one in scheduling.visit_types(subject, active=False)}


def _owed(subject: Subject, owed: Sequence[tuple[str, str]]) -> list[str]:
    """For each (holder, reference): who owes, and for what."""
    names = {f"payer:{one.payer_id}": one.name for one in coverage.payers(subject, active=False)}
    names["patient"] = "The patient"
    things = _things(subject, {reference for _, reference in owed})
    return [
        f"{names.get(holder, holder.removeprefix('payer:'))}, {things.get(reference, reference)}"
        for holder, reference in owed
    ]


def _things(subject: Subject, references: set[str]) -> dict[str, str]:
    """What references of the ledger are about: the service, or the payment of a claim."""
    found = {}
    for prefix, statement in (("charge", _LINES), ("claim_payment", _PAYMENTS)):
        begin = f"{prefix}:"
        wanted = [one.removeprefix(begin) for one in references if one.startswith(begin)]
        of_these = [int(one) for one in wanted if one.isdecimal()]
        for number, *words in database.rows(statement, [subject.practice, numbers(of_these)]) if of_these else ():
            found[f"{begin}{number}"] = " ".join(filter(None, words))
    return found | {one: "money given back" for one in references if one.startswith(GIVEN_BACK)}
