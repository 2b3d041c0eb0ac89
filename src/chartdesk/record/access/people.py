"""Practices and people: setting them up, and turning a login into a subject."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction as django_transaction

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Forbidden, NotFound
from chartdesk.kit.transactions import once
from chartdesk.record.access import programs
from chartdesk.record.access.models import Membership, Practice, User
from chartdesk.record.access.subject import Role, Subject
from chartdesk.record.access.tokens import TOKEN_LIFE, issue_token, subject_of_token
from chartdesk.record.merging import aliases

__all__ = [
    "TOKEN_LIFE",
    "add_member",
    "add_patient",
    "issue_token",
    "open_practice",
    "own_patients",
    "practice_of",
    "register_client",
    "subject_of",
    "subject_of_token",
]


def open_practice(slug: str, name: str, **details: Any) -> Practice:
    """Open a practice. Raises Conflict when the slug is taken. ``details`` are fields of Practice."""
    with django_transaction.atomic():
        if Practice.objects.filter(slug=slug).exists():
            raise Conflict(f"There is a practice {slug!r} already.", cure="Choose another short name.")
        return Practice.objects.create(slug=slug, name=name, created=clock.now(), **details)


def practice_of(scope: Subject | int) -> Practice:
    """The practice itself: name, zone, numbers, settings. Raises NotFound."""
    number = scope if isinstance(scope, int) else scope.practice
    found = once(("practice", number), lambda: Practice.objects.filter(pk=number).first())
    if found is None:
        raise NotFound(f"There is no practice {number}.")
    return found


def add_member(
    practice: Practice, username: str, role: Role, *, password: str, name: str, practitioner: str = ""
) -> User:
    """Give a person a place in the practice, making the login where it is new.

    Raises Conflict where a patient has that login: what people see at work and as patients is kept apart.
    """
    first, _, last = name.rpartition(" ")
    with django_transaction.atomic():
        user = User.objects.filter(username=username).first()
        if user is None:
            user = User.objects.create_user(username, password=password, first_name=first, last_name=last)
        elif Membership.objects.filter(user=user, role=Role.PATIENT).exists():
            raise Conflict(f"{username} is a patient's login.", cure="Choose another user name for work.")
        Membership.objects.get_or_create(
            user=user, practice=practice.pk, role=role, defaults={"practitioner": practitioner}
        )
    return user


def add_patient(
    practice: Practice, username: str, patient: str, *, password: str | None, name: str, given: bool = False
) -> User:
    """Give a patient a login that sees their own record and nothing else, making it where it is new.

    ``given``: the password of a new one is somebody else's choice, and the patient has to choose another. None: it
    has none yet, and nobody can log in with it.

    The same login may be given several patients, such as a parent's children. Raises Conflict where somebody of
    the staff has that login: what people see at work and as patients is kept apart.
    """
    first, _, last = name.rpartition(" ")
    with django_transaction.atomic():
        user = User.objects.filter(username=username).first()
        if user is None:
            user = User.objects.create_user(
                username, password=password, password_given=given, first_name=first, last_name=last
            )
        elif Membership.objects.filter(user=user).exclude(role=Role.PATIENT).exists():
            raise Conflict(f"{username} is a login of the staff.", cure="Choose another user name for the patient.")
        Membership.objects.update_or_create(
            user=user, practice=practice.pk, role=Role.PATIENT, patient=patient, defaults={"active": True}
        )
    return user


def own_patients(user: User, practice: int) -> list[str]:
    """The ids of the patients that the login may see as its own; none for the staff."""
    places = Membership.objects.filter(user=user, practice=practice, active=True, role=Role.PATIENT)
    return [place.patient for place in _present(practice, places.order_by("pk"))]


def subject_of(user: User, practice: int, *, origin: str = "", request: str = "") -> Subject:
    """The subject of ``user`` in ``practice``: at work, or as a patient. Raises Forbidden where they have no place."""
    places = _present(practice, Membership.objects.filter(user=user, practice=practice, active=True).order_by("pk"))
    if not user.is_active or not places:
        raise Forbidden("You have no place in this practice.", cure="Ask its manager for one.")
    roles = frozenset(Role(place.role) for place in places)
    if Role.PATIENT in roles and len(roles) > 1:
        roles -= {Role.PATIENT}
    practitioner = next((place.practitioner for place in places if place.practitioner), "")
    return Subject(
        practice=practice,
        actor=f"user:{user.pk}",
        name=user.get_full_name() or user.username,
        roles=roles,
        purpose=_purpose(roles),
        origin=origin,
        request=request,
        practitioner=practitioner,
        patient=places[0].patient if roles == {Role.PATIENT} else "",
    )


def _present(practice: int, places: Iterable[Membership]) -> list[Membership]:
    """The places that open something: one for a record that was merged into another rests as long as the merge stands.

    It is there only where the same login was given both records; all others go with their patient.
    """
    return [place for place in places if not place.patient or aliases.current(practice, place.patient) == place.patient]


def _purpose(roles: frozenset[Role]) -> str:
    if Role.PATIENT in roles:
        return "PATRQT"
    if roles & {Role.CLINICIAN, Role.NURSE}:
        return "TREAT"
    return "HPAYMT" if Role.BILLER in roles else "HOPERAT"


def register_client(practice: Practice, name: str, scopes: Iterable[str]) -> tuple[str, str]:
    """Register a program that works by itself; returns its client id and its secret, which is shown this once."""
    client, secret = programs.register(practice.pk, programs.Program(name=name, scopes=tuple(sorted(scopes))))
    return client.client_id, secret
