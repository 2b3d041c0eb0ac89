"""What a manager looks into: who touched a patient's data, and messages that could not be delivered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chartdesk.kit import outbox, worklist
from chartdesk.kit.errors import NotFound
from chartdesk.kit.models import OutboxDelivery
from chartdesk.kit.transactions import transaction
from chartdesk.pms.registration import queries as registration
from chartdesk.record import audit
from chartdesk.web import lists
from chartdesk.web.banner import banner
from chartdesk.web.practice.setup import MANAGERS
from chartdesk.web.request import staff

ACTIONS = {"C": "created", "R": "read", "U": "changed", "D": "deleted", "E": "carried out"}
#: Rows of a trail that a page looks through.
_LISTED = 2000


def search(request: HttpRequest) -> HttpResponse:
    """Choose the patient whose trail is wanted."""
    asked = staff(request, *MANAGERS)
    text = request.GET.get("who", "").strip()
    hits = registration.find(asked.subject, text, limit=20) if text else []
    return render(request, "practice/trails.html", {"text": text, "hits": hits, "tab": "trail"})


def trail(request: HttpRequest, patient_id: str) -> HttpResponse:
    """Who read or changed a patient's data, when, why and from where; newest first."""
    asked = staff(request, *MANAGERS)
    rows = audit.trail(asked.subject, patient_id, lists.LARGEST_EXPORT if lists.exporting(asked) else _LISTED)
    action = request.GET.get("action", "")
    if action:
        rows = [row for row in rows if row.action == action]
    if lists.exporting(asked):
        header = ["When", "Who", "Did", "What", "Number", "Version", "Purpose", "From", "Detail"]
        cells = (
            (row.at, row.name, ACTIONS.get(row.action, row.action), row.what, row.resource_id, row.version, row.purpose,
             row.origin, row.detail)
            for row in rows
        )  # fmt: skip
        return lists.exported(asked, "audit-trail", header, cells)
    listing = lists.paged(asked, rows)
    context = {
        "banner": banner(asked, patient_id),
        "listing": listing,
        "rows": [(row, ACTIONS.get(row.action, row.action)) for row in listing.rows],
        "actions": ACTIONS.items(),
        "action": action,
        "tab": "trail",
    }
    return render(request, "practice/trail.html", context)


def delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """A message between rooms that could not be delivered; on POST it is tried again."""
    asked = staff(request, *MANAGERS)
    with transaction(asked.subject):
        row = OutboxDelivery.objects.select_related("event").filter(practice=asked.subject.practice, pk=delivery_id)
        found = row.first()
        if found is None:
            raise NotFound(f"There is no delivery {delivery_id}.")
        if request.method == "POST":
            outbox.retry(asked.subject, delivery_id)
            worklist.close_items(asked.subject, "delivery_stuck", [str(delivery_id)], by=asked.subject.actor)
            messages.success(request, "It is on its way again.")
            return redirect("delivery", delivery_id)
    return render(request, "practice/delivery.html", {"delivery": found, "event": found.event})
