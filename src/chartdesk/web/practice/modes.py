"""Practice, Connection: which half runs here, how it speaks with the other one, and testing that."""

from __future__ import annotations

import json
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.exchange.halves import trying
from chartdesk.exchange.halves.fhir import connecting, following
from chartdesk.exchange.halves.fhir.connecting import PeerDetails
from chartdesk.exchange.halves.hl7v2.carrier import CHANNEL, USUAL_CHANNEL
from chartdesk.exchange.subscriptions import endpoints
from chartdesk.handoff import carriers
from chartdesk.handoff import subscriptions as handoff
from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.record.access import modes, practices
from chartdesk.record.access.people import practice_of
from chartdesk.record.access.subject import Role, Subject
from chartdesk.record.identities.identifiers import own_authority
from chartdesk.web.errors import noticed
from chartdesk.web.fields import Field, Form
from chartdesk.web.request import StaffRequest, staff, whole

MODES = {
    modes.UNIFIED: ("Both halves here", "Registration, schedule, notes and billing are all done in Chartdesk."),
    modes.PMS: ("Practice management here", "Notes are written in another system, which tells what was done."),
    modes.EHR: ("Health record here", "Registration, schedule and billing are another system's."),
}
CARRIERS = {"hl7v2": "HL7 v2 messages", "fhir": "FHIR"}
#: How far ahead visits are told of when somebody asks for it.
AHEAD = timedelta(days=400)


def page(request: HttpRequest) -> HttpResponse:
    """The mode, the other half and how it stands; on POST the mode is saved."""
    asked = staff(request, Role.MANAGER)
    form = _mode_form().fill(_kept(asked.subject))
    if request.method == "POST":
        try:
            _save(asked)
        except ChartdeskError as fault:
            form.fill(request.POST.dict()).mark(fault)
            return render(request, "practice/connection.html", _context(asked.subject, form), status=422)
        messages.success(request, "Saved.")
        return redirect("practice_connection")
    return render(request, "practice/connection.html", _context(asked.subject, form))


@require_POST
def peer(request: HttpRequest) -> HttpResponse:
    """Write down where the other half's FHIR server is."""
    asked = staff(request, Role.MANAGER)
    form = _peer_form().fill(request.POST.dict())
    given = {name: request.POST.get(name, "") for name in PeerDetails.__dataclass_fields__}
    try:
        connecting.write_down(asked.subject, PeerDetails(**given))
    except ChartdeskError as fault:
        context = {**_context(asked.subject, _mode_form().fill(_kept(asked.subject))), "peer_form": form.mark(fault)}
        return render(request, "practice/connection.html", context, status=422)
    messages.success(request, "Saved. Now test the connection.")
    return redirect("practice_connection")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the other half's server."""
    asked = staff(request, Role.MANAGER)
    with noticed(request):
        if request.POST.get("unasked") == "1":
            connecting.forget(asked.subject)
        else:
            connecting.leave(asked.subject)
        messages.success(request, "The other half is forgotten. What it told stays.")
    return redirect("practice_connection")


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Read what could not be taken in once more: one thing, or all."""
    asked = staff(request, Role.MANAGER)
    number = whole(request.POST, "hint") if request.POST.get("hint") else None
    count = following.again(asked.subject, number)
    messages.success(request, f"{count} {'is' if count == 1 else 'are'} read again.")
    return redirect("practice_connection")


@require_POST
def tell(request: HttpRequest) -> HttpResponse:
    """Tell the other half of everything that is to come."""
    asked = staff(request, Role.MANAGER)
    with noticed(request):
        now = clock.now()
        count = handoff.announce_again(asked.subject, now - timedelta(days=1), now + AHEAD)
        messages.success(request, f"{count} messages are on their way.")
    return redirect("practice_connection")


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a test of the connection."""
    asked = staff(request, Role.MANAGER)
    with noticed(request):
        trying.begin(asked.subject)
    return redirect("practice_connection")


@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """The next step of the test; the part of the page that shows it."""
    asked = staff(request, Role.MANAGER)
    trial = trying.advance(asked.subject)
    if request.headers.get("HX-Request"):
        return render(request, "practice/connection_trial.html", {"trial": trial})
    return redirect("practice_connection")


# --------------------------------------------------------------------------------------------- inside


def _kept(subject: Subject) -> dict[str, str]:
    held = practice_of(subject).settings
    carrier = str(held.get(carriers.SETTING) or "")
    return {
        "mode": modes.mode_of(subject),
        "carrier": carrier if carrier in CARRIERS else "hl7v2",
        "authority": own_authority(subject),
        "channel": str(held.get(CHANNEL) or USUAL_CHANNEL),
    }


def _save(asked: StaffRequest) -> None:
    """Keep the mode. Raises Invalid."""
    given = {name: asked.POST.get(name, "").strip() for name in ("mode", "carrier", "authority", "channel")}
    mode, carrier = given["mode"], given["carrier"]
    if mode not in MODES:
        raise Invalid("Choose what is done here.", where="mode")
    if mode != modes.UNIFIED and carrier not in CARRIERS:
        raise Invalid("Choose how the halves speak with each other.", where="carrier")
    authority = given["authority"].upper()
    if not connecting.is_authority(authority):
        raise Invalid(
            f"{given['authority']!r} cannot stand for who assigns numbers.",
            where="authority",
            cure="Letters, digits, dots and dashes, such as LAKESIDE-PMS.",
        )
    settings = {
        modes.SETTING: mode,
        carriers.SETTING: "in_process" if mode == modes.UNIFIED else carrier,
        CHANNEL: given["channel"] or USUAL_CHANNEL,
    }
    if mode != modes.UNIFIED or practice_of(asked.subject).settings.get("authority"):
        settings["authority"] = authority
    practices.switch(asked.subject, **settings)


def _context(subject: Subject, form: Form) -> dict[str, object]:
    mode, carrier = modes.mode_of(subject), trying.carrier_of(subject)
    context: dict[str, object] = {
        "tab": "connection",
        "form": form,
        "modes": [(name, words, what) for name, (words, what) in MODES.items()],
        "mode": mode,
        "carrier": carrier,
        "trial": trying.last(subject) if mode != modes.UNIFIED else None,
    }
    if mode != modes.UNIFIED and carrier == "fhir":
        known = connecting.peer_of(subject)
        names = ("name", "base", "authority", "client_id", "token_url")
        held = {name: getattr(known, name, "") for name in names}
        context |= {
            "peer": known,
            "peer_form": _peer_form().fill(held),
            "key": json.dumps(connecting.public_key(subject), indent=1) if known else "",
            "address": endpoints.base(),
            "ears": connecting.ears_of(subject),
            "troubles": connecting.troubles(subject),
        }
    return context


def _mode_form() -> Form:
    return Form(
        [
            ("", [
                Field("mode", "What is done here", width=12, choices=[(name, one[0]) for name, one in MODES.items()]),
                Field("carrier", "How the halves speak", width=4, choices=list(CARRIERS.items())),
                Field("authority", "Our numbers are known as", width=4, hint="The other half keeps them under it."),
                Field("channel", "Outgoing HL7 v2 channel", width=4),
            ]),
        ]
    )  # fmt: skip


def _peer_form() -> Form:
    return Form(
        [
            ("", [
                Field("name", "Name", width=6, required=True, hint="What people here call the other system."),
                Field("authority", "Its numbers are known as", width=6, required=True),
                Field("base", "FHIR address", "url", width=12, required=True, hint="Such as https://ehr.example/fhir"),
                Field("client_id", "Client id", width=6, hint="Under which it knows us; empty until it has our key."),
                Field("secret", "Client secret", "password", width=6, hint="Empty: we sign with the key below."),
                Field("token_url", "Token address", "url", width=12, hint="Empty: as its configuration says."),
            ]),
        ]
    )  # fmt: skip
