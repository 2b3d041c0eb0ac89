"""Agreeing with a payer: contracts with their terms, rates by code, and all of it changed from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chartdesk.kit import clock, database
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.money import money
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.charges import price_list
from chartdesk.pms.charges.contract_models import BASES, Contract, ContractTerm
from chartdesk.pms.charges.contract_rules import Term
from chartdesk.pms.charges.models import ContractRate
from chartdesk.pms.edits import cells
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of

#: More percent than this is a mistake.
MOST = Decimal(1000)
_RATES_BEFORE = """
    SELECT DISTINCT ON (code, modifier) code, modifier, allowed FROM charges_contractrate
     WHERE practice = %s AND payer_id = %s AND effective < %s AND effective >= %s
     ORDER BY code, modifier, effective DESC
"""


@dataclass(frozen=True)
class Terms:
    """Everything that a contract says. ``keep_rates`` carries the rates by code of the contract before it on."""

    terms: Sequence[Term] = field(default_factory=list)
    name: str = ""
    locality: str = ""
    medicare_on: date | None = None
    lesser: bool = True
    note: str = ""
    keep_rates: bool = True


def save_contract(subject: Subject, payer_id: str, effective: date, terms: Terms, *, anew: bool = False) -> int:
    """Set the contract with a payer that holds from ``effective`` on; returns its number.

    One of the same payer and day is replaced, unless it is to be made ``anew``. Claims that were built keep what was
    expected then. Raises Invalid with one issue for each term that cannot be, Conflict where there is one already.
    """
    subject.require(Role.BILLER, Role.MANAGER)
    if not payer_id:
        raise Invalid("A contract needs a payer.", where="payer_id")
    _check(terms)
    with transaction(subject):
        advisory_lock("contract", subject.practice, payer_id)
        if anew:
            _require_none(subject, payer_id, effective)
        before = _before(subject, payer_id, effective)
        contract, fresh = Contract.objects.update_or_create(
            practice=subject.practice,
            payer_id=payer_id,
            effective=effective,
            defaults={
                "name": terms.name, "locality": terms.locality, "medicare_on": terms.medicare_on,
                "lesser": terms.lesser, "note": terms.note, "changed_at": clock.now(), "changed_by": subject.actor,
            },
        )  # fmt: skip
        ContractTerm.objects.filter(practice=subject.practice, contract=contract).delete()
        ContractTerm.objects.bulk_create(
            ContractTerm(
                practice=subject.practice, contract=contract, first_code=one.first, last_code=one.last,
                modifier=one.modifier, place=one.place, basis=one.basis, figure=one.figure,
            )
            for one in terms.terms
        )  # fmt: skip
        if fresh and terms.keep_rates:
            _carry(subject, payer_id, effective, before.effective if before else date.min, Decimal(100))
        return int(contract.pk)


def change_from(subject: Subject, payer_id: str, effective: date, *, percent: Decimal = Decimal(100)) -> int:
    """Make the contract in force into a new one from ``effective`` on; dollars times ``percent`` / 100.

    Percentages of Medicare and of the charge stay. Raises NotFound where nothing was agreed before that day, Conflict
    where a contract begins on it already.
    """
    subject.require(Role.BILLER, Role.MANAGER)
    if not percent.is_finite() or not 0 < percent <= MOST:
        raise Invalid(f"{percent} % cannot be.", where="percent", cure=f"Between 0 and {MOST} %.")
    with transaction(subject):
        advisory_lock("contract", subject.practice, payer_id)
        _require_none(subject, payer_id, effective)
        before = _before(subject, payer_id, effective)
        since = before.effective if before else date.min
        old = list(ContractTerm.objects.filter(practice=subject.practice, contract=before)) if before else []
        carried = _carry(subject, payer_id, effective, since, percent)
        if before is None and not carried:
            raise NotFound("Nothing was agreed with the payer before that day.", cure="Make a new contract.")
        terms = [
            Term(one.basis, _times(one, percent), one.first_code, one.last_code, one.modifier, one.place) for one in old
        ]
        said = Terms(
            terms,
            name=before.name if before else "",
            locality=before.locality if before else "",
            medicare_on=before.medicare_on if before else None,
            lesser=before.lesser if before else True,
            note=before.note if before else "",
            keep_rates=False,
        )
        return save_contract(subject, payer_id, effective, said)


def remove_contract(subject: Subject, contract_id: int) -> None:
    """Take a contract away that has not begun, with its rates of that day. Raises Conflict for one in force."""
    subject.require(Role.BILLER, Role.MANAGER)
    with transaction(subject):
        contract = Contract.objects.filter(practice=subject.practice, pk=contract_id).select_for_update().first()
        if contract is None:
            raise NotFound(f"There is no contract {contract_id}.")
        if contract.effective <= clock.today(practice_of(subject).zone):
            raise Conflict("The contract holds already.", cure="Make another one that holds from a later day on.")
        rates = ContractRate.objects.filter(
            practice=subject.practice, payer_id=contract.payer_id, effective=contract.effective
        )
        rates.delete()
        contract.delete()


def set_rates(subject: Subject, payer_id: str, rates: Sequence[tuple[str, str, Decimal]], effective: date) -> int:
    """Set what a payer allows for one unit by (code, modifier, dollars) from ``effective`` on; returns how many."""
    subject.require(Role.BILLER, Role.MANAGER)
    for code, _, allowed in rates:
        price_list.check_amount(code, money(allowed))
    with transaction(subject):
        made = ContractRate.objects.bulk_create(
            [
                ContractRate(
                    practice=subject.practice, payer_id=payer_id, code=code.upper(), modifier=modifier.upper(),
                    allowed=money(allowed), effective=effective,
                )
                for code, modifier, allowed in rates
            ],
            update_conflicts=True,
            unique_fields=["practice", "payer_id", "code", "modifier", "effective"],
            update_fields=["allowed"],
        )  # fmt: skip
        return len(made)


def import_rates(subject: Subject, payer_id: str, effective: date, file: bytes | str) -> int:
    """Set rates from a CSV file with the columns code, allowed and, where wanted, modifier; returns how many.

    Raises Invalid with one issue per faulty line; then nothing is changed.
    """
    lines = price_list.parse(file, described=False)
    return set_rates(subject, payer_id, [(one.code, one.modifier, one.amount) for one in lines], effective)


def _require_none(subject: Subject, payer_id: str, effective: date) -> None:
    if Contract.objects.filter(practice=subject.practice, payer_id=payer_id, effective=effective).exists():
        raise Conflict(
            f"A contract with the payer begins on {effective:%b %-d, %Y} already.", where="effective",
            cure="Change that one.",
        )  # fmt: skip


def _before(subject: Subject, payer_id: str, on: date) -> Contract | None:
    rows = Contract.objects.filter(practice=subject.practice, payer_id=payer_id, effective__lt=on)
    return rows.order_by("-effective").first()


def _carry(subject: Subject, payer_id: str, effective: date, since: date, percent: Decimal) -> int:
    """Set the rates that hold before a day from that day on too, times ``percent`` / 100; returns how many."""
    rows = database.rows(_RATES_BEFORE, [subject.practice, payer_id, effective, since])
    known = ContractRate.objects.filter(practice=subject.practice, payer_id=payer_id, effective=effective)
    there = set(known.values_list("code", "modifier"))
    rates = [
        (code, modifier, money(allowed * percent / 100))
        for code, modifier, allowed in rows
        if (code, modifier) not in there
    ]
    return set_rates(subject, payer_id, rates, effective) if rates else 0


def _times(term: ContractTerm, percent: Decimal) -> Decimal:
    return money(term.figure * percent / 100) if term.basis == "fixed" else term.figure


def _check(terms: Terms) -> None:
    faults = []
    seen = set()
    for place, one in enumerate(terms.terms, start=1):
        try:
            _check_term(one, terms.locality)
        except Invalid as fault:
            faults.append(f"term {place}: {fault.message}")
        spot = (one.first, one.last, one.modifier, one.place)
        if spot in seen:
            faults.append(f"term {place}: {one.first} to {one.last} stands twice.")
        seen.add(spot)
    if faults:
        raise Invalid(
            f"{len(faults)} terms are wrong: {'; '.join(faults[:3])}",
            cure="Correct them; nothing was changed.",
            issues=faults,
        )


def _check_term(term: Term, locality: str) -> None:
    if term.basis not in BASES:
        raise Invalid(f"{term.basis} is not a way to count.")
    if not term.figure.is_finite() or term.figure < 0:
        raise Invalid("A figure is negative, or none.")
    if term.basis == "fixed":
        price_list.check_amount("A term", term.figure)
    if term.basis in ("medicare", "charge") and term.figure > MOST:
        raise Invalid(f"More than {MOST:,} % cannot be meant.")
    if term.basis == "medicare" and not locality:
        raise Invalid("A percentage of Medicare needs the locality whose amounts are meant.")
    try:
        for code in (term.first, term.last):
            if code not in ("00000", "ZZZZZ"):
                cells.code(code)
        cells.modifier(term.modifier)
    except cells.Refused as fault:
        raise Invalid(f"{fault}.") from fault
    if term.first > term.last:
        raise Invalid(f"The codes end with {term.last}, before they begin.")
    if term.place not in ("", "F", "N"):
        raise Invalid(f"{term.place} is not a place.")
