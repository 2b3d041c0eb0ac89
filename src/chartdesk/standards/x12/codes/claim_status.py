"""What a 277CA or 277 says about a claim: category codes and common status codes, in our own words."""

_CATEGORIES = """
A0 Passed on to another organisation
A1 Received; not yet accepted
A2 Accepted for adjudication
A3 Returned as unprocessable: correct it and send it again
A4 Not found
A5 Split into several claims
A6 Rejected: information is missing
A7 Rejected: information is invalid
A8 Rejected: fields that belong together do not agree
DR01 Request for documents received
E0 Response not possible: error in the request
E1 Response not possible: the system is busy
E2 The information source does not answer
E3 Correction required
E4 The trading partner agreement forbids it
F0 Finished
F1 Finished: paid
F2 Finished: denied
F3 Finished: revised
F3F Finished: passed on
F3N Finished: not passed on
F4 Finished: adjudicated, nothing further to come
P0 Pending: in process
P1 Pending: in adjudication
P2 Pending: under review
P3 Pending: provider was asked for information
P4 Pending: patient was asked for information
P5 Pending: payer's own administration
R0 More is asked for: general
R1 More is asked for: entity
R3 More is asked for: claim or line
R4 More is asked for: documents
R5 More is asked for: further detail of the claim
"""

_CODES = """
0 Cannot give further status electronically
1 See the payer's web site or call for more
2 More detailed information in a letter
3 Claim was adjudicated; allow time for the payment
6 Balance due from the subscriber
12 One or more originally submitted codes were combined
15 One or more codes were changed
16 Entity's ids or relationship do not agree
17 Payment or denial was decided on other grounds
18 Entity received the claim, but could not process it
19 Entity acknowledges receipt
20 Accepted for processing
21 Missing or invalid information
23 Returned to the sender
24 Entity is not approved as an electronic submitter
25 Entity is not approved
26 Entity was not found
27 Policy cancelled
29 Subscriber and policy number or contract number do not match
30 Subscriber and subscriber id do not match
31 Subscriber and policyholder name do not match
32 Subscriber and policy number do not match
33 Subscriber and subscriber id were not found
35 Claim or encounter was not found
37 Predetermination is on file
38 Awaiting the next release
40 Waiting for final approval
41 Special handling required
42 Awaiting related charges
44 Charges pending the provider's audit
45 Awaiting benefit determination
46 Internal review or audit
49 Pending the provider's accreditation review
50 Claim waiting for internal provider verification
51 Investigating an occupational illness or accident
52 Investigating other insurance
53 Investigating cover under medical payments
54 Duplicate of a claim or line that was processed before
55 Claim assigned to an approver or analyst
56 Awaiting the eligibility decision
59 Information was asked of the entity
64 Re-pricing information
65 Claim or line was paid
72 Claim has no charges
81 Contract or plan does not cover this
83 No charge submitted for this date
84 Service not authorised
85 Entity is not the primary payer
88 Entity was not eligible on the dates of service
89 Entity was not eligible for these benefits
90 Entity was not eligible for medical benefits
91 Entity was not eligible on the date of submission
92 Entity does not meet the age or dependency rules
93 Entity does not have the right referral
94 Entity is not licensed or certified for this
95 Requested further information has not arrived
96 No agreement with the entity
97 Patient eligibility was not found with the entity
98 Charges applied to the deductible
99 Pre-treatment review
100 Pre-treatment penalty
101 Claim was processed as an adjustment of an earlier one
102 Newborn's charges were processed on the mother's claim
104 Processed by the plan's rules
105 Claim or line is capitated
106 This amount is not the entity's responsibility
107 Processed by the contract's provisions
109 Entity is not eligible
110 Claim requires a pricing review
116 Claim was submitted to the wrong payer
117 Claim requires a signature on file
121 Service line number is greater than the maximum
122 Missing or invalid data prevent processing
123 Additional information from the entity is needed
124 Entity's name, address, phone and id are needed
125 Entity's name
126 Entity's address
127 Entity's communication number
128 Entity's tax id
129 Entity's Blue Cross provider id
130 Entity's Blue Shield provider id
131 Entity's Medicare provider id
132 Entity's Medicaid provider id
135 Entity's commercial provider id
136 Entity's health industry id
138 Entity's plan provider id
139 Entity's PPO or HMO id
142 Entity's licence or certification number
144 Entity's licence number
145 Entity's specialty or taxonomy code
152 Entity's drug enforcement agency number
153 Entity's id number
156 Patient's relationship to the subscriber
157 Entity's sex
158 Entity's date of birth
159 Entity's date of death
162 Entity's health insurance claim number
164 Entity's contract or member number
170 Diagnosis-related group
171 Other insurance coverage information
178 Submitted charges
181 Days or units of the service
182 Allowable or paid amount of the primary payer
183 Entity's prior authorisation number
187 Dates of service
188 Statement from and through dates
189 Facility admission date
190 Facility discharge date
195 Unit or basis for measurement
200 Quantity
218 NDC number
228 Type of bill
229 Hospital admission source
231 Type of admission
232 Patient discharge status
234 Admitting diagnosis
247 Line information
248 Accident date, state, description and cause
249 Place of service
254 Principal diagnosis
255 Diagnosis code
256 DRG code
259 Frequency of service
276 Not submitted on the right form
286 Other payer's explanation of benefits
287 Medical necessity of the service
294 Supporting documentation
297 Medical notes or report
306 Detailed description of the service
311 Pathology notes or report
318 X-ray or radiology films
321 Findings of the examination
324 Progress notes
361 Type of surgery for which anaesthesia was given
372 Contractual agreement
380 Occurrence span codes and dates
397 Date of onset of the condition
400 Claim is out of balance
402 Amount must be greater than zero
428 Reason for late submission
440 Drug's name, strength and dosage
443 Number of miles
448 Invalid billing combination
449 Patient's signature
453 Procedure modifier for the service
454 Procedure code for the service
455 Revenue code for the service
456 Condition or occurrence code
463 Claim adjustment reason
464 Payer's assigned claim control number
465 Principal procedure code
475 Procedure code is not valid for the patient's age
476 Units of service out of range
477 Diagnosis pointer is missing or invalid
478 Claim submitter's identifier
479 Other payer's carrier id
480 Other payer's claim filing indicator
481 Claim or submission format is invalid
483 Maximum coverage amount is met or exceeded
484 Business application is currently not available
485 More information is available than can be returned
488 Diagnosis code is not specific enough
489 Remarks are missing
494 Real-time request is not supported
496 Submitter is not approved for electronic claims from this provider
499 No rate on file with the payer for this service
500 Entity's postal code
501 Entity's state
502 Entity's city
503 Entity's street address
504 Entity's last name
505 Entity's first name
506 Entity is changing processors
507 HCPCS
508 ICD-9
509 External cause of injury code
510 Date in the future
511 Invalid character
512 Length invalid for the receiver's system
513 HIPPS rate code
514 Entity's middle name
516 Adjudication or payment date
517 Duplicate of an acknowledged file
518 Line item control number is missing or repeated
519 Amount adjusted or denied by another payer
520 Date adjudicated by another payer
521 Adjustment reason code of another payer
528 Service authorisation exception code
535 Claim frequency code
541 Assignment of benefits
545 Claim predates the subscriber's cover
560 Entity's additional or secondary identifier
562 Entity's national provider identifier (NPI)
565 Estimated claim due amount
568 Other insured's date
576 Oxygen saturation
580 Patient's weight
583 Line item charge amount
585 Denied charge or non-covered charge
588 Other payer's paid amount
593 Type of service
594 Units or minutes
612 Prior authorisation amount
629 Property and casualty claim number
632 Referral number
634 Remaining patient liability
636 Rendering provider's specialty
644 Claim's total service amount
666 Surgical procedure code
673 Coverage has been cancelled
675 Group or policy number
679 Diagnosis in this position
681 Claim's total charge does not agree with the lines
684 Rejected: syntax error noted for this claim
687 Claim date of service is not within the limits
688 Present on admission indicator
689 Entity was unable to respond in time
693 Amount must not be negative
694 Amount must not be equal to zero
697 Invalid decimal precision
700 Information inconsistent with the billing guidelines
701 Form of the number is not valid
703 Advance notice was sent
704 Claim note
705 Repriced claim reference
718 Claim was not submitted in time
719 Demonstration project
721 Anaesthesia or procedure minutes
732 Information submitted is inconsistent with the payer's
734 Verify the name and id on the card
735 Recovery of an overpayment
736 Interest
739 Reversal of an earlier claim
740 Sequestration
742 Payer responsibility sequence code
745 Identifier qualifier
747 Hospice employee indicator
751 Required information was not within the interchange
754 Claim must be submitted on paper
764 Claim adjustment indicator
766 Service line is out of balance with prior payers
767 Claim's prior payer amounts are out of balance
771 Claim submitted in test mode
772 Entity may not submit for the other
775 Entity type qualifier
777 Pay-to provider
"""

CATEGORIES: dict[str, str] = {
    code: label for code, label in (line.split(" ", 1) for line in _CATEGORIES.strip().splitlines())
}
CODES: dict[str, str] = {
    code: label for code, label in (line.split(" ", 1) for line in _CODES.strip().splitlines())
}

#: Who a status speaks of (STC01-3), as far as it is met.
ENTITIES = {
    "03": "dependent",
    "1P": "provider",
    "36": "employer",
    "40": "receiver",
    "41": "submitter",
    "71": "attending provider",
    "72": "operating provider",
    "77": "service facility",
    "82": "rendering provider",
    "85": "billing provider",
    "87": "pay-to provider",
    "AY": "clearinghouse",
    "DK": "ordering provider",
    "DN": "referring provider",
    "DQ": "supervising provider",
    "FA": "facility",
    "GB": "other insured",
    "HK": "subscriber",
    "IL": "subscriber",
    "PR": "payer",
    "QB": "seller of the service",
    "QC": "patient",
}


def category(code: str) -> str:
    """What a status category says, in our words; the code itself where we have none."""
    return CATEGORIES.get(code, f"Category {code}")


def status(code: str) -> str:
    """What a status code says, in our words; the code itself where we have none."""
    return CODES.get(code, f"Status {code}")


def sentence(category_code: str, code: str, entity: str = "") -> str:
    """One sentence for a status: the category, the detail, and whom it speaks of.

    ``sentence("A7", "562", "85")`` is "Rejected: information is invalid. Billing provider's national provider
    identifier (NPI)."
    """
    detail = status(code)
    who = ENTITIES.get(entity, "")
    if who and "Entity" in detail:
        detail = detail.replace("Entity", who, 1)
    elif who and "entity" in detail:
        detail = detail.replace("entity", who, 1)
    elif who:
        detail = f"{detail} ({who})"
    return f"{category(category_code)}. {detail[:1].upper()}{detail[1:]}."
