"""Writing problems, allergies and medicines as entries.

Guide section: C-CDA R2.1 Problem Concern Act (V3), Problem Observation (V3), Allergy Concern Act (V3), Allergy -
Intolerance Observation (V2), Reaction Observation (V2), Severity Observation (V2), Criticality Observation, Medication
Activity (V2), Medication Free Text Sig, Indication (V2).
"""

from __future__ import annotations

from chartdesk.standards.ccda import oids
from chartdesk.standards.ccda.document import Allergy, Coded, Identifier, Medication, Party, Problem, Span
from chartdesk.standards.ccda.markup import add, code, fixed, identify, interval, person, template, time
from chartdesk.standards.ccda.parsing import Element

ENTRY = "2.16.840.1.113883.10.20.22.4."
_SNOMED, _LOINC, _ACT_CLASS, _ACT_CODE = (
    "2.16.840.1.113883.6.96",
    "2.16.840.1.113883.6.1",
    "2.16.840.1.113883.5.6",
    "2.16.840.1.113883.5.4",
)
_STATUSES = {
    "active": ("55561003", "Active"),
    "inactive": ("73425007", "Inactive"),
    "resolved": ("413322009", "Resolved"),
}
_ALLERGY_KINDS = {
    "medication": ("416098002", "Allergy to drug"),
    "food": ("414285001", "Allergy to food"),
    "": ("419199007", "Allergy to substance"),
}
_SEVERITIES = {"mild": "255604002", "moderate": "6736007", "severe": "24484000"}
_CRITICALITIES = {"low": "CRITL", "high": "CRITH", "unable-to-assess": "CRITU"}
_TAKEN = {"active": "active", "on-hold": "suspended", "stopped": "aborted"}


def problem(parent: Element, given: Problem, seed: str, pointer: str) -> None:
    """A problem on the list: the concern, and in it the observation with its status."""
    act = _concern(parent, f"{ENTRY}3", given.ids, seed, given.status, given.span, given.author)
    problem_observation(add(act, "entryRelationship", typeCode="SUBJ"), given, f"{seed}/observation", pointer)


def problem_observation(parent: Element, given: Problem, seed: str, pointer: str) -> None:
    """The observation of a problem, in its concern or in a visit's diagnosis."""
    seen = add(parent, "observation", classCode="OBS", moodCode="EVN", negationInd="true" if given.negated else "")
    template(seen, f"{ENTRY}4", "2015-08-01")
    identify(seen, (), seed)
    kind = fixed(seen, "code", "55607006", _SNOMED, "Problem", codeSystemName="SNOMED CT")
    fixed(kind, "translation", "75326-9", _LOINC, "Problem", codeSystemName="LOINC")
    _text(seen, pointer)
    add(seen, "statusCode", code="completed")
    interval(seen, "effectiveTime", given.span, high=given.status == "resolved")
    code(seen, "value", given.what, systems=(oids.SNOMED,), pointer=pointer, xsi="CD")
    if given.status in _STATUSES:
        inner = add(add(seen, "entryRelationship", typeCode="REFR"), "observation", classCode="OBS", moodCode="EVN")
        template(inner, f"{ENTRY}6", "2019-06-20")
        fixed(inner, "code", "33999-4", _LOINC, "Status")
        add(inner, "statusCode", code="completed")
        fixed(inner, "value", _STATUSES[given.status][0], _SNOMED, _STATUSES[given.status][1], xsi="CD")


def _concern(
    parent: Element, root: str, ids: tuple[Identifier, ...], seed: str, status: str, span: Span, author: Party
) -> Element:
    act = add(parent, "act", classCode="ACT", moodCode="EVN")
    template(act, root, "2015-08-01")
    identify(act, ids, seed)
    fixed(act, "code", "CONC", _ACT_CLASS, "Concern")
    over = status == "resolved"
    add(act, "statusCode", code="completed" if over else "suspended" if status == "inactive" else "active")
    interval(act, "effectiveTime", span, high=over)
    by(act, author)
    return act


def by(parent: Element, author: Party) -> None:
    """Who said it, and when, where that is known (Author Participation)."""
    if not str(author):
        return
    made = add(parent, "author")
    template(made, f"{ENTRY}119")
    time(made, "time", author.at)
    assigned = add(made, "assignedAuthor")
    for one in author.identifiers[:2]:
        add(assigned, "id", root=one.root, extension=one.extension)
    if not author.identifiers:
        add(assigned, "id", nullFlavor="UNK")
    if str(author.name):
        person(add(assigned, "assignedPerson"), author.name)
    if author.organization:
        add(add(assigned, "representedOrganization"), "name", author.organization)


def allergy(parent: Element, given: Allergy, seed: str, pointer: str) -> None:
    """An allergy: the concern, the observation, its reactions; or that none is known."""
    act = _concern(parent, f"{ENTRY}30", given.ids, seed, given.status, given.span, given.author)
    related = add(act, "entryRelationship", typeCode="SUBJ")
    seen = add(related, "observation", classCode="OBS", moodCode="EVN", negationInd=_denied(given))
    template(seen, f"{ENTRY}7", "2014-06-09")
    identify(seen, (), f"{seed}/observation")
    fixed(seen, "code", "ASSERTION", _ACT_CODE, "Assertion")
    _text(seen, pointer)
    add(seen, "statusCode", code="completed")
    interval(seen, "effectiveTime", given.span, high=given.status == "resolved")
    kind = _ALLERGY_KINDS.get(given.category, _ALLERGY_KINDS[""])
    if given.none_known and given.category == "environment":
        # Of any substance it would be said otherwise.
        kind = ("426232007", "Environmental allergy")
    fixed(seen, "value", kind[0], _SNOMED, kind[1], xsi="CD")
    playing = add(
        add(add(seen, "participant", typeCode="CSM"), "participantRole", classCode="MANU"),
        "playingEntity",
        classCode="MMAT",
    )
    if given.none_known:
        add(playing, "code", nullFlavor="NA")
    else:
        code(playing, "code", given.substance, pointer=pointer)
        add(playing, "name", given.substance.words)
    for number, reaction in enumerate(given.reactions, 1):
        around = add(seen, "entryRelationship", typeCode="MFST", inversionInd="true")
        _reaction(around, reaction.what, reaction.severity, f"{seed}/reaction-{number}")
    if given.severity and not any(reaction.severity for reaction in given.reactions):
        _severity(add(seen, "entryRelationship", typeCode="SUBJ", inversionInd="true"), given.severity)
    if given.criticality in _CRITICALITIES:
        around = add(seen, "entryRelationship", typeCode="SUBJ", inversionInd="true")
        inner = add(around, "observation", classCode="OBS", moodCode="EVN")
        template(inner, f"{ENTRY}145")
        fixed(inner, "code", "82606-5", _LOINC, "Criticality")
        add(inner, "statusCode", code="completed")
        fixed(inner, "value", _CRITICALITIES[given.criticality], "2.16.840.1.113883.5.1063", xsi="CD")


def _denied(given: Allergy) -> str:
    return "true" if given.none_known or given.negated else ""


def _reaction(parent: Element, what: Coded, severity: str, seed: str) -> None:
    inner = add(parent, "observation", classCode="OBS", moodCode="EVN")
    template(inner, f"{ENTRY}9", "2014-06-09")
    identify(inner, (), seed)
    fixed(inner, "code", "ASSERTION", _ACT_CODE)
    add(inner, "statusCode", code="completed")
    code(inner, "value", what, systems=(oids.SNOMED,), xsi="CD")
    if severity:
        _severity(add(inner, "entryRelationship", typeCode="SUBJ", inversionInd="true"), severity)


def _severity(parent: Element, severity: str) -> None:
    inner = add(parent, "observation", classCode="OBS", moodCode="EVN")
    template(inner, f"{ENTRY}8", "2014-06-09")
    fixed(inner, "code", "SEV", _ACT_CODE, "Severity")
    add(inner, "statusCode", code="completed")
    fixed(inner, "value", _SEVERITIES[severity], _SNOMED, severity.capitalize(), xsi="CD")


def medication(parent: Element, given: Medication, seed: str, pointer: str) -> None:
    """A medicine with its dose where one is known, and the instruction as it is written."""
    taken = add(
        parent,
        "substanceAdministration",
        classCode="SBADM",
        moodCode="INT" if given.planned else "EVN",
        negationInd="true" if given.negated else "",
    )
    template(taken, f"{ENTRY}16", "2014-06-09")
    identify(taken, given.ids, seed)
    _text(taken, pointer)
    add(taken, "statusCode", code=_TAKEN.get(given.status, "completed"))
    interval(taken, "effectiveTime", given.span, xsi="IVL_TS")
    if given.route:
        code(taken, "routeCode", given.route)
    if given.dose:
        add(taken, "doseQuantity", value=given.dose, unit=given.unit)
    else:
        add(taken, "doseQuantity", nullFlavor="UNK")
    product = add(add(taken, "consumable"), "manufacturedProduct", classCode="MANU")
    template(product, f"{ENTRY}23", "2014-06-09")
    code(add(product, "manufacturedMaterial"), "code", given.drug, pointer=pointer, systems=(oids.RXNORM,))
    by(taken, given.author)
    if given.instruction:
        _sig(add(taken, "entryRelationship", typeCode="COMP"), f"{pointer}-sig")
    if given.reason:
        _indication(add(taken, "entryRelationship", typeCode="RSON"), given.reason, f"{seed}/reason")


def _indication(parent: Element, reason: Coded, seed: str) -> None:
    seen = add(parent, "observation", classCode="OBS", moodCode="EVN")
    template(seen, f"{ENTRY}19", "2014-06-09")
    identify(seen, (), seed)
    kind = fixed(seen, "code", "55607006", _SNOMED, "Problem", codeSystemName="SNOMED CT")
    fixed(kind, "translation", "75326-9", _LOINC, "Problem", codeSystemName="LOINC")
    add(seen, "statusCode", code="completed")
    code(seen, "value", reason, systems=(oids.SNOMED,), xsi="CD")


def _sig(parent: Element, pointer: str) -> None:
    told = add(parent, "substanceAdministration", classCode="SBADM", moodCode="INT")
    template(told, f"{ENTRY}147")
    fixed(told, "code", "76662-6", _LOINC, "Instructions Medication")
    _text(told, pointer)
    product = add(add(told, "consumable"), "manufacturedProduct")
    add(product, "manufacturedLabeledDrug", nullFlavor="NA")


def _text(parent: Element, pointer: str) -> None:
    add(add(parent, "text"), "reference", value=pointer)
