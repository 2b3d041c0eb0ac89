"""The addresses of the staff's pages."""

from __future__ import annotations

from django.urls import URLPattern, include, path
from django.urls.resolvers import URLResolver

from chartdesk.web import frame, saved_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", frame.start, name="start"),
    path("health", frame.health, name="health"),
    path("health/signed-in", frame.signed_in, name="signed_in"),
    path("practice/choose", frame.choose_practice, name="choose_practice"),
    path("views", saved_views.save, name="view_save"),
    path("views/<int:view_id>/forget", saved_views.forget, name="view_forget"),
    path("search", frame.search, name="search"),
    path("search/results", frame.search_results, name="search_results"),
    path("", include("chartdesk.web.access.urls")),
    path("", include("chartdesk.web.front_desk.urls")),
    path("", include("chartdesk.web.clinic.urls")),
    path("", include("chartdesk.web.clinic.order_urls")),
    path("", include("chartdesk.web.clinic.document_urls")),
    path("", include("chartdesk.web.billing.urls")),
    path("", include("chartdesk.web.billing.money_urls")),
    path("", include("chartdesk.web.practice.interface_urls")),
    path("", include("chartdesk.web.practice.urls")),
]
