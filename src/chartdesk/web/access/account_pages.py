"""Pages about logging in that are closed here, and what to do instead.

Nobody signs up by themselves and no mail is sent, so that what the package for accounts offers for these leads
nowhere. A manager, the front desk or the operator gives logins and passwords.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


def forgotten(request: HttpRequest) -> HttpResponse:
    """Who helps somebody who has forgotten the password."""
    return render(request, "account/forgotten.html")


def closed(request: HttpRequest, **rest: str) -> HttpResponse:
    """There is no such page here."""
    raise Http404
