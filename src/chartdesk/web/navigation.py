"""The menu: which role sees which pages, and where each role begins its day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from chartdesk.record.access.models import Membership, Practice
from chartdesk.record.access.subject import Role, Subject

FRONT = (Role.FRONT_DESK, Role.MANAGER)
CARE = (Role.CLINICIAN, Role.NURSE)
MONEY = (Role.BILLER, Role.MANAGER)


@dataclass(frozen=True)
class Entry:
    """One entry of the menu. ``name`` is the URL name it leads to, ``also`` where else its pages lie."""

    title: str
    name: str
    icon: str
    roles: tuple[Role, ...]
    also: tuple[str, ...] = ()


_PATIENTS_MONEY = ("/statements", "/plans", "/collections", "/day-close")
MENU = (
    Entry("Calendar", "calendar", icon="calendar", roles=(*FRONT, *CARE, Role.BILLER), also=("/appointments",)),
    Entry("My day", "my_day", icon="stethoscope", roles=CARE, also=("/encounters",)),
    Entry("Results", "results", icon="mail-opened", roles=CARE, also=("/orders",)),
    Entry("Documents", "outside_documents", icon="file-text", roles=CARE, also=("/summaries",)),
    Entry("Patients", "patients", icon="users", roles=(*FRONT, *CARE, Role.BILLER), also=("/merges", "/coverages")),
    Entry("Work list", "work", icon="list-check", roles=(*FRONT, *CARE, Role.BILLER)),
    Entry("Charge review", "charge_review", icon="receipt", roles=MONEY),
    Entry("Claims", "claims", icon="file-invoice", roles=MONEY, also=("/files",)),
    Entry("Remittances", "remittances", icon="cash-banknote", roles=MONEY),
    Entry("Follow-up", "follow_up", icon="notes", roles=MONEY, also=("/appeals",)),
    Entry("Denials", "denials", icon="file-x", roles=MONEY),
    Entry("Receivables", "receivables", icon="scale", roles=MONEY, also=_PATIENTS_MONEY),
    Entry("Day close", "day_close", icon="cash", roles=(Role.FRONT_DESK,)),
    Entry("Dashboard", "dashboard", icon="chart-bar", roles=(Role.MANAGER, Role.BILLER)),
    Entry("Practice", "practice_setup", icon="settings", roles=(Role.MANAGER,)),
    Entry("Explorer", "explorer", icon="api", roles=(Role.INTEGRATOR,)),
    Entry("Programs", "practice_clients", icon="plug", roles=(Role.INTEGRATOR,)),
    Entry("Notifications", "practice_subscriptions", icon="bell-ringing", roles=(Role.INTEGRATOR,)),
)
_BEGINNINGS = (
    (Role.CLINICIAN, "my_day"),
    (Role.NURSE, "calendar"),
    (Role.FRONT_DESK, "calendar"),
    (Role.BILLER, "work"),
    (Role.MANAGER, "dashboard"),
    (Role.INTEGRATOR, "explorer"),
)


def beginning(subject: Subject) -> str:
    """The URL name of the page where the subject's day begins."""
    return next((name for role, name in _BEGINNINGS if role in subject.roles), "patients")


def connects_only(subject: Subject) -> bool:
    """Whether somebody is an integrator and nothing else: no page about patients is theirs."""
    return subject.roles == {Role.INTEGRATOR}


def _menu(subject: Subject) -> list[Entry]:
    """The entries of the subject's roles. A manager finds the integrator's pages under Practice."""
    roles = subject.roles - {Role.INTEGRATOR} if Role.MANAGER in subject.roles else subject.roles
    return [entry for entry in MENU if any(role in roles for role in entry.roles)]


def context(request: HttpRequest) -> dict[str, Any]:
    """What every page needs to draw its frame."""
    subject: Subject | None = getattr(request, "subject", None)
    if subject is None:
        return {}
    return {
        "subject": subject,
        "practice": request.practice,
        "menu": _menu(subject),
        "connects_only": connects_only(subject),
        "manages": Role.MANAGER in subject.roles,
        "practices": _practices(request),
        "logout_seconds": settings.LOGOUT_SECONDS,
    }


def _practices(request: HttpRequest) -> list[Practice]:
    numbers = Membership.objects.filter(user=request.user, active=True).values("practice")
    return list(Practice.objects.filter(pk__in=numbers).order_by("name"))
