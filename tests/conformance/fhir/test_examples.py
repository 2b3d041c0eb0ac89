"""Other people's resources: decoded, validated and written again without the loss of a digit."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from chartdesk.kit.errors import Invalid
from chartdesk.standards.fhir import Issue, decode, encode, search, validate


def exact(text: bytes | str) -> Any:
    """JSON with every decimal as its digits, so that 72.50 differs from 72.5."""
    return json.loads(text, parse_float=lambda digits: ("decimal", str(Decimal(digits))))


def issues_of(path: Path) -> list[Issue]:
    """What is refused in the file. What is accepted comes back the same, and has search values."""
    body = path.read_bytes()
    try:
        resource = decode(body)
    except Invalid as error:
        return list(error.issues)
    assert exact(encode(resource)) == exact(body), path.name
    issues = validate(resource)
    if not issues:
        search.extract(resource)
    return issues


def test_synthea_bundles(samples):
    paths = sorted((samples / "synthea").glob("*.json"))
    assert len(paths) >= 17
    assert not {path.name: issues for path in paths if (issues := issues_of(path))}


# Its narrative has a status and no div.
US_CORE_FAULTS = {"diagnosticreport-cbc.json": ["DiagnosticReport.text.div"]}


def test_us_core_examples(samples):
    paths = sorted((samples / "us_core").glob("*.json"))
    assert len(paths) >= 100
    found = {path.name: [i.expression for i in issues] for path in paths if (issues := issues_of(path))}
    assert found == US_CORE_FAULTS


# The examples of the specification that break the specification, and where.
R4_FAULTS = {
    # narratives without content (txt-2)
    "ActivityDefinition-blood-tubes-supply.json": {"ActivityDefinition.text"},
    "ActivityDefinition-heart-valve-replacement.json": {"ActivityDefinition.text"},
    "EventDefinition-example.json": {"EventDefinition.text"},
    "Questionnaire-zika-virus-exposure-assessment.json": {"Questionnaire.text"},
    # references to types that are not among the targets
    "DeviceMetric-example.json": {"DeviceMetric.parent.reference"},
    "DeviceUseStatement-example.json": {"DeviceUseStatement.reasonReference.reference"},
    "MedicationRequest-medrx0301.json": {"MedicationRequest.dispenseRequest.performer.reference"},
    "Observation-clinical-gender.json": {"Observation.performer.reference"},
    # an id of more than 64 characters
    "SearchParameter-questionnaireresponse-extensions-QuestionnaireResponse-item-subject.json": {"SearchParameter.id"},
    # required elements that are not there
    "ImplementationGuide-fhir.json": {"ImplementationGuide.name", "ImplementationGuide.status"},
    "ig-r4.json": {"ImplementationGuide.name", "ImplementationGuide.status"},
    "Questionnaire-qs1.json": {"Questionnaire" + ".item" * depth + ".linkId" for depth in (2, 3, 4)},
    **{
        f"SearchParameter-{kind.lower()}-extensions-{kind}-{name}.json": {"SearchParameter.base"}
        for kind in ("CodeSystem", "ValueSet")
        for name in ("author", "effective", "end", "keyword", "workflow")
    },
    # codes with two spaces in a row
    "CodeSystem-v2-0550.json": {"CodeSystem.concept.code"},
    "Bundle-v2-valuesets.json": {"Bundle.entry.resource.concept.code"},
    # definitions that are not abstract and have no base (sdf-4)
    **{f"StructureDefinition-{n}.json": {"StructureDefinition"} for n in ("Definition", "Event", "FiveWs", "Request")},
    # entries of one fullUrl (bdl-7)
    "Bundle-dataelements.json": {"Bundle"},
}


#: Examples above this many bytes are bundles of definitions; another file has them, so that another process may.
LARGE = 2_000_000


def faults_of(paths: list[Path]) -> dict[str, set[str]]:
    """Where each of the files is at fault, by its name."""
    found = {path.name: issues for path in paths if (issues := issues_of(path))}
    return {name: {re.sub(r"\[\d+\]", "", i.expression) for i in issues} for name, issues in found.items()}


def examples(folder: Path) -> list[Path]:
    """The examples of the specification."""
    return sorted(path for path in folder.glob("*.json") if path.name != "package.json")


@pytest.mark.timeout(1500)
def test_examples_of_the_specification(r4_examples):
    paths = examples(r4_examples)
    assert len(paths) > 5000
    small = [path for path in paths if path.stat().st_size < LARGE]
    names = {path.name for path in small}
    assert faults_of(small) == {name: places for name, places in R4_FAULTS.items() if name in names}
    assert set(R4_FAULTS) <= {path.name for path in paths}
