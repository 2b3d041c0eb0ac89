"""What becomes of two Patients when they are merged, and what stands against it. Pure.

The target's own data always count. What only the source says is added: identifiers, phones and addresses, the name as
an old one, and what the target does not say at all. The source stays as it is, inactive, and says who replaced it.
"""

from __future__ import annotations

from typing import Any

import msgspec

from chartdesk.pms.registration import resources
from chartdesk.pms.registration.names import plain
from chartdesk.standards.fhir import r4

#: Elements that are filled from the source where the target says nothing.
_SINGLE = ("birthDate", "gender", "maritalStatus")
_LISTS = ("identifier", "name", "telecom", "address", "communication", "contact")


def joined(target: r4.Patient, source: r4.Patient) -> tuple[r4.Patient, list[list[Any]]]:
    """The target with what only the source says, and what was added: [element, value] in plain data."""
    changes: dict[str, Any] = {}
    added: list[list[Any]] = []
    for name in _LISTS:
        known = list(getattr(target, name))
        said = {_key(name, one) for one in known}
        new = [
            _aged(name, one) for one in getattr(source, name) if _key(name, one) not in said and _counts(name, known)
        ]
        changes[name] = [*known, *new]
        added += [[name, msgspec.to_builtins(one)] for one in new]
    for name in _SINGLE:
        value = getattr(source, name)
        if value is not None and getattr(target, name) in (None, "unknown") and value != "unknown":
            changes[name] = value
            added.append([name, msgspec.to_builtins(value)])
    link = r4.PatientLink(other=r4.Reference(reference=f"Patient/{source.id}"), type="replaces")
    changes["link"] = [*target.link, link]
    added.append(["link", msgspec.to_builtins(link)])
    return msgspec.structs.replace(target, **changes), added


def parted(target: r4.Patient, added: list[list[Any]]) -> tuple[r4.Patient, list[str]]:
    """The target without what a merge added, and the elements of it that are not there any more."""
    missing: list[str] = []
    for name, value in added:
        if name in _SINGLE:
            if msgspec.to_builtins(getattr(target, name)) == value:
                target = msgspec.structs.replace(target, **{name: None})
            else:
                missing.append(name)
            continue
        kept = list(getattr(target, name))
        found = next((one for one in kept if msgspec.to_builtins(one) == value), None)
        if found is None:
            missing.append(name)
            continue
        kept.remove(found)
        target = msgspec.structs.replace(target, **{name: kept})
    return target, missing


def replaced(source: r4.Patient, target_id: str) -> r4.Patient:
    """The source as it stays: inactive, with the link to the patient who replaced it."""
    link = r4.PatientLink(other=r4.Reference(reference=f"Patient/{target_id}"), type="replaced-by")
    return msgspec.structs.replace(source, active=False, link=[*source.link, link])


def revived(source: r4.Patient, target_id: str) -> r4.Patient:
    """The source in use again, whatever else was changed of it since."""
    kept = [one for one in source.link if one.type != "replaced-by" or _id(one) != target_id]
    return msgspec.structs.replace(source, active=True, link=kept)


def replacement(patient: r4.Patient) -> str:
    """The id of the patient who replaced this one; empty for a patient in use."""
    if patient.active is not False:
        return ""
    return next((_id(one) for one in patient.link if one.type == "replaced-by"), "")


def objections(target: r4.Patient, source: r4.Patient) -> list[str]:
    """Why the two cannot be one person, or not be merged this way."""
    found = []
    if replacement(source):
        found.append(f"Patient/{source.id} was merged into Patient/{replacement(source)} already.")
    if replacement(target):
        found.append(f"Patient/{target.id} was merged into Patient/{replacement(target)}: merge into that one.")
    numbers = [resources.identifier(one.identifier, resources.SSN).replace("-", "") for one in (source, target)]
    if all(numbers) and numbers[0] != numbers[1]:
        found.append("They have different social security numbers.")
    return found


def warnings(target: r4.Patient, source: r4.Patient) -> list[str]:
    """What a person should look at before."""
    ours, theirs = resources.person_of(target), resources.person_of(source)
    found = []
    if ours.birth_date and theirs.birth_date and ours.birth_date != theirs.birth_date:
        found.append("Their birth dates differ.")
    if "unknown" not in (ours.sex, theirs.sex) and ours.sex != theirs.sex:
        found.append("Their sexes differ.")
    if _is_dead(target) != _is_dead(source):
        found.append("One of them has died, by what is written.")
    if target.active is False and not replacement(target):
        found.append("The patient who would remain is not active.")
    return found


def _is_dead(patient: r4.Patient) -> bool:
    return bool(patient.deceasedBoolean or patient.deceasedDateTime)


def _counts(name: str, known: list[Any]) -> bool:
    """Whether the source's say counts beside the target's: contacts and languages only where there are none."""
    return name not in ("contact", "communication") or not known


def _key(name: str, one: Any) -> tuple[str, ...]:
    """What makes two elements the same."""
    if name == "identifier":
        return one.system or "", one.value or ""
    if name == "name":
        return plain(one.family or one.text or ""), plain(" ".join(part for part in one.given if part))
    if name == "telecom":
        return one.system or "", one.value or ""
    if name == "address":
        return plain(" ".join(part for part in one.line if part)), plain(one.city or ""), (one.postalCode or "")[:5]
    return (str(msgspec.to_builtins(one)),)


def _aged(name: str, one: Any) -> Any:
    """The element as the target carries it: names, addresses and our own record numbers are old ones there."""
    if name in ("name", "address") or (name == "identifier" and one.system == resources.MRN):
        return msgspec.structs.replace(one, use="old")
    return one


def _id(link: r4.PatientLink) -> str:
    reference = (link.other.reference if link.other else "") or ""
    return reference.removeprefix("Patient/")
