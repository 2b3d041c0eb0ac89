"""Joining the other half's server and leaving it: commands of the practice's manager."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any

from chartdesk.exchange.halves.fhir import client, hearing, topics
from chartdesk.exchange.halves.fhir.client import Server
from chartdesk.exchange.halves.fhir.models import Door, Ear, Hint, Joined, Peer
from chartdesk.exchange.subscriptions import endpoints
from chartdesk.kit import clock
from chartdesk.kit.errors import Invalid, NotFound
from chartdesk.kit.transactions import reading, transaction
from chartdesk.record import audit
from chartdesk.record.access import modes, sealing, tokens
from chartdesk.record.access.subject import CONNECTORS, Subject

_AUTHORITY = re.compile(r"[A-Z0-9][A-Z0-9._-]{0,59}")


@dataclass(frozen=True)
class PeerDetails:
    """The other half. ``authority`` is the name under which its numbers are kept. An empty ``secret`` keeps the one
    that is known; without any we sign with our key."""

    name: str
    base: str
    authority: str
    client_id: str = ""
    token_url: str = ""
    secret: str = ""


def is_authority(text: str) -> bool:
    """Whether ``text`` may stand for who assigns numbers."""
    return _AUTHORITY.fullmatch(text) is not None


def peer_of(subject: Subject) -> Peer | None:
    """The practice's other half; None where there is none."""
    with reading(subject):
        found: Peer | None = Peer.objects.filter(practice=subject.practice).first()
    return found


def ears_of(subject: Subject) -> list[Ear]:
    """Our subscriptions there."""
    with reading(subject):
        return list(Ear.objects.filter(practice=subject.practice).order_by("topic"))


def troubles(subject: Subject) -> list[Hint]:
    """What it told and could not be taken in, the oldest first."""
    with reading(subject):
        rows = Hint.objects.filter(practice=subject.practice).exclude(state="waiting")
        return list(rows.order_by("id")[:200])


def public_key(subject: Subject) -> dict[str, Any]:
    """Our key for the other side, as the JSON Web Key Set to register there. Raises NotFound."""
    peer = peer_of(subject)
    if peer is None:
        raise NotFound("There is no other half yet.", cure="Write down where it is first.")
    return client.public(sealing.opened(client.PURPOSE, peer.key))


def write_down(subject: Subject, wanted: PeerDetails) -> Peer:
    """Keep where the other half is. Raises Invalid with what is wrong, Forbidden."""
    subject.require(*CONNECTORS)
    name, base = " ".join(wanted.name.split()), client.checked(wanted.base, "base")
    token_url = client.checked(wanted.token_url, "token_url") if wanted.token_url.strip() else ""
    authority = wanted.authority.strip().upper()
    if not name:
        raise Invalid("The other half has no name.", where="name", cure="Write what people here call it.")
    if not is_authority(authority):
        raise Invalid(
            f"{wanted.authority!r} cannot stand for who assigns numbers.",
            where="authority",
            cure="Letters, digits, dots and dashes, such as LAKESIDE-EHR.",
        )
    with transaction(subject):
        peer = Peer.objects.select_for_update().filter(practice=subject.practice).first()
        peer = peer or _new(subject)
        peer.name, peer.base, peer.authority = name, base, authority
        peer.client_id, peer.token_url = wanted.client_id.strip(), token_url
        if wanted.secret.strip():
            peer.secret = sealing.seal(client.PURPOSE, wanted.secret.strip())
        peer.changed, peer.changed_by = clock.now(), subject.actor
        peer.save()
        hook = sealing.opened(client.PURPOSE, peer.hook)
        Door.objects.update_or_create(
            hook_hash=tokens.digest(hook), defaults={"practice": subject.practice, "peer": peer.pk}
        )
        audit.record(subject, "U", "other half", detail=base)
    return peer


def _new(subject: Subject) -> Peer:
    return Peer(
        practice=subject.practice,
        key=sealing.seal(client.PURPOSE, client.new_key()),
        hook=sealing.seal(client.PURPOSE, secrets.token_urlsafe(32)),
    )


def subscribe(subject: Subject) -> list[str]:
    """Subscribe to what this half wants of the other; the topics that are new. What stands there is read once it is
    active.

    What was subscribed to before stays. Raises Forbidden, Invalid, Unavailable as the other side answers.
    """
    subject.require(*CONNECTORS)
    peer = _peer(subject)
    server, known = Server(peer), {ear.topic for ear in ears_of(subject) if ear.status != "off"}
    hook = sealing.opened(client.PURPOSE, peer.hook)
    made = []
    for topic in hearing.WANTED.get(modes.mode_of(subject), ()):
        if topic in known:
            continue
        stored = server.create(topics.subscription(topic, f"{endpoints.base()}/notifications", hook))
        with transaction(subject):
            Ear.objects.filter(peer=peer, topic=topic).delete()
            Ear.objects.create(
                practice=subject.practice,
                peer=peer,
                topic=topic,
                subscription=str(stored["id"]),
                status=str(stored.get("status") or "requested"),
                asked=clock.now(),
            )
            audit.record(subject, "C", "other half", detail=f"subscribed to {topic}")
        made.append(topic)
    return made


def leave(subject: Subject) -> None:
    """End our subscriptions there, as far as it can be reached, and forget the other half."""
    subject.require(*CONNECTORS)
    peer = _peer(subject)
    server = Server(peer)
    for ear in ears_of(subject):
        server.delete("Subscription", ear.subscription)
    forget(subject)


def forget(subject: Subject) -> None:
    """Forget the other half without telling it: for one that is not there any more."""
    subject.require(*CONNECTORS)
    with transaction(subject):
        peer = _peer(subject)
        Door.objects.filter(practice=subject.practice, peer=peer.pk).delete()
        Hint.objects.filter(practice=subject.practice).delete()
        Joined.objects.filter(practice=subject.practice).delete()
        peer.delete()
        audit.record(subject, "D", "other half")


def _peer(subject: Subject) -> Peer:
    found = peer_of(subject)
    if found is None:
        raise NotFound("There is no other half yet.", cure="Write down where it is first.")
    return found
