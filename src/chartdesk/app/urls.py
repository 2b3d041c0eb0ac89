"""Every address of the program. Each room brings its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    # Ours come first: some pages of the package for accounts are closed here.
    path("", include("chartdesk.web.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
]
handler404 = "chartdesk.web.errors.not_found"
handler500 = "chartdesk.web.errors.broken"
