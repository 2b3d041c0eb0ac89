"""The addresses of the pages about programs."""

from __future__ import annotations

from django.urls import URLPattern, path

from chartdesk.web.access import account_pages, allowed, authorize, first_password, launching, registering

urlpatterns: list[URLPattern] = [
    path("accounts/password/reset/", account_pages.forgotten, name="forgotten"),
    path("accounts/password/reset/<path:rest>", account_pages.closed),
    path("accounts/password/set/", account_pages.closed),
    path("accounts/signup/", account_pages.closed),
    path("accounts/email/", account_pages.closed),
    path("accounts/confirm-email/", account_pages.closed),
    path("accounts/confirm-email/<path:rest>", account_pages.closed),
    path("accounts/login/code/confirm/", account_pages.closed),
    path("accounts/begin/<str:token>", first_password.page, name="first_password"),
    path("access/authorize", authorize.page, name="authorize"),
    path("access/allowed", allowed.page, name="allowed"),
    path("access/allowed/<str:client_id>/take-back", allowed.take_back, name="take_back"),
    path("access/open", launching.choices, name="launch_choices"),
    path("access/open/<str:client_id>", launching.opened, name="launch"),
    path("practice/programs", registering.index, name="practice_clients"),
    path("practice/programs/new", registering.new, name="program_new"),
    path("practice/programs/<str:client_id>", registering.one, name="program"),
    path("practice/programs/<str:client_id>/secret", registering.secret, name="program_secret"),
    path("practice/programs/<str:client_id>/approve", registering.approve, name="program_approve"),
    path("practice/programs/<str:client_id>/withdraw", registering.withdraw, name="client_withdraw"),
]
