"""Programs, for managers and integrators: which have access, registering one, amending it, a new secret, its end."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.record.access import practices, programs
from chartdesk.record.access.models import ApiClient
from chartdesk.record.access.programs import KEY, NONE, SECRET, Program
from chartdesk.record.access.subject import CONNECTORS
from chartdesk.web.access import wording
from chartdesk.web.access.asking import base_of
from chartdesk.web.fields import Field, Form
from chartdesk.web.request import staff

_KINDS = [
    (SECRET, "A secret: a program on a server"),
    (KEY, "A signature: a server that has a key of its own"),
    (NONE, "Nothing: an app on a phone or in a browser"),
]
_USUAL = {"authentication": SECRET, "scopes": "system/*.rs"}


def index(request: HttpRequest) -> HttpResponse:
    """The programs that are registered."""
    asked = staff(request, *CONNECTORS)
    rows = [(one, wording.sentences(one.scopes.split())) for one in practices.clients(asked.subject)]
    return render(request, "access/programs.html", {"rows": rows, "tab": "clients"})


def new(request: HttpRequest) -> HttpResponse:
    """Register a program; its secret is shown this once."""
    asked = staff(request, *CONNECTORS)
    form = _form().fill(_USUAL)
    if request.method == "POST":
        form.fill(request.POST.dict())
        try:
            client, secret = programs.enrol(asked.subject, _typed(request))
        except ChartdeskError as fault:
            return _page(request, form.mark(fault), status=422)
        return _page(request, _filled(client), client, secret)
    return _page(request, form)


def one(request: HttpRequest, client_id: str) -> HttpResponse:
    """What is registered of a program; on POST it is changed."""
    asked = staff(request, *CONNECTORS)
    client = programs.program(asked.subject, client_id)
    form = _filled(client)
    if request.method == "POST":
        form.fill(request.POST.dict())
        try:
            programs.amend(asked.subject, client_id, _typed(request))
        except ChartdeskError as fault:
            return _page(request, form.mark(fault), client, status=422)
        messages.success(request, "Saved.")
        return redirect("program", client_id)
    return _page(request, form, client)


@require_POST
def secret(request: HttpRequest, client_id: str) -> HttpResponse:
    """A new secret in place of the old one, shown this once."""
    asked = staff(request, *CONNECTORS)
    made = programs.new_secret(asked.subject, client_id)
    client = programs.program(asked.subject, client_id)
    return _page(request, _filled(client), client, made)


@require_POST
def approve(request: HttpRequest, client_id: str) -> HttpResponse:
    """Let a program work that registered itself."""
    programs.approve(staff(request, *CONNECTORS).subject, client_id)
    messages.success(request, "The program may work now.")
    return redirect("practice_clients")


@require_POST
def withdraw(request: HttpRequest, client_id: str) -> HttpResponse:
    """Take a program's access away."""
    programs.withdraw(staff(request, *CONNECTORS).subject, client_id)
    messages.success(request, "The program's access has ended.")
    return redirect("practice_clients")


def _page(
    request: HttpRequest, form: Form, client: ApiClient | None = None, made: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "client": client, "made": made, "tab": "clients", "base": base_of(request)}
    if client is not None:
        context["words"] = wording.sentences(client.scopes.split())
    response = render(request, "access/program.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _typed(request: HttpRequest) -> Program:
    """The form as it was sent. Raises Invalid where the keys are no JSON."""
    data = {name: value.strip() for name, value in request.POST.dict().items()}
    keys: Any = None
    if data.get("jwks"):
        try:
            keys = json.loads(data["jwks"])
        except (ValueError, RecursionError):
            raise Invalid("The keys are not JSON.", cure="Paste the key set as it is.", where="jwks") from None
    return Program(
        name=data.get("name", ""),
        scopes=tuple(data.get("scopes", "").split()),
        authentication=data.get("authentication", ""),
        redirect_uris=tuple(data.get("redirect_uris", "").split()),
        launch_uri=data.get("launch_uri", ""),
        jwks=keys,
        jwks_uri=data.get("jwks_uri", ""),
        about=data.get("about", ""),
    )


def _filled(client: ApiClient) -> Form:
    return _form().fill(
        {
            "name": client.name,
            "about": client.about,
            "authentication": client.authentication,
            "scopes": client.scopes,
            "redirect_uris": "\n".join(client.redirect_uris),
            "launch_uri": client.launch_uri,
            "jwks": json.dumps(client.jwks) if client.jwks else "",
            "jwks_uri": client.jwks_uri,
        }
    )


def _form() -> Form:
    return Form(
        [
            ("The program", [
                Field("name", "Name", width=6, required=True, hint="People read it when they are asked to allow it."),
                Field("authentication", "How it proves who it is", width=6, choices=_KINDS),
                Field("about", "What it is for", "textarea", width=12, hint="One or two sentences for the same page."),
            ]),
            ("What it may ask for", [
                Field("scopes", "Scopes, with spaces", "textarea", width=12, required=True,
                      hint="system/Patient.rs: by itself, reads and finds every patient. patient/*.rs: one patient's "
                           "record, once somebody allows it. user/*.cruds: what that person may do. launch, "
                           "launch/patient, openid, fhirUser, offline_access: who and which patient, and for how long. "
                           "Give what is needed and no more."),
            ]),
            ("When people allow it", [
                Field("redirect_uris", "Where it takes people back, one per line", "textarea", width=6,
                      hint="Exactly as the program sends it. Needed for patient/ and user/ scopes."),
                Field("launch_uri", "Where it opens from a patient's page", "url", width=6,
                      hint="Leave empty when it is not opened from here."),
            ]),
            ("When it signs", [
                Field("jwks_uri", "Where it publishes its keys", "url", width=6),
                Field("jwks", "Or the keys themselves, as a JSON Web Key Set", "textarea", width=6,
                      hint="Public keys only: RSA with 2048 bits or EC P-384."),
            ]),
        ]
    )  # fmt: skip
