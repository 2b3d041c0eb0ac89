"""Programs of partners: registering them, amending them, giving a new secret, ending their access.

A program names who it is (a secret, a key it signs with, or nothing for an app on a device), which scopes it may ask
for, and where people may be sent back to. Guide section: SMART App Launch 2.2, client registration
(https://hl7.org/fhir/smart-app-launch/app-launch.html#register-app-with-ehr).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from joserfc import jwk
from joserfc.errors import JoseError

from chartdesk.kit import clock
from chartdesk.kit.errors import Forbidden, Invalid, NotFound
from chartdesk.kit.transactions import transaction
from chartdesk.record import audit
from chartdesk.record.access import tokens
from chartdesk.record.access.faults import Fault
from chartdesk.record.access.models import ApiClient, Grant
from chartdesk.record.access.scopes import is_context, parse
from chartdesk.record.access.subject import CONNECTORS, Role, Subject

SECRET, KEY, NONE = "secret", "key", "none"
#: How a program may say who it is.
AUTHENTICATIONS = (SECRET, KEY, NONE)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_MOST, _LONGEST = 20, 1000
#: The schemes of apps on a device: a reversed domain name of theirs, so that two do not meet.
_PRIVATE = re.compile(r"[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+")
#: Key types that may sign, with the smallest size in bits, and what may not be in a public key.
_KEYS = {"RSA": 2048, "EC": 384}
_PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


@dataclass(frozen=True)
class Program:
    """What is registered. ``scopes`` is what it may ask for; ``launch_uri`` opens it from a patient's page."""

    name: str
    scopes: tuple[str, ...] = ()
    authentication: str = SECRET
    redirect_uris: tuple[str, ...] = ()
    launch_uri: str = ""
    jwks: dict[str, Any] | None = None
    jwks_uri: str = ""
    about: str = ""


def register(practice: int, wanted: Program, *, approved: bool = True) -> tuple[ApiClient, str]:
    """Register a program; returns it and its secret, shown this once (empty where it has none). Raises Invalid."""
    check(wanted)
    secret = tokens.new_secret() if wanted.authentication == SECRET else ""
    client = ApiClient.objects.create(
        practice=practice,
        client_id=secrets.token_hex(12),
        secret_hash=tokens.digest(secret) if secret else "",
        approved=approved,
        created=clock.now(),
        **_columns(wanted),
    )
    return client, secret


def enrol(subject: Subject, wanted: Program) -> tuple[ApiClient, str]:
    """The same on a manager's or integrator's word, noted in the audit trail. Raises Forbidden, Invalid."""
    subject.require(*CONNECTORS)
    with transaction(subject):
        client, secret = register(subject.practice, wanted)
        audit.record(subject, "C", "program", resource_id=client.client_id, detail=client.scopes)
    return client, secret


def amend(subject: Subject, client_id: str, wanted: Program) -> ApiClient:
    """Change what is registered. Tokens that go further than it may from now on end. Raises NotFound, Invalid."""
    subject.require(*CONNECTORS)
    check(wanted)
    with transaction(subject):
        client = _locked(subject, client_id)
        columns = _columns(wanted)
        changed = [name for name, value in columns.items() if getattr(client, name) != value]
        for name, value in columns.items():
            setattr(client, name, value)
        if client.authentication != SECRET:
            client.secret_hash = ""
        client.save()
        if {"scopes", "authentication", "jwks", "jwks_uri"} & set(changed):
            tokens.withdraw(practice=subject.practice, client=client)
        audit.record(subject, "U", "program", resource_id=client_id, detail=", ".join(changed))
    return client


def new_secret(subject: Subject, client_id: str) -> str:
    """A new secret in place of the old one, whose tokens end. Raises NotFound, Invalid where it has none."""
    subject.require(*CONNECTORS)
    with transaction(subject):
        client = _locked(subject, client_id)
        if client.authentication != SECRET:
            raise Invalid(f"{client.name} has no secret.", cure="Choose that it keeps one, and save.")
        secret = tokens.new_secret()
        client.secret_hash = tokens.digest(secret)
        client.save(update_fields=["secret_hash"])
        tokens.withdraw(practice=subject.practice, client=client)
        audit.record(subject, "U", "program", resource_id=client_id, detail="new secret")
    return secret


def approve(subject: Subject, client_id: str) -> None:
    """Let a program work that registered itself. Raises NotFound."""
    subject.require(*CONNECTORS)
    with transaction(subject):
        client = _locked(subject, client_id)
        client.approved = True
        client.save(update_fields=["approved"])
        audit.record(subject, "U", "program", resource_id=client_id, detail="approved")


def withdraw(subject: Subject, client_id: str) -> None:
    """End a program's access: its tokens, and what people have allowed it. Raises Forbidden, NotFound."""
    subject.require(*CONNECTORS)
    with transaction(subject):
        client = _locked(subject, client_id)
        if not client.active:
            raise NotFound(f"There is no program {client_id} with access.")
        client.active = False
        client.save(update_fields=["active"])
        Grant.objects.filter(client=client, ended=None).update(ended=clock.now(), reason="the program's access ended")
        tokens.withdraw(practice=subject.practice, client=client)
        audit.record(subject, "D", "program", resource_id=client_id)


def program(subject: Subject, client_id: str) -> ApiClient:
    """One program of the practice. Raises NotFound."""
    found = ApiClient.objects.filter(practice=subject.practice, client_id=client_id).first()
    if found is None:
        raise NotFound(f"There is no program {client_id}.")
    return found


def _locked(subject: Subject, client_id: str) -> ApiClient:
    """The same, locked: of two who change it at once neither undoes what the other did."""
    ApiClient.objects.select_for_update(no_key=True).filter(practice=subject.practice, client_id=client_id).first()
    return program(subject, client_id)


def launchable(subject: Subject) -> list[ApiClient]:
    """The programs that can be opened from a patient's page, by name."""
    if Role.PATIENT in subject.roles:
        raise Forbidden("Programs are opened from the staff's pages.")
    found = ApiClient.objects.filter(practice=subject.practice, active=True, approved=True).exclude(launch_uri="")
    return list(found.order_by("name", "pk"))


def check(wanted: Program) -> None:
    """Raise Invalid with every fault of what is to be registered."""
    faults = list(_faults(wanted))
    if faults:
        raise Invalid(
            f"{faults[0].message}" if len(faults) == 1 else "The program cannot be registered like this.",
            cure=faults[0].cure if len(faults) == 1 else "Correct the fields marked.",
            where=faults[0].where,
            issues=faults,
        )


def _columns(wanted: Program) -> dict[str, Any]:
    return {
        "name": wanted.name.strip(),
        "scopes": " ".join(wanted.scopes),
        "authentication": wanted.authentication,
        "redirect_uris": list(wanted.redirect_uris),
        "launch_uri": wanted.launch_uri,
        "jwks": wanted.jwks,
        "jwks_uri": wanted.jwks_uri,
        "about": wanted.about.strip(),
    }


def _faults(wanted: Program) -> Iterator[Fault]:
    if not wanted.name.strip() or len(wanted.name) > 100:
        yield Fault("name", "The program has no name, or one above 100 letters.", "Say which program it is.")
    if len(wanted.about) > _LONGEST:
        yield Fault("about", "The description is too long.", f"Use {_LONGEST} letters.")
    if wanted.authentication not in AUTHENTICATIONS:
        yield Fault("authentication", f"{wanted.authentication!r} is no way to say who it is.", "Choose one.")
    yield from _scope_faults(wanted)
    yield from _address_faults(wanted)
    yield from _key_faults(wanted)


def _scope_faults(wanted: Program) -> Iterator[Fault]:
    if not wanted.scopes:
        yield Fault("scopes", "A program needs at least one scope.", "For example system/Patient.rs.")
    elif len(" ".join(wanted.scopes)) > 8 * _LONGEST:
        yield Fault("scopes", "These are too many scopes.", "Use * for the type.")
    levels = set()
    for scope in wanted.scopes:
        if is_context(scope):
            levels.add("person")
            continue
        try:
            levels.add(parse(scope).level)
        except Invalid as fault:
            yield Fault("scopes", fault.message, fault.cure)
    if "system" in levels and wanted.authentication == NONE:
        yield Fault("scopes", "A program without secret or key cannot work by itself.", "Leave system/ scopes out.")
    if levels & {"patient", "user", "person"} and not wanted.redirect_uris:
        yield Fault("redirect_uris", "The scopes are given by people, so they must be sent back somewhere.",
                    "Name the address of the program that takes them back.")  # fmt: skip


def _address_faults(wanted: Program) -> Iterator[Fault]:
    if len(wanted.redirect_uris) > _MOST:
        yield Fault("redirect_uris", f"More than {_MOST} addresses.", "Register another program.")
    for address in wanted.redirect_uris:
        if not _is_web(address) and not (wanted.authentication == NONE and _is_private(address)):
            message = f"{address!r} is not an address to send people back to."
            cure = "Use https without a fragment, http on this very machine, or an app's own com.example.app:/."
            yield Fault("redirect_uris", message, cure)
    if wanted.launch_uri and not (_is_web(wanted.launch_uri) and wanted.redirect_uris):
        cure = "Use https, and name where it takes people back."
        yield Fault("launch_uri", "The program cannot be opened there.", cure)
    if wanted.jwks_uri and not _is_web(wanted.jwks_uri):
        yield Fault("jwks_uri", "Keys cannot be read there.", "Use https.")


def _is_web(address: str) -> bool:
    if len(address) > _LONGEST or "#" in address or re.search(r"[\s\\]", address):
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return False
    if parts.username is not None or parts.password is not None or not host or "*" in host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)


def _is_private(address: str) -> bool:
    scheme, colon, rest = address.partition(":")
    return bool(colon and _PRIVATE.fullmatch(scheme) and rest.startswith("/")) and not re.search(r"[\s\\#]", address)


def _key_faults(wanted: Program) -> Iterator[Fault]:
    if wanted.authentication != KEY:
        if wanted.jwks or wanted.jwks_uri:
            yield Fault("jwks", "Keys are only for a program that signs.", "Choose that it signs, or leave them out.")
        return
    if bool(wanted.jwks) == bool(wanted.jwks_uri):
        yield Fault("jwks", "A program that signs has its public keys here or at an address.", "Give one of the two.")
    elif wanted.jwks:
        reason = unusable(wanted.jwks)
        if reason:
            yield Fault("jwks", reason, "Give a JSON Web Key Set with public RSA (2048 bits) or EC P-384 keys.")


def unusable(jwks: Any) -> str:
    """Why a key set cannot be used to check signatures; empty where it can."""
    keys = jwks.get("keys") if isinstance(jwks, dict) else None
    if not isinstance(keys, list) or not 0 < len(keys) <= _MOST or not all(isinstance(key, dict) for key in keys):
        return f"This is not a key set of 1 to {_MOST} keys."
    if any(_PRIVATE_MEMBERS & key.keys() for key in keys):
        return "A key of the set is private or shared; it must stay with the program."
    if any(not isinstance(key.get("kid"), str) or not key["kid"] for key in keys):
        return "Every key needs a kid."
    # Asked before they are read: a library warns of short ones, and here they are refused.
    if any(key.get("kty") == "RSA" and len(str(key.get("n", ""))) * 6 < _KEYS["RSA"] for key in keys):
        return "An RSA key of the set is too short."
    try:
        for key in jwk.KeySet.import_key_set(jwks).keys:
            if key.key_type not in _KEYS or _bits(key) < _KEYS[key.key_type]:
                return "A key of the set is of another kind or too short."
    except (JoseError, ValueError, TypeError, KeyError):
        return "A key of the set cannot be read."
    return ""


def _bits(key: Any) -> int:
    return int(key.raw_value.key_size)
