"""Rules about why the patient came: accidents, dates of illness and hospital, and who referred or ordered."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from chartdesk.pms.charges.circumstances import misordered, orderable, seen
from chartdesk.pms.claims import told
from chartdesk.pms.claims.content import ClaimContent
from chartdesk.pms.claims.numbers import valid_npi
from chartdesk.pms.claims.rules import Faults, ScrubRule
from chartdesk.standards.terminology import icd10

#: Workers' compensation (SBR09).
_COMPENSATION = "WC"
#: Inpatient hospital and psychiatric facility: places where nobody is seen who was not admitted.
_INPATIENT = ("21", "51")
_CONSULTATIONS = frozenset(f"992{number}" for number in (*range(42, 46), *range(52, 56)))


@lru_cache(maxsize=4096)
def _injury(code: str) -> bool:
    """Injuries and poisonings (S, T) but for adverse effects and complications of care; external causes (V to Y)."""
    plain = icd10.dotted(code)
    if plain[:1] in "VWXY":
        return True
    if plain[:1] == "T":
        return plain[1:3] < "80" and not ("36" <= plain[1:3] <= "50" and plain.rstrip("ADS")[-1:] in "56")
    return plain[:1] == "S"


def _unsaid(claim: ClaimContent) -> Faults:
    if claim.circumstances.causes:
        return
    found = [code for code in claim.diagnoses if _injury(code)]
    if found:
        yield 0, f"{', '.join(found[:3])} speaks of an injury, and nobody said whether it was an accident."


def _state(claim: ClaimContent) -> Faults:
    said = claim.circumstances
    if "auto" in said.causes and not said.accident_state:
        yield 0, "The claim says car accident, and not in which state."


def _date(claim: ClaimContent) -> Faults:
    said = claim.circumstances
    if {"auto", "other"} & set(said.causes) and said.accident_on is None:
        yield 0, "The claim says accident, and not when."


def _work(claim: ClaimContent) -> Faults:
    payers = {claim.payer.filing_indicator, *(one.payer.filing_indicator for one in claim.prior)}
    at_work = "employment" in claim.circumstances.causes
    if at_work and _COMPENSATION not in payers:
        yield 0, f"The patient was hurt at work; {claim.payer.name or 'the payer'} is not the employer's insurer."


def _not_work(claim: ClaimContent) -> Faults:
    if claim.payer.filing_indicator == _COMPENSATION and "employment" not in claim.circumstances.causes:
        yield 0, f"{claim.payer.name} pays for what happened at work, and nobody said that it did."


def _casualty(claim: ClaimContent) -> Faults:
    if told.casualty(claim) and not claim.circumstances.claim_number:
        yield 0, f"{claim.payer.name} pays for accidents by its number of the case, and it is not known."


def _order(claim: ClaimContent) -> Faults:
    for _, words in misordered(claim.circumstances, _last_day(claim)):
        yield 0, words


def _last_day(claim: ClaimContent) -> date:
    return max([claim.service_date, *(line.day for line in claim.lines if line.day is not None)])


def _admission(claim: ClaimContent) -> Faults:
    if claim.place_of_service in _INPATIENT and claim.circumstances.admitted is None:
        yield 0, "The patient was seen in hospital, and the day of admission is not known."


def _numbers(claim: ClaimContent) -> Faults:
    for role, one in claim.circumstances.people():
        if not one.family:
            yield 0, f"The {role} clinician has no family name."
        if (claim.facts is None or claim.facts.check_npi) and not valid_npi(one.npi):
            yield 0, f"The NPI of {one.name or f'the {role} clinician'}, {one.npi or 'none'}, is not right."


def _referring(claim: ClaimContent) -> Faults:
    if claim.circumstances.referring is not None:
        return
    if claim.payer.needs_referring:
        yield 0, f"{claim.payer.name} wants the referring clinician, and nobody is named."
        return
    for number, line in enumerate(claim.lines, start=1):
        if line.code in _CONSULTATIONS:
            yield number, f"{line.code} is a consultation, and nobody is named who asked for it."


def _ordering(claim: ClaimContent) -> Faults:
    """Who saw the patient or signed ordered, too; where only tests were made, somebody has to be named."""
    said = claim.circumstances
    if said.ordering is not None or said.referring is not None or claim.institutional is not None:
        return  # an institutional claim names who attended, and nobody who ordered
    visited = claim.visited or any(seen(line.code) for line in claim.lines)
    if visited and not claim.payer.needs_ordering:
        return
    for number, line in enumerate(claim.lines, start=1):
        if kind := orderable(line.code):
            yield number, f"{line.code}: {kind} is paid on an order, and nobody is named who ordered it."


RULES = (
    ScrubRule("accident_unsaid", "warning", "circumstances", "A payer asks who else has to pay for an injury.",
              "Say whether it was an accident, which, and when.", _unsaid),
    ScrubRule("accident_state", "error", "circumstances", "Each state has its own law of car insurance.",
              "Enter the state of the accident.", _state, fixed=True),
    ScrubRule("accident_date", "error", "circumstances", "An accident is named with its date.",
              "Enter the date of the accident.", _date, fixed=True),
    ScrubRule("work_accident", "error", "circumstances", "What happened at work is the employer's insurer's to pay.",
              "Add that insurer's policy as the first one and bill it, or correct what was said.", _work),
    ScrubRule("work_unsaid", "error", "circumstances", "Workers' compensation pays for what happened at work.",
              "Say that it was at work, and when, or bill the patient's own insurer.", _not_work),
    ScrubRule("casualty_number", "warning", "circumstances", "Insurers of accidents find a case by their number of it.",
              "Ask the patient or the insurer, and enter the claim number.", _casualty),
    ScrubRule("circumstance_dates", "error", "circumstances", "What led to a visit came before it.",
              "Correct the dates.", _order),
    ScrubRule("admission_missing", "error", "circumstances", "Visits in hospital are claimed with the admission.",
              "Enter the day of admission.", _admission),
    ScrubRule("named_npi", "error", "circumstances", "Payers find who referred, ordered or supervised by the NPI.",
              "Correct the NPI.", _numbers),
    ScrubRule("referring_missing", "error", "circumstances", "The payer looks up who sent the patient.",
              "Name the referring clinician with the NPI; a referral under Authorizations does it, too.", _referring),
    ScrubRule("ordering_missing", "error", "circumstances", "Tests and equipment are paid on somebody's order.",
              "Name who ordered it; also where that is the clinician who rendered it.", _ordering),
)  # fmt: skip
