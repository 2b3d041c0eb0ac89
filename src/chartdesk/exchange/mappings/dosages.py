"""The dosage of an order, of which each segment tells a part: RXO and RXE the dose, RXR the route, TQ1 when.

R4 has a dosage for each schedule, with all that is said of it.
"""

from __future__ import annotations

from typing import Any

Into = dict[str, Any]

#: What another segment says once more stands beside what was said.
_TOGETHER = frozenset({"additionalInstruction", "doseAndRate"})


def join(resources: list[Into]) -> dict[int, Into]:
    """Join the dosages of each order. Returns into what each went that is no longer there, by its id."""
    moved: dict[int, Into] = {}
    for one in resources:
        if one["resourceType"] == "MedicationRequest" and len(one.get("dosageInstruction", ())) > 1:
            one["dosageInstruction"] = _joined(one["dosageInstruction"], moved)
    return moved


def _joined(dosages: list[Into], moved: dict[int, Into]) -> list[Into]:
    made = [one for one in dosages if "timing" in one] or dosages[:1]
    for part in dosages:
        if any(part is one for one in made):
            continue
        if any(part.keys() & into.keys() - _TOGETHER - {"text"} for into in made):
            made.append(part)
            continue
        moved[id(part)] = made[0]
        for into in made:
            _add(into, part)
    return made


def _add(into: Into, part: Into) -> None:
    for name, value in part.items():
        if name == "text" and "text" in into:
            into["text"] = f"{value}; {into['text']}"
        elif name in _TOGETHER:
            into[name] = [*value, *into.get(name, ())]
        else:
            into[name] = value
