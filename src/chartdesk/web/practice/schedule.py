"""The schedule's set-up: sites, rooms, providers with their hours, visit types, absences, holidays.

Each thing has a list and one form. The commands know a thing by its name, so that saving it again changes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Invalid, NotFound
from chartdesk.pms.registration.vocabulary import STATES
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.pms.scheduling import setup, setup_queries
from chartdesk.pms.scheduling.models import WeeklyHours
from chartdesk.record.access.subject import Subject
from chartdesk.web.fields import Field, Form, day_of
from chartdesk.web.practice.providers import COLORS
from chartdesk.web.practice.setup import MANAGERS
from chartdesk.web.request import staff

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SITE = ("name", "line1", "line2", "city", "state", "postal_code", "phone", "place_of_service")
Data = dict[str, str]


@dataclass(frozen=True)
class Thing:
    """Something that is set up: its title, its form, what stands in it, and the command that saves it."""

    title: str
    form: Callable[[Subject], Form]
    values: Callable[[Subject, int], dict[str, Any]]
    save: Callable[[Subject, Data], object]


def page(request: HttpRequest) -> HttpResponse:
    """Everything that makes up the schedule."""
    asked = staff(request, *MANAGERS)
    subject = asked.subject
    today = clock.today(asked.practice.zone)
    week = _weeks(setup_queries.hours(subject))
    context = {
        "tab": "schedule",
        "sites": scheduling.sites(subject, active=False),
        "rooms": scheduling.rooms(subject, active=False),
        "providers": [(one, week.get(one.pk, [])) for one in scheduling.providers(subject, active=False)],
        "visit_types": scheduling.visit_types(subject, active=False),
        "exceptions": setup_queries.exceptions(subject, today),
        "holidays": setup_queries.holidays(subject, today - timedelta(days=31)),
    }
    return render(request, "practice/schedule.html", context)


def edit(request: HttpRequest, what: str, number: int | None = None) -> HttpResponse:
    """The form of one thing, new or known; on POST it is saved."""
    asked = staff(request, *MANAGERS)
    thing = _THINGS.get(what)
    if thing is None:
        raise NotFound(f"There is no {what!r} to set up.")
    form = thing.form(asked.subject).fill({"provider": request.GET.get("provider", "")})
    if number is not None:
        form.fill(thing.values(asked.subject, number))
    status = 200
    if request.method == "POST":
        data = {name: text.strip() for name, text in request.POST.dict().items()}
        form.fill({one.name: data.get(one.name, "") for one in form.fields()})
        try:
            thing.save(asked.subject, data)
        except ChartdeskError as fault:
            form.mark(fault)
            status = 422
        else:
            messages.success(request, f"{thing.title} saved.")
            return redirect("practice_schedule")
    context = {"form": form, "title": thing.title, "known": number is not None, "tab": "schedule"}
    return render(request, "practice/form.html", {**context, "back": "practice_schedule"}, status=status)


@require_POST
def change(request: HttpRequest, what: str, number: int) -> HttpResponse:
    """Take a provider's hours, an absence or a holiday away, or let a provider or room rest or work again."""
    asked = staff(request, *MANAGERS)
    if what == "clear-hours":
        setup.clear_hours(asked.subject, number)
    elif what == "remove-exception":
        setup.remove_exception(asked.subject, number)
    elif what == "remove-holiday":
        setup.remove_holiday(asked.subject, number)
    elif what in ("rest", "work"):
        setup.set_active(asked.subject, number, what == "work")
        waiting = setup_queries.to_come(asked.subject, number) if what == "rest" else 0
        if waiting:
            words = "visit is booked and stays" if waiting == 1 else "visits are booked and stay"
            messages.warning(request, f"{waiting} {words}: move or cancel what cannot be.")
    else:
        raise NotFound(f"There is no change {what!r}.")
    messages.success(request, "Saved.")
    return redirect("practice_schedule")


def _weeks(rows: list[WeeklyHours]) -> dict[int, list[tuple[str, str, str]]]:
    """Provider → their week as (weekday and dates, times, site), hours of one day and site together."""
    days: dict[tuple[int, int, str, str], list[str]] = {}
    for row in rows:
        dates = "".join(
            f" {word} {on:%b %-d, %Y}" for word, on in (("from", row.valid_from), ("until", row.valid_to)) if on
        )
        spans = days.setdefault((row.resource_id, row.weekday, dates, row.site.name), [])
        spans.append(f"{row.starts:%-I:%M} to {row.ends:%-I:%M %p}")
    found: dict[int, list[tuple[str, str, str]]] = {}
    for (resource, weekday, dates, site), spans in days.items():
        found.setdefault(resource, []).append((WEEKDAYS[weekday] + dates, ", ".join(spans), site))
    return found


# ------------------------------------------------------------------------------------------------ forms


def _site_form(subject: Subject) -> Form:
    states = [("", ""), *((code, code) for code in sorted(STATES))]
    return Form([("", [
        Field("name", "Name", width=6, required=True), Field("phone", "Phone", "tel", width=3),
        Field("place_of_service", "Place of service", width=3, value="11", hint="11 is an office"),
        Field("line1", "Street", width=4), Field("line2", "Suite", width=2), Field("city", "City", width=3),
        Field("state", "State", width=1, choices=states), Field("postal_code", "ZIP", width=2),
    ])])  # fmt: skip


def _room_form(subject: Subject) -> Form:
    return Form([("", [
        Field("name", "Name", width=6, required=True), Field("site", "Site", width=4, choices=_sites(subject)),
        Field("lanes", "Visits at one time", "number", width=2, value="1"),
    ])])  # fmt: skip


def _kind_form(subject: Subject) -> Form:
    yes = [("", "No"), ("1", "Yes")]
    return Form([("", [
        Field("code", "Short code", width=3, required=True), Field("name", "Name", width=5, required=True),
        Field("minutes", "Minutes", "number", width=2, required=True, value="20"),
        Field("color", "Color", width=2, choices=[(one, one) for one in COLORS]),
        Field("note_template", "Note template", width=5, hint="Empty: the one of the same code"),
        Field("new_patient", "For new patients", width=3, choices=yes),
        Field("overbook_limit", "Overbooking beyond the provider's own", "number", width=4, value="0"),
    ])])  # fmt: skip


def _hours_form(subject: Subject) -> Form:
    days = [(str(number), name) for number, name in enumerate(WEEKDAYS)]
    return Form([("", [
        Field("provider", "Provider", width=4, choices=_providers(subject)),
        Field("site", "Site", width=4, choices=_sites(subject)), Field("weekday", "Weekday", width=4, choices=days),
        Field("starts", "From", "time", width=3, required=True, value="08:30"),
        Field("ends", "To", "time", width=3, required=True, value="12:00"),
        Field("valid_from", "From this day on", "date", width=3), Field("valid_to", "Until", "date", width=3),
    ])])  # fmt: skip


def _exception_form(subject: Subject) -> Form:
    kinds = [("", "Away"), ("1", "Extra hours")]
    return Form([("", [
        Field("provider", "Provider", width=4, choices=_providers(subject)),
        Field("open", "Kind", width=3, choices=kinds), Field("date", "Date", "date", width=5, required=True),
        Field("starts", "From", "time", width=3, hint="Empty: the whole day"), Field("ends", "To", "time", width=3),
        Field("site", "Site of extra hours", width=6, choices=_sites(subject, "None")),
        Field("reason", "Reason", width=12),
    ])])  # fmt: skip


def _holiday_form(subject: Subject) -> Form:
    return Form([("", [
        Field("date", "Date", "date", width=4, required=True), Field("name", "Name", width=8, required=True),
    ])])  # fmt: skip


def _sites(subject: Subject, blank: str = "") -> list[tuple[str, str]]:
    found = [(str(one.pk), one.name) for one in scheduling.sites(subject)]
    return [("", blank), *found] if blank else found


def _providers(subject: Subject) -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in scheduling.providers(subject)]


# ----------------------------------------------------------------------------------- values and commands


def _nothing(subject: Subject, number: int) -> dict[str, Any]:
    raise NotFound("This is taken away and added anew, not changed.")


def _one(found: list[Any], number: int) -> Any:
    row = next((one for one in found if one.pk == number), None)
    if row is None:
        raise NotFound(f"There is nothing with the number {number}.", cure="Choose one of the list.")
    return row


def _site_values(subject: Subject, number: int) -> dict[str, Any]:
    row = _one(scheduling.sites(subject, active=False), number)
    return {name: getattr(row, name) for name in _SITE}


def _room_values(subject: Subject, number: int) -> dict[str, Any]:
    row = _one(scheduling.rooms(subject, active=False), number)
    return {"name": row.name, "site": row.site_id, "lanes": row.lanes}


def _kind_values(subject: Subject, number: int) -> dict[str, Any]:
    row = _one(scheduling.visit_types(subject, active=False), number)
    names = ("code", "name", "minutes", "color", "note_template", "overbook_limit")
    return {**{name: getattr(row, name) for name in names}, "new_patient": "1" if row.new_patient else ""}


def _save_kind(subject: Subject, data: Data) -> object:
    return setup.add_visit_type(
        subject,
        data.get("code", ""),
        data.get("name", ""),
        _whole(data, "minutes"),
        color=data.get("color", "azure"),
        note_template=data.get("note_template", ""),
        new_patient=data.get("new_patient") == "1",
        overbook_limit=_whole(data, "overbook_limit"),
    )


def _save_hours(subject: Subject, data: Data) -> object:
    starts, ends = _time(data, "starts"), _time(data, "ends")
    if starts is None or ends is None:
        raise Invalid("Hours have a beginning and an end.", where="starts", cure="Give both times.")
    return setup.set_hours(
        subject,
        _whole(data, "provider"),
        site_id=_whole(data, "site"),
        weekday=_whole(data, "weekday"),
        starts=starts,
        ends=ends,
        valid_from=day_of(data, "valid_from"),
        valid_to=day_of(data, "valid_to"),
    )


def _save_exception(subject: Subject, data: Data) -> object:
    on = day_of(data, "date")
    if on is None:
        raise Invalid("The date is empty.", where="date", cure="Choose the day.")
    return setup.add_exception(
        subject,
        _whole(data, "provider"),
        on,
        starts=_time(data, "starts"),
        ends=_time(data, "ends"),
        open=data.get("open") == "1",
        site_id=_whole(data, "site") if data.get("site") else None,
        reason=data.get("reason", ""),
    )


def _save_holiday(subject: Subject, data: Data) -> object:
    on = day_of(data, "date")
    if on is None:
        raise Invalid("The date is empty.", where="date", cure="Choose the day.")
    return setup.add_holiday(subject, on, data.get("name", ""))


def _whole(data: Data, name: str) -> int:
    text = data.get(name, "")
    if not text.isdecimal() or len(text) > 6:
        raise Invalid(f"{text!r} is not a number." if text else "This is empty.", where=name, cure="Fill it in.")
    return int(text)


def _time(data: Data, name: str) -> time | None:
    text = data.get(name, "")
    if not text:
        return None
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{text!r} is not a time.", where=name, cure="Write it like 08:30.") from None


_THINGS = {
    "site": Thing("Site", _site_form, _site_values,
                  lambda subject, data: setup.add_site(subject, **{name: data.get(name, "") for name in _SITE})),
    "room": Thing("Room", _room_form, _room_values,
                  lambda subject, data: setup.add_room(subject, data.get("name", ""), _whole(data, "site"),
                                                       lanes=_whole(data, "lanes"))),
    "visit-type": Thing("Visit type", _kind_form, _kind_values, _save_kind),
    "hours": Thing("Hours", _hours_form, _nothing, _save_hours),
    "exception": Thing("Absence or extra hours", _exception_form, _nothing, _save_exception),
    "holiday": Thing("Holiday", _holiday_form, _nothing, _save_holiday),
}  # fmt: skip
