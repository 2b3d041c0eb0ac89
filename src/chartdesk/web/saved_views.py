"""Saved views of lists: a filter and an order under a name, kept with the person, or for everybody."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_POST

from chartdesk.kit import saved_views
from chartdesk.kit.errors import NotFound
from chartdesk.record.access.subject import Role
from chartdesk.web.errors import noticed
from chartdesk.web.request import staff

#: The lists that have views, by their URL names.
LISTS = frozenset(
    {"work", "charge_review", "missing_charges", "claims", "files", "remittances", "denials", "follow_up"}
)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filter and order that the list shows. Who may see the list is the list's own matter."""
    asked = staff(request)
    page = _list(request.POST.get("page", ""))
    name, query = request.POST.get("name", ""), request.POST.get("query", "")
    with noticed(request):
        view = saved_views.save(asked.subject, page, name, query, shared=request.POST.get("shared") == "1")
        messages.success(request, f"The view {view.name} was saved.")
    return redirect(f"{page}?{saved_views.filter_of(query)}")


@require_POST
def forget(request: HttpRequest, view_id: int) -> HttpResponse:
    """Drop a view of one's own; managers drop those of everybody as well."""
    asked = staff(request)
    view = saved_views.forget(asked.subject, view_id, shared=asked.subject.has(Role.MANAGER))
    messages.success(request, f"The view {view.name} is forgotten.")
    return redirect(view.page)


def _list(page: str) -> str:
    """The address, where it is one of a list with views. Raises NotFound."""
    try:
        known = resolve(page).url_name in LISTS
    except Resolver404:
        known = False
    if not known:
        raise NotFound(f"No views are kept of {page!r}.")
    return page
