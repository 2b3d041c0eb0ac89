"""One visit: its card, its steps through the clinic, and moving it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError, Invalid, NotFound
from chartdesk.pms.authorizations import queries as authorizations
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.scheduling import commands, rules
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.pms.scheduling.conflicts import BookingConflict
from chartdesk.record.access.subject import Role
from chartdesk.web.front_desk.booking import offered
from chartdesk.web.request import StaffRequest, moment, optional, staff

FLOW = (Role.FRONT_DESK, Role.NURSE, Role.CLINICIAN, Role.MANAGER)


@dataclass(frozen=True)
class Step:
    """A step of a visit on the page: the command behind it, the words of its button, and an icon."""

    command: Callable[..., Any]
    words: str
    icon: str


STEPS = {
    "confirm": Step(commands.confirm, "Confirm", icon="check"),
    "check_in": Step(commands.check_in, "Check in", icon="door-enter"),
    "room": Step(commands.room, "To room", icon="bed"),
    "check_out": Step(commands.check_out, "Check out", icon="door-exit"),
    "no_show": Step(commands.no_show, "No-show", icon="user-off"),
    "cancel": Step(commands.cancel, "Cancel visit", icon="calendar-x"),
    "undo": Step(commands.undo, "Undo last step", icon="arrow-back-up"),
}


def card(request: HttpRequest, appointment_id: str) -> HttpResponse:
    """The visit's card: who, when, where, coverage, and what can be done next."""
    return _card(staff(request), appointment_id)


def _card(asked: StaffRequest, appointment_id: str, *, done: str = "") -> HttpResponse:
    visit = scheduling.appointment(asked.subject, appointment_id)
    context = {
        "visit": visit,
        "steps": _possible(visit),
        "may_step": asked.subject.has(*FLOW),
        "rooms": scheduling.rooms(asked.subject, site_id=visit.site_id),
        "check": coverage.latest_check(asked.subject, visit.patient_id, appointment_id=appointment_id),
        "coverages": coverage.coverages(asked.subject, visit.patient_id, on=visit.starts.date()),
        "flag": authorizations.flags(asked.subject, [appointment_id]).get(appointment_id),
        "done": done,
    }
    return render(asked, "front_desk/appointment.html", context)


def _possible(visit: scheduling.AppointmentView) -> list[tuple[str, Step]]:
    """The steps that the visit can take now."""
    names = [name for name in STEPS if name != "undo" and rules.refusal(name, visit.status) is None]
    if visit.status != "booked":
        names.append("undo")
    return [(name, STEPS[name]) for name in names]


@require_POST
def step(request: HttpRequest, appointment_id: str, step: str) -> HttpResponse:
    """Take the visit one step further, or one back; answers with the card, or the row of a list."""
    asked = staff(request, *FLOW)
    if step not in STEPS:
        raise NotFound(f"There is no step {step!r}.")
    version = optional(request.POST, "version")
    if step == "cancel":
        commands.cancel(asked.subject, appointment_id, request.POST.get("reason", ""), version=version)
    elif step == "room":
        commands.room(asked.subject, appointment_id, optional(request.POST, "room"), version=version)
    else:
        STEPS[step].command(asked.subject, appointment_id, version=version)
    if request.headers.get("HX-Target", "").startswith("visit-"):
        response = HttpResponse(status=204)
    else:
        response = _card(asked, appointment_id, done=STEPS[step].words)
    notice = {"kind": "success", "text": f"{STEPS[step].words}: done.", "cure": ""}
    response["HX-Trigger"] = json.dumps({"live:day": {}, "notice": notice})
    return response


@require_POST
def move(request: HttpRequest, appointment_id: str) -> JsonResponse:
    """Move a visit that was dragged. A refusal is told with the nearest free times; nothing has moved then."""
    asked = staff(request, Role.FRONT_DESK, Role.MANAGER, Role.NURSE)
    starts = moment(request.POST.get("starts", ""), asked.practice.zone, "starts")
    try:
        commands.move(
            asked.subject,
            appointment_id,
            starts,
            provider_id=optional(request.POST, "provider"),
            minutes=optional(request.POST, "minutes"),
            version=optional(request.POST, "version"),
        )
    except BookingConflict as refusal:
        words = [conflict.sentence(asked.practice.zone) for conflict in refusal.conflicts]
        free = [opening.words for opening in offered(asked, refusal.alternatives)]
        cure = f"Free: {'; '.join(free[:3])}." if free else refusal.cure
        return JsonResponse({"message": " ".join(words) or refusal.message, "cure": cure}, status=409)
    except Invalid as refusal:
        return JsonResponse({"message": refusal.message, "cure": refusal.cure}, status=422)
    except ChartdeskError as refusal:
        return JsonResponse({"message": refusal.message, "cure": refusal.cure}, status=409)
    return JsonResponse({"message": "Moved."})
