"""The resources beside a Patient that registration keeps: the guarantor and the front desk's alert."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chartdesk.pms.registration import resources
from chartdesk.pms.registration.people import Guarantor, Registration
from chartdesk.record import search, store
from chartdesk.record.access import Subject
from chartdesk.record.reading import of_patients
from chartdesk.standards.fhir import r4


def save(subject: Subject, patient_id: str, wanted: Registration) -> None:
    """Bring guarantor and alert in line with ``wanted``; call it inside the transaction of the command."""
    save_guarantor(subject, patient_id, wanted.guarantor)
    save_alert(subject, patient_id, wanted.alerts)


def guarantor(subject: Subject, patient_id: str) -> Guarantor:
    """Who pays: the patient, unless an active RelatedPerson says otherwise."""
    return resources.guarantor_of(_guarantor(subject, patient_id))


def guarantors(subject: Subject, patient_ids: Sequence[str]) -> dict[str, Guarantor]:
    """Who pays for whom, of those patients whom somebody else pays for, in a few statements."""
    found: dict[str, Guarantor] = {}
    for stored in of_patients(subject, "RelatedPerson", patient_ids, why="guarantor"):
        one = stored.resource
        if isinstance(one, r4.RelatedPerson) and one.active is not False and resources.is_guarantor(one):
            found.setdefault(stored.patient, resources.guarantor_of(one))
    return found


def alerts(subject: Subject, patient_id: str) -> tuple[str, list[str]]:
    """The front desk's alert, and what other active flags of the patient say."""
    return _told(patient_id, _flags(subject, patient_id))


def alerts_of(subject: Subject, patient_ids: Sequence[str]) -> dict[str, tuple[str, list[str]]]:
    """The same for several patients, in one statement; those without any flag are left out."""
    found: dict[str, list[r4.Flag]] = {}
    for stored in of_patients(subject, "Flag", patient_ids, why="alerts"):
        if isinstance(stored.resource, r4.Flag):
            found.setdefault(stored.patient, []).append(stored.resource)
    return {patient: _told(patient, flags) for patient, flags in found.items()}


def _told(patient_id: str, flags: Sequence[r4.Flag]) -> tuple[str, list[str]]:
    ours, others = "", []
    for flag in flags:
        if flag.status != "active":
            continue
        text = resources.flag_text(flag)
        if resources.identifier(flag.identifier, resources.ALERT) == patient_id:
            ours = text
        elif text:
            others.append(text)
    return ours, others


def _guarantor(subject: Subject, patient_id: str) -> r4.RelatedPerson | None:
    role = f"{resources.RELATIONSHIP}|guarantor"
    asked = [("patient", f"Patient/{patient_id}"), ("relationship", role)]
    for stored in search.all(subject, "RelatedPerson", asked):
        found = stored.resource
        if isinstance(found, r4.RelatedPerson) and found.active is not False:
            return found
    return None


def save_guarantor(subject: Subject, patient_id: str, wanted: Guarantor) -> None:
    """Let ``wanted`` be who pays, in the transaction of the command."""
    old = _guarantor(subject, patient_id)
    if wanted.person is None:
        if old is not None:
            store.put(subject, msgspec.structs.replace(old, active=False))
        return
    held = resources.guarantor_of(old)
    if old is not None and held == wanted and set(wanted.identifiers) <= set(held.identifiers):
        return
    made = resources.related_person(patient_id, wanted.person, wanted.relationship, guarantor=True, old=old)
    identifiers = resources.numbered(made.identifier, wanted.identifiers)
    store.put(subject, msgspec.structs.replace(made, identifier=identifiers))


def _flags(subject: Subject, patient_id: str) -> list[r4.Flag]:
    found = [stored.resource for stored in search.all(subject, "Flag", [("patient", f"Patient/{patient_id}")])]
    return [flag for flag in found if isinstance(flag, r4.Flag)]


def save_alert(subject: Subject, patient_id: str, text: str) -> bool:
    """Let ``text`` be the front desk's alert, in the transaction of the command; none where it is empty.

    Whether it was another.
    """
    flags = _flags(subject, patient_id)
    old = next((one for one in flags if resources.identifier(one.identifier, resources.ALERT) == patient_id), None)
    shown = resources.flag_text(old) if old is not None and old.status == "active" else ""
    if shown == text:
        return False
    store.put(subject, resources.alert_flag(patient_id, text, old))
    return True
