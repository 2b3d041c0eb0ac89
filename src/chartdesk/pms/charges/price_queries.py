"""Reading prices: the fee schedules, what stands in one, and what the contracts allow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count

from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import reading
from chartdesk.pms.charges.models import ContractRate, Fee, FeeSchedule
from chartdesk.record.access import Subject


@dataclass(frozen=True)
class ScheduleRow:
    """A fee schedule and how many prices it has."""

    id: int
    name: str
    effective: date
    prices: int


@dataclass(frozen=True)
class ContractRow:
    """What a payer allows for one unit, in dollars, from a day on."""

    code: str
    modifier: str
    allowed: Decimal
    effective: date


def schedules(subject: Subject) -> list[ScheduleRow]:
    """The fee schedules, the newest first."""
    with reading(subject):
        rows = FeeSchedule.objects.filter(practice=subject.practice).annotate(prices=Count("fees"))
        found = rows.order_by("-effective", "name")
        return [ScheduleRow(one.pk, one.name, one.effective, one.prices) for one in found]


def fees(subject: Subject, schedule_id: int) -> list[Fee]:
    """The prices of a schedule by code. Raises NotFound."""
    with reading(subject):
        if not FeeSchedule.objects.filter(practice=subject.practice, pk=schedule_id).exists():
            raise NotFound(f"There is no fee schedule {schedule_id}.", cure="Choose one of the list.")
        rows = Fee.objects.filter(practice=subject.practice, schedule=schedule_id)
        return list(rows.order_by("code", "modifier"))


def contract(subject: Subject, payer_id: str) -> list[ContractRow]:
    """What the contract with a payer allows by code, the newest rate of each first."""
    with reading(subject):
        rows = ContractRate.objects.filter(practice=subject.practice, payer_id=payer_id)
        found = rows.order_by("code", "modifier", "-effective")
        return [ContractRow(one.code, one.modifier, one.allowed, one.effective) for one in found]
