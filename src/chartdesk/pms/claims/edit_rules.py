"""Rules by what is published about codes: NCCI pairs, most units, add-on codes, MCE, HCPCS, Excludes1.

They look for nothing where the table was not imported. Lines of other claims for the same patient, day and payer count
where the payer counts them: for pairs, for units by day, and for the primary code of an add-on code.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from chartdesk.pms.claims.content import ClaimContent, Line
from chartdesk.pms.claims.published import Published
from chartdesk.pms.claims.rules import Faults, ScrubRule
from chartdesk.standards.terminology.excludes import excluded

#: Modifiers that let a pair with the indicator 1 be paid (NCCI Policy Manual, chapter I).
_BYPASS = frozenset(
    "E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 TA T1 T2 T3 T4 T5 T6 T7 T8 T9 LT RT LC LD RC LM RI 24 25 57 58 78 79 27"
    " 59 91 XE XS XP XU".split()
)


_NOTHING = Published()


def _published(claim: ClaimContent) -> Published:
    """What is published about the claim's codes. A void says what was sent, be it right or wrong."""
    if claim.facts is None or claim.frequency == "8":
        return _NOTHING
    return claim.facts.published or _NOTHING


def _pairs(claim: ClaimContent) -> Faults:
    for pair in _published(claim).pairs:
        if pair.modifier == "9" or pair.column1 == pair.column2:
            continue
        firsts, seconds = _placed(claim, pair.column1), _placed(claim, pair.column2)
        if pair.modifier == "1" and any(_BYPASS & set(used) for _, used, _ in (*firsts, *seconds)):
            continue
        for number, _, elsewhere in seconds:
            for other, _, there in firsts:
                if (number or other) and not (elsewhere and there):
                    where = f" on claim {there or elsewhere}" if there or elsewhere else ""
                    helps = (
                        "a modifier may say that both were separate" if pair.modifier == "1" else "no modifier helps"
                    )
                    yield number or other, f"{pair.column2} is not paid beside {pair.column1}{where}; {helps}."
                    break


def _placed(claim: ClaimContent, code: str) -> list[tuple[int, tuple[str, ...], str]]:
    """Where a code stands: its line (0: not on this claim), its modifiers, and the other claim's number."""
    own = [(number, line.modifiers, "") for number, line in enumerate(claim.lines, start=1) if line.code == code]
    beside = claim.facts.beside if claim.facts else ()
    return own + [(0, used, number) for number, other, used, _ in beside if other == code]


def _units_line(claim: ClaimContent) -> Faults:
    for number, line, limit in _limited(claim, "1"):
        if line.units > limit:
            yield number, f"{line.code} has {line.units.normalize():f} units; {limit} are paid on a line."


def _units_day(claim: ClaimContent) -> Faults:
    yield from _by_day(claim, "2")


def _units_reviewed(claim: ClaimContent) -> Faults:
    yield from _by_day(claim, "3")


def _limited(claim: ClaimContent, indicator: str) -> Iterator[tuple[int, Line, int]]:
    limits = _published(claim).limits
    for number, line in enumerate(claim.lines, start=1) if limits else ():
        limit = limits.get(line.code)
        if limit is not None and limit.indicator == indicator:
            yield number, line, limit.units


def _by_day(claim: ClaimContent, indicator: str) -> Faults:
    sums: dict[str, Decimal] = {}
    beside = claim.facts.beside if claim.facts else ()
    for number, line, limit in _limited(claim, indicator):
        if line.code not in sums:
            sums[line.code] = sum((units for _, code, _, units in beside if code == line.code), Decimal(0))
        before, sums[line.code] = sums[line.code], sums[line.code] + line.units
        if before <= limit < sums[line.code]:
            yield number, f"{line.code} has {sums[line.code].normalize():f} units on this day; {limit} are paid."


def _add_on(claim: ClaimContent) -> Faults:
    add_ons = _published(claim).add_ons
    if not add_ons:
        return
    beside = claim.facts.beside if claim.facts else ()
    codes = {line.code for line in claim.lines} | {code for _, code, _, _ in beside}
    for number, line in enumerate(claim.lines, start=1):
        known = add_ons.get(line.code)
        if known is None or known.primaries & codes:
            continue
        if not known.open:
            yield number, f"{line.code} is an add-on code; none of the codes it adds to is billed for this day."
        elif codes <= set(add_ons):
            yield number, f"{line.code} is an add-on code and stands alone."


def _diagnosis_age(claim: ClaimContent) -> Faults:
    born, on = claim.patient.birth_date, claim.service_date
    if born is None or born > on:
        return
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    known = [one for one in _published(claim).diagnoses if one.kind == "age"]
    for code in dict.fromkeys(one.code for one in known):
        spans = [one for one in known if one.code == code]
        if not any(one.low <= age <= one.high for one in spans):
            words = " or ".join(f"{one.low} to {one.high}" for one in spans)
            yield 0, f"{code} is for the ages of {words}; the patient was {age}."


def _diagnosis_sex(claim: ClaimContent) -> Faults:
    sex = {"female": "F", "male": "M"}.get(claim.patient.sex)
    for one in _published(claim).diagnoses:
        if one.kind == "sex" and sex is not None and one.sex != sex:
            yield 0, f"{one.code} is not coded for a {claim.patient.sex} patient on this day."


def _manifestation(claim: ClaimContent) -> Faults:
    for one in _published(claim).diagnoses:
        if one.kind == "manifestation" and claim.diagnoses[:1] == (one.code,):
            yield 0, f"{one.code} is how another disease shows itself and stands first."


def _principal(claim: ClaimContent) -> Faults:
    for one in _published(claim).diagnoses:
        if one.kind == "principal" and claim.diagnoses[:1] == (one.code,):
            yield 0, f"{one.code} tells a circumstance and stands first."


def _hcpcs(claim: ClaimContent) -> Faults:
    listed = _published(claim).listed
    if listed is None:
        return
    for number, line in enumerate(claim.lines, start=1):
        if line.code[:1].isalpha():
            known = listed.get(line.code)
            if known is None:
                yield number, f"{line.code} is not a HCPCS code."
            elif not known.holds(claim.service_date):
                yield number, f"{line.code} was not in use on {claim.service_date:%b %-d, %Y}."


def _excludes(claim: ClaimContent) -> Faults:
    for one in excluded(claim.diagnoses):
        yield 0, f"{one.second} is not coded beside {one.first}: under {one.under}, “{one.words}”."


RULES = (
    ScrubRule("ncci_pair", "error", "superbill", "Of an NCCI pair only the first code is paid.",
              "Remove the second code, or add modifier 59 (or XE, XS, XP, XU) for a separate service.", _pairs),
    ScrubRule("units_line", "error", "superbill", "More units than the MUE of a line are denied.",
              "Correct the units, or bill the rest on a line of its own with a modifier.", _units_line),
    ScrubRule("units_day", "error", "superbill", "More units a day than the MUE are never paid.",
              "Correct the units.", _units_day),
    ScrubRule("units_day_reviewed", "warning", "superbill", "More units a day than the MUE are paid on review only.",
              "See that the note supports them.", _units_reviewed),
    ScrubRule("add_on_alone", "error", "superbill", "An add-on code is paid beside its primary code only.",
              "Add the primary code, or remove the add-on code.", _add_on),
    ScrubRule("diagnosis_age", "error", "superbill", "Some diagnoses belong to an age (MCE).",
              "Correct the diagnosis, or the patient's birth date.", _diagnosis_age),
    ScrubRule("diagnosis_sex", "warning", "superbill", "Before October 2024 some diagnoses belonged to a sex (MCE).",
              "Correct the diagnosis, or the patient's sex.", _diagnosis_sex),
    ScrubRule("manifestation_first", "error", "superbill", "A manifestation follows the disease that causes it (MCE).",
              "Put the disease first.", _manifestation),
    ScrubRule("circumstance_first", "warning", "superbill", "A circumstance is no reason by itself (MCE).",
              "Put the disease or injury first, where there is one.", _principal),
    ScrubRule("hcpcs_code", "error", "superbill", "A HCPCS code is billed while it is in use.",
              "Choose the code that took its place.", _hcpcs),
    ScrubRule("excludes1", "warning", "superbill", "Excludes1: the tabular list keeps the two codes apart.",
              "Keep the one that the note supports; both only where they are unrelated.", _excludes),
)  # fmt: skip
