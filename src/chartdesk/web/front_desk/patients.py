"""Patients: the list, registration, the patient's page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.registration import commands, vocabulary
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.registration.people import Address, Contact, Guarantor, Person, Registration
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.pms.statements import queries as statements
from chartdesk.record.access.subject import Role
from chartdesk.web.banner import banner
from chartdesk.web.fields import Field, Form, day_of, options
from chartdesk.web.front_desk.booking import MAY_BOOK
from chartdesk.web.request import staff, whole

_PERSON = (
    "family",
    "given",
    "middle",
    "suffix",
    "preferred",
    "sex",
    "phone_mobile",
    "phone_home",
    "phone_work",
    "email",
    "language",
    "race",
    "ethnicity",
    "marital_status",
    "ssn",
)
_ADDRESS = ("line1", "line2", "city", "state", "postal_code")


def index(request: HttpRequest) -> HttpResponse:
    """Find a patient; an empty search shows those with a visit today."""
    asked = staff(request)
    text = request.GET.get("q", "").strip()
    hits = registration.find(asked.subject, text, limit=50) if text else []
    return render(request, "front_desk/patients.html", {"text": text, "hits": hits})


def patient(request: HttpRequest, patient_id: str) -> HttpResponse:
    """The patient's page: demographics, coverages, visits, balance."""
    asked = staff(request)
    context = {
        "banner": banner(asked, patient_id),
        "visits": scheduling.of_patient(asked.subject, patient_id),
        "checks": coverage.checks(asked.subject, patient_id, limit=5),
        "account": statements.account(asked.subject, patient_id),
        "may_register": asked.subject.has(*commands.ROLES),
        "may_book": asked.subject.has(*MAY_BOOK),
        "may_bill": asked.subject.has(Role.BILLER, Role.MANAGER, Role.FRONT_DESK),
        "may_chart": asked.subject.has(Role.CLINICIAN, Role.NURSE),
    }
    return render(request, "front_desk/patient.html", context)


def register(request: HttpRequest) -> HttpResponse:
    """Register a new patient; a likely duplicate is shown with its reasons before anything is written."""
    asked = staff(request)
    asked.subject.require(*commands.ROLES)
    form = _form().fill({"sex": "", "language": "en", "guarantor": "self"})
    if request.method == "POST":
        form.fill(request.POST.dict())
        try:
            made = commands.register(
                asked.subject, _registration(request), confirmed_distinct=request.POST.get("confirmed") == "1"
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
    asked = staff(request)
    asked.subject.require(*commands.ROLES)
    view = registration.patient(asked.subject, patient_id)
    form = _form().fill(_values(view.registration))
    context: dict[str, Any] = {"form": form, "patient": view, "version": view.version}
    if request.method == "POST":
        form.fill(request.POST.dict())
        version = whole(request.POST, "version")
        context["version"] = version
        try:
            held = view.registration
            wanted = _registration(request)
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
    masked = held.ssn and wanted.ssn == _masked(held.ssn)
    return replace(wanted, ssn=held.ssn) if masked else wanted


def _masked(ssn: str) -> str:
    return f"***-**-{ssn[-4:]}" if ssn else ""


def _form() -> Form:
    states = [("", ""), *((code, code) for code in sorted(vocabulary.STATES))]
    return Form(
        [
            (
                "Patient",
                [
                    Field("given", "First name", width=3, required=True),
                    Field("middle", "Middle", width=2),
                    Field("family", "Last name", width=3, required=True),
                    Field("suffix", "Suffix", width=2),
                    Field("preferred", "Goes by", width=2),
                    Field("birth_date", "Birth date", "date", width=3, required=True),
                    Field("sex", "Sex", width=3, required=True, choices=options(vocabulary.SEXES, "Choose")),
                    Field(
                        "marital_status",
                        "Marital status",
                        width=3,
                        choices=options(vocabulary.MARITAL_STATUS, "Not asked"),
                    ),
                    Field("ssn", "Social security number", width=3, hint="Only where a payer asks for it"),
                ],
            ),
            (
                "How to reach the patient",
                [
                    Field("phone_mobile", "Mobile phone", "tel", width=3),
                    Field("phone_home", "Home phone", "tel", width=3),
                    Field("phone_work", "Work phone", "tel", width=3),
                    Field("email", "Email", "email", width=3),
                    Field("address.line1", "Street", width=5),
                    Field("address.line2", "Apartment, unit", width=2),
                    Field("address.city", "City", width=2),
                    Field("address.state", "State", width=1, choices=states),
                    Field("address.postal_code", "ZIP", width=2),
                ],
            ),
            (
                "About",
                [
                    Field("language", "Language", width=3, choices=options(vocabulary.LANGUAGES, "Not asked")),
                    Field("race", "Race", width=3, choices=options(vocabulary.RACES.values(), "Not asked")),
                    Field(
                        "ethnicity", "Ethnicity", width=3, choices=options(vocabulary.ETHNICITIES.values(), "Not asked")
                    ),
                    Field(
                        "alerts", "Alert for everyone", "textarea", width=12, hint="Shown in the banner on every page"
                    ),
                ],
            ),
            (
                "Emergency contact",
                [
                    Field("contacts[0].name", "Name", width=4),
                    Field("contacts[0].relationship", "Relationship", width=4),
                    Field("contacts[0].phone", "Phone", "tel", width=4),
                ],
            ),
            (
                "Who pays what insurance does not",
                [
                    Field(
                        "guarantor",
                        "Guarantor",
                        width=3,
                        choices=[
                            ("self", "The patient"),
                            ("parent", "A parent"),
                            ("spouse", "The spouse"),
                            ("other", "Somebody else"),
                        ],
                    ),
                    Field("guarantor.person.given", "First name", width=3),
                    Field("guarantor.person.family", "Last name", width=3),
                    Field("guarantor.person.birth_date", "Birth date", "date", width=3),
                    Field("guarantor.person.phone_mobile", "Phone", "tel", width=3),
                    Field("guarantor.person.address.line1", "Street", width=4),
                    Field("guarantor.person.address.city", "City", width=2),
                    Field("guarantor.person.address.state", "State", width=1, choices=states),
                    Field("guarantor.person.address.postal_code", "ZIP", width=2),
                ],
            ),
        ]
    )


def _values(held: Registration) -> dict[str, Any]:
    person, payer = held.person, held.guarantor.person
    values: dict[str, Any] = {name: getattr(person, name) for name in _PERSON}
    values |= {f"address.{name}": getattr(person.address, name) for name in _ADDRESS}
    values |= {
        "birth_date": person.birth_date,
        "alerts": held.alerts,
        "guarantor": held.guarantor.relationship,
    }
    values["ssn"] = _masked(person.ssn)
    for number, contact in enumerate(held.contacts[:1]):
        values |= {f"contacts[{number}].{name}": getattr(contact, name) for name in ("name", "relationship", "phone")}
    if payer is not None:
        start = "guarantor.person."
        values |= {start + name: getattr(payer, name) for name in ("given", "family", "birth_date", "phone_mobile")}
        values |= {f"{start}address.{name}": getattr(payer.address, name) for name in _ADDRESS}
    return values


def _registration(request: HttpRequest) -> Registration:
    data = {name: text.strip() for name, text in request.POST.dict().items()}
    contacts = []
    if data.get("contacts[0].name") or data.get("contacts[0].phone"):
        contacts = [
            Contact(
                data.get("contacts[0].name", ""),
                data.get("contacts[0].relationship", ""),
                data.get("contacts[0].phone", ""),
            )
        ]
    relationship = data.get("guarantor", "self")
    guarantor = Guarantor(relationship, None if relationship == "self" else _person(data, "guarantor.person."))
    return Registration(_person(data, ""), contacts, guarantor, data.get("alerts", ""))


def _person(data: dict[str, str], start: str) -> Person:
    values: dict[str, Any] = {name: data.get(start + name, "") for name in _PERSON}
    values["sex"] = values["sex"] or "unknown"
    address = Address(**{name: data.get(f"{start}address.{name}", "") for name in _ADDRESS})
    return Person(**values, birth_date=day_of(data, f"{start}birth_date"), address=address)
