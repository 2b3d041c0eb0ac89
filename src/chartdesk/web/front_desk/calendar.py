"""The day at a glance: a column per provider, a block per visit; and the same as a list."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from chartdesk.kit.errors import Invalid
from chartdesk.pms.authorizations import queries as authorizations
from chartdesk.pms.authorizations.queries import Flag
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.pms.scheduling.queries import AppointmentView
from chartdesk.record.access.subject import Role
from chartdesk.web.request import StaffRequest, day, optional, staff

#: A mark besides the color, so that the status can be read without seeing colors.
MARKS = {
    "booked": "○", "confirmed": "✓", "arrived": "●", "roomed": "▣", "departed": "✔", "cancelled": "✕", "noshow": "⊘",
}  # fmt: skip
#: The mark of a visit that lacks its authorization.
FLAGGED = "⚠"
#: Days that a calendar may ask for at once.
LONGEST_RANGE = 42


def page(request: HttpRequest) -> HttpResponse:
    """The calendar of a day."""
    asked = staff(request)
    on = day(asked)
    frame = _frame(asked)
    shown = [one for one in frame["providers"] if frame["provider"] in (None, one.pk)]
    resources = [{"id": one.pk, "title": one.name, "extendedProps": {"site": one.site_id}} for one in shown]
    return render(request, "front_desk/calendar.html", {**frame, "on": on, "calendar_resources": resources})


def day_list(request: HttpRequest) -> HttpResponse:
    """The visits of a day as a list with every action; refreshed when one changes."""
    asked = staff(request)
    visits = _visits(asked)
    template = "front_desk/day_rows.html" if request.headers.get("HX-Request") else "front_desk/day_list.html"
    counts = {name: sum(visit.status == name for visit in visits) for name in MARKS}
    flags = authorizations.flags(asked.subject, (visit.appointment_id for visit in visits))
    context = {
        **_frame(asked), "on": day(asked), "visits": visits, "counts": counts, "marks": MARKS, "flags": flags,
    }  # fmt: skip
    return render(request, template, context)


def printed(request: HttpRequest) -> HttpResponse:
    """The schedule of a day for paper."""
    asked = staff(request)
    return render(request, "front_desk/day_print.html", {"on": day(asked), "visits": _visits(asked)})


def events(request: HttpRequest) -> JsonResponse:
    """The calendar's data: providers as resources, visits and closed times as events, in wall-clock time."""
    asked = staff(request)
    zone = ZoneInfo(asked.practice.zone)
    try:
        first = datetime.fromisoformat(request.GET.get("start", "")).replace(tzinfo=zone)
        last = datetime.fromisoformat(request.GET.get("end", "")).replace(tzinfo=zone)
    except ValueError:
        raise Invalid("The calendar asked without a range.", cure="Reload the page.") from None
    if last - first > timedelta(days=LONGEST_RANGE):
        raise Invalid(f"At most {LONGEST_RANGE} days can be shown at once.")
    provider = optional(request.GET, "provider")
    found = scheduling.calendar(
        asked.subject,
        first,
        last,
        site_id=optional(request.GET, "site"),
        provider_ids=None if provider is None else [provider],
    )
    shown = [visit for visit in found if visit.status != "cancelled"]
    flags = authorizations.flags(asked.subject, (visit.appointment_id for visit in shown))
    return JsonResponse([_event(visit, zone, flags.get(visit.appointment_id)) for visit in shown], safe=False)


def _event(visit: AppointmentView, zone: ZoneInfo, flag: Flag | None) -> dict[str, Any]:
    mark = MARKS.get(visit.status, "") + (FLAGGED if flag else "")
    return {
        "id": visit.appointment_id,
        "resourceIds": [visit.provider_id],
        "start": _wall(visit.starts, zone),
        "end": _wall(visit.ends, zone),
        "title": f"{mark} {visit.patient_name}",
        "classNames": [f"visit-{visit.color}", f"is-{visit.status}"],
        "editable": visit.status in ("booked", "confirmed"),
        "extendedProps": {
            "status": visit.status,
            "type": visit.visit_type_name,
            "reason": " · ".join(filter(None, [visit.reason, flag.words if flag else ""])),
            "room": visit.room_name,
            "version": visit.version,
            "card": reverse("appointment", args=[visit.appointment_id]),
            "move": reverse("appointment_move", args=[visit.appointment_id]),
        },
    }


def _wall(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%dT%H:%M:%S}"


def _visits(asked: StaffRequest) -> list[AppointmentView]:
    return scheduling.day(
        asked.subject,
        day(asked),
        site_id=optional(asked.GET, "site"),
        provider_id=optional(asked.GET, "provider"),
    )


def _frame(asked: StaffRequest) -> dict[str, Any]:
    on = day(asked)
    return {
        "sites": scheduling.sites(asked.subject),
        "providers": scheduling.providers(asked.subject),
        "visit_types": scheduling.visit_types(asked.subject),
        "site": optional(asked.GET, "site"),
        "provider": optional(asked.GET, "provider"),
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1),
        "may_book": asked.subject.has(Role.FRONT_DESK, Role.MANAGER, Role.NURSE),
    }
