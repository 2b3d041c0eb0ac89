"""Good-faith estimates: what a patient without insurance was told a visit would cost, and a new one."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Invalid, NotFound
from chartdesk.kit.money import money
from chartdesk.pms.good_faith import commands, queries
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record.access.subject import Role
from chartdesk.web.banner import banner
from chartdesk.web.errors import words
from chartdesk.web.fields import Field, Form, day_of
from chartdesk.web.navigation import FRONT
from chartdesk.web.request import StaffRequest, staff

DESK = (*FRONT, Role.BILLER)
_WAYS = ("Printed", "Mailed", "By message")


def page(request: HttpRequest, patient_id: str) -> HttpResponse:
    """A patient's estimates and the form for a new one; on POST it is made."""
    asked = staff(request, *DESK)
    form = _form(asked, patient_id)
    if request.method != "POST":
        return _shown(asked, patient_id, form)
    data = request.POST.dict()
    form.fill(data)
    try:
        made = commands.estimate(asked.subject, patient_id, _wanted(asked, data), _why(asked, patient_id, data))
    except ChartdeskError as fault:
        return _shown(asked, patient_id, form.mark(fault), status=422)
    by = f" Give it by {made.due:%b %-d, %Y}." if made.due else ""
    messages.success(request, f"Estimate {made.number} is made.{by}")
    return redirect("estimates", patient_id)


@require_POST
def give(request: HttpRequest, patient_id: str, estimate_id: int) -> HttpResponse:
    """Note that the patient has it."""
    asked = staff(request, *DESK)
    try:
        commands.give(asked.subject, estimate_id, request.POST.get("how", ""))
        messages.success(request, "Noted.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("estimates", patient_id)


def printed(request: HttpRequest, patient_id: str, estimate_id: int) -> HttpResponse:
    """The estimate as it was made, as a PDF."""
    asked = staff(request, *DESK)
    found = queries.estimate(asked.subject, estimate_id)
    if found.patient != patient_id:
        raise NotFound(f"There is no estimate {estimate_id} of this patient.")
    response = HttpResponse(bytes(found.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="estimate-{found.number}.pdf"'
    return response


def _wanted(asked: StaffRequest, data: dict[str, str]) -> commands.Wanted:
    visit = data.get("appointment", "")
    found = scheduling.appointment(asked.subject, visit) if visit else None
    zone = ZoneInfo(asked.practice.zone)
    return commands.Wanted(
        items=_items(data.get("items", "")),
        diagnoses=[code.upper() for code in data.get("diagnoses", "").replace(",", " ").split()],
        practitioner=found.practitioner if found else data.get("practitioner", ""),
        service_date=found.starts.astimezone(zone).date() if found else day_of(data, "service"),
        later=data.get("later", ""),
        site_id=found.site_id if found else None,
    )


def _why(asked: StaffRequest, patient_id: str, data: dict[str, str]) -> commands.Asked:
    visit = data.get("appointment", "")
    if not visit:
        return commands.Asked("requested", clock.today(asked.practice.zone))
    found = scheduling.appointment(asked.subject, visit)
    if found.patient_id != patient_id:
        raise Invalid("That is a visit of another patient.", where="appointment")
    booked = (found.booked or clock.now()).astimezone(ZoneInfo(asked.practice.zone)).date()
    return commands.Asked("scheduled", booked, visit)


def _items(text: str) -> list[commands.Item]:
    """One service a line: code, and where wanted units and the charge: ``99213 1 140.00``."""
    items = []
    for line in filter(None, map(str.strip, text.splitlines())):
        code, *rest = line.replace(",", " ").split()
        try:
            units = Decimal(rest[0]) if rest else Decimal(1)
        except InvalidOperation:
            raise Invalid(f"{rest[0]!r} is no number of units.", where="items", cure="99213 1 140.00") from None
        try:
            amount = money(rest[1]) if len(rest) > 1 else None
        except Invalid as fault:
            raise Invalid(fault.message, where="items", cure="99213 1 140.00") from None
        name, *modifiers = code.split("-")
        items.append(commands.Item(name, units, amount, tuple(one.upper() for one in modifiers)))
    return items


def _shown(asked: StaffRequest, patient_id: str, form: Form, status: int = 200) -> HttpResponse:
    found = queries.estimates(asked.subject, patient_id)
    context = {"banner": banner(asked, patient_id), "estimates": found, "form": form, "ways": _WAYS}
    return render(asked, "front_desk/estimates.html", context, status=status)


def _form(asked: StaffRequest, patient_id: str) -> Form:
    zone, now = ZoneInfo(asked.practice.zone), clock.now()
    coming = [
        (one.appointment_id, f"{one.visit_type_name} on {one.starts.astimezone(zone):%b %-d, %Y}, {one.provider_name}")
        for one in scheduling.of_patient(asked.subject, patient_id)
        if one.starts > now and one.status in ("booked", "confirmed")
    ]
    providers = [(one.practitioner, one.name) for one in scheduling.providers(asked.subject)]
    return Form(
        [
            ("", [
                Field("appointment", "For the visit", width=12, choices=[("", "None: the patient asked"), *coming]),
                Field("service", "Day, where there is no visit yet", "date", width=6),
                Field("practitioner", "Provider", width=6, choices=[("", "The practice"), *providers]),
                Field("items", "Services, one a line", "textarea", width=12, required=True,
                      hint="Code, units, charge: 99213 1 140.00. Without a charge the fee schedule's price counts."),
                Field("diagnoses", "Diagnoses", width=6, hint="ICD-10-CM codes, where they are known"),
                Field("later", "Expected besides, scheduled separately", width=6),
            ]),
        ]
    )  # fmt: skip
