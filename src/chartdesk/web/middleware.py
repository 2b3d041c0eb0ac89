"""What happens around every page: who asks is found out, and a room's error becomes a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from chartdesk.kit.errors import ChartdeskError, Forbidden, Invalid
from chartdesk.kit.ids import new_id
from chartdesk.record.access import people
from chartdesk.record.access.models import Membership
from chartdesk.record.access.subject import Role
from chartdesk.web import errors, navigation

#: Addresses that need nobody to be logged in.
OPEN = ("/accounts/", "/static/", "/health", "/cards/events")
#: Addresses that patients may open.
PATIENTS = ("/access/authorize", "/access/allowed")
#: Addresses that somebody may open who is an integrator and nothing else.
INTEGRATORS = ("/practice/explorer", "/practice/programs", "/practice/notifications", "/practice/choose")
_NOT_THEIRS = Forbidden(
    "An integrator's pages are Explorer, Programs and Notifications.", cure="Ask a manager for another role."
)
_UNWRITABLE = Invalid(
    "What was sent holds a character that no text can have.", cure="Type it anew instead of pasting it."
)
Next = Callable[[HttpRequest], HttpResponse]


class SubjectMiddleware:
    """Puts the access subject on the request, or sends the browser to the login page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OPEN):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return _to_login(request)
        practice = _practice(request)
        try:
            if practice is None:
                raise Forbidden("You have no place in any practice.", cure="Ask a manager for one.")
            request.subject = people.subject_of(
                request.user, practice, origin=request.META.get("REMOTE_ADDR", ""), request=new_id()
            )
        except Forbidden:
            logout(request)
            return _to_login(request)
        request.practice = people.practice_of(practice)
        if request.user.password_given:
            return _to_own_password(request)
        if Role.PATIENT in request.subject.roles and not request.path.startswith(PATIENTS):
            # The staff's pages are not a patient's, whatever they ask for.
            return redirect("allowed")
        if navigation.connects_only(request.subject) and not request.path.startswith(INTEGRATORS):
            return redirect("explorer") if request.path == "/" else errors.told(request, _NOT_THEIRS)
        return self.get_response(request)


class ErrorMiddleware:
    """Turns the errors that rooms raise on purpose into pages or, under htmx, into a notice."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "subject", None) is not None:
            # Patient data stays out of every cache.
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Refuse the character NUL wherever it was sent: no text of the database can hold it."""
        if getattr(request, "subject", None) is None:
            return None
        typed = [text for given in (request.GET, request.POST) for _, texts in given.lists() for text in texts]
        if any("\x00" in text for text in (*typed, *map(str, kwargs.values()))):
            return errors.told(request, _UNWRITABLE)
        return None

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, ChartdeskError):
            return errors.told(request, fault)
        return None


def _to_login(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return _to(request, "/accounts/login/")
    return redirect(f"/accounts/login/?{urlencode({'next': request.get_full_path()}, safe='/')}")


def _to_own_password(request: HttpRequest) -> HttpResponse:
    """To where somebody who was given a password chooses another, and back to what they asked for."""
    messages.warning(request, "Choose a password that only you know. Then you can go on.")
    after = request.get_full_path() if request.method == "GET" and not request.headers.get("HX-Request") else "/"
    return _to(request, f"{reverse('account_change_password')}?{urlencode({'next': after}, safe='/')}")


def _to(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # The page itself must go there, not the part that htmx would replace.
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return redirect(address)


def _practice(request: HttpRequest) -> int | None:
    """The practice this session works in; the person's first one where none was chosen."""
    chosen: Any = request.session.get("practice")
    if chosen is not None:
        return int(chosen)
    place = Membership.objects.filter(user=request.user, active=True).order_by("pk").first()
    if place is None:
        return None
    request.session["practice"] = place.practice
    return place.practice
