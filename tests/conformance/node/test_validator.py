"""Everything our server returns, judged by Medplum's validator with the definitions of R4 and US Core.

A practice lives for some weeks by our own commands, Synthea's samples are imported; then all of it is read over HTTP,
with the bundles, outcomes and Parameters that carry it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.conformance.node.conftest import Practice, Script

US_CORE = Path(__file__).resolve().parents[4] / "shared" / "definitions" / "us_core"
_PROFILE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core"
_STATUS = "http://hl7.org/fhir/observation-status"
#: What our own resources keep besides what they claim.
WANTED = {
    type: [f"{_PROFILE}-{name}"]
    for type, name in {
        "Patient": "patient",
        "Encounter": "encounter",
        "AllergyIntolerance": "allergyintolerance",
        "MedicationRequest": "medicationrequest",
        "DocumentReference": "documentreference",
        "Coverage": "coverage",
        "Location": "location",
        "Organization": "organization",
        "Practitioner": "practitioner",
        "PractitionerRole": "practitionerrole",
        "RelatedPerson": "relatedperson",
    }.items()
}
#: What the validator says and is not a fault: (type, expression ends with, text contains) → the reason.
KNOWN: dict[tuple[str, str, str], str] = {
    ("PractitionerRole", "PractitionerRole", "Error evaluating invariant expression"): (
        "pd-1 is `telecom or endpoint`: FHIRPath takes one element for true, the validator takes only booleans."
    ),
    ("PractitionerRole", "PractitionerRole", "Constraint pd-1 not met"): (
        "the same; the roles have a telecom, which the test looks at"
    ),
}
#: Types that our own rooms write or project; each must have been there to be judged.
OURS = {
    *("Patient", "Coverage", "Appointment", "Encounter", "Condition", "AllergyIntolerance", "Observation"),
    *("MedicationRequest", "DocumentReference", "Practitioner", "PractitionerRole", "Organization", "Location"),
    *("ChargeItem", "Claim", "ClaimResponse", "ExplanationOfBenefit", "PaymentReconciliation", "Invoice"),
    *("RelatedPerson", "Flag", "Account", "CoverageEligibilityRequest", "CoverageEligibilityResponse"),
}


def known(finding: dict[str, str]) -> bool:
    """Whether the finding is listed with its reason."""
    return any(
        finding["type"] == type and finding["expression"].endswith(end) and words in finding["text"]
        for type, end, words in KNOWN
    )


def everything(address: str, token: str) -> Iterator[dict[str, Any]]:
    """Every resource of a practice, page by page."""
    with httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=60) as client:
        following = f"{address}?_count=1000"
        while following:
            page = client.get(following).raise_for_status().json()
            yield from (entry["resource"] for entry in page["entry"])
            following = next((link["url"] for link in page["link"] if link["relation"] == "next"), "")


def answers(lived: Practice) -> Iterator[dict[str, Any]]:
    """What carries resources, refuses, or says something about them."""
    patient = lived.patient
    asked = [
        "metadata",
        "Patient?_count=3&_revinclude=Coverage:patient&_summary=true",
        "Claim?_count=3&_elements=status&nonsense=1",
        "Patient?birthdate=nonsense",
        "Patient/nobody",
        "_history?_count=20",
        f"Patient/{patient}/_history",
        f"Patient/{patient}/$everything?_count=50",
        f"Patient/{patient}/$validate",
        f"Patient/{patient}/Observation",
        "Subscription/$topic-list",
        "Subscription/$status",
        "ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/administrative-gender",
        f"ValueSet/$validate-code?url=http://hl7.org/fhir/ValueSet/observation-status&system={_STATUS}&code=final",
        "CodeSystem/$lookup?system=http://hl7.org/fhir/sid/icd-10-cm&code=E11.9",
    ]
    with httpx.Client(headers={"Authorization": f"Bearer {lived.token}"}, timeout=60) as client:
        for one in asked:
            yield client.get(f"{lived.address}/{one}").json()
        person = client.get(f"{lived.address}/Patient/{patient}").json()
        named = {"resourceType": "Parameters", "parameter": [{"name": "resource", "resource": person}]}
        yield client.post(f"{lived.address}/Patient/$match", json=named).json()
        entries = [{"request": {"method": "GET", "url": url}} for url in (f"Patient/{patient}", "Nothing/1")]
        yield client.post(lived.address, json={"resourceType": "Bundle", "type": "batch", "entry": entries}).json()
        yield client.get(lived.address.removesuffix("/fhir") + "/fhir/Patient", headers={"Authorization": "x"}).json()


def judged(node: Script, file: Path, resources: Iterable[dict[str, Any]], wanted: dict[str, list[str]]) -> Any:
    """What the validator says about the resources."""
    file.write_text("".join(json.dumps(one) + "\n" for one in resources))
    return node("validate.mjs", str(file), json.dumps(wanted), str(US_CORE / "7.0.0"), str(US_CORE / "6.1.0"))


def faults(told: Any) -> str:
    """The findings that are not listed, counted."""
    found = Counter(
        (one["type"], one["profile"].rpartition("/")[2], re.sub(r"\[\d+\]", "[]", one["expression"]), one["text"][:160])
        for one in told["findings"]
        if not known(one)
    )
    return "\n".join(f"{number} × {' | '.join(which)}" for which, number in found.most_common(60))


def test_the_validator_finds_what_is_wrong(node: Script, tmp_path: Path) -> None:
    bad = [
        {"resourceType": "Observation", "id": "a", "code": {"text": "x"}},
        {"resourceType": "Patient", "id": "b", "birthDate": "x"},
        {"resourceType": "Patient", "id": "c", "contact": [{"gender": "male"}]},
    ]
    told = judged(node, tmp_path / "bad.ndjson", bad, {})
    assert {one["id"] for one in told["findings"]} == {"a", "b", "c"}


def test_all_that_a_practice_of_ours_returns_is_valid(node: Script, lived: Practice, tmp_path: Path) -> None:
    told = judged(node, tmp_path / "ours.ndjson", everything(lived.address, lived.token), WANTED)
    missing = OURS - set(told["types"])
    assert not missing, f"not there to be judged: {sorted(missing)}"
    assert told["checked"] > 300
    assert told["profiled"] > 200 or not US_CORE.is_dir()
    assert not faults(told), faults(told)
    roles = [one for one in everything(lived.address, lived.token) if one["resourceType"] == "PractitionerRole"]
    assert all(one["telecom"] for one in roles), "what pd-1 wants"
    if US_CORE.is_dir():
        used = [which for one in told["findings"] for which in KNOWN if which[0] == one["type"] and known(one)]
        assert set(used) == set(KNOWN), "listed, and not found any more"


def test_answers_of_all_kinds_are_valid(node: Script, lived: Practice, tmp_path: Path) -> None:
    told = judged(node, tmp_path / "answers.ndjson", answers(lived), {})
    assert set(told["types"]) == {"CapabilityStatement", "Bundle", "OperationOutcome", "Parameters", "ValueSet"}
    assert not faults(told), faults(told)


def test_imported_samples_come_out_valid(node: Script, lived: Practice, tmp_path: Path) -> None:
    if not lived.imported:
        pytest.skip("the folder ../shared with published samples is not here")
    told = judged(node, tmp_path / "imported.ndjson", everything(lived.address, lived.imported), {})
    assert told["checked"] > 500
    assert not faults(told), faults(told)
