"""The practice itself: its facts and its switches."""

from __future__ import annotations

from dataclasses import fields
from zoneinfo import available_timezones

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.pms.registration.vocabulary import STATES
from chartdesk.record.access import people, practices
from chartdesk.record.access.models import Practice
from chartdesk.record.access.practices import Facts
from chartdesk.record.access.subject import Role
from chartdesk.web.errors import noticed
from chartdesk.web.fields import Field, Form
from chartdesk.web.request import staff

MANAGERS = (Role.MANAGER,)
#: Settings that are switches: what each does when it is on, and whether it is on where nobody has said.
SWITCHES = {
    "auto_submit": (
        "Send clean claims by themselves",
        "A signed note without findings becomes a sent claim with no human touch. Off: charges wait in review.",
        True,
    ),
    "check_profiles": (
        "Hold programs to the profiles they name",
        "A resource that names a US Core profile and does not keep it is refused. Off: it is taken as it is.",
        True,
    ),
    "eligibility_batch": (
        "Ask about coming visits by the file",
        "Every night one file goes to each payer whose page does not say otherwise. Off: a question for each visit.",
        False,
    ),
}
#: How far the print of a CMS-1500 can be moved, in points.
_FARTHEST = 72
_NAMES = [field.name for field in fields(Facts)]


def page(request: HttpRequest) -> HttpResponse:
    """The facts that stand on claims and letters, and the switches; on POST the facts are saved."""
    asked = staff(request, *MANAGERS)
    practice = people.practice_of(asked.subject)
    form = _form().fill({name: getattr(practice, name) for name in _NAMES})
    if request.method == "POST":
        data = {name: request.POST.get(name, "").strip() for name in _NAMES}
        form.fill(data)
        try:
            practices.amend(asked.subject, Facts(**data))
        except ChartdeskError as fault:
            return render(request, "practice/setup.html", _context(form.mark(fault), practice), status=422)
        messages.success(request, "Saved.")
        return redirect("practice_setup")
    return render(request, "practice/setup.html", _context(form, practice))


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Turn a switch on or off."""
    asked = staff(request, *MANAGERS)
    name = request.POST.get("name", "")
    if name not in SWITCHES:
        raise Invalid(f"There is no switch {name!r}.")
    on = request.POST.get("on") == "1"
    practices.switch(asked.subject, **{name: on})
    messages.success(request, f"{SWITCHES[name][0]}: {'on' if on else 'off'}.")
    return redirect("practice_setup")


@require_POST
def paper(request: HttpRequest) -> HttpResponse:
    """Move the print of paper claims, for a printer that is off."""
    asked = staff(request, *MANAGERS)
    with noticed(request):
        practices.switch(asked.subject, paper_shift=[_points(request.POST, name) for name in ("right", "down")])
        messages.success(request, "Saved. Print one form to see whether it fits.")
    return redirect("practice_setup")


def _points(data: QueryDict, name: str) -> int:
    given = data.get(name, "").strip() or "0"
    if not given.lstrip("-").isdecimal() or len(given) > 4 or abs(int(given)) > _FARTHEST:
        raise Invalid(f"{given!r} is no number of points.", cure=f"From -{_FARTHEST} to {_FARTHEST}.", where=name)
    return int(given)


def _context(form: Form, practice: Practice) -> dict[str, object]:
    switches = [(name, words, what, practice.switched(name, usual)) for name, (words, what, usual) in SWITCHES.items()]
    right, down = (practice.settings.get("paper_shift") or (0, 0))[:2]
    return {"form": form, "switches": switches, "right": right, "down": down, "tab": "setup"}


def _form() -> Form:
    zones = [(zone, zone) for zone in sorted(available_timezones()) if zone.startswith(("America/", "US/", "Pacific/"))]
    states = [("", ""), *((code, code) for code in sorted(STATES))]
    return Form(
        [
            ("Practice", [
                Field("name", "Name", width=5, required=True),
                Field("zone", "Time zone", width=4, required=True, choices=zones),
                Field("phone", "Phone", "tel", width=3),
            ]),
            ("Numbers", [
                Field("npi", "NPI", width=4), Field("tax_id", "Tax number", width=4),
                Field("taxonomy", "Taxonomy", width=4, hint="The practice's own, such as 207Q00000X"),
            ]),
            ("Billing address", [
                Field("line1", "Street", width=8), Field("line2", "Suite", width=4), Field("city", "City", width=6),
                Field("state", "State", width=2, choices=states), Field("postal_code", "ZIP", width=4),
            ]),
        ]
    )  # fmt: skip
