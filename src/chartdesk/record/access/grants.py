"""What people allow programs: a grant, the code that carries it, the tokens that follow, and its end.

Guide sections: OAuth 2.0 (RFC 6749) with its best current practice (RFC 9700): codes for one use within a minute,
refresh tokens that change with each use, and an end to everything that came from one that was used twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session

from chartdesk.kit import clock
from chartdesk.kit.errors import NotFound
from chartdesk.kit.transactions import reading, transaction
from chartdesk.record import audit
from chartdesk.record.access import tokens
from chartdesk.record.access.entitlements import entitled
from chartdesk.record.access.models import (
    AccessToken,
    ApiClient,
    AuthorizationCode,
    Grant,
    Launch,
    Membership,
    Practice,
    RefreshToken,
    SeenAssertion,
    User,
)
from chartdesk.record.access.scopes import narrowed
from chartdesk.record.access.subject import Role, Subject

CODE_LIFE = timedelta(seconds=60)
#: A refresh token that nobody uses for so long is over; with ``online_access`` the session's end is one as well.
OFFLINE_LIFE, ONLINE_LIFE = timedelta(days=90), timedelta(hours=12)
OFFLINE, ONLINE = "offline_access", "online_access"
#: A program opened from a patient's page is not asked about again for so long.
REMEMBERED = timedelta(days=90)


@dataclass(frozen=True)
class Approval:
    """What somebody has just allowed: with which scopes, for whom, and since when they are logged in."""

    subject: Subject
    user: User
    scopes: str
    patient: str = ""
    encounter: str = ""
    session: str = ""
    launched: bool = False
    authenticated: datetime | None = None


@dataclass(frozen=True)
class Allowed:
    """One program in the list of what somebody has allowed. ``grants`` are the ids of all that it stands for."""

    client: ApiClient
    patient: str
    scopes: list[str]
    since: datetime
    used: datetime
    lasting: bool


def allow(client: ApiClient, approval: Approval) -> Grant:
    """Write down what was allowed. Inside a transaction."""
    now = clock.now()
    lasting = OFFLINE in approval.scopes.split()
    grant = Grant.objects.create(
        practice=client.practice,
        client=client,
        user=approval.user,
        patient=approval.patient,
        encounter=approval.encounter,
        scopes=approval.scopes,
        session="" if lasting else approval.session,
        launched=approval.launched,
        created=now,
        used=now,
    )
    audit.record(
        approval.subject,
        "C",
        "program access",
        patient=approval.patient,
        resource_id=client.client_id,
        detail=f"{client.name}: {approval.scopes}",
    )
    return grant


def keep_code(
    grant: Grant, code: str, *, redirect_uri: str, challenge: str, nonce: str, authenticated: datetime
) -> None:
    """Remember a code that is being sent to the program."""
    AuthorizationCode.objects.create(
        practice=grant.practice,
        grant=grant,
        code_hash=tokens.digest(code),
        redirect_uri=redirect_uri,
        challenge=challenge,
        nonce=nonce,
        authenticated=authenticated,
        expires=clock.now() + CODE_LIFE,
    )


def code_of(client: ApiClient, code: str) -> AuthorizationCode | None:
    """The code, with its grant locked; None where it is unknown, another program's, too old or ended.

    One that was used before ends its grant: whoever has it did not get it from us.
    """
    found = _held(AuthorizationCode.objects.filter(code_hash=tokens.digest(code), grant__client=client))
    if found is None:
        return None
    if found.used is not None:
        end(found.grant, "a code was used twice")
        return None
    return found if found.expires > clock.now() and found.grant.ended is None else None


def use_code(code: AuthorizationCode) -> None:
    """The code has been used."""
    code.used = clock.now()
    code.save(update_fields=["used"])


def new_refresh_token(grant: Grant) -> str:
    """A refresh token under the grant."""
    token, now = tokens.new_secret(), clock.now()
    life = ONLINE_LIFE if grant.session else OFFLINE_LIFE
    RefreshToken.objects.create(
        practice=grant.practice, grant=grant, token_hash=tokens.digest(token), created=now, expires=now + life
    )
    return token


def refresh_token_of(client: ApiClient, token: str) -> RefreshToken | None:
    """The refresh token, with its grant locked; None where it is unknown, another program's, too old or ended.

    One that was used before ends its grant.
    """
    found = _held(RefreshToken.objects.filter(token_hash=tokens.digest(token), grant__client=client))
    if found is None:
        return None
    if found.used is not None:
        end(found.grant, "a refresh token was used twice")
        return None
    return found if found.expires > clock.now() and is_open(found.grant) else None


def use_refresh_token(token: RefreshToken) -> None:
    """The refresh token has been used; the grant is alive."""
    token.used = token.grant.used = clock.now()
    token.save(update_fields=["used"])
    token.grant.save(update_fields=["used"])


def is_open(grant: Grant) -> bool:
    """Whether new tokens may follow from the grant: it has not ended, and neither has the session it hangs on."""
    if grant.ended is not None or not effective(grant):
        return False
    return not grant.session or Session.objects.filter(session_key=grant.session, expire_date__gt=clock.now()).exists()


def effective(grant: Grant) -> list[str]:
    """The scopes of the grant as far as person and program still have them; none where the person has left."""
    if not grant.user.is_active or not grant.client.active or not grant.client.approved:
        return []
    places = Membership.objects.filter(user_id=grant.user_id, practice=grant.practice, active=True)
    roles = {Role(place.role) for place in places if place.role != Role.PATIENT or place.patient == grant.patient}
    return narrowed(grant.client.scopes.split(), entitled(roles, grant.scopes.split()))


def end(grant: Grant, reason: str, by: Subject | None = None) -> None:
    """End a grant and every token under it. Inside a transaction."""
    Grant.objects.filter(pk=grant.pk, ended=None).update(ended=clock.now(), reason=reason)
    RefreshToken.objects.filter(grant=grant, used=None).update(expires=clock.now())
    tokens.withdraw(practice=grant.practice, grant=grant)
    audit.record(
        by or _program(grant),
        "D",
        "program access",
        patient=grant.patient,
        resource_id=grant.client.client_id,
        detail=f"{grant.client.name}: {reason}",
    )


def allowed(subject: Subject, user: User) -> list[Allowed]:
    """What the person has allowed programs and not taken back, the last used first; one entry for each patient."""
    with reading(subject):
        rows = list(_open(user).select_related("client").order_by("-used", "-pk"))
    found: dict[tuple[int, str], Allowed] = {}
    for grant in rows:
        known = found.get((grant.client_id, grant.patient))
        scopes = grant.scopes.split()
        found[grant.client_id, grant.patient] = Allowed(
            grant.client,
            grant.patient,
            narrowed([*scopes, *(known.scopes if known else ())], [*(known.scopes if known else ()), *scopes]),
            grant.created,
            known.used if known else grant.used,
            OFFLINE in scopes or (known is not None and known.lasting),
        )
    return list(found.values())


def take_back(subject: Subject, user: User, client_id: str, patient: str) -> int:
    """End everything that the person allowed the program for this patient; returns how much. Raises NotFound."""
    with transaction(subject):
        rows = list(_open(user).filter(client__client_id=client_id, patient=patient).select_related("client"))
        if not rows:
            raise NotFound("That program has no access from you any more.")
        for grant in rows:
            end(grant, "taken back", by=subject)
    return len(rows)


def is_remembered(client: ApiClient, user: User, scopes: Iterable[str]) -> bool:
    """Whether the person allowed the program at least this, opening it from a patient's page. Inside a transaction."""
    rows = _open(user).filter(client=client, launched=True, created__gt=clock.now() - REMEMBERED)
    wanted = set(scopes)
    return any(set(narrowed(grant.scopes.split(), wanted)) == wanted for grant in rows)


def prune(practice: Practice) -> None:
    """Drop what has run out: codes, launches, statements and tokens."""
    now = clock.now()
    with transaction(practice.pk):
        for model in (AuthorizationCode, Launch, SeenAssertion):
            model.objects.filter(expires__lt=now - timedelta(days=1)).delete()
        RefreshToken.objects.filter(expires__lt=now - timedelta(days=30)).delete()
        AccessToken.objects.filter(practice=practice.pk, expires__lt=now - timedelta(days=1)).delete()


def _open(user: User):  # type: ignore[no-untyped-def]  # Django comes without types
    """The person's grants from which tokens may still follow or work, in the practice of the transaction."""
    now = clock.now()
    working = AccessToken.objects.filter(expires__gt=now, grant__isnull=False).values("grant")
    renewable = RefreshToken.objects.filter(expires__gt=now, used=None).values("grant")
    open_ = Grant.objects.filter(user=user, ended=None, client__active=True)
    return open_.filter(pk__in=working) | open_.filter(pk__in=renewable)


def _held(rows: Any) -> Any:
    """The code or token among ``rows``, read once its grant is locked.

    Whoever uses one and whoever ends the grant lock the grant first: no token comes of a grant that is just ending.
    """
    grant = rows.values_list("grant", flat=True).first()
    if grant is None:
        return None
    Grant.objects.select_for_update(no_key=True).get(pk=grant)
    return rows.select_related("grant__user", "grant__client").first()


def _program(grant: Grant) -> Subject:
    return Subject(grant.practice, f"client:{grant.client.client_id}", grant.client.name, frozenset({Role.CLIENT}))
