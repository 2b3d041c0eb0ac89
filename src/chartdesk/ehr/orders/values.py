"""The values of a report, and the course of one value over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlencode

from chartdesk.ehr.elements import id_of, moment_of, words
from chartdesk.ehr.orders import rules
from chartdesk.kit.transactions import reading
from chartdesk.record import database, search
from chartdesk.record import reading as single
from chartdesk.record.access import Subject
from chartdesk.record.stored import Stored
from chartdesk.standards import fhir
from chartdesk.standards.fhir import r4

#: Values of a course that a page shows.
_MOST = 60


@dataclass(frozen=True)
class Value:
    """One value as it is shown. ``said`` is the value in words, ``flag`` the code of how it lies.

    ``system`` and ``code`` name what was measured, for its course; ``number`` is None where it is no number.
    """

    observation: str
    name: str
    system: str
    code: str
    said: str
    number: Decimal | None
    unit: str
    limits: str
    low: Decimal | None
    high: Decimal | None
    flag: str
    status: str
    at: datetime | None
    notes: list[str]
    specimen: str
    before: str = ""

    @property
    def level(self) -> int:
        """0 normal, 1 abnormal, 2 critical."""
        return 0 if self.gone else rules.level([self.flag])

    @property
    def query(self) -> str:
        """What was measured, as an address asks for its course."""
        return urlencode({"system": self.system, "code": self.code})

    @property
    def gone(self) -> bool:
        """Whether the value does not count any more."""
        return self.status in rules.GONE


def of_report(subject: Subject, found: r4.DiagnosticReport) -> list[Value]:
    """The values of a report, in its order; of a corrected one also what it was before."""
    return of_reports(subject, [found])[0]


def of_reports(subject: Subject, reports: Sequence[r4.DiagnosticReport]) -> list[list[Value]]:
    """The values of each report, all read at once."""
    wanted = [[id for one in found.result if (id := id_of(one))] for found in reports]
    stored = single.several(subject, "Observation", {id for ids in wanted for id in ids}, why="result")
    return [[_shown(subject, stored[id]) for id in ids if id in stored] for ids in wanted]


def _shown(subject: Subject, stored: Stored) -> Value:
    resource = stored.resource
    assert isinstance(resource, r4.Observation)
    corrected = resource.status == "corrected" and stored.version > 1
    return _value(stored.id, resource, _before(subject, stored.id, _said(resource)) if corrected else "")


def course(subject: Subject, patient_id: str, system: str, code: str) -> list[Value]:
    """The numbers under one code, the oldest first; values that do not count are left out."""
    asked = [("patient", patient_id), ("code", f"{system}|{code}"), ("_sort", "-date")]
    with reading(subject):
        page = search.find(subject, "Observation", asked, count=_MOST)
    found = []
    for stored in page.entries:
        assert isinstance(stored.resource, r4.Observation)
        found.append(_value(stored.id, stored.resource, ""))
    usable = [one for one in found if one.number is not None and one.at is not None and not one.gone]
    unit = usable[0].unit if usable else ""
    return [one for one in reversed(usable) if one.unit == unit]


_EARLIER = """
    SELECT body FROM record_history WHERE practice = %s AND type = 'Observation' AND id = %s AND NOT deleted
     ORDER BY version DESC LIMIT 8
"""


def _before(subject: Subject, id: str, now: str) -> str:
    """What a corrected value was before: the last version that said something else."""
    for (body,) in database.rows(_EARLIER, [subject.practice, id]):
        old = fhir.decode(body.encode(), type="Observation")
        assert isinstance(old, r4.Observation)
        said = _said(old)
        if said and said != now:
            return said
    return ""


def _value(id: str, found: r4.Observation, before: str) -> Value:
    quantity = found.valueQuantity
    code = next((one for one in found.code.coding if one.code), None) if found.code else None
    range = next(iter(found.referenceRange), None)
    return Value(
        observation=id,
        name=words(found.code),
        system=code.system or "" if code else "",
        code=code.code or "" if code else "",
        said=_said(found),
        number=quantity.value if quantity else None,
        unit=quantity.unit or "" if quantity else "",
        limits=_limits(range),
        low=range.low.value if range and range.low else None,
        high=range.high.value if range and range.high else None,
        flag=_flag(found.interpretation),
        status=found.status or "final",
        at=moment_of(found.effectiveDateTime),
        notes=[one.text for one in found.note if one.text],
        specimen=(found.specimen.display or "") if found.specimen else "",
        before=before,
    )


def _said(found: r4.Observation) -> str:
    quantity = found.valueQuantity
    if quantity is not None and quantity.value is not None:
        return f"{quantity.comparator or ''}{quantity.value:f} {quantity.unit or ''}".strip()
    if found.valueCodeableConcept is not None:
        return words(found.valueCodeableConcept)
    for component in found.component:
        if component.valueQuantity is not None and component.valueQuantity.value is not None:
            parts = [one.valueQuantity for one in found.component if one.valueQuantity is not None]
            return "/".join(f"{one.value:f}" for one in parts if one.value is not None)
    return found.valueString or found.valueDateTime or ""


def _limits(range: r4.ObservationReferenceRange | None) -> str:
    if range is None:
        return ""
    if range.text:
        return range.text
    low = f"{range.low.value:f}" if range.low and range.low.value is not None else ""
    high = f"{range.high.value:f}" if range.high and range.high.value is not None else ""
    return f"{low}-{high}" if low and high else f">= {low}" if low else f"<= {high}" if high else ""


def _flag(found: Iterable[r4.CodeableConcept]) -> str:
    for one in found:
        code = next((coding.code for coding in one.coding if coding.code), "") or one.text or ""
        if code:
            return code.upper()
    return ""
