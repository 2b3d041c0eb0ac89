"""What R4 asks of a resource and HL7 v2 may leave unsaid: the patient it is about, a status, a class.

Nothing clinical is made up: what nobody said becomes `unknown`, in the code that FHIR has for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Into = dict[str, Any]

_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
#: The element that names the patient.
SUBJECTS = {
    "Encounter": "subject", "Observation": "subject", "Condition": "subject", "Procedure": "subject",
    "AllergyIntolerance": "patient", "Coverage": "beneficiary", "Immunization": "patient", "RelatedPerson": "patient",
    "DiagnosticReport": "subject", "ServiceRequest": "subject", "Specimen": "subject", "DocumentReference": "subject",
    "MedicationRequest": "subject", "MedicationDispense": "subject", "ChargeItem": "subject",
    "EpisodeOfCare": "patient",
    "CareTeam": "subject",
}  # fmt: skip
#: Resources that are nothing without content of their own, and what does not count as such.
_HOLLOW = frozenset(
    {"Specimen", "Account", "CareTeam", "EpisodeOfCare", "RelatedPerson", "Provenance", "Device", "Linkage"}
)
_FRAME = frozenset({"resourceType", "id", "status", "subject", "patient", "target"})
_MERGED = (
    "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race",
    "http://hl7.org/fhir/us/core/StructureDefinition/us-core-ethnicity",
)


def _text(text: str) -> Into:
    return {"text": text}


def _encounter(one: Into) -> None:
    one.setdefault("status", "unknown")
    one.setdefault("class", {"system": f"{_TERMINOLOGY}v3-NullFlavor", "code": "UNK", "display": "unknown"})


def _observation(one: Into) -> None:
    one.setdefault("status", "unknown")
    if "code" not in one:
        one["code"] = _text("unknown")
    if any(name.startswith("value") for name in one):
        one.pop("dataAbsentReason", None)


def _coverage(one: Into) -> None:
    one.setdefault("status", "active")
    one.setdefault("payor", [{"display": "unknown"}])
    for item in one.get("class", ()):
        item.setdefault("type", _text("plan"))


def _allergy(one: Into) -> None:
    for reaction in one.get("reaction", ()):
        reaction.setdefault("manifestation", [_text("unknown")])
    if any(code.get("code") == "entered-in-error" for code in one.get("verificationStatus", {}).get("coding", ())):
        one.pop("clinicalStatus", None)


def _appointment(one: Into) -> None:
    one.setdefault("status", "booked")
    participants: list[Into] = []
    for participant in one.get("participant", ()) or [{"actor": {"display": "unknown"}}]:
        participant.setdefault("status", "accepted")
        if participant not in participants:
            participants.append(participant)
    one["participant"] = participants
    if "start" not in one or "end" not in one:
        # R4 wants both or none, and none only of what is not yet agreed.
        for name in ("start", "end"):
            one.pop(name, None)
        if one["status"] not in ("proposed", "cancelled", "waitlist"):
            one["status"] = "proposed"


def _document(one: Into) -> None:
    one.setdefault("status", "current")
    content = one.setdefault("content", [{"attachment": {"title": "unknown"}}])
    for item in content:
        item.setdefault("attachment", {"title": "unknown"})


def _immunization(one: Into) -> None:
    one.setdefault("status", "completed")
    one.setdefault("vaccineCode", _text("unknown"))
    if "occurrenceDateTime" not in one:
        one["occurrenceString"] = "unknown"


def _order(one: Into) -> None:
    one.setdefault("status", "unknown")
    one.setdefault("intent", "order")


def _medication(one: Into) -> None:
    _order(one)
    if "medicationReference" not in one:
        one.setdefault("medicationCodeableConcept", _text("unknown"))


def _dispense(one: Into) -> None:
    one.setdefault("status", "completed")
    if "medicationReference" not in one:
        one.setdefault("medicationCodeableConcept", _text("unknown"))


def _charge(one: Into) -> None:
    one.setdefault("status", "billable")
    one.setdefault("code", _text("unknown"))


def _report(one: Into) -> None:
    one.setdefault("status", "unknown")
    one.setdefault("code", _text("unknown"))


def _patient(one: Into) -> None:
    for url in _MERGED:
        same = [item for item in one.get("extension", ()) if item.get("url") == url]
        for item in same[1:]:
            one["extension"].remove(item)
            same[0]["extension"] += [part for part in item["extension"] if part["url"] != "text"]
        for item in same:
            parts = item["extension"]
            if not any(part["url"] == "text" for part in parts):
                display = next(
                    (part["valueCoding"].get("display") or part["valueCoding"]["code"] for part in parts), ""
                )
                parts.append({"url": "text", "valueString": display})


def _provenance(one: Into) -> None:
    one.setdefault("agent", [{"who": {"display": "unknown"}}])
    for agent in one["agent"]:
        agent.setdefault("who", {"display": "unknown"})


_COMPLETE: dict[str, Callable[[Into], None]] = {
    "Encounter": _encounter, "Observation": _observation, "Coverage": _coverage, "AllergyIntolerance": _allergy,
    "Appointment": _appointment, "DocumentReference": _document, "Immunization": _immunization, "Patient": _patient,
    "ServiceRequest": _order, "MedicationRequest": _medication, "MedicationDispense": _dispense, "ChargeItem": _charge,
    "DiagnosticReport": _report, "Provenance": _provenance,
    "Procedure": lambda one: one.setdefault("status", "unknown"),
    "Account": lambda one: one.setdefault("status", "unknown"),
    "EpisodeOfCare": lambda one: one.setdefault("status", "active"),
    "MessageHeader": lambda one: one.setdefault("source", {}).setdefault("endpoint", "urn:v2-0361:unknown"),
}  # fmt: skip


def completed(resources: list[Into]) -> list[Into]:
    """The resources with what R4 asks for; those that hold nothing of their own are left out."""
    hollow = [one for one in resources if one["resourceType"] in _HOLLOW and one.keys() <= _FRAME]
    if hollow:
        resources = [one for one in resources if one not in hollow]
        gone = {f"{one['resourceType']}/{one['id']}" for one in hollow}
        for one in resources:
            _forget(one, gone)
    patient = next((one for one in resources if one["resourceType"] == "Patient"), None)
    about = {"reference": f"Patient/{patient['id']}"} if patient else {"display": "unknown"}
    for one in resources:
        kind = one["resourceType"]
        element = SUBJECTS.get(kind)
        if element is not None and element not in one:
            one[element] = dict(about)
        complete = _COMPLETE.get(kind)
        if complete is not None:
            complete(one)
    return resources


def _forget(one: Into, gone: set[str]) -> None:
    """Take out references to resources that are left out."""
    for name in list(one):
        value = one[name]
        if isinstance(value, dict) and value.get("reference") in gone:
            del one[name]
        elif isinstance(value, list):
            kept = [item for item in value if not (isinstance(item, dict) and item.get("reference") in gone)]
            if kept:
                one[name] = kept
            else:
                del one[name]
