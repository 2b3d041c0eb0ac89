"""Vital signs: what is measured, in which unit, under which code, and what is plausible.

Codes are LOINC, units UCUM, both as the US Core 6.1 vital signs profiles fix them. A value outside
``possible`` is a slip of the pen and is refused; one outside ``usual`` (adults at rest) is only pointed out.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
CATEGORY_SYSTEM = "http://terminology.hl7.org/CodeSystem/observation-category"

#: The panel that holds systolic and diastolic pressure as its components.
BLOOD_PRESSURE = "85354-9"
#: Body mass index, computed from weight and height, never entered.
BODY_MASS_INDEX = "39156-5"


@dataclass(frozen=True)
class Measure:
    """One vital sign. ``code`` is UCUM; ``unit`` is what people read; ``also`` holds further LOINC codes."""

    name: str
    label: str
    loinc: str
    code: str
    unit: str
    possible: tuple[Decimal, Decimal]
    usual: tuple[Decimal, Decimal] | None = None
    also: tuple[str, ...] = ()


def _limits(text: str) -> tuple[Decimal, Decimal]:
    low, _, high = text.partition(" ")
    return Decimal(low), Decimal(high)


def _measure(line: str) -> Measure:
    name, label, loinc, code, unit, possible, usual = (part.strip() for part in line.split("|"))
    first, *also = loinc.split()
    return Measure(name, label, first, code, unit, _limits(possible), _limits(usual) if usual else None, tuple(also))


_TABLE = """
systolic      | Systolic pressure  | 8480-6         | mm[Hg]  | mmHg  | 40 300   | 90 139
diastolic     | Diastolic pressure | 8462-4         | mm[Hg]  | mmHg  | 20 200   | 50 89
pulse         | Pulse              | 8867-4         | /min    | /min  | 20 300   | 50 110
temperature_f | Temperature        | 8310-5         | [degF]  | °F    | 80 115   | 96 100.3
respirations  | Respirations       | 9279-1         | /min    | /min  | 4 80     | 10 24
spo2          | Oxygen saturation  | 59408-5 2708-6 | %       | %     | 40 100   | 93 100
weight_lb     | Weight             | 29463-7        | [lb_av] | lb    | 0.5 1500 |
height_in     | Height             | 8302-2         | [in_i]  | in    | 6 108    |
"""
MEASURES = {measure.name: measure for measure in map(_measure, _TABLE.strip().splitlines())}
BMI = _measure(f"bmi | Body mass index | {BODY_MASS_INDEX} | kg/m2 | kg/m² | 5 200 | 18.5 29.9")

_KG_PER_LB = Decimal("0.45359237")
_M_PER_IN = Decimal("0.0254")


def body_mass_index(weight_lb: Decimal, height_in: Decimal) -> Decimal:
    """Weight over height squared, in kg/m², with one decimal place."""
    metres = height_in * _M_PER_IN
    return (weight_lb * _KG_PER_LB / (metres * metres)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def by_loinc(code: str) -> Measure | None:
    """The vital sign under a LOINC code; None for another code."""
    for measure in (*MEASURES.values(), BMI):
        if code == measure.loinc or code in measure.also:
            return measure
    return None
