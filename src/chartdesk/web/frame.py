"""The frame around every page: the start, the search box, the choice of practice."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import Forbidden
from chartdesk.pms.claims import queries as claims
from chartdesk.pms.registration import queries as registration
from chartdesk.record.access.models import Membership
from chartdesk.record.access.subject import Role
from chartdesk.web import navigation

#: Search results shown below the box, and on the page of results.
SHORT, LONG = 8, 50


def start(request: HttpRequest) -> HttpResponse:
    """Leads to the page of the person's role."""
    return redirect(navigation.beginning(request.subject))


def health(request: HttpRequest) -> HttpResponse:
    """200 when this process can reach the database; for supervisors and load balancers."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


def signed_in(request: HttpRequest) -> HttpResponse:
    """Touches the session, so that it goes on; says whether there is one."""
    return HttpResponse(status=204 if request.user.is_authenticated else 401)


@require_POST
def choose_practice(request: HttpRequest) -> HttpResponse:
    """Work in another practice from now on. Only in one where the person has a place."""
    chosen = request.POST.get("practice", "")
    place = Membership.objects.filter(user=request.user, active=True, practice=int(chosen) if chosen.isdecimal() else 0)
    if not place.exists():
        raise Forbidden("You have no place in that practice.")
    request.session["practice"] = int(chosen)
    return redirect("start")


def search(request: HttpRequest) -> HttpResponse:
    """The page of search results; a single hit is opened at once."""
    found = _found(request, LONG)
    if len(found["patients"]) == 1 and not found["claims"]:
        return redirect("patient", found["patients"][0].patient_id)
    return render(request, "web/search.html", found)


def search_results(request: HttpRequest) -> HttpResponse:
    """The results below the search box."""
    return render(request, "web/search_results.html", _found(request, SHORT))


def _found(request: HttpRequest, limit: int) -> dict[str, Any]:
    text = request.GET.get("q", "").strip()
    subject = request.subject
    money = subject.has(Role.BILLER, Role.MANAGER)
    return {
        "text": text,
        "patients": registration.find(subject, text, limit=limit) if text else [],
        "claims": claims.by_number(subject, text) if text and money else [],
    }
