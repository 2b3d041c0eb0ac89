"""Codes of the 271 in words that the front desk can act on. The wording is our own.

Guide section: 005010X279A1, AAA03 (reject reason), AAA04 (follow-up action), EB01, EB03, EB06.
"""

from __future__ import annotations

from chartdesk.standards.x12.codes import coverage

#: AAA03: what the payer did not accept.
REASONS = {
    "04": "The payer does not answer that many questions at once.",
    "15": "The payer needs a further number or date to find the patient.",
    "33": "The payer received data that do not belong in the question.",
    "35": "The date of service is not one the payer answers for.",
    "41": "The payer does not let this practice ask electronically.",
    "42": "The payer's system cannot answer at the moment.",
    "43": "The payer does not know this practice's NPI.",
    "44": "The provider's name is missing or does not match the payer's records.",
    "45": "The provider's specialty is missing or not one the payer knows.",
    "46": "The provider's phone number is missing or not right.",
    "47": "The provider's state is missing or not right.",
    "48": "The number of the referring provider is missing or not right.",
    "49": "The provider is not the patient's primary care physician.",
    "50": "The provider may not ask about this patient's benefits.",
    "51": "The payer does not have this provider on file.",
    "52": "The service is outside the provider's contract.",
    "53": "The question was sent with the wrong details for a service.",
    "54": "The procedure or product code is missing or not right.",
    "55": "The procedure or product code is missing or not right.",
    "56": "The date of service is missing or not right.",
    "57": "The date of service is not possible.",
    "58": "The patient's birth date is missing or not right.",
    "60": "The birth date is after the date of service.",
    "61": "The date of death is before the date of service.",
    "62": "The date of service lies further back than the payer answers for.",
    "63": "The date of service lies further ahead than the payer answers for.",
    "64": "The patient's number is missing or not right.",
    "65": "The patient's name is missing or does not match the payer's records.",
    "66": "The patient's sex is missing or does not match the payer's records.",
    "67": "The payer does not find this patient.",
    "68": "The payer has this patient twice and cannot tell which is meant.",
    "69": "The patient's data do not match the payer's records.",
    "70": "The patient's sex does not fit the diagnosis or service.",
    "71": "The patient's birth date does not match the payer's records.",
    "72": "The member number is missing or not right.",
    "73": "The subscriber's name is missing or does not match the payer's records.",
    "74": "The subscriber's sex is missing or does not match the payer's records.",
    "75": "The payer does not find this member.",
    "76": "The payer has this member twice and cannot tell which is meant.",
    "77": "The payer finds the member, but not this dependent.",
    "78": "The member's number is not in the group or plan that was named.",
    "79": "The clearinghouse does not know this payer number.",
    "80": "The payer does not answer for this patient; another payer does.",
    "97": "The sender's or receiver's number is not right.",
    "98": "The data were sent in a form that the payer does not take.",
    "T4": "The payer's name or number is missing.",
}

#: AAA04: what to do next.
FOLLOW_UPS = {
    "C": "Correct it and check again.",
    "N": "Do not send it again; call the payer.",
    "P": "Check again with the original data.",
    "R": "Check again later.",
    "S": "Do not send it again: the payer has passed the question on.",
    "W": "Wait 30 days, then check again.",
    "X": "Wait 10 days, then check again.",
    "Y": "Do not send it again: the payer will answer by itself.",
}

#: EB03: the services a benefit is about.
SERVICE_TYPES = {
    "1": "medical care",
    "2": "surgery",
    "4": "X-ray",
    "5": "laboratory",
    "30": "health plan in general",
    "33": "chiropractic care",
    "35": "dental care",
    "42": "home health care",
    "45": "hospice",
    "47": "hospital care",
    "48": "hospital inpatient care",
    "50": "hospital outpatient care",
    "52": "emergency hospital care",
    "62": "MRI or CT scan",
    "65": "newborn care",
    "68": "well baby care",
    "69": "maternity care",
    "73": "diagnostic services",
    "80": "immunizations",
    "81": "routine physical",
    "82": "family planning",
    "86": "emergency care",
    "88": "pharmacy",
    "98": "office visit",
    "A4": "psychiatry",
    "A6": "psychotherapy",
    "AD": "occupational therapy",
    "AE": "physical medicine",
    "AL": "vision care",
    "BY": "sick visit",
    "BZ": "well visit",
    "MH": "mental health",
    "UC": "urgent care",
}

#: EB06: the time an amount is for.
PERIODS = {
    "6": "hour",
    "7": "day",
    "21": "years",
    "22": "service year",
    "23": "calendar year",
    "24": "year to date",
    "25": "contract",
    "26": "episode",
    "27": "visit",
    "29": "remaining",
    "32": "lifetime",
    "33": "lifetime remaining",
    "34": "month",
    "35": "week",
}


def reason(code: str) -> str:
    """AAA03 in a sentence; an unknown code is named."""
    if code in REASONS:
        return REASONS[code]
    said = coverage.REFUSALS.get(code, "")
    told = f": {said[:1].lower()}{said[1:]}" if said else f" (reason {code or 'not given'})"
    return f"The payer refused the question{told}."


def follow_up(code: str) -> str:
    """AAA04 as what to do; empty for none."""
    return FOLLOW_UPS.get(code, "")


def service(codes: list[str] | tuple[str, ...]) -> str:
    """Service types in words: ``office visit, laboratory``."""
    return ", ".join(
        SERVICE_TYPES.get(code) or coverage.SERVICE_TYPES.get(code) or f"service type {code}" for code in codes
    )
