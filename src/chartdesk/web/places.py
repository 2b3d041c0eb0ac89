"""Where a thing is mended: the page behind the link of a work item or of a finding."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from chartdesk.record.access.subject import Role, Subject

#: Kind of thing → URL name that takes its identifier.
_PAGES = {
    "claim": "claim",
    "superbill": "superbill",
    "circumstances": "circumstances",
    "documents": "claim_documents",
    "patient": "patient_edit",
    "patient_login": "patient_login",
    "provider": "provider_named",
    "coverage": "coverage_edit",
    "payer": "payer",
    "interchange": "interchange",
    "remittance": "remittance",
    "denial": "denial",
    "appeal": "appeal",
    "delivery": "delivery",
    "appointment": "check_in",
    "encounter": "note",
    "result": "result",
    "order": "order",
    "outside_document": "outside_document",
    "account": "account",
    "estimates": "estimates",
    "authorizations": "authorizations",
    "coverage_found": "coverage_found",
    "plan": "plan",
    "interface": "practice_interface",
    "message": "practice_message",
}
#: Pages without an identifier.
_SETUP = {
    "practice": "practice_setup",
    "splits": "practice_splits",
    "subscriptions": "practice_subscriptions",
    "connection": "practice_connection",
    "missing_charges": "missing_charges",
    "unmatched": "unmatched",
    "deposits": "deposits",
}
#: Identifiers that are numbers.
_NUMBERED = frozenset(
    {"plan", "coverage_found", "claim", "superbill", "interchange", "remittance", "denial", "appeal", "delivery"}
    | {"result", "outside_document", "message", "circumstances", "documents"}
)
#: What only those who care for patients can open, and what only a manager can.
_CARERS = frozenset({"result", "order", "outside_document"})
_MANAGERS = frozenset(
    {"practice", "provider", "delivery", "subscriptions", "connection", "figure", "interface", "message"}
)


def _figure(identifier: str) -> str:
    """The rows of a figure: ``name``, or ``name@2026-03-09`` of the week that began then."""
    name, _, week = identifier.partition("@")
    address = reverse("figure", args=[name])
    if not week:
        return address
    first = date.fromisoformat(week)
    return f"{address}?{urlencode({'first': first, 'last': first + timedelta(days=6)})}"


def mending(subject: Subject, kind: str, identifier: str) -> str:
    """The address of the page where it is mended; empty where there is none that the subject may open."""
    if kind in _MANAGERS and not subject.has(Role.MANAGER):
        return ""
    if kind in _CARERS and not subject.has(Role.CLINICIAN, Role.NURSE):
        return ""
    if kind == "figure":
        return _figure(identifier)
    if kind in _SETUP:
        return reverse(_SETUP[kind])
    if kind not in _PAGES or not identifier or (kind in _NUMBERED and not identifier.isdecimal()):
        return ""
    return reverse(_PAGES[kind], args=[int(identifier) if kind in _NUMBERED else identifier])
