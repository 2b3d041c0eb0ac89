"""Medical decision making: the elements by which the level of a visit is chosen, and what each level of them means.

The rules of 2021 (office) and 2023 (hospital, nursing facility, home, consultation) in our own words.
"""

from __future__ import annotations

#: The levels of decision making, lowest first. The first is also called straightforward.
LEVELS = ("minimal", "low", "moderate", "high")
#: The elements, and what each level of them means.
ELEMENTS: dict[str, tuple[str, tuple[str, str, str, str]]] = {
    "problems": ("Problems addressed", (
        "One that is minor and goes away by itself",
        "Two minor ones, one stable chronic illness, or one uncomplicated acute illness or injury",
        "A chronic illness that gets worse, two stable ones, a new problem not yet known, or an acute one with fever",
        "A severe worsening of a chronic illness, or a threat to life or to a function of the body",
    )),
    "data": ("Data looked at", (
        "None, or one item",
        "Two items (a test ordered or read, a note from outside), or a history told by somebody else",
        "Three items, a test read by oneself, or a talk with another clinician about it",
        "Two of these: three items, a test read by oneself, a talk with another clinician",
    )),
    "risk": ("Risk of what was decided", (
        "Minimal",
        "Low, such as a medicine without prescription",
        "Moderate: a prescription, a minor operation with risks, or living conditions that limit treatment",
        "High: a drug watched for harm, a major operation, admission to a hospital, or a decision not to treat further",
    )),
}  # fmt: skip
