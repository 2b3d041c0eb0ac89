"""The demo's fee schedule: a few dozen common codes in our own words.

CPT is licensed by the American Medical Association; a practice imports its own list (``chartdesk import-fees``).
The descriptions here are Chartdesk's wording and only for the demo.
"""

from __future__ import annotations

from decimal import Decimal

_TABLE = """
99202|New patient visit, straightforward|115
99203|New patient visit, low complexity|168
99204|New patient visit, moderate complexity|248
99205|New patient visit, high complexity|325
99211|Nurse visit, established patient|38
99212|Established visit, straightforward|85
99213|Established visit, low complexity|135
99214|Established visit, moderate complexity|192
99215|Established visit, high complexity|268
99381|Preventive visit, new, infant|160
99382|Preventive visit, new, age 1 to 4|166
99383|Preventive visit, new, age 5 to 11|172
99384|Preventive visit, new, age 12 to 17|194
99385|Preventive visit, new, age 18 to 39|190
99386|Preventive visit, new, age 40 to 64|218
99391|Preventive visit, established, infant|142
99392|Preventive visit, established, age 1 to 4|152
99393|Preventive visit, established, age 5 to 11|152
99394|Preventive visit, established, age 12 to 17|166
99395|Preventive visit, established, age 18 to 39|170
99396|Preventive visit, established, age 40 to 64|182
99397|Preventive visit, established, 65 and over|196
G0439|Medicare yearly wellness visit, subsequent|198
36415|Blood draw from a vein|15
81002|Urine dipstick, read by eye|8
85025|Complete blood count with differential|20
80053|Metabolic panel, 14 tests|28
80061|Cholesterol panel|34
83036|Hemoglobin A1c|25
84443|Thyroid stimulating hormone|42
87880|Rapid strep test|30
87804|Rapid influenza test|30
93000|Electrocardiogram with reading|42
94010|Breathing test, spirometry|70
94640|Nebulizer treatment|38
96127|Brief emotional or behavioral screening|12
96372|Injection under the skin or into muscle|36
90471|Giving a vaccine, first|34
90472|Giving a vaccine, each further|24
90686|Influenza vaccine, four strains|38
90715|Tetanus, diphtheria and pertussis vaccine|62
J1885|Ketorolac injection, per 15 mg|6
J3420|Vitamin B12 injection, up to 1,000 mcg|8
20610|Injection into a large joint|140
17110|Destroying warts, up to 14|220
11200|Removing skin tags, up to 15|185
11042|Cleaning a wound to below the skin|240
69210|Removing earwax with an instrument|95
10060|Draining an abscess, simple|235
"""


def fees() -> list[tuple[str, str, Decimal]]:
    """Rows of code, description in our words, amount in dollars."""
    rows = [line.split("|") for line in _TABLE.strip().splitlines()]
    return [(code, words, Decimal(amount + ".00")) for code, words, amount in rows]
