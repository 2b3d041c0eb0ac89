"""The patient's chart: problems, allergies, medicines, vital signs, visits."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.ehr.charting import allergies, problems
from chartdesk.ehr.charting import queries as charting
from chartdesk.ehr.medications import commands as medications
from chartdesk.kit.errors import ChartdeskError, NotFound
from chartdesk.record.access.subject import Role, Subject
from chartdesk.standards.terminology import substances
from chartdesk.web.banner import banner
from chartdesk.web.clinic import orders
from chartdesk.web.request import staff


def page(request: HttpRequest, patient_id: str) -> HttpResponse:
    """The chart."""
    asked = staff(request, Role.CLINICIAN, Role.NURSE)
    context = {
        "banner": banner(asked, patient_id),
        "chart": charting.chart(asked.subject, patient_id),
        "visits": charting.of_patient(asked.subject, patient_id),
        "medicines": substances.medicines(),
        "allergens": substances.allergens(),
        **orders.few(asked, patient_id),
    }
    return render(request, "clinic/chart.html", context)


@require_POST
def change(request: HttpRequest, patient_id: str, what: str) -> HttpResponse:
    """One change to a list of the chart; back to where it was asked for."""
    asked = staff(request)
    action = _CHANGES.get(what)
    if action is None:
        raise NotFound(f"There is no change {what!r}.")
    data = {name: text.strip() for name, text in request.POST.dict().items()}
    try:
        for warning in action(asked.subject, patient_id, data):
            messages.warning(request, warning)
    except ChartdeskError as fault:
        messages.error(request, str(fault))
    encounter = data.get("encounter", "")
    return redirect("note", encounter) if encounter else redirect("chart", patient_id)


Change = Callable[[Subject, str, dict[str, str]], list[str]]


def _add_problem(subject: Subject, patient_id: str, data: dict[str, str]) -> list[str]:
    problems.add(subject, patient_id, data.get("code", ""), encounter_id=data.get("encounter", ""))
    return []


def _resolve_problem(subject: Subject, patient_id: str, data: dict[str, str]) -> list[str]:
    problems.resolve(subject, data.get("id", ""))
    return []


def _add_allergy(subject: Subject, patient_id: str, data: dict[str, str]) -> list[str]:
    allergies.add(
        subject,
        patient_id,
        data.get("substance", ""),
        category=data.get("category", "medication"),
        reaction=data.get("reaction", ""),
        severity=data.get("severity", ""),
        onset=data.get("onset", ""),
        encounter_id=data.get("encounter", ""),
    )
    return []


def _no_allergies(subject: Subject, patient_id: str, data: dict[str, str]) -> list[str]:
    allergies.record_none(subject, patient_id, encounter_id=data.get("encounter", ""))
    return []


def _withdraw_allergy(subject: Subject, patient_id: str, data: dict[str, str]) -> list[str]:
    allergies.withdraw(subject, data.get("id", ""))
    return []


def _add_medicine(subject: Subject, patient_id: str, data: dict[str, str]) -> list[str]:
    made = medications.add(
        subject,
        patient_id,
        data.get("name", ""),
        dosage=data.get("dosage", ""),
        encounter_id=data.get("encounter", ""),
        reported=data.get("reported") == "1",
    )
    return made.warnings


def _stop_medicine(subject: Subject, patient_id: str, data: dict[str, str]) -> list[str]:
    medications.stop(subject, data.get("id", ""), reason=data.get("reason", ""))
    return []


_CHANGES: dict[str, Change] = {
    "add-problem": _add_problem,
    "resolve-problem": _resolve_problem,
    "add-allergy": _add_allergy,
    "no-allergies": _no_allergies,
    "withdraw-allergy": _withdraw_allergy,
    "add-medicine": _add_medicine,
    "stop-medicine": _stop_medicine,
}
