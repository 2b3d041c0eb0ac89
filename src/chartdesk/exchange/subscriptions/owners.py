"""On whose authority events are delivered: whoever wrote the Subscription, as far as they may still read.

The scopes of the token that wrote it are kept. Before each delivery they are cut down to what the program is
granted now; a program whose access has ended, or a person who has left, hears nothing more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from chartdesk.kit.errors import Forbidden
from chartdesk.record.access import grants, people, scopes
from chartdesk.record.access.models import ApiClient, Grant, User
from chartdesk.record.access.subject import Role, Subject


def kept(subject: Subject) -> dict[str, Any]:
    """What is kept of ``subject``."""
    return {
        "actor": subject.actor,
        "name": subject.name,
        "roles": sorted(subject.roles),
        "purpose": subject.purpose,
        "practitioner": subject.practitioner,
        "scopes": sorted(subject.scopes),
        "patient": subject.patient,
    }


def present(practice: int, owner: dict[str, Any], request: str) -> Subject:
    """The owner as a subject of today; ``request`` says in the audit what it reads for. Raises Forbidden."""
    subject = Subject(
        practice=practice,
        actor=owner["actor"],
        name=owner["name"],
        roles=frozenset(Role(role) for role in owner["roles"]),
        purpose=owner["purpose"],
        request=request,
        practitioner=owner["practitioner"],
        scopes=frozenset(owner["scopes"]),
        patient=owner["patient"],
    )
    kind, _, name = subject.actor.partition(":")
    if kind == "client":
        return _as_client(subject, name)
    if kind == "user":
        user = User.objects.filter(pk=name).first()
        if user is None:
            raise Forbidden("Who wrote the Subscription has no login any more.")
        people.subject_of(user, practice)
    return subject


def check_lasting(subject: Subject) -> None:
    """Raise Forbidden where what ``subject`` may do ends with its token: nothing could be delivered after it."""
    if "/user:" in subject.actor and not subject.scopes & {grants.OFFLINE, grants.ONLINE}:
        raise Forbidden(
            "A Subscription outlasts the token, which somebody lent for an hour only.",
            cure="Ask for the scope offline_access, or subscribe as the program itself.",
        )


def check_reach(subject: Subject, type: str) -> None:
    """Raise Forbidden unless ``subject`` may read resources of ``type``, some at least."""
    if not scopes.reaches(subject, type, scopes.READ):
        raise scopes.refusal(subject, type, scopes.READ)


def _as_client(subject: Subject, actor: str) -> Subject:
    """The program as far as it is still granted what its token could do, and as the person it acts for still may."""
    client_id, _, user = actor.partition("/user:")
    client = ApiClient.objects.filter(
        practice=subject.practice, client_id=client_id, active=True, approved=True
    ).first()
    if client is None:
        raise Forbidden("The program's access has ended.", cure="Register it again, and subscribe again.")
    granted = client.scopes.split()
    if user:
        open_ones = Grant.objects.filter(client=client, user_id=user, patient=subject.patient, ended=None)
        granted = [scope for one in open_ones if grants.is_open(one) for scope in grants.effective(one)]
        if not granted:
            raise Forbidden("The person for whom the program subscribed has taken the permission back.")
    return replace(subject, scopes=frozenset(scopes.narrowed(granted, sorted(subject.scopes))))
