"""Reading problems, allergies and medicines: the lists that a receiver reconciles.

An item is found by its shape, not by its template: vendors leave templates out, put the observation without the act
around it, give a code only as a translation or only in words. Guide section: C-CDA R2.1 Allergy Concern Act, Problem
Concern Act, Medication Activity, and what stands in them.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartdesk.standards.ccda import oids
from chartdesk.standards.ccda.document import Allergy, Coded, Medication, Party, Problem, Reaction, Span
from chartdesk.standards.ccda.narrative import Narrative
from chartdesk.standards.ccda.parsing import XSI_TYPE, Element, items, one, plain, roots, several, value
from chartdesk.standards.ccda.values import coded, identifiers, moment, party, span, text_of, unit

_REACTION, _SEVERITY, _CRITICALITY = "2.16.840.1.113883.10.20.22.4.9", "2.16.840.1.113883.10.20.22.4.8", "82606-5"
#: LOINC: the status of a problem; the state of health, which is none.
_STATUS, _HEALTH = "33999-4", "11323-3"
_STATUSES = {
    "55561003": "active",
    "73425007": "inactive",
    "413322009": "resolved",
    "246455001": "active",
    "90734009": "active",
    "7087005": "active",
    "277022003": "inactive",
}
_SEVERITIES = {"255604002": "mild", "371923003": "moderate", "6736007": "moderate", "371924009": "severe"}
_SEVERITIES |= {"24484000": "severe", "399166001": "severe"}
_CRITICALITIES = {"CRITL": "low", "CRITH": "high", "CRITU": "unable-to-assess"}
#: What kind of allergy a code of SNOMED CT says it is.
_CATEGORIES = {
    **dict.fromkeys(("416098002", "59037007", "419511003", "294505008", "106190000"), "medication"),
    **dict.fromkeys(("414285001", "235719002", "418471000"), "food"),
    **dict.fromkeys(("426232007", "232347008"), "environment"),
    # To any substance: these say nothing of its kind.
    **dict.fromkeys(("419199007", "418038007", "420134006"), ""),
}
#: Codes that say that no allergy is known → of which category (any where it is empty); codes that deny a problem.
NO_ALLERGY = {
    "716186003": "",
    "160244002": "",
    "409137002": "medication",
    "428607008": "environment",
    "429625007": "food",
}
NO_PROBLEM = {"160245001"}


def problems(section: Element, narrative: Narrative) -> tuple[list[Problem], int]:
    """The problems of a section, and how many entries could not be read."""
    return items(section, lambda entry: (_problem(act, seen, narrative) for act, seen in _observed(entry)))


def problem_in(seen: Element, narrative: Narrative) -> Problem | None:
    """A problem observation that stands in another entry, such as a visit's diagnosis."""
    return _problem(None, seen, narrative)


def _observed(entry: Element) -> Iterator[tuple[Element | None, Element]]:
    """(act around it, observation) of an entry: one act may hold several observations, or there is no act."""
    for act in several(entry, "act"):
        for related in several(act, "entryRelationship"):
            for seen in several(related, "observation"):
                if value(seen, "code", "code") not in (_STATUS, _HEALTH):
                    yield act, seen
    for seen in several(entry, "observation"):
        yield None, seen


def _problem(act: Element | None, seen: Element, narrative: Narrative) -> Problem | None:
    what = coded(one(seen, "value"), narrative)
    if not what.words:
        typed = plain(one(seen, "value"))
        words = typed or text_of(seen, narrative) or (text_of(act, narrative) if act is not None else "")
        what = Coded(what.code, what.system, what.display, words, what.translations, what.null)
    if not what:
        return None
    when = span(one(seen, "effectiveTime"))
    return Problem(
        what,
        _status(seen, act, when),
        when,
        negated=value(seen, name="negationInd") == "true" or bool({code for _, code in what.codings} & NO_PROBLEM),
        ids=identifiers(seen) or identifiers(act),
        author=_author(seen, act),
    )


def allergies(section: Element, narrative: Narrative) -> tuple[list[Allergy], int]:
    """The allergies of a section, and how many entries could not be read."""
    return items(section, lambda entry: (_allergy(act, seen, narrative) for act, seen in _observed(entry)))


def _allergy(act: Element | None, seen: Element, narrative: Narrative) -> Allergy | None:
    kind = coded(one(seen, "value"), narrative)
    playing = one(seen, "participant/participantRole/playingEntity")
    substance = coded(one(playing, "code"), narrative)
    named = plain(one(playing, "name"))
    if named and (not substance.code or not substance.words):
        substance = Coded(substance.code, substance.system, "", named, substance.translations)
    negated = value(seen, name="negationInd") == "true"
    said = {code for _, code in (*kind.codings, *substance.codings)} & set(NO_ALLERGY)
    # "Not allergic to peanuts" is not "no known allergies".
    none_known = bool(said) or (negated and not substance)
    if not substance and not none_known:
        # Some send the substance as the value itself, others in words alone.
        known = kind.code in _CATEGORIES
        substance = kind if kind and not known else Coded(text=text_of(seen, narrative))
        if not substance:
            return None
    when = span(one(seen, "effectiveTime"))
    reactions, severity, criticality = _told(seen, narrative)
    return Allergy(
        substance,
        _category(kind, substance, said),
        tuple(reactions),
        severity,
        criticality,
        _status(seen, act, when),
        when,
        none_known,
        negated and not none_known,
        ids=identifiers(seen) or identifiers(act),
        author=_author(seen, act),
    )


def _category(kind: Coded, substance: Coded, said: set[str]) -> str:
    """The category of the allergy, or of the allergies of which none is known."""
    if said:
        return NO_ALLERGY[min(said)]
    return _CATEGORIES.get(kind.code) or ("medication" if _is_medicine(substance) else "")


def _is_medicine(substance: Coded) -> bool:
    return any(system in (oids.RXNORM, oids.NDC) for system, _ in substance.codings)


def _told(seen: Element, narrative: Narrative) -> tuple[list[Reaction], str, str]:
    """Reactions, the severity of the allergy itself, and its criticality."""
    reactions, severity, criticality = [], "", ""
    for found in several(seen, "entryRelationship/observation"):
        if _SEVERITY in roots(found) or value(found, "code", "code") == "SEV":
            severity = _severity(found, narrative)
        elif value(found, "code", "code") == _CRITICALITY:
            criticality = _CRITICALITIES.get(value(found, "value", "code"), "")
        elif _REACTION in roots(found) or value(found.getparent(), name="typeCode") == "MFST":
            what = coded(one(found, "value"), narrative)
            if not what.words:
                what = Coded(what.code, what.system, "", text_of(found, narrative) or plain(one(found, "value")))
            inner = one(found, "entryRelationship/observation")
            if what:
                reactions.append(Reaction(what, _severity(inner, narrative) if inner is not None else ""))
    return reactions, severity, criticality


def _severity(found: Element, narrative: Narrative) -> str:
    what = coded(one(found, "value"), narrative)
    known = next((_SEVERITIES[code] for _, code in what.codings if code in _SEVERITIES), "")
    return known or next((word for word in ("mild", "moderate", "severe") if word in what.words.casefold()), "")


def _status(seen: Element, act: Element | None, when: Span) -> str:
    """Active, inactive or resolved: as a status observation says, else the act, else the end of its time."""
    for found in several(seen, "entryRelationship/observation"):
        if value(found, "code", "code") == _STATUS:
            code, words = value(found, "value", "code"), value(found, "value", "displayName").casefold()
            told = _STATUSES.get(code) or next((one for one in ("inactive", "resolved", "active") if one in words), "")
            if told:
                return told
    if value(act, "statusCode", "code") in ("completed", "aborted") or when.high:
        return "resolved"
    return "inactive" if value(act, "statusCode", "code") == "suspended" else "active"


def _author(seen: Element, act: Element | None) -> Party:
    found = one(seen, "author")
    found = found if found is not None else one(act, "author")
    return party(found, "assignedAuthor", at=moment(value(found, "time")))


def medications(section: Element, narrative: Narrative) -> tuple[list[Medication], int]:
    """The medicines of a section, and how many entries could not be read."""
    return items(section, lambda entry: (_medication(one, narrative) for one in _given(entry)))


def _given(entry: Element) -> list[Element]:
    within = "act/entryRelationship/substanceAdministration"
    return several(entry, "substanceAdministration") or several(entry, within)


def drug_of(given: Element, narrative: Narrative) -> Coded:
    """The product of a substance administration: a code, or its name alone."""
    product = one(given, "consumable/manufacturedProduct")
    material = one(product, "manufacturedMaterial")
    material = material if material is not None else one(product, "manufacturedLabeledDrug")
    drug = coded(one(material, "code"), narrative)
    if not drug.words:
        words = plain(one(material, "name")) or text_of(given, narrative)
        drug = Coded(drug.code, drug.system, drug.display, words, drug.translations, drug.null)
    return drug


def _medication(given: Element, narrative: Narrative) -> Medication | None:
    drug = drug_of(given, narrative)
    if not drug:
        return None
    when, often = _times(given)
    dose = one(given, "doseQuantity")
    state = value(given, "statusCode", "code")
    return Medication(
        drug,
        _taken(given, state),
        when,
        _sig(given, narrative, drug),
        value(dose) or value(dose, "center") or value(dose, "low"),
        unit(dose),
        coded(one(given, "routeCode"), narrative) if one(given, "routeCode") is not None else Coded(),
        often,
        _reason(given, narrative),
        planned=value(given, name="moodCode") == "INT",
        negated=value(given, name="negationInd") == "true",
        ids=identifiers(given),
        author=_author(given, None),
    )


def _taken(given: Element, state: str) -> str:
    """active, completed, stopped or on-hold; a status observation of older guides goes first."""
    for found in several(given, "entryRelationship/observation"):
        if value(found, "code", "code") == _STATUS:
            words = value(found, "value", "displayName").casefold()
            if "no longer" in words or "discontinued" in words or "inactive" in words:
                return "stopped"
    return {"aborted": "stopped", "suspended": "on-hold", "completed": "completed", "cancelled": "stopped"}.get(
        state, "active"
    )


def _times(given: Element) -> tuple[Span, str]:
    """From when until when, and how often in words."""
    when, often = Span(), []
    for found in several(given, "effectiveTime"):
        kind = (found.get(XSI_TYPE) or "").rpartition(":")[2]
        period = one(found, "period")
        if kind == "PIVL_TS" or period is not None:
            often.append(_period(period))
        elif kind == "EIVL_TS" or one(found, "event") is not None:
            often.append(_EVENTS.get(value(found, "event", "code"), value(found, "event", "code")))
        elif not when.low and not when.high:
            when = span(found)
    return when, ", ".join(part for part in often if part)


_EVENTS = {"AC": "before meals", "PC": "after meals", "HS": "at bedtime", "ACM": "before breakfast", "C": "with meals"}
_UNITS = {"h": "hour", "d": "day", "wk": "week", "mo": "month", "min": "minute"}


def _period(period: Element | None) -> str:
    count, unit_ = value(period), _UNITS.get(value(period, name="unit"), value(period, name="unit"))
    if not count:
        low, high = value(period, "low"), value(period, "high")
        unit_ = _UNITS.get(value(period, "low", "unit"), value(period, "low", "unit"))
        count = f"{low} to {high}" if low and high else low or high
    if not count:
        return ""
    return f"every {unit_}" if count == "1" else f"every {count} {unit_}s"


def _sig(given: Element, narrative: Narrative, drug: Coded) -> str:
    """The instruction in words, where the sender wrote one: of its own template, an instruction act, or the text."""
    for found in several(given, "entryRelationship/substanceAdministration"):
        if value(found, "code", "code") == "76662-6":
            return text_of(found, narrative)
    for found in several(given, "entryRelationship/act"):
        if value(found.getparent(), name="inversionInd") == "true" and (words := text_of(found, narrative)):
            return words
    words = text_of(given, narrative)
    return "" if words == drug.words else words


def _reason(given: Element, narrative: Narrative) -> Coded:
    for found in several(given, "entryRelationship"):
        if value(found, name="typeCode") == "RSON" and (seen := one(found, "observation")) is not None:
            return coded(one(seen, "value"), narrative)
    return Coded()


__all__ = ["NO_ALLERGY", "NO_PROBLEM", "allergies", "drug_of", "medications", "problem_in", "problems"]
