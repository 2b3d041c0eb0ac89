"""Revenue codes of institutional claims (UB-04 item 42): by the charge, the practice's table, the rule, or the code.

The practice's table is read from the top. Ours, at the end, has the codes that most payers take for what a clinic or
an outpatient department does; a payer may want others. Pure: no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from chartdesk.kit.errors import Invalid
from chartdesk.pms.splits import rules

#: The practice's setting that holds its table.
SETTING = "revenue_codes"


@dataclass(frozen=True)
class Row:
    """Codes, ranges or beginnings, at places of service (none: everywhere), and the revenue code they have."""

    codes: tuple[str, ...]
    places: tuple[str, ...]
    revenue: str


#: Codes and their usual revenue code, the narrower first.
USUAL: tuple[tuple[str, str], ...] = (
    ("99281-99288", "0450"), ("99202-99215 99241-99245 99381-99429 G0402 G0438 G0439 G0463", "0510"), ("T1015", "0521"),
    ("70450-70498 71250-71275 72125-72133 72191-72194 73200-73206 73700-73706 74150-74178", "0350"),
    ("70336 70540-70559 71550-71555 72141-72159 72195-72198 73218-73225 73718-73725 74181-74185", "0610"),
    ("77046-77067", "0401"), ("76506-76999", "0402"), ("78012-78999", "0340"), ("77261-77799", "0333"),
    ("70010-77092", "0320"), ("36415 36416", "0300"), ("88104-88399", "0310"), ("80047-89398 0001U-0999U", "0300"),
    ("90460-90474 G0008-G0010", "0771"), ("90476-90759 91300-91330", "0636"), ("90785-90899", "0900"),
    ("92507-92526", "0440"), ("97161-97164 97010-97150 97530-97546", "0420"), ("97165-97168", "0430"),
    ("93000-93042", "0730"), ("93303-93356", "0483"), ("94640", "0410"), ("94010-94799", "0460"),
    ("95812-95830", "0740"), ("96360-96379", "0260"), ("96401-96549", "0335"), ("10004-69990", "0361"),
    ("J0120-J9999", "0636"), ("A4206-A9999", "0270"), ("E0100-E9999 K0001-K9999", "0290"), ("L0112-L9999", "0274"),
)  # fmt: skip
_USUAL = tuple(Row(tuple(codes.split()), (), revenue) for codes, revenue in USUAL)


def of_charge(own: str, code: str, place: str, table: Sequence[Row], usual: str) -> str:
    """The revenue code of a line: its ``own``, else the table's, else the rule's ``usual`` one, else the usual one of
    its code; empty where nothing says it."""
    return own or _found(table, code, place) or usual or _by_code(code)


@lru_cache(maxsize=4096)
def _by_code(code: str) -> str:
    return _found(_USUAL, code, "")


def _found(table: Iterable[Row], code: str, place: str) -> str:
    for row in table:
        if rules.has_code(row.codes, code) and (not row.places or place in row.places):
            return row.revenue
    return ""


def table_of(settings: dict[str, Any]) -> tuple[Row, ...]:
    """The practice's table from its settings."""
    return tuple(Row(tuple(codes), tuple(places), revenue) for codes, places, revenue in settings.get(SETTING, ()))


def kept(rows: Iterable[Row]) -> list[list[Any]]:
    """As it is kept. Raises Invalid with every wrong row, by its number from 1."""
    rows = list(rows)
    faults = [
        Invalid(message, cure=cure, where=f"{where}-{number}")
        for number, row in enumerate(rows, start=1)
        for wrong, where, message, cure in _faults(row)
        if wrong
    ]
    if faults:
        raise Invalid("The table cannot be kept like this.", issues=faults, cure="Correct the rows marked.")
    return [[list(row.codes), list(row.places), row.revenue] for row in rows]


def _faults(row: Row) -> Iterator[tuple[bool, str, str, str]]:
    wrong = not rules.REVENUE.fullmatch(row.revenue)
    yield wrong, "revenue", f"{row.revenue!r} is no revenue code.", "Four digits, such as 0510."
    for code in row.codes:
        words = f"{code!r} is no code, range or beginning of codes."
        yield not rules.is_codes(code), "codes", words, "Write 93000, 70010-76499 or J1*."
    for place in row.places:
        wrong = not (len(place) == 2 and place.isdecimal())
        yield wrong, "places", f"{place!r} is not a place of service.", "Two digits, such as 22."
    yield not (row.codes or row.places), "codes", "The row means every line.", "Name codes or places."
