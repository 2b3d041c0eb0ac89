"""Patients: the list, registration, the patient's page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chartdesk.ehr.reconciling import queries as documents
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.registration import commands, merging
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.registration.people import Person
from chartdesk.pms.registration.vocabulary import LANGUAGES
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.pms.statements import queries as statements
from chartdesk.record.access import patient_logins
from chartdesk.record.access.subject import Role
from chartdesk.web.banner import banner
from chartdesk.web.front_desk import patient_form
from chartdesk.web.front_desk.booking import MAY_BOOK
from chartdesk.web.request import staff, whole


def index(request: HttpRequest) -> HttpResponse:
    """Find a patient by any fragment."""
    asked = staff(request)
    text = request.GET.get("q", "").strip()
    hits = registration.find(asked.subject, text, limit=50) if text else []
    return render(
        request,
        "front_desk/patients.html",
        {"text": text, "hits": hits, "may_merge": asked.subject.has(*merging.ROLES)},
    )


def patient(request: HttpRequest, patient_id: str) -> HttpResponse:
    """The patient's page: demographics, coverages, visits, balance."""
    asked = staff(request)
    known = banner(asked, patient_id)
    language = known.patient.person.language
    context = {
        "banner": known,
        "language": LANGUAGES.get(language, language),
        "visits": scheduling.of_patient(asked.subject, patient_id),
        "checks": coverage.checks(asked.subject, patient_id, limit=5),
        "account": statements.account(asked.subject, patient_id),
        "may_register": asked.subject.has(*commands.ROLES),
        "may_book": asked.subject.has(*MAY_BOOK),
        "may_merge": asked.subject.has(*merging.ROLES),
        "may_list": asked.subject.has(*documents.LISTERS),
        "may_login": asked.subject.has(*patient_logins.ROLES),
        "may_bill": asked.subject.has(Role.BILLER, Role.MANAGER, Role.FRONT_DESK),
        "may_chart": asked.subject.has(Role.CLINICIAN, Role.NURSE),
    }
    return render(request, "front_desk/patient.html", context)


def register(request: HttpRequest) -> HttpResponse:
    """Register a new patient; a likely duplicate is shown with its reasons before anything is written."""
    asked = staff(request, *commands.ROLES)
    form = patient_form.form().fill({"sex": "", "language": "en", "guarantor": "self"})
    if request.method == "POST":
        form.fill(request.POST.dict())
        try:
            made = commands.register(
                asked.subject, patient_form.typed(request), confirmed_distinct=request.POST.get("confirmed") == "1"
            )
        except commands.DuplicateSuspected as suspected:
            context = {"form": form, "candidates": suspected.candidates}
            return render(request, "front_desk/register.html", context, status=409)
        except Invalid as fault:
            return render(request, "front_desk/register.html", {"form": form.mark(fault)}, status=422)
        messages.success(request, f"Registered with record number {made.mrn}.")
        return (
            redirect("coverage_add", made.patient_id)
            if request.POST.get("then") == "coverage"
            else redirect("patient", made.patient_id)
        )
    return render(request, "front_desk/register.html", {"form": form})


def edit(request: HttpRequest, patient_id: str) -> HttpResponse:
    """Amend a patient's demographics; somebody else's change in between is not overwritten."""
    asked = staff(request, *commands.ROLES)
    view = registration.patient(asked.subject, patient_id)
    form = patient_form.form().fill(patient_form.values(view.registration))
    context: dict[str, Any] = {"form": form, "patient": view, "version": view.version}
    if request.method == "POST":
        form.fill(request.POST.dict())
        version = whole(request.POST, "version")
        context["version"] = version
        try:
            held = view.registration
            wanted = patient_form.typed(request)
            merged = replace(
                wanted, person=_kept(held.person, wanted.person), preferred_location=held.preferred_location
            )
            commands.amend(asked.subject, patient_id, merged, version=version)
        except ChartdeskError as fault:
            context["form"] = form.mark(fault)
            return render(
                request,
                "front_desk/register.html",
                {**context, "banner": banner(asked, patient_id)},
                status=422,
            )
        messages.success(request, "Saved.")
        return redirect("patient", patient_id)
    return render(request, "front_desk/register.html", {**context, "banner": banner(asked, patient_id)})


def _kept(held: Person, wanted: Person) -> Person:
    """The social security number is shown masked; an untouched mask keeps what is stored."""
    masked = held.ssn and wanted.ssn == patient_form.masked(held.ssn)
    return replace(wanted, ssn=held.ssn) if masked else wanted
