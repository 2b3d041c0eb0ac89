"""The in-box of results: what waits for a signature, one result with everything, its course, its documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from chartdesk.ehr.orders import attachments, commands, queries
from chartdesk.ehr.orders.models import Result
from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record import store
from chartdesk.record.access.subject import Role
from chartdesk.web import lists
from chartdesk.web.banner import banner
from chartdesk.web.clinic import courses
from chartdesk.web.errors import noticed, words
from chartdesk.web.navigation import CARE
from chartdesk.web.request import StaffRequest, staff, whole

#: Whose lines are shown, with the words for it.
WHOSE = {"mine": "Mine", "nobody": "Nobody's", "all": "Everybody's"}
LEVELS = ("", "abnormal", "critical")


@dataclass(frozen=True)
class Line:
    """A line of the in-box as the list shows it."""

    row: Result
    patient: str
    clinician: str
    level: str
    late: bool


def index(request: HttpRequest) -> HttpResponse:
    """What waits, the most pressing first; or what was signed. Refreshes itself."""
    asked = staff(request, *CARE)
    whose = _whose(asked)
    waiting = request.GET.get("state", "") != "signed"
    practitioner = {"mine": asked.subject.practitioner, "nobody": ""}.get(whose)
    names = _clinicians(asked)
    with transaction(asked.subject):
        listing = lists.paged(asked, queries.inbox(asked.subject, practitioner, waiting=waiting))
        queries.noted(asked.subject, listing.rows)
        nobodys = queries.inbox(asked.subject, "").count()
    patients = registration.names(asked.subject, sorted({row.patient for row in listing.rows}))
    rows = [
        Line(
            row,
            patients[row.patient].name if row.patient in patients else "Unknown",
            names.get(row.practitioner, ""),
            LEVELS[row.level],
            waiting and row.due < clock.now(),
        )
        for row in listing.rows
    ]
    context = {
        "listing": listing,
        "rows": rows,
        "whose": whose,
        "choices": [(code, said) for code, said in WHOSE.items() if code != "mine" or asked.subject.practitioner],
        "waiting": waiting,
        "nobodys": nobodys,
    }
    part = request.headers.get("HX-Target") == "results"
    return render(request, "clinic/result_rows.html" if part else "clinic/results.html", context)


def page(request: HttpRequest, result_id: int) -> HttpResponse:
    """One result: its values, its documents, what was signed, and the form for a signature."""
    asked = staff(request, *CARE)
    found = queries.result(asked.subject, result_id)
    names = _clinicians(asked)
    context: dict[str, Any] = {
        "banner": banner(asked, found.row.patient),
        "result": found,
        "row": found.row,
        "level": LEVELS[found.row.level],
        "late": found.row.state == "open" and found.row.due < clock.now(),
        "clinician": names.get(found.row.practitioner, ""),
        "clinicians": sorted(names.items(), key=lambda pair: pair[1]),
        "steps": queries.next_steps(),
        "may_sign": asked.subject.has(Role.CLINICIAN) and not found.signed,
        "next_words": dict(queries.next_steps()),
        "shown": [one for one in found.documents if one.key and one.media_type.partition(";")[0] in attachments.SHOWN],
    }
    return render(request, "clinic/result.html", context)


@require_POST
def sign(request: HttpRequest, result_id: int) -> HttpResponse:
    """Sign what was read; on to the in-box."""
    asked = staff(request)
    try:
        commands.sign_off(
            asked.subject,
            result_id,
            version=whole(request.POST, "version"),
            next=request.POST.get("next", "none"),
            comment=request.POST.get("comment", ""),
        )
    except ChartdeskError as fault:
        messages.error(request, words(fault))
        return redirect("result", result_id)
    messages.success(request, "Signed.")
    return redirect("results")


@require_POST
def assign(request: HttpRequest, result_id: int) -> HttpResponse:
    """Give a result to a clinician."""
    asked = staff(request)
    with noticed(request):
        commands.assign(asked.subject, result_id, request.POST.get("practitioner", ""))
        messages.success(request, "It lies in their in-box now.")
    return redirect("result", result_id)


def course(request: HttpRequest, patient_id: str) -> HttpResponse:
    """The numbers under one code over time, drawn and as a table."""
    asked = staff(request, *CARE)
    system, code = request.GET.get("system", ""), request.GET.get("code", "")
    if not code:
        raise NotFound("Nothing was chosen.", cure="Open a result and choose a value.")
    drawn = courses.course(asked.subject, patient_id, system, code, asked.practice.zone)
    return render(request, "clinic/course.html", {"banner": banner(asked, patient_id), "course": drawn})


# Only pages of ours may have it inside of them. The decorator is typed for views that take nothing but the request.
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})  # type: ignore[arg-type]
def document(request: HttpRequest, key: str) -> HttpResponse:
    """The bytes of a document: shown where the browser can, else as a file. Nothing in it is run."""
    asked = staff(request, *CARE)
    named = attachments.document_of(asked.subject, key)
    if not named:
        raise NotFound(f"There is no document {key}.")
    # Whoever may read what speaks of it may open it.
    store.get(asked.subject, "DocumentReference", named, why="document opened")
    found = attachments.opened(asked.subject, key)
    media = found.media_type if found.shown else "application/octet-stream"
    response = HttpResponse(found.content, content_type=media)
    disposition = content_disposition_header(not found.shown, found.name or "document")
    if disposition:
        response["Content-Disposition"] = disposition
    return response


def _whose(asked: StaffRequest) -> str:
    """Whose in-box: a clinician's own, unless another was chosen; a nurse sees everybody's."""
    chosen = asked.GET.get("whose", "")
    if chosen in WHOSE and (chosen != "mine" or asked.subject.practitioner):
        return chosen
    return "mine" if asked.subject.practitioner else "all"


def _clinicians(asked: StaffRequest) -> dict[str, str]:
    """Practitioner id → name of everybody who works here."""
    return {one.practitioner: one.name for one in scheduling.providers(asked.subject) if one.practitioner}
