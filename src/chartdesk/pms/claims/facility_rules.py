"""Rules about institutional claims: type of bill, revenue codes, who attended, and how the patient came and went."""

from __future__ import annotations

from chartdesk.pms.charges.admissions import SOURCES, STATUSES, TYPES, WENT_HOME
from chartdesk.pms.claims.content import ClaimContent
from chartdesk.pms.claims.numbers import valid_npi
from chartdesk.pms.claims.rules import Faults, ScrubRule
from chartdesk.pms.splits.bill_types import BILL_TYPES, STAYS
from chartdesk.pms.splits.rules import REVENUE

#: Patient status of somebody who has not left: of a bill before the last one of a stay.
_STILL_THERE = "30"


def _bill_type(claim: ClaimContent) -> Faults:
    facility = claim.institutional
    if facility is not None and facility.bill_type not in BILL_TYPES:
        yield 0, f"{facility.bill_type or 'An empty text'} is no type of bill."


def _revenue(claim: ClaimContent) -> Faults:
    if claim.institutional is None:
        return
    for number, line in enumerate(claim.lines, start=1):
        if not line.revenue:
            yield number, f"{line.code} has no revenue code."
        elif not REVENUE.fullmatch(line.revenue):
            yield number, f"{line.code} has the revenue code {line.revenue}, which is not four digits."


def _attending(claim: ClaimContent) -> Faults:
    facility = claim.institutional
    if facility is not None and (facility.attending is None or not facility.attending.family):
        yield 0, "The claim does not name who attended the patient."


def _attending_npi(claim: ClaimContent) -> Faults:
    attending = claim.institutional.attending if claim.institutional is not None else None
    if attending is None or (claim.facts is not None and not claim.facts.check_npi):
        return
    if not valid_npi(attending.npi):
        name = f"{attending.given} {attending.family}".strip() or "who attended"
        yield 0, f"The NPI of {name}, {attending.npi or 'none'}, is not right."


def _stay(claim: ClaimContent) -> Faults:
    facility, said = claim.institutional, claim.circumstances
    if facility is None or facility.bill_type not in STAYS:
        return
    wanted = (
        (said.admitted, "the day of admission"), (said.admission_type, "how urgent the admission was"),
        (said.admission_source, "where the patient came from"), (said.patient_status, "how the patient left"),
    )  # fmt: skip
    missing = [words for value, words in wanted if not value]
    if said.patient_status not in ("", _STILL_THERE) and not said.discharged_at:
        missing.append("the hour of discharge")
    if missing:
        kind = BILL_TYPES.get(facility.bill_type, "stay").lower()
        yield 0, f"Type of bill {facility.bill_type} ({kind}) is for a stay and lacks {', '.join(missing)}."


def _codes(claim: ClaimContent) -> Faults:
    if claim.institutional is None:
        return
    said = claim.circumstances
    for words, given, codes in (
        ("kind of admission", said.admission_type, TYPES),
        ("point of origin", said.admission_source, SOURCES),
        ("patient status", said.patient_status or WENT_HOME, STATUSES),
    ):
        if given and given not in codes:
            yield 0, f"{given} is no code of {words}."


def _days(claim: ClaimContent) -> Faults:
    facility = claim.institutional
    if facility is None:
        return
    for number, line in enumerate(claim.lines, start=1):
        day = line.day or claim.service_date
        if not facility.first <= day <= facility.last:
            yield number, f"{line.code} of {day:%b %-d, %Y} lies outside the days of the bill."


RULES = (
    ScrubRule("bill_type", "error", "splits", "The type of bill says what kind of facility bills.",
              "Correct the splitting rule that makes institutional claims.", _bill_type),
    ScrubRule("revenue_code", "error", "superbill", "Each line of an institutional claim has a revenue code.",
              "Enter it at the line, or in the table of revenue codes.", _revenue, fixed=True),
    ScrubRule("attending_missing", "error", "superbill", "An institutional claim names who attended the patient.",
              "Name the clinician on the superbill, or who attended under Accident, dates, referral.", _attending),
    ScrubRule("attending_npi", "error", "circumstances", "Payers find who attended by the NPI.",
              "Correct the clinician's NPI.", _attending_npi),
    ScrubRule("stay_details", "error", "circumstances", "A bill for a stay says how the patient came and left.",
              "Enter it under Accident, dates, referral.", _stay),
    ScrubRule("admission_codes", "error", "circumstances", "How the patient came and left is said in codes.",
              "Choose the codes of the list.", _codes),
    ScrubRule("statement_days", "error", "superbill", "A bill covers the days of its lines.",
              "Correct the date of the line, or of the admission.", _days),
)  # fmt: skip
