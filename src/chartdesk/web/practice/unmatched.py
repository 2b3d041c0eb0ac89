"""Numbers of other systems that lead to nobody here: whose each is, or that it is nobody of ours."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError, Invalid
from chartdesk.pms.coverage import queries as coverage
from chartdesk.pms.registration import queries as registration
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record.access.subject import Subject
from chartdesk.record.identities import unmatched
from chartdesk.record.identities.identifiers import APPOINTMENT, LOCATION, PATIENT, PAYER, PRACTITIONER
from chartdesk.web.errors import words
from chartdesk.web.request import staff

KINDS = {PATIENT: "Patient", PRACTITIONER: "Provider", PAYER: "Payer", LOCATION: "Place", APPOINTMENT: "Visit"}
#: Numbers that a page lists; the others follow when some of these are settled.
MOST = 200


def page(request: HttpRequest) -> HttpResponse:
    """Everything that waits, the oldest first; the one in ``number`` with the people it may stand for."""
    asked = staff(request, *unmatched.ROLES)
    rows = unmatched.waiting(asked.subject, most=MOST)
    number = asked.GET.get("number", "")
    chosen = next((one for one in rows if str(one.pk) == number), rows[0] if rows else None)
    text = asked.GET.get("q", "").strip()
    context = {
        "most": MOST,
        "rows": [(one, KINDS.get(one.kind, one.kind)) for one in rows],
        "chosen": chosen,
        "kind": KINDS.get(chosen.kind, chosen.kind) if chosen else "",
        "asks": chosen is not None and chosen.kind in unmatched.MATCHED,
        "text": text,
        "choices": _choices(asked.subject, chosen.kind, text or chosen.words.split(",")[0]) if chosen else [],
    }
    return render(request, "practice/unmatched.html", context)


@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Say whose number it is, or that it is nobody's; what waits for it goes on."""
    asked = staff(request, *unmatched.ROLES)
    try:
        if request.POST.get("nobody") == "1":
            count = len(unmatched.dismiss(asked.subject, number))
            said = "It is nobody of ours."
        elif request.POST.get("again") == "1":
            count = len(unmatched.try_again(asked.subject, number))
            said = "Tried again."
        else:
            target = request.POST.get("id", "")
            if not target:
                raise Invalid("Choose who it is.", where="id")
            count = len(unmatched.match(asked.subject, number, target))
            said = "Matched."
        messages.success(request, f"{said} {count} {'message goes' if count == 1 else 'messages go'} on.")
    except ChartdeskError as fault:
        messages.error(request, words(fault))
    return redirect("unmatched")


def _choices(subject: Subject, kind: str, text: str) -> list[tuple[str, str, str]]:
    """Whom it may stand for: (id, name, what tells them apart)."""
    if kind == PATIENT:
        found = registration.find(subject, text) if text else []
        return [(one.patient_id, one.name, f"{one.birth_date or ''} · MRN {one.mrn}") for one in found]
    if kind == PRACTITIONER:
        return [(one.practitioner, one.name, f"NPI {one.npi}") for one in scheduling.providers(subject)]
    if kind == PAYER:
        return [(one.organization, one.name, one.payer_id) for one in coverage.payers(subject) if one.organization]
    if kind != LOCATION:
        return []
    return [(one.location, one.name, "") for one in scheduling.sites(subject, active=False) if one.location]
