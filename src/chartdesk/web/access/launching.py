"""Opening a program from a patient's page, with the patient and the visit that are on the screen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from chartdesk.kit.errors import Forbidden
from chartdesk.record.access import launches, programs
from chartdesk.web.access.asking import base_of
from chartdesk.web.request import staff


@require_GET
def choices(request: HttpRequest) -> HttpResponse:
    """The programs that can be opened, as a dialog."""
    asked = staff(request)
    context = {
        "programs": programs.launchable(asked.subject),
        "patient": request.GET.get("patient", ""),
        "encounter": request.GET.get("encounter", ""),
    }
    return render(request, "access/choices.html", context)


@require_GET
def opened(request: HttpRequest, client_id: str) -> HttpResponse:
    """Sends the browser to the program. A link, since a form may not lead to another site."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("A program is opened from the patient's page, not from another site.")
    location = launches.launch(
        staff(request).subject,
        request.user,
        client_id,
        base=base_of(request),
        patient=request.GET.get("patient", ""),
        encounter=request.GET.get("encounter", ""),
    )
    return HttpResponse(status=302, headers={"Location": location})
