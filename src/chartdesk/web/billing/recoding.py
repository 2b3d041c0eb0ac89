"""Correcting codes of billed charges, also where money was posted: no amount changes, and a replacement says it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from chartdesk.kit.errors import ChartdeskError
from chartdesk.pms.charges import queries as charges
from chartdesk.pms.charges import recoding
from chartdesk.pms.charges.queries import SuperbillView
from chartdesk.pms.charges.recoding import Recoded
from chartdesk.standards.terminology import icd10
from chartdesk.web.banner import banner
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import StaffRequest, optional, staff

#: Empty fields behind the diagnoses.
_SPARE = 2


@dataclass
class TypedLine:
    """A line of the form: what it is, and what stands in its fields."""

    position: int
    code: str
    description: str
    modifiers: str
    pointers: str
    revenue: str
    faults: tuple[str, ...] = ()


def page(request: HttpRequest, superbill_id: int) -> HttpResponse:
    """The codes of billed charges; on POST they are corrected."""
    asked = staff(request, *MONEY)
    bill = charges.superbill(asked.subject, superbill_id)
    if request.method != "POST":
        return _page(asked, bill, _lines(bill), list(bill.diagnoses), bill.place_of_service)
    data = request.POST
    lines, diagnoses = _lines(bill, data), [one.strip() for one in data.getlist("diagnosis") if one.strip()]
    place = data.get("place", "").strip()
    try:
        recoding.recode(
            asked.subject, superbill_id, [_recoded(one) for one in lines], diagnoses, data.get("reason", ""),
            place_of_service=place, version=optional(data, "version"),
        )  # fmt: skip
    except ChartdeskError as fault:
        return _page(asked, bill, lines, diagnoses, place, fault=fault)
    messages.success(request, "Saved. A claim that was sent says it once you replace it.")
    return redirect("superbill", superbill_id)


def _page(
    asked: StaffRequest, bill: SuperbillView, lines: list[TypedLine], diagnoses: list[str], place: str, *,
    fault: ChartdeskError | None = None,
) -> HttpResponse:  # fmt: skip
    issues = (fault.issues or [fault]) if fault else []
    said = {str(one.where): f"{one.message} {one.cure}".strip() for one in issues}
    for line in lines:
        line.faults = tuple(said.pop(f"{name}-{line.position}", "") for name in ("modifiers", "pointers", "revenue"))
    fields = [*diagnoses, *("" for _ in range(_SPARE))]
    context = {
        "banner": banner(asked, bill.patient_id),
        "bill": bill,
        "version": asked.POST.get("version", bill.version),
        "lines": lines,
        "diagnoses": [
            (number, code, icd10.lookup(code).description if icd10.is_billable(code) else "",
             said.pop(f"diagnosis-{number}", ""))
            for number, code in enumerate(fields, start=1)
        ],
        "place": place,
        "place_fault": said.pop("place", ""),
        "reason": asked.POST.get("reason", ""),
        "reason_fault": said.pop("reason", ""),
        "others": list(said.values()),
    }  # fmt: skip
    return render(asked, "billing/recode.html", context, status=422 if fault else 200)


def _lines(bill: SuperbillView, data: QueryDict | None = None) -> list[TypedLine]:
    """The lines as they are, or as they were typed."""
    made = []
    for line in bill.lines:
        kept = (" ".join(line.modifiers), " ".join(map(str, line.pointers)), line.revenue)
        typed = kept if data is None else tuple(
            data.get(f"{name}-{line.position}", "").strip() for name in ("modifiers", "pointers", "revenue")
        )  # fmt: skip
        made.append(TypedLine(line.position, line.code, line.description, *typed))
    return made


def _recoded(line: TypedLine) -> Recoded:
    pointers = line.pointers.replace(",", " ").split()
    numbers = tuple(int(one) if one.isdecimal() and len(one) < 4 else 0 for one in pointers)
    revenue = line.revenue.zfill(4) if line.revenue.isdecimal() and len(line.revenue) == 3 else line.revenue
    return Recoded(line.position, tuple(line.modifiers.upper().replace(",", " ").split()), numbers, revenue)
