"""What a manager keeps about the practice: its facts, its switches. People: ``staffing``, programs: ``programs``."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any
from zoneinfo import available_timezones

from chartdesk.kit.errors import Invalid
from chartdesk.kit.transactions import advisory_lock, forget, transaction
from chartdesk.record import audit
from chartdesk.record.access import organization
from chartdesk.record.access.faults import Fault
from chartdesk.record.access.models import ApiClient, Practice
from chartdesk.record.access.programs import withdraw as withdraw_client
from chartdesk.record.access.subject import CONNECTORS, Role, Subject
from chartdesk.standards.x12 import npi

__all__ = ["Facts", "Fault", "amend", "clients", "switch", "withdraw_client"]

_ZIP = re.compile(r"\d{5}(-?\d{4})?")


@dataclass(frozen=True)
class Facts:
    """The practice as claims and letters name it. ``zone`` is an IANA time zone name."""

    name: str
    zone: str
    npi: str = ""
    tax_id: str = ""
    taxonomy: str = ""
    phone: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""


def amend(subject: Subject, facts: Facts) -> Practice:
    """Write down the practice's facts; its Organization follows. Raises Forbidden, Invalid with every wrong field."""
    subject.require(Role.MANAGER)
    faults = _faults(facts)
    if faults:
        raise Invalid("The practice cannot be saved like this.", issues=faults, cure="Correct the fields marked.")
    with transaction(subject):
        # Whoever writes the Organization for the first time takes this lock too, and reads the facts behind it.
        advisory_lock("organization", subject.practice)
        practice = Practice.objects.select_for_update().get(pk=subject.practice)
        changed = [name for name, value in asdict(facts).items() if getattr(practice, name) != value]
        for name in changed:
            setattr(practice, name, getattr(facts, name))
        practice.save(update_fields=list(asdict(facts)))
        if changed:
            _audit(subject, ", ".join(changed))
        forget(("practice", subject.practice))
        organization.follow(subject, practice)
    return practice


def switch(subject: Subject, **settings: Any) -> dict[str, Any]:
    """Set some of the practice's settings and leave the others; returns all of them. Raises Forbidden."""
    subject.require(Role.MANAGER)
    with transaction(subject):
        practice = Practice.objects.select_for_update().get(pk=subject.practice)
        before, practice.settings = practice.settings, {**practice.settings, **settings}
        practice.save(update_fields=["settings"])
        forget(("practice", subject.practice))
        changed = [name for name in settings if name not in before or before[name] != settings[name]]
        if changed:
            _audit(subject, "settings " + ", ".join(changed))
    return dict(practice.settings)


def clients(subject: Subject) -> list[ApiClient]:
    """The programs that hold access, the newest first."""
    subject.require(*CONNECTORS)
    return list(ApiClient.objects.filter(practice=subject.practice).order_by("-active", "-created"))


def _audit(subject: Subject, detail: str) -> None:
    audit.record(subject, "U", "practice", resource_id=str(subject.practice), detail=detail)


def _faults(facts: Facts) -> list[Fault]:
    checks = (
        ("name", bool(facts.name.strip()), "The practice has no name.", "Write it as it stands on claims."),
        ("zone", facts.zone in available_timezones(), f"{facts.zone!r} is not a time zone.",
         "For example America/New_York."),
        ("npi", not facts.npi or npi.is_npi(facts.npi), f"{facts.npi} is not an NPI.",
         "It has ten digits; check them."),
        ("tax_id", not facts.tax_id or re.fullmatch(r"\d{9}", facts.tax_id), f"{facts.tax_id} is not a tax number.",
         "It has nine digits, without a dash."),
        ("taxonomy", not facts.taxonomy or re.fullmatch(r"[0-9A-Z]{10}", facts.taxonomy),
         f"{facts.taxonomy} is not a taxonomy code.", "It has ten letters and digits, such as 207Q00000X."),
        ("phone", not facts.phone or re.fullmatch(r"\d{10}", facts.phone), f"{facts.phone} is not a phone number.",
         "Write ten digits."),
        ("state", not facts.state or re.fullmatch(r"[A-Z]{2}", facts.state), f"{facts.state} is not a state.",
         "Use its two letters."),
        ("postal_code", not facts.postal_code or _ZIP.fullmatch(facts.postal_code),
         f"{facts.postal_code} is not a ZIP code.", "Use nine digits; claims need all of them."),
    )  # fmt: skip
    return [Fault(where, message, cure) for where, right, message, cure in checks if not right]
