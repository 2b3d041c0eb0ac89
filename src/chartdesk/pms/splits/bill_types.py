"""Types of bill of institutional claims: the facility and the kind of care, two digits (CLM05-1; UB-04 item 4)."""

from __future__ import annotations

#: What a practice may bill, in words. A leading zero is not sent.
BILL_TYPES = {
    "11": "Hospital, inpatient", "12": "Hospital, inpatient under Part B", "13": "Hospital, outpatient department",
    "14": "Hospital, laboratory for others", "18": "Hospital, swing bed", "21": "Skilled nursing, inpatient",
    "22": "Skilled nursing, inpatient under Part B", "23": "Skilled nursing, outpatient", "34": "Home health, other",
    "71": "Rural health clinic", "72": "Dialysis facility", "73": "Health center, before 2010",
    "74": "Rehabilitation, outpatient", "75": "Comprehensive rehabilitation", "76": "Community mental health center",
    "77": "Federally qualified health center", "79": "Other clinic", "81": "Hospice, not in a hospital",
    "82": "Hospice, in a hospital", "83": "Ambulatory surgery in a hospital", "85": "Critical access hospital",
    "89": "Other special facility",
}  # fmt: skip
#: Stays: they say when, how and from where the patient came in, and the diagnosis at admission.
STAYS = frozenset({"11", "12", "18", "21", "22"})
#: Visits to a department that say for what the patient came (HI*APR) where it was not planned.
DEPARTMENTS = frozenset({"13", "83", "85"})


def words(bill_type: str) -> str:
    """A type of bill in words; the digits where it is none of ours."""
    return BILL_TYPES.get(bill_type, bill_type)
