"""Profiles on write: whether what a program sends keeps the profiles that it claims in ``meta.profile``.

The practice's setting ``check_profiles`` says what a fault does: ``error`` refuses the write, ``warn`` lets it in and
tells it to who asks, ``off`` does not look. A resource that claims no profile known here costs nothing.
"""

from __future__ import annotations

from msgspec.structs import replace

from chartdesk.kit.errors import Invalid
from chartdesk.record.access.people import practice_of
from chartdesk.record.access.subject import Subject
from chartdesk.standards.fhir import Issue, profiles, r4

SETTING = "check_profiles"
MODES = ("error", "warn", "off")


def check(subject: Subject, resource: r4.Resource) -> None:
    """Raise Invalid with every fault by the profiles claimed, where the practice refuses such writes."""
    issues = [issue for issue in advice(subject, resource) if issue.severity == "error"]
    if issues:
        first = issues[0]
        more = f" ({len(issues) - 1} more)" if len(issues) > 1 else ""
        raise Invalid(f"{first.diagnostics}{more}", where=first.expression, issues=issues)


def advice(subject: Subject, resource: r4.Resource) -> list[Issue]:
    """What the profiles claimed say about a valid resource: errors only where the practice refuses for them."""
    named = profiles.named(resource)
    mode = mode_of(subject) if named else "off"
    if mode == "off":
        return []
    found = [issue for profile in named for issue in profiles.faults(resource, profile)]
    return found if mode == "error" else [replace(issue, severity="warning") for issue in found]


def mode_of(subject: Subject) -> str:
    """The practice's setting; a switch that is on means error."""
    mode = practice_of(subject).settings.get(SETTING, MODES[0])
    if mode is False:
        return "off"
    return mode if mode in MODES else MODES[0]
