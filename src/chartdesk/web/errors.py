"""Errors in the words of the person: what happened, what was kept, what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chartdesk.kit.errors import ChartdeskError, Conflict, Forbidden, Gone, Invalid, NotFound, Unavailable

_STATUS: tuple[tuple[type[ChartdeskError], int], ...] = (
    (Invalid, 422),
    (Forbidden, 403),
    (NotFound, 404),
    (Gone, 410),
    (Conflict, 409),
    (Unavailable, 503),
)


def status_of(fault: ChartdeskError) -> int:
    """The HTTP status that goes with an error."""
    return next((status for kind, status in _STATUS if isinstance(fault, kind)), 400)


def words(fault: ChartdeskError) -> str:
    """The refusal as a notice says it: what was wrong, and what to do."""
    return f"{fault.message} {fault.cure}".strip()


@contextmanager
def noticed(request: HttpRequest) -> Iterator[None]:
    """What is refused inside stands in a notice on the page that comes next."""
    try:
        yield
    except ChartdeskError as fault:
        messages.error(request, words(fault))


def told(request: HttpRequest, fault: ChartdeskError) -> HttpResponse:
    """The answer that tells ``fault``: a notice where htmx asked, a page otherwise."""
    status = status_of(fault)
    if request.headers.get("HX-Request"):
        notice = {"notice": {"kind": "danger", "text": fault.message, "cure": fault.cure}}
        # 204 leaves the page as it is; the notice says why nothing changed.
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(notice), "HX-Reswap": "none"})
    return render(request, "web/error.html", {"fault": fault, "status": status}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address that leads nowhere."""
    if getattr(request, "subject", None) is None:  # nobody is known to be logged in: no menu, and nothing that asks
        return render(request, "account/nowhere.html", status=404)
    fault = NotFound("There is no page at this address.", cure="Use the search box or the menu.")
    return render(request, "web/error.html", {"fault": fault, "status": 404}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """The page for a defect of ours. Rendered without the menu, which may be what broke."""
    return render(None, "web/broken.html", status=500)
