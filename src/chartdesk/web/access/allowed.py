"""What one has allowed programs, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError
from chartdesk.pms.registration import queries as registration
from chartdesk.record.access import grants
from chartdesk.record.access.grants import Allowed
from chartdesk.record.access.subject import Role, Subject
from chartdesk.web.access import wording
from chartdesk.web.request import staff


@dataclass(frozen=True)
class Row:
    """One program in the list."""

    allowed: Allowed
    patient_name: str
    words: list[str]


def page(request: HttpRequest) -> HttpResponse:
    """The programs that act for the person, and for which patient."""
    asked = staff(request)
    own = Role.PATIENT in asked.subject.roles
    rows = [
        Row(one, _name(asked.subject, one.patient, own), wording.sentences(one.scopes))
        for one in grants.allowed(asked.subject, request.user)
    ]
    frame = "access/frame.html" if own else "web/base.html"
    return render(request, "access/allowed.html", {"rows": rows, "own": own, "frame": frame})


@require_POST
def take_back(request: HttpRequest, client_id: str) -> HttpResponse:
    """End what the person allowed the program."""
    grants.take_back(staff(request).subject, request.user, client_id, request.POST.get("patient", ""))
    messages.success(request, "Taken back. The program sees nothing any more.")
    return redirect("allowed")


def _name(subject: Subject, patient: str, own: bool) -> str:
    if not patient:
        return ""
    try:
        return registration.patient(replace(subject, patient=patient) if own else subject, patient).full_name
    except ChartdeskError:
        return "a patient who is not there any more"
