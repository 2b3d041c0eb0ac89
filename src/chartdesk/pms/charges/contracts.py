"""What payers are expected to allow: contracts, rates and Medicare's values looked up for many lines at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from chartdesk.kit import database
from chartdesk.kit.transactions import reading
from chartdesk.pms.charges import contract_rules as rules
from chartdesk.pms.charges.contract_rules import Asked, Deal, Expected, Term
from chartdesk.pms.coverage import parties
from chartdesk.pms.edits.queries import Schedule
from chartdesk.record.access import Subject

__all__ = ["Asked", "Expected", "expected"]

_CONTRACTS = """
    SELECT id, payer_id, effective, locality, medicare_on, lesser FROM charges_contract
     WHERE practice = %s AND payer_id = ANY(%s) AND effective <= %s ORDER BY effective
"""
_TERMS = """
    SELECT contract_id, basis, figure, first_code, last_code, modifier, place FROM charges_contractterm
     WHERE practice = %s AND contract_id = ANY(%s) AND (first_code <> last_code OR first_code = ANY(%s)) ORDER BY id
"""
_RATES = """
    SELECT payer_id, code, modifier, effective, allowed FROM charges_contractrate
     WHERE practice = %s AND payer_id = ANY(%s) AND code = ANY(%s) AND effective <= %s ORDER BY effective
"""


def expected(subject: Subject, lines: Sequence[Asked]) -> list[Expected]:
    """What the contracts allow for each of ``lines``, in their order, and how that came about.

    A handful of statements, however many lines, payers and days. None where a contract does not say. Only contracts
    are read, no patient: there is nothing to audit.
    """
    payers, codes = {one.payer_id for one in lines} - {""}, sorted({one.code for one in lines})
    if not payers:
        return [Expected(None, "Nobody is billed.") for _ in lines]
    with reading(subject):
        book = _Book(subject, sorted(payers), codes, max(one.on for one in lines))
        deals = [book.deal(one.payer_id, one.on) for one in lines]
        terms = [deal.term(one) for deal, one in zip(deals, lines, strict=True)]
        schedule = _schedule(lines, deals, terms, codes)
        lesser_paid = _paying_less(subject, lines, terms)
    found = []
    known: dict[tuple[Any, ...], Expected] = {}
    for line, deal, term in zip(lines, deals, terms, strict=True):
        on = deal.medicare_on or line.on
        # Of a batch of claims many lines are alike.
        of = on if schedule else None
        less = line.payer_id in lesser_paid and bool(line.taxonomy)
        whose = line.taxonomy if less else ""
        key = (id(deal), id(term), line.code, line.modifiers, line.units, line.charge, line.place_of_service, of, whose)
        if key not in known:
            weights = schedule.weights(line.code, rules.component(line.modifiers), on) if schedule else None
            place = schedule.place(deal.locality, on) if schedule else None
            technical = schedule.weights(line.code, "TC", on) if schedule else None
            known[key] = rules.allowed(line, term, weights, place, technical, by_clinician=less)
        found.append(known[key])
    return [
        rules.lesser(line, one, deal) for line, one, deal in zip(lines, _sessions(lines, found), deals, strict=True)
    ]


def _paying_less(subject: Subject, lines: Sequence[Asked], terms: Sequence[Term | None]) -> set[str]:
    """The payers who pay some clinicians of these lines a part of Medicare's amounts: Medicare, and who does as it."""
    concerned = {
        line.payer_id
        for line, term in zip(lines, terms, strict=True)
        if term is not None and term.basis == "medicare" and rules.percent_of(line.taxonomy) != 100
    }
    found = (parties.known(subject, one) for one in concerned)
    return {
        one.payer_id
        for one in found
        if one is not None and (one.filing_indicator == "MB" or (one.settings or {}).get("pays_by_clinician"))
    }


def _schedule(
    lines: Sequence[Asked], deals: Sequence[Deal], terms: Sequence[Term | None], codes: Sequence[str]
) -> Schedule | None:
    """Medicare's values for the days that matter, where a term rests on them."""
    days = [
        deal.medicare_on or line.on
        for line, deal, term in zip(lines, deals, terms, strict=True)
        if term is not None and (term.basis == "medicare" or deal.locality)
    ]
    return Schedule(codes, min(days), max(days)) if days else None


def _sessions(lines: Sequence[Asked], found: Sequence[Expected]) -> list[Expected]:
    """The same amounts, where procedures of one session reduce each other."""
    together: dict[tuple[int, date], list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        together[line.claim or -at - 1, line.on].append(at)
    result = list(found)
    for places in together.values():
        if not any(found[at].cut is not None or "51" in lines[at].modifiers for at in places):
            continue
        for at, one in zip(places, rules.session([lines[p] for p in places], [found[p] for p in places]), strict=True):
            result[at] = one
    return result


class _Book:
    """The contracts and rates of some payers, and what of them holds on a day."""

    def __init__(self, subject: Subject, payers: list[str], codes: Sequence[str], until: date) -> None:
        self._contracts: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._terms: dict[int, list[Term]] = defaultdict(list)
        self._rates: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._deals: dict[tuple[str, int, date | None], Deal] = {}
        for row in database.rows(_CONTRACTS, [subject.practice, payers, until]):
            self._contracts[row[1]].append(row)
        numbers = [row[0] for rows in self._contracts.values() for row in rows]
        if numbers:
            for contract, *rest in database.rows(_TERMS, [subject.practice, numbers, list(codes)]):
                self._terms[contract].append(Term(*rest))
        for row in database.rows(_RATES, [subject.practice, payers, list(codes), until]):
            self._rates[row[0]].append(row)

    def deal(self, payer_id: str, on: date) -> Deal:
        """The terms with a payer on a day: those of its contract, and the rates by code since then."""
        contract = next((row for row in reversed(self._contracts[payer_id]) if row[2] <= on), None)
        rates = [row for row in self._rates[payer_id] if row[3] <= on and (contract is None or row[3] >= contract[2])]
        latest = max((row[3] for row in rates), default=None)
        key = (payer_id, contract[0] if contract else 0, latest)
        if key not in self._deals:
            agreed = _latest((row[1], row[2], row[4]) for row in rates)
            terms = [*agreed, *(self._terms[contract[0]] if contract else ())]
            self._deals[key] = Deal(terms, *contract[3:]) if contract else Deal(terms)
        return self._deals[key]


def _latest(rates: Iterable[tuple[str, str, Decimal]]) -> list[Term]:
    """Rates by code, the oldest first, as terms: of two for the same code and modifier the later one."""
    found = {(code, modifier): Term("fixed", allowed, code, code, modifier) for code, modifier, allowed in rates}
    return list(found.values())
