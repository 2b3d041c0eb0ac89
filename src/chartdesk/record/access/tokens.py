"""Bearer tokens: handing them out, telling who comes with one, taking them back.

The table of access tokens is read before a practice is known, so it holds identifiers and hashes only.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from chartdesk.kit import clock
from chartdesk.kit.errors import Forbidden, Invalid
from chartdesk.record import database
from chartdesk.record.access.models import AccessToken, ApiClient, Grant
from chartdesk.record.access.scopes import covers, parse
from chartdesk.record.access.subject import Role, Subject

TOKEN_LIFE = timedelta(hours=1)
#: The life of a token of a program that signs: it can get the next one whenever it likes.
SIGNED_LIFE = timedelta(minutes=5)
#: Seconds for which a process believes a token without looking again: so long a withdrawn one may still open.
TOKEN_MEMORY = 5.0
_TOKENS_REMEMBERED = 10_000
# Somebody's token works while they have their place in the practice, and a patient's while it is for their record.
_LOOK_UP = """
    SELECT t.practice, t.scopes, t.expires, c.client_id, c.name, t.patient, t.user_id, u.username,
           trim(u.first_name || ' ' || u.last_name), place.patient, place.practitioner
      FROM access_accesstoken t
      JOIN access_apiclient c ON c.id = t.client_id
      LEFT JOIN access_user u ON u.id = t.user_id
      LEFT JOIN LATERAL (
           SELECT bool_and(m.role = 'patient') AS patient, max(m.practitioner) AS practitioner
             FROM access_membership m
            WHERE m.user_id = t.user_id AND m.practice = t.practice AND m.active
              AND (m.role <> 'patient' OR m.patient = t.patient)
           ) AS place ON t.user_id IS NOT NULL
     WHERE t.token_hash = %s AND c.active AND c.approved
       AND (t.user_id IS NULL OR (u.is_active AND place.patient IS NOT NULL))
"""
_remembered: dict[str, tuple[float, datetime, Subject]] = {}


def digest(secret: str) -> str:
    """The hash under which a secret is kept: SHA-256, since the secrets are long and random."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def new_secret() -> str:
    """A fresh secret: 256 random bits, in letters that may stand in an address."""
    return secrets.token_urlsafe(32)


def checked_client(client_id: str, secret: str) -> ApiClient:
    """The program with this secret. Raises Forbidden for a wrong one."""
    client = ApiClient.objects.filter(client_id=client_id, active=True, approved=True).first()
    if client is None or client.authentication != "secret" or not secret_fits(client, secret):
        raise Forbidden("The client id or the secret is wrong.")
    return client


def secret_fits(client: ApiClient, secret: str) -> bool:
    """Whether it is the program's secret."""
    return bool(client.secret_hash) and secrets.compare_digest(client.secret_hash, digest(secret))


def system_scopes(client: ApiClient, asked: Iterable[str] = ()) -> str:
    """The scopes of a token for the program itself: those asked for, or all of its ``system/`` ones. Raises Invalid."""
    granted = {scope for scope in client.scopes.split() if scope.startswith("system/")}
    wanted = set(asked) or granted
    beyond = sorted(scope for scope in wanted if not _system(scope) or not covers(granted, scope))
    if beyond or not wanted:
        raise Invalid(f"Not granted to this client: {' '.join(beyond) or 'any system scope'}.")
    return " ".join(sorted(wanted))


def _system(scope: str) -> bool:
    return scope.startswith("system/") and parse(scope) is not None


def issue_token(client_id: str, secret: str, scopes: Iterable[str] = ()) -> tuple[str, str]:
    """A bearer token for a program, and the scopes it carries. Raises Forbidden for a wrong secret, Invalid."""
    client = checked_client(client_id, secret)
    carried = system_scopes(client, scopes)
    return issue(client, carried), carried


def issue(client: ApiClient, scopes: str, *, grant: Grant | None = None, life: timedelta = TOKEN_LIFE) -> str:
    """A new bearer token: of the program itself, or under what somebody allowed it."""
    token = new_secret()
    AccessToken.objects.create(
        practice=client.practice,
        client=client,
        grant=grant,
        user_id=grant.user_id if grant else None,
        patient=grant.patient if grant else "",
        token_hash=digest(token),
        scopes=scopes,
        expires=clock.now() + life,
        created=clock.now(),
    )
    return token


def withdraw(**which: object) -> None:
    """End the access tokens that fit, in this process at once, in others within ``TOKEN_MEMORY`` seconds."""
    found = AccessToken.objects.filter(**which)
    hashes = list(found.values_list("token_hash", flat=True))
    found.delete()
    for one in hashes:
        _remembered.pop(one, None)


def forget(practice: int, *patients: str) -> None:
    """Look again at the tokens for these patients before they are believed the next time, in this process."""
    for hashed, (_, _, subject) in list(_remembered.items()):
        if subject.practice == practice and subject.patient in patients:
            _remembered.pop(hashed, None)


def subject_of_token(token: str, *, origin: str = "", request: str = "") -> Subject:
    """The subject that a bearer token stands for. Raises Forbidden when unknown, expired or withdrawn."""
    hashed = digest(token)
    known = _remembered.get(hashed)
    if known is None or time.monotonic() - known[0] > TOKEN_MEMORY:
        known = _look_up(hashed)
    if known is None or known[1] <= clock.now():
        raise Forbidden("The token is unknown or has expired.", cure="Ask the token endpoint for a new one.")
    return replace(known[2], origin=origin, request=request)


def _look_up(hashed: str) -> tuple[float, datetime, Subject] | None:
    found = database.row(_LOOK_UP, [hashed])
    if found is None:
        _remembered.pop(hashed, None)
        return None
    practice, scopes, expires, client_id, name, patient, user, username, person, own, practitioner = found
    subject = Subject(
        practice=practice,
        actor=f"client:{client_id}" if user is None else f"client:{client_id}/user:{user}",
        name=name if user is None else f"{name} for {person or username}",
        roles=frozenset({Role.CLIENT}),
        purpose="PATRQT" if own else "TREAT",
        practitioner=practitioner or "",
        scopes=frozenset(scopes.split()),
        patient=patient,
    )
    if len(_remembered) >= _TOKENS_REMEMBERED:
        _remembered.clear()
    _remembered[hashed] = (time.monotonic(), expires, subject)
    return _remembered[hashed]
