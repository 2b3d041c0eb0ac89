"""What the figures are made of: tables by payer, reason and code, and the rows behind each line."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from chartdesk.insight import breakdowns, drilldown
from chartdesk.kit.money import dollars
from chartdesk.kit.wording import counted as number_of
from chartdesk.web import lists
from chartdesk.web.practice.dashboard import READERS, counted, exported, period, shown_rows
from chartdesk.web.request import staff


def page(request: HttpRequest, name: str) -> HttpResponse:
    """One table of a period."""
    asked = staff(request, *READERS)
    first, last = period(asked)
    table = breakdowns.of(name)
    shares = breakdowns.shares(asked.subject, name, first, last)
    if lists.exporting(asked):
        header = [table.key, table.part, table.whole or "Of", "Percent", "Amount"]
        cells = ((one.name, one.part, one.whole, one.rate, one.dollars) for one in shares)
        return lists.exported(asked, name, header, cells)
    context = {
        "table": table,
        "tables": breakdowns.BREAKDOWNS.values(),
        "shares": shares,
        "sums": breakdowns.summed(name, shares),
        "first": first,
        "last": last,
        "back": f"{reverse('dashboard')}?{urlencode({'first': first, 'last': last})}",
    }
    return render(request, "practice/breakdown.html", context)


def rows(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """What one line counts."""
    asked = staff(request, *READERS)
    first, last = period(asked)
    table = breakdowns.of(name)

    def read(skip: int, limit: int) -> drilldown.Counted:
        return breakdowns.opened(asked.subject, name, key, first, last, skip=skip, limit=limit)

    if lists.exporting(asked):
        return exported(asked, name, read)
    listing, found = counted(asked, read)
    part, money = table.part.lower(), table.unit == "dollars"
    total = dollars(found.amount) if money else f"{found.amount} {part if table.whole else ''}".strip()
    context = {
        "table": table,
        "name": breakdowns.named(asked.subject, name, key),
        "listing": listing,
        "rows": shown_rows(
            asked, found.rows, lambda row: dollars(row.amount) if money else part if row.amount else f"not {part}"
        ),
        "together": f"{number_of(found.count, 'row')}, {total} together.",
        "first": first,
        "last": last,
        "back": f"{reverse('breakdown', args=[name])}?{urlencode({'first': first, 'last': last})}",
    }
    return render(request, "practice/breakdown_rows.html", context)
