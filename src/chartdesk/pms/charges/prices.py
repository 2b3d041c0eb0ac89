"""Setting prices: fee schedules from a list, from Medicare's values, or from another schedule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from chartdesk.kit import clock, database
from chartdesk.kit.errors import Conflict, Invalid, NotFound
from chartdesk.kit.money import money
from chartdesk.kit.transactions import advisory_lock, reading, transaction
from chartdesk.pms.charges import assessment, contract_commands, events, price_list
from chartdesk.pms.charges.models import Fee, FeeSchedule
from chartdesk.pms.charges.price_list import FeeLine
from chartdesk.pms.edits import queries as edits
from chartdesk.pms.edits import rules as medicare
from chartdesk.record.access import Role, Subject
from chartdesk.record.access.people import practice_of

#: More percent than this is a mistake.
MOST = Decimal(1000)
#: To what amounts are rounded, in dollars.
STEPS = (Decimal("0.01"), Decimal("0.05"), Decimal("0.5"), Decimal(1), Decimal(5))
_ALL_CODES = "SELECT DISTINCT code FROM edits_relativevalue"


def set_fees(
    subject: Subject, name: str, effective: date, fees: Iterable[FeeLine | tuple[Any, ...]], *,
    payer_id: str = "", basis: str = "",
) -> int:  # fmt: skip
    """Make the price list ``name`` that holds from ``effective`` on; returns its number.

    ``fees`` are FeeLines, or tuples (code, description, amount[, modifier[, kind]]). A list of the same name
    and day is replaced whole; superbills that waited for a price are priced. ``payer_id`` makes it the list of that
    payer's patients, ``basis`` says how it was made. Raises Invalid for an empty list or an amount that cannot be,
    Conflict where a list of that name and day is for somebody else: it would be gone.
    """
    subject.require(Role.BILLER, Role.MANAGER)
    lines = [fee if isinstance(fee, FeeLine) else FeeLine(*fee) for fee in fees]
    if not lines:
        raise Invalid("A price list needs at least one price.", where="fees")
    for line in lines:
        price_list.check_amount(line.code, money(line.amount))
    with transaction(subject):
        advisory_lock("fees", subject.practice)
        _require_own(subject, name, effective, payer_id)
        schedule, _ = FeeSchedule.objects.update_or_create(
            practice=subject.practice, name=name, effective=effective, defaults={"payer_id": payer_id, "basis": basis},
            create_defaults={"payer_id": payer_id, "basis": basis, "created": clock.now()},
        )  # fmt: skip
        Fee.objects.filter(practice=subject.practice, schedule=schedule).delete()
        Fee.objects.bulk_create(
            (
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
            ),
            batch_size=2000,
        )
        events.announce_fees(subject)
        assessment.reassess_unpriced(subject)
        return int(schedule.pk)


def import_fees(subject: Subject, name: str, effective: date, file: bytes | str, *, payer_id: str = "") -> int:
    """Set the price list ``name`` from a CSV file (see ``price_list.parse``); returns how many prices it has.

    Raises Invalid with one issue per faulty line; then nothing is changed.
    """
    lines = price_list.parse(file)
    set_fees(subject, name, effective, lines, payer_id=payer_id)
    return len(lines)


def compute_fees(
    subject: Subject, name: str, effective: date, *, locality: str, percent: Decimal,
    step: Decimal = Decimal("0.01"), all_codes: bool = False, payer_id: str = "",
) -> int:  # fmt: skip
    """Make a price list of a percentage of Medicare's amounts; returns its number.

    It has the codes that the practice has prices for, or with ``all_codes`` every code that Medicare pays by relative
    values; codes of the practice without a relative value keep their newest price. ``locality`` is its key, such as
    ``10112-00``; amounts are rounded to ``step``. Raises Invalid where the tables are not here.
    """
    subject.require(Role.BILLER, Role.MANAGER)
    _check_percent(percent)
    if step not in STEPS:
        raise Invalid(f"{step} is not a step.", where="step", cure="Round to " + ", ".join(map(str, STEPS)) + ".")
    place = next((one for one in edits.localities(effective) if one.key == locality), None)
    if place is None:
        raise Invalid(
            f"There is no locality {locality or 'given'} on {effective:%b %-d, %Y}.",
            where="locality",
            cure="Choose one; `chartdesk import-tables` brings Medicare's GPCI file.",
        )
    with transaction(subject):
        own = newest(subject, effective)
        codes = [code for (code,) in database.rows(_ALL_CODES)] if all_codes else sorted({code for code, _ in own})
        values = edits.relative_values(codes, effective)
        lines = [
            FeeLine(code, own[code, modifier].description if (code, modifier) in own else one.description,
                    stepped(medicare.payment(one, place) * percent / 100, step), modifier,
                    own[code, modifier].kind if (code, modifier) in own else "")
            for (code, modifier), one in sorted(values.items())
            if one.status in medicare.PAYABLE and medicare.payment(one, place)
        ]  # fmt: skip
        if not lines:
            raise Invalid(
                f"Medicare has no amount for any of {len(codes)} codes on {effective:%b %-d, %Y}.",
                cure="`chartdesk import-tables` brings its PPRRVU file.",
            )
        there = {(one.code, one.modifier) for one in lines}
        lines += [
            FeeLine(one.code, one.description, one.amount, one.modifier, one.kind)
            for key, one in own.items()
            if key not in there
        ]
        words = f"{percent.normalize():f} % of Medicare, {place.state} {place.name.title()} ({place.key})"
        return set_fees(subject, name, effective, lines, payer_id=payer_id, basis=words)


def change_fees(
    subject: Subject, schedule_id: int, effective: date, *, percent: Decimal = Decimal(100),
    step: Decimal = Decimal("0.01"), amounts: Mapping[tuple[str, str], Decimal] | None = None,
) -> int:  # fmt: skip
    """Make a schedule into a later one of the same name: every price times ``percent`` / 100, some as ``amounts`` say.

    ``amounts`` are dollars by (code, modifier). The old one stays what it was. Raises NotFound, and Invalid for a day
    that is not later or a code that the schedule has not.
    """
    subject.require(Role.BILLER, Role.MANAGER)
    _check_percent(percent)
    own = dict(amounts or {})
    with transaction(subject):
        schedule = FeeSchedule.objects.filter(practice=subject.practice, pk=schedule_id).first()
        if schedule is None:
            raise NotFound(f"There is no fee schedule {schedule_id}.", cure="Choose one of the list.")
        if effective <= schedule.effective:
            raise Invalid(
                f"{effective:%b %-d, %Y} is not after {schedule.effective:%b %-d, %Y}, when the schedule began.",
                where="effective",
                cure="Choose a later day: what was charged stays as it was.",
            )
        fees = list(Fee.objects.filter(practice=subject.practice, schedule=schedule))
        strange = sorted(set(own) - {(fee.code, fee.modifier) for fee in fees})
        if strange:
            raise Invalid(f"The schedule has no {', '.join(code for code, _ in strange)}.", where="amounts")
        lines = [
            FeeLine(
                fee.code, fee.description, own.get((fee.code, fee.modifier), stepped(fee.amount * percent / 100, step)),
                fee.modifier, fee.kind,
            )
            for fee in fees
        ]  # fmt: skip
        words = f"{percent.normalize():f} % of {schedule.name} from {schedule.effective:%b %-d, %Y}"
        return set_fees(subject, schedule.name, effective, lines, payer_id=schedule.payer_id, basis=words)


def remove_fees(subject: Subject, schedule_id: int) -> None:
    """Take a schedule away that has not begun. Raises Conflict for one in force, NotFound."""
    subject.require(Role.BILLER, Role.MANAGER)
    with transaction(subject):
        advisory_lock("fees", subject.practice)
        schedule = FeeSchedule.objects.filter(practice=subject.practice, pk=schedule_id).first()
        if schedule is None:
            raise NotFound(f"There is no fee schedule {schedule_id}.", cure="Choose one of the list.")
        if schedule.effective <= clock.today(practice_of(subject).zone):
            raise Conflict("The schedule holds already.", cure="Make another one that holds from a later day on.")
        schedule.delete()
        events.announce_fees(subject)


def newest(subject: Subject, on: date) -> dict[tuple[str, str], Fee]:
    """The practice's prices for everybody on a day, by (code, modifier)."""
    rows = Fee.objects.filter(practice=subject.practice, schedule__effective__lte=on, schedule__payer_id="")
    return {(one.code, one.modifier): one for one in rows.order_by("schedule__effective", "pk")}


def prices_on(subject: Subject, on: date) -> list[Fee]:
    """The practice's prices for everybody on a day, by code and modifier."""
    with reading(subject):
        return sorted(newest(subject, on).values(), key=lambda one: (one.code, one.modifier))


def stepped(amount: Decimal, step: Decimal) -> Decimal:
    """``amount`` rounded to a multiple of ``step``, halves up; never to nothing."""
    steps = (amount / step).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return money(max(steps, Decimal(1)) * step) if amount > 0 else money(amount)


def set_contract(
    subject: Subject, payer_id: str, rates: Mapping[str, Decimal], effective: date, *, modifier: str = ""
) -> int:
    """Set what a payer allows per unit and code from ``effective`` on; returns how many rates were set."""
    return contract_commands.set_rates(
        subject, payer_id, [(code, modifier, allowed) for code, allowed in rates.items()], effective
    )


def _require_own(subject: Subject, name: str, effective: date, payer_id: str) -> None:
    """Raise Conflict where the list that would be replaced is not for the same patients."""
    there = FeeSchedule.objects.filter(practice=subject.practice, name=name, effective=effective).first()
    if there is not None and there.payer_id != payer_id:
        whose = f"the patients of payer {there.payer_id}" if there.payer_id else "everybody"
        raise Conflict(
            f"The schedule {name} from {effective:%b %-d, %Y} is for {whose}.", where="name",
            cure="Give this one another name; the two hold beside each other.",
        )  # fmt: skip


def _check_percent(percent: Decimal) -> None:
    if not percent.is_finite() or not 0 < percent <= MOST:
        raise Invalid(f"{percent} % cannot be.", where="percent", cure=f"Between 0 and {MOST} %.")
