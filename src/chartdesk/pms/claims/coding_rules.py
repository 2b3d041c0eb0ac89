"""Rules about what was done and why: diagnoses, procedures, modifiers, units, amounts, places."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from chartdesk.kit.money import dollars as in_dollars
from chartdesk.pms.claims.content import ClaimContent
from chartdesk.pms.claims.rules import Faults, Figure, ScrubRule
from chartdesk.standards.terminology import icd10

#: CMS place of service codes in use.
_PLACES = frozenset(
    f"{number:02d}"
    for number in (
        *range(1, 28),
        31,
        32,
        33,
        34,
        41,
        42,
        49,
        *range(50, 59),
        60,
        61,
        62,
        65,
        66,
        71,
        72,
        81,
        99,
    )
)
_CODE, _MODIFIER = re.compile(r"[0-9A-Z]\d{3}[0-9A-Z]"), re.compile(r"[0-9A-Z]{2}")
_TELEHEALTH = ("02", "10")
_TELEHEALTH_MODIFIERS = {"95", "GT", "GQ", "93", "FQ"}
#: Preventive visits and the ages, in full years, that they are for.
_AGES = {
    "99381": (0, 0), "99382": (1, 4), "99383": (5, 11), "99384": (12, 17), "99385": (18, 39),
    "99386": (40, 64), "99387": (65, 150), "99391": (0, 0), "99392": (1, 4), "99393": (5, 11),
    "99394": (12, 17), "99395": (18, 39), "99396": (40, 64), "99397": (65, 150),
}  # fmt: skip
_HUNDREDTH = Decimal("0.01")
_VISITS = frozenset(f"992{number:02d}" for number in (2, 3, 4, 5, 11, 12, 13, 14, 15))
#: Taking a sample of blood is no procedure beside which a visit needs a modifier.
_SAMPLES = frozenset({"36415", "36416"})
_ADMINISTRATIONS = frozenset({"90471", "90472", "90473", "90474", "96372"})


def _no_diagnosis(claim: ClaimContent) -> Faults:
    if not claim.diagnoses:
        yield 0, "The claim has no diagnosis."


def _diagnosis_code(claim: ClaimContent) -> Faults:
    for place, code in enumerate(claim.diagnoses, start=1):
        if not icd10.is_billable(code):
            yield 0, f"Diagnosis {place}, {code}, is not a billable ICD-10-CM code."


def _diagnosis_twice(claim: ClaimContent) -> Faults:
    for place, code in enumerate(claim.diagnoses, start=1):
        if code in claim.diagnoses[: place - 1]:
            yield 0, f"Diagnosis {place}, {code}, stands on the claim twice."


def _many_diagnoses(claim: ClaimContent) -> Faults:
    if len(claim.diagnoses) > (12 if claim.institutional is None else 25):
        yield 0, f"The claim has {len(claim.diagnoses)} diagnoses."


def _external_cause(claim: ClaimContent) -> Faults:
    if claim.diagnoses and claim.diagnoses[0][:1] in ("V", "W", "X", "Y"):
        yield 0, f"{claim.diagnoses[0]} is an external cause and stands first."


def _unspecified(claim: ClaimContent) -> Faults:
    for place, code in enumerate(claim.diagnoses, start=1):
        if _is_unspecified(code):
            yield 0, f"Diagnosis {place}, {code}, is unspecified."


@lru_cache(maxsize=4096)
def _is_unspecified(code: str) -> bool:
    return icd10.is_billable(code) and "unspecified" in icd10.lookup(code).description.lower()


def _lines(claim: ClaimContent) -> Faults:
    if not claim.lines:
        yield 0, "The claim has no line."
    elif len(claim.lines) > 50:
        yield 0, f"The claim has {len(claim.lines)} lines."


def _procedure(claim: ClaimContent) -> Faults:
    for number, line in enumerate(claim.lines, start=1):
        if not _CODE.fullmatch(line.code):
            yield number, f"{line.code or 'An empty code'} is not a CPT or HCPCS code."


def _pointer_absent(claim: ClaimContent) -> Faults:
    for number, line in enumerate(claim.lines, start=1):
        for pointer in line.pointers:
            if not 1 <= pointer <= len(claim.diagnoses):
                yield number, f"{line.code} points to diagnosis {pointer} of {len(claim.diagnoses)}."


def _pointer_missing(claim: ClaimContent) -> Faults:
    if claim.institutional is not None:  # its diagnoses are the whole claim's
        return
    for number, line in enumerate(claim.lines, start=1):
        if not line.pointers:
            yield number, f"{line.code} points to no diagnosis."


def _pointer_count(claim: ClaimContent) -> Faults:
    if claim.institutional is not None:
        return
    for number, line in enumerate(claim.lines, start=1):
        if len(line.pointers) > 4:
            yield number, f"{line.code} points to {len(line.pointers)} diagnoses."
        elif len(set(line.pointers)) != len(line.pointers):
            yield number, f"{line.code} points to one diagnosis twice."


def _modifier_form(claim: ClaimContent) -> Faults:
    for number, line in enumerate(claim.lines, start=1):
        for modifier in line.modifiers:
            if not _MODIFIER.fullmatch(modifier):
                yield number, f"{modifier or 'An empty text'} is not a modifier."
        if len(line.modifiers) > 4:
            yield number, f"{line.code} has {len(line.modifiers)} modifiers."
        elif len(set(line.modifiers)) != len(line.modifiers):
            yield number, f"{line.code} has a modifier twice."


def _units(claim: ClaimContent, most: Decimal) -> Faults:
    for number, line in enumerate(claim.lines, start=1):
        if not 0 < line.units <= most:
            yield number, f"{line.code} has {line.units.normalize():f} units."
        elif line.units % _HUNDREDTH:
            yield number, f"{line.code} has units with more than two places."


def _zero_charge(claim: ClaimContent) -> Faults:
    for number, line in enumerate(claim.lines, start=1):
        if line.amount <= 0:
            yield number, f"{line.code} is charged at {in_dollars(line.amount)}."


def _unusual(claim: ClaimContent, dollars: Decimal) -> Faults:
    if claim.total > dollars:
        yield 0, f"The claim comes to {in_dollars(claim.total)}."


def _total(claim: ClaimContent) -> Faults:
    if claim.total != claim.charged:
        yield 0, f"The claim says {in_dollars(claim.total)}, its lines sum to {in_dollars(claim.charged)}."


def _same_line(claim: ClaimContent) -> Faults:
    seen: dict[tuple[str, tuple[str, ...]], int] = {}
    for number, line in enumerate(claim.lines, start=1):
        first = seen.setdefault((line.code, line.modifiers), number)
        if first != number:
            yield number, f"Line {number} repeats line {first}: {line.code}."


def _place(claim: ClaimContent) -> Faults:
    if claim.place_of_service not in _PLACES:
        yield 0, f"{claim.place_of_service or 'An empty text'} is not a place of service code."


def _telehealth(claim: ClaimContent) -> Faults:
    if claim.place_of_service not in _TELEHEALTH:
        return
    for number, line in enumerate(claim.lines, start=1):
        if line.code in _VISITS and not _TELEHEALTH_MODIFIERS & set(line.modifiers):
            yield number, f"{line.code} by telehealth has no modifier that says so."


def _age(claim: ClaimContent) -> Faults:
    born, on = claim.patient.birth_date, claim.service_date
    if born is None or born > on:
        return
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    for number, line in enumerate(claim.lines, start=1):
        if line.code in _AGES:
            youngest, oldest = _AGES[line.code]
            if not youngest <= age <= oldest:
                yield number, f"{line.code} is not for the age of {age}."


def _visit_with_procedure(claim: ClaimContent) -> Faults:
    codes = {one.code for one in claim.lines} - _SAMPLES
    done = any(code in _ADMINISTRATIONS or "10000" <= code <= "69999" for code in codes)
    for number, line in enumerate(claim.lines, start=1):
        if done and line.code in _VISITS and not {"25", "57"} & set(line.modifiers):
            yield number, f"{line.code} stands beside a procedure without modifier 25."


RULES = (
    ScrubRule("diagnosis_missing", "error", "superbill", "Payers pay for a reason.",
              "Add the diagnosis.", _no_diagnosis),
    ScrubRule("diagnosis_code", "error", "superbill", "A category, or an unknown code, is refused.",
              "Choose the most specific code.", _diagnosis_code),
    ScrubRule("diagnosis_repeated", "error", "superbill", "A diagnosis is said once.",
              "Remove it.", _diagnosis_twice),
    ScrubRule("diagnosis_count", "error", "superbill", "A claim holds twelve diagnoses, an institutional one 25.",
              "Keep those that the lines point to.", _many_diagnoses, fixed=True),
    ScrubRule("external_cause_first", "error", "superbill", "What caused an injury never stands first.",
              "Put the injury first.", _external_cause),
    ScrubRule("diagnosis_unspecified", "warning", "superbill", "Payers ask for the specific code.",
              "Choose a more specific code if the note supports it.", _unspecified),
    ScrubRule("line_count", "error", "superbill", "A claim holds 1 to 50 lines.",
              "Add a line, or split the charges.", _lines, fixed=True),
    ScrubRule("procedure_code", "error", "superbill", "Payers know five-character codes only.",
              "Correct the code.", _procedure),
    ScrubRule("pointer_absent", "error", "superbill", "A line may point only to a diagnosis that is there.",
              "Correct the pointer, or add the diagnosis.", _pointer_absent, fixed=True),
    ScrubRule("pointer_missing", "error", "superbill", "Each line names the diagnoses it was done for.",
              "Point the line to a diagnosis.", _pointer_missing),
    ScrubRule("pointer_count", "error", "superbill", "A line holds four pointers, each different.",
              "Keep the four that matter most.", _pointer_count, fixed=True),
    ScrubRule("modifier", "error", "superbill", "A modifier is two characters, four at most, each once.",
              "Correct the modifiers.", _modifier_form),
    ScrubRule("units", "error", "superbill", "Units are more than none and within reason.",
              "Correct the units.", _units, {"most": Figure("Units on a line, at most", Decimal(999))}),
    ScrubRule("charge_unusual", "warning", "superbill", "A charge far above the usual is often a slip.",
              "Compare it with the fee schedule.", _unusual,
              {"dollars": Figure("Dollars on a claim, more than", Decimal(25_000))}),
    ScrubRule("zero_charge", "error", "superbill", "A line without a charge is refused.",
              "Give the line its price, or remove it.", _zero_charge),
    ScrubRule("total", "error", "claim", "The total is the sum of the lines.",
              "Build the claim anew.", _total, fixed=True),
    ScrubRule("line_repeated", "error", "superbill", "Twice the same line is denied as a duplicate.",
              "Raise the units, or add a modifier such as 59 or 76.", _same_line),
    ScrubRule("place_of_service", "error", "superbill", "Payers price by the place.",
              "Choose a place of service code.", _place),
    ScrubRule("telehealth_modifier", "warning", "superbill", "Payers want telehealth said by modifier.",
              "Add modifier 95, or 93 for audio only.", _telehealth),
    ScrubRule("age", "warning", "superbill", "Preventive visits are coded by age.",
              "Choose the code for the patient's age.", _age),
    ScrubRule("visit_with_procedure", "warning", "superbill", "A visit with a procedure needs 25.",
              "Add modifier 25 if the visit was separate.", _visit_with_procedure),
)  # fmt: skip
