"""A patient's authorizations and referrals: asked of the payer, written down, and which visit stands on which."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Invalid, NotFound
from chartdesk.pms.authorizations import commands, queries, rules
from chartdesk.pms.authorizations.models import KINDS, VisitAuthorization
from chartdesk.pms.authorizations.words import SERVICE_TYPES
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.registration.named import Named
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record.access.subject import Role
from chartdesk.web.banner import banner
from chartdesk.web.errors import words
from chartdesk.web.fields import Field, Form, day_of, options
from chartdesk.web.navigation import CARE, FRONT
from chartdesk.web.request import StaffRequest, staff

DESK = (*FRONT, *CARE, Role.BILLER)
_SAID = {"approved": "Authorized", "denied": "Denied", "pended": "Pended", "not_needed": "None is needed"}
_HOW = {code: text.capitalize() for code, text in commands.SOURCES.items()}
_ACTS = {"again": commands.ask_again, "cancel": commands.cancel}


def page(request: HttpRequest, patient_id: str) -> HttpResponse:
    """What there is, how the coming visits stand, and the forms for more."""
    return _shown(staff(request, *DESK), patient_id)


@require_POST
def ask(request: HttpRequest, patient_id: str) -> HttpResponse:
    """Ask the payer now."""
    asked = staff(request, *DESK)
    form = _ask_form(asked, patient_id).fill(request.POST.dict())
    try:
        made = commands.request(asked.subject, _policy(asked, patient_id), _wanted(asked))
    except ChartdeskError as fault:
        return _shown(asked, patient_id, form.mark(fault), 422)
    _tell(request, made)
    return redirect("authorizations", patient_id)


def enter(request: HttpRequest, patient_id: str) -> HttpResponse:
    """Write down a number that came by phone or on paper."""
    asked = staff(request, *DESK)
    form, data, status = _enter_form(asked, patient_id), request.POST.dict(), 200
    if request.method == "POST":
        form.fill(data)
        try:
            given = commands.Entered(
                number=data.get("number", ""), first_day=_day(data, "first_day"), expires=day_of(data, "expires"),
                visits=_visits(data), kind=data.get("kind", ""), state=data.get("state", ""),
                source=data.get("source", ""), codes=_codes(data), note=data.get("note", ""),
                referred_by=Named(*(data.get(f"referring_{one}", "") for one in ("family", "given", "npi"))),
            )  # fmt: skip
            commands.enter(asked.subject, _policy(asked, patient_id), given)
            messages.success(request, "Written down.")
            return redirect("authorizations", patient_id)
        except ChartdeskError as fault:
            form.mark(fault)
            status = 422
    context = {"banner": banner(asked, patient_id), "form": form}
    return render(request, "front_desk/authorization_enter.html", context, status=status)


@require_POST
def visit(request: HttpRequest, patient_id: str) -> HttpResponse:
    """Say what is planned for a visit, or which authorization it stands on."""
    asked, data = staff(request, *DESK), request.POST.dict()
    appointment = data.get("appointment", "")
    try:
        if scheduling.appointment(asked.subject, appointment).patient_id != patient_id:
            raise NotFound("That is a visit of another patient.", cure="Reload the page.")
        if "codes" in data:
            commands.plan(asked.subject, appointment, _codes(data))
        if "authorization" in data:
            chosen = data["authorization"]
            held = queries.of_visit(asked.subject, appointment)
            now = str(held.authorization_id) if held is not None and held.chosen else ""
            if chosen != now:
                commands.choose(asked.subject, appointment, int(chosen) if chosen.isdecimal() else None)
        messages.success(request, "Saved.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("authorizations", patient_id)


@require_POST
def act(request: HttpRequest, patient_id: str, number: int) -> HttpResponse:
    """Ask again, ask for more, or cancel."""
    asked, data = staff(request, *DESK), request.POST.dict()
    try:
        _of(asked, patient_id, number)
        if data.get("act") == "extend":
            made = commands.extend(asked.subject, number, _visits(data))
        elif data.get("act") in _ACTS:
            made = _ACTS[data["act"]](asked.subject, number)
        else:
            raise Invalid("There is no such step.", cure="Reload the page.")
        _tell(request, made)
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("authorizations", patient_id)


def answer(request: HttpRequest, patient_id: str, number: int) -> HttpResponse:
    """One authorization: what the payer said, and the messages as they travelled."""
    asked = staff(request, *DESK)
    context = {"banner": banner(asked, patient_id), "one": _of(asked, patient_id, number)}
    return render(request, "front_desk/authorization.html", context)


def _of(asked: StaffRequest, patient_id: str, number: int) -> Any:
    found = queries.authorization(asked.subject, number)
    if found.patient != patient_id:
        raise NotFound(f"There is no authorization {number} of this patient.")
    return found


def _tell(request: HttpRequest, made: Any) -> None:
    """What came of a question, as a notice."""
    said = f"{made.words.capitalize()}{f', {made.number}' if made.number else ''}. {made.reason}".strip()
    (messages.success if made.granted else messages.warning)(request, f"{said} {made.cure}".strip())


def _policy(asked: StaffRequest, patient_id: str) -> str:
    chosen = asked.POST.get("coverage", "")
    if coverage.coverage(asked.subject, chosen).patient_id != patient_id if chosen else True:
        raise Invalid("No policy of this patient is chosen.", where="coverage", cure="Choose one, or add the card.")
    return chosen


def _wanted(asked: StaffRequest) -> commands.Wanted:
    data = asked.POST.dict()
    return commands.Wanted(
        first_day=_day(data, "first_day"), kind=data.get("kind", ""), service_type=data.get("service_type", ""),
        codes=_codes(data), diagnoses=tuple(data.get("diagnoses", "").replace(",", " ").split()),
        visits=_visits(data), practitioner=data.get("practitioner", ""), note=data.get("note", ""),
    )  # fmt: skip


def _day(data: dict[str, str], name: str) -> Any:
    found = day_of(data, name)
    if found is None:
        raise Invalid("The day is missing.", where=name, cure="Write the day of the first visit.")
    return found


def _codes(data: dict[str, str]) -> tuple[str, ...]:
    return tuple(data.get("codes", "").replace(",", " ").split())


def _visits(data: dict[str, str]) -> int | None:
    text = data.get("visits", "").strip()
    if text and (not text.isdecimal() or len(text) > 4):
        raise Invalid(f"{text!r} is no number of visits.", where="visits", cure="Write 1 to 999, or leave it empty.")
    return int(text) if text else None


def _shown(asked: StaffRequest, patient_id: str, asking: Form | None = None, status: int = 200) -> HttpResponse:
    found = queries.of_patient(asked.subject, patient_id)
    context = {
        "banner": banner(asked, patient_id),
        "views": found,
        "visits": _coming(asked, patient_id),
        "granted": [one.authorization for one in found if one.authorization.granted],
        "form": asking or _ask_form(asked, patient_id),
    }
    return render(asked, "front_desk/authorizations.html", context, status=status)


def _coming(asked: StaffRequest, patient_id: str) -> list[dict[str, Any]]:
    """The visits from today on, soonest first, each with how it stands."""
    now = clock.now()
    rows: dict[str, VisitAuthorization] = {one.appointment: one for one in queries.visits(asked.subject, patient_id)}
    found = []
    for one in scheduling.of_patient(asked.subject, patient_id)[::-1]:
        row = rows.get(one.appointment_id)
        waits = one.ends >= now and one.status not in ("cancelled", "noshow")
        if waits or (row is not None and row.problem):
            flag = rules.flag(row.problem, row.kind) if row is not None else ""
            cure = rules.CURES.get(row.problem, "") if row is not None else ""
            found.append({"visit": one, "row": row, "flag": flag, "cure": cure})
    return found


def _policies(asked: StaffRequest, patient_id: str) -> list[tuple[str, str]]:
    held = coverage.coverages(asked.subject, patient_id)
    return [(one.coverage_id, f"{one.payer_name} {one.member_id}") for one in held if not one.expired]


def _first(asked: StaffRequest, patient_id: str) -> str:
    """The day of the next visit, or today."""
    zone, now = ZoneInfo(asked.practice.zone), clock.now()
    coming = [one.starts for one in scheduling.of_patient(asked.subject, patient_id) if one.starts > now]
    return (min(coming) if coming else now).astimezone(zone).date().isoformat()


def _ask_form(asked: StaffRequest, patient_id: str) -> Form:
    providers = [(one.practitioner, one.name) for one in scheduling.providers(asked.subject)]
    return Form([
        ("", [
            Field("coverage", "Policy", width=12, choices=_policies(asked, patient_id)),
            Field("kind", "What", width=6, choices=options(KINDS)),
            Field("service_type", "Kind of service", width=6, choices=options(SERVICE_TYPES, "—")),
            Field("first_day", "First visit", "date", width=6, required=True, value=_first(asked, patient_id)),
            Field("visits", "Visits", width=6, hint="Empty for no number"),
            Field("diagnoses", "Diagnoses", width=6, required=True, hint="ICD-10-CM codes"),
            Field("codes", "Procedure codes", width=6, hint="97110 97112; empty for any"),
            Field("practitioner", "Who treats", width=6, choices=[("", "The practice"), *providers]),
            Field("note", "For the payer", width=6),
        ]),
    ])  # fmt: skip


def _enter_form(asked: StaffRequest, patient_id: str) -> Form:
    return Form([
        ("", [
            Field("coverage", "Policy", width=8, choices=_policies(asked, patient_id)),
            Field("kind", "What", width=4, choices=options(KINDS)),
            Field("state", "The payer said", width=4, choices=options(_SAID)),
            Field("source", "How", width=4, choices=options(_HOW)),
            Field("number", "Number", width=4),
            Field("first_day", "From", "date", width=4, required=True, value=_first(asked, patient_id)),
            Field("expires", "Until", "date", width=4),
            Field("visits", "Visits", width=4),
            Field("codes", "Procedure codes", width=6, hint="Empty for any"),
            Field("note", "Note", width=6, hint="Who said it, and when"),
        ]),
        ("Who refers the patient", [
            Field("referring_family", "Family name", width=4),
            Field("referring_given", "Given name", width=4),
            Field("referring_npi", "NPI", width=4, hint="Claims of these visits name the clinician"),
        ]),
    ])  # fmt: skip
