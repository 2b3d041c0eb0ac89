"""The access subject: who asks, in which practice, as what, why, and from where."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from chartdesk.kit.errors import Forbidden


class Role(StrEnum):
    """What a member of a practice works as; it decides the pages and the commands."""

    FRONT_DESK = "front_desk"
    NURSE = "nurse"
    CLINICIAN = "clinician"
    BILLER = "biller"
    MANAGER = "manager"
    #: Who connects programs: the explorer, the programs and their notifications, no other page. Reads everything.
    INTEGRATOR = "integrator"
    #: Chartdesk itself: workers, imports, replays.
    SYSTEM = "system"
    #: Another program with a token.
    CLIENT = "client"
    #: A patient with a login of their own: sees their own record and what they have allowed, no page of the staff.
    PATIENT = "patient"


#: Who may register programs and steer what they are told.
CONNECTORS = (Role.MANAGER, Role.INTEGRATOR)


@dataclass(frozen=True)
class Subject:
    """Passed first to every command and query. Immutable, cheap to make, holds no secret.

    ``actor`` is ``user:<id>``, ``client:<id>``, ``client:<id>/user:<id>`` for a program that somebody let act for them,
    or ``system:<name>``. ``purpose`` is a code of the HL7
    PurposeOfUse value set (TREAT, HPAYMT, HOPERAT, ...). ``practitioner`` is the Practitioner id of a
    clinician. ``scopes`` are the SMART scopes of a client's token, empty for people. ``patient`` is the one
    patient whom the subject's patient-level scopes, or a patient's own login, are bound to.
    """

    practice: int
    actor: str
    name: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    purpose: str = "TREAT"
    origin: str = ""
    request: str = ""
    practitioner: str = ""
    scopes: frozenset[str] = field(default_factory=frozenset)
    patient: str = ""

    def has(self, *roles: Role) -> bool:
        """Whether the subject works as one of ``roles``; Chartdesk itself always does."""
        return Role.SYSTEM in self.roles or any(role in self.roles for role in roles)

    def require(self, *roles: Role) -> None:
        """Raise Forbidden unless the subject works as one of ``roles``."""
        if not self.has(*roles):
            wanted = " or ".join(role.replace("_", " ") for role in roles)
            raise Forbidden(f"This needs the role of {wanted}.", cure="Ask the practice's manager.")


def system(practice: int, name: str) -> Subject:
    """The subject of Chartdesk's own work in ``practice``; ``name`` says which part works."""
    return Subject(
        practice=practice,
        actor=f"system:{name}",
        name=name,
        roles=frozenset({Role.SYSTEM}),
        purpose="HOPERAT",
    )
