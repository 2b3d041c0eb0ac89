"""Pages about a merged patient lead to the patient who remains, also from an old bookmark or an open tab."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from chartdesk.record.merging import aliases

Next = Callable[[HttpRequest], HttpResponse]


class AliasMiddleware:
    """Puts the present id in the place of an old one in the address: a page is redirected, a form goes through."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Look at addresses that name a patient; the others cost nothing."""
        asked, subject = kwargs.get("patient_id"), getattr(request, "subject", None)
        if not asked or subject is None:
            return None
        present = aliases.current(subject.practice, asked)
        if present == asked:
            return None
        if request.method == "GET" and request.resolver_match is not None:
            address = request.get_full_path().replace(asked, present, 1)
            return redirect(address)
        kwargs["patient_id"] = present
        return None
