"""The sections we know: their word, LOINC code, templates and the title they are written with."""

from __future__ import annotations

from typing import NamedTuple

_CCDA = "2.16.840.1.113883.10.20.22.2."
_OLD = "2.16.840.1.113883.10.20.1."


class Kind(NamedTuple):
    """A kind of section. ``template`` is written with ``extension``; any of ``roots`` is read."""

    word: str
    loinc: str
    title: str
    loinc_name: str
    template: str
    extension: str
    roots: tuple[str, ...]


def _kind(word: str, loinc: str, title: str, name: str, part: str, extension: str, *more: str) -> Kind:
    roots = (f"{_CCDA}{part}", f"{_CCDA}{part.removesuffix('.1')}", *more)
    return Kind(word, loinc, title, name, f"{_CCDA}{part}", extension, roots)


_REFERRAL = "1.3.6.1.4.1.19376.1.5.3.1.3.1"
#: In the order in which they are written.
KINDS = (
    Kind("referral", "42349-1", "Reason for referral", "Reason for referral", _REFERRAL, "2014-06-09", (_REFERRAL,)),
    _kind("allergies", "48765-2", "Allergies", "Allergies and adverse reactions", "6.1", "2015-08-01", f"{_OLD}2"),
    _kind("medications", "10160-0", "Medications", "History of medication use", "1.1", "2014-06-09", f"{_OLD}8"),
    _kind("problems", "11450-4", "Problems", "Problem list", "5.1", "2015-08-01", f"{_OLD}11"),
    _kind("assessment", "51848-0", "Assessment", "Evaluation note", "8", ""),
    _kind("plan", "18776-5", "Plan of treatment", "Plan of care note", "10", "2014-06-09", f"{_OLD}10"),
    _kind("procedures", "47519-4", "Procedures", "History of procedures", "7.1", "2014-06-09", f"{_OLD}12"),
    _kind(
        "results", "30954-2", "Results", "Relevant diagnostic tests/laboratory data", "3.1", "2015-08-01", f"{_OLD}14"
    ),
    _kind("vitals", "8716-3", "Vital signs", "Vital signs", "4.1", "2015-08-01", f"{_OLD}16"),
    _kind("immunizations", "11369-6", "Immunizations", "History of immunization", "2.1", "2015-08-01", f"{_OLD}6"),
    _kind("social", "29762-2", "Social history", "Social history", "17", "2015-08-01", f"{_OLD}15"),
    _kind("encounters", "46240-8", "Encounters", "History of encounters", "22.1", "2015-08-01", f"{_OLD}3"),
)
BY_WORD = {kind.word: kind for kind in KINDS}
_BY_LOINC = {kind.loinc: kind.word for kind in KINDS}
_BY_ROOT = {root: kind.word for kind in KINDS for root in kind.roots}
#: Other LOINC codes under which vendors send the same thing.
_ALSO = {
    "11348-0": "past-problems",
    "10155-0": "allergies",
    "29549-3": "medications",
    "42346-7": "medications",
    "10183-2": "medications",
    "51847-2": "assessment",
    "61145-9": "plan",
    "61149-1": "plan",
}


def kind_of(loinc: str, roots: tuple[str, ...]) -> str:
    """The word of a section with that LOINC code and those template roots; empty where we do not know it.

    The code decides, as it says what the section is about, and templates do where vendors left it out.
    """
    found = _BY_LOINC.get(loinc) or _ALSO.get(loinc)
    return found or next((_BY_ROOT[root] for root in roots if root in _BY_ROOT), "")
