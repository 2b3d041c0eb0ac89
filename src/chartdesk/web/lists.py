"""Lists: one page of many rows, in the order asked for, or all of them as a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpResponse

from chartdesk.kit.errors import Invalid
from chartdesk.kit.wording import cell
from chartdesk.web.request import StaffRequest

#: Rows of one page, and at most of one export.
SIZE = 50
LARGEST_EXPORT = 20_000


@dataclass(frozen=True)
class Listing:
    """One page of a list: its rows, their number from ``first`` to ``last`` of ``total``, and the pages."""

    rows: list[Any]
    total: int
    number: int
    pages: int

    @property
    def first(self) -> int:
        """The number of the first row shown; 0 in an empty list."""
        return (self.number - 1) * SIZE + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.number * SIZE, self.total)

    @property
    def before(self) -> int | None:
        """The page before, or None."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """The page after, or None."""
        return self.number + 1 if self.number < self.pages else None


def paged(asked: StaffRequest, rows: QuerySet[Any] | Sequence[Any], total: int | None = None) -> Listing:
    """The page that was asked for; the last one where there are fewer. ``total`` saves counting."""
    if total is None:
        total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    return fetched(asked, total, lambda first, most: rows[first : first + most])


def fetched(asked: StaffRequest, total: int, rows: Callable[[int, int], Iterable[Any]]) -> Listing:
    """The page that was asked for, where ``rows(first, most)`` gives the rows of a page alone."""
    pages = max(1, -(-total // SIZE))
    text = asked.GET.get("page", "1")
    number = min(max(int(text) if text.isdecimal() and len(text) < 9 else 1, 1), pages)
    return Listing(list(rows((number - 1) * SIZE, SIZE)), total, number, pages)


def order_of(asked: StaffRequest, allowed: Iterable[str], default: str) -> str:
    """The order that was asked for, where it is one of ``allowed``; a leading minus turns it around."""
    order = asked.GET.get("order", "")
    return order if order.removeprefix("-") in set(allowed) else default


def ordered(rows: list[Any], order: str, keys: dict[str, Callable[[Any], Any]]) -> list[Any]:
    """``rows`` sorted by the key that ``order`` names. Equal ones keep their place."""
    return sorted(rows, key=keys[order.removeprefix("-")], reverse=order.startswith("-"))


def date_of(asked: StaffRequest, name: str) -> date | None:
    """A date of the filter; None where the field is empty. Raises Invalid."""
    text = asked.GET.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{text!r} is not a date.", cure="Write it like 2026-11-21.", where=name) from None


def posted_date(text: str, name: str) -> date:
    """A date that a form must give. Raises Invalid."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Invalid(f"{text!r} is not a date.", cure="Write it like 2026-11-21.", where=name) from None


def exporting(asked: StaffRequest) -> bool:
    """Whether the list was asked for as a file."""
    return asked.GET.get("format") == "csv"


def exported(asked: StaffRequest, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """The rows as a CSV file that spreadsheet programs open: UTF-8, times in the practice's zone."""
    zone = ZoneInfo(asked.practice.zone)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_cell(cell, zone) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cell(value: Any, zone: ZoneInfo) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    return str(value) if isinstance(value, (int, Decimal)) else cell(str(value))
