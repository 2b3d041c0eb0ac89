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
#: Elements of medications that are quantities.
_AMOUNTS = frozenset({"low", "high", "numerator", "denominator", "quantity", "doseQuantity", "rateQuantity"})
#: One of these a contact needs.
_REACHES = {"name", "telecom", "address", "organization"}
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
    if one["status"] not in ("cancelled", "noshow"):
        one.pop("cancelationReason", None)
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
        _attachment(item.setdefault("attachment", {"title": "unknown"}))


def _attachment(one: Into) -> None:
    if "data" in one:
        one.setdefault("contentType", "application/octet-stream")


def _immunization(one: Into) -> None:
    one.setdefault("status", "completed")
    one.setdefault("vaccineCode", _text("unknown"))
    if "occurrenceDateTime" not in one:
        one["occurrenceString"] = "unknown"


def _order(one: Into) -> None:
    one.setdefault("status", "unknown")
    one.setdefault("intent", "order")
    timing = one.get("occurrenceTiming")
    if timing is not None:
        _timing(timing)
        if "occurrenceDateTime" in one:
            timing.setdefault("event", []).append(one.pop("occurrenceDateTime"))


def _timing(timing: Into) -> None:
    """A count is one, and what has no unit says nothing."""
    repeat = timing.get("repeat")
    if repeat is None:
        return
    if "countMax" in repeat and "count" not in repeat:
        repeat["count"] = repeat.pop("countMax")
    for amount, unit in (("duration", "durationUnit"), ("period", "periodUnit")):
        if (amount in repeat) != (unit in repeat):
            repeat.pop(amount, None)
            repeat.pop(unit, None)
    if "when" not in repeat:
        repeat.pop("offset", None)
    if not repeat:
        del timing["repeat"]


def _coded(value: Any, name: str = "") -> None:
    """A unit's code without its code system is a text."""
    if isinstance(value, dict):
        if name in _AMOUNTS and "code" in value and "system" not in value:
            value.setdefault("unit", value["code"])
            del value["code"]
        for key, inner in value.items():
            _coded(inner, key)
    elif isinstance(value, list):
        for inner in value:
            _coded(inner, name)


def _drug(one: Into) -> None:
    for part in one.get("ingredient", ()):
        part.setdefault("itemCodeableConcept", one.get("code") or _text("unknown"))
        if part.get("strength", {}).keys() != {"numerator", "denominator"}:
            part.pop("strength", None)
    _coded(one)


def _medication(one: Into) -> None:
    _order(one)
    _coded(one)
    for dosage in one.get("dosageInstruction", ()):
        if "timing" in dosage:
            _timing(dosage["timing"])
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
    for form in one.get("presentedForm", ()):
        _attachment(form)
    one.setdefault("status", "unknown")
    one.setdefault("code", _text("unknown"))


def _organization(one: Into) -> None:
    if "identifier" not in one:
        one.setdefault("name", "unknown")
    for part in (*one.get("address", ()), *one.get("telecom", ())):
        if part.get("use") == "home":
            del part["use"]


def _device(one: Into) -> None:
    for name in one.get("deviceName", ()):
        name.setdefault("type", "other")


def _patient(one: Into) -> None:
    contacts = one.get("contact")
    if contacts:
        one["contact"] = [item for item in contacts if item.keys() & _REACHES]
        if not one["contact"]:
            del one["contact"]
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


def _header(one: Into) -> None:
    for party in (one.setdefault("source", {}), *one.get("destination", ())):
        party.setdefault("endpoint", f"urn:v2-0361:{'-'.join(party.get('name', 'unknown').split())}")


def _provenance(one: Into) -> None:
    one.setdefault("agent", [{"who": {"display": "unknown"}}])
    for agent in one["agent"]:
        agent.setdefault("who", {"display": "unknown"})
    for entity in one.get("entity", ()):
        entity.setdefault("what", {"display": "the message"})


_COMPLETE: dict[str, Callable[[Into], None]] = {
    "Encounter": _encounter, "Observation": _observation, "Coverage": _coverage, "AllergyIntolerance": _allergy,
    "Appointment": _appointment, "DocumentReference": _document, "Immunization": _immunization, "Patient": _patient,
    "ServiceRequest": _order, "MedicationRequest": _medication, "MedicationDispense": _dispense, "ChargeItem": _charge,
    "Organization": _organization, "Medication": _drug, "Device": _device,
    "DiagnosticReport": _report, "Provenance": _provenance,
    "Procedure": lambda one: one.setdefault("status", "unknown"),
    "Account": lambda one: one.setdefault("status", "unknown"),
    "EpisodeOfCare": lambda one: one.setdefault("status", "active"),
    "MessageHeader": _header,
}  # fmt: skip


def completed(resources: list[Into], referred: dict[str, list[Into]]) -> list[Into]:
    """The resources with what R4 asks for; those that hold nothing of their own are left out.

    ``referred``: by the reference, the resources that it stands in.
    """
    hollow = [one for one in resources if one["resourceType"] in _HOLLOW and _is_hollow(one)]
    if hollow:
        gone_ones = {id(one) for one in hollow}
        resources = [one for one in resources if id(one) not in gone_ones]
        gone = {f"{one['resourceType']}/{one['id']}" for one in hollow}
        for name in gone:
            for one in referred.get(name, ()):
                _forget(one, gone)
    patient = next((one for one in resources if one["resourceType"] == "Patient"), None)
    about = {"reference": f"Patient/{patient['id']}"} if patient else {"display": "unknown"}
    header = next((one for one in resources if one["resourceType"] == "MessageHeader"), None)
    whole = {"reference": f"MessageHeader/{header['id']}"} if header else about
    for one in resources:
        kind = one["resourceType"]
        if kind == "Provenance":
            one.setdefault("target", [dict(whole)])
        element = SUBJECTS.get(kind)
        if element is not None and element not in one:
            one[element] = dict(about)
        complete = _COMPLETE.get(kind)
        if complete is not None:
            complete(one)
    return resources


def _is_hollow(one: Into) -> bool:
    """Whether a resource says nothing: of a merge, who; of a provenance, when."""
    if one["resourceType"] == "Linkage":
        return not all("resource" in item for item in one.get("item", ()))
    return one.keys() <= _FRAME or (one["resourceType"] == "Provenance" and "recorded" not in one)


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
