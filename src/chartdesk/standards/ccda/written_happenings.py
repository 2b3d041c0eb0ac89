"""Writing results, vital signs, immunizations, procedures, visits, plans and social history as entries.

Guide section: C-CDA R2.1 Result Organizer (V3), Vital Signs Organizer (V3), Immunization Activity (V3), Procedure
Activity Procedure (V2), Encounter Activity (V3), Encounter Diagnosis (V3), planned acts (V2), Social History
Observation (V3), Smoking Status - Meaningful Use (V2).
"""

from __future__ import annotations

from chartdesk.standards.ccda import oids
from chartdesk.standards.ccda.document import Encounter, Immunization, Observation, Panel, Plan, Procedure, Span
from chartdesk.standards.ccda.markup import add, code, fixed, identify, interval, template, time
from chartdesk.standards.ccda.parsing import Element
from chartdesk.standards.ccda.written_lists import ENTRY, by, problem_observation

_SNOMED, _LOINC = "2.16.840.1.113883.6.96", "2.16.840.1.113883.6.1"
SMOKING = "72166-2"
#: What a planned thing is: element, its class, mood and template.
_PLANNED = {
    "observation": ("observation", "OBS", "RQO", f"{ENTRY}44"),
    "procedure": ("procedure", "PROC", "RQO", f"{ENTRY}41"),
    "encounter": ("encounter", "ENC", "INT", f"{ENTRY}40"),
    "act": ("act", "ACT", "RQO", f"{ENTRY}39"),
}


def results(parent: Element, given: Panel, seed: str, pointer: str) -> None:
    """A battery of results."""
    made = add(parent, "organizer", classCode="BATTERY", moodCode="EVN")
    template(made, f"{ENTRY}1", "2015-08-01")
    identify(made, given.ids, seed)
    code(made, "code", given.what, systems=(oids.LOINC, oids.SNOMED, oids.CPT), pointer=pointer)
    add(made, "statusCode", code=_state(given.status))
    interval(made, "effectiveTime", _whole(given), high=True)
    for number, seen in enumerate(given.observations, 1):
        _result(add(made, "component"), seen, f"{seed}/{number}", f"{pointer}-{number}")


def _result(parent: Element, given: Observation, seed: str, pointer: str) -> None:
    made = add(parent, "observation", classCode="OBS", moodCode="EVN")
    template(made, f"{ENTRY}2", "2015-08-01")
    identify(made, given.ids, seed)
    code(made, "code", given.what, systems=(oids.LOINC,), pointer=pointer)
    _text(made, pointer)
    add(made, "statusCode", code=_state(given.status))
    time(made, "effectiveTime", given.at.low)
    _value(made, given)
    if given.interpretation:
        fixed(made, "interpretationCode", given.interpretation, "2.16.840.1.113883.5.83")
    if given.range:
        ends = add(add(made, "referenceRange"), "observationRange")
        add(ends, "text", given.range)
        add(ends, "value", given.range, xsi="ST")


def _value(parent: Element, given: Observation) -> None:
    if given.quantity is not None:
        add(parent, "value", xsi="PQ", value=f"{given.quantity:f}", unit=given.unit or "1")
    elif given.value:
        code(parent, "value", given.value, xsi="CD")
    elif given.text:
        add(parent, "value", given.text, xsi="ST")
    else:
        add(parent, "value", xsi="ST", nullFlavor="NI")


def _state(status: str) -> str:
    return status if status in ("aborted", "active", "cancelled", "completed", "held", "suspended") else "completed"


def _whole(given: Panel) -> Span:
    """From the first to the last of its observations."""
    if given.at.low:
        return Span(given.at.low, given.at.high or given.at.low)
    moments = sorted(seen.at.low for seen in given.observations if seen.at.low)
    return Span(moments[0], moments[-1]) if moments else Span()


def vitals(parent: Element, given: Panel, seed: str, pointer: str) -> None:
    """Vital signs that were taken together."""
    made = add(parent, "organizer", classCode="CLUSTER", moodCode="EVN")
    template(made, f"{ENTRY}26", "2015-08-01")
    identify(made, given.ids, seed)
    kind = fixed(made, "code", "46680005", _SNOMED, "Vital signs", codeSystemName="SNOMED CT")
    fixed(kind, "translation", "74728-7", _LOINC, "Vital signs, weight, height, head circumference, oximetry, BMI, BSA")
    add(made, "statusCode", code="completed")
    interval(made, "effectiveTime", _whole(given), high=True)
    for number, seen in enumerate(given.observations, 1):
        inner = add(add(made, "component"), "observation", classCode="OBS", moodCode="EVN")
        template(inner, f"{ENTRY}27", "2014-06-09")
        identify(inner, seen.ids, f"{seed}/{number}")
        code(inner, "code", seen.what, systems=(oids.LOINC,), pointer=f"{pointer}-{number}")
        _text(inner, f"{pointer}-{number}")
        add(inner, "statusCode", code="completed")
        time(inner, "effectiveTime", seen.at.low)
        if seen.quantity is not None:
            add(inner, "value", xsi="PQ", value=f"{seen.quantity:f}", unit=seen.unit or "1")
        else:
            add(inner, "value", xsi="PQ", nullFlavor="UNK", unit="1")


def immunization(parent: Element, given: Immunization, seed: str, pointer: str) -> None:
    """A vaccination, or that one was refused and why."""
    made = add(
        parent,
        "substanceAdministration",
        classCode="SBADM",
        moodCode="EVN",
        negationInd="true" if given.refused else "false",
    )
    template(made, f"{ENTRY}52", "2015-08-01")
    identify(made, given.ids, seed)
    _text(made, pointer)
    add(made, "statusCode", code="completed")
    time(made, "effectiveTime", given.at)
    product = add(add(made, "consumable"), "manufacturedProduct", classCode="MANU")
    template(product, f"{ENTRY}54", "2014-06-09")
    material = add(product, "manufacturedMaterial")
    code(material, "code", given.vaccine, systems=(oids.CVX,), pointer=pointer)
    if given.lot:
        add(material, "lotNumberText", given.lot)
    if given.manufacturer:
        add(add(product, "manufacturerOrganization"), "name", given.manufacturer)
    by(made, given.author)
    if given.refused and given.reason:
        inner = add(add(made, "entryRelationship", typeCode="RSON"), "observation", classCode="OBS", moodCode="EVN")
        template(inner, f"{ENTRY}53")
        identify(inner, (), f"{seed}/reason")
        code(inner, "code", given.reason)
        add(inner, "statusCode", code="completed")


def procedure(parent: Element, given: Procedure, seed: str, pointer: str) -> None:
    """Something that was done."""
    made = add(parent, "procedure", classCode="PROC", moodCode="EVN")
    template(made, f"{ENTRY}14", "2014-06-09")
    identify(made, given.ids, seed)
    code(made, "code", given.what, pointer=pointer)
    _text(made, pointer)
    add(made, "statusCode", code=_state(given.status))
    _when(made, given.span)


def _when(parent: Element, span: Span) -> None:
    if span.high:
        interval(parent, "effectiveTime", span)
    else:
        time(parent, "effectiveTime", span.low)


def encounter(parent: Element, given: Encounter, seed: str, pointer: str) -> None:
    """A visit with its diagnoses."""
    made = add(parent, "encounter", classCode="ENC", moodCode="EVN")
    template(made, f"{ENTRY}49", "2015-08-01")
    identify(made, given.ids, seed)
    code(made, "code", given.what, pointer=pointer)
    _text(made, pointer)
    _when(made, given.span)
    for number, diagnosis in enumerate(given.diagnoses, 1):
        act = add(add(made, "entryRelationship", typeCode="COMP"), "act", classCode="ACT", moodCode="EVN")
        template(act, f"{ENTRY}80", "2015-08-01")
        fixed(act, "code", "29308-4", _LOINC, "Diagnosis")
        around = add(act, "entryRelationship", typeCode="SUBJ")
        problem_observation(around, diagnosis, f"{seed}/diagnosis-{number}", f"{pointer}-{number}")


def plan(parent: Element, given: Plan, seed: str, pointer: str) -> None:
    """Something planned."""
    name, kind, mood, root = _PLANNED.get(given.kind, _PLANNED["act"])
    made = add(parent, name, classCode=kind, moodCode=mood)
    template(made, root, "2014-06-09")
    identify(made, given.ids, seed)
    code(made, "code", given.what, pointer=pointer)
    _text(made, pointer)
    add(made, "statusCode", code="active")
    if given.when.low:
        _when(made, given.when)
    by(made, given.author)


def social(parent: Element, given: Observation, seed: str, pointer: str) -> None:
    """A fact of a life; smoking by its own template where its answer is coded."""
    smoking = given.what.code_in(oids.LOINC) == SMOKING and bool(given.value.code_in(oids.SNOMED))
    made = add(parent, "observation", classCode="OBS", moodCode="EVN")
    template(made, f"{ENTRY}78" if smoking else f"{ENTRY}38", "2014-06-09" if smoking else "2015-08-01")
    identify(made, given.ids, seed)
    if smoking:
        fixed(made, "code", SMOKING, _LOINC, "Tobacco smoking status")
    else:
        code(made, "code", given.what, systems=(oids.LOINC,), pointer=pointer)
    _text(made, pointer)
    add(made, "statusCode", code="completed")
    if smoking:
        time(made, "effectiveTime", given.at.low)
        code(made, "value", given.value, systems=(oids.SNOMED,), xsi="CD")
    else:
        _when(made, given.at)
        _value(made, given)


def _text(parent: Element, pointer: str) -> None:
    add(add(parent, "text"), "reference", value=pointer)
