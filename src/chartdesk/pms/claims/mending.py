"""Which field to mend when a claim was not taken in: from the code of a 277CA or the place in a 999.

The code lists are those of STC01-2 and STC01-3 (005010X214) and the segments of 005010X222A1. A place is the kind
of thing where a field is mended: patient, coverage, payer, provider, practice, superbill, or the claim itself.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mend:
    """A field in words and where it is mended."""

    field: str
    place: str


#: No field is named: it is looked at from the claim.
NOTHING = Mend("", "claim")
#: Whose details are mended where, by entity (STC01-3 or NM101).
_OF_ENTITY = {
    "85": ("practice's", "practice"), "87": ("pay-to address's", "practice"), "41": ("submitter's", "practice"),
    "82": ("rendering provider's", "provider"), "DN": ("referring provider's", "circumstances"),
    "DK": ("ordering provider's", "circumstances"), "DQ": ("supervising provider's", "circumstances"),
    "77": ("place of service's", "practice"), "FA": ("place of service's", "practice"),
    "IL": ("insured person's", "coverage"), "HK": ("insured person's", "coverage"), "QC": ("patient's", "patient"),
    "03": ("patient's", "patient"), "PR": ("payer's", "payer"), "GB": ("other insured person's", "coverage"),
    "40": ("receiver's", "practice"), "71": ("attending provider's", "circumstances"),
}  # fmt: skip
#: Status codes about a detail of the entity that is named.
_DETAILS = {
    "124": "name and address", "125": "name", "126": "address", "127": "telephone number", "128": "tax number",
    "145": "taxonomy code", "153": "number", "157": "sex", "158": "date of birth", "164": "member number",
    "500": "postal code", "501": "state", "502": "city", "503": "street", "504": "last name", "505": "first name",
    "514": "middle name", "562": "NPI", "480": "kind of insurance",
}  # fmt: skip
#: Status codes that name a field by themselves.
_FIELDS = {
    "29": Mend("member number and policy", "coverage"), "30": Mend("member number", "coverage"),
    "31": Mend("insured person's name", "coverage"), "32": Mend("member number and policy", "coverage"),
    "33": Mend("member number and insured person's name", "coverage"), "27": Mend("policy", "coverage"),
    "35": Mend("payer and member number", "coverage"), "52": Mend("other insurance", "coverage"),
    "53": Mend("member and group number", "coverage"), "54": Mend("nothing: it is there already", "claim"),
    "78": Mend("nothing: it is there already", "claim"), "746": Mend("nothing: it is there already", "claim"),
    "84": Mend("authorization number", "superbill"), "252": Mend("authorization number", "superbill"),
    "85": Mend("order of the coverages", "coverage"), "88": Mend("dates of the coverage", "coverage"),
    "90": Mend("dates of the coverage", "coverage"), "91": Mend("dates of the coverage", "coverage"),
    "97": Mend("coverage", "coverage"), "109": Mend("coverage", "coverage"), "116": Mend("payer", "coverage"),
    "121": Mend("number of lines", "superbill"), "156": Mend("relationship to the insured person", "coverage"),
    "171": Mend("other insurance", "coverage"), "178": Mend("charges", "superbill"),
    "187": Mend("date of service", "superbill"), "218": Mend("drug code (NDC)", "superbill"),
    "228": Mend("type of bill", "splits"), "230": Mend("hour of admission", "circumstances"),
    "231": Mend("kind of admission", "circumstances"), "234": Mend("patient status", "circumstances"),
    "455": Mend("revenue code", "superbill"), "460": Mend("condition code", "circumstances"),
    "247": Mend("service line", "superbill"), "248": Mend("accident: date, state, cause", "circumstances"),
    "249": Mend("place of service", "superbill"),
    "254": Mend("first diagnosis", "superbill"), "255": Mend("diagnosis", "superbill"),
    "488": Mend("diagnoses of the line", "superbill"), "477": Mend("diagnosis pointer", "superbill"),
    "258": Mend("units", "superbill"), "476": Mend("units", "superbill"), "453": Mend("modifier", "superbill"),
    "454": Mend("procedure code", "superbill"), "507": Mend("procedure code", "superbill"),
    "475": Mend("procedure code for the patient's age", "superbill"), "448": Mend("codes that exclude each other",
    "superbill"), "400": Mend("charges of the lines and their total", "superbill"),
    "402": Mend("charge", "superbill"), "583": Mend("charge of the line", "superbill"),
    "286": Mend("what the first payer paid and adjusted", "claim"), "479": Mend("first payer's number", "payer"),
    "516": Mend("date on which the first payer decided", "claim"),
    "464": Mend("payer's number of the first claim", "claim"), "535": Mend("kind of claim (frequency)", "claim"),
    "718": Mend("filing limit of the payer", "payer"), "24": Mend("enrolment with the payer", "payer"),
    "496": Mend("enrolment with the payer", "payer"), "510": Mend("date in the future", "superbill"),
    "294": Mend("supporting documents", "documents"), "297": Mend("medical records", "documents"),
}  # fmt: skip
#: Segments and elements of a 999: (segment, element, entity or loop or empty) to the field.
_SEGMENTS = {
    ("CLM", 1): Mend("claim number", "claim"), ("CLM", 2): Mend("total charge", "superbill"),
    ("CLM", 5): Mend("place of service and kind of claim", "superbill"), ("HI", 0): Mend("diagnoses", "superbill"),
    ("SV1", 1): Mend("procedure code and modifiers", "superbill"), ("SV1", 2): Mend("charge", "superbill"),
    ("SV1", 4): Mend("units", "superbill"), ("SV1", 7): Mend("diagnosis pointer", "superbill"),
    ("SBR", 9): Mend("kind of insurance", "payer"), ("SBR", 2): Mend("relationship to the insured", "coverage"),
    ("SBR", 3): Mend("group number", "coverage"), ("DMG", 2): Mend("date of birth", "patient"),
    ("DMG", 3): Mend("sex", "patient"), ("DTP", 3): Mend("date of service", "superbill"),
    ("SVD", 0): Mend("what the first payer paid", "claim"), ("CAS", 0): Mend("first payer's adjustments", "claim"),
    ("CLM", 11): Mend("cause and state of the accident", "circumstances"), ("PWK", 0): Mend("documents", "documents"),
    ("SV2", 1): Mend("revenue code", "superbill"), ("SV2", 2): Mend("procedure code and modifiers", "superbill"),
    ("SV2", 3): Mend("charge", "superbill"), ("SV2", 5): Mend("units", "superbill"),
    ("CL1", 0): Mend("how the patient came and left", "circumstances"),
    ("PRV", 3): Mend("taxonomy code", "provider"), ("REF", 2): Mend("reference number", "claim"),
}  # fmt: skip
_NAMES = {3: "last name", 4: "first name", 5: "middle name", 9: "number"}
_ADDRESSES = {("N3", 1): "street", ("N3", 2): "suite", ("N4", 1): "city", ("N4", 2): "state", ("N4", 3): "postal code"}
#: Whose name and address stand in a loop of the 837P, as entities.
_LOOPS = {
    "2010AA": "85", "2010AB": "87", "1000A": "41", "1000B": "40", "2010BA": "IL", "2010CA": "QC", "2010BB": "PR",
    "2310A": "DN", "2310B": "82", "2310C": "77", "2330A": "GB", "2330B": "PR", "2420A": "82",
    "2310D": "DQ", "2420D": "DQ", "2420E": "DK", "2420F": "DN",
}  # fmt: skip
#: Where an 837I has other people in the same loops.
_FACILITY_LOOPS = _LOOPS | {
    "2310A": "71", "2310B": "72", "2310C": "ZZ", "2310D": "82", "2310E": "77", "2310F": "DN", "2420C": "82",
    "2420D": "DN",
}  # fmt: skip


def of_status(code: str, entity: str = "") -> Mend:
    """The field behind a status code (STC01-2) and the entity it speaks of (STC01-3)."""
    whose, place = _OF_ENTITY.get(entity, ("", "claim"))
    if code in _DETAILS:
        return Mend(f"{whose} {_DETAILS[code]}".strip(), place)
    if code == "26":
        return Mend(f"{whose} number at the payer".strip(), "practice" if entity == "85" else place)
    return _FIELDS.get(code, NOTHING)


def of_fault(tag: str, element: int, loop: str = "", *, institutional: bool = False) -> Mend:
    """The field behind a fault of a 999: the segment, its element, and the loop it stands in."""
    loops = _FACILITY_LOOPS if institutional else _LOOPS
    whose, place = _OF_ENTITY.get(loops.get(loop, ""), ("", "claim"))
    if tag == "NM1" and whose:
        return Mend(f"{whose} {_NAMES.get(element, 'name')}", place)
    if (tag, element) in _ADDRESSES:
        return Mend(f"{whose} {_ADDRESSES[tag, element]}".strip(), place)
    if tag in ("N3", "N4") and whose:
        return Mend(f"{whose} address", place)
    if tag == "DMG" and loop == "2010BA" and (tag, element) in _SEGMENTS:
        return Mend(f"{whose} {_SEGMENTS[tag, element].field}", place)
    return _SEGMENTS.get((tag, element)) or _SEGMENTS.get((tag, 0)) or NOTHING
