"""Codes of what stands below an EB of the 271, with our own short labels."""

from __future__ import annotations

from chartdesk.standards.x12.codes.coverage import table

#: EB04.
_INSURANCE = """
12 Medicare pays second: working aged
13 Medicare pays second: kidney disease
14 Medicare pays second: no-fault car insurance
15 Medicare pays second: workers' compensation
16 Medicare pays second: public health service
41 Medicare pays second: black lung
42 Medicare pays second: Veterans Affairs
43 Medicare pays second: disabled
47 Medicare pays second: liability insurance
AP car insurance
C1 commercial plan
CO continued coverage (COBRA)
CP Medicare pays conditionally
D disability
DB disability benefits
EP EPO plan
FF family or friends
GP group policy
HM HMO plan
HN HMO plan of Medicare
HS Medicare beneficiary of low income
IN indemnity plan
IP individual policy
LC long term care
LD long term policy
LI life insurance
LT litigation
MA Medicare Part A
MB Medicare Part B
MC Medicaid
MH Medigap Part A
MI Medigap Part B
MP Medicare pays first
OT other plan
PE personal property insurance
PL personal insurance
PP personal payment
PR PPO plan
PS point of service plan
QM qualified Medicare beneficiary
RP property insurance
SP supplemental policy
TF government program (TEFRA)
WC workers' compensation
WU wrap-up policy
"""

#: NM101 of loop 2120.
_PARTIES = """
13 contracted provider
1I preferred provider organization
1P provider
2B administrator
36 employer
73 other physician
FA facility
GP gateway provider
GW group
I3 physicians' association
IL insured
LR legal representative
OC insurer of origin
P3 primary care provider
P4 earlier insurer
P5 plan sponsor
PR payer
PRP first payer
SEP second payer
TTP third payer
VER verifier
VN vendor
VY organization completing the change
X3 utilization management
Y2 managed care organization
"""

#: DTP01 below an EB.
_DATES = """
096 discharge
193 period from
194 period until
198 completed
290 other coverage
291 plan
292 benefit
295 primary care provider from
304 last visit
307 eligible
318 added
346 plan from
347 plan until
348 benefit from
349 benefit until
356 eligible from
357 eligible until
435 admission
472 service
636 updated
771 status of
"""

#: REF01 below an EB.
_REFERENCES = """
18 plan number
1L group or policy number
1W member number
49 family number
6P group number
9F referral number
ALS alternative list
CLI coverage list
F6 Medicare number
FO formulary
G1 authorization number
IG policy number
M7 category of Medicaid
N6 network number
NQ Medicaid number
"""

#: III02 where III01 is ZZ: places of service.
_PLACES = """
02 telehealth away from home
10 telehealth at home
11 office
12 home
17 walk-in clinic
19 hospital outpatient department off campus
20 urgent care center
21 hospital inpatient
22 hospital outpatient
23 emergency room
24 ambulatory surgery center
31 skilled nursing facility
32 nursing facility
34 hospice
41 ambulance
49 independent clinic
50 federally qualified health center
51 psychiatric hospital
52 psychiatric day hospital
53 community mental health center
61 rehabilitation hospital
62 outpatient rehabilitation
65 dialysis center
71 public health clinic
72 rural health clinic
81 laboratory
"""

INSURANCE_TYPES = table(_INSURANCE)
PARTIES = table(_PARTIES)
DATES = table(_DATES)
REFERENCES = table(_REFERENCES)
PLACES = table(_PLACES)
#: HSD03.
UNITS = {"DA": "day", "MO": "month", "VS": "visit", "WK": "week", "YR": "year"}
