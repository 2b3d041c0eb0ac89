"""What the people of each role may let a program do in their name.

A program that somebody let act for them never reaches further than they do themselves: what they allow is the
meeting of what it asked for, what it is registered for, and what is listed here. Roles add up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from chartdesk.record.access.scopes import CONTEXT, LETTERS, narrowed
from chartdesk.record.access.subject import Role, Subject

_LEVELS = ("user", "patient")
#: What everybody of the staff may read, and what the desk and the billers keep.
_COMMON = (
    *("Patient", "RelatedPerson", "Practitioner", "PractitionerRole", "Organization", "Location", "Coverage"),
    *("Appointment", "AppointmentResponse", "Schedule", "Slot", "Encounter", "HealthcareService"),
)
_DESK = ("Patient", "RelatedPerson", "Coverage", "Appointment", "AppointmentResponse")
_MONEY = (
    *("Account", "ChargeItem", "Claim", "ClaimResponse", "CoverageEligibilityRequest", "CoverageEligibilityResponse"),
    *("ExplanationOfBenefit", "Invoice", "PaymentNotice", "PaymentReconciliation"),
)
#: What stands on a claim: billers read it and do not write it.
_CLAIMED = ("Condition", "Procedure", "ServiceRequest", "DocumentReference")


def _scopes(letters: str, types: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{level}/{type}.{letters}" for level in _LEVELS for type in types)


_STAFF = _scopes("rs", _COMMON)
_BY_ROLE: dict[Role, tuple[str, ...]] = {
    Role.CLINICIAN: _scopes(LETTERS, ("*",)),
    Role.NURSE: _scopes(LETTERS, ("*",)),
    Role.FRONT_DESK: (*_STAFF, *_scopes(LETTERS, _DESK)),
    Role.BILLER: (*_STAFF, *_scopes("rs", (*_MONEY, *_CLAIMED)), *_scopes("cru", ("Coverage",))),
    Role.MANAGER: (*_STAFF, *_scopes(LETTERS, _DESK), *_scopes("rs", _MONEY)),
    # Who registers programs can read whatever programs can.
    Role.INTEGRATOR: _scopes("rs", ("*",)),
    # Their own record, all of it, to read. What they tell the practice goes through its people.
    Role.PATIENT: ("patient/*.rs",),
}


def entitled(roles: Iterable[Role], asked: Iterable[str]) -> list[str]:
    """What of the scopes ``asked`` people with these roles may allow; nothing without a role."""
    may = {scope for role in roles for scope in _BY_ROLE.get(role, ())}
    return narrowed([*sorted(may), *CONTEXT], asked) if may else []


def reading_as_program(subject: Subject) -> Subject:
    """The person, held to what a program may read and find in their name. The audit trail still names the person."""
    return replace(subject, roles=frozenset({Role.CLIENT}), scopes=frozenset(entitled(subject.roles, ("user/*.rs",))))
