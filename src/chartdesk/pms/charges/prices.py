"""Setting prices: fee schedules and contract rates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from chartdesk.kit import clock
from chartdesk.kit.errors import Invalid
from chartdesk.kit.money import money
from chartdesk.kit.transactions import advisory_lock, transaction
from chartdesk.pms.charges import assessment, events, price_list
from chartdesk.pms.charges.models import ContractRate, Fee, FeeSchedule
from chartdesk.pms.charges.price_list import FeeLine
from chartdesk.record.access import Role, Subject


def set_fees(subject: Subject, name: str, effective: date, fees: Iterable[FeeLine | tuple[Any, ...]]) -> int:
    """Make the price list ``name`` that holds from ``effective`` on; returns its number.

    ``fees`` are FeeLines, or tuples (code, description, amount[, modifier[, kind]]). A list of the same name
    and day is replaced whole; superbills that waited for a price are priced. Raises Invalid for an
    empty list or a negative amount.
    """
    subject.require(Role.BILLER, Role.MANAGER)
    lines = [fee if isinstance(fee, FeeLine) else FeeLine(*fee) for fee in fees]
    if not lines:
        raise Invalid("A price list needs at least one price.", where="fees")
    with transaction(subject):
        advisory_lock("fees", subject.practice)
        schedule, _ = FeeSchedule.objects.get_or_create(
            practice=subject.practice, name=name, effective=effective, defaults={"created": clock.now()}
        )
        Fee.objects.filter(practice=subject.practice, schedule=schedule).delete()
        Fee.objects.bulk_create(
            Fee(
                practice=subject.practice,
                schedule=schedule,
                code=line.code.upper(),
                modifier=line.modifier.upper(),
                description=line.description,
                amount=money(line.amount),
                kind=line.kind,
            )
            for line in lines
        )
        events.announce_fees(subject)
        assessment.reassess_unpriced(subject)
        return int(schedule.pk)


def import_fees(subject: Subject, name: str, effective: date, file: bytes | str) -> int:
    """Set the price list ``name`` from a CSV file (see ``price_list.parse``); returns how many prices it has.

    Raises Invalid with one issue per faulty line; then nothing is changed.
    """
    lines = price_list.parse(file)
    set_fees(subject, name, effective, lines)
    return len(lines)


def set_contract(
    subject: Subject, payer_id: str, rates: Mapping[str, Decimal], effective: date, *, modifier: str = ""
) -> int:
    """Set what a payer allows per unit and code from ``effective`` on; returns how many rates were set."""
    subject.require(Role.BILLER, Role.MANAGER)
    with transaction(subject):
        made = ContractRate.objects.bulk_create(
            [
                ContractRate(
                    practice=subject.practice,
                    payer_id=payer_id,
                    code=code.upper(),
                    modifier=modifier.upper(),
                    allowed=money(allowed),
                    effective=effective,
                )
                for code, allowed in rates.items()
            ],
            update_conflicts=True,
            unique_fields=["practice", "payer_id", "code", "modifier", "effective"],
            update_fields=["allowed"],
        )
        return len(made)
