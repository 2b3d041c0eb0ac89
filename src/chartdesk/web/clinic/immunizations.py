"""A patient's immunizations: what was given, refused or told of, and the form for one more."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.ehr.orders import immunizations
from chartdesk.ehr.orders.content import NewImmunization
from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.standards.terminology import vaccines
from chartdesk.web.banner import banner
from chartdesk.web.errors import noticed
from chartdesk.web.fields import Field, Form, amount_of, day_of, options
from chartdesk.web.navigation import CARE
from chartdesk.web.request import StaffRequest, staff


def page(request: HttpRequest, patient_id: str) -> HttpResponse:
    """The list and the form; on POST one is recorded."""
    asked = staff(request, *CARE)
    form = _form()
    if request.method != "POST":
        form.fill({"given": clock.today(asked.practice.zone), "route": "IM"})
        return render(request, "clinic/immunizations.html", _context(asked, patient_id, form))
    data = {one.name: request.POST.get(one.name, "").strip() for one in form.fields()}
    try:
        immunizations.record(asked.subject, patient_id, _given(data))
    except ChartdeskError as fault:
        context = _context(asked, patient_id, form.fill(data).mark(fault))
        return render(request, "clinic/immunizations.html", context, status=422)
    messages.success(request, "Recorded.")
    return redirect("immunizations", patient_id)


@require_POST
def withdraw(request: HttpRequest, patient_id: str, immunization_id: str) -> HttpResponse:
    """Take back an entry that was a mistake."""
    asked = staff(request)
    with noticed(request):
        immunizations.withdraw(asked.subject, immunization_id)
        messages.success(request, "Withdrawn.")
    return redirect("immunizations", patient_id)


def _context(asked: StaffRequest, patient_id: str, form: Form) -> dict[str, Any]:
    return {
        "banner": banner(asked, patient_id),
        "patient_id": patient_id,
        "given": immunizations.every(asked.subject, patient_id),
        "form": form,
    }


def _given(data: dict[str, str]) -> NewImmunization:
    day = day_of(data, "given")
    if day is None:
        raise Invalid("On which day?", where="given", cure="Give the day.")
    return NewImmunization(
        cvx=data["cvx"],
        given=day,
        lot=data["lot"],
        maker=data["maker"],
        expires=day_of(data, "expires"),
        site=data["site"],
        route=data["route"],
        dose=amount_of(data, "dose"),
        refused=data["refused"],
        historical=data["historical"] == "1",
    )


def _form() -> Form:
    choices = [("", "Choose"), *((one.cvx, one.name) for one in vaccines.every())]
    return Form(
        [
            ("", [
                Field("cvx", "Vaccine", required=True, choices=choices, width=12),
                Field("given", "Day", "date", required=True),
                Field("dose", "Dose, mL", hint="Such as 0.5"),
                Field("lot", "Lot"),
                Field("expires", "Lot expires", "date"),
                Field("maker", "Maker", choices=options(vaccines.MAKERS, "Not said")),
                Field("route", "Way", choices=options(immunizations.ROUTES, "Not said")),
                Field("site", "Where", choices=options(immunizations.SITES, "Not said")),
                Field("refused", "Refused, because", hint="Leave empty when it was given."),
                Field("historical", "Given elsewhere, as the patient tells", "check", width=12),
            ]),
        ]
    )  # fmt: skip
