"""What the figures are made of: tables by payer, reason and code, and the rows behind each line."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from chartdesk.insight import breakdowns
from chartdesk.kit.money import dollars
from chartdesk.pms.registration import queries as registration
from chartdesk.web import lists
from chartdesk.web.practice.dashboard import READERS, Shown, period, target
from chartdesk.web.request import staff

#: Rows that a line shows.
_LISTED = 2000


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
    found = breakdowns.rows(asked.subject, name, key, first, last, limit=_LISTED)
    listing = lists.paged(asked, found)
    wanted = found if lists.exporting(asked) else listing.rows
    names = registration.names(asked.subject, sorted({one.patient_id for one in wanted if one.patient_id}))
    part = table.part.lower()
    shown = [
        Shown(
            one,
            names[one.patient_id].name if one.patient_id in names else "",
            target(one),
            dollars(one.amount) if table.unit == "dollars" else part if one.amount else f"not {part}",
        )
        for one in wanted
    ]
    if lists.exporting(asked):
        header = ["Date", "Patient", "What", "Counts as"]
        return lists.exported(
            asked, name, header, ((one.row.on, one.patient, one.row.text, one.row.amount) for one in shown)
        )
    context = {
        "table": table,
        "name": key,
        "listing": listing,
        "rows": shown,
        "first": first,
        "last": last,
        "cut": len(found) == _LISTED,
        "back": f"{reverse('breakdown', args=[name])}?{urlencode({'first': first, 'last': last})}",
    }
    return render(request, "practice/breakdown_rows.html", context)
