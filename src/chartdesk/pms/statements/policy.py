"""What a practice has decided about patients' money: its settings with their defaults."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from chartdesk.kit.errors import Invalid
from chartdesk.kit.money import money
from chartdesk.record.access import Subject
from chartdesk.record.access.people import practice_of
from chartdesk.record.access.practices import Fault, switch


@dataclass(frozen=True)
class Policy:
    """Amounts are dollars, times are days. A limit of zero turns its rule off."""

    statement_days: int = 21
    statement_minimum: Decimal = Decimal("5.00")
    statement_cycle: int = 28
    statement_auto: bool = False
    small_balance_limit: Decimal = Decimal("0.00")
    small_balance_days: int = 90
    small_balance_auto: bool = False
    plan_minimum: Decimal = Decimal("25.00")
    plan_longest: int = 24
    plan_grace: int = 10
    collections_days: int = 120
    collections_statements: int = 3
    collections_minimum: Decimal = Decimal("25.00")
    collections_agency: str = ""


_KINDS = {one.name: type(getattr(Policy, one.name)) for one in fields(Policy)}
#: Whole numbers: the least and the most.
_RANGES = {
    "statement_days": (1, 120),
    "statement_cycle": (7, 365),
    "small_balance_days": (0, 3650),
    "plan_longest": (1, 120),
    "plan_grace": (0, 90),
    "collections_days": (30, 3650),
    "collections_statements": (0, 24),
}


def policy(subject: Subject) -> Policy:
    """The policy of the subject's practice."""
    settings = practice_of(subject).settings
    given = {name: _read(name, settings[name]) for name in _KINDS if name in settings}
    return Policy(**given)


def decide(subject: Subject, wanted: dict[str, str]) -> Policy:
    """Change settings; those not named stay. Raises Forbidden, Invalid with every wrong field."""
    faults, settings = [], {}
    for name, text in wanted.items():
        if name not in _KINDS:
            raise Invalid(f"There is no setting {name!r}.", where=name)
        try:
            value = _read(name, text)
            least, most = _RANGES.get(name, (None, None))
            if least is not None and not least <= value <= most:
                raise Invalid(f"{value} days are not possible.", cure=f"From {least} to {most}.")
            if isinstance(value, Decimal) and value < 0:
                raise Invalid("An amount below zero is not possible.", cure="Write 0 to turn it off.")
            settings[name] = str(value) if isinstance(value, Decimal) else value
        except Invalid as fault:
            faults.append(Fault(name, fault.message, fault.cure))
    if faults:
        raise Invalid("The settings cannot be saved like this.", issues=faults, cure="Correct the fields marked.")
    switch(subject, **settings)
    return policy(subject)


def _read(name: str, given: Any) -> Any:
    kind = _KINDS[name]
    if kind is Decimal:
        return money(str(given))
    if kind is bool:
        return given in (True, "1", "on", "true")
    if kind is int:
        if not str(given).strip().isdigit():
            raise Invalid(f"{given!r} is not a number of days.", cure="Write a whole number.")
        return int(given)
    return str(given).strip()
