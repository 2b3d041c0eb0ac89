"""Where the link of a patient's login leads: the patient chooses the password, and can log in from then on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from chartdesk.kit.errors import ChartdeskError, Gone, Invalid
from chartdesk.record.access import patient_logins
from chartdesk.web.fields import Field, Form


@never_cache
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The form, and on POST the password is set. Nobody has to be logged in; the link says whose login it is."""
    form = _form()
    status = 200
    try:
        user = patient_logins.opened(token)
        if request.method == "POST":
            _set(request, token)
            messages.success(request, f"Your password is set. Log in as {user.username}.")
            return redirect("account_login")
    except Gone as fault:
        return render(request, "access/first_password.html", {"fault": fault}, status=410)
    except ChartdeskError as fault:
        form.mark(fault)
        status = 422
    return render(request, "access/first_password.html", {"form": form, "username": user.username}, status=status)


def _set(request: HttpRequest, token: str) -> None:
    password = request.POST.get("password", "")
    if password != request.POST.get("again", ""):
        raise Invalid("The two are not the same.", cure="Type the password twice.", where="again")
    patient_logins.set_password(token, password, origin=request.META.get("REMOTE_ADDR", ""))


def _form() -> Form:
    first = Field("password", "Password", "password", width=12, required=True, complete="new-password")
    first.hint = "At least ten letters, digits or signs; several words are good."
    again = Field("again", "The same again", "password", width=12, required=True, complete="new-password")
    return Form([("", [first, again])])
