"""Codes of the 278 in words that the front desk can act on. The wording is our own.

Guide section: 005010X217, HCR01 (action), HCR03 (decision reason, code source 886), UM03 (service type).
"""

from __future__ import annotations

from chartdesk.pms.coverage import words as coverage

#: HCR03: why the payer decided so.
REASONS = {
    "01": "The price that was authorized no longer holds.",
    "04": "It is more than the payer authorizes.",
    "09": "The provider is out of network.",
    "0B": "An outside reviewer decides and will answer.",
    "0C": "The plan restricts such authorizations.",
    "0D": "The patient's primary care physician must authorize it.",
    "0E": "The provider is not the patient's primary care physician.",
    "0F": "The payer does not find it medically necessary.",
    "0G": "The payer does not find this level of care right.",
    "0H": "No authorization is needed for this service.",
    "0J": "An outside reviewer is responsible for it.",
    "0K": "It is a service of primary care.",
    "0L": "It is more than the plan allows.",
    "0M": "The plan does not cover the service.",
    "0N": "No approval was asked for before.",
    "0P": "Information that the payer asked for did not come.",
    "0Q": "The payer has this request already.",
    "0R": "The service does not go with the diagnosis.",
    "0S": "It is about a condition from before the policy.",
    "0T": "The payer takes the service for experimental.",
    "0U": "The payer needs more information about the patient.",
    "0V": "A medical reviewer has to look at it.",
    "0W": "The payer is still deciding.",
    "0X": "The service does not go with the patient's age.",
    "0Y": "The service does not go with the patient's sex.",
}
#: HCR01 as the state of an authorization.
STATES = {
    "A1": "approved",
    "A2": "modified",
    "A3": "denied",
    "A4": "pended",
    "A6": "modified",
    "C": "cancelled",
    "CT": "call",
    "NA": "not_needed",
}
#: What to do about a decision.
CURES = {
    "denied": "Ask for the reasons in writing and appeal, or plan other care with the patient.",
    "pended": "Nothing yet: it is asked again every night. Send what the payer wants to see.",
    "call": "Call the payer and write the number down here.",
    "cancelled": "Ask anew where it is needed after all.",
}
#: UM03: kinds of service that practices ask for, besides those of eligibility.
SERVICE_TYPES = {
    "3": "consultation",
    "1": "medical care",
    "2": "surgery",
    "4": "diagnostic imaging",
    "5": "laboratory",
    "6": "radiation therapy",
    "12": "durable medical equipment",
    "33": "chiropractic",
    "62": "MRI or CT",
    "73": "diagnostic medical",
    "78": "chemotherapy",
    "A6": "psychotherapy",
    "AD": "occupational therapy",
    "AE": "physical medicine",
    "AF": "speech therapy",
    "BG": "cardiac rehabilitation",
    "PT": "physical therapy",
}


def reason(code: str) -> str:
    """HCR03 in a sentence; an unknown code is named."""
    return REASONS.get(code, f"The payer gave reason {code}.")


refusal, follow_up = coverage.reason, coverage.follow_up
