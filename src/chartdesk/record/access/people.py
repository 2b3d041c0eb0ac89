"""Practices and people: setting them up, and turning a login or a token into a subject."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction as django_transaction

from chartdesk.kit import clock
from chartdesk.kit.errors import Conflict, Forbidden, Invalid, NotFound
from chartdesk.kit.transactions import once
from chartdesk.record import database
from chartdesk.record.access.models import AccessToken, ApiClient, Membership, Practice, User
from chartdesk.record.access.scopes import covers, parse
from chartdesk.record.access.subject import Role, Subject

TOKEN_LIFE = timedelta(hours=1)
#: Seconds for which a process believes a token without looking again: so long a withdrawn one may still open.
TOKEN_MEMORY = 5.0
_TOKENS_REMEMBERED = 10_000
_LOOK_UP = """
    SELECT t.practice, t.scopes, t.expires, c.client_id, c.name
      FROM access_accesstoken t JOIN access_apiclient c ON c.id = t.client_id
     WHERE t.token_hash = %s AND c.active
"""
_remembered: dict[str, tuple[float, datetime, Subject]] = {}


def open_practice(slug: str, name: str, **details: Any) -> Practice:
    """Open a practice. Raises Conflict when the slug is taken. ``details`` are fields of Practice."""
    with django_transaction.atomic():
        if Practice.objects.filter(slug=slug).exists():
            raise Conflict(f"There is a practice {slug!r} already.", cure="Choose another short name.")
        return Practice.objects.create(slug=slug, name=name, created=clock.now(), **details)


def practice_of(scope: Subject | int) -> Practice:
    """The practice itself: name, zone, numbers, settings. Raises NotFound."""
    number = scope if isinstance(scope, int) else scope.practice
    found = once(("practice", number), Practice.objects.filter(pk=number).first)
    if found is None:
        raise NotFound(f"There is no practice {number}.")
    return found


def add_member(
    practice: Practice, username: str, role: Role, *, password: str, name: str, practitioner: str = ""
) -> User:
    """Give a person a place in the practice, making the login where it is new."""
    first, _, last = name.rpartition(" ")
    with django_transaction.atomic():
        user = User.objects.filter(username=username).first()
        if user is None:
            user = User.objects.create_user(username, password=password, first_name=first, last_name=last)
        Membership.objects.get_or_create(
            user=user, practice=practice.pk, role=role, defaults={"practitioner": practitioner}
        )
    return user


def subject_of(user: User, practice: int, *, origin: str = "", request: str = "") -> Subject:
    """The subject of ``user`` at work in ``practice``. Raises Forbidden where they have no place in it."""
    places = list(Membership.objects.filter(user=user, practice=practice, active=True))
    if not user.is_active or not places:
        raise Forbidden("You have no place in this practice.", cure="Ask its manager for one.")
    roles = frozenset(Role(place.role) for place in places)
    practitioner = next((place.practitioner for place in places if place.practitioner), "")
    clinical = roles & {Role.CLINICIAN, Role.NURSE}
    return Subject(
        practice=practice,
        actor=f"user:{user.pk}",
        name=user.get_full_name() or user.username,
        roles=roles,
        purpose="TREAT" if clinical else "HPAYMT" if Role.BILLER in roles else "HOPERAT",
        origin=origin,
        request=request,
        practitioner=practitioner,
    )


def register_client(practice: Practice, name: str, scopes: Iterable[str]) -> tuple[str, str]:
    """Register a program; returns its client id and its secret, which is shown this once."""
    wanted = " ".join(sorted(scopes))
    if not wanted:
        raise Invalid("A program needs at least one scope.", cure="For example system/Patient.rs.")
    for scope in wanted.split():
        parse(scope)
    client_id, secret = secrets.token_hex(12), secrets.token_urlsafe(32)
    ApiClient.objects.create(
        practice=practice.pk,
        name=name,
        client_id=client_id,
        secret_hash=_digest(secret),
        scopes=wanted,
        created=clock.now(),
    )
    return client_id, secret


def issue_token(client_id: str, secret: str, scopes: Iterable[str] = ()) -> tuple[str, str]:
    """A bearer token for a program, and the scopes it carries. Raises Forbidden for a wrong secret."""
    client = ApiClient.objects.filter(client_id=client_id, active=True).first()
    if client is None or not secrets.compare_digest(client.secret_hash, _digest(secret)):
        raise Forbidden("The client id or the secret is wrong.")
    granted = set(client.scopes.split())
    asked = set(scopes) or granted
    beyond = sorted(scope for scope in asked if not covers(granted, scope))
    if beyond:
        raise Invalid(f"Not granted to this client: {' '.join(beyond)}.")
    token, carried = secrets.token_urlsafe(32), " ".join(sorted(asked))
    AccessToken.objects.create(
        practice=client.practice,
        client=client,
        token_hash=_digest(token),
        scopes=carried,
        expires=clock.now() + TOKEN_LIFE,
        created=clock.now(),
    )
    return token, carried


def subject_of_token(token: str, *, origin: str = "", request: str = "") -> Subject:
    """The subject that a bearer token stands for. Raises Forbidden when unknown, expired or withdrawn."""
    digest = _digest(token)
    known = _remembered.get(digest)
    if known is None or time.monotonic() - known[0] > TOKEN_MEMORY:
        known = _look_up(digest)
    if known is None or known[1] <= clock.now():
        raise Forbidden("The token is unknown or has expired.", cure="Ask the token endpoint for a new one.")
    return replace(known[2], origin=origin, request=request)


def _look_up(digest: str) -> tuple[float, datetime, Subject] | None:
    found = database.row(_LOOK_UP, [digest])
    if found is None:
        _remembered.pop(digest, None)
        return None
    practice, scopes, expires, client_id, name = found
    subject = Subject(
        practice=practice,
        actor=f"client:{client_id}",
        name=name,
        roles=frozenset({Role.CLIENT}),
        purpose="TREAT",
        scopes=frozenset(scopes.split()),
    )
    if len(_remembered) >= _TOKENS_REMEMBERED:
        _remembered.clear()
    _remembered[digest] = (time.monotonic(), expires, subject)
    return _remembered[digest]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
