"""Logins of a patient: who sees their record with an app of their choice, a link for the password, the end of it."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError
from chartdesk.record.access import patient_logins
from chartdesk.record.access.patient_logins import Link
from chartdesk.web.accounts import forget_second_step
from chartdesk.web.banner import Banner, banner
from chartdesk.web.fields import Field, Form
from chartdesk.web.request import StaffRequest, staff


def page(request: HttpRequest, patient_id: str) -> HttpResponse:
    """Who logs in for the patient; on POST somebody is given a login, whose link is shown this once."""
    asked = staff(request, *patient_logins.ROLES)
    known = banner(asked, patient_id)
    form = _form(known)
    if request.method != "POST":
        return _page(asked, known, form)
    data = {name: text.strip() for name, text in request.POST.dict().items()}
    form.fill({one.name: data.get(one.name, "") for one in form.fields()})
    also = data.get("also") == "1"
    username = data.get("username", "").lower()
    try:
        link = patient_logins.give(asked.subject, patient_id, data.get("name", ""), username, also=also)
    except ChartdeskError as fault:
        return _page(asked, known, form.mark(fault), status=422)
    if not link.token:
        messages.success(request, f"{username} sees this patient as well, with the password it has.")
        return redirect("patient_login", patient_id)
    return _page(asked, known, _form(known), link)


@require_POST
def renew(request: HttpRequest, patient_id: str, user: int) -> HttpResponse:
    """Another link, shown this once; where they lost the telephone, two-step sign-in ends too."""
    asked = staff(request, *patient_logins.ROLES)
    known = banner(asked, patient_id)
    link = patient_logins.renew(asked.subject, patient_id, user)
    if request.POST.get("telephone") == "1":
        forget_second_step(asked.subject, link.user)
    return _page(asked, known, _form(known), link)


@require_POST
def end(request: HttpRequest, patient_id: str, user: int) -> HttpResponse:
    """The login sees the patient no more."""
    asked = staff(request, *patient_logins.ROLES)
    patient_logins.end(asked.subject, patient_id, user)
    messages.success(request, "Ended. The login and its programs see this patient no more.")
    return redirect("patient_login", patient_id)


def _page(asked: StaffRequest, known: Banner, form: Form, link: Link | None = None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "banner": known,
        "logins": patient_logins.of_patient(asked.subject, known.patient.patient_id),
        "form": form,
        "link": link,
    }
    if link is not None:
        context["address"] = asked.build_absolute_uri(reverse("first_password", args=[link.token]))
    return render(asked, "front_desk/patient_login.html", context, status=status)


def _form(known: Banner) -> Form:
    name = known.patient.full_name
    who = Field("name", "Name of who logs in", width=6, required=True, value=name)
    who.hint = "Of the patient, or of a parent or guardian"
    user = Field("username", "User name", width=6, required=True, value=_suggested(name), hint="What they log in with")
    also = Field("also", "This user name is theirs already: let it see this patient too", "check", width=12)
    return Form([("", [who, user, also])])


def _suggested(name: str) -> str:
    """``ana.reed`` for Ana Reed; what cannot stand in a user name is left out."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return ".".join(re.findall(r"[a-z0-9]+", plain))[:64]
