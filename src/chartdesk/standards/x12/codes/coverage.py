"""Cover and benefits in our own words: service types, what an EB says, why a payer refuses, who files for
whom."""

_SERVICE_TYPES = """
1 medical care
2 surgery
3 consultation
4 diagnostic X-ray
5 diagnostic lab
6 radiation therapy
7 anesthesia
8 surgical assistance
9 other medical care
10 blood
11 used medical equipment
12 buying medical equipment
13 ambulatory surgery center
14 renal supplies at home
15 other dialysis
16 chronic renal disease equipment
17 tests before admission
18 renting medical equipment
19 pneumonia vaccine
20 second surgical opinion
21 third surgical opinion
22 social work
23 diagnostic dental care
24 periodontics
25 dental restoration
26 endodontics
27 maxillofacial prosthetics
28 adjunctive dental services
30 the health plan as a whole
32 plan waiting period
33 chiropractic care
34 chiropractic office visit
35 dental care
36 dental crowns
37 dental accident
38 orthodontics
39 prosthodontics
40 oral surgery
41 preventive dental care
42 home health care
43 home health prescriptions
44 home health visits
45 hospice
46 respite care
47 hospital
48 hospital inpatient
49 hospital room and board
50 hospital outpatient
51 hospital emergency, accident
52 hospital emergency, illness
53 hospital ambulatory surgery
54 long term care
55 major medical
56 medical transport
57 air transport
58 wheelchair transport
59 licensed ambulance
60 general benefits
61 in-vitro fertilization
62 MRI or CT scan
63 donor procedures
64 acupuncture
65 newborn care
66 pathology
67 stopping smoking
68 well baby care
69 maternity
70 transplants
71 hearing examination
72 inhalation therapy
73 diagnostic medical tests
74 private duty nursing
75 prosthetic device
76 dialysis
77 ear examination
78 chemotherapy
79 allergy testing
80 immunizations
81 routine physical
82 family planning
83 infertility
84 abortion
85 AIDS
86 emergency services
87 cancer
88 pharmacy
89 retail prescription drugs
90 mail order prescription drugs
91 brand name prescription drugs
92 generic prescription drugs
93 podiatry
94 podiatry office visit
95 podiatry nursing home visit
96 physician's professional services
97 anesthesiologist
98 physician's office visit
99 physician's inpatient visit
A0 physician's outpatient visit
A1 physician's nursing home visit
A2 physician's skilled nursing visit
A3 physician's home visit
A4 psychiatry
A5 psychiatric room and board
A6 psychotherapy
A7 inpatient psychiatry
A8 outpatient psychiatry
A9 rehabilitation
AA rehabilitation room and board
AB inpatient rehabilitation
AC outpatient rehabilitation
AD occupational therapy
AE physical medicine
AF speech therapy
AG skilled nursing care
AH skilled nursing room and board
AI substance abuse treatment
AJ alcoholism treatment
AK drug addiction treatment
AL vision care
AM frames
AN routine eye examination
AO lenses
AQ non-routine eye examination
AR experimental drug therapy
B1 burn care
B2 brand name drugs on the formulary
B3 brand name drugs off the formulary
BA independent medical evaluation
BB partial hospital psychiatry
BC day care psychiatry
BD cognitive therapy
BE massage therapy
BF lung rehabilitation
BG heart rehabilitation
BH pediatric care
BI nursery
BJ skin care
BK orthopedics
BL cardiac care
BM lymphatic care
BN gastrointestinal care
BP endocrine care
BQ neurology
BR eye care
BS invasive procedures
BT gynaecology
BU obstetrics
BV obstetrics and gynaecology
BW mail order brand name drugs
BX mail order generic drugs
BY sick visit to the office
BZ well visit to the office
C1 coronary care
CA private duty nursing, inpatient
CB private duty nursing, home
CC professional surgical benefits
CD facility surgical benefits
CE inpatient mental health, professional
CF outpatient mental health, professional
CG inpatient mental health, facility
CH outpatient mental health, facility
CI inpatient substance abuse, facility
CJ outpatient substance abuse, facility
CK X-ray screening
CL lab screening
CM mammogram, high risk
CN mammogram, low risk
CO flu vaccination
CP eyewear and accessories
CQ case management
DG dermatology
DM medical equipment
DS diabetic supplies
GF generic drugs on the formulary
GN generic drugs off the formulary
GY allergy
IC intensive care
MH mental health
NI neonatal intensive care
ON oncology
PT physical therapy
PU pulmonary care
RN renal care
RT residential psychiatric treatment
TC transitional care
TN transitional nursery care
UC urgent care
"""

_BENEFIT_INFO = """
1 Active
2 Active, fully capitated
3 Active, capitated to primary care
4 Active, service capitated
5 Active, under investigation
6 Inactive
7 Inactive, waiting for an eligibility update
8 Inactive, under investigation
A Coinsurance
B Copay
C Deductible
CB Coverage basis
D Benefit description
E Exclusion
F Limit
G Out of pocket maximum
H Unlimited
I Not covered
J Cost containment
K Reserve
L Primary care provider
M Pre-existing condition
MC Managed care coordinator
N Restricted to this provider
O Not medically necessary
P Benefit disclaimer
Q Second surgical opinion required
R Other or additional payer
S Earlier years of cover
T Card reported lost or stolen
U Contact for further information
V Cannot be answered
W Other source of data
X Health care facility
Y Spend down
"""

_PERIODS = """
6 per hour
7 per day
13 per 24 hours
21 in years
22 in the service year
23 in the calendar year
24 so far this year
25 in the contract
26 in this episode
27 per visit
28 per outlier
29 remaining
30 exceeded
31 not exceeded
32 in a lifetime
33 remaining in a lifetime
34 in a month
35 in a week
36 per admission
"""

_REFUSALS = """
04 More was asked for than is authorized
15 Data the payer needs is missing
33 Input is wrong
35 Cannot be answered for this period
41 We are not authorized to ask
42 The payer cannot answer now
43 Provider's identifier is missing or wrong
44 Provider's name is missing or wrong
45 Provider's specialty is missing or wrong
46 Provider's phone number is missing or wrong
47 Provider's state is missing or wrong
48 Referring provider's identifier is missing or wrong
49 Provider is not the primary care physician
50 Provider may not ask
51 Provider is not on file with the payer
52 Service dates are not within the provider's enrolment
53 Nothing is known about the provider's service
54 Product or service is not appropriate
55 Product or service is not covered
56 Date is not possible
57 Date of service is missing or wrong
58 Date of birth is missing or wrong
60 Date of birth is after the date of service
61 Date of death is before the date of service
62 Date of service is too far in the past
63 Date of service is in the future
64 Patient's identifier is missing or wrong
65 Patient's name is missing or wrong
66 Patient's sex is missing or wrong
67 Patient was not found
68 Patient's identifier occurs more than once
69 Service does not fit the patient's age
70 Service does not fit the patient's sex
71 Patient's date of birth does not match the payer's
72 Subscriber's identifier is missing or wrong
73 Subscriber's name is missing or wrong
74 Subscriber's sex is missing or wrong
75 Subscriber was not found
76 Subscriber's identifier occurs more than once
77 Subscriber was found, patient was not
78 Subscriber is not in this group or plan
79 Sender or receiver is not known
80 No answer in time
97 Provider's address is missing or wrong
98 Experimental service or procedure
AA Authorization number was not found
AE A primary care provider's authorization is required
AF Diagnosis code is missing or wrong
AG Procedure code is missing or wrong
AO Further information on the patient is required
CI Certification information does not match the patient
E8 A medical review is required
IA Authorization number format is wrong
MA Authorization number is missing
T4 Payer's name or identifier is missing
"""

_FOLLOW_UP = """
C Correct it and ask again
N Do not ask again
P Send the same question again
R Ask again
S Do not ask again: the question was passed on to a third party
W Wait 30 days and ask again
X Wait 10 days and ask again
Y Do not ask again: the payer will answer
"""

_FILING = """
11 other non-federal program
12 PPO
13 POS
14 EPO
15 indemnity
16 Medicare Advantage HMO
17 dental HMO
AM auto medical
BL Blue Cross and Blue Shield
CH Tricare
CI commercial
DS disability
FI federal employees program
HM HMO
LM liability medical
MA Medicare part A
MB Medicare part B
MC Medicaid
OF other federal program
TV title V
VA Veterans Affairs
WC workers' compensation
ZZ not known
"""

_RELATIONSHIPS = """
01 spouse
18 self
19 child
20 employee
21 not known
34 other adult
39 organ donor
40 cadaver donor
53 life partner
G8 other relationship
"""

_LEVELS = """
CHD children only
DEP dependents only
ECH employee and children
EMP employee only
ESP employee and spouse
FAM family
IND individual
SPC spouse and children
SPO spouse only
"""


def table(text: str) -> dict[str, str]:
    """Codes and their labels from lines of a code and a label."""
    return {code: label for code, _, label in (line.partition(" ") for line in text.strip().splitlines())}


SERVICE_TYPES = table(_SERVICE_TYPES)
BENEFIT_INFO = table(_BENEFIT_INFO)
PERIODS = table(_PERIODS)
REFUSALS = table(_REFUSALS)
FOLLOW_UP = table(_FOLLOW_UP)
FILING_INDICATORS = table(_FILING)
RELATIONSHIPS = table(_RELATIONSHIPS)
COVERAGE_LEVELS = table(_LEVELS)

QUANTITIES = {
    "8H": "at least", "99": "used", "CA": "covered days", "CE": "covered, actual", "D3": "co-insured",
    "DB": "deductible units",
    "DY": "days", "HS": "hours", "LA": "lifetime reserve days, actual", "LE": "lifetime reserve days",
    "M2": "maximum", "MN": "months", "P6": "services or procedures", "QA": "approved",
    "S7": "age, high value",
    "S8": "age, low value", "VS": "visits", "YY": "years",
}  # fmt: skip
