"""Orders as OML^O21, or as ORM^O01 for partners who take those (HL7 v2.5.1, sections 4.4.6 and 4.4.1)."""

from __future__ import annotations

from datetime import datetime

from chartdesk.ehr.orders import queries as orders
from chartdesk.ehr.orders.content import LOINC, Coded
from chartdesk.ehr.orders.queries import OrderView
from chartdesk.exchange.halves import clinical_sending
from chartdesk.exchange.halves.clinical_sending import Line
from chartdesk.exchange.halves.hl7v2 import parties, segments
from chartdesk.exchange.halves.hl7v2.segments import segment
from chartdesk.pms.coverage import queries as coverage
from chartdesk.record.access import Subject
from chartdesk.record.identities.identifiers import PAYER_ID, Identifier, own_authority
from chartdesk.standards.hl7v2.datatypes import CWE

OML, ORM = "OML^O21", "ORM^O01"
#: FHIR's priority → table 0485.
_PRIORITIES = {"routine": "R", "urgent": "A", "asap": "A", "stat": "S"}
_SYSTEMS = {LOINC: "LN", "http://snomed.info/sct": "SCT", "http://www.ama-assn.org/go/cpt": "C4"}
_MOST_INSURANCE = 3


def told(subject: Subject, line: Line, request_id: str, *, cancelled: bool = False) -> tuple[str, bytes, OrderView]:
    """Kind and message of an order placed or taken back. Raises NotFound, Gone."""
    order = orders.order(subject, request_id)
    row = order.row
    known = clinical_sending.patient(subject, row.patient)
    kind = ORM if line.option("order_message").upper() == ORM else OML
    envelope = clinical_sending.envelope(subject, line, row.patient)
    provider = parties.provider(subject, order.requester_id) if order.requester_id else ""
    policies = [one for one in coverage.coverages(subject, known.view.patient_id) if not one.expired][:_MOST_INSURANCE]
    payers = {one.payer_id: coverage.payer(subject, one.payer_id) for one in policies if one.payer_id}
    body = [
        clinical_sending.pid(known),
        segments.segment("PV1", {1: "1", 2: "O", 7: provider}),
        *(segments.in1(policies, PAYER_ID, payers) if policies else []),
        *([clinical_sending.gt1(subject, known)] if policies else []),
        _orc(subject, order, provider, envelope.at, cancelled=cancelled, timing=kind == ORM),
        *([segment("TQ1", {1: "1", 9: f"{_priority(order)}^^HL70485"})] if kind == OML else []),
        _obr(subject, order, provider, timing=kind == ORM),
        *(segment("NTE", {1: str(n), 2: "P", 3: segments.text(note)}) for n, note in enumerate(order.notes, 1)),
        *_dg1(order),
        *([_spm(order)] if kind == OML and order.specimen else []),
    ]
    structure = "ORM_O01" if kind == ORM else "OML_O21"
    return kind, segments.message(envelope, kind, structure, body), order


def _orc(subject: Subject, order: OrderView, provider: str, at: datetime, *, cancelled: bool, timing: bool) -> str:
    filler = segments.text(order.row.filler)
    return segment(
        "ORC",
        {
            1: "CA" if cancelled else "NW",
            2: segments.ei(Identifier(own_authority(subject), order.row.number)),
            3: filler,
            5: "CA" if cancelled else "",
            7: f"^^^^^{_priority(order)}" if timing else "",
            9: segments.moment(at if cancelled else order.row.ordered),
            12: provider,
        },
    )


def _obr(subject: Subject, order: OrderView, provider: str, *, timing: bool) -> str:
    return segment(
        "OBR",
        {
            1: "1",
            2: segments.ei(Identifier(own_authority(subject), order.row.number)),
            3: segments.text(order.row.filler),
            4: _code(order.code),
            7: segments.moment(order.taken),
            15: segments.text(order.specimen) if timing else "",
            16: provider,
            27: f"^^^^^{_priority(order)}" if timing else "",
            31: "~".join(_diagnosis(*one) for one in order.diagnoses),
        },
    )


def _dg1(order: OrderView) -> list[str]:
    return [
        segment("DG1", {1: str(n), 3: _diagnosis(code, text), 6: "W"})
        for n, (code, text) in enumerate(order.diagnoses, 1)
        if code
    ]


def _spm(order: OrderView) -> str:
    return segment(
        "SPM", {1: "1", 4: CWE(text=order.specimen, original=order.specimen).er7(), 17: segments.moment(order.taken)}
    )


def _priority(order: OrderView) -> str:
    return _PRIORITIES.get(order.priority, "R")


def _code(code: Coded) -> str:
    system = _SYSTEMS.get(code.system, "L")
    return CWE(code=code.code, text=code.words, system=system if code.code else "").er7()


def _diagnosis(code: str, text: str) -> str:
    return CWE(code=code, text=text, system="I10C" if code else "").er7()
