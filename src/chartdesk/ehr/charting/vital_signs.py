"""Reading vital signs: Observations of one moment and visit together, in the units of our measures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from chartdesk.ehr.charting.content import Vitals
from chartdesk.ehr.charting.rules import vital_issues
from chartdesk.ehr.elements import id_of, moment_of
from chartdesk.record import search
from chartdesk.record.access import Subject
from chartdesk.record.stored import Stored
from chartdesk.standards.fhir import r4
from chartdesk.standards.terminology import vitals as terms

PRESSURES = ("systolic", "diastolic")
#: Observations read to find the last set: a visit brings at most eight.
_LATEST = 60


@dataclass(frozen=True)
class VitalsView:
    """Vital signs of one moment. ``values`` maps a measure's name (and ``bmi``) to its value."""

    taken: datetime
    encounter_id: str
    values: dict[str, Decimal]
    unusual: list[str]
    observations: list[str]

    @property
    def line(self) -> str:
        """All values in one line: ``BP 128/82, pulse 72, ...``."""
        return line(self.values)


def last(subject: Subject, patient_id: str) -> VitalsView | None:
    """The newest set of the patient; None when there is none."""
    asked = [("patient", patient_id), ("category", "vital-signs"), ("_sort", "-date")]
    found = _sets(search.find(subject, "Observation", asked, count=_LATEST).entries)
    return found[-1] if found else None


def of_encounter(subject: Subject, patient_id: str, encounter_id: str) -> list[VitalsView]:
    """The sets that were taken in one visit, the newest last."""
    asked = [("patient", patient_id), ("category", "vital-signs"), ("encounter", encounter_id)]
    return _sets(search.all(subject, "Observation", asked))


def line(values: dict[str, Decimal]) -> str:
    """Values in one line, in the order of a chart."""
    parts = []
    if all(name in values for name in PRESSURES):
        parts.append(f"BP {_plain(values['systolic'])}/{_plain(values['diastolic'])}")
    for name, measure in (*terms.MEASURES.items(), ("bmi", terms.BMI)):
        if name in values and name not in PRESSURES:
            unit = "" if measure.code == "/min" else f" {measure.unit}"
            parts.append(f"{'BMI' if name == 'bmi' else measure.label.lower()} {_plain(values[name])}{unit}")
    return ", ".join(parts)


def _plain(value: Decimal) -> str:
    """A value without zeros that say nothing; a whole number without an exponent."""
    return f"{value.normalize():f}"


def _sets(found: Iterable[Stored]) -> list[VitalsView]:
    """Observations of one moment and visit together, the newest set last."""
    sets: dict[tuple[datetime, str], VitalsView] = {}
    for stored in found:
        observation = stored.resource
        assert isinstance(observation, r4.Observation)
        taken = moment_of(observation.effectiveDateTime)
        values = _values(observation)
        if taken is None or not values or observation.status == "entered-in-error":
            continue
        encounter = id_of(observation.encounter)
        one = sets.setdefault((taken, encounter), VitalsView(taken, encounter, {}, [], []))
        one.values.update(values)
        one.observations.append(stored.id)
    for one in sets.values():
        one.unusual.extend(_unusual(one.values))
    return [sets[key] for key in sorted(sets)]


def _values(observation: r4.Observation) -> dict[str, Decimal]:
    """The values under the names of our measures, where they come in the units of our measures."""
    parts = [(observation.code, observation.valueQuantity)]
    parts += [(part.code, part.valueQuantity) for part in observation.component]
    values = {}
    for code, quantity in parts:
        codes = [item.code or "" for item in code.coding] if code else []
        measure = next((found for item in codes if (found := terms.by_loinc(item))), None)
        if measure and quantity and quantity.value is not None and quantity.code == measure.code:
            values[measure.name] = quantity.value
    return values


def _unusual(values: dict[str, Decimal]) -> list[str]:
    known = {name: value for name, value in values.items() if name in terms.MEASURES}
    return [issue.where for issue in vital_issues(Vitals(**known)) if issue.rule == "vital-unusual"]
