"""Why a charge was not paid in full: claim adjustment reason codes (CARC) and their group codes, in our
words.

``kind`` says what a reason means for the practice: ``patient`` (the patient's share), ``contract`` (agreed
reduction, written off), ``deny`` (a denial that somebody has to look at), ``payer`` (another payer comes
first or has paid), ``other`` (interest, incentive, levy, bookkeeping). The group code of the adjustment
decides together with it: see ``effect``.
"""

from __future__ import annotations

from typing import NamedTuple


class Reason(NamedTuple):
    """A CARC: what kind it is and what it says, in our words."""

    kind: str
    label: str


GROUPS = {
    "CO": "Contractual obligation: the provider's, not the patient's",
    "PR": "Patient responsibility",
    "OA": "Other adjustment",
    "PI": "Reduced by the payer",
    "CR": "Correction or reversal",
}

_TABLE = """
1 patient Deductible
2 patient Coinsurance
3 patient Copay
4 deny Procedure does not go with the modifier, or a modifier is missing
5 deny Procedure or bill type does not fit the place of service
6 deny Procedure or revenue code does not fit the patient's age
7 deny Procedure or revenue code does not fit the patient's sex
8 deny Procedure does not fit the provider's taxonomy
9 deny Diagnosis does not fit the patient's age
10 deny Diagnosis does not fit the patient's sex
11 deny Diagnosis does not support the procedure
12 deny Diagnosis does not fit the provider's specialty
13 deny Date of death is before the date of service
14 deny Date of birth is after the date of service
16 deny Information is missing or wrong; see the remark codes
18 deny Duplicate of a claim or line
19 deny Work injury: workers' compensation should pay
20 deny Another liability insurer should pay
21 deny No-fault insurer should pay
22 payer Another payer may come first
23 payer What an earlier payer paid or adjusted
24 deny Covered by a capitation or managed care plan
26 deny Service before cover began
27 deny Service after cover ended
29 deny Filed too late
31 deny Patient is not known as insured
32 deny Dependent is not entitled to cover
33 deny Subscriber has no cover for dependents
34 deny Subscriber has no cover for newborns
35 deny Lifetime limit reached
39 deny Authorization was denied when it was asked for
40 deny Charges do not meet the rules for urgent care
44 contract Prompt payment discount
45 contract Above the fee schedule or contracted amount
49 deny Routine or screening service is not covered
50 deny Not medically necessary by the payer's rules
51 deny Pre-existing condition is not covered
53 deny Service by a relative or household member is not covered
54 deny More than one physician or assistant is not covered
55 deny Experimental or investigational
56 deny Not proven effective
58 deny Wrong place of service
59 contract Reduced by multiple or concurrent procedure rules
60 deny Outpatient service too close to an inpatient stay
61 patient Penalty for not getting a second opinion
66 patient Blood deductible
69 contract Day outlier amount
70 contract Cost outlier amount
74 contract Indirect medical education adjustment
75 contract Direct medical education adjustment
76 contract Disproportionate share adjustment
78 deny Days or room charge not covered
85 patient Patient's interest
89 contract Professional fees taken out of the charge
90 other Ingredient cost adjustment
91 other Dispensing fee adjustment
94 contract Paid above the charge
95 deny Plan procedures were not followed
96 deny Not covered; see the remark codes
97 contract Included in another service already decided
100 patient Paid to the patient or subscriber
101 other Forecast of payment
102 other Major medical adjustment
103 contract Promotional discount
104 other Managed care withholding
105 other Tax withholding
106 other Patient pays by own choice
107 deny A related or qualifying service is not on the claim
108 deny Rent or purchase rules were not met
109 deny Not this payer's claim: send it to the right one
110 deny Billed before the date of service
111 deny Not covered unless assignment is accepted
112 deny Not documented as given directly to the patient
114 deny Drug or device is not FDA approved
115 deny Procedure was postponed, cancelled or delayed
116 deny Patient's advance notice did not meet the rules
117 contract Transport covered to the nearest facility only
118 contract Dialysis network support
119 deny Benefit limit for this period reached
121 other Indemnification adjustment
122 other Psychiatric reduction
128 contract Newborn's services are covered in the mother's allowance
129 deny Information about an earlier decision seems wrong
130 other Claim submission fee
131 contract Discount agreed for this claim
132 contract Demonstration project discount
133 other Held for review; a decision follows
134 contract Technical fees taken out of the charge
135 deny Interim bills cannot be decided
136 payer Did not follow the primary payer's rules
137 other Surcharge, assessment or tax
139 contract Contracted funding agreement
140 deny Member number and name do not go together
142 patient Monthly Medicaid patient liability
143 other Part of the payment deferred
144 contract Incentive adjustment
146 deny Diagnosis is not valid on the date of service
147 contract Contracted rate has expired or is not on file
148 deny Information from another provider is missing
149 deny Lifetime benefit for this service reached
150 deny Documentation does not support this level of service
151 deny Documentation does not support this many services
152 deny Documentation does not support this length of service
153 deny Documentation does not support this dosage
154 deny Documentation does not support this day's supply
155 deny Patient refused the service
157 deny Caused by an act of war
158 deny Given outside the United States
159 deny Caused by terrorism
160 deny Caused by an excluded activity
161 contract Provider performance bonus
163 deny Attachment named on the claim did not arrive
164 deny Attachment named on the claim came too late
166 deny Sent after the payer's responsibility ended
167 deny Diagnosis is not covered
169 contract Alternate benefit was given
170 deny Not covered from this type of provider
171 deny Not covered from this type of provider in this place
172 deny Payment adjusted for this specialty
173 deny Not prescribed by a physician
174 deny Not prescribed before it was delivered
175 deny Prescription is incomplete
176 deny Prescription is not current
177 deny Patient has not met the eligibility rules
178 patient Spend down not met
179 deny Waiting period not met
180 deny Residency rules not met
181 deny Procedure code not valid on the date of service
182 deny Modifier not valid on the date of service
183 deny Referring provider may not refer for this
184 deny Ordering provider may not order this
185 deny Rendering provider may not do this
186 contract Level of care changed
187 payer Paid from a spending account
188 deny Covered only when used as FDA recommends
189 deny Unlisted code used although there is a specific one
190 deny Included in a skilled nursing stay
192 deny Reason without a standard code, from a paper remittance
193 deny Original decision upheld after review
194 deny Anaesthesia by the operating or attending physician
195 other Refund issued to the wrong payer
197 deny No prior authorization or notification
198 deny More than the prior authorization allows
199 deny Revenue and procedure code do not go together
200 deny Service during a lapse in cover
201 patient Patient pays by agreement of a set-aside
202 deny Personal comfort item
203 deny Service interrupted or reduced
204 deny Not covered by the patient's plan
205 other Pharmacy discount card fee
206 deny NPI missing
207 deny NPI format not valid
208 deny NPI does not match
209 contract May not be billed to the patient
210 deny Authorization was not obtained in time
211 deny NDC not eligible for rebate
212 other Administrative surcharge not covered
213 deny Not compliant with self-referral rules
215 payer Third-party settlement
216 deny Found by a review organization
219 deny Extent of injury
222 contract Above the contracted maximum of hours, days or units
223 other Required by law or regulation
224 deny Patient's identity misused
225 other Interest or penalty paid by the payer
226 deny Provider did not send what was asked for
227 deny Patient or insured did not send what was asked for
228 deny Another provider did not send what was asked for
229 payer Part not taken into account by Medicare
231 deny Mutually exclusive procedures on one day
232 contract Transfer of the patient between institutions
233 deny Hospital-acquired condition or medical error
234 deny Not paid separately
235 other Sales tax
236 contract Bundled with another service of that day under NCCI
237 contract Penalty set by law
238 deny Claim spans days with and without cover
239 deny Claim spans days with and without cover; bill separately
240 deny Diagnosis does not fit the birth weight
241 patient Low income subsidy copay
242 deny Not given by network or primary care providers
243 deny Not authorized by network or primary care providers
245 contract Provider performance program withholding
246 other Non-payable code for reporting only
247 patient Deductible for a professional service at a facility
248 patient Coinsurance for a professional service at a facility
249 deny Readmission
250 deny Wrong attachment was received
251 deny Attachment received is incomplete
252 deny An attachment is needed to decide
253 contract Sequestration: federal spending reduction
254 payer Dental claim: send it to the medical plan
256 deny Not payable under the managed care contract
257 deny Undecided because a premium is in its grace period
258 deny Not covered while in custody
259 contract Extra payment for dental or vision service
260 contract Processed under Medicaid ACA enhanced fee schedule
261 deny Procedure does not fit the patient's history
262 other Mailing cost
263 other Shipping cost
264 other Postage
265 other Administrative cost
266 other Compound preparation cost
267 deny Claim spans several months
268 deny Claim spans two calendar years
269 deny Anaesthesia not covered for this service
270 payer Not a medical benefit: send it to the dental plan
271 contract Contractual reduction reported earlier
272 deny Coverage guidelines were not met
273 deny Coverage guidelines were exceeded
274 deny Fee or service not payable by managed care agreement
275 payer Earlier payer's patient share is not covered
276 payer Services denied by an earlier payer are not covered
277 deny Undecided while a dependent's cover is in question
278 contract Performance program proficiency rules not met
279 patient Services not from the preferred network
280 payer Send it to the patient's pharmacy plan
281 contract Deductible waived by contract
282 deny Procedure does not fit the bill type
283 deny Attending provider may not do this
284 deny Authorization number is valid but does not cover this
285 deny Appeal procedures were not followed
286 deny Appeal came too late
287 deny Referral exceeded
288 deny No referral
289 payer Dental and medical plans both considered this
290 payer Processed by the dental plan
291 payer Send it to the dental plan
296 deny Authorization number is valid but not for this provider
297 payer Send it to the vision plan
299 deny Billing provider may not be paid for this
A0 other Patient refund
A1 deny Denied; see the remark codes
A5 contract Medicare PPS capital cost outlier
A6 deny No prior stay of the required length
A8 deny Cannot be grouped
B1 deny Visit not covered
B4 contract Late filing penalty
B7 deny Provider was not certified or eligible on that day
B8 deny An alternative service should have been used
B9 deny Patient is in hospice
B10 contract Allowed amount reduced: a component was paid
B11 payer Passed on to the right payer; not paid here
B12 deny Not documented in the medical record
B13 deny Already paid as part of another claim
B14 deny Only one visit or consultation a day is covered
B15 deny A qualifying service or procedure is missing
B16 deny New patient rules were not met
B20 deny Done partly or wholly by another provider
B22 other Adjusted because of the diagnosis
B23 deny Not allowed without the required CLIA certification
P1 payer State-mandated no-fault requirement
P4 deny Work injury claim is not compensable
P12 contract Workers' compensation fee schedule
P14 contract Included in another service of that day (workers' compensation)
"""

REASONS: dict[str, Reason] = {
    code: Reason(kind, label) for code, kind, label in (line.split(" ", 2) for line in _TABLE.strip().splitlines())
}

_ENDED = frozenset(
    str(n)
    for n in (
        15, 17, 25, 28, 30, 36, 37, 38, 41, 42, 43, 46, 47, 48, 52, 57, 62, 63, 64, 65, 67, 68, 71, 72, 73,
        77, 79, 80, 81, 82, 83, 84, 86, 87, 88, 92, 93, 98, 99, 113, 120, 123, 124, 125, 126, 127, 138, 141,
        145, 156, 162, 165, 168, 191, 196, 214, 217, 218, 220, 221, 230, 244, 255,
        "A2", "A3", "A4", "A7", "B2", "B3", "B5", "B6", "B17", "B18", "B19", "B21",
        "Y1", "Y2", "Y3",
        *(f"D{n}" for n in range(1, 24)),
        *(f"W{n}" for n in range(1, 10)),
    )
)  # fmt: skip
#: Codes that are in use although we have no words for them.
_WORDLESS = frozenset(str(n) for n in (292, 293, 294, 295, 298, *range(300, 307))) | {f"P{n}" for n in range(1, 33)}
KNOWN = frozenset(REASONS) | _ENDED | _WORDLESS


def label(code: str) -> str:
    """What a CARC says, in our words; the code itself where we have none."""
    reason = REASONS.get(code)
    return reason.label if reason else f"Reason {code}"


def effect(group: str, code: str) -> str:
    """What an adjustment means for the practice: ``patient``, ``contract``, ``deny``, ``payer`` or ``other``.

    PR is the patient's whatever the reason, except that a denying reason stays ``deny``: the patient should
    not be billed before somebody has looked. A reason under CO or PI that we do not know counts as a
    denial, so that nothing is written off unseen.
    """
    reason = REASONS.get(code)
    if group == "PR":
        return "deny" if reason is not None and reason.kind == "deny" else "patient"
    if reason is None:
        return "other" if group in ("OA", "CR") else "deny"
    if reason.kind == "patient" and group in ("CO", "PI"):
        return "contract"
    return reason.kind


def denies(group: str, code: str) -> bool:
    """True where the adjustment belongs on the list of denials."""
    return effect(group, code) == "deny"
