"""Booking a visit: the dialog, the search for a patient in it, and the search for openings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.scheduling import commands
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.pms.scheduling.conflicts import BookingConflict, Opening
from chartdesk.record.access.subject import Role
from chartdesk.web.request import StaffRequest, day, moment, optional, staff, whole

MAY_BOOK = (Role.FRONT_DESK, Role.MANAGER, Role.NURSE)
#: Weeks that a search for openings looks ahead.
AHEAD = timedelta(weeks=4)


@dataclass(frozen=True)
class Offer:
    """A free time as the page shows it."""

    opening: Opening
    words: str
    starts: str


def offered(asked: StaffRequest, openings: Sequence[Opening]) -> list[Offer]:
    """Openings in the words and the wall-clock time of the practice."""
    zone = ZoneInfo(asked.practice.zone)
    local = [(opening, opening.starts.astimezone(zone)) for opening in openings]
    return [
        Offer(opening, f"{at:%a %b %-d, %-I:%M %p} with {opening.provider_name}", f"{at:%Y-%m-%dT%H:%M}")
        for opening, at in local
    ]


def form(request: HttpRequest) -> HttpResponse:
    """The booking dialog; on POST books, or says what stands in the way and what is free."""
    asked = staff(request, *MAY_BOOK)
    if request.method != "POST":
        return render(request, "front_desk/book.html", _choices(asked, request.GET.dict()))
    try:
        booked = commands.book(asked.subject, _request(asked))
    except BookingConflict as refusal:
        extra = {
            "conflicts": [conflict.sentence(asked.practice.zone) for conflict in refusal.conflicts],
            "offers": offered(asked, refusal.alternatives),
            "only_patient": refusal.only_patient,
        }
        return render(request, "front_desk/book.html", {**_choices(asked, request.POST.dict()), **extra})
    except ChartdeskError as fault:
        issues = fault.issues or [fault]
        return render(
            request,
            "front_desk/book.html",
            {**_choices(asked, request.POST.dict()), "fault": fault, "issues": issues},
        )
    response = HttpResponse(status=204)
    notice = {"kind": "success", "text": "Booked.", "cure": ""}
    response["HX-Trigger"] = json.dumps(
        {
            "closeDialog": {},
            "live:day": {},
            "booked": {"appointment": booked.appointment_id},
            "notice": notice,
        }
    )
    return response


def patients(request: HttpRequest) -> HttpResponse:
    """Patients for the dialog's search field."""
    asked = staff(request)
    text = request.GET.get("who", "").strip()
    hits = registration.find(asked.subject, text, limit=6) if text else []
    return render(request, "front_desk/book_patients.html", {"hits": hits, "text": text})


def openings(request: HttpRequest) -> HttpResponse:
    """Free times across providers, from a day on."""
    asked = staff(request)
    first = day(asked)
    kind = request.GET.get("visit_type", "")
    provider = optional(request.GET, "provider")
    found: list[Opening] = []
    if kind:
        found = scheduling.openings(
            asked.subject,
            kind,
            first=first,
            last=first + AHEAD,
            provider_ids=[provider] if provider else None,
            site_id=optional(request.GET, "site"),
            part=request.GET.get("part", "any") or "any",
            limit=30,
        )
    context = {
        **_choices(asked, request.GET.dict()),
        "offers": offered(asked, found),
        "searched": bool(kind),
        "first": first,
    }
    template = (
        "front_desk/openings_rows.html"
        if request.headers.get("HX-Target") == "openings"
        else "front_desk/openings.html"
    )
    return render(request, template, context)


def _request(asked: StaffRequest) -> commands.BookingRequest:
    data = asked.POST
    if not data.get("patient"):
        raise Invalid("Choose the patient.", cure="Type a part of the name, then pick one.", where="patient")
    return commands.BookingRequest(
        patient_id=data["patient"],
        provider_id=whole(data, "provider"),
        site_id=whole(data, "site"),
        visit_type=data.get("visit_type", ""),
        starts=moment(data.get("starts", ""), asked.practice.zone, "starts"),
        minutes=optional(data, "minutes"),
        room_id=optional(data, "room"),
        reason=data.get("reason", "").strip(),
        overbook=data.get("overbook") == "1",
        outside_hours=data.get("outside_hours") == "1",
        same_time=data.get("same_time") == "1",
    )


def _choices(asked: StaffRequest, chosen: dict[str, Any]) -> dict[str, Any]:
    """What the dialog offers, and what is chosen in it so far."""
    patient = None
    if chosen.get("patient"):
        patient = registration.patient(asked.subject, chosen["patient"])
    return {
        "chosen": chosen,
        "chosen_patient": patient,
        "sites": scheduling.sites(asked.subject),
        "providers": scheduling.providers(asked.subject),
        "rooms": scheduling.rooms(asked.subject),
        "visit_types": scheduling.visit_types(asked.subject),
        "may_override": asked.subject.has(Role.MANAGER, Role.FRONT_DESK),
    }
