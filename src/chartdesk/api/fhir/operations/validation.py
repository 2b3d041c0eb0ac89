"""``$validate``: what a write would be refused for, or what a profile asks; nothing is stored.

Without a mode the content is checked: types, rules, and the profiles asked for or claimed. With ``create``, ``update``
or ``delete`` the write itself is carried out and taken back, so its answer is that of the write.
Guide section: https://hl7.org/fhir/R4/resource-operation-validate.html.
"""

from __future__ import annotations

from chartdesk.api.fhir.messages import Request, Response, answer
from chartdesk.api.fhir.operations.arguments import Arguments, arguments
from chartdesk.api.fhir.refusals import Refused, outcome_of, status_of
from chartdesk.kit.errors import ChartdeskError, Forbidden, Invalid
from chartdesk.kit.transactions import reading, transaction
from chartdesk.record import conformance, store
from chartdesk.record.access.subject import Subject
from chartdesk.standards import fhir
from chartdesk.standards.fhir import Issue, profiles, r4
from chartdesk.standards.fhir.facts import resource_types

_BASE = "http://hl7.org/fhir/StructureDefinition/"
_MODES = ("create", "update", "delete")


class _Undone(Exception):
    """Takes back a write that was only tried."""


def validate(request: Request, subject: Subject, names: list[str]) -> Response:
    """``POST Type/$validate`` and ``Type/id/$validate``; ``GET Type/id/$validate`` for what is stored."""
    type, id = names[0], names[1] if len(names) == 3 else ""
    try:
        given = arguments(request, "resource")
    except Invalid as fault:
        return answer(200, fhir.outcome(fault.issues or [_issue(fault)]))
    given.only(("resource", "mode", "profile"))
    mode = given.text("mode")
    if mode and mode not in _MODES:
        raise _wrong("mode", f"{mode!r} is no mode.", f"These are: {', '.join(_MODES)}.")
    asked = given.texts("profile")
    for profile in asked:
        _check_profile(profile, type)
    resource = _resource(subject, given, type, id, mode)
    if resource is not None and resource.resourceType != type:
        words = f"Expected a {type}, but this is a {resource.resourceType}."
        return answer(200, fhir.outcome([Issue("error", "invalid", "resourceType", words)]))
    issues = _content(subject, resource, asked) if resource is not None else []
    if mode and not any(issue.severity in ("error", "fatal") for issue in issues):
        refused = _tried(subject, resource, type, id, mode)
        if isinstance(refused, Forbidden):
            raise refused
        if refused is not None:
            return answer(200, outcome_of(refused, status_of(refused)))
    return answer(200, fhir.outcome(issues))


def _resource(subject: Subject, given: Arguments, type: str, id: str, mode: str) -> r4.Resource | None:
    """The resource to look at: the one sent, or the one stored; None where only a delete is asked about."""
    resource: r4.Resource | None = given.element("resource", r4.Resource)
    if mode == "delete":
        if not id:
            raise _wrong("mode", "A delete is of one resource.", f"Use {type}/[id]/$validate.")
        return None
    if resource is None and id:
        with reading(subject):
            return fhir.decode(store.get(subject, type, id, why="validate").body)
    if resource is None:
        raise _wrong("resource", "There is nothing to validate.", "Send a resource, or Parameters with one.")
    return resource


def _content(subject: Subject, resource: r4.Resource, asked: list[str]) -> list[Issue]:
    """Faults by R4; where there are none, those by the profiles asked for, or else by those claimed."""
    issues = fhir.validate(resource)
    if any(issue.severity in ("error", "fatal") for issue in issues):
        return issues
    for profile in asked:
        if profiles.versions(profile):
            issues += profiles.faults(resource, profile)
    if not asked:
        with reading(subject):
            issues += conformance.advice(subject, resource)
    return issues


def _tried(subject: Subject, resource: r4.Resource | None, type: str, id: str, mode: str) -> ChartdeskError | None:
    """What a write would be refused with; None where it would be carried out."""
    try:
        with transaction(subject):
            if resource is None:
                store.delete(subject, type, id)
            else:
                _write(subject, resource, id, mode)
            raise _Undone
    except _Undone:
        return None
    except ChartdeskError as fault:
        return fault


def _write(subject: Subject, resource: r4.Resource, id: str, mode: str) -> None:
    place = f"{resource.resourceType}.id"
    if mode == "create":
        resource.id = None
    elif id and resource.id != id:
        raise Invalid(f"The address names the id {id}, the resource {resource.id or 'none'}.", where=place)
    elif not resource.id:
        raise Invalid("An update needs the id of the resource.", where=place)
    store.put(subject, fhir.encode(resource), create=mode == "create")


def _check_profile(profile: str, type: str) -> None:
    """Refuse a profile that is not known, or for another type."""
    base = profile.partition("|")[0].removeprefix(_BASE)
    if base == type or base in ("Resource", "DomainResource"):
        return
    if base in resource_types() or not profiles.versions(profile):
        known = ", ".join(sorted({name.rpartition("/")[2] for name in profiles.known(type)}))
        raise _wrong("profile", f"{profile} is not a profile of {type} known here.", f"Known are: {known or 'none'}.")


def _wrong(name: str, message: str, cure: str) -> Refused:
    return Refused(400, Invalid(message, cure=cure, where=name))


def _issue(fault: Invalid) -> Issue:
    return Issue("error", "invalid", fault.where, str(fault))
