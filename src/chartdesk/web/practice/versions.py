"""A draft of rules, step by step, as the pages of splitting and of scrubbing have it alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from chartdesk.kit.errors import ChartdeskError, NotFound
from chartdesk.record.access.subject import Subject
from chartdesk.web.errors import noticed
from chartdesk.web.fields import Form
from chartdesk.web.practice.setup import MANAGERS
from chartdesk.web.request import StaffRequest, optional, staff


class Commands(Protocol):
    """The commands of a room that keeps its rules in versions."""

    def begin(self, subject: Subject) -> int:
        """Open a draft."""

    def discard(self, subject: Subject) -> None:
        """Throw the draft away."""

    def withdraw(self, subject: Subject, number: int) -> None:
        """Let a version hold no longer."""


def change(
    request: HttpRequest, what: str, commands: Commands, go_live: Callable[[StaffRequest], str], page: str
) -> HttpResponse:
    """Begin a draft or discard it, let it go live, or withdraw a version; then back to ``page``.

    ``go_live`` does so with what was typed, and says what holds now.
    """
    asked = staff(request, *MANAGERS)
    with noticed(request):
        if what == "draft":
            commands.begin(asked.subject)
        elif what == "discard":
            commands.discard(asked.subject)
            messages.success(request, "The draft was thrown away.")
        elif what == "live":
            messages.success(request, go_live(asked))
        elif what == "withdraw":
            commands.withdraw(asked.subject, optional(request.POST, "number") or 0)
            messages.success(request, "Withdrawn. The version before it holds again.")
        else:
            raise NotFound(f"There is no change {what!r}.")
    return redirect(page)


def saved(request: HttpRequest, form: Form, save: Callable[[], object]) -> bool:
    """Whether what was typed is saved in the draft; where it is not, the form says why."""
    form.fill({one.name: request.POST.get(one.name, "") for one in form.fields()})
    try:
        save()
    except ChartdeskError as fault:
        form.mark(fault)
        return False
    messages.success(request, "Saved in the draft. Try it before it goes live.")
    return True
