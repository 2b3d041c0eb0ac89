"""What a 277CA or 277 says about a claim: category codes and common status codes, in our own words."""

from chartdesk.standards.x12.codes.coverage import table

_CATEGORIES = """
A0 Passed on to another organization
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
0 No further status can be given electronically
1 See the remittance
2 A letter says more
3 Decided; waiting for the payment run
6 A balance is due from the subscriber
12 Some of the codes were combined
15 Some of the codes were changed
16 Passed on to the entity
17 Passed on to the entity by a third party
18 Entity received it, but returned an invalid status
19 Entity acknowledges receipt
20 Accepted for processing
21 Information is missing or invalid
23 Returned to the entity
24 Entity is not approved to submit electronically
25 Entity is not approved
26 Entity was not found
27 Policy was cancelled
29 Subscriber does not match the policy or contract number
30 Subscriber does not match the subscriber id
31 Subscriber does not match the policyholder's name
32 Subscriber was not found under that policy or contract number
33 Subscriber and subscriber id were not found
35 Claim was not found
37 A predetermination is on file; waiting for the services
38 Waiting for the next adjudication run
39 Pregnancy charges wait for the delivery
40 Waiting for final approval
41 Needs special handling by the payer
42 Waiting for related charges
44 Waiting for an audit of the provider
45 Waiting for a decision on benefits
46 In internal review or audit
47 In internal review or audit; partly paid
49 Waiting for the provider's accreditation review
50 Waiting for verification of the provider
51 Occupational illness or accident is being looked into
52 Other insurance is being looked into
53 Insured id or group number is being looked into
54 Duplicate of a claim or line already processed
55 Assigned to an analyst
56 Waiting for a decision on eligibility
57 Waiting for continuation cover (COBRA) information
59 Information was asked for outside electronic channels
60 Information was asked for electronically
64 Repricing information
65 Claim or line was paid
78 Duplicate of a claim or line waiting to be processed
81 Plan does not cover pre-existing conditions
83 Newborns are not covered
84 Service was not authorized
85 Entity is not primary
86 Diagnosis does not fit the patient's sex
88 Entity was not eligible on the dates of service
89 Entity was not eligible for dental benefits on the dates of service
90 Entity was not eligible for medical benefits on the dates of service
91 Entity was not eligible or approved on the dates of service
92 Entity does not qualify as dependent or student
93 Entity is not the chosen primary care provider
94 Entity was not referred by the chosen primary care provider
95 What was asked for has not arrived
96 No agreement with the entity
97 Patient is not eligible with the entity
98 Charges went to the deductible
99 In review before treatment
100 Penalty for no review before treatment
101 Processed as an adjustment of an earlier claim
102 Newborn's charges were processed on the mother's claim
103 Combined with other claims
104 Processed by the plan's provisions
105 Claim or line is capitated
106 Entity is not responsible for this amount
107 Processed by the contract's provisions
109 Entity is not eligible
110 Pricing information is needed
114 Entity should process this
116 Sent to the wrong payer
117 Signature on file is needed
121 More lines than the payer takes
122 Missing or invalid data stop the processing
123 More information was asked of the entity
124 Entity's name, address, phone and id
125 Entity's name
126 Entity's address
127 Entity's communication number
128 Entity's tax id
145 Entity's specialty or taxonomy code
153 Entity's id number
156 Patient's relationship to the subscriber
157 Entity's sex
158 Entity's date of birth
159 Entity's date of death
164 Entity's contract or member number
171 Other insurance
178 Charges
187 Dates of service
188 Statement dates
189 Admission date
190 Discharge date
218 NDC
228 Type of bill
229 Admission source
231 Admission type
232 Admitting diagnosis
234 Discharge status
247 Line information
248 Accident: date, state, description, cause
249 Place of service
252 Entity's authorization or certification number
254 Principal diagnosis
255 Diagnosis
256 DRG
258 Days or units
259 Frequency of service
286 Other payer's remittance
287 Medical necessity
294 Supporting documentation
297 Medical notes or report
306 Detailed description of the service
400 Claim does not balance
402 Amount must be above zero
448 Codes may not be billed together
453 Modifier
454 Procedure code
455 Revenue code
464 Payer's claim control number
465 Principal procedure code
475 Procedure code is not valid for the patient's age
476 Units of service are missing or invalid
477 Diagnosis pointer is missing or invalid
478 Submitter's own claim number
479 Other payer's id is missing or invalid
480 Entity's claim filing indicator
481 Format is invalid
483 Benefit maximum of the period is reached
484 Payer's system is not available
485 More information than real time can carry
488 Diagnoses of the services
494 Real time is not supported
496 Submitter may not submit for this entity
499 No rate on file for this service and entity
500 Entity's postal code
501 Entity's state
502 Entity's city
503 Entity's street
504 Entity's last name
505 Entity's first name
506 Entity is changing its processor
507 HCPCS code
508 ICD-9 code
510 Date in the future
511 Invalid character
512 Length is invalid for the receiver's system
513 HIPPS rate code
514 Entity's middle name
516 Adjudication or payment date
535 Claim frequency code
562 Entity's NPI
583 Line charge
684 Rejected for a syntax error
718 Not sent in time
732 Does not follow the billing guidelines
746 Duplicate submission
771 Sent too early; wait for the crossover
"""


CATEGORIES = table(_CATEGORIES)
#: Those, and the ones that are published and hardly met.
KNOWN_CATEGORIES = frozenset(
    {*CATEGORIES, "D0", "RQ", *(f"DR{n:02d}" for n in range(1, 9)), *(f"R{n}" for n in range(18)), "F3F", "F3N"}
)
CODES = table(_CODES)

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

    ``sentence("A7", "562", "85")`` is "Rejected: information is invalid. Billing provider's NPI."
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
