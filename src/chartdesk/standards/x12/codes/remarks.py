"""Remark codes (RARC) that are met most, in our own words, and which codes there are at all."""

from __future__ import annotations

import re

_TABLE = """
M1 X-ray is missing or was not taken in time
M15 Separately billed services were bundled
M16 See the payer's notice or web site
M20 Procedure code is missing or wrong
M25 Documentation does not justify this level of service
M27 Patient is relieved of liability for this
M39 Patient may not be billed: no advance notice
M50 Revenue code is missing or wrong
M51 Procedure code is missing or wrong
M52 From date is missing or wrong
M53 Days or units are missing or wrong
M54 Total charge is missing or wrong
M56 Payer identifier is missing or wrong
M59 To date is missing or wrong
M60 Certificate of medical necessity is missing
M62 Treatment authorization is missing or wrong
M64 Other diagnosis is missing or wrong
M67 Other procedure code is missing or wrong
M76 Diagnosis is missing or wrong
M77 Place of service is missing or wrong
M79 Charge is missing or wrong
M80 Not covered in the same stay or episode
M81 Code to the highest level of detail
M86 Service was paid for a similar one before
M119 NDC is missing or wrong
M123 Name, strength or dosage of the drug is missing
M124 Equipment owned by the patient is not named
M127 Medical record is missing
M135 Plan of treatment is missing
M144 Pre- or post-operative care is in the surgery's allowance
MA01 You may appeal this decision
MA04 Primary payer's decision is missing or cannot be read
MA07 Claim was passed on to Medicaid
MA13 Patient may only be billed what PR shows
MA15 Claim was separated to speed it up
MA18 Claim was passed on to the supplementary insurer
MA27 Member number or name is wrong
MA28 Information for the patient only
MA30 Type of bill is missing or wrong
MA36 Patient's name is missing or wrong
MA39 Patient's sex is missing or wrong
MA61 Member number or social security number is missing or wrong
MA63 Principal diagnosis is missing or wrong
MA66 Principal procedure is missing or wrong
MA67 Correction of an earlier claim
MA83 Whether another payer comes first was not said
MA92 Plan information of other insurance is missing
MA112 Group practice information is missing
MA114 Where the service was given is missing
MA120 CLIA number is missing or wrong
MA130 Claim cannot be processed: send a new one, it cannot be appealed
MA134 Type of facility is missing
N1 You may appeal in writing within the time the payer allows
N2 Allowance follows the plan's rules
N4 Earlier payer's remittance is missing
N6 Medicare payment was taken into account under this law
N19 Incidental to the primary procedure
N20 Not payable with another service of that day
N22 Processed under another code
N25 Company acts for the plan; it does not insure
N29 Documentation, orders or notes are missing
N30 Patient is not eligible for this service
N34 Wrong claim form for this service
N35 Program integrity or utilization review
N36 Claim must meet the primary payer's rules first
N40 Radiology film or image is missing
N54 Claim does not agree with the authorization
N56 Procedure code is not right for the service billed
N58 Patient liability is missing or wrong
N59 See the payer's provider manual
N63 Bill services on separate lines
N65 Procedure is not consistent with the sequence of services
N95 This provider type may not bill this service
N102 Denied because records were not received in time
N104 Not payable under this jurisdiction; send it to the right one
N115 Decided under a local coverage determination
N118 Not covered while in a hospice or nursing stay
N122 Add-on code without its primary procedure
N130 See the benefit plan for limits
N174 Not covered benefit; patient is not liable
N179 Further information was asked of the member
N180 Does not meet the criteria for the category it was billed under
N182 Claim must be billed under its place of service rules
N188 Approved level of care does not match the procedure
N198 Rendering provider must belong to the pay-to provider
N202 Further information or clarification will follow by letter
N206 Supporting documentation does not match the claim
N219 Payment based on an earlier payer's allowed amount
N220 See the plan's web site or handbook
N252 Attending provider's name is missing or wrong
N255 Billing provider's taxonomy is missing or wrong
N256 Billing provider's name is missing or wrong
N257 Billing provider's primary identifier is missing or wrong
N265 Ordering provider's primary identifier is missing or wrong
N276 Other payer's referring provider is missing or wrong
N285 Referring provider's name is missing or wrong
N286 Referring provider's primary identifier is missing or wrong
N288 Rendering provider's taxonomy is missing or wrong
N290 Rendering provider's primary identifier is missing or wrong
N294 Service facility's primary address is missing or wrong
N297 Supervising provider's primary identifier is missing or wrong
N350 Description of the service is missing for an unlisted code
N362 Days or units exceed what is allowed
N381 See the contract for payment rules
N382 Patient's identifier is missing or wrong
N386 Decided under a national coverage determination
N390 Cannot be billed separately
N418 Sent to the wrong payer
N425 Excluded by law
N428 Not covered in this place of service
N430 Procedure is not consistent with the units billed
N432 Payment adjusted after a recovery audit
N479 Explanation of benefits of another payer is missing
N517 Send a new claim with what was asked for
N519 Combination of codes is not valid
N522 Duplicate of a claim processed or in process
N525 Not covered with another service of that day
N561 Bundled claim was sent again; see the earlier one
N569 Not covered when done for this diagnosis
N570 Credentialing information is missing or wrong
N640 Exceeds the number or frequency allowed
N657 Should be billed with the code that fits
N674 Not covered unless a prior test or service was done
N706 Documentation is missing
N822 Modifier is missing
N823 Modifier is wrong
"""

REMARKS: dict[str, str] = {
    code: label for code, _, label in (line.partition(" ") for line in _TABLE.strip().splitlines())
}
_SHAPE = re.compile(r"(MA|M|N)(\d{1,3})")
_LAST = {"M": 144, "MA": 134, "N": 999}


def label(code: str) -> str:
    """What a remark code says, in our words; the code itself where we have none."""
    return REMARKS.get(code, f"Remark {code}")


def is_known(code: str) -> bool:
    """True for a code of the shape and range that remark codes have."""
    found = _SHAPE.fullmatch(code)
    return found is not None and 1 <= int(found[2]) <= _LAST[found[1]]
