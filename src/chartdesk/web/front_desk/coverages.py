"""Insurance cards: written down, amended, ended; the payer asked, its answer shown in words."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError
from chartdesk.pms.coverage import commands, eligibility
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.coverage.cards import MEDICARE_SECOND, Card
from chartdesk.pms.registration.people import Address, Person
from chartdesk.pms.registration.vocabulary import SEXES, STATES
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record.access.subject import Subject
from chartdesk.web.banner import banner
from chartdesk.web.fields import Field, Form, amount_of, day_of, options
from chartdesk.web.request import staff, whole

_RANKS = [("1", "Primary"), ("2", "Secondary"), ("3", "Tertiary")]
_RELATIONSHIPS = [
    ("self", "The patient"),
    ("spouse", "Spouse"),
    ("child", "Patient is a child of"),
    ("other", "Other"),
]
_SUBSCRIBER = ("given", "family", "sex", "phone_mobile")
_ADDRESS = ("line1", "city", "state", "postal_code")


def add(request: HttpRequest, patient_id: str) -> HttpResponse:
    """Write down a card."""
    asked = staff(request)
    held = coverage.coverages(asked.subject, patient_id, on=clock.today(asked.practice.zone))
    form = card_form(asked.subject).fill({"rank": str(min(len(held) + 1, 3)), "relationship": "self"})
    if request.method == "POST":
        form.fill(request.POST.dict())
        try:
            made = commands.add_coverage(asked.subject, patient_id, typed_card(request))
        except ChartdeskError as fault:
            return _page(request, form.mark(fault), patient_id, status=422)
        messages.success(request, "The coverage was saved.")
        if request.POST.get("then") == "check":
            return _asked(request, made)
        return redirect("patient", patient_id)
    return _page(request, form, patient_id)


def edit(request: HttpRequest, coverage_id: str) -> HttpResponse:
    """Amend a card."""
    asked = staff(request)
    view = coverage.coverage(asked.subject, coverage_id)
    form = card_form(asked.subject).fill(_values(view))
    if request.method == "POST":
        form.fill(request.POST.dict())
        try:
            commands.amend_coverage(asked.subject, coverage_id, typed_card(request), whole(request.POST, "version"))
        except ChartdeskError as fault:
            return _page(request, form.mark(fault), view.patient_id, view=view, status=422)
        messages.success(request, "The coverage was saved.")
        return redirect("patient", view.patient_id)
    return _page(request, form, view.patient_id, view=view)


@require_POST
def check(request: HttpRequest, coverage_id: str) -> HttpResponse:
    """Ask the payer now."""
    return _asked(request, coverage_id)


def _asked(request: HttpRequest, coverage_id: str) -> HttpResponse:
    asked = staff(request)
    appointment = request.POST.get("appointment", "")
    on = clock.today(asked.practice.zone)
    if appointment:
        on = scheduling.appointment(asked.subject, appointment).starts.date()
    made = eligibility.check(asked.subject, coverage_id, service_date=on, appointment_id=appointment)
    if appointment:
        return redirect("check_in", appointment)
    return redirect("eligibility", made.patient, made.pk)


def answer(request: HttpRequest, patient_id: str, check_id: int) -> HttpResponse:
    """One answer of a payer: status, figures and every benefit in words, and the messages as they travelled."""
    asked = staff(request)
    found = next((one for one in coverage.checks(asked.subject, patient_id, limit=200) if one.pk == check_id), None)
    waits = bool(found and any(not one.get("state") for one in found.elsewhere))
    context = {"banner": banner(asked, patient_id), "check": found, "waits": waits}
    return render(request, "front_desk/eligibility.html", context, status=200 if found else 404)


def _page(request: HttpRequest, form: Form, patient_id: str, *, view: Any = None, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "banner": banner(staff(request), patient_id),
        "view": view,
        "patient_id": patient_id,
    }
    return render(request, "front_desk/coverage.html", context, status=status)


def card_form(subject: Subject) -> Form:
    payers = [("", "Choose"), *((one.payer_id, one.name) for one in coverage.payers(subject))]
    second = [("", "Not, or not known"), *MEDICARE_SECOND.items()]
    states = [("", ""), *((code, code) for code in sorted(STATES))]
    return Form(
        [
            (
                "The card",
                [
                    Field("payer_id", "Payer", width=4, required=True, choices=payers),
                    Field("rank", "Billed", width=2, choices=_RANKS),
                    Field("member_id", "Member number", width=3, required=True),
                    Field("group_number", "Group number", width=3),
                    Field("plan_name", "Plan", width=3),
                    Field("employer", "Employer (group)", width=3),
                    Field("effective", "Effective from", "date", width=3),
                    Field("ends", "Ends", "date", width=3),
                    Field("printed_copay", "Copay on the card", width=2),
                    Field("medicare_second", "Medicare pays second: why", width=4, choices=second),
                ],
            ),
            (
                "Who holds the policy",
                [
                    Field("relationship", "The policy belongs to", width=3, choices=_RELATIONSHIPS),
                    Field("subscriber.given", "First name", width=3),
                    Field("subscriber.family", "Last name", width=3),
                    Field("subscriber.birth_date", "Birth date", "date", width=3),
                    Field("subscriber.sex", "Sex", width=2, choices=options(SEXES, "Choose")),
                    Field("subscriber.phone_mobile", "Phone", "tel", width=3),
                    Field("subscriber.address.line1", "Street", width=3),
                    Field("subscriber.address.city", "City", width=2),
                    Field("subscriber.address.state", "State", width=1, choices=states),
                    Field("subscriber.address.postal_code", "ZIP", width=1),
                ],
            ),
        ]
    )


def _values(view: coverage.CoverageView) -> dict[str, Any]:
    names = (
        "payer_id",
        "rank",
        "member_id",
        "group_number",
        "plan_name",
        "employer",
        "medicare_second",
        "effective",
        "ends",
        "printed_copay",
        "relationship",
    )
    values: dict[str, Any] = {name: getattr(view, name) for name in names}
    if view.relationship != "self":
        person = view.subscriber
        values |= {f"subscriber.{name}": getattr(person, name) for name in _SUBSCRIBER}
        values |= {f"subscriber.address.{name}": getattr(person.address, name) for name in _ADDRESS}
        values["subscriber.birth_date"] = person.birth_date
    return values


def typed_card(request: HttpRequest) -> Card:
    """The card as it was typed. Raises Invalid for a date or amount that is none."""
    data = {name: text.strip() for name, text in request.POST.dict().items()}
    subscriber = None
    if data.get("relationship", "self") != "self":
        subscriber = Person(
            **{name: data.get(f"subscriber.{name}", "") for name in _SUBSCRIBER},
            birth_date=day_of(data, "subscriber.birth_date"),
            address=Address(**{name: data.get(f"subscriber.address.{name}", "") for name in _ADDRESS}),
        )
    return Card(
        payer_id=data.get("payer_id", ""),
        rank=int(data["rank"]) if data.get("rank", "").isdigit() else 0,
        member_id=data.get("member_id", ""),
        group_number=data.get("group_number", ""),
        plan_name=data.get("plan_name", ""),
        employer=data.get("employer", ""),
        medicare_second=data.get("medicare_second", ""),
        relationship=data.get("relationship", "self"),
        subscriber=subscriber,
        effective=day_of(data, "effective"),
        ends=day_of(data, "ends"),
        printed_copay=amount_of(data, "printed_copay"),
    )
