"""Who works here: adding people, what they work as, a new password, the end of their place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chartdesk.kit.errors import ChartdeskError
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record.access import staffing
from chartdesk.record.access.staffing import Given, Person, Worker
from chartdesk.record.access.subject import Role, Subject
from chartdesk.web.accounts import forget_second_step
from chartdesk.web.fields import Field, Form
from chartdesk.web.practice.setup import MANAGERS
from chartdesk.web.request import StaffRequest, staff

#: What each role is for, as the form says it.
ROLES = {
    Role.FRONT_DESK: "Front desk",
    Role.NURSE: "Nurse",
    Role.CLINICIAN: "Clinician",
    Role.BILLER: "Billing",
    Role.MANAGER: "Manager",
    Role.INTEGRATOR: "Integrator: connects programs, and can read every record through them",
}


def index(request: HttpRequest) -> HttpResponse:
    """Who works here, and as what."""
    asked = staff(request)
    return render(request, "practice/people.html", {"people": staffing.staff(asked.subject), "tab": "people"})


def new(request: HttpRequest) -> HttpResponse:
    """Somebody new; on POST they are given a login, whose password is shown this once."""
    asked = staff(request, *MANAGERS)
    form = _form(asked.subject, named=False)
    if request.method != "POST":
        return _page(asked, form)
    try:
        given = staffing.hire(asked.subject, _read(request, form))
    except ChartdeskError as fault:
        return _page(asked, form.mark(fault), status=422)
    known = staffing.worker(asked.subject, given.user.pk)
    return _page(asked, _filled(asked.subject, known), known, given)


def person(request: HttpRequest, user: int) -> HttpResponse:
    """One of them; on POST what they are called and work as is saved."""
    asked = staff(request)
    known = staffing.worker(asked.subject, user)
    if request.method != "POST":
        return _page(asked, _filled(asked.subject, known), known)
    form = _form(asked.subject, named=True)
    try:
        known = staffing.amend(asked.subject, user, _read(request, form))
    except ChartdeskError as fault:
        return _page(asked, form.mark(fault), known, status=422)
    messages.success(request, f"{known.name}: saved.")
    return redirect("practice_people")


@require_POST
def password(request: HttpRequest, user: int) -> HttpResponse:
    """A new password, shown this once; where they lost the telephone, two-step sign-in ends too."""
    asked = staff(request)
    given = staffing.renew_password(asked.subject, user)
    if request.POST.get("telephone") == "1":
        forget_second_step(asked.subject, given.user)
    known = staffing.worker(asked.subject, user)
    return _page(asked, _filled(asked.subject, known), known, given)


@require_POST
def end(request: HttpRequest, user: int) -> HttpResponse:
    """End their place here."""
    asked = staff(request)
    known = staffing.worker(asked.subject, user)
    staffing.dismiss(asked.subject, user)
    messages.success(request, f"{known.name} works here no more. What they did stays in the audit trail.")
    return redirect("practice_people")


def _page(
    asked: StaffRequest, form: Form, known: Worker | None = None, given: Given | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "person": known, "given": given, "tab": "people", "self": asked.user.pk}
    return render(asked, "practice/person.html", context, status=status)


def _read(request: HttpRequest, form: Form) -> Person:
    data = {name: text.strip() for name, text in request.POST.dict().items()}
    form.fill({one.name: data.get(one.name, "") for one in form.fields()})
    return Person(
        name=data.get("name", ""),
        username=data.get("username", "").lower(),
        roles=frozenset(role for role in ROLES if data.get(f"role-{role}") == "1"),
        practitioner=data.get("practitioner", ""),
    )


def _filled(subject: Subject, known: Worker) -> Form:
    held: dict[str, Any] = {f"role-{role}": "1" for role in known.roles}
    return _form(subject, named=True).fill({**held, "name": known.name, "practitioner": known.practitioner})


def _form(subject: Subject, *, named: bool) -> Form:
    """The form of a person; ``named`` where they have a user name already."""
    clinicians = [(one.practitioner, one.name) for one in scheduling.providers(subject) if one.practitioner]
    who = [Field("name", "Name", width=6, required=True, hint="First and last name")]
    if not named:
        who.append(Field("username", "User name", width=6, required=True, hint="What they log in with; it stays"))
    works = [Field(f"role-{role}", words, "check", width=6) for role, words in ROLES.items()]
    chosen = Field("practitioner", "Which clinician", width=6, choices=[("", "None"), *clinicians])
    chosen.hint = "For clinicians: whose visits and notes are theirs. Practice → Schedule adds one."
    return Form([("", who), ("Works as", works), ("", [chosen])])
