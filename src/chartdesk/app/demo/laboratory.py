"""What laboratories and other clinics have reported to the demo's clinicians lately: ordered or not, signed or not.

By the commands that the pages and the interfaces call, under the clock of the day it happened.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import typst

from chartdesk.app.demo.setup import Place
from chartdesk.ehr.orders import catalog, commands, documents, queries, results
from chartdesk.ehr.orders.content import (
    LOINC,
    AttachmentIn,
    Coded,
    DocumentIn,
    NewOrder,
    ObservationIn,
    ReportIn,
)
from chartdesk.kit import clock, outbox
from chartdesk.pms.scheduling import queries as scheduling
from chartdesk.record.access.subject import Subject

LABORATORY = "Lakeside Laboratory"
#: Value | LOINC | name | unit | range | flag, by what was ordered.
_PANELS = {
    "bmp": """
        139 | 2951-2  | Sodium              | mmol/L | 136-145 | N
        6.3 | 2823-3  | Potassium           | mmol/L | 3.5-5.1 | HH
        1.4 | 2160-0  | Creatinine          | mg/dL  | 0.6-1.2 | H
        98  | 2345-7  | Glucose             | mg/dL  | 70-99   | N""",
    "lipid": """
        212 | 2093-3  | Cholesterol         | mg/dL  | <200    | H
        141 | 13457-7 | LDL, computed       | mg/dL  | <100    | H
        48  | 2085-9  | HDL                 | mg/dL  | >40     | N""",
    "cbc": """
        13.8 | 718-7  | Hemoglobin          | g/dL   | 12.0-16.0 | N
        6.1 | 6690-2  | White cells         | 10*3/uL | 4.0-11.0 | N
        244 | 777-3   | Platelets           | 10*3/uL | 150-400  | N""",
    "tsh": "2.1 | 3016-3 | Thyroid stimulating hormone | m[IU]/L | 0.4-4.5 | N",
    "a1c": "8.1 | 4548-4 | Hemoglobin A1c | % | <7.0 | H",
}
#: Earlier values of the last, months before, so that there is a course to look at.
_EARLIER = ((9, "9.4"), (6, "8.9"), (3, "8.3"))


def report(place: Place, now: datetime) -> None:
    """Do all of it, as of ``now``. What there are no visits for is left out."""
    subject = place.subject()
    catalog.begin(subject, performer=LABORATORY)
    visits = scheduling.calendar(subject, now - timedelta(days=21), now - timedelta(days=1), statuses=["departed"])
    seen = {visit.patient_id: visit for visit in visits if visit.practitioner}
    for number, (item, visit) in enumerate(zip(_PANELS, list(seen.values())[-len(_PANELS) :], strict=False), 1):
        with clock.at(visit.starts + timedelta(minutes=15)):
            asked = NewOrder(item, practitioner_id=visit.practitioner, taken=clock.now())
            request = commands.order(subject, visit.patient_id, asked)
        row = queries.order(subject, request).row
        if item == "a1c":
            _before(subject, visit.patient_id, now)
        at = min(visit.starts + timedelta(hours=20), now - timedelta(minutes=10 * number))
        with clock.at(at):
            given = _report(visit.patient_id, item, f"LL-{number:04}", at, row.number, row.name)
            results.receive(subject, [given])
        if item in ("cbc", "tsh"):
            _sign(subject, visit.patient_id, at + timedelta(minutes=5))
    for visit in list(seen.values())[:1]:
        _letter(subject, visit.patient_id, now - timedelta(hours=3))
    outbox.deliver_all(subject.practice)


def _report(patient: str, item: str, filler: str, at: datetime, order: str, name: str) -> ReportIn:
    return ReportIn(
        key=f"demo|{filler}",
        patient_id=patient,
        code=Coded(text=name),
        status="final",
        issued=at,
        source=LABORATORY,
        filler_number=filler,
        order_number=order,
        taken=at - timedelta(hours=20),
        observations=tuple(_value(line) for line in _PANELS[item].strip().splitlines()),
    )


def _value(line: str) -> ObservationIn:
    number, code, name, unit, limits, flag = (part.strip() for part in line.split("|"))
    return ObservationIn(
        Coded(code, LOINC, name), number=Decimal(number), unit=unit, ucum=unit, limits=limits, flags=(flag,)
    )


def _before(subject: Subject, patient: str, now: datetime) -> None:
    """Earlier values, signed long ago."""
    for months, number in _EARLIER:
        at = now - timedelta(days=30 * months)
        value = ObservationIn(
            Coded("4548-4", LOINC, "Hemoglobin A1c"), number=Decimal(number), unit="%", ucum="%", limits="<7.0"
        )
        given = ReportIn(
            f"demo|before-{months}", patient, Coded(text="Hemoglobin A1c"), "final", at, source=LABORATORY,
            observations=(value,),
        )  # fmt: skip
        with clock.at(at):
            results.receive(subject, [given])
            _sign(subject, patient, at)


def _sign(subject: Subject, patient: str, at: datetime) -> None:
    with clock.at(at):
        for row in queries.of_patient(subject, patient):
            if row.state == "open":
                commands.sign_off(subject, row.pk, version=row.version)


def _letter(subject: Subject, patient: str, at: datetime) -> None:
    """A consultant's letter that names no clinician of the practice."""
    page = "= Cardiology consultation\n\nDear colleague,\n\nthe echocardiogram is normal. No change is needed.\n"
    given = DocumentIn(
        "demo|letter", patient, "Cardiology consultation", AttachmentIn(typst.compile(page.encode()), "application/pdf",
        "Cardiology consultation"), at, source="Riverside Heart Center", orderer_name="Dr. Unknown",
    )  # fmt: skip
    with clock.at(at):
        documents.receive(subject, given)
