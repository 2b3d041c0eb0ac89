"""Fee schedules: what things cost, imported, computed from Medicare's values, changed from a day on, compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.kit.money import money
from chartdesk.pms.charges import price_queries, prices
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.edits import layouts
from chartdesk.pms.edits import queries as edits
from chartdesk.record.access import Subject
from chartdesk.web import lists
from chartdesk.web.errors import words
from chartdesk.web.fields import day_of
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import StaffRequest, staff, whole

#: A price list larger than this is a mistake.
LARGEST = 5 * 1024 * 1024
#: A single price: ``99213 152.00``, ``99213-25 152.00``.
_SINGLE = re.compile(r"([0-9A-Z]{5})(?:[- ]+([0-9A-Z]{2}))?\s+(\S+)")


def page(request: HttpRequest) -> HttpResponse:
    """The fee schedules and one of them; on POST a price list is imported whole or not at all."""
    asked = staff(request, *MONEY)
    return _done(asked, _import) if request.method == "POST" else _page(asked)


def compute(request: HttpRequest) -> HttpResponse:
    """Make a schedule of a percentage of Medicare's amounts at a locality."""
    asked = staff(request, *MONEY)
    return _done(asked, _compute) if request.method == "POST" else redirect("practice_fees")


def change(request: HttpRequest) -> HttpResponse:
    """Make a schedule into a later one, every price by a percentage."""
    asked = staff(request, *MONEY)
    return _done(asked, _change) if request.method == "POST" else redirect("practice_fees")


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take a schedule away that has not begun."""
    asked = staff(request, *MONEY)
    try:
        prices.remove_fees(asked.subject, whole(asked.POST, "schedule"))
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    else:
        messages.success(request, "The schedule was taken away.")
    return redirect("practice_fees")


def compare(request: HttpRequest) -> HttpResponse:
    """Two schedules, code by code."""
    asked = staff(request, *MONEY)
    schedules = price_queries.schedules(asked.subject)
    before, after = _chosen(asked, schedules, "before", 1), _chosen(asked, schedules, "after", 0)
    rows = price_queries.compared(asked.subject, before.id, after.id) if before and after else []
    if lists.exporting(asked):
        header = ["code", "modifier", "description", "before", "after", "percent"]
        cells = ((one.code, one.modifier, one.description, one.before, one.after, one.change) for one in rows)
        return lists.exported(asked, "fees-compared", header, cells)
    differ = sum(one.before != one.after for one in rows)
    context = {"tab": "fees", "schedules": schedules, "before": before, "after": after, "differ": differ}
    return render(request, "practice/fees_compared.html", {**context, "listing": lists.paged(asked, rows)})


def tables(request: HttpRequest) -> HttpResponse:
    """What was imported of the published tables, and how old it is."""
    today = clock.today(staff(request, *MONEY).practice.zone)
    loaded = [(one, layouts.LAYOUTS[one.table].title, one.outdated(today)) for one in edits.loaded()]
    there = {one.table for one, _, _ in loaded}
    absent = [one.title for name, one in layouts.LAYOUTS.items() if name not in there]
    return render(request, "practice/tables.html", {"tab": "tables", "loaded": loaded, "absent": absent})


def percent_of(data: QueryDict, name: str = "percent") -> Decimal:
    """A percentage field. Raises Invalid at the field."""
    text = data.get(name, "").strip().removesuffix("%").strip()
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise Invalid(f"{text!r} is not a percentage.", cure="Write it like 120.", where=name) from None
    return found


def _done(asked: StaffRequest, act: Callable[[StaffRequest], tuple[int, str]]) -> HttpResponse:
    """Do what the form asks, and show the schedule that it made; or the page again with what was wrong."""
    try:
        schedule, done = act(asked)
    except ChartdeskError as fault:
        return _page(asked, fault)
    messages.success(asked, done)
    return redirect(f"{reverse('practice_fees')}?schedule={schedule}")


def _page(asked: StaffRequest, fault: ChartdeskError | None = None) -> HttpResponse:
    schedules = price_queries.schedules(asked.subject)
    chosen = _chosen(asked, schedules, "schedule", 0)
    rows = price_queries.fees(asked.subject, chosen.id) if chosen else []
    wanted = asked.GET.get("q", "").lower().split()
    rows = [row for row in rows if all(word in f"{row.code} {row.description}".lower() for word in wanted)]
    if lists.exporting(asked) and chosen:
        cells = ((row.code, row.description, row.amount, row.modifier, row.kind) for row in rows)
        header = ["code", "description", "amount", "modifier", "kind"]
        return lists.exported(asked, f"fees-{chosen.effective}", header, cells)
    today = clock.today(asked.practice.zone)
    context = {
        "tab": "fees",
        "schedules": schedules,
        "chosen": chosen,
        "listing": lists.paged(asked, rows),
        "fault": fault,
        "typed": {"name": "Standard", "percent": "120", "raise": "105", **asked.POST.dict()},
        "form": asked.POST.get("form", ""),
        "today": today,
        "localities": edits.localities(today),
        "payers": coverage.payers(asked.subject),
        "steps": [str(step) for step in prices.STEPS],
    }
    return render(asked, "practice/fees.html", context, status=422 if fault else 200)


def _chosen(asked: StaffRequest, schedules: list[Any], name: str, usual: int) -> Any:
    text = asked.GET.get(name) or asked.POST.get(name, "")
    usually = schedules[usual] if len(schedules) > usual else None
    return next((one for one in schedules if str(one.id) == text), usually)


def _head(asked: StaffRequest) -> tuple[str, Any]:
    name, effective = asked.POST.get("name", "").strip(), day_of(asked.POST.dict(), "effective")
    if not name or effective is None:
        raise Invalid("A schedule needs a name and a first day.", cure="Fill in both.")
    return name, effective


def _import(asked: StaffRequest) -> tuple[int, str]:
    name, effective = _head(asked)
    file = uploaded(asked)
    number = prices.import_fees(asked.subject, name, effective, file, payer_id=_payer(asked.subject, asked.POST))
    found = next(
        one for one in price_queries.schedules(asked.subject) if (one.name, one.effective) == (name, effective)
    )
    return found.id, f"{number} prices were imported."


def uploaded(asked: StaffRequest) -> bytes:
    """The file that came with the form. Raises Invalid without one, or for one that is too large."""
    given = asked.FILES.get("file")
    if given is None:
        raise Invalid("No file was chosen.", where="file", cure="Choose a CSV file.")
    if (given.size or 0) > LARGEST:
        raise Invalid(f"The file is larger than {LARGEST // 1024 // 1024} MB.", cure="Is it a price list?")
    return bytes(given.read())


def _compute(asked: StaffRequest) -> tuple[int, str]:
    name, effective = _head(asked)
    data = asked.POST
    try:
        step = Decimal(data.get("step") or "0.01")
    except InvalidOperation:
        raise Invalid("Choose to what amounts are rounded.", where="step") from None
    number = prices.compute_fees(
        asked.subject, name, effective, locality=data.get("locality", ""), percent=percent_of(data), step=step,
        all_codes=data.get("codes") == "all", payer_id=_payer(asked.subject, data),
    )  # fmt: skip
    return number, "The schedule was made. Compare it with the one before."


def _change(asked: StaffRequest) -> tuple[int, str]:
    effective = day_of(asked.POST.dict(), "effective")
    if effective is None:
        raise Invalid("Say from which day on the prices hold.", where="effective")
    number = prices.change_fees(
        asked.subject, whole(asked.POST, "schedule"), effective, percent=percent_of(asked.POST, "raise"),
        amounts=_amounts(asked.POST.get("amounts", "")),
    )  # fmt: skip
    return number, "The new prices hold from that day on; the old ones stay until then."


def _amounts(text: str) -> dict[tuple[str, str], Decimal]:
    """Single prices, one a line: code, modifier where there is one, dollars. Raises Invalid."""
    found: dict[tuple[str, str], Decimal] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        read = _SINGLE.fullmatch(line.strip().upper())
        if read is None:
            raise Invalid(
                f"Line {number} of the single prices is not a code and a fee.", where="amounts",
                cure="Write: 99213 152.00, or with a modifier 99213-25 152.00",
            )  # fmt: skip
        key = (read[1], read[2] or "")
        if key in found:
            raise Invalid(f"Line {number} of the single prices says {read[1]} again.", where="amounts")
        found[key] = money(read[3])
    return found


def _payer(subject: Subject, data: QueryDict) -> str:
    payer_id = data.get("payer_id", "")
    if payer_id and payer_id not in {one.payer_id for one in coverage.payers(subject)}:
        raise Invalid(f"There is no payer {payer_id}.", where="payer_id", cure="Choose one of the list.")
    return payer_id
