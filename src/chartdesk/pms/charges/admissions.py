"""How a patient came to a facility and left it, as institutional claims say it (UB-04 items 12 to 17; CL1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from chartdesk.pms.registration.validation import Faults

if TYPE_CHECKING:
    from chartdesk.pms.charges.circumstances import Circumstances

#: Priority of the visit or admission (CL101).
TYPES = {
    "1": "Emergency", "2": "Urgent", "3": "Elective", "4": "Newborn", "5": "Trauma", "9": "Not known",
}  # fmt: skip
#: Where the patient came from (CL102).
SOURCES = {
    "1": "Home, work or another place that is no facility", "2": "Clinic or physician's office",
    "4": "Another hospital", "5": "Skilled nursing or intermediate care", "6": "Another health facility",
    "8": "Court or police", "9": "Not known", "D": "Another unit of the same hospital",
    "E": "Ambulatory surgery center", "F": "Hospice", "G": "Designated disaster site",
}  # fmt: skip
#: How the patient stood at the end of what is billed (CL103).
STATUSES = {
    "01": "Went home", "02": "To another hospital", "03": "To skilled nursing", "04": "To intermediate care",
    "05": "To a cancer center or children's hospital", "06": "Home with home health care", "07": "Left against advice",
    "09": "Admitted to this hospital", "20": "Died", "21": "To court or police", "30": "Still a patient",
    "43": "To a federal hospital", "50": "Hospice at home", "51": "Hospice in a facility",
    "61": "To a swing bed", "62": "To rehabilitation", "63": "To long-term care", "64": "To Medicaid nursing",
    "65": "To psychiatry", "66": "To a critical access hospital", "70": "To another kind of facility",
}  # fmt: skip
#: Of a visit, where nobody said otherwise: it was planned, the patient came from home and went home.
PLANNED, FROM_HOME, WENT_HOME = "3", "1", "01"
#: Field → what it is, and what may stand there.
FIELDS = {
    "admission_type": ("How urgent it was", TYPES), "admission_source": ("Where the patient came from", SOURCES),
    "patient_status": ("How the patient left", STATUSES),
}  # fmt: skip
#: Fields of an hour, and what they are.
HOURS = {"admitted_at": "Hour of the admission", "discharged_at": "Hour of the discharge"}
_HOUR = re.compile(r"([01]\d|2[0-3])[0-5]\d")


def check(said: Circumstances, faults: Faults) -> None:
    """Add to ``faults`` what cannot be."""
    for name, (words, codes) in FIELDS.items():
        given = getattr(said, name)
        if given and given not in codes:
            faults.add(name, f"{words}: {given!r} is no code.", "Choose one of the list.")
    for name, words in HOURS.items():
        given = getattr(said, name)
        if given and not _HOUR.fullmatch(given):
            faults.add(name, f"{words}: {given!r} is no time.", "Write it like 0815.")


def sentences(said: Circumstances) -> Iterator[str]:
    """What was said, for people to read."""
    for name, (words, codes) in FIELDS.items():
        if given := getattr(said, name):
            yield f"{words}: {codes.get(given, given)} ({given})"
    for name, words in HOURS.items():
        if given := getattr(said, name):
            yield f"{words}: {given[:2]}:{given[2:]}"
