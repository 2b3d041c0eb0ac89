"""Why the patient came, as claims have to say it: entered with the visit, corrected with its charges."""

from __future__ import annotations

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.pms.charges import admissions, stating
from chartdesk.pms.charges import queries as bills
from chartdesk.pms.charges.circumstances import CAUSES, DATES, ROLES, Circumstances
from chartdesk.pms.charges.stating import DESK, Stated
from chartdesk.pms.registration.named import Named
from chartdesk.pms.registration.validation import Faults
from chartdesk.pms.registration.vocabulary import STATES
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.web.banner import banner
from chartdesk.web.fields import Field, Form, day_of, options
from chartdesk.web.navigation import MONEY
from chartdesk.web.request import StaffRequest, optional, staff

_PEOPLE = {
    "referring": "Who referred the patient", "ordering": "Who ordered the tests or equipment",
    "supervising": "Who supervised the clinician",
    "attending": "Who attended, on an institutional claim, if not the clinician of the visit",
}  # fmt: skip
_TEXTS = ("accident_state", "claim_number", *admissions.FIELDS, *admissions.HOURS)
_PARTS = ("family", "given", "npi", "license")


def visit(request: HttpRequest, appointment_id: str) -> HttpResponse:
    """What is known of a visit; on POST it is said anew. With its charges it is theirs."""
    asked = staff(request, *DESK)
    view = scheduling.appointment(asked.subject, appointment_id)
    known = stating.of_visit(asked.subject, appointment_id)
    if request.method == "POST":
        form = _form().fill(request.POST.dict())
        try:
            version = optional(request.POST, "version")
            stating.state_visit(asked.subject, appointment_id, _typed(asked), version=version)
            messages.success(request, "Saved.")
            return redirect("visit_circumstances", appointment_id)
        except ChartdeskError as fault:
            return _page(asked, view.patient_id, known, form.mark(fault), 422)
    return _page(asked, view.patient_id, known, _form().fill(_values(known.said)))


def charges(request: HttpRequest, superbill_id: int) -> HttpResponse:
    """What is known of the visit that these charges are for; on POST it is said anew."""
    asked = staff(request, *DESK)
    bill = bills.superbill(asked.subject, superbill_id)
    known = stating.of_charges(asked.subject, superbill_id)
    if request.method == "POST":
        form = _form().fill(request.POST.dict())
        try:
            stating.state(asked.subject, superbill_id, _typed(asked), version=optional(request.POST, "version"))
            messages.success(request, "Saved. Claims that were not sent yet say it too.")
            return redirect("circumstances", superbill_id)
        except ChartdeskError as fault:
            return _page(asked, bill.patient_id, known, form.mark(fault), 422)
    return _page(asked, bill.patient_id, known, _form().fill(_values(known.said)))


def _page(asked: StaffRequest, patient_id: str, known: Stated, form: Form, status: int = 200) -> HttpResponse:
    context = {
        "banner": banner(asked, patient_id),
        "form": form,
        "known": known,
        "version": asked.POST.get("version", known.version),
        "patient_id": patient_id,
        "money": asked.subject.has(*MONEY),
    }
    return render(asked, "front_desk/circumstances.html", context, status=status)


def _form() -> Form:
    causes = options({one: words.capitalize() for one, words in CAUSES.items()}, "Nobody said yet")
    second = options({one: words.capitalize() for one, words in CAUSES.items() if one != "none"}, "Nothing else")
    words = {name: text.removeprefix("The ").capitalize() for name, text in DATES.items()}
    groups = [
        ("Accident", [
            Field("cause", "What led to the visit", width=4, choices=causes),
            Field("also", "and also", width=4, choices=second, hint="Such as a car accident at work"),
            Field("accident_on", "When", "date", width=2),
            Field("accident_state", "State", width=2, choices=options({one: one for one in sorted(STATES)}, "—"),
                  hint="Of a car accident"),
            Field("claim_number", "Claim number of the insurer", width=4,
                  hint="Of workers' compensation or car insurance, from its letter"),
        ]),
        ("Illness and pregnancy", [
            Field(name, words[name], "date", width=4) for name in ("onset", "last_period", "first_treated")
        ]),
        ("Unable to work, in hospital", [
            Field(name, words[name], "date", width=3)
            for name in ("unable_from", "unable_to", "admitted", "discharged")
        ]),
    ]  # fmt: skip
    groups.append(("On an institutional claim", [
        *(Field(name, words, width=4, choices=options(codes, "Not said"))
          for name, (words, codes) in admissions.FIELDS.items()),
        *(Field(name, words, width=3, hint="Such as 0815; of a stay") for name, words in admissions.HOURS.items()),
    ]))  # fmt: skip
    labels = {"family": "Family name", "given": "Given name", "npi": "NPI", "license": "State license"}
    for role in ROLES:
        groups.append((_PEOPLE[role], [Field(f"{role}_{one}", labels[one], width=3) for one in _PARTS]))
    return Form(groups)


def _values(said: Circumstances) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(said, name) for name in DATES}
    values |= {name: getattr(said, name) for name in _TEXTS} | {"cause": "", "also": ""}
    values |= dict(zip(("cause", "also"), said.causes, strict=False))
    for role, one in said.people():
        values |= {f"{role}_{part}": getattr(one, part) for part in _PARTS}
    return values


def _typed(asked: StaffRequest) -> Circumstances:
    """What was typed; dates that are none are refused together."""
    data, faults, days = asked.POST.dict(), Faults(), {}
    for name in DATES:
        try:
            days[name] = day_of(data, name)
        except Invalid as fault:
            faults.take(name, fault)
    faults.raise_any("What was said about the visit")
    causes = tuple(one for one in (data.get("cause", ""), data.get("also", "")) if one)
    people = {role: Named(*(data.get(f"{role}_{part}", "") for part in _PARTS)) for role in ROLES}
    named = {role: one if one != Named() else None for role, one in people.items()}
    texts = {name: data.get(name, "").strip() for name in _TEXTS}
    return msgspec.structs.replace(Circumstances(causes=causes), **texts, **days, **named)
