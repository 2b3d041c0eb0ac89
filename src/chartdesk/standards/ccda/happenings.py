"""Reading what was measured, given, done and planned: results, vital signs, immunizations, procedures, visits, plans.

Guide section: C-CDA R2.1 Result Organizer, Vital Signs Organizer, Immunization Activity, Procedure Activity, Encounter
Activity, planned acts, Social History Observation, Smoking Status.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chartdesk.standards.ccda.document import (
    Coded,
    Encounter,
    Immunization,
    Observation,
    Panel,
    Plan,
    Problem,
    Procedure,
)
from chartdesk.standards.ccda.lists import drug_of, problem_in
from chartdesk.standards.ccda.narrative import Narrative
from chartdesk.standards.ccda.parsing import XSI_TYPE, Element, items, local, one, plain, several, value
from chartdesk.standards.ccda.values import called, coded, identifiers, number, party, span, unit

_PLANNED = {"observation": "observation", "procedure": "procedure", "encounter": "encounter", "act": "act"}
_PLANNED |= {"substanceAdministration": "medication", "supply": "supply"}


def panels(section: Element, narrative: Narrative) -> tuple[list[Panel], int]:
    """Results or vital signs: organizers with their observations, and observations that stand alone."""
    return items(section, lambda entry: _panels(entry, narrative))


def _panels(entry: Element, narrative: Narrative) -> Iterator[Panel]:
    for organizer in several(entry, "organizer"):
        parts = several(organizer, "component/observation")
        parts += several(organizer, "component/organizer/component/observation")
        inner = tuple(seen for part in parts if (seen := _seen(part, narrative)))
        if inner:
            when = span(one(organizer, "effectiveTime"))
            state = value(organizer, "statusCode", "code") or "completed"
            yield Panel(coded(one(organizer, "code"), narrative), inner, when, state, ids=identifiers(organizer))
    for alone in several(entry, "observation"):
        if (seen := _seen(alone, narrative)) is not None:
            yield Panel(seen.what, (seen,), seen.at, seen.status, ids=seen.ids)


def observations(section: Element, narrative: Narrative) -> tuple[list[Observation], int]:
    """Facts of a life: social history, smoking, birth sex."""
    return items(section, lambda entry: (_seen(part, narrative) for part in several(entry, "observation")))


def _seen(node: Element, narrative: Narrative) -> Observation | None:
    what = called(node, narrative)
    quantity, measured, coded_value, words = None, "", Coded(), ""
    shown = one(node, "value")
    kind = (shown.get(XSI_TYPE) or "").rpartition(":")[2] if shown is not None else ""
    if kind in ("CD", "CE", "CV", "CO") or (shown is not None and shown.get("code")):
        coded_value = coded(shown, narrative)
    elif shown is not None and value(shown):
        quantity, measured = number(value(shown)), unit(shown)
        words = "" if quantity is not None else f"{value(shown)} {measured}".strip()
    elif shown is not None:
        words = plain(shown) if kind != "IVL_PQ" else _interval(shown)
    words = words or ("" if quantity is not None or coded_value else _pointed(shown, narrative))
    if not what:
        return None
    return Observation(
        what,
        span(one(node, "effectiveTime")),
        quantity,
        measured,
        coded_value,
        words,
        value(node, "interpretationCode", "code"),
        _range(node),
        value(node, "statusCode", "code") or "completed",
        ids=identifiers(node),
    )


def _pointed(shown: Element | None, narrative: Narrative) -> str:
    return narrative.text(value(shown, "reference")) if value(shown, "reference") else ""


def _interval(shown: Element) -> str:
    low, high = value(shown, "low"), value(shown, "high")
    measured = value(shown, "low", "unit") or value(shown, "high", "unit")
    measured = "" if measured == "1" else f" {measured}"
    if low and high:
        return f"{low} to {high}{measured}"
    return f"over {low}{measured}" if low else f"under {high}{measured}" if high else ""


def _range(node: Element) -> str:
    """The reference range in words: as the sender says it, else from its ends."""
    found = one(node, "referenceRange/observationRange")
    if found is None:
        return ""
    shown = one(found, "value")
    return plain(one(found, "text")) or (_interval(shown) if shown is not None else "") or plain(shown)


def immunizations(section: Element, narrative: Narrative) -> tuple[list[Immunization], int]:
    """The vaccinations of a section, and how many entries could not be read."""
    return items(section, lambda entry: (_given(one, narrative) for one in several(entry, "substanceAdministration")))


def _given(given: Element, narrative: Narrative) -> Immunization | None:
    vaccine = drug_of(given, narrative)
    if not vaccine:
        return None
    product = one(given, "consumable/manufacturedProduct")
    when = span(one(given, "effectiveTime"))
    return Immunization(
        vaccine,
        when.low or when.high,
        plain(one(product, "manufacturedMaterial/lotNumberText")),
        plain(one(product, "manufacturerOrganization/name")),
        value(given, name="negationInd") == "true",
        _refusal(given, narrative),
        value(given, "statusCode", "code") or "completed",
        ids=identifiers(given),
    )


def _refusal(given: Element, narrative: Narrative) -> Coded:
    for found in several(given, "entryRelationship"):
        seen = one(found, "observation")
        if value(found, name="typeCode") == "RSON" and seen is not None:
            return coded(one(seen, "code"), narrative)
    return Coded()


def procedures(section: Element, narrative: Narrative) -> tuple[list[Procedure], int]:
    """Procedures, acts and observations of the procedures section, and how many entries could not be read."""
    names = ("procedure", "act", "observation")
    return items(section, lambda entry: (_done(node, narrative) for node in _inside(entry, names)))


def _done(node: Element, narrative: Narrative) -> Procedure | None:
    what = called(node, narrative)
    state = value(node, "statusCode", "code") or "completed"
    who = party(one(node, "performer"), "assignedEntity")
    when = span(one(node, "effectiveTime"))
    return Procedure(what, when, state, who, ids=identifiers(node)) if what else None


def encounters(section: Element, narrative: Narrative) -> tuple[list[Encounter], int]:
    """The visits and stays of a section, and how many entries could not be read."""
    return items(section, lambda entry: (_visit(node, narrative) for node in several(entry, "encounter")))


def _visit(node: Element, narrative: Narrative) -> Encounter:
    what = called(node, narrative)
    return Encounter(
        what if what.words else replace(what, text="Visit"),
        span(one(node, "effectiveTime")),
        party(one(node, "performer"), "assignedEntity"),
        _place(node),
        tuple(_diagnoses(node, narrative)),
        ids=identifiers(node),
    )


def _place(node: Element) -> str:
    places = [one(found, "participantRole") for found in several(node, "participant") if found.get("typeCode") == "LOC"]
    return next((name for place in places if (name := plain(one(place, "playingEntity/name")))), "")


def _diagnoses(node: Element, narrative: Narrative) -> Iterator[Problem]:
    inner = several(node, "entryRelationship/act/entryRelationship/observation")
    for seen in inner + several(node, "entryRelationship/observation"):
        if (problem := problem_in(seen, narrative)) is not None:
            yield problem


def plans(section: Element, narrative: Narrative) -> tuple[list[Plan], int]:
    """What is planned, and how many entries could not be read."""
    return items(section, lambda entry: (_planned(node, narrative) for node in _inside(entry, tuple(_PLANNED))))


def _planned(node: Element, narrative: Narrative) -> Plan | None:
    medicine = local(node) in ("substanceAdministration", "supply")
    what = drug_of(node, narrative) if medicine else called(node, narrative)
    when = span(one(node, "effectiveTime"))
    return Plan(what, _PLANNED[local(node)], when, ids=identifiers(node)) if what else None


def _inside(entry: Element, names: tuple[str, ...]) -> Iterator[Element]:
    for name in names:
        yield from several(entry, name)
