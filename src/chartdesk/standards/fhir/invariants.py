"""Rules of R4 that join several elements, by type.

Each rule is a function of the value that is true when it is kept. It sees a struct, or a view of JSON with
the same attributes, so the fast check and the explanation share one wording. The keys are those of R4.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from .conditions import (
    CONDITION_STATUS,
    UCUM,
    any_of,
    at_most_one,
    compare_dates,
    compare_quantities,
    exactly_one,
    has,
    has_code,
    needs,
)
from .narrative import is_narrative

Test = Callable[[Any], bool]


class Rule(NamedTuple):
    """A rule: key in the standard, a sentence for a person, and the test."""

    key: str
    sentence: str
    kept: Test


def _measure(value: Any) -> bool:
    """A value needs a code, and a system must be UCUM."""
    return (has(value, "code") or not has(value, "value")) and value.system in (None, UCUM)


def _age(value: Any) -> bool:
    return _measure(value) and (value.value is None or value.value > 0)


def _count(value: Any) -> bool:
    whole = value.value is None or Decimal(value.value) == int(value.value)
    return _measure(value) and value.code in (None, "1") and whole


def _duration(value: Any) -> bool:
    return not has(value, "code") or (value.system == UCUM and has(value, "value"))


def _ratio(value: Any) -> bool:
    both = has(value, "numerator") == has(value, "denominator")
    return both and (has(value, "numerator") or bool(value.extension))


def _offset(repeat: Any) -> bool:
    return not has(repeat, "offset") or (bool(repeat.when) and not {"C", "CM", "CD", "CV"} & set(repeat.when))


def _trigger(trigger: Any) -> bool:
    kind = trigger.type or ""
    return (
        (kind != "named-event" or has(trigger, "name"))
        and (kind != "periodic" or has(trigger, "TriggerDefinition.timing"))
        and (not kind.startswith("data-") or bool(trigger.data))
    )


def _abated(o: Any) -> bool:
    ended = any(has_code(o.clinicalStatus, CONDITION_STATUS, c) for c in ("inactive", "remission", "resolved"))
    return ended or not has(o, "Condition.abatement")


def _value_or_same_component(o: Any) -> bool:
    if not o.component or o.code is None or not has(o, "Observation.value"):
        return True
    own = {(c.system, c.code) for c in o.code.coding if c.code}
    parts = (c for part in o.component if part.code is not None for c in part.code.coding)
    return not any((c.system, c.code) in own for c in parts)


def _in_error(concept: Any, system: str) -> bool:
    return has_code(concept, "http://terminology.hl7.org/CodeSystem/" + system, "entered-in-error")


def _bundle_entries(name: str, kinds: tuple[str, ...]) -> Test:
    return lambda o: all(has(entry, name) == (o.type in kinds) for entry in o.entry)


def _first_entry(kind: str) -> Test:
    return lambda o: bool(o.entry and o.entry[0].resource is not None and o.entry[0].resource.resourceType == kind)


def _unique_entries(bundle: Any) -> bool:
    if bundle.type == "history":
        return True
    seen = set()
    count = 0
    for entry in bundle.entry:
        if entry.fullUrl is not None:
            meta = entry.resource.meta if entry.resource is not None else None
            seen.add((entry.fullUrl, meta.versionId if meta is not None else None))
            count += 1
    return len(seen) == count


def _document(bundle: Any) -> bool:
    mark = bundle.identifier
    return mark is not None and has(mark, "system") and has(mark, "value")


def _parameter(o: Any) -> bool:
    return sum((bool(o.part), has(o, "ParametersParameter.value"), o.resource is not None)) == 1


def _no_home_use(name: str) -> Test:
    return lambda o: all(item.use != "home" for item in getattr(o, name))


def _percentages(o: Any) -> bool:
    value = o.probabilityRange
    bounds = [] if value is None else [b for b in (value.low, value.high) if b is not None]
    return all(b.code == "%" and b.system == UCUM for b in bounds)


def _stratum(report: Any) -> bool:
    strata = (s for group in report.group for part in group.stratifier for s in part.stratum)
    return all((s.value is not None) != bool(s.component) for s in strata)


def _only(name: str, kinds: tuple[str, ...]) -> Test:
    """`name` may be there only where the type is one of `kinds`."""
    return lambda o: not has(o, name) or o.type in kinds


def _document_needs(test: Test) -> Test:
    return lambda o: o.type != "document" or test(o)


_ANSWERED = ("batch-response", "transaction-response", "history")
_ASKED = ("batch", "transaction", "history")
_CONDITION = "condition-ver-status"
_ALLERGY = "allergyintolerance-verification"

RULES: dict[str, tuple[Rule, ...]] = {
    # Data types
    "Age": (Rule("age-1", "An age needs a value above 0 with a code, and its system must be UCUM.", _age),),
    "Attachment": (Rule("att-1", "An attachment with data needs a contentType.", needs("data", "contentType")),),
    "ContactPoint": (Rule("cpt-2", "A contact point with a value needs a system.", needs("value", "system")),),
    "Count": (Rule("cnt-3", "A count needs a whole value and the UCUM code '1'.", _count),),
    "DataRequirementCodeFilter": (
        Rule("drq-1", "Give a path or a searchParam, not both.", exactly_one("path", "searchParam")),
    ),
    "DataRequirementDateFilter": (
        Rule("drq-2", "Give a path or a searchParam, not both.", exactly_one("path", "searchParam")),
    ),
    "Distance": (Rule("dis-1", "A distance needs a value with a code, and its system must be UCUM.", _measure),),
    "Duration": (Rule("drt-1", "A duration with a code needs a value and the system UCUM.", _duration),),
    "Expression": (Rule("exp-1", "Give an expression or a reference.", any_of("expression", "reference")),),
    "Extension": (
        Rule(
            "ext-1",
            "An extension has either a value or extensions of its own: give one of them, not both.",
            exactly_one("extension", "Extension.value"),
        ),
    ),
    "Narrative": (
        Rule(
            "txt-1",
            "The div must be XHTML that formats only and is not empty (txt-2).",
            lambda o: o.div is None or is_narrative(o.div),
        ),
    ),
    "Period": (Rule("per-1", "The start must not be after the end.", compare_dates("start", "end")),),
    "Quantity": (Rule("qty-3", "A quantity with a code needs a system.", needs("code", "system")),),
    "Range": (Rule("rng-2", "Low must not be above high.", compare_quantities),),
    "Ratio": (Rule("rat-1", "Give both numerator and denominator, or neither and an extension.", _ratio),),
    "TimingRepeat": (
        Rule("tim-1", "A duration needs a durationUnit.", needs("duration", "durationUnit")),
        Rule("tim-2", "A period needs a periodUnit.", needs("period", "periodUnit")),
        Rule("tim-4", "The duration must not be below 0.", lambda o: o.duration is None or o.duration >= 0),
        Rule("tim-5", "The period must not be below 0.", lambda o: o.period is None or o.period >= 0),
        Rule("tim-6", "A periodMax needs a period.", needs("periodMax", "period")),
        Rule("tim-7", "A durationMax needs a duration.", needs("durationMax", "duration")),
        Rule("tim-8", "A countMax needs a count.", needs("countMax", "count")),
        Rule("tim-9", "An offset needs a 'when' other than C, CM, CD or CV.", _offset),
        Rule("tim-10", "Give timeOfDay or when, not both.", at_most_one("timeOfDay", "when")),
    ),
    "TriggerDefinition": (
        Rule("trd-1", "Give data or timing, not both.", at_most_one("data", "TriggerDefinition.timing")),
        Rule("trd-2", "A condition needs data.", needs("condition", "data")),
        Rule("trd-3", "A named event needs a name, a periodic one timing, a data event data.", _trigger),
    ),
    # Resources
    "AllergyIntolerance": (
        Rule(
            "ait-1",
            "clinicalStatus is required unless verificationStatus is entered-in-error.",
            lambda o: has(o, "clinicalStatus") or _in_error(o.verificationStatus, _ALLERGY),
        ),
        Rule(
            "ait-2",
            "Leave out clinicalStatus when verificationStatus is entered-in-error.",
            lambda o: not (has(o, "clinicalStatus") and _in_error(o.verificationStatus, _ALLERGY)),
        ),
    ),
    "Appointment": (
        Rule("app-2", "Give both start and end, or neither.", lambda o: has(o, "start") == has(o, "end")),
        Rule(
            "app-3",
            "Only proposed, waitlisted and cancelled appointments may lack start and end.",
            lambda o: (has(o, "start") and has(o, "end")) or o.status in ("proposed", "cancelled", "waitlist"),
        ),
        Rule(
            "app-4",
            "A cancelationReason needs the status cancelled or noshow.",
            lambda o: not has(o, "cancelationReason") or o.status in ("cancelled", "noshow"),
        ),
    ),
    "AppointmentParticipant": (Rule("app-1", "A participant needs a type or an actor.", any_of("type", "actor")),),
    "AppointmentResponse": (Rule("apr-1", "Give a participantType or an actor.", any_of("participantType", "actor")),),
    "AuditEventEntity": (Rule("sev-1", "Give a name or a query, not both.", at_most_one("name", "query")),),
    "Bundle": (
        Rule("bdl-1", "Only a searchset or history has a total.", _only("total", ("searchset", "history"))),
        Rule(
            "bdl-2",
            "Only the entries of a searchset have 'search'.",
            lambda o: o.type == "searchset" or not any(has(e, "search") for e in o.entry),
        ),
        Rule(
            "bdl-3",
            "Each entry of a batch, transaction or history needs a request; other entries have none.",
            _bundle_entries("request", _ASKED),
        ),
        Rule(
            "bdl-4",
            "Each entry of a response or history needs a response; other entries have none.",
            _bundle_entries("response", _ANSWERED),
        ),
        Rule("bdl-7", "Entries must differ in fullUrl or in meta.versionId.", _unique_entries),
        Rule("bdl-9", "A document needs an identifier with system and value.", _document_needs(_document)),
        Rule("bdl-10", "A document needs a timestamp.", _document_needs(any_of("timestamp"))),
        Rule("bdl-11", "A document begins with a Composition.", _document_needs(_first_entry("Composition"))),
        Rule(
            "bdl-12",
            "A message begins with a MessageHeader.",
            lambda o: o.type != "message" or _first_entry("MessageHeader")(o),
        ),
    ),
    "BundleEntry": (
        Rule("bdl-5", "Give a resource, a request or a response.", any_of("resource", "request", "response")),
        Rule("bdl-8", "The fullUrl names no version.", lambda o: "/_history/" not in (o.fullUrl or "")),
    ),
    "CarePlanActivity": (Rule("cpl-3", "Give a reference or detail, not both.", at_most_one("detail", "reference")),),
    "CompositionSection": (
        Rule("cmp-1", "A section needs text, entries or sections.", any_of("text", "entry", "section")),
        Rule("cmp-2", "Only an empty section has an emptyReason.", at_most_one("emptyReason", "entry")),
    ),
    "Condition": (
        Rule("con-4", "An abated condition needs clinicalStatus inactive, remission or resolved.", _abated),
        Rule(
            "con-5",
            "Leave out clinicalStatus when verificationStatus is entered-in-error.",
            lambda o: not (has(o, "clinicalStatus") and _in_error(o.verificationStatus, _CONDITION)),
        ),
    ),
    "ConditionStage": (Rule("con-1", "Give a summary or an assessment.", any_of("summary", "assessment")),),
    "ConditionEvidence": (Rule("con-2", "Give a code or detail.", any_of("code", "detail")),),
    "Consent": (Rule("ppc-1", "Give a policy or a policyRule.", any_of("policy", "policyRule")),),
    "CoverageEligibilityResponseInsuranceItem": (
        Rule("ces-1", "Give category or productOrService.", exactly_one("category", "productOrService")),
    ),
    "FamilyMemberHistory": (
        Rule(
            "fhs-1",
            "Give age or born, not both.",
            at_most_one("FamilyMemberHistory.age", "FamilyMemberHistory.born"),
        ),
        Rule("fhs-2", "estimatedAge needs an age.", needs("estimatedAge", "FamilyMemberHistory.age")),
    ),
    "GoalTarget": (Rule("gol-1", "A detail needs a measure.", needs("GoalTarget.detail", "measure")),),
    "Group": (Rule("grp-1", "Only an actual group has members.", lambda o: not o.member or o.actual is True),),
    "ImmunizationEducation": (
        Rule("imm-1", "Give a documentType or a reference.", any_of("documentType", "reference")),
    ),
    "ImmunizationRecommendationRecommendation": (
        Rule("imr-1", "Give a vaccineCode or a targetDisease.", any_of("vaccineCode", "targetDisease")),
    ),
    "InsurancePlan": (Rule("ipn-1", "Give an identifier or a name.", any_of("identifier", "name")),),
    "Linkage": (Rule("lnk-1", "A linkage needs at least two items.", lambda o: len(o.item) > 1),),
    "List": (
        Rule("lst-1", "Only an empty list has an emptyReason.", at_most_one("emptyReason", "entry")),
        Rule(
            "lst-2",
            "Only a list of changes marks entries as deleted.",
            lambda o: o.mode == "changes" or not any(has(e, "deleted") for e in o.entry),
        ),
        Rule(
            "lst-3",
            "Only a working list dates its entries.",
            lambda o: o.mode == "working" or not any(has(e, "date") for e in o.entry),
        ),
    ),
    "MeasureReport": (
        Rule("mrp-1", "A data collection has no group.", lambda o: o.type != "data-collection" or not o.group),
        Rule("mrp-2", "A stratum has a value or components, not both.", _stratum),
    ),
    "MedicationAdministrationDosage": (
        Rule("mad-1", "Give a dose or a rate.", any_of("dose", "MedicationAdministrationDosage.rate")),
    ),
    "MedicationDispense": (
        Rule(
            "mdd-1",
            "whenHandedOver must not be before whenPrepared.",
            compare_dates("whenPrepared", "whenHandedOver"),
        ),
    ),
    "Observation": (
        Rule(
            "obs-6",
            "Give a value or a dataAbsentReason, not both.",
            at_most_one("dataAbsentReason", "Observation.value"),
        ),
        Rule(
            "obs-7",
            "A component with the code of the observation takes the place of its value: give one of them.",
            _value_or_same_component,
        ),
    ),
    "ObservationReferenceRange": (
        Rule("obs-3", "A reference range needs low, high or text.", any_of("low", "high", "text")),
    ),
    "Organization": (
        Rule("org-1", "An organization needs an identifier or a name.", any_of("identifier", "name")),
        Rule("org-2", "An organization has no home address.", _no_home_use("address")),
        Rule("org-3", "An organization has no home telecom.", _no_home_use("telecom")),
    ),
    "ParametersParameter": (Rule("inv-1", "A parameter has exactly one of value, resource and part.", _parameter),),
    "PatientContact": (
        Rule(
            "pat-1",
            "A contact needs a name, telecom, address or organization.",
            any_of("name", "telecom", "address", "organization"),
        ),
    ),
    "QuestionnaireResponseItem": (
        Rule("qrs-1", "Nested items go beneath the item or its answers.", at_most_one("answer", "item")),
    ),
    "RequestGroupAction": (Rule("rqg-1", "Give a resource or actions, not both.", exactly_one("resource", "action")),),
    "RiskAssessmentPrediction": (
        Rule("ras-1", "A range of probability is in percent.", _percentages),
        Rule(
            "ras-2",
            "A probability is at most 100.",
            lambda o: o.probabilityDecimal is None or o.probabilityDecimal <= 100,
        ),
    ),
    "ServiceRequest": (Rule("prr-1", "orderDetail needs a code.", needs("orderDetail", "code")),),
    "Task": (
        Rule(
            "inv-1",
            "lastModified must not be before authoredOn.",
            compare_dates("authoredOn", "lastModified"),
        ),
    ),
}
