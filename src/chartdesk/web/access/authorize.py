"""The page on which somebody allows a program, or does not.

Everything that the program asks stands in the address and is checked anew with each step; nothing of it is kept here
until the person has decided. Guide section: SMART App Launch 2.2, obtain authorization code
(https://hl7.org/fhir/smart-app-launch/app-launch.html#obtain-authorization-code).
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chartdesk.kit import clock
from chartdesk.kit.errors import ChartdeskError, Forbidden, Invalid
from chartdesk.kit.transactions import transaction
from chartdesk.pms.registration import queries as registration
from chartdesk.record.access import grants, oauth, people
from chartdesk.record.access.oauth import Answer, OAuthRequest
from chartdesk.record.access.scopes import is_context
from chartdesk.web import errors
from chartdesk.web.access import asking, wording
from chartdesk.web.access.asking import OURS, Asking

#: With ``prompt=login`` the person must have said who they are within this time.
_JUST_NOW = timedelta(minutes=2)
_HITS = 20


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Choose the patient where one is needed, read what the program wants, allow it or not."""
    asked: OAuthRequest | None = None
    try:
        asked = asking.question(request)
        client = asking.program(asked)
        with transaction(client.practice):
            return _step(request, asking.checked(request, asked, client))
    except oauth.OAuth2Error as error:
        if asked is None or not error.redirect_uri:
            return _unusable(request, str(error.description or error.error))
        return _sent(oauth.refused(asked, error))
    except Forbidden:
        words = f"Your login has no place in {people.practice_of(client.practice).name}."
        return _unusable(request, f"{words} Log out, and log in as somebody who has.", status=403)
    except ChartdeskError as fault:
        return _unusable(request, errors.words(fault), status=errors.status_of(fault))


def _step(request: HttpRequest, asked: Asking) -> HttpResponse:
    prompt = asked.grant.request.payload.data.get("prompt", "").split()
    if "login" in prompt and asking.logged_in(request) < clock.now() - _JUST_NOW:
        query = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('account_reauthenticate')}?{query}")
    patient = asking.patient_of(asked, request)
    if request.method == "POST" and patient is not None:
        return _decided(request, asked, patient)
    if patient is not None and not {"consent", "login"} & set(prompt) and _is_remembered(request, asked):
        return _sent(asking.approved(asked, request, patient, asked.scopes, ""))
    if "none" in prompt:
        data = asked.grant.request.payload
        error = oauth.OAuth2Error(
            "The person has to be asked.",
            error="consent_required",
            redirect_uri=asked.grant.redirect_uri,
            state=data.state,
        )
        return _sent(oauth.refused(asked.grant.request, error))
    return _choose(request, asked) if patient is None else _ask(request, asked, patient)


def _is_remembered(request: HttpRequest, asked: Asking) -> bool:
    """Whether the person opened the program from a patient's page and has allowed it as much before."""
    return asked.launch is not None and grants.is_remembered(asked.client, request.user, asked.scopes)


def _choose(request: HttpRequest, asked: Asking) -> HttpResponse:
    """Which patient it is about: one of the person's own, or one the staff finds."""
    text = request.GET.get(OURS + "q", "").strip()
    if asked.own:
        own = people.own_patients(request.user, asked.client.practice)
        choices = [_choice(request, registration.patient(asked.about(one), one)) for one in own]
    else:
        hits = registration.find(asked.subject, text, limit=_HITS) if text else []
        choices = [_choice(request, hit) for hit in hits]
    context = {"client": asked.client, "own": asked.own, "text": text, "choices": choices, "fields": _fields(request)}
    return render(request, "access/choose.html", context)


def _choice(request: HttpRequest, patient: registration.PatientView | registration.PatientHit) -> dict[str, object]:
    born = patient.person.birth_date if isinstance(patient, registration.PatientView) else patient.birth_date
    return {
        "name": patient.name,
        "born": born,
        "mrn": patient.mrn,
        "address": asking.address(request, patient=patient.patient_id),
    }


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """The question as fields of the form that searches, so that it stays in the address."""
    return [(name, value) for name, value in request.GET.items() if not name.startswith(OURS)]


def _ask(request: HttpRequest, asked: Asking, patient: str, fault: str = "", status: int = 200) -> HttpResponse:
    """What the program wants, in words."""
    host = urlsplit(asked.grant.redirect_uri)
    context = {
        "client": asked.client,
        "practice_name": people.practice_of(asked.client.practice).name,
        "zone": people.practice_of(asked.client.practice).zone,
        "own": asked.own,
        "patient": registration.patient(asked.about(patient), patient) if patient else None,
        "lines": wording.lines(asked.scopes),
        "visits": asking.visits(asked, patient),
        "back": host.hostname or f"an app on this device ({host.scheme})",
        "address": request.get_full_path(),
        "another": asking.address(request) if patient and asked.launch is None and _can_choose(request, asked) else "",
        "fault": fault,
    }
    return render(request, "access/authorize.html", context, status=status)


def _can_choose(request: HttpRequest, asked: Asking) -> bool:
    return not asked.own or len(people.own_patients(request.user, asked.client.practice)) > 1


def _decided(request: HttpRequest, asked: Asking, patient: str) -> HttpResponse:
    """The answer of the person goes to the program."""
    if request.POST.get("decision") != "allow":
        return _onward(request, asked, oauth.denied(asked.grant))
    scopes = " ".join(request.POST.getlist("scope")).split()
    if _wants_data(asked) and not any(scope in asked.scopes and not is_context(scope) for scope in scopes):
        words = "Nothing is chosen. Choose what the program may do, or press Do not allow."
        return _ask(request, asked, patient, words, status=422)
    try:
        answer = asking.approved(asked, request, patient, scopes, request.POST.get("encounter", ""))
    except Invalid as fault:
        return _ask(request, asked, patient, fault.message, status=422)
    return _onward(request, asked, answer)


def _wants_data(asked: Asking) -> bool:
    return any(not is_context(scope) for scope in asked.scopes)


def _onward(request: HttpRequest, asked: Asking, answer: Answer) -> HttpResponse:
    """A page that leads to the program: a form may not be sent on to another site, and an app wants a click."""
    context = {"client": asked.client, "location": answer.location}
    return render(request, "access/onward.html", context)


def _sent(answer: Answer) -> HttpResponse:
    # Not Django's own redirect, which knows no schemes of apps on a device. The address is a registered one.
    return HttpResponse(status=302, headers={"Location": answer.location})


def _unusable(request: HttpRequest, words: str, status: int = 400) -> HttpResponse:
    """Nobody is sent anywhere from a request that may be forged."""
    return render(request, "access/unusable.html", {"words": words}, status=status)
