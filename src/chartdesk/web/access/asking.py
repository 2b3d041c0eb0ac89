"""One authorization request as the pages see it: who asks whom for what, and for which patient."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest

from chartdesk.kit import clock, days
from chartdesk.kit.errors import NotFound
from chartdesk.record import search, store
from chartdesk.record.access import grants, launches, oauth, people
from chartdesk.record.access.entitlements import entitled
from chartdesk.record.access.models import ApiClient, Launch
from chartdesk.record.access.oauth import Answer, OAuthRequest
from chartdesk.record.access.subject import Role, Subject
from chartdesk.standards.fhir import r4

#: Parameters of our own pages in the address begin so; what the program asks does not.
OURS = "_"
_LONGEST_QUERY = 32_000
#: Visits offered to choose from.
_VISITS = 10


@dataclass(frozen=True)
class Asking:
    """A checked request. ``scopes`` is what the person may give of what is asked; ``launch`` what was on the screen."""

    grant: Any
    client: ApiClient
    subject: Subject
    scopes: list[str]
    launch: Launch | None

    @property
    def own(self) -> bool:
        """Whether a patient is asked, about their own record."""
        return Role.PATIENT in self.subject.roles

    @property
    def needs_patient(self) -> bool:
        """Whether a patient belongs to what is asked for."""
        return any(scope.startswith("patient/") or scope == "launch/patient" for scope in self.scopes)

    def about(self, patient: str) -> Subject:
        """The same person, about this patient of theirs."""
        return replace(self.subject, patient=patient) if self.own else self.subject


def base_of(request: HttpRequest) -> str:
    """The address of the FHIR server behind these pages."""
    return f"{request.scheme}://{request.get_host()}/fhir"


def question(request: HttpRequest) -> OAuthRequest:
    """What the program asks, as it stands in the address. Raises OAuth2Error where that cannot be read."""
    query = request.META.get("QUERY_STRING", "")
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=100)
    except (ValueError, UnicodeDecodeError):
        raise oauth.OAuth2Error("The request cannot be read.", error="invalid_request") from None
    if len(query) > _LONGEST_QUERY:
        raise oauth.OAuth2Error("The request is too long.", error="invalid_request")
    return OAuthRequest("GET", base_of(request), [pair for pair in pairs if not pair[0].startswith(OURS)])


def address(request: HttpRequest, **ours: str) -> str:
    """The address of this very question with other parameters of ours."""
    pairs = [pair for pair in parse_qsl(request.META["QUERY_STRING"]) if not pair[0].startswith(OURS)]
    return f"{request.path}?{urlencode([*pairs, *((OURS + name, value) for name, value in ours.items())])}"


def program(asked: OAuthRequest) -> ApiClient:
    """The program that the request names. Raises OAuth2Error for one that is not registered."""
    found = ApiClient.objects.filter(client_id=asked.claimed_client, active=True, approved=True).first()
    if found is None:
        raise oauth.OAuth2Error("The program is not registered here, or its access has ended.", error="invalid_client")
    return found


def checked(request: HttpRequest, asked: OAuthRequest, client: ApiClient) -> Asking:
    """The request, checked against the program and the person. Inside a transaction of the program's practice.

    Raises OAuth2Error, and Forbidden where the person has no place in the practice.
    """
    grant = oauth.consent(asked, request.user)
    subject = people.subject_of(
        request.user, client.practice, origin=request.subject.origin, request=request.subject.request
    )
    scopes = entitled(subject.roles, asked.scope.split())
    data = asked.payload.data
    launch = None
    if "launch" in data:
        launch = launches.opened(client, request.user, data["launch"])
        if launch is None:
            raise _refusal(asked, grant, "invalid_request", "The launch is unknown or over. Open the program again.")
    without = {"launch"} if launch is None else set()
    if launch is not None and not launch.encounter:
        without.add("launch/encounter")
    if not _has_resource(client, request):
        without.add("fhirUser")
    scopes = [scope for scope in scopes if scope not in without]
    if not scopes:
        raise _refusal(asked, grant, "invalid_scope", "Nothing of what is asked for can be given by this person.")
    return Asking(grant, client, subject, scopes, launch)


def _refusal(asked: OAuthRequest, grant: Any, code: str, words: str) -> oauth.OAuth2Error:
    return oauth.OAuth2Error(words, error=code, redirect_uri=grant.redirect_uri, state=asked.payload.state)


def _has_resource(client: ApiClient, request: HttpRequest) -> bool:
    """Whether there is a resource that stands for the person."""
    places = request.user.memberships.filter(practice=client.practice, active=True)
    return any(place.practitioner or place.role == Role.PATIENT for place in places)


def patient_of(asking: Asking, request: HttpRequest) -> str | None:
    """The patient that it is about: from the launch, the only own one, or chosen; None where one must be chosen.

    Empty where none is needed. Raises NotFound for one who is none of this person's business.
    """
    if asking.launch is not None:
        return asking.launch.patient
    if not asking.needs_patient:
        return ""
    chosen = request.GET.get(OURS + "patient", "")
    if not asking.own:
        return chosen or None
    own = people.own_patients(request.user, asking.client.practice)
    if chosen and chosen not in own:
        raise NotFound("That is none of your records.")
    return chosen or (own[0] if len(own) == 1 else None)


def visits(asking: Asking, patient: str) -> list[tuple[str, str]]:
    """(id, words) of the patient's latest visits, to choose one where the program asks for it."""
    if asking.launch is not None or "launch/encounter" not in asking.scopes or not patient:
        return []
    pairs = [("patient", patient), ("_sort", "-date"), ("_count", str(_VISITS))]
    found = []
    for stored in search.find(asking.about(patient), "Encounter", pairs, count=_VISITS):
        resource = stored.resource
        assert isinstance(resource, r4.Encounter)
        begun = resource.period.start if resource.period else None
        when = days.told(str(begun)) if begun else "no date"
        found.append((stored.id, f"{when}, {resource.status}"))
    return found


def approved(asking: Asking, request: HttpRequest, patient: str, scopes: list[str], encounter: str) -> Answer:
    """Write down what was allowed; where to send the browser. Raises NotFound for another patient's visit."""
    given = [scope for scope in asking.scopes if scope in scopes]
    encounter = asking.launch.encounter if asking.launch else encounter
    if encounter and asking.launch is None:
        visit = store.get(asking.about(patient), "Encounter", encounter)
        if visit.patient != patient:
            raise NotFound("That is no visit of this patient.")
    if not encounter:
        given = [scope for scope in given if scope != "launch/encounter"]
    approval = grants.Approval(
        subject=asking.about(patient),
        user=request.user,
        scopes=" ".join(given),
        patient=patient,
        encounter=encounter,
        session=request.session.session_key or "",
        launched=asking.launch is not None,
        authenticated=logged_in(request),
    )
    return oauth.allowed(asking.grant, approval)


def logged_in(request: HttpRequest) -> datetime:
    """When the person last said who they are."""
    times = [one.get("at", 0) for one in request.session.get("account_authentication_methods", [])]
    if times:
        return datetime.fromtimestamp(max(times), UTC)
    return request.user.last_login or clock.now()
