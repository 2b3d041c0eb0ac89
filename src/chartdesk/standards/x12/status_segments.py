"""The status of a claim or line, STC, both ways, as the 277CA (X214) and the 277 (X212) say it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chartdesk.standards.x12.segments import Segment, Value, segment
from chartdesk.standards.x12.taking import Taking
from chartdesk.standards.x12.values import amount_at, d8, day_at, number

#: STC01-1 categories that say "not taken in: correct and send again".
REJECTING = frozenset({"A3", "A4", "A6", "A7", "A8"})


@dataclass(slots=True, kw_only=True)
class StatusCode:
    """One composite of STC01, 10 or 11: category (A1, A3, F1 …), status code, entity it speaks of, and RX where
    the code is one of the pharmacies' list."""

    category: str
    code: str
    entity: str = ""
    source: str = ""


@dataclass(slots=True, kw_only=True)
class Status:
    """STC: up to three codes, the day, the action (WQ accepted, U rejected), the charge (STC04), and free text.

    Only a 277 (X212) tells of money: ``paid`` (STC05), the day it was decided (STC06) or paid (STC08), how
    (STC07), and the number of the check or transfer (STC09).
    """

    codes: list[StatusCode]
    day: date | None
    action: str = ""
    amount: Decimal | None = None
    message: str = ""
    paid: Decimal | None = None
    decided: date | None = None
    method: str = ""
    issued: date | None = None
    check: str = ""

    @property
    def rejects(self) -> bool:
        """True where the payer did not take the claim in and it must be corrected and sent again."""
        return self.action == "U" or any(code.category in REJECTING for code in self.codes)

    @property
    def category(self) -> str:
        """The first category, such as F2; empty where there is none."""
        return self.codes[0].category if self.codes else ""


def status_segments(statuses: Iterable[Status]) -> list[Segment]:
    """An STC for each status."""
    made = []
    for one in statuses:
        codes: list[Value] = [(code.category, code.code, code.entity, code.source) for code in one.codes]
        first, second, third = [*codes, "", "", ""][:3]
        money = (number(one.amount), number(one.paid), d8(one.decided), one.method, d8(one.issued), one.check)
        made.append(segment("STC", first, d8(one.day), one.action, *money, second, third, one.message))
    return made


def take_statuses(taking: Taking) -> list[Status]:
    """Every status of a loop, in order."""
    return [_status(stc) for stc in taking.every("STC")]


def _status(stc: Segment) -> Status:
    return Status(
        codes=[_code(stc, place) for place in (1, 10, 11) if stc[place]],
        day=day_at(stc, 2),
        action=stc[3],
        amount=amount_at(stc, 4),
        paid=amount_at(stc, 5),
        decided=day_at(stc, 6),
        method=stc[7],
        issued=day_at(stc, 8),
        check=stc[9],
        message=stc[12],
    )


def _code(stc: Segment, place: int) -> StatusCode:
    category, code, entity, source = [*stc.parts(place), "", "", "", ""][:4]
    return StatusCode(category=category, code=code, entity=entity, source=source)
