"""Programs that are told what changes: how each stands, in words, and holding, resuming and repeating it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.exchange.subscriptions import commands, queries
from chartdesk.record.access.subject import CONNECTORS
from chartdesk.web import lists
from chartdesk.web.request import staff, whole


def page(request: HttpRequest) -> HttpResponse:
    """Every subscription of the practice, those in error first. Refreshes itself when a state changes."""
    asked = staff(request, *CONNECTORS)
    listing = lists.paged(asked, queries.lines(asked.subject))
    part = request.headers.get("HX-Target") == "subscriptions"
    template = "practice/subscription_rows.html" if part else "practice/subscriptions.html"
    return render(request, template, {"listing": listing, "rows": listing.rows, "tab": "subscriptions"})


@require_POST
def pause(request: HttpRequest, subscription: str) -> HttpResponse:
    """Hold the notifications back."""
    asked = staff(request)
    commands.pause(asked.subject, subscription)
    messages.success(request, "Paused. What happens meanwhile is counted, and sent when you resume.")
    return redirect("practice_subscriptions")


@require_POST
def resume(request: HttpRequest, subscription: str) -> HttpResponse:
    """Let it go on."""
    asked = staff(request)
    commands.resume(asked.subject, subscription)
    messages.success(request, "Resumed. The program is greeted first, then told what it missed.")
    return redirect("practice_subscriptions")


@require_POST
def send_again(request: HttpRequest, subscription: str) -> HttpResponse:
    """Deliver the events from a number on once more."""
    asked = staff(request)
    count = commands.send_again(asked.subject, subscription, whole(request.POST, "since"))
    messages.success(request, f"{count} {'event is' if count == 1 else 'events are'} on the way again.")
    return redirect("practice_subscriptions")
