"""Reading prices: the fee schedules, what stands in one, what the contracts allow, and one against another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count

from chartdesk.kit.errors import NotFound
from chartdesk.kit.money import ZERO
from chartdesk.kit.transactions import reading
from chartdesk.pms.charges import contracts, prices
from chartdesk.pms.charges.contract_rules import Term
from chartdesk.pms.charges.models import Contract, ContractRate, ContractTerm, Fee, FeeSchedule
from chartdesk.pms.edits import queries as edits
from chartdesk.pms.edits.rules import payment
from chartdesk.record.access import Subject


@dataclass(frozen=True)
class ScheduleRow:
    """A fee schedule, how many prices it has, and how it was made."""

    id: int
    name: str
    effective: date
    prices: int
    payer_id: str = ""
    basis: str = ""


@dataclass(frozen=True)
class ContractRow:
    """What a payer allows for one unit, in dollars, from a day on."""

    code: str
    modifier: str
    allowed: Decimal
    effective: date


@dataclass(frozen=True)
class Agreed:
    """A contract of the list. ``ends`` is the day from which the next one with the payer holds."""

    id: int
    payer_id: str
    name: str
    effective: date
    ends: date | None
    terms: int
    rates: int

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.effective <= on and (self.ends is None or on < self.ends)


@dataclass(frozen=True)
class AgreedView:
    """A contract, whole: its terms, the narrowest first, and its rates by code."""

    id: int
    payer_id: str
    name: str
    effective: date
    locality: str
    medicare_on: date | None
    lesser: bool
    note: str
    changed_by: str
    terms: list[Term]
    rates: list[ContractRow]


@dataclass(frozen=True)
class Compared:
    """A code in two schedules: dollars, None where one of them has it not."""

    code: str
    modifier: str
    description: str
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """By how many percent it changed, one place."""
        if not self.before or self.after is None:
            return None
        return ((self.after / self.before - 1) * 100).quantize(Decimal("0.1"))


@dataclass(frozen=True)
class Weighed:
    """A fee beside what a contract allows for it and what Medicare pays, in dollars; and how the first came."""

    code: str
    modifier: str
    description: str
    fee: Decimal
    allowed: Decimal | None
    medicare: Decimal | None
    words: str

    @property
    def of_medicare(self) -> int | None:
        """What the contract allows, in percent of Medicare."""
        return round(self.allowed / self.medicare * 100) if self.allowed is not None and self.medicare else None

    @property
    def of_fee(self) -> int | None:
        """What the contract allows, in percent of the fee. 100 says that the fee may be too low."""
        return round(self.allowed / self.fee * 100) if self.allowed is not None and self.fee else None


def schedules(subject: Subject) -> list[ScheduleRow]:
    """The fee schedules, the newest first."""
    with reading(subject):
        rows = FeeSchedule.objects.filter(practice=subject.practice).annotate(prices=Count("fees"))
        found = rows.order_by("-effective", "name")
        return [ScheduleRow(one.pk, one.name, one.effective, one.prices, one.payer_id, one.basis) for one in found]


def fees(subject: Subject, schedule_id: int) -> list[Fee]:
    """The prices of a schedule by code. Raises NotFound."""
    with reading(subject):
        if not FeeSchedule.objects.filter(practice=subject.practice, pk=schedule_id).exists():
            raise NotFound(f"There is no fee schedule {schedule_id}.", cure="Choose one of the list.")
        rows = Fee.objects.filter(practice=subject.practice, schedule=schedule_id)
        return list(rows.order_by("code", "modifier"))


def compared(subject: Subject, before_id: int, after_id: int) -> list[Compared]:
    """Two schedules, code by code: those that differ first, by how much. Raises NotFound."""
    with reading(subject):
        before = {(one.code, one.modifier): one for one in fees(subject, before_id)}
        after = {(one.code, one.modifier): one for one in fees(subject, after_id)}
    rows = []
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        described = (new or old).description  # type: ignore[union-attr]  # the key is in one of them
        rows.append(Compared(*key, described, old.amount if old else None, new.amount if new else None))
    return sorted(rows, key=lambda one: (one.before == one.after, -abs(one.change or ZERO), one.code, one.modifier))


def contract(subject: Subject, payer_id: str) -> list[ContractRow]:
    """What the contract with a payer allows by code, the newest rate of each first."""
    with reading(subject):
        rows = ContractRate.objects.filter(practice=subject.practice, payer_id=payer_id)
        found = rows.order_by("code", "modifier", "-effective")
        return [ContractRow(one.code, one.modifier, one.allowed, one.effective) for one in found]


def agreements(subject: Subject, payer_id: str = "") -> list[Agreed]:
    """The contracts, by payer, the newest first; of one payer where it is named."""
    with reading(subject):
        rows = Contract.objects.filter(practice=subject.practice).annotate(count=Count("terms"))
        if payer_id:
            rows = rows.filter(payer_id=payer_id)
        rates = ContractRate.objects.filter(practice=subject.practice).values_list("payer_id", "effective")
        counted = {(payer, day): number for payer, day, number in rates.annotate(number=Count("id"))}
        found: list[Agreed] = []
        later: Contract | None = None
        for one in rows.order_by("payer_id", "-effective"):
            ends = later.effective if later is not None and later.payer_id == one.payer_id else None
            number = sum(
                count
                for (payer, day), count in counted.items()
                if payer == one.payer_id and day >= one.effective and (ends is None or day < ends)
            )
            found.append(Agreed(one.pk, one.payer_id, one.name, one.effective, ends, one.count, number))
            later = one
        return found


def agreement(subject: Subject, contract_id: int) -> AgreedView:
    """One contract with its terms and rates. Raises NotFound."""
    with reading(subject):
        one = Contract.objects.filter(practice=subject.practice, pk=contract_id).first()
        if one is None:
            raise NotFound(f"There is no contract {contract_id}.", cure="Choose one of the list.")
        terms = [
            Term(row.basis, row.figure, row.first_code, row.last_code, row.modifier, row.place)
            for row in ContractTerm.objects.filter(practice=subject.practice, contract=one)
        ]
        following = Contract.objects.filter(
            practice=subject.practice, payer_id=one.payer_id, effective__gt=one.effective
        ).order_by("effective")
        rates = ContractRate.objects.filter(
            practice=subject.practice, payer_id=one.payer_id, effective__gte=one.effective
        )
        after = following.first()
        if after is not None:
            rates = rates.filter(effective__lt=after.effective)
        return AgreedView(
            one.pk, one.payer_id, one.name, one.effective, one.locality, one.medicare_on, one.lesser, one.note,
            one.changed_by, sorted(terms, key=lambda term: (term.width, term.first)),
            [ContractRow(row.code, row.modifier, row.allowed, row.effective)
             for row in rates.order_by("code", "modifier", "-effective")],
        )  # fmt: skip


def weighed(
    subject: Subject, payer_id: str, on: date, wanted: Sequence[tuple[str, str]] | None = None, *, locality: str = ""
) -> list[Weighed]:
    """The practice's fees on a day beside what a payer allows for one unit of each, and Medicare's amount there.

    ``wanted`` names the (code, modifier) pairs, None means all.
    """
    with reading(subject):
        known = prices.newest(subject, on)
        keys = sorted(known) if wanted is None else [key for key in wanted if key in known]
        asked = [
            contracts.Asked(payer_id, code, on, (modifier,) if modifier else (), charge=known[code, modifier].amount)
            for code, modifier in keys
        ]
        found = contracts.expected(subject, asked)
    values = edits.relative_values(sorted({code for code, _ in keys}), on) if locality else {}
    place = next((one for one in edits.localities(on) if one.key == locality), None) if locality else None
    rows = []
    for key, one in zip(keys, found, strict=True):
        fee, value = known[key], values.get(key)
        paid = payment(value, place) if value is not None and place is not None else None
        rows.append(Weighed(*key, fee.description, fee.amount, one.amount, paid or None, one.words))
    return rows
